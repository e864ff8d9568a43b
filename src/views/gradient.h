#ifndef VIEWS_GRADIENT_H
#define VIEWS_GRADIENT_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/plot.h"
#include "views/labels.h"

// The parts of the gradient bars; only view_gradient.c, gradient_*.c and the lanes of a comparison know them.
//
//   gradient      1e4 |
//   ‖∂L/∂h_t‖      1  |                 0.061  0.083   value, and share of the last scored step's
//   [log|lin]         |                 17 %   24 %
//   [ c | h ]    1e-4 | vanishing: …     ##     ##
//                1e-8 | ...  ...  ...    ##     ##     dotted: not computed yet
//                        5    6    7     8      9
typedef enum {
    BAR_UNKNOWN, // the backward pass has not been here
    BAR_KNOWN,
    BAR_NONE,      // 0: nothing scored comes after it
    BAR_ZERO,      // 0: no unit let anything through
    BAR_UNDERFLOW, // 0: what crossed the time step was below 1e-250
    BAR_NOT_FINITE,
    BAR_PADDING, // behind the end of the sequence
} BarKind;

typedef struct {
    BarKind kind;
    double norm;
} Bar;

typedef struct {
    const Snapshot *snapshot;
    TimeAxis axis;
    Rect area;
    DrawList *out;
    int slot;           // whose gradient: h or c
    const char *sign;   // "h"
    int last;           // the last scored step in the direction looked at; 0: none
    double reference;   // the norm there; 0: not known, or not above 0
    bool any;           // some bar is known
    bool texts;         // there is room for numbers above the bars
    float above, below; // px between area and plot
    Bar *bar;           // of t = axis.first … axis.last
    float *top;         // y of what is highest in each of these columns, so that words can stand where nothing does
    ValueAxis values;   // its area is the plot
} Bars;

// As the reader counts it.
static inline int shown_t(const Bars *bars, int t)
{
    return snapshot_t(bars->snapshot, t);
}

enum { BARS_TEXTS_LEAST = 120, BAR_LEAST = 2 }; // px of height; the second of what is above 0, however little

#define BARS_LOW  1e-8
#define BARS_HIGH 1e4
#define VANISHING 1e-3 // of the norm at the last scored step
#define EXPLODING 1e3

void bars_measure(Bars *bars);            // what is known
void bars_place(Bars *bars, double most); // plot and value axis; a linear one goes up to `most`, 0: to its own largest
double bars_largest(const Bars *bars);
void bars_scale(const Bars *bars); // lines and numbers
bool bars_zoned(const Bars *bars); // the zones are measured by a bar that can be seen
void bars_zones(const Bars *bars);
void bars_draw(Bars *bars);
const char *bars_share(const Bars *bars, int t);      // "17 %" of the last scored step, or NULL
void bars_mark(Bars *bars, int t, const char *words); // above the bars there
void bars_numbers(Bars *bars); // above the bars, below the columns, and words where there are no bars
void bars_hots(const Bars *bars);

const Bar *bar_at(const Bars *bars, int t);
Rect bar_rect(const Bars *bars, int t); // from the foot of the plot to the bar's value

#endif
