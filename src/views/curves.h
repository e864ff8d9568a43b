#ifndef VIEWS_CURVES_H
#define VIEWS_CURVES_H

#include "sim/snapshot.h"
#include "ui/plot.h"

enum { CURVES_SCALE = 40 }; // px at the right, for the numbers of the scale

// Curves over updates: a field with a title, one curve after another, levels with names, and the reader's position.
//
//   from the left     what was read: each update's value thin, their running mean thick
//   the position      a line; a press or drag anywhere in the field goes to the update there
//   behind it         updates that were done before the reader went back: pale
//
// Values come from the Record, many updates a point where there are more of them than pixels.
typedef struct {
    const Snapshot *snapshot;
    DrawList *out;
    Rect field; // inside the frame
    Rect title; // what is left of the title's line
    int first;  // of the shapes of curves in `out`, so that names can keep off them
    ValueAxis values;
    long last;    // updates on record, of any run
    long end;     // or on that of before, where it has more
    long read;    // of these, those that are done where the reader is
    float x0, dx; // update u stands at x0 + u · dx
    long stride;  // updates a point
    Rect named;   // where the level's name stands
} Curves;

// What the scale must hold besides the curves: 0 for nothing.
typedef struct {
    const char *title; // in capitals
    const Curve *curve;
    int count;
    double level;
    bool logarithmic; // always; otherwise only where the values span more than a decade
    float below;      // px under the field, for a legend
    float aside;      // px at the right of the title, for what stands there
} CurvesLook;

// Draws title, field and scale. False: nothing is on record, and the field says when it will be.
bool curves_begin(const Snapshot *snapshot, Rect area, CurvesLook look, Curves *curves, DrawList *out);
void curves_line(const Curves *curves, Curve curve, Ink ink, float width);              // of the first run's mean
void curves_former(const Curves *curves, const Run *run, Curve curve);                  // before something was changed
void curves_below(const Curves *curves, Curve curve, Curve than, Ink ink, float width); // its mean, where it is below
void curves_level(const Curves *curves, Ink ink, double value, const char *name);       // dashed; after the curves
bool curves_find_free(const Curves *curves, Rect *box);           // where it is, else where no curve and no name is
const Run *curves_lead(const Snapshot *snapshot);                 // where the reader is
bool curves_has_former(const Snapshot *snapshot, const Run *run); // and it is to be drawn

// What an update's values are, in words; 0: nothing is learnt yet. A pin of it stands at this curve's value.
typedef struct {
    Curve curve;
    const char *(*text)(const Curves *curves, Curve curve, long update);
} CurvesTip;

// The position, what a press means, and the tip of the update under the pointer, else of the one that is read.
void curves_end(const Curves *curves, const char *name, CurvesTip tip);

// The parts of a curve, for what draws several: points of updates 1 … last, each joining `stride` of them.
int curve_point_count(const Curves *curves, long last);
CurvePoint *curve_points(const Curves *curves, const Record *record, Curve curve, long last);
void curve_smooth(CurvePoint *points, int count); // each becomes the mean of itself and those before it
void curve_plot(const Curves *curves, Ink ink, const CurvePoint *points, int count, float width);

// Where runs are compared: one curve a lane; of several seeds the median, and pale its range. Labels stand where each
// ends, none on another or on the level's name.
bool curves_compared(const Snapshot *snapshot);
void curves_lanes(const Curves *curves, Curve curve);
void curves_labels(const Curves *curves, Curve curve);
const char *curves_lanes_tip(const Curves *curves, Curve curve, long update); // a line a run
const char *lane_name(const Snapshot *snapshot, int lane, DrawList *out);
Ink lane_ink(const Snapshot *snapshot, int lane);

// At the right end of a title: what stands in the same place instead.
enum { CURVES_OTHER = 48 };
void curves_other(DrawList *out, Rect area, const char *word, const char *line, const char *tip);

const char *curve_value(const Curves *curves, Curve curve, long update); // exact, or "not kept"
const char *curve_source(const Curves *curves, Curve curve);             // where it comes from
Ink curves_run_ink(const Run *run);                                      // of its cell

#endif
