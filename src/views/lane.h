#ifndef VIEWS_LANE_H
#define VIEWS_LANE_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"

// The parts of a lane: one of several networks that are compared, as low as can be; only view_lane.c and lane_*.c know
// them. All lanes have the same rows on the same time axis, so that the eye goes down a column through all networks.
//
//   | LSTM            [] [] [] [] [] []    a box a time step, the gradient between them, inputs below
//   | answers              ^        ^
//   | 1.04 for 0.92       0.37     0.56
//   | h               ## ## ## ## ## ##    the chosen quantity
//   | ‖∂L/∂h_t‖       .. .. .. ## ## ##    gradient bars
//   | of t = 30        1  2  3  4  5  6
typedef struct {
    const Snapshot *snapshot;
    TimeAxis axis;
    DrawList *out;
    Rect name, strip, map, bars; // rows: name stands in the margin beside the strip
    float margin;                // px at the left, behind the run's colour
    double scale;                // of h in all lanes: the value that is drawn as 1
    bool brief;                  // no room for more than the name and the bars
    bool low;                    // little height: less room around everything
    bool inputs;                 // there is room for them under the boxes
    bool high;                   // boxes higher than wide with arrows both ways between them, where these have room
    Ink ink;                     // the run's
} LaneRows;

void lane_strip(const LaneRows *lane);
void lane_bars(const LaneRows *lane);

#endif
