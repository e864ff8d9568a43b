#include "views/graph_edge.h"
#include "views/graph_fold.h"
#include "views/graph_nodes.h"

// What can be pointed at in the folded graph.
// ---- nodes --------------------------------------------------------------------------------------------------------
static Rect around(float x, float y, float radius)
{
    return (Rect){x - radius, y - radius, 2 * radius, 2 * radius};
}

static void node_hot(const Loop *loop, int row, Rect area)
{
    Node node = node_rows[row].read(loop->graph, loop->t);
    if (node.shown)
        graph_node_hot(loop->graph, &node_rows[row], &node, loop->t, area);
}

static void loss_hot(const Loop *loop)
{
    enum { HEIGHT = 18 };
    const char *words = loop_loss(loop);
    if (words)
        node_hot(loop, NODE_LOSS,
                 (Rect){loop_loss_x(loop), loop->answer_y - HEIGHT / 2.0f,
                        draw_width(loop->graph->out, TYPE_STRONG, words), HEIGHT});
}

// Beyond a layer that is not the first or the last another one stands in the place of input or answer.
static void node_hots(const Loop *loop)
{
    const Graph *graph = loop->graph;
    int layer = graph->snapshot->layer;
    Rect input = around(loop->x, loop->input_y, loop->radius), answer = around(loop->x, loop->answer_y, loop->radius);
    if (layer > 0)
        graph_layer_hot(graph, layer - 1, loop->t, input);
    else
        node_hot(loop, NODE_INPUT, input);
    if (!loop_readout(graph))
        graph_layer_hot(graph, layer + 1, loop->t, answer);
    else
        node_hot(loop, NODE_ANSWER, answer);
    loss_hot(loop);
}

// ---- edges up and down ----------------------------------------------------------------------------------------------
static Rect upright(float x, float from, float to)
{
    const float half = 5;
    return (Rect){x - half, lesser(from, to), 2 * half, greater(from, to) - lesser(from, to)};
}

static void edge_hots(const Loop *loop)
{
    const Graph *graph = loop->graph;
    float top = loop->answer_y + loop->radius, foot = loop->cell.y;
    double norm;
    graph_input_hot(graph, loop->t, upright(loop->x, loop->input_y - loop->radius, foot + loop->cell.h));
    if (!loop_readout(graph)) {
        graph_above_hot(graph, loop->t, upright(loop->x, top, foot));
        return;
    }
    graph_answer_hot(graph, loop->t, false, upright(loop->x - loop->aside, top, foot));
    if (graph_answer_gradient(graph, loop->t, &norm))
        graph_answer_hot(graph, loop->t, true, upright(loop->x + loop->aside, top, foot));
}

// The one to the loss, and the gradient under it.
static void loss_edge_hots(const Loop *loop)
{
    enum { HALF = 10 };
    Rect edge = {loop->x + loop->radius, loop->answer_y - HALF, LOSS_EDGE + 2, HALF};
    double norm;
    if (!loop_loss(loop))
        return;
    graph_loss_hot(loop->graph, loop->t, false, edge);
    edge.y += HALF;
    if (snapshot_grad_norm(loop->graph->snapshot, loop->graph->program->answer, loop->t, &norm))
        graph_loss_hot(loop->graph, loop->t, true, edge);
}

// ---- the loop -------------------------------------------------------------------------------------------------------
enum { PIECES = 8 };

static Point on_curve(const Point p[4], float at)
{
    float rest = 1 - at, a = rest * rest * rest, b = 3 * rest * rest * at, c = 3 * rest * at * at, d = at * at * at;
    return (Point){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                   a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

// Around a piece of the curve, with `half` px at either side.
static Rect piece_area(const Point points[4], int piece, float half)
{
    Point from = on_curve(points, (float)piece / PIECES), to = on_curve(points, (float)(piece + 1) / PIECES);
    Rect box = {lesser(from.x, to.x), lesser(from.y, to.y), greater(from.x, to.x) - lesser(from.x, to.x),
                greater(from.y, to.y) - lesser(from.y, to.y)};
    return rect_inset(box, -half);
}

// What leaves the cell goes into the time step after, which is not looked at therefore; behind the last one it goes
// nowhere.
static void leaving_hot(const Loop *loop, const LoopLane *lane, Rect area)
{
    const Graph *graph = loop->graph;
    int after = snapshot_after(graph->snapshot, loop->t), slot = lane->lane->slot;
    const char *name = draw_print(graph->out, "graph.leaving.%s.%d", lane->lane->sign, loop->t);
    if (after >= 1 && after <= snapshot_length(graph->snapshot))
        graph_lane_hot(graph, lane->lane, after, (Pointed){loop->t, slot, NONE}, area);
    else
        graph_hot(graph, name, area, press_known(graph, program_value_known(graph->program, slot, loop->t), loop->t),
                  tip_of_state(graph, lane->lane, loop->t, NONE, graph_asked(graph, name)),
                  (Pointed){loop->t, slot, NONE});
}

static void loop_lane_hots(const Loop *loop, const LoopLane *lane)
{
    const float half = 4;
    double norm;
    Point points[4];
    loop_points(loop, lane, 0, points);
    for (int i = 0; i < PIECES; i++) {
        if (2 * i < PIECES)
            leaving_hot(loop, lane, piece_area(points, i, half));
        else
            graph_lane_hot(loop->graph, lane->lane, loop->t, (Pointed){loop->t, lane->lane->before, NONE},
                           piece_area(points, i, half));
    }
    if (!loop_comes_back(loop, lane, &norm))
        return;
    float width = loop_width(lane, norm);
    loop_points(loop, lane, width / 2 + 4, points);
    for (int i = 0; i < PIECES; i++)
        graph_gradient_hot(loop->graph, lane->lane, loop->t, piece_area(points, i, width / 2 + 1));
}

static void delay_hot(const Loop *loop, const LoopLane *lane)
{
    const Graph *graph = loop->graph;
    const char *name = draw_print(graph->out, "graph.delay.%s", lane->lane->sign);
    graph_hot(graph, name, loop_delay(loop, lane), NULL,
              draw_print(graph->out, "what the cell gives at one time step it gets at the next%s",
                         tip_of_gradient(graph, lane->lane, loop->t, graph_asked(graph, name))),
              (Pointed){loop->t, lane->lane->before, NONE});
}

// ---- all of it ------------------------------------------------------------------------------------------------------
static void hots_at(const Loop *loop)
{
    graph_cell_hot(loop->graph, loop->t, loop->cell);
    node_hots(loop);
    edge_hots(loop);
    loss_edge_hots(loop);
    for (int i = 0; i < loop->graph->lane_count; i++) {
        LoopLane lane = loop_lane(loop, i);
        loop_lane_hots(loop, &lane);
    }
}

// What was pinned at another time step is still true, though it is not the one shown.
static void pinned_hots(const Loop *loop)
{
    Graph pinned = *loop->graph;
    Loop other = *loop;
    pinned.pinned = true;
    other.graph = &pinned;
    for (other.t = 1; other.t <= snapshot_length(pinned.snapshot); other.t++)
        if (other.t != loop->t)
            hots_at(&other);
}

void loop_hots(const Loop *loop)
{
    if (loop->graph->out->pin_count > 0)
        pinned_hots(loop);
    hots_at(loop);
    for (int i = 0; i < loop->graph->lane_count; i++) {
        LoopLane lane = loop_lane(loop, i);
        if (snapshot_value(loop->graph->snapshot, lane.lane->slot, loop->t))
            graph_unit_hots(loop->graph, lane.lane, loop->t, loop_units(&lane));
        delay_hot(loop, &lane);
    }
}
