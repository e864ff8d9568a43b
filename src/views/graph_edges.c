#include "views/graph.h"

#include "base/math.h"
#include "base/words.h"

// ---- the backward pass's arrows ---------------------------------------------------------------------------------
// 2 px at 1e-6 and below, 9 px at 100 and above; a gradient that has vanished altogether is a hairline.
enum { ARROW_LEAST = 7 }; // px; a shorter edge has no room for a head

float backward_width(double norm)
{
    static const double low = -6, high = 2, ln_10 = 2.302585092994046;
    if (norm == 0)
        return 0.75f;
    if (!(math_abs(norm) <= DBL_MAX))
        return WIDTH_MOST;
    double part = (math_log(norm) / ln_10 - low) / (high - low);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return WIDTH_LEAST + (WIDTH_MOST - WIDTH_LEAST) * (float)part;
}

Ink gradient_ink(double norm)
{
    return math_abs(norm) <= DBL_MAX ? INK_BACKWARD : INK_WARNING;
}

// Level or upright; the outline goes round from the shaft's start.
void draw_backward(const Graph *graph, double norm, float most, Point from, Point to)
{
    float width = lesser(backward_width(norm), most), w = width / 2;
    float across = to.x - from.x, down = to.y - from.y,
          length = greater(greater(across, -across), greater(down, -down));
    if (width < 1 || length < ARROW_LEAST) {
        draw_line(graph->out, gradient_ink(norm), from.x, from.y, to.x, to.y, width);
        return;
    }
    float dx = across / length, dy = down / length; // the direction
    float head = lesser(length * 0.55f, 4 + width), half = lesser(w + 3, most * 0.5f + 3);
    Point neck = {to.x - dx * head, to.y - dy * head};
    const Point outline[] = {
        {from.x - dy * w, from.y + dx * w},       {neck.x - dy * w, neck.y + dx * w},
        {neck.x - dy * half, neck.y + dx * half}, to,
        {neck.x + dy * half, neck.y - dx * half}, {neck.x + dy * w, neck.y - dx * w},
        {from.x + dy * w, from.y - dx * w},
    };
    draw_polygon(graph->out, gradient_ink(norm), outline, 7);
}

// Two significant digits: it is the size of it that matters.
const char *factor_text(const Graph *graph, double later, double earlier)
{
    char text[NUMBER_SIZE];
    double factor = earlier / later;
    if (!(earlier >= 0) || !(later > 0) || factor != factor)
        return NULL;
    if (factor >= 0.1 && factor < 9.995)
        return draw_print(graph->out, "×%.2f", factor);
    if (factor >= 9.995 && factor < 99.95)
        return draw_print(graph->out, "×%.1f", factor);
    if (factor >= 0.0095 && factor < 0.1)
        return draw_print(graph->out, "×%.3f", factor);
    return draw_print(graph->out, "×%s", number_short(text, factor));
}

// ---- one edge ---------------------------------------------------------------------------------------------------
typedef struct {
    bool done, running, soft, lit; // soft: it does not count in the loss; lit: its weights are pointed at
    float width;
} Edge;

static void draw_forward(const Graph *graph, Edge edge, Point from, Point to)
{
    float across = to.x - from.x, length = greater(greater(across, -across), from.y - to.y);
    float width = edge.width + (edge.running ? 1.2f : 0) + (edge.lit ? 1.5f : 0);
    uint8_t before = draw_fade(graph->out, edge.lit       ? 1
                                           : !edge.done   ? 0.26f
                                           : edge.soft    ? 0.36f
                                           : edge.running ? 1
                                                          : 0.8f);
    if (length < ARROW_LEAST || graph->axis.dx < 14)
        draw_line(graph->out, INK_FORWARD, from.x, from.y, to.x, to.y, width);
    else
        draw_arrow(graph->out, INK_FORWARD, from.x, from.y, to.x, to.y, width);
    graph->out->alpha = before;
}

