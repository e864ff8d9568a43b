#include "views/graph_edge.h"

// The edges from column to column: blue the state, vermilion its gradient, and the factor between two of these.
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
    graph_lane_hot(graph, lane, t, (Pointed){t, lane->before, NONE},
                   (Rect){lesser(from, to), y - 3, greater(from, to) - lesser(from, to), 7});
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
    draw_backward(graph->out, norm, most, (Point){span.to, y}, (Point){span.from, y});
    graph_gradient_hot(graph, lane, t, (Rect){left, y - 8, right - left, 13});
}

void graph_lane_edges(const Graph *graph, const Lane *lane)
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
void graph_lane_factors(const Graph *graph, const Lane *lane)
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
