#include "views/heatmap.h"

#include <math.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/plot.h"
#include "views/exact.h"
#include "views/layers.h"
#include "views/padding.h"
#include "views/views.h"

enum { MARGIN_PADDING = 12, NAME_HEIGHT = 16, LETTER_HEIGHT = 20, KEY_WIDTH = 60, KEY_HEIGHT = 8, KEY_LABELS = 16 };
enum { TIP_UNITS = 8 };
static const float GAP_WIDE = 4, HOT_LEAST = 4; // px

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

static double widest(const double *value, int count, double so_far)
{
    for (int i = 0; i < count; i++)
        so_far = isfinite(value[i]) && outweighs(value[i], so_far) ? value[i] : so_far;
    return so_far;
}

double heatmap_scale(const Snapshot *snapshot, int slot)
{
    double low = 0, high = 0;
    for (int t = 1; t <= snapshot->program->dims.T; t++) {
        const double *value = snapshot_value(snapshot, slot, t);
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
        const double *value = snapshot_value(snapshot, slot, t);
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

// A copy of the values, where cells are joined or values do not fit the ramp.
static Grid copied(const Snapshot *snapshot, HeatMap map, Stretch columns, Grid grid, DrawList *out)
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
        .value = snapshot_value(snapshot, map.slot, columns.first),
        .rows = cells_shown(length, rect.h),
        .columns = cells_shown(count, rect.w),
        .row_stride = 1,
        .column_stride = (long)snapshot->tape->column,
        .ramp = map.ramp,
        .gap = gap,
    };
    if (grid.rows < length || grid.columns < count || map.scale != 1)
        grid = copied(snapshot, map, columns, grid, out);
    draw_grid(out, rect, grid);
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

// ---- tips -------------------------------------------------------------------------------------------------------
// Unit 1 first, one a line; so many exact numbers are written only where the pointer is.
static const char *units_text(const double *value, int length, DrawList *out)
{
    const char *text = "";
    for (int unit = 0; unit < length && unit < TIP_UNITS; unit++)
        text = draw_print(out, "%s\nunit %d: %s", text, unit + 1, exact_text(out, value[unit]));
    return length > TIP_UNITS ? draw_print(out, "%s\n…", text) : text;
}

// As the cell's table names it, for layer and direction are told in words.
static const char *letter_of(const Snapshot *snapshot, int slot)
{
    const ProgramSlot *shown = &snapshot->program->slots[slot];
    return shown->of_cell == NONE ? shown->slot.name : snapshot->program->net.cell->slots[shown->of_cell].name;
}

static const char *map_tip(const Snapshot *snapshot, int slot, int t, bool pointed, DrawList *out)
{
    const ProgramSlot *shown = &snapshot->program->slots[slot];
    const double *value = snapshot_value(snapshot, slot, t);
    const char *units = pointed ? units_text(value, shown->length, out) : "";
    return draw_print(out, "%s %s at t = %d%s%s%s%s", shown->slot.what, letter_of(snapshot, slot),
                      snapshot_t(snapshot, t), layer_in_tip(snapshot, slot, out), shown->slot.means ? "\n" : "",
                      shown->slot.means ? shown->slot.means : "", units);
}

const char *select_column(const Snapshot *snapshot, int t, DrawList *out)
{
    int unit = snapshot->selected_unit;
    return draw_print(out, "select %d %d", snapshot_t(snapshot, t), unit > 0 ? unit : 1);
}

int columns_together(TimeAxis axis)
{
    return axis.dx >= HOT_LEAST ? 1 : (int)(HOT_LEAST / axis.dx) + 1;
}

const char *slot_range(const Snapshot *snapshot, int slot, int first, int last, DrawList *out)
{
    double low = INFINITY, high = -INFINITY;
    for (int t = first; t <= last; t++) {
        const double *value = snapshot_value(snapshot, slot, t);
        for (int unit = 0; value && unit < snapshot->program->slots[slot].length; unit++) {
            low = fmin(low, value[unit]);
            high = fmax(high, value[unit]);
        }
    }
    return isfinite(low) && isfinite(high) ? exact_range(out, low, high) : NULL;
}

static const char *range_tip(const Snapshot *snapshot, int slot, Stretch columns, DrawList *out)
{
    const Slot *shown = &snapshot->program->slots[slot].slot;
    const char *range = slot_range(snapshot, slot, columns.first, columns.last, out);
    return draw_print(out, "%s %s, t = %d to %d%s%s%s", shown->what, letter_of(snapshot, slot),
                      snapshot_t(snapshot, columns.first), snapshot_t(snapshot, columns.last),
                      layer_in_tip(snapshot, slot, out), range ? "\n" : "", range ? range : "");
}

static void hot_over(const Snapshot *snapshot, TimeAxis axis, HeatMap map, Stretch columns, DrawList *out)
{
    const char *name = snapshot->program->slots[map.slot].slot.name;
    uint32_t id = hot_id(draw_print(out, "map %s %d", name, columns.first));
    bool pointed = hot_asked(out, id);
    const char *tip = columns.first == columns.last ? map_tip(snapshot, map.slot, columns.first, pointed, out)
                      : pointed                     ? range_tip(snapshot, map.slot, columns, out)
                                                    : name;
    draw_hot(out, (Hot){.id = id,
                        .area = stretch_rect(axis, map, columns),
                        .press = select_column(snapshot, columns.first, out),
                        .tip = tip,
                        .pointed = {columns.first, map.slot, NONE}});
}

static void draw_hots(const Snapshot *snapshot, TimeAxis axis, HeatMap map, Stretch columns, DrawList *out)
{
    int together = columns_together(axis);
    for (int t = columns.first; t <= columns.last; t += together) {
        int last = t + together - 1 < columns.last ? t + together - 1 : columns.last;
        hot_over(snapshot, axis, map, (Stretch){t, last}, out);
    }
}

void heatmap_cells(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out)
{
    Stretch columns = {axis.first, axis.first - 1};
    while (next_stretch(snapshot, axis, map.slot, &columns))
        draw_stretch(snapshot, axis, map, columns, out);
}

void heatmap_draw(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out)
{
    heatmap_cells(snapshot, axis, map, out);
    Stretch columns = {axis.first, axis.first - 1};
    while (next_stretch(snapshot, axis, map.slot, &columns))
        draw_hots(snapshot, axis, map, columns, out);
    padding_draw(snapshot, axis, snapshot->program->slots[map.slot].slot.name, map.y, map.h, out);
}

// ---- the margin -------------------------------------------------------------------------------------------------
Rect heatmap_margin(Rect area, HeatMap map)
{
    return (Rect){area.x + MARGIN_PADDING, map.y, VIEW_MARGIN - MARGIN_PADDING - 4, map.h};
}

void heatmap_name(DrawList *out, Rect *margin, const char *name, const char *letter)
{
    Type type = draw_width(out, TYPE_STRONG, name) <= margin->w - 14 ? TYPE_STRONG : (Type){FACE_SEMIBOLD, 12};
    bool beneath = margin->h >= NAME_HEIGHT + LETTER_HEIGHT + KEY_HEIGHT + KEY_LABELS;
    Rect line = rect_cut_top(margin, NAME_HEIGHT);
    draw_text(out, INK_TEXT, type, line.x, line.y + 13, ALIGN_LEFT, name);
    float x = line.x + draw_width(out, type, name) + 5;
    if (beneath) {
        line = rect_cut_top(margin, LETTER_HEIGHT);
        x = line.x;
    }
    draw_formula(out, INK_SOFT, 15, x, line.y + 13, ALIGN_LEFT, letter);
}

// Numbers under the ends of the strip; where they have no room there, both in one.
static void key_labels(DrawList *out, Ink ink, float x, float y, bool beside, Ramp ramp, const char *high)
{
    const char *low = ramp == RAMP_SIGNED ? draw_print(out, "−%s", high) : "0";
    const char *upper = ramp == RAMP_SIGNED ? draw_print(out, "+%s", high) : high;
    if (!beside) {
        draw_textf(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, "%s … %s", low, upper);
    } else if (draw_width(out, TYPE_CAPTION, low) + draw_width(out, TYPE_CAPTION, upper) + 4 <= KEY_WIDTH) {
        draw_text(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, low);
        draw_text(out, ink, TYPE_CAPTION, x + KEY_WIDTH, y, ALIGN_RIGHT, upper);
    } else {
        draw_textf(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, "%s%s", ramp == RAMP_SIGNED ? "±" : "0 … ", high);
    }
}

static void key_strip(DrawList *out, float x, float y, Ramp ramp)
{
    static const double values[] = {-1,    -0.875, -0.75, -0.625, -0.5,  -0.375, -0.25, -0.125, 0,
                                    0.125, 0.25,   0.375, 0.5,    0.625, 0.75,   0.875, 1};
    enum { ALL = sizeof values / sizeof *values, ZERO = ALL / 2 };
    int from = ramp == RAMP_SIGNED ? 0 : ZERO;
    draw_grid(out, (Rect){x, y, KEY_WIDTH, KEY_HEIGHT},
              (Grid){.value = values + from, .rows = 1, .columns = ALL - from, .column_stride = 1, .ramp = ramp});
}

void heatmap_key(DrawList *out, Rect *margin, Ramp ramp, double scale)
{
    char high[NUMBER_SIZE];
    bool strip = margin->h >= KEY_HEIGHT + KEY_LABELS;
    Rect key = rect_cut_bottom(margin, strip ? KEY_HEIGHT + KEY_LABELS : KEY_LABELS - 3);
    if (key.h < KEY_LABELS - 3)
        return;
    if (strip)
        key_strip(out, key.x, key.y, ramp);
    key_labels(out, strip ? INK_SOFT : INK_FAINT, key.x, key.y + key.h - 3, strip, ramp, number_short(high, scale));
}

void heatmap_layer(const Snapshot *snapshot, DrawList *out, Rect *margin)
{
    const char *name = layer_name(snapshot->program, snapshot->layer, snapshot->reverse, out);
    if (!*name || margin->h < KEY_LABELS)
        return;
    if (snapshot->program->dims.L == 1)
        name = draw_print(out, "%s direction", name);
    Rect line = rect_cut_top(margin, KEY_LABELS);
    draw_text(out, INK_SOFT, TYPE_CAPTION, line.x, line.y + 11, ALIGN_LEFT, name);
}
