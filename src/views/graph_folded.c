#include "base/words.h"
#include "ui/widgets.h"
#include "views/graph.h"

// The loop that the columns are copies of: one cell at the marked time step, its state going round through a delay.
typedef struct {
    const Graph *graph;
    int t;
    Rect cell;
    float x, radius; // the middle, and the circles of input and answer
    float input_y, answer_y;
    float reach; // how far the loop goes to the right
} Loop;

enum { EDGE_LEAST = 16, EDGE_MOST = 46, DELAY_WIDTH = 40, DELAY_HEIGHT = 22 };

static int shown_step(const Graph *graph)
{
    int t = graph->snapshot->t;
    int length = snapshot_length(graph->snapshot);
    return t >= 1 && t <= length ? t : length;
}

static Loop loop_layout(const Graph *graph)
{
    float top = graph->bands[BAND_TITLE].shown ? graph->area.y + graph->bands[BAND_TITLE].h : graph->area.y;
    float height = graph->area.y + graph->area.h - top - 12;
    Loop loop = {.graph = graph, .t = shown_step(graph), .radius = lesser(18, height * 0.09f)};
    loop.cell.h = lesser(greater(height * (graph->lane_count > 1 ? 0.46f : 0.36f), 40), 180);
    loop.cell.w = loop.cell.h * 1.15f;
    float rest = height - loop.cell.h - 4 * loop.radius - 12;
    float edge = greater(lesser(rest / 2, EDGE_MOST), EDGE_LEAST / 2);
    loop.x = graph->area.x + greater(graph->area.w * 0.25f, loop.cell.w / 2 + 110);
    loop.cell.x = loop.x - loop.cell.w / 2;
    loop.cell.y = top + (height - loop.cell.h) / 2;
    loop.input_y = loop.cell.y + loop.cell.h + edge + loop.radius;
    loop.answer_y = loop.cell.y - edge - loop.radius;
    loop.reach = lesser(150, greater(116, graph->area.w * 0.15f));
    return loop;
}

// ---- the cell and what goes up through it -----------------------------------------------------------------------
static void draw_states(const Loop *loop)
{
    const Graph *graph = loop->graph;
    float h = loop->cell.h / (float)graph->lane_count;
    draw_rect(graph->out, INK_NODE, loop->cell, 8);
    draw_frame(graph->out, INK_NODE_FRAME, loop->cell, 8, 1.4f);
    graph_hot(graph, "graph.folded.cell", loop->cell, press_step(graph, loop->t),
              tip_of_state(graph, &graph->lanes[graph->lane_count - 1], loop->t, NONE,
                           graph_asked(graph, "graph.folded.cell")),
              (Pointed){loop->t, NONE, NONE});
    for (int i = 0; i < graph->lane_count; i++) {
        const Lane *lane = &graph->lanes[i];
        const Real *values = snapshot_value(graph->snapshot, lane->slot, loop->t);
        Rect area = {loop->cell.x + 8, loop->cell.y + h * (float)i + 7, loop->cell.w - 16, h - 14};
        if (values)
            draw_units(graph, lane, area, values);
    }
}

static void draw_end(const Loop *loop, float y, bool done, const char *name, const char *text, const char *formula)
{
    DrawList *out = loop->graph->out;
    uint8_t before = draw_fade(out, done ? 1 : 0.3f);
    draw_circle(out, INK_NODE, loop->x, y, loop->radius);
    draw_ring(out, INK_NODE_FRAME, loop->x, y, loop->radius, 1.4f);
    Type type = {FACE_SEMIBOLD, draw_width(out, TYPE_TITLE, text) <= 2 * loop->radius - 6 ? 15 : 11};
    draw_text(out, INK_TEXT, type, loop->x, y + type.size * 0.36f, ALIGN_CENTRE, text);
    out->alpha = before;
    draw_text(out, INK_TEXT, TYPE_STRONG, loop->x - loop->radius - 30, y + 4.5f, ALIGN_RIGHT, name);
    draw_formula(out, INK_TEXT, 15, loop->x - loop->radius - 26, y + 4.5f, ALIGN_LEFT, formula);
}

static void edge_up(const Loop *loop, float from, float to, bool done)
{
    uint8_t before = draw_fade(loop->graph->out, done ? 1 : 0.3f);
    draw_arrow(loop->graph->out, INK_FORWARD, loop->x, from - 1, loop->x, to + 1, 2);
    loop->graph->out->alpha = before;
}

static bool is_last(const Graph *graph)
{
    return graph->snapshot->layer + 1 == graph->program->dims.L;
}

static void draw_loss(const Loop *loop)
{
    DrawList *out = loop->graph->out;
    float x = loop->x + loop->radius + 24, y = loop->answer_y + 4.5f;
    char text[NUMBER_SIZE];
    Real loss;
    if (!is_last(loop->graph) || !snapshot_loss(loop->graph->snapshot, loop->t, &loss))
        return;
    const char *words = draw_print(out, "loss %s", number_short(text, loss));
    draw_text(out, all_finite(&loss, 1) ? INK_TEXT : INK_WARNING, TYPE_STRONG, x, y, ALIGN_LEFT, words);
}

