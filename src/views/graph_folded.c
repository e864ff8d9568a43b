#include "base/words.h"
#include "ui/widgets.h"
#include "views/graph_edge.h"
#include "views/graph_fold.h"
#include "views/layers.h"

// The loop that the columns are copies of: one cell at the marked time step, its state going round through a delay.
enum { EDGE_LEAST = 16, EDGE_MOST = 46 };

static int shown_step(const Graph *graph)
{
    int t = graph->snapshot->t;
    int length = snapshot_length(graph->snapshot);
    return t >= 1 && t <= length ? t : length;
}

bool loop_readout(const Graph *graph)
{
    return graph->snapshot->layer + 1 == graph->program->dims.L;
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
    loop.aside = loop_readout(graph) ? lesser(7, loop.radius * 0.5f) : 0;
    loop.reach = lesser(150, greater(116, graph->area.w * 0.15f));
    return loop;
}

// ---- the cell and what goes up through it -----------------------------------------------------------------------
static void draw_states(const Loop *loop)
{
    const Graph *graph = loop->graph;
    draw_rect(graph->out, INK_NODE, loop->cell, 8);
    draw_frame(graph->out, INK_NODE_FRAME, loop->cell, 8, 1.4f);
    for (int i = 0; i < graph->lane_count; i++) {
        LoopLane lane = loop_lane(loop, i);
        const Real *values = snapshot_value(graph->snapshot, lane.lane->slot, loop->t);
        if (!values)
            continue;
        draw_units(graph, lane.lane, loop_units(&lane), values);
        graph_unit_marks(graph, loop->t, loop_units(&lane));
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

static void draw_edge(const Loop *loop, Point from, Point to, bool done, bool lit)
{
    uint8_t before = draw_fade(loop->graph->out, done || lit ? 1 : 0.3f);
    draw_arrow(loop->graph->out, INK_FORWARD, from.x, from.y, to.x, to.y, lit ? 3.5f : 2);
    loop->graph->out->alpha = before;
}

float loop_loss_x(const Loop *loop)
{
    return loop->x + loop->radius + LOSS_EDGE + 6;
}

const char *loop_loss(const Loop *loop)
{
    char text[NUMBER_SIZE];
    Real loss;
    if (!loop_readout(loop->graph) || !snapshot_loss(loop->graph->snapshot, loop->t, &loss))
        return NULL;
    return draw_print(loop->graph->out, "loss %s", number_short(text, loss));
}

// The answer goes to the right into the loss, and the gradient comes back under it.
static void draw_loss(const Loop *loop)
{
    const Graph *graph = loop->graph;
    const char *words = loop_loss(loop);
    float left = loop->x + loop->radius + 2, right = left + LOSS_EDGE, y = loop->answer_y;
    Real loss;
    double norm;
    if (!words || !snapshot_loss(graph->snapshot, loop->t, &loss))
        return;
    draw_edge(loop, (Point){left, y - 4}, (Point){right, y - 4}, true, false);
    if (snapshot_grad_norm(graph->snapshot, graph->program->answer, loop->t, &norm))
        draw_backward(graph->out, norm, loop->radius * 0.6f, (Point){right, y + 5}, (Point){left, y + 5});
    draw_text(graph->out, all_finite(&loss, 1) ? INK_TEXT : INK_WARNING, TYPE_STRONG, loop_loss_x(loop), y + 4.5f,
              ALIGN_LEFT, words);
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
    draw_edge(loop, (Point){loop->x, loop->input_y - loop->radius - 1},
              (Point){loop->x, loop->cell.y + loop->cell.h + 1}, graph_consumed(graph, slot, loop->t),
              weight_pointed(graph, WEIGHT_IH));
    if (layer > 0)
        draw_layer_end(loop, loop->input_y, layer - 1, snapshot_value(graph->snapshot, slot, loop->t) != NULL, "from");
    else
        draw_end(loop, loop->input_y, read, "input", input, draw_print(graph->out, "x_{%d}", shown_t(graph, loop->t)));
}

static void draw_answer_edges(const Loop *loop, bool done)
{
    const Graph *graph = loop->graph;
    float top = loop->answer_y + loop->radius + 1, foot = loop->cell.y - 1, x = loop->x - loop->aside;
    bool lit = loop_readout(graph) && weight_pointed(graph, WEIGHT_OUT);
    double norm;
    draw_edge(loop, (Point){x, foot}, (Point){x, top}, done, lit);
    if (loop_readout(graph) && graph_answer_gradient(graph, loop->t, &norm))
        draw_backward(graph->out, norm, loop->radius * 0.6f, (Point){loop->x + loop->aside, top},
                      (Point){loop->x + loop->aside, foot});
}

static void draw_answer_end(const Loop *loop)
{
    const Graph *graph = loop->graph;
    char answer[TASK_TEXT];
    bool answered = snapshot_answer_text(graph->snapshot, loop->t, answer), last = loop_readout(graph);
    int layer = graph->snapshot->layer;
    bool done = last ? answered : graph_consumed(graph, snapshot_output(graph->snapshot, layer), loop->t);
    draw_answer_edges(loop, done);
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
    if (loop_readout(graph) && loop->cell.y - loop->answer_y - loop->radius >= 18)
        graph_weight_name(graph, WEIGHT_OUT, loop->x + loop->aside + 10,
                          (loop->cell.y + loop->answer_y + loop->radius) / 2 + 4, ALIGN_LEFT);
}

// ---- in words ---------------------------------------------------------------------------------------------------
// Of the cell that is drawn, without those of other layers, of the other direction and of the answer.
static long cell_weights(const Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    long count = 0;
    for (int i = 0; i < graph->program->tensor_count; i++) {
        const Tensor *tensor = &graph->program->tensors[i];
        bool of_answer = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT;
        if (!of_answer && tensor->layer == s->layer && tensor->reverse == s->reverse)
            count += (long)tensor->rows * tensor->columns;
    }
    return count;
}

static int cell_count(const Program *program)
{
    return program->dims.L * (program->net.bidirectional ? 2 : 1);
}

// Which of several cells it is, and that the others have other weights.
static const char *explain_others(const Graph *graph)
{
    const int others = cell_count(graph->program) - 1;
    if (others == 0)
        return "";
    return draw_print(graph->out, " It is of %s. %s.", layer_words(graph->snapshot, graph->out),
                      others == 1 ? "The other cell has weights of its own"
                                  : draw_print(graph->out, "The other %d cells have weights of their own", others));
}

static const char *explain_title(const Graph *graph)
{
    const int cells = cell_count(graph->program), steps = snapshot_length(graph->snapshot);
    const char *which = cells > 1 ? draw_print(graph->out, "One of %d cells", cells) : "One cell";
    return steps == 1 ? draw_print(graph->out, "%s, used once", which)
                      : draw_print(graph->out, "%s, used %d times", which, steps);
}

static void explain(const Loop *loop)
{
    enum { LINE = 19 };
    const Graph *graph = loop->graph;
    char count[NUMBER_SIZE];
    float x = loop->cell.x + loop->cell.w + loop->reach + DELAY_WIDTH / 2.0f + 76;
    float bottom = graph->area.y + graph->area.h - 8;
    Rect room = {x, loop->cell.y, graph->area.x + graph->area.w - 16 - x, bottom - loop->cell.y};
    if (room.w < 140)
        return;
    const char *title = explain_title(graph);
    Type type = draw_width(graph->out, TYPE_TITLE, title) <= room.w ? TYPE_TITLE : TYPE_STRONG;
    draw_text(graph->out, INK_TEXT, type, x, room.y + 12, ALIGN_LEFT, draw_cut(graph->out, type, title, room.w));
    rect_cut_top(&room, 22);
    const char *end = draw_print(graph->out, "the same %s weights. Shown is t = %d.",
                                 number_grouped(count, cell_weights(graph)), shown_t(graph, loop->t));
    const char *text = draw_print(
        graph->out, "Unfolded, each of the %d columns is this cell at another time step. All of them use %s%s",
        snapshot_length(graph->snapshot), end, explain_others(graph));
    if (paragraph(graph->out, INKS, TYPE_BODY, room, LINE, text) > room.h)
        text = draw_print(graph->out, "All columns use %s", end);
    paragraph(graph->out, INK_SOFT, TYPE_BODY, room, LINE, text);
}

void graph_folded(const Graph *graph)
{
    Loop loop = loop_layout(graph);
    loop_draw(&loop);
    draw_ends(&loop);
    draw_loss(&loop);
    draw_states(&loop);
    explain(&loop);
    loop_hots(&loop);
    loop_pointed(&loop);
}
