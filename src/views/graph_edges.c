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
    float length = greater(lesser(to.x - from.x, 1e6f), lesser(from.y - to.y, 1e6f));
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
static float backward_y(const Lane *lane, int t)
{
    float y = lane->y - lesser(lane->h * 0.23f, 14);
    return t == 0 ? greater(y, lane_forward(lane) - ORIGIN_UP - ORIGIN_RADIUS + 1) : y;
}

enum { ORIGIN_MOST = 4 }; // px of the gradient into h_0

static float left_end(const Graph *graph, int t)
{
    if (t > graph->axis.first)
        return graph_cell(graph, t - 1).x + graph->cell_width;
    return t == 1 ? graph_origin(graph) + ORIGIN_RADIUS : graph->axis.x0;
}

static void lane_edge(const Graph *graph, const Lane *lane, int t, float left, float right)
{
    Edge edge = {.done = snapshot_value(graph->snapshot, lane->before, t) != NULL,
                 .running = forward_running(graph, lane->before, t),
                 .lit = lane->slot == graph->program->state && weight_pointed(graph, WEIGHT_HH),
                 .width = graph->columns == COLUMN_WIDE ? lane->width : 1.2f};
    float y = lane_forward(lane);
    draw_forward(graph, edge, (Point){left, y}, (Point){right, y});
}

static void lane_gradient(const Graph *graph, const Lane *lane, int t, float left, float right)
{
    double norm = lane_norm(graph, lane, t - 1);
    if (norm < 0)
        return;
    float y = backward_y(lane, t - 1), most = t == 1 ? ORIGIN_MOST : greater(lane->h * 0.28f, 2);
    draw_backward(graph, norm, most, (Point){right, y}, (Point){left, y});
    graph_hot(graph, draw_print(graph->out, "graph.gradient.%s.%d", lane->sign, t - 1),
              (Rect){left, y - 8, right - left, 13},
              press_known(graph, program_grad_known(graph->program, lane->slot, t - 1), t - 1),
              tip_of_gradient(graph, lane, t - 1) + 1, (Pointed){t - 1, lane->slot, NONE});
}

static void lane_edges(const Graph *graph, const Lane *lane)
{
    TimeAxis axis = graph->axis;
    for (int t = axis.first; t <= axis.last; t++) {
        float right = graph_cell(graph, t).x;
        lane_edge(graph, lane, t, left_end(graph, t), right);
        lane_gradient(graph, lane, t, left_end(graph, t), right);
    }
    if (axis.last < graph->program->dims.T) {
        float end = graph_cell(graph, axis.last).x + graph->cell_width;
        lane_edge(graph, lane, axis.last + 1, end, axis_left(axis, axis.last + 1));
    }
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
        const char *text = factor_text(graph, lane_norm(graph, lane, t + 1), lane_norm(graph, lane, t));
        float x = axis_left(graph->axis, t + 1) + (keep_left - keep_right) / 2;
        if (text && draw_width(graph->out, TYPE_SECTION, text) <= graph->axis.dx - keep_left - keep_right)
            label_put(&row, gradient_ink(lane_norm(graph, lane, t)), TYPE_SECTION, x, y, text);
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

static void input_edge(const Graph *graph, int t)
{
    Rect cell = graph_cell(graph, t);
    int slot = graph->program->input;
    Edge edge = {.done = graph_consumed(graph, slot, t),
                 .running = forward_running(graph, slot, t),
                 .lit = weight_pointed(graph, WEIGHT_IH)};
    edge_up(graph, edge, axis_centre(graph->axis, t), band_middle(graph, BAND_INPUT) - graph->radius, cell.y + cell.h);
}

static void answer_edge(const Graph *graph, int t, bool scored)
{
    float top = graph->bands[BAND_CELL].y, x = axis_centre(graph->axis, t);
    float node = band_middle(graph, BAND_ANSWER) + graph->radius;
    int slot = graph->program->answer;
    double norm;
    Edge edge = {.done = snapshot_value(graph->snapshot, slot, t) != NULL,
                 .running = forward_running(graph, slot, t),
                 .soft = !scored,
                 .lit = weight_pointed(graph, WEIGHT_OUT)};
    edge_up(graph, edge, x - graph->aside, top, node);
    if (scored && snapshot_grad(graph->snapshot, graph->program->state, t) &&
        snapshot_grad_norm(graph->snapshot, slot, t, &norm))
        edge_down(graph, norm, x + graph->aside, node, top);
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
        column_edges(graph, t);
    for (int i = 0; i < graph->lane_count; i++)
        lane_edges(graph, &graph->lanes[i]);
    if (graph->bands[BAND_ANSWER].shown && graph->bands[BAND_INPUT].shown && graph->columns == COLUMN_WIDE)
        for (int i = 0; i < graph->lane_count; i++)
            lane_factors(graph, &graph->lanes[i]);
}
