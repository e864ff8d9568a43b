#include "views/graph_edge.h"

// The edges up, from the input through the cells to the answer and the loss, and the gradients that come down.
static void edge_up(const Graph *graph, Edge edge, float x, float from, float to)
{
    edge.width = graph->columns == COLUMN_WIDE ? 1.6f : 1;
    draw_forward(graph, edge, (Point){x, from - 1}, (Point){x, to + 1});
}

static void edge_down(const Graph *graph, double norm, float x, float from, float to)
{
    draw_backward(graph->out, norm, graph->columns == COLUMN_WIDE ? WIDTH_MOST : graph->axis.dx * 0.2f,
                  (Point){x, from + 1}, (Point){x, to - 1});
}

// Two arrows stand close to each other, and each is pointed at where it is; one alone is easier to hit.
static Rect area_about(const Graph *graph, float half, float x, float from, float to)
{
    half = lesser(half, graph->axis.dx * 0.2f);
    return (Rect){x - half, lesser(from, to), 2 * half, greater(from, to) - lesser(from, to)};
}

static Rect pointed_area(const Graph *graph, bool backward, float x, float from, float to)
{
    return area_about(graph, backward ? 5 : 4, x, from, to);
}

static Rect lone_area(const Graph *graph, float x, float from, float to)
{
    return area_about(graph, 11, x, from, to);
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
    float x = axis_centre(graph->axis, t), from = band_middle(graph, BAND_INPUT) - graph->radius, to = foot_of(graph);
    edge_up(graph, edge, x, from, to);
    if (graph->snapshot->layer == 0)
        graph_input_hot(graph, t, lone_area(graph, x, from, to));
}

static void answer_edge(const Graph *graph, int t, bool scored)
{
    float top = head_of(graph), x = axis_centre(graph->axis, t);
    float node = band_middle(graph, BAND_ANSWER) + graph->radius;
    int slot = graph->program->answer;
    double norm;
    Edge edge = {.done = snapshot_value(graph->snapshot, slot, t) != NULL,
                 .running = forward_running(graph, slot, t),
                 .soft = !scored,
                 .lit = weight_pointed(graph, WEIGHT_OUT)};
    edge_up(graph, edge, x - graph->aside, top, node);
    graph_answer_hot(graph, t, false, pointed_area(graph, false, x - graph->aside, top, node));
    if (graph_answer_gradient(graph, t, &norm)) {
        edge_down(graph, norm, x + graph->aside, node, top);
        graph_answer_hot(graph, t, true, pointed_area(graph, true, x + graph->aside, node, top));
    }
}

// From a layer to the next, from `from` up to `to`: done when the next has read it.
static void layer_edge(const Graph *graph, int layer, int t, float from, float to)
{
    int slot = snapshot_output(graph->snapshot, layer);
    bool into_cell = layer + 1 == graph->snapshot->layer;
    Edge edge = {.done = graph_consumed(graph, slot, t), .lit = into_cell && weight_pointed(graph, WEIGHT_IH)};
    float x = axis_centre(graph->axis, t);
    edge_up(graph, edge, x, from, to);
    graph_layer_edge_hot(graph, layer, t, lone_area(graph, x, from, to));
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
    float foot = loss.y + loss.h;
    edge_up(graph, edge, x - graph->aside, top, foot);
    graph_loss_hot(graph, t, false, pointed_area(graph, false, x - graph->aside, top, foot));
    if (snapshot_grad_norm(graph->snapshot, graph->program->answer, t, &norm)) {
        edge_down(graph, norm, x + graph->aside, foot, top);
        graph_loss_hot(graph, t, true, pointed_area(graph, true, x + graph->aside, foot, top));
    }
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
        graph_lane_edges(graph, &graph->lanes[i]);
    if (graph->bands[BAND_ANSWER].shown && graph->bands[BAND_INPUT].shown && graph->columns == COLUMN_WIDE)
        for (int i = 0; i < graph->lane_count; i++)
            graph_lane_factors(graph, &graph->lanes[i]);
}
