#ifndef UI_AXIS_H
#define UI_AXIS_H

#include <stdbool.h>

// One column is one time step, and every view has the same columns to the pixel. Column t lies from
// x0 + (t − first)·dx on, dx wide.
typedef struct {
    int first, last; // time steps shown, 1 … T
    float x0, dx;
    bool from_zero; // labels count the first time step as 0
} TimeAxis;

TimeAxis axis_fit(int first, int last, float x, float width);
float axis_left(TimeAxis axis, int t);
float axis_centre(TimeAxis axis, int t);
int axis_at(TimeAxis axis, float x); // the time step there, 0 outside
bool axis_shows(TimeAxis axis, int t);
int axis_label_every(TimeAxis axis, float label_width); // 1, 2, 5, 10, …: labels that do not touch
bool axis_labels(TimeAxis axis, int t, int every);      // the first, round ones, and the last where there is room

// How much of a column there is to draw in.
typedef enum { COLUMN_WIDE, COLUMN_MIDDLE, COLUMN_NARROW, COLUMN_DENSE } ColumnClass; // ≥ 34, ≥ 9, ≥ 1 px, below
ColumnClass axis_class(TimeAxis axis);

#endif
