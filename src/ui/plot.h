#ifndef UI_PLOT_H
#define UI_PLOT_H

#include "ui/draw.h"

// Axes that carry values: linear or logarithmic, with labels that never touch.
typedef struct {
    Rect area;
    double low, high; // of values; high > low, and low > 0 where logarithmic
    bool logarithmic;
} ValueAxis;

float value_y(ValueAxis axis, double value);                       // cut to the area; NaN stands at the bottom
int value_ticks(ValueAxis axis, double *ticks, int most);          // powers of ten, or 1 2 5 steps; rising, most >= 2
void value_grid(DrawList *out, ValueAxis axis, bool labels_right); // lines and labels
void value_bounds(double *low, double *high);     // widened to round numbers, 1 2 5 times a power of 10
void value_bounds_log(double *low, double *high); // widened to powers of ten, at least one decade

// Curves over updates: at most one point (or min–max bar) a pixel column, so points closer than 1 px are drawn as one.
// A point whose mean is NaN leaves a gap.
typedef struct {
    double low, high, mean;
} CurvePoint;
void plot_curve(DrawList *out, Ink ink, ValueAxis axis, const CurvePoint *points, int count, float x0, float dx,
                float width);

#endif
