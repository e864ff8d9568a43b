#include "base/math.h"
#include "views/graph.h"

// Narrow and dense columns: a lane is a strip, one row a unit, and above it a band as thick as the gradient is long.
enum { BAND_MOST = 10, ROWS_MOST = 64, PART = 256, HOT_LEAST = 4 };

static Rect strip_of(const Graph *graph, const Lane *lane)
{
    float band = lesser(BAND_MOST + 2, lane->h * 0.35f);
    float width = axis_left(graph->axis, graph->axis.last + 1) - graph->axis.x0;
    return (Rect){graph->axis.x0, lane->y - lane->h / 2 + band, width, lane->h - band - 2};
}

// The next run of columns whose values are known, from t on: [*first, returned].
static int known_run(const Graph *graph, int slot, int t, int *first)
{
    while (t <= graph->axis.last && !snapshot_value(graph->snapshot, slot, t))
        t++;
    *first = t;
    while (t <= graph->axis.last && snapshot_value(graph->snapshot, slot, t))
        t++;
    return t - 1;
}

// ---- values -----------------------------------------------------------------------------------------------------
// At least a pixel a column: the values as they lie on the tape.
static void draw_columns(const Graph *graph, Rect strip, int slot, int first, int last)
{
    const double *start = snapshot_value(graph->snapshot, slot, first);
    long stride = last > first ? (long)(snapshot_value(graph->snapshot, slot, first + 1) - start) : 1;
    float left = axis_left(graph->axis, first);
    draw_grid(graph->out, (Rect){left, strip.y, axis_left(graph->axis, last + 1) - left, strip.h},
              (Grid){.value = start,
                     .rows = graph->program->dims.H,
                     .columns = last - first + 1,
                     .row_stride = 1,
                     .column_stride = stride,
                     .ramp = RAMP_SIGNED});
}

static int pixel_of(const Graph *graph, int t)
{
    return (int)(axis_left(graph->axis, t) - graph->axis.x0);
}

static bool outweighs(double value, double than)
{
    return value != value || math_abs(value) > math_abs(than);
}

// Several columns a pixel: the value of the largest magnitude stands for all that fall together.
static void draw_pixels(const Graph *graph, Rect strip, int slot, int first, int last)
{
    int units = graph->program->dims.H, rows = units < ROWS_MOST ? units : ROWS_MOST;
    int from = pixel_of(graph, first), columns = pixel_of(graph, last) - from + 1;
    double *map = arena_new(graph->out->arena, double, (size_t)rows *(size_t)columns);
    for (int t = first; t <= last; t++) {
        const double *values = snapshot_value(graph->snapshot, slot, t);
        double *column = map + (long)(pixel_of(graph, t) - from) * rows;
        for (int unit = 0; unit < units; unit++) {
            double *cell = &column[(long)unit * rows / units];
            *cell = outweighs(values[unit], *cell) ? values[unit] : *cell;
        }
    }
    draw_grid(graph->out,
              (Rect){strip.x + (float)from, strip.y, lesser((float)columns, strip.w - (float)from), strip.h},
              (Grid){.value = map,
                     .rows = rows,
                     .columns = columns,
                     .row_stride = 1,
                     .column_stride = rows,
                     .ramp = RAMP_SIGNED});
}

static void mark_not_finite(const Graph *graph, Rect strip, int slot, int first, int last)
{
    for (int t = first; t <= last; t++) {
        const double *values = snapshot_value(graph->snapshot, slot, t);
        const char *sign = not_finite_sign(values, graph->program->dims.H);
        if (!sign)
            continue;
        float x = axis_left(graph->axis, t), end = strip.x + strip.w;
        draw_rect(graph->out, INK_WARNING, (Rect){x, strip.y, end - x, 2}, 0);
        draw_text(graph->out, INK_WARNING, TYPE_SECTION, lesser(greater(x, strip.x + 14), end - 14),
                  strip.y + strip.h / 2 + 4, ALIGN_CENTRE, sign);
        return; // what follows from it is no news
    }
}

static void draw_values(const Graph *graph, const Lane *lane, Rect strip)
{
    int first, last;
    for (int t = graph->axis.first; t <= graph->axis.last; t = last + 2) {
        last = known_run(graph, lane->slot, t, &first);
        if (last < first)
            return;
        if (graph->columns == COLUMN_DENSE)
            draw_pixels(graph, strip, lane->slot, first, last);
        else
            draw_columns(graph, strip, lane->slot, first, last);
        mark_not_finite(graph, strip, lane->slot, first, last);
    }
}

// ---- gradients --------------------------------------------------------------------------------------------------
// The widest gradient among the columns that share t's pixel; *t moves behind them. -1: not known.
static float thickness_at(const Graph *graph, const Lane *lane, int *t, float most)
{
    int pixel = pixel_of(graph, *t);
    float thickest = -1;
    do {
        double norm = lane_norm(graph, lane, *t);
        float width = norm < 0 ? -1 : lesser(backward_width(norm), most);
        thickest = greater(thickest, width);
        (*t)++;
    } while (*t <= graph->axis.last && pixel_of(graph, *t) == pixel);
    return thickest;
}

static void draw_part(const Graph *graph, float base, const Point *top, int count)
{
    Point outline[2 * PART + 4];
    if (count < 2)
        return;
    for (int i = 0; i < count; i++) {
        outline[i] = top[i];
        outline[2 * count - 1 - i] = (Point){top[i].x, base};
    }
    draw_polygon(graph->out, INK_BACKWARD, outline, 2 * count);
}

static void draw_gradients(const Graph *graph, const Lane *lane, Rect strip)
{
    float base = strip.y - 1, most = base - (lane->y - lane->h / 2);
    Point top[PART + 2];
    int count = 0;
    for (int t = graph->axis.first; t <= graph->axis.last;) {
        float left = axis_left(graph->axis, t), thick = thickness_at(graph, lane, &t, most);
        float right = axis_left(graph->axis, t);
        if (thick < 0 || count >= PART) {
            draw_part(graph, base, top, count);
            count = 0;
        }
        if (thick >= 0) {
            top[count++] = (Point){left, base - thick};
            top[count++] = (Point){right, base - thick};
        }
    }
    draw_part(graph, base, top, count);
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
    int together = graph->axis.dx >= HOT_LEAST ? 1 : (int)(HOT_LEAST / graph->axis.dx) + 1;
    for (int t = graph->axis.first; t <= graph->axis.last; t += together) {
        int last = t + together - 1 > graph->axis.last ? graph->axis.last : t + together - 1;
        float x = axis_left(graph->axis, t);
        Rect area = {x, lane->y - lane->h / 2, axis_left(graph->axis, last + 1) - x, lane->h};
        graph_hot(graph, draw_print(graph->out, "graph.cell.%s.%d", lane->sign, t), area, press_step(graph, t),
                  together > 1 ? tip_of_column(graph, t, last) : tip_of_state(graph, lane, t, NONE),
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