// Beyond the input or the answer of a layer that others lie below or above: that layer, as a node with its number.
static void draw_layer_end(const Loop *loop, float y, int layer, bool done, const char *way)
{
    DrawList *out = loop->graph->out;
    int given = layer < loop->graph->snapshot->layer ? layer : loop->graph->snapshot->layer;
    draw_end(loop, y, done, draw_print(out, "%s layer", way), draw_print(out, "%d", layer + 1),
             draw_print(out, "h^{(%d)}", given + 1));
}

static void draw_input_end(const Loop *loop)
{
    const Graph *graph = loop->graph;
    int layer = graph->snapshot->layer;
    char input[TASK_TEXT];
    bool read = snapshot_input_text(graph->snapshot, loop->t, input);
    int slot = layer > 0 ? snapshot_output(graph->snapshot, layer - 1) : graph->program->input;
    edge_up(loop, loop->input_y - loop->radius, loop->cell.y + loop->cell.h, graph_consumed(graph, slot, loop->t));
    if (layer > 0)
        draw_layer_end(loop, loop->input_y, layer - 1, snapshot_value(graph->snapshot, slot, loop->t) != NULL, "from");
    else
        draw_end(loop, loop->input_y, read, "input", input, draw_print(graph->out, "x_{%d}", shown_t(graph, loop->t)));
}

static void draw_answer_end(const Loop *loop)
{
    const Graph *graph = loop->graph;
    char answer[TASK_TEXT];
    bool answered = snapshot_answer_text(graph->snapshot, loop->t, answer), last = is_last(graph);
    int layer = graph->snapshot->layer;
    bool done = last ? answered : graph_consumed(graph, snapshot_output(graph->snapshot, layer), loop->t);
    edge_up(loop, loop->cell.y, loop->answer_y + loop->radius, done);
    if (last)
        draw_end(loop, loop->answer_y, answered, "answer", answer,
                 draw_print(graph->out, "\\hat{y}_{%d}", shown_t(graph, loop->t)));
    else
        draw_layer_end(loop, loop->answer_y, layer + 1, done, "to");
}

static void draw_ends(const Loop *loop)
{
    const Graph *graph = loop->graph;
    float bottom = loop->cell.y + loop->cell.h;
    draw_input_end(loop);
    draw_answer_end(loop);
    if (loop->input_y - loop->radius - bottom >= 18)
        graph_weight_name(graph, WEIGHT_IH, loop->x + 8, (loop->input_y - loop->radius + bottom) / 2 + 4, ALIGN_LEFT);
    if (is_last(graph) && loop->cell.y - loop->answer_y - loop->radius >= 18)
        graph_weight_name(graph, WEIGHT_OUT, loop->x + 8, (loop->cell.y + loop->answer_y + loop->radius) / 2 + 4,
                          ALIGN_LEFT);
}

// ---- the loop ---------------------------------------------------------------------------------------------------
static int came_before(const Loop *loop)
{
    return loop->graph->snapshot->reverse ? loop->t + 1 : loop->t - 1;
}

// From the cell's right side out, and back into it; `out` is how far outside the forward loop it lies.
static void loop_points(const Loop *loop, float y, float half, float out, Point points[4])
{
    float right = loop->cell.x + loop->cell.w, far = right + (loop->reach + out) * 1.33f;
    points[0] = (Point){right, y - half - out};
    points[1] = (Point){far, y - half - out};
    points[2] = (Point){far, y + half + out};
    points[3] = (Point){right + 10, y + half + out};
}

static void draw_forward_loop(const Loop *loop, const Lane *lane, float y, float half)
{
    DrawList *out = loop->graph->out;
    float right = loop->cell.x + loop->cell.w;
    Point points[4];
    loop_points(loop, y, half, 0, points);
    bool done = snapshot_value(loop->graph->snapshot, lane->before, loop->t) != NULL;
    uint8_t before = draw_fade(out, done ? 1 : 0.3f);
    draw_curve(out, INK_FORWARD, points, lane->width);
    draw_arrow(out, INK_FORWARD, points[3].x, points[3].y, right, points[3].y, lane->width);
    out->alpha = before;
    bool beside = 2 * half < 38; // no room for one name above the other
    if (2 * half < 20)
        return;
    draw_formula(out, INK_TEXT, 15, right + 10, y - half + 16, ALIGN_LEFT,
                 draw_print(out, "%s_{%d}", lane->sign, shown_t(loop->graph, loop->t)));
    draw_formula(out, INK_TEXT, 15, right + (beside ? 46 : 10), y + half - 6, ALIGN_LEFT,
                 draw_print(out, "%s_{%d}", lane->sign, shown_t(loop->graph, came_before(loop))));
}

