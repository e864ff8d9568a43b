#ifndef APP_TOPBAR_H
#define APP_TOPBAR_H

#include "app/screen.h"

// The bar above all; only topbar.c and topbar_transport.c know it. Lengths are those at the least and at the reference
// width; between them they grow with the window.
typedef struct {
    float least, reference;
} Measure;

static const Measure TOPBAR_EDGE = {16, 20}, TOPBAR_SMALL = {28, 34};

typedef struct {
    App *app;
    DrawList *out;
    float wide; // 0 at the least width, 1 at the reference width and above
    float y;    // of the buttons
} Bar;

float topbar_measure(const Bar *bar, Measure m);
const Setup *topbar_setup(const Bar *bar);
Rect topbar_take(const Bar *bar, float *x, float width, float gap); // the place of a button, and x behind it

// In the middle: back, play, on, how far a step goes, how fast.
float transport_width(const Bar *bar);
void transport_draw(const Bar *bar, float x);

#endif
