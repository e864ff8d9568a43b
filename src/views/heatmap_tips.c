#include <math.h>

#include "views/exact.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/scope.h"

// What a column of a heat map says when it is pointed at, and what a press on it does.
enum { TIP_UNITS = 8 };
static const float HOT_LEAST = 4; // px

// Unit 1 first, one a line; so many exact numbers are written only where the pointer is.
static const char *units_text(const Real *value, int length, DrawList *out)
{
    const char *text = "";
    for (int unit = 0; unit < length && unit < TIP_UNITS; unit++)
        text = draw_print(out, "%s\nunit %d: %s", text, unit + 1, exact_text(out, value[unit]));
    return length > TIP_UNITS ? draw_print(out, "%s\n…", text) : text;
}

static const char *unit_text(const Real *value, int unit, DrawList *out)
{
    return draw_print(out, "\nunit %d: %s", unit + 1, exact_text(out, value[unit]));
}

// As the cell's table names it, for layer and direction are told in words.
static const char *letter_of(const Snapshot *snapshot, int slot)
{
    const ProgramSlot *shown = &snapshot->program->slots[slot];
    return shown->of_cell == NONE ? shown->slot.name : snapshot->program->net.cell->slots[shown->of_cell].name;
}

const char *heatmap_tip(const Snapshot *snapshot, int slot, int t, int unit, bool pointed, DrawList *out)
{
    const ProgramSlot *shown = &snapshot->program->slots[slot];
    const Real *value = snapshot_value(snapshot, slot, t);
    const char *units = !pointed       ? ""
                        : unit == NONE ? units_text(value, shown->length, out)
                                       : unit_text(value, unit, out);
    const char *made = pointed ? scope_value(snapshot, slot, t, unit, out) : "";
    return draw_print(out, "%s %s at t = %d%s%s%s%s%s", shown->slot.what, letter_of(snapshot, slot),
                      snapshot_t(snapshot, t), layer_in_tip(snapshot, slot, out), shown->slot.means ? "\n" : "",
                      shown->slot.means ? shown->slot.means : "", units, made);
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
        const Real *value = snapshot_value(snapshot, slot, t);
        for (int unit = 0; value && unit < snapshot->program->slots[slot].length; unit++) {
            low = fmin(low, value[unit]);
            high = fmax(high, value[unit]);
        }
    }
    return isfinite(low) && isfinite(high) ? exact_range(out, low, high) : NULL;
}

const char *heatmap_range_tip(const Snapshot *snapshot, int slot, int first, int last, DrawList *out)
{
    const Slot *shown = &snapshot->program->slots[slot].slot;
    const char *range = slot_range(snapshot, slot, first, last, out);
    return draw_print(out, "%s %s, t = %d to %d%s%s%s", shown->what, letter_of(snapshot, slot),
                      snapshot_t(snapshot, first), snapshot_t(snapshot, last), layer_in_tip(snapshot, slot, out),
                      range ? "\n" : "", range ? range : "");
}
