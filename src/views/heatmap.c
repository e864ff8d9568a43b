#include "views/heatmap.h"

#include <math.h>

#include "base/math.h"
#include "ui/plot.h"
#include "views/padding.h"

static const float GAP_WIDE = 4; // px

// ---- what is known ----------------------------------------------------------------------------------------------
typedef struct {
    int first, last; // time steps
} Stretch;

// The next run of columns that are all known, behind *stretch. False: there is none.
static bool next_stretch(const Snapshot *snapshot, TimeAxis axis, int slot, Stretch *stretch)
{
    int t = stretch->last + 1;
    while (t <= axis.last && !snapshot_value(snapshot, slot, t))
        t++;
    stretch->first = t;
    while (t <= axis.last && snapshot_value(snapshot, slot, t))
        t++;
    stretch->last = t - 1;
    return stretch->first <= stretch->last;
}

static bool outweighs(double value, double than)
{
    return value != value || math_abs(value) > math_abs(than);
}

static double widest(const Real *value, int count, double so_far)
{
    for (int i = 0; i < count; i++)
        so_far = isfinite(value[i]) && outweighs(value[i], so_far) ? value[i] : so_far;
    return so_far;
}

double heatmap_scale(const Snapshot *snapshot, int slot)
{
    double low = 0, high = 0;
    for (int t = 1; t <= snapshot->program->dims.T; t++) {
        const Real *value = snapshot_value(snapshot, slot, t);
        high = value ? widest(value, snapshot->program->slots[slot].length, high) : high;
    }
    high = math_abs(high);
    if (high <= 1)
        return 1;
    value_bounds(&low, &high);
    return high;
}

// ---- cells ------------------------------------------------------------------------------------------------------
// At most one cell a pixel, both ways.
static int cells_shown(int count, float pixels)
{
    int most = pixels < 1 ? 1 : (int)pixels;
    return count < most ? count : most;
}

static double joined(const Snapshot *snapshot, int slot, Stretch columns, Stretch units)
{
    double most = 0;
    for (int t = columns.first; t <= columns.last; t++) {
        const Real *value = snapshot_value(snapshot, slot, t);
        for (int unit = units.first; unit <= units.last; unit++)
            most = outweighs(value[unit], most) ? value[unit] : most;
    }
    return most;
}

// The i-th of `parts` parts of what lies in `whole`.
static Stretch part_of(Stretch whole, int i, int parts)
{
    long count = whole.last - whole.first + 1;
    return (Stretch){whole.first + (int)(i * count / parts), whole.first + (int)((i + 1) * count / parts) - 1};
}

// What the cells show: values joined where there are more than cells, as parts of the ramp's end.
static Grid filled(const Snapshot *snapshot, HeatMap map, Stretch columns, Grid grid, DrawList *out)
{
    Stretch units = {0, snapshot->program->slots[map.slot].length - 1};
    double *cell = arena_new(out->arena, double, (size_t)grid.rows *(size_t)grid.columns);
    for (int column = 0; column < grid.columns; column++)
        for (int row = 0; row < grid.rows; row++)
            cell[column * grid.rows + row] =
                joined(snapshot, map.slot, part_of(columns, column, grid.columns), part_of(units, row, grid.rows)) /
                map.scale;
    grid.value = cell;
    grid.column_stride = grid.rows;
    return grid;
}

static float gap_for(TimeAxis axis, float row_height)
{
    ColumnClass columns = axis_class(axis);
    if (columns >= COLUMN_NARROW || row_height < 4)
        return 0;
    return columns == COLUMN_WIDE && row_height >= 10 ? 2 : 1;
}

static void draw_cells(const Snapshot *snapshot, HeatMap map, Stretch columns, Rect rect, float gap, DrawList *out)
{
    int length = snapshot->program->slots[map.slot].length, count = columns.last - columns.first + 1;
    Grid grid = {
        .rows = cells_shown(length, rect.h),
        .columns = cells_shown(count, rect.w),
        .row_stride = 1,
        .ramp = map.ramp,
        .gap = gap,
    };
    draw_grid(out, rect, filled(snapshot, map, columns, grid, out));
}

static Rect stretch_rect(TimeAxis axis, HeatMap map, Stretch columns)
{
    float left = axis_left(axis, columns.first);
    return (Rect){left, map.y, axis_left(axis, columns.last + 1) - left, map.h};
}