static bool forward_running(const Graph *graph, int slot, int t)
{
    return graph->snapshot->place.phase == PHASE_FORWARD && graph_running(graph, slot, t);
}

// ---- from column to column --------------------------------------------------------------------------------------
float lane_forward(const Lane *lane)
{
    return lane->y + lesser(lane->h * 0.1f, 6);
}

// The one into h_0 goes down to it.
static float backward_y(const Graph *graph, const Lane *lane, int t)
{
    float y = lane->y - lesser(lane->h * 0.23f, 14);
    return t == snapshot_edge(graph->snapshot) ? greater(y, lane_forward(lane) - ORIGIN_UP - ORIGIN_RADIUS + 1) : y;
}

enum { ORIGIN_MOST = 4 }; // px of the gradient into h_0

// An edge into t from the time step before it: its ends on the cells, the edge's node or the picture's border.
typedef struct {
    int before;     // the time step it comes from
    float from, to; // x
} LaneSpan;

static LaneSpan span_into(const Graph *graph, int t)
{
    bool reverse = graph->snapshot->reverse;
    Rect here = graph_cell(graph, t);
    LaneSpan span = {reverse ? t + 1 : t - 1, 0, reverse ? here.x + here.w : here.x};
    Rect there = graph_cell(graph, span.before);
    if (span.before == snapshot_edge(graph->snapshot))
        span.from = graph_origin(graph) + (reverse ? -ORIGIN_RADIUS : ORIGIN_RADIUS);
    else if (!axis_shows(graph->axis, span.before))
        span.from = axis_left(graph->axis, reverse ? span.before : t);
    else
        span.from = reverse ? there.x : there.x + there.w;
    return span;
}

static void lane_edge(const Graph *graph, const Lane *lane, int t, float from, float to)
{
    Edge edge = {.done = snapshot_value(graph->snapshot, lane->before, t) != NULL,
                 .running = forward_running(graph, lane->before, t),
                 .lit = lane->slot == graph->snapshot->state && weight_pointed(graph, WEIGHT_HH),
                 .width = graph->columns == COLUMN_WIDE ? lane->width : 1.2f};
    float y = lane_forward(lane);
    draw_forward(graph, edge, (Point){from, y}, (Point){to, y});
}

static long gradient_op(const Graph *graph, const Lane *lane, int t)
{
    bool edge = t == snapshot_edge(graph->snapshot), reverse = graph->snapshot->reverse;
    return program_grad_known(graph->program, lane->slot, edge && reverse ? graph->program->dims.T + 1 : t);
}

static void lane_gradient(const Graph *graph, const Lane *lane, LaneSpan span)
{
    int t = span.before;
    double norm = lane_norm(graph, lane, t);
    bool edge = t == snapshot_edge(graph->snapshot);
    if (norm < 0)
        return;
    float y = backward_y(graph, lane, t), most = edge ? ORIGIN_MOST : greater(lane->h * 0.28f, 2);
    float left = lesser(span.from, span.to), right = greater(span.from, span.to);
    draw_backward(graph, norm, most, (Point){span.to, y}, (Point){span.from, y});
    graph_hot(graph, draw_print(graph->out, "graph.gradient.%s.%d", lane->sign, t),
              (Rect){left, y - 8, right - left, 13}, press_known(graph, gradient_op(graph, lane, t), edge ? 1 : t),
              tip_of_gradient(graph, lane, t) + 1, (Pointed){edge ? 0 : t, lane->slot, NONE});
}

