#ifndef VIEWS_CELL_COST_H
#define VIEWS_CELL_COST_H

#include <math.h>

#include "views/cell_parts.h"

// What the way of a wire costs: only cell_route.c asks. No part of it is below 0, so that what costs too much in part
// does so as a whole.
static const struct {
    float box, wire, crossing, corner, length, shared;
} costs = {.box = 1000, .wire = 300, .crossing = 30, .corner = 12, .length = 0.06f, .shared = 0.01f};

static const float APART = 5; // px between wires beside each other

static inline bool is_level(Point a, Point b)
{
    return fabsf(a.y - b.y) < 0.5f;
}

static inline float length_of(Point a, Point b)
{
    return fabsf(a.x - b.x) + fabsf(a.y - b.y);
}

float cost_outside(const Cell *cell, Point at);
float cost_of_boxes(const Cell *cell, const Wire *wire, int segment);
float cost_of_boxes_but(const Cell *cell, Point a, Point b, int from, int to); // that it may touch; NONE
float cost_of_wires(const Cell *cell, const Wire *wire, int segment);

#endif