static bool is_end(const Loop *loop)
{
    int after = snapshot_after(loop->graph->snapshot, loop->t);
    return after < 1 || after > snapshot_length(loop->graph->snapshot);
}

static void draw_backward_loop(const Loop *loop, const Lane *lane, float y, float half)
{
    double norm = lane_norm(loop->graph, lane, loop->t);
    Point points[4];
    if (norm < 0 || is_end(loop)) // at the last time step nothing came round
        return;
    float width = lesser(backward_width(norm), half * 0.45f), right = loop->cell.x + loop->cell.w;
    loop_points(loop, y, half, width / 2 + 4, points);
    points[3].x = right;
    draw_curve(loop->graph->out, gradient_ink(norm),
               (Point[4]){{right + 12, points[0].y}, points[1], points[2], points[3]}, width);
    draw_backward(loop->graph, norm, half * 0.5f, (Point){right + 14, points[0].y}, (Point){right, points[0].y});
}

static void draw_delay(const Loop *loop, const Lane *lane, float y)
{
    const Graph *graph = loop->graph;
    float x = loop->cell.x + loop->cell.w + loop->reach;
    Rect box = {x - DELAY_WIDTH / 2.0f, y - DELAY_HEIGHT / 2.0f, DELAY_WIDTH, DELAY_HEIGHT};
    const char *factor = factor_text(graph, lane_norm(graph, lane, snapshot_after(graph->snapshot, loop->t)),
                                     lane_norm(graph, lane, loop->t));
    draw_rect(graph->out, INK_NODE, box, 4);
    draw_frame(graph->out, INK_NODE_FRAME, box, 4, 1.2f);
    draw_formula(graph->out, INK_TEXT, 14, x, y + 4.5f, ALIGN_CENTRE, graph->snapshot->reverse ? "t+1" : "t-1");
    const char *name = draw_print(graph->out, "graph.delay.%s", lane->sign);
    graph_hot(graph, name, box, NULL,
              draw_print(graph->out, "what the cell gives at one time step it gets at the next%s",
                         tip_of_gradient(graph, lane, loop->t, graph_asked(graph, name))),
              (Pointed){0, lane->slot, NONE});
    if (factor)
        draw_text(graph->out, INK_BACKWARD, TYPE_STRONG, box.x + box.w + 16, y + 4.5f, ALIGN_LEFT, factor);
}

static void draw_loops(const Loop *loop)
{
    const Graph *graph = loop->graph;
    float h = loop->cell.h / (float)graph->lane_count;
    for (int i = 0; i < graph->lane_count; i++) {
        float y = loop->cell.y + h * ((float)i + 0.5f), half = lesser(h * (graph->lane_count > 1 ? 0.26f : 0.32f), 34);
        draw_backward_loop(loop, &graph->lanes[i], y, half);
        draw_forward_loop(loop, &graph->lanes[i], y, half);
        draw_delay(loop, &graph->lanes[i], y);
        if (graph->lanes[i].slot == graph->snapshot->state)
            graph_weight_name(graph, WEIGHT_HH, loop->cell.x + loop->cell.w + loop->reach / 2, y + half + 18,
                              ALIGN_CENTRE);
    }
}

// ---- in words ---------------------------------------------------------------------------------------------------
static void explain(const Loop *loop)
{
    enum { LINE = 19 };
    const Graph *graph = loop->graph;
    const Program *p = graph->program;
    char count[NUMBER_SIZE];
    float x = loop->cell.x + loop->cell.w + loop->reach + DELAY_WIDTH / 2.0f + 76;
    float bottom = graph->area.y + graph->area.h - 8;
    Rect room = {x, loop->cell.y, graph->area.x + graph->area.w - 16 - x, bottom - loop->cell.y};
    if (room.w < 140)
        return;
    const char *title = draw_print(graph->out, "One cell, used %d times", p->dims.T);
    Type type = draw_width(graph->out, TYPE_TITLE, title) <= room.w ? TYPE_TITLE : TYPE_STRONG;
    draw_text(graph->out, INK_TEXT, type, x, room.y + 12, ALIGN_LEFT, draw_cut(graph->out, type, title, room.w));
    rect_cut_top(&room, 22);
    const char *end = draw_print(graph->out, "the same %s weights. Shown is t = %d.",
                                 number_grouped(count, (long)p->weight_count), shown_t(graph, loop->t));
    const char *text =
        draw_print(graph->out, "Unfolded, each of the %d columns is this cell at another time step. All of them use %s",
                   p->dims.T, end);
    if (paragraph(graph->out, INKS, TYPE_BODY, room, LINE, text) > room.h)
        text = draw_print(graph->out, "All columns use %s", end);
    paragraph(graph->out, INK_SOFT, TYPE_BODY, room, LINE, text);
}

void graph_folded(const Graph *graph)
{
    Loop loop = loop_layout(graph);
    draw_loops(&loop);
    draw_ends(&loop);
    draw_loss(&loop);
    draw_states(&loop);
    explain(&loop);
}