static void lane_edges(const Graph *graph, const Lane *lane)
{
    TimeAxis axis = graph->axis;
    bool reverse = graph->snapshot->reverse;
    for (int t = axis.first; t <= axis.last; t++) {
        if (snapshot_padding(graph->snapshot, t))
            continue;
        LaneSpan span = span_into(graph, t);
        lane_edge(graph, lane, t, span.from, span.to);
        lane_gradient(graph, lane, span);
    }
    int last = reverse ? axis.first : axis.last, next = snapshot_after(graph->snapshot, last);
    if (next < 1 || next > snapshot_length(graph->snapshot))
        return;
    Rect cell = graph_cell(graph, last);
    float end = axis_left(axis, reverse ? axis.first : next);
    lane_edge(graph, lane, next, reverse ? cell.x : cell.x + cell.w, end);
}

// ×0.74 above the upper lane's arrows, where it must keep off the edges to the answers, or below the lower one's.
static void lane_factors(const Graph *graph, const Lane *lane)
{
    Band cell = graph->bands[BAND_CELL];
    bool below = lane != graph->lanes;
    if (below && graph->bands[BAND_INPUT].y - cell.y - cell.h < 18)
        return;
    float y = below ? cell.y + cell.h + 13 : cell.y - 5;
    float keep_left = below ? 4 : graph->aside + 9, keep_right = below ? 4 : graph->aside + 3;
    LabelRow row = label_row(graph->out, graph->axis.x0, axis_left(graph->axis, graph->axis.last + 1), 4);
    for (int t = graph->axis.last - 1; t >= graph->axis.first; t--) {
        bool reverse = graph->snapshot->reverse;
        int earlier = reverse ? t + 1 : t, later = reverse ? t : t + 1; // in the direction's order
        const char *text = factor_text(graph, lane_norm(graph, lane, later), lane_norm(graph, lane, earlier));
        float x = axis_left(graph->axis, t + 1) + (keep_left - keep_right) / 2;
        if (text && draw_width(graph->out, TYPE_SECTION, text) <= graph->axis.dx - keep_left - keep_right)
            label_put(&row, gradient_ink(lane_norm(graph, lane, earlier)), TYPE_SECTION, x, y, text);
    }
}

// ---- up: input → cell → answer → loss ---------------------------------------------------------------------------
static void edge_up(const Graph *graph, Edge edge, float x, float from, float to)
{
    edge.width = graph->columns == COLUMN_WIDE ? 1.6f : 1;
    draw_forward(graph, edge, (Point){x, from - 1}, (Point){x, to + 1});
}

static void edge_down(const Graph *graph, double norm, float x, float from, float to)
{
    draw_backward(graph, norm, graph->columns == COLUMN_WIDE ? WIDTH_MOST : graph->axis.dx * 0.2f, (Point){x, from + 1},
                  (Point){x, to - 1});
}

// Where the edges from the input and to the answer end: at the cell, or at the layers that lie between.
static float foot_of(const Graph *graph)
{
    Band low = graph->bands[graph->bands[BAND_BELOW].shown ? BAND_BELOW : BAND_CELL];
    return low.y + low.h;
}

static float head_of(const Graph *graph)
{
    return graph->bands[graph->bands[BAND_ABOVE].shown ? BAND_ABOVE : BAND_CELL].y;
}

static void input_edge(const Graph *graph, int t)
{
    int slot = graph->program->input;
    Edge edge = {.done = graph_consumed(graph, slot, t),
                 .running = forward_running(graph, slot, t),
                 .lit = graph->snapshot->layer == 0 && weight_pointed(graph, WEIGHT_IH)};
    edge_up(graph, edge, axis_centre(graph->axis, t), band_middle(graph, BAND_INPUT) - graph->radius, foot_of(graph));
}

static void answer_edge(const Graph *graph, int t, bool scored)
{
    float top = head_of(graph), x = axis_centre(graph->axis, t);
    float node = band_middle(graph, BAND_ANSWER) + graph->radius;
    int slot = graph->program->answer, read = graph->program->rows[graph->program->slots[slot].producer].a;
    double norm;
    Edge edge = {.done = snapshot_value(graph->snapshot, slot, t) != NULL,
                 .running = forward_running(graph, slot, t),
                 .soft = !scored,
                 .lit = weight_pointed(graph, WEIGHT_OUT)};
    edge_up(graph, edge, x - graph->aside, top, node);
    if (scored && snapshot_grad(graph->snapshot, read, t) && snapshot_grad_norm(graph->snapshot, slot, t, &norm))
        edge_down(graph, norm, x + graph->aside, node, top);
}