// Wide columns stand apart, so each is a grid of its own.
static void draw_stretch(const Snapshot *snapshot, TimeAxis axis, HeatMap map, Stretch columns, DrawList *out)
{
    float gap = gap_for(axis, map.h / (float)snapshot->program->slots[map.slot].length);
    if (axis_class(axis) != COLUMN_WIDE) {
        draw_cells(snapshot, map, columns, stretch_rect(axis, map, columns), gap, out);
        return;
    }
    for (int t = columns.first; t <= columns.last; t++) {
        Rect rect = stretch_rect(axis, map, (Stretch){t, t});
        rect.x += GAP_WIDE / 2;
        rect.w -= GAP_WIDE;
        draw_cells(snapshot, map, (Stretch){t, t}, rect, gap, out);
    }
}

void heatmap_cells(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out)
{
    Stretch columns = {axis.first, axis.first - 1};
    while (next_stretch(snapshot, axis, map.slot, &columns))
        draw_stretch(snapshot, axis, map, columns, out);
}

// ---- what is pointed at -----------------------------------------------------------------------------------------
// A unit that is pinned.
static void pinned_hots(const Snapshot *snapshot, TimeAxis axis, HeatMap map, int t, uint32_t id, DrawList *out)
{
    int length = snapshot->program->slots[map.slot].length, pin = 0;
    Rect column = stretch_rect(axis, map, (Stretch){t, t});
    float h = column.h / (float)length;
    for (long unit; (unit = hot_pinned(out, id, &pin)) > 0;)
        if (unit <= length)
            draw_hot(out, (Hot){.id = id,
                                .area = {column.x, column.y + h * (float)(unit - 1), column.w, h},
                                .tip = heatmap_tip(snapshot, map.slot, t, (int)unit - 1, true, out),
                                .pointed = {0, NONE, NONE},
                                .part = unit});
}

static void hot_over(const Snapshot *snapshot, TimeAxis axis, HeatMap map, Stretch columns, DrawList *out)
{
    const char *name = snapshot->program->slots[map.slot].slot.name;
    uint32_t id = hot_id(draw_print(out, "map %s %d", name, columns.first));
    bool pointed = hot_asked(out, id);
    bool one = columns.first == columns.last;
    int length = snapshot->program->slots[map.slot].length, unit = out->hover == id ? snapshot->pointed_unit : NONE;
    unit = one && unit < length ? unit : NONE;
    if (one)
        pinned_hots(snapshot, axis, map, columns.first, id, out);
    const char *tip = one       ? heatmap_tip(snapshot, map.slot, columns.first, unit, pointed, out)
                      : pointed ? heatmap_range_tip(snapshot, map.slot, columns.first, columns.last, out)
                                : name;
    draw_hot(out, (Hot){.id = id,
                        .area = stretch_rect(axis, map, columns),
                        .press = unit != NONE && unit < snapshot->program->dims.H
                                     ? draw_print(out, "select %d %d", snapshot_t(snapshot, columns.first), unit + 1)
                                     : select_column(snapshot, columns.first, out),
                        .tip = tip,
                        .pointed = {columns.first, map.slot, NONE},
                        .rows = one ? length : 0,
                        .columns = 1,
                        .part = unit + 1});
}

static void draw_hots(const Snapshot *snapshot, TimeAxis axis, HeatMap map, Stretch columns, DrawList *out)
{
    int together = columns_together(axis);
    for (int t = columns.first; t <= columns.last; t += together) {
        int last = t + together - 1 < columns.last ? t + together - 1 : columns.last;
        hot_over(snapshot, axis, map, (Stretch){t, last}, out);
    }
}
// What is pointed at, here or in a formula or the graph.
static void draw_pointed(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out)
{
    int t = snapshot->pointed_t;
    if (snapshot->pointed_slot == map.slot && t >= 1 && axis_shows(axis, t) && snapshot_value(snapshot, map.slot, t))
        draw_frame(out, INK_FOCUS, stretch_rect(axis, map, (Stretch){t, t}), 2, 1.5f);
}

void heatmap_draw(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out)
{
    heatmap_cells(snapshot, axis, map, out);
    Stretch columns = {axis.first, axis.first - 1};
    while (next_stretch(snapshot, axis, map.slot, &columns))
        draw_hots(snapshot, axis, map, columns, out);
    draw_pointed(snapshot, axis, map, out);
    padding_draw(snapshot, axis, snapshot->program->slots[map.slot].slot.name, map.y, map.h, out);
}
