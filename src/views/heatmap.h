#ifndef VIEWS_HEATMAP_H
#define VIEWS_HEATMAP_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"

// One slot over time as a picture: a column a time step, a row a unit, the value as a fill. Only what is known is
// drawn. Cells that would be smaller than a pixel are joined, and the largest magnitude stands for all of them.
typedef struct {
    int slot;
    Ramp ramp;
    double scale; // the value that is drawn as 1
    float y, h;   // px; where it lies from left to right follows from the time axis
} HeatMap;

void heatmap_draw(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out);
void heatmap_cells(const Snapshot *snapshot, TimeAxis axis, HeatMap map, DrawList *out); // without tips and presses

// Columns that are too narrow to be hit alone are pointed at and pressed together, so many at a time.
int columns_together(TimeAxis axis);

// The least and the largest of what is known of a slot at these time steps: "−0.3 … 1"; NULL: nothing, or not finite.
const char *slot_range(const Snapshot *snapshot, int slot, int first, int last, DrawList *out);

// What a time step, or several that are too narrow to be told apart, says of a slot; numbers only where `pointed`, of
// one unit or (NONE) of several.
const char *heatmap_tip(const Snapshot *snapshot, int slot, int t, int unit, bool pointed, DrawList *out);
const char *heatmap_range_tip(const Snapshot *snapshot, int slot, int first, int last, DrawList *out);

// What a press on a column says: it is marked, and the unit that was marked stays.
const char *select_column(const Snapshot *snapshot, int t, DrawList *out);

// The scale of a state wherever its values are drawn: the largest magnitude of what is known of it, widened to a round
// number; at least 1.
double heatmap_scale(const Snapshot *snapshot, int slot);

// What stands in the margin beside a map: its name with the letter of the formula, and a key to the fills. Each
// takes from the top or bottom of `margin` what it needs, and leaves itself out where that is not there.
void heatmap_name(DrawList *out, Rect *margin, const char *name, const char *letter);
void heatmap_key(DrawList *out, Rect *margin, Ramp ramp, double scale);
void heatmap_layer(const Snapshot *snapshot, DrawList *out, Rect *margin); // "layer 2 ←", where there are several

// The room for that, beside a map.
Rect heatmap_margin(Rect area, HeatMap map);

#endif
