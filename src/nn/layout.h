#ifndef NN_LAYOUT_H
#define NN_LAYOUT_H

#include "base/arena.h"
#include "nn/plan.h"
#include "nn/program.h"

// How long the numbers of a slot are kept on a tape. On a whole tape all of them are, for whoever looks at it; a lean one
// keeps what the update itself comes back to, so that it has less to move through the caches.
typedef enum {
    KEPT_VALUE, // every time step has a place of its own, and so have the edges
    KEPT_GRAD,
    GATHERED, // gradients that the weights' are gathered from: a place for each time step that is gathered at once
    PASSING,  // needed only within a time step: all have the same place
    KEEPINGS
} Keeping;

typedef struct {
    Keeping keeping;
    size_t at; // numbers from where what is so kept begins, at one time step
} Spot;

typedef struct {
    Spot *value, *grad;      // (slots) of B · n numbers each, from a cache line's begin on
    size_t column[KEEPINGS]; // numbers from one time step's place to the next one's; of PASSING all there are
    int chunk;               // time steps that are gathered at once
} Layout;

Layout layout_make(const Program *program, const Plan *plan, bool lean, Arena *arena);

size_t layout_size(const Layout *layout, const Program *program, Keeping keeping); // numbers of all that is so kept

// Numbers from where what is so kept begins to the place of a time step, t = 0 … T+1, for rows of that pass.
size_t layout_step(const Layout *layout, const Program *program, Keeping keeping, int pass, int t);

#endif
