#include "views/exact.h"
#include "views/graph.h"
#include "views/place.h"

// What the states start from: h_0 and c_0, or behind the end of what is read in reverse h_{T+1} and c_{T+1}. They are
// 0, but with a state that is carried on they are what the window before ended with: a strip on a wire that is cut.
enum { STRIP_WIDTH = 8, STRIP_MOST = 34, TIP_UNITS = 8 };

static const char *edge_index(const Graph *graph)
{
    return place_t(graph->snapshot, snapshot_edge(graph->snapshot), graph->out);
}

// In words: h₀, h₋₁ where t is counted from 0, and in reverse h at t = 13.
static const char *edge_name(const Graph *graph, const Lane *lane)
{
    if (graph->snapshot->reverse)
        return draw_print(graph->out, "%s at t = %s", lane->sign, edge_index(graph));
    return draw_print(graph->out, "%s%s", lane->sign, shown_t(graph, 0) < 0 ? "₋₁" : "₀");
}

// ---- 0 ------------------------------------------------------------------------------------------------------------
static const char *tip_of_zero(const Graph *graph, const Lane *lane)
{
    const char *why =
        graph->snapshot->reverse ? "the sequence is read from its end, and before that" : "before the first time step";
    const char *name = edge_name(graph, lane);
    return draw_print(graph->out, "%s = 0: %s there is nothing to remember%s", name, why,
                      tip_of_gradient(graph, lane, snapshot_edge(graph->snapshot), true));
}

static void draw_zero(const Graph *graph, float x, float y)
{
    draw_circle(graph->out, INK_NODE, x, y, ORIGIN_RADIUS);
    draw_ring(graph->out, INK_SOFT, x, y, ORIGIN_RADIUS, 1);
    draw_text(graph->out, INK_SOFT, (Type){FACE_MATH, 11}, x, y + 3.7f, ALIGN_CENTRE, "0");
}

// ---- a carried state ------------------------------------------------------------------------------------------------
static const char *tip_of_carried(const Graph *graph, const Lane *lane, const Real *values)
{
    const char *tip = draw_print(graph->out,
                                 "%s, from the window before: it goes on with what that ended with,\nbut no gradient "
                                 "flows back across the cut",
                                 edge_name(graph, lane));
    int units = graph->program->dims.H;
    for (int unit = 0; unit < units && unit < TIP_UNITS; unit++)
        tip = draw_print(graph->out, "%s\nunit %d: %s", tip, unit + 1, exact_text(graph->out, values[unit]));
    return draw_print(graph->out, "%s%s%s", tip, units > TIP_UNITS ? "\n…" : "", tip_of_gradient(graph, lane, 0, true));
}

// The wire from the left, and two strokes across where it is cut.
static void draw_cut_wire(const Graph *graph, float x, float y)
{
    enum { STROKE = 4 };
    float from = greater(x - STRIP_WIDTH / 2.0f - CARRIED_WIRE, graph->area.x + 2), cut = x - STRIP_WIDTH / 2.0f - 7;
    draw_line(graph->out, INK_FORWARD, from, y, cut - 1.5f, y, 1.6f);
    draw_line(graph->out, INK_FORWARD, cut + 1.5f, y, x - STRIP_WIDTH / 2.0f, y, 1.6f);
    for (int side = -1; side <= 1; side += 2)
        draw_line(graph->out, INK_TEXT, cut + (float)side * 1.5f - 1.5f, y + STROKE, cut + (float)side * 1.5f + 1.5f,
                  y - STROKE, 1.2f);
}

static Rect carried_strip(const Lane *lane, float x, float y)
{
    float h = lesser(lane->h * 0.7f, STRIP_MOST);
    return (Rect){x - STRIP_WIDTH / 2.0f, y - h / 2, STRIP_WIDTH, h};
}

static void draw_carried(const Graph *graph, const Lane *lane, const Real *values, float x, float y)
{
    Rect strip = carried_strip(lane, x, y);
    draw_cut_wire(graph, x, y);
    draw_rect(graph->out, INK_NODE, strip, 1);
    draw_grid(graph->out, strip,
              (Grid){.value = lane_shown(graph, lane, values),
                     .rows = graph->program->dims.H,
                     .columns = 1,
                     .row_stride = 1,
                     .column_stride = 1,
                     .ramp = RAMP_SIGNED});
    draw_frame(graph->out, INK_NODE_FRAME, rect_inset(strip, -1), 1, 1);
}

// ---- both -----------------------------------------------------------------------------------------------------------
static void draw_origin(const Graph *graph, const Lane *lane)
{
    const Snapshot *s = graph->snapshot;
    float x = graph_origin(graph), y = lane_forward(lane) - ORIGIN_UP, r = ORIGIN_RADIUS;
    const Real *values = snapshot_carried(s) ? snapshot_value(s, lane->slot, 0) : NULL;
    if (values)
        draw_carried(graph, lane, values, x, y);
    else
        draw_zero(graph, x, y);
    graph_hot(graph, draw_print(graph->out, "graph.origin.%s", lane->sign),
              values ? carried_strip(lane, x, y) : (Rect){x - r, y - r, 2 * r, 2 * r},
              press_select(graph, snapshot_after(s, snapshot_edge(s)), NONE),
              values ? tip_of_carried(graph, lane, values) : tip_of_zero(graph, lane), (Pointed){0, lane->slot, NONE});
    if (graph->lane_count == 1 && graph->columns == COLUMN_WIDE && !s->reverse)
        draw_formula(graph->out, INK_TEXT, 13, x, y + (values ? 30 : 22), ALIGN_CENTRE,
                     draw_print(graph->out, "%s_{%d}", lane->sign, shown_t(graph, 0)));
}

// Above the lanes' names and below the layers'; beside one lane, where the weights stand, below their box. In two
// lines, in one or not at all.
static void draw_caption(const Graph *graph)
{
    enum { LINE = 12 };
    Rect box = graph_weight_box(graph);
    bool beneath = graph->lane_count == 1 && box.w > 0;
    const Band *above = &graph->bands[BAND_ABOVE];
    float top = beneath ? box.y + box.h : above->shown ? above->y + above->h : band_middle(graph, BAND_ANSWER) + 6;
    float bottom = beneath ? band_middle(graph, BAND_INPUT) - 9 : graph->lanes[0].y - 12;
    bool both = bottom - top >= 2 * LINE;
    if (!graph->bands[BAND_ANSWER].shown || !graph->bands[BAND_INPUT].shown || bottom - top < LINE)
        return;
    float y = beneath ? top + 12 + (both ? LINE : 0) : bottom - 3;
    if (both)
        draw_text(graph->out, INK_FORWARD, TYPE_CAPTION, graph->margin, y - LINE, ALIGN_LEFT, "from the");
    draw_text(graph->out, INK_FORWARD, TYPE_CAPTION, graph->margin, y, ALIGN_LEFT, "window before");
}

void graph_origins(const Graph *graph)
{
    if (!graph_edge_shown(graph))
        return;
    for (int i = 0; i < graph->lane_count; i++)
        draw_origin(graph, &graph->lanes[i]);
    if (snapshot_carried(graph->snapshot))
        draw_caption(graph);
}
