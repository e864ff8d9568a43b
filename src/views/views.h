#ifndef VIEWS_VIEWS_H
#define VIEWS_VIEWS_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"

// A view is a function from a snapshot to shapes. It changes nothing, keeps nothing between pictures, chooses inks and
// never colours, and draws no number that does not exist yet. What a press means is written where it is drawn.
// A new view is a file view_x.c and its name in views.c.
typedef struct {
    const char *name;                          // "graph", in command lines
    const char *title;                         // "Unrolled graph"
    const char *what;                          // one sentence for the tip
    bool framed;                               // draws a frame of its own, and needs no card
    bool on_time_axis;                         // columns are time steps; otherwise `axis` is not used
    float least_height;                        // below it the screen leaves the view out
    bool (*applies)(const Snapshot *snapshot); // NULL: to every network
    void (*draw)(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out);
} View;

extern const View *const views[]; // ends with NULL

int view_index(const char *name); // or -1
bool view_applies(const View *view, const Snapshot *snapshot);

// A graph that is lower than this has no title.
enum { GRAPH_TITLED = 200 };

// Room at the left of every view on the time axis for names and scales, px.
enum { VIEW_MARGIN = 96, VIEW_MARGIN_RIGHT = 12 };

#endif
