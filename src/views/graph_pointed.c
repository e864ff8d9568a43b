#include "views/graph.h"
#include "views/graph_nodes.h"
#include "views/terms.h"

// What is pointed at elsewhere, in a formula, a heat map or a bar, is framed here: its node, its lane of a cell, or the
// cell that it is inside of.
static void frame(const Graph *graph, Rect around, float radius)
{
    draw_frame(graph->out, INK_FOCUS, rect_inset(around, -2), radius, 2);
}

static bool is_column(const Graph *graph, int t)
{
    return t >= 1 && axis_shows(graph->axis, t) && !snapshot_padding(graph->snapshot, t);
}

// As wide as the column where that is narrow.
static Rect in_column(const Graph *graph, int t, float width, float y, float h)
{
    float w = graph->columns <= COLUMN_MIDDLE ? width : greater(graph->axis.dx, 2);
    return (Rect){axis_centre(graph->axis, t) - w / 2, y, w, h};
}

static bool mark_node(const Graph *graph, int slot, int t)
{
    for (int i = 0; i < NODE_ROWS; i++) {
        const NodeRow *row = &node_rows[i];
        if (row->slot(graph->program) != slot)
            continue;
        float r = graph->radius, h = row->boxed ? graph->bands[row->band].h : 2 * r;
        if (graph->bands[row->band].shown && is_column(graph, t))
            frame(graph, in_column(graph, t, 2 * r, band_middle(graph, row->band) - h / 2, h), row->boxed ? 5 : r + 2);
        return true;
    }
    return false;
}

static void mark_origin(const Graph *graph, const Lane *lane)
{
    float y = lane_forward(lane) - ORIGIN_UP;
    if (graph_edge_shown(graph))
        draw_ring(graph->out, INK_FOCUS, graph_origin(graph), y, ORIGIN_RADIUS + 3, 2);
}

static bool mark_lane(const Graph *graph, int slot, int t)
{
    for (int i = 0; i < graph->lane_count; i++) {
        const Lane *lane = &graph->lanes[i];
        if (lane->slot != slot)
            continue;
        if (is_column(graph, t))
            frame(graph, in_column(graph, t, graph->cell_width, lane->y - lane->h / 2 + 2, lane->h - 4), 6);
        else if (t < 1)
            mark_origin(graph, lane);
        return true;
    }
    return false;
}

static void mark_other_layer(const Graph *graph, int layer, int t)
{
    BandName band = layer > graph->snapshot->layer ? BAND_ABOVE : BAND_BELOW;
    if (!graph->bands[band].shown || !layers_boxed(graph, band))
        return;
    for (int i = 0; i < layers_in(graph, band); i++)
        if (layer_in(graph, band, i) == layer)
            frame(graph, layer_box(graph, band, i, t), 4);
}

static void mark_cell(const Graph *graph, int slot, int t)
{
    const ProgramSlot *of = &graph->program->slots[slot];
    Band cell = graph->bands[BAND_CELL];
    if (!is_column(graph, t))
        return;
    if (of->layer != graph->snapshot->layer)
        mark_other_layer(graph, of->layer, t);
    else
        frame(graph, in_column(graph, t, graph->cell_width, cell.y, cell.h), 8);
}

void graph_pointed(const Graph *graph)
{
    const Snapshot *s = graph->snapshot;
    Pointed seen = term_seen(s);
    int slot = seen.slot, t = seen.t;
    bool unit = s->pointed_unit != NONE && graph->columns == COLUMN_WIDE; // which has a frame of its own
    if (slot == NONE || unit || mark_node(graph, slot, t) || mark_lane(graph, slot, t))
        return;
    mark_cell(graph, slot, t);
}
