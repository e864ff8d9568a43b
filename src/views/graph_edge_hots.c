#include "views/exact.h"
#include "views/graph_edge.h"

// What the edges say where they are pointed at, in the unrolled graph and in the folded one.
static void edge_hot(const Graph *graph, const char *kind, const char *what, int row, int t, bool backward, Rect area)
{
    const Program *p = graph->program;
    const char *name = draw_print(graph->out, "graph.%s.%d", kind, t);
    Place place = {backward ? PHASE_BACKWARD : PHASE_FORWARD, p->rows[row].pass, t, row};
    graph_hot(graph, name, area, press_known(graph, program_op(p, place), t),
              tip_of_edge(graph, what, row, t, backward, graph_asked(graph, name)), (Pointed){t, p->rows[row].y, NONE});
}

// ---- up and down --------------------------------------------------------------------------------------------------
// The first row of the layer and direction looked at that reads a slot.
static int reader_of(const Graph *graph, int slot)
{
    const Program *p = graph->program;
    for (int row = 0; row < p->row_count; row++)
        if (p->rows[row].a == slot && p->slots[p->rows[row].y].layer == graph->snapshot->layer &&
            p->passes[p->rows[row].pass].reverse == graph->snapshot->reverse)
            return row;
    return p->slots[slot].consumer;
}

void graph_input_hot(const Graph *graph, int t, Rect area)
{
    int layer = graph->snapshot->layer;
    int row = reader_of(graph, layer > 0 ? snapshot_output(graph->snapshot, layer - 1) : graph->program->input);
    const char *what = layer > 0 ? "the state of the layer below goes into the cell" : "the input goes into the cell";
    if (row != NONE)
        edge_hot(graph, "edge.input", what, row, t, false, area);
}

void graph_above_hot(const Graph *graph, int t, Rect area)
{
    int row = graph->program->slots[snapshot_output(graph->snapshot, graph->snapshot->layer)].consumer;
    if (row != NONE)
        edge_hot(graph, "edge.above", "the state goes into the layer above", row, t, false, area);
}

void graph_layer_edge_hot(const Graph *graph, int layer, int t, Rect area)
{
    const char *kind = draw_print(graph->out, "edge.layer.%d", layer + 1),
               *what = draw_print(graph->out, "the state of layer %d goes into layer %d", layer + 1, layer + 2);
    int row = reader_of(graph, snapshot_output(graph->snapshot, layer));
    if (row != NONE)
        edge_hot(graph, kind, what, row, t, false, area);
}

void graph_beside_edge_hot(const Graph *graph, int read, int t, Rect area)
{
    int row = graph->program->slots[read].consumer;
    const char *what = draw_print(graph->out, "the state of the other direction goes into t = %d", shown_t(graph, t));
    if (row != NONE)
        edge_hot(graph, "edge.beside", what, row, t, false, area);
}

void graph_answer_hot(const Graph *graph, int t, bool backward, Rect area)
{
    int row = graph->program->slots[graph->program->answer].producer;
    edge_hot(graph, backward ? "gradient.answer" : "edge.answer",
             backward ? "the gradient of the answer goes back into the state" : "the state gives the answer", row, t,
             backward, area);
}

void graph_loss_hot(const Graph *graph, int t, bool backward, Rect area)
{
    int row = graph->program->slots[graph->program->loss].producer;
    edge_hot(graph, backward ? "gradient.loss" : "edge.loss",
             backward ? "the gradient of the loss goes back into the answer" : "the answer is compared with the target",
             row, t, backward, area);
}

bool graph_answer_gradient(const Graph *graph, int t, double *norm)
{
    const Program *p = graph->program;
    int read = p->rows[p->slots[p->answer].producer].a;
    return snapshot_scored(graph->snapshot, t) && snapshot_grad(graph->snapshot, read, t) &&
           snapshot_grad_norm(graph->snapshot, p->answer, t, norm);
}

// ---- from time step to time step ------------------------------------------------------------------------------------
// And what the first that reads it there makes of it.
void graph_lane_hot(const Graph *graph, const Lane *lane, int t, Pointed pointed, Rect area)
{
    const Program *p = graph->program;
    const char *name = draw_print(graph->out, "graph.edge.%s.%d", lane->sign, t);
    int reader = p->slots[lane->before].consumer;
    const Real *value = snapshot_value(graph->snapshot, lane->before, t);
    int chosen = graph->snapshot->selected_unit > 0 ? graph->snapshot->selected_unit - 1 : 0;
    const char *tip =
        draw_print(graph->out, "%s goes into t = %d%s", lane->sign, shown_t(graph, t), value ? "" : ", not yet");
    if (value && graph_asked(graph, name))
        tip = draw_print(graph->out, "%s\nunit %d: %s", tip, chosen + 1, exact_text(graph->out, value[chosen]));
    graph_hot(graph, name, area, press_known(graph, program_value_known(p, lane->before, t), t),
              reader == NONE ? tip : tip_of_edge(graph, tip, reader, t, false, graph_asked(graph, name)), pointed);
}

static long gradient_op(const Graph *graph, const Lane *lane, int t)
{
    bool edge = t == snapshot_edge(graph->snapshot), reverse = graph->snapshot->reverse;
    return program_grad_known(graph->program, lane->slot, edge && reverse ? graph->program->dims.T + 1 : t);
}

void graph_gradient_hot(const Graph *graph, const Lane *lane, int t, Rect area)
{
    bool edge = t == snapshot_edge(graph->snapshot);
    const char *name = draw_print(graph->out, "graph.gradient.%s.%d", lane->sign, t);
    graph_hot(graph, name, area, press_known(graph, gradient_op(graph, lane, t), edge ? 1 : t),
              tip_of_gradient(graph, lane, t, graph_asked(graph, name)) + 1, (Pointed){edge ? 0 : t, lane->slot, NONE});
}
