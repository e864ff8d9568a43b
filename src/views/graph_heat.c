#include "views/graph.h"
#include "views/heatmap.h"

// Narrow and dense columns: a lane is a strip, one row a unit, and above it a band as thick as the gradient is long.
enum { BAND_LEAST = 9, BAND_MOST = 24, PART = 256 };

static Rect strip_of(const Graph *graph, const Lane *lane)
{
    float band = lesser(greater(lane->h * 0.18f, BAND_LEAST), BAND_MOST);
    float width = axis_left(graph->axis, graph->axis.last + 1) - graph->axis.x0;
    return (Rect){graph->axis.x0, lane->y - lane->h / 2 + band, width, lane->h - band - 2};
}

// ---- values -----------------------------------------------------------------------------------------------------
// Where it began; what follows from it is no news.
static void mark_not_finite(const Graph *graph, Rect strip, int slot)
{
    const char *sign = NULL;
    int t = graph->axis.first - 1;
    while (!sign && t < graph->axis.last) {
        const Real *values = snapshot_value(graph->snapshot, slot, ++t);
        sign = values ? not_finite_sign(values, graph->program->dims.H) : NULL;
    }
    if (!sign)
        return;
    const char *text = draw_print(graph->out, "%s from t = %d on", sign, shown_t(graph, t));
    float width = draw_width(graph->out, TYPE_SECTION, text) + 12;
    float left = lesser(axis_left(graph->axis, t) + 4, strip.x + strip.w - width);
    Rect box = {left, strip.y + strip.h / 2 - 9, width, 18};
    draw_rect(graph->out, INK_CARD, box, 4);
    draw_frame(graph->out, INK_WARNING, box, 4, 1.5f);
    draw_text(graph->out, INK_WARNING, TYPE_SECTION, left + width / 2, box.y + 13, ALIGN_CENTRE, text);
}

static void draw_values(const Graph *graph, const Lane *lane, Rect strip)
{
    HeatMap map = {lane->slot, RAMP_SIGNED, lane->scale, strip.y, strip.h};
    heatmap_cells(graph->snapshot, graph->axis, map, graph->out);
    mark_not_finite(graph, strip, lane->slot);
}

static int pixel_of(const Graph *graph, int t)
{
    return (int)(axis_left(graph->axis, t) - graph->axis.x0);
}

// ---- gradients --------------------------------------------------------------------------------------------------
// The widest gradient among the columns that share t's pixel; *t moves behind them. -1: not known.
static float thickness_at(const Graph *graph, const Lane *lane, int *t, float most)
{
    int pixel = pixel_of(graph, *t);
    float thickest = -1;
    do {
        double norm = lane_norm(graph, lane, *t);
        float width = norm < 0 ? -1 : backward_width(norm) / WIDTH_MOST * most;
        thickest = greater(thickest, width);
        (*t)++;
    } while (*t <= graph->axis.last && pixel_of(graph, *t) == pixel);
    return thickest;
}

static void draw_part(const Graph *graph, Ink ink, float base, Point *outline, int count)
{
    if (count < 2)
        return;
    outline[count] = (Point){outline[count - 1].x, base};
    outline[count + 1] = (Point){outline[0].x, base};
    draw_polygon(graph->out, ink, outline, count + 2);
}

// A long run is cut, for a painter's time; the parts share a column, so that no seam is seen.
static int begin_next(const Graph *graph, Ink ink, float base, Point *outline, int count)
{
    draw_part(graph, ink, base, outline, count);
    outline[0] = outline[count - 2];
    outline[1] = outline[count - 1];
    return 2;
}

// A polygon for each run of columns whose gradients are known, and are numbers or are not.
static void draw_gradients(const Graph *graph, const Lane *lane, Rect strip)
{
    float base = strip.y - 1, most = base - (lane->y - lane->h / 2);
    Point outline[2 * PART + 2];
    Ink ink = INK_BACKWARD;
    int count = 0;
    for (int t = graph->axis.first; t <= graph->axis.last;) {
        Ink here = gradient_ink(lane_norm(graph, lane, t));
        float left = axis_left(graph->axis, t), thick = thickness_at(graph, lane, &t, most);
        if (thick < 0 || here != ink) {
            draw_part(graph, ink, base, outline, count);
            count = 0;
        }
        ink = here;
        if (thick < 0)
            continue;
        if (count == 2 * PART)
            count = begin_next(graph, ink, base, outline, count);
        outline[count++] = (Point){left, base - thick};
        outline[count++] = (Point){axis_left(graph->axis, t), base - thick};
    }
    draw_part(graph, ink, base, outline, count);
}

// ---- where the reader is, and what can be pointed at ------------------------------------------------------------
static void draw_here(const Graph *graph, Rect strip)
{
    Place place = graph->snapshot->place;
    if (graph->snapshot->probe || place.row == NONE || !axis_shows(graph->axis, place.t))
        return;
    float width = greater(graph->axis.dx, 2), x = axis_centre(graph->axis, place.t) - width / 2;
    x = lesser(x, strip.x + strip.w - width);
    draw_frame(graph->out, place.phase == PHASE_BACKWARD ? INK_BACKWARD : INK_FORWARD,
               (Rect){x - 1, strip.y - 1, width + 2, strip.h + 2}, 1, 1.5f);
}

static void lane_hots(const Graph *graph, const Lane *lane)
{
    int together = columns_together(graph->axis);
    for (int t = graph->axis.first; t <= graph->axis.last; t += together) {
        int last = t + together - 1 > graph->axis.last ? graph->axis.last : t + together - 1;
        const char *name = draw_print(graph->out, "graph.cell.%s.%d", lane->sign, t);
        bool pointed = graph_asked(graph, name);
        float x = axis_left(graph->axis, t);
        Rect area = {x, lane->y - lane->h / 2, axis_left(graph->axis, last + 1) - x, lane->h};
        graph_hot(graph, name, area, press_step(graph, t),
                  together > 1 ? tip_of_states(graph, lane, t, last, pointed)
                               : tip_of_state(graph, lane, t, NONE, pointed),
                  (Pointed){t, lane->slot, NONE});
    }
}

void graph_heat(const Graph *graph)
{
    for (int i = 0; i < graph->lane_count; i++) {
        const Lane *lane = &graph->lanes[i];
        Rect strip = strip_of(graph, lane);
        draw_rect(graph->out, INK_NODE, strip, 2);
        draw_values(graph, lane, strip);
        draw_frame(graph->out, INK_HAIRLINE, rect_inset(strip, -1), 2, 1);
        draw_gradients(graph, lane, strip);
        draw_here(graph, strip);
        lane_hots(graph, lane);
    }
}
