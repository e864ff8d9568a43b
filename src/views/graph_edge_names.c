#include "ui/formula.h"
#include "views/graph.h"

// The names of the weights on the first edges that carry them.
// As large as the gap between two cells allows.
static float name_size(const Graph *graph)
{
    return graph->axis.dx - graph->cell_width < 22 ? 11 : 12;
}

static float name_width(const Graph *graph, const EdgeWeight *weight)
{
    return formula_width(graph->out->fonts, graph->out->arena, name_size(graph), weight_formula(graph, weight));
}

void graph_weight_name(const Graph *graph, TensorKind kind, float x, float y, Align align)
{
    const EdgeWeight *weight = edge_weight(kind);
    float width = name_width(graph, weight);
    float left = align == ALIGN_LEFT ? x : align == ALIGN_RIGHT ? x - width : x - width / 2;
    draw_formula(graph->out, INK_FORWARD, name_size(graph), x, y, align, weight_formula(graph, weight));
    Rect area = {left, y - 10, width, 14};
    if (weight_pointed(graph, kind))
        draw_frame(graph->out, INK_FOCUS, rect_inset(area, -1), 3, 1);
    graph_weight_hot(graph, weight, weight->edge_hot, area);
}

enum { NAMED_LEAST = 48 }; // px of a column

// Under the first edge between two cells, where the lower lane's factors leave room.
static void name_lane(const Graph *graph, int second)
{
    const Lane *last = &graph->lanes[graph->lane_count - 1];
    float y = last->y + last->h * 0.1f + 14, factors = last->y + last->h / 2 + 4;
    if (graph->lane_count == 1 || y + 3 <= factors)
        graph_weight_name(graph, WEIGHT_HH, axis_left(graph->axis, second), y, ALIGN_CENTRE);
}

static void name_answer(const Graph *graph, int first)
{
    float top = band_middle(graph, BAND_ANSWER) + graph->radius;
    float bottom = graph->bands[graph->bands[BAND_ABOVE].shown ? BAND_ABOVE : BAND_CELL].y;
    float x = axis_centre(graph->axis, first) - graph->aside - 5;
    if (bottom - top >= 20)
        graph_weight_name(graph, WEIGHT_OUT, x, (top + bottom) / 2 + 4, ALIGN_RIGHT);
}

static void name_input(const Graph *graph, int second)
{
    Band cell = graph->bands[BAND_CELL];
    float top = cell.y + cell.h + (graph->lane_count > 1 ? 14 : 0); // behind the lower lane's factors
    float bottom =
        graph->bands[BAND_BELOW].shown ? graph->bands[BAND_BELOW].y : band_middle(graph, BAND_INPUT) - graph->radius;
    if (bottom - top >= 17)
        graph_weight_name(graph, WEIGHT_IH, axis_centre(graph->axis, second) + 6, (top + bottom) / 2 + 4, ALIGN_LEFT);
}

void graph_edge_names(const Graph *graph)
{
    bool edges = graph->bands[BAND_INPUT].shown && graph->bands[BAND_ANSWER].shown;
    if (!edges || graph->columns != COLUMN_WIDE || graph->axis.dx < NAMED_LEAST)
        return;
    int first = graph->axis.first, second = first + (graph->axis.last > first);
    name_answer(graph, first);
    if (second > first)
        name_lane(graph, second);
    name_input(graph, second);
}