// From a layer to the next, from `from` up to `to`: done when the next has read it.
static void layer_edge(const Graph *graph, int layer, int t, float from, float to)
{
    int slot = snapshot_output(graph->snapshot, layer);
    bool into_cell = layer + 1 == graph->snapshot->layer;
    Edge edge = {.done = graph_consumed(graph, slot, t), .lit = into_cell && weight_pointed(graph, WEIGHT_IH)};
    edge_up(graph, edge, axis_centre(graph->axis, t), from, to);
}

// Among the boxes of a band, and between the band and the cell.
static void layer_edges(const Graph *graph, int t)
{
    Band above = graph->bands[BAND_ABOVE], cell = graph->bands[BAND_CELL], below = graph->bands[BAND_BELOW];
    int layer = graph->snapshot->layer;
    if (above.shown)
        layer_edge(graph, layer, t, cell.y, above.y + above.h);
    if (below.shown)
        layer_edge(graph, layer - 1, t, below.y, cell.y + cell.h);
    for (int i = 0; i + 1 < layers_in(graph, BAND_ABOVE) && layers_boxed(graph, BAND_ABOVE); i++) {
        Rect high = layer_box(graph, BAND_ABOVE, i, t), low = layer_box(graph, BAND_ABOVE, i + 1, t);
        layer_edge(graph, layer_in(graph, BAND_ABOVE, i + 1), t, low.y, high.y + high.h);
    }
    for (int i = 0; i + 1 < layers_in(graph, BAND_BELOW) && layers_boxed(graph, BAND_BELOW); i++) {
        Rect high = layer_box(graph, BAND_BELOW, i, t), low = layer_box(graph, BAND_BELOW, i + 1, t);
        layer_edge(graph, layer_in(graph, BAND_BELOW, i + 1), t, low.y, high.y + high.h);
    }
}

static void loss_edge(const Graph *graph, int t)
{
    Band loss = graph->bands[BAND_LOSS];
    float top = band_middle(graph, BAND_ANSWER) - graph->radius, x = axis_centre(graph->axis, t);
    double norm;
    Edge edge = {.done = snapshot_value(graph->snapshot, graph->program->loss, t) != NULL,
                 .running = forward_running(graph, graph->program->loss, t)};
    edge_up(graph, edge, x - graph->aside, top, loss.y + loss.h);
    if (snapshot_grad_norm(graph->snapshot, graph->program->answer, t, &norm))
        edge_down(graph, norm, x + graph->aside, loss.y + loss.h, top);
}

static void column_edges(const Graph *graph, int t)
{
    bool scored = snapshot_scored(graph->snapshot, t);
    layer_edges(graph, t);
    if (graph->bands[BAND_INPUT].shown)
        input_edge(graph, t);
    if (graph->bands[BAND_ANSWER].shown)
        answer_edge(graph, t, scored);
    if (graph->bands[BAND_LOSS].shown && scored)
        loss_edge(graph, t);
}

void graph_edges(const Graph *graph)
{
    for (int t = graph->axis.first; t <= graph->axis.last; t++)
        if (!snapshot_padding(graph->snapshot, t))
            column_edges(graph, t);
    for (int i = 0; i < graph->lane_count; i++)
        lane_edges(graph, &graph->lanes[i]);
    if (graph->bands[BAND_ANSWER].shown && graph->bands[BAND_INPUT].shown && graph->columns == COLUMN_WIDE)
        for (int i = 0; i < graph->lane_count; i++)
            lane_factors(graph, &graph->lanes[i]);
}
