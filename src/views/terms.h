#ifndef VIEWS_TERMS_H
#define VIEWS_TERMS_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// The terms of formulas that stand elsewhere in the picture too: h_{8} is a node of the graph, W_{hh} an edge. A term
// that is pointed at marks those, and what is pointed at there is marked in the formulas, for both say the same
// Pointed.
typedef struct {
    const char *text; // "h_{8}", as the formula has it
    Pointed pointed;
    int weight; // of Hot
} Term;

typedef struct {
    const Snapshot *snapshot;
    Term *term;
    int count;
} Terms;

// Values of the layer looked at, at t and its neighbours, what the layers beside it hand over, and the weights.
Terms terms_around(const Snapshot *snapshot, int t, Arena *arena);

// Where a slot's value stands in the graph: what a delay carries is that of the step it comes from.
Pointed term_pointed(const Snapshot *snapshot, int slot, int t);
Pointed term_seen(const Snapshot *snapshot); // what is under the pointer, likewise
bool term_is_pointed(const Snapshot *snapshot, Pointed pointed, int weight);

// A formula with its terms. `name` is of the hots; a press says `press`, or where that is NULL selects the time step.
void terms_draw(const Terms *terms, const char *name, Ink ink, float size, float x, float y, const char *formula,
                const char *press, DrawList *out);

// The formula with \link around each term that is known; the name is the term's number.
const char *terms_linked(const Terms *terms, const char *formula, Arena *arena);

#endif
