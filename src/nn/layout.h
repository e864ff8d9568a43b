#ifndef NN_LAYOUT_H
#define NN_LAYOUT_H

#include "base/arena.h"
#include "nn/op.h"
#include "nn/plan.h"
#include "nn/program.h"

// How long the numbers of a slot are kept on a tape. On a whole tape all of them are, for whoever looks at it; a lean
// one keeps what the update itself comes back to, so that it has less to move through the caches.
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

// Of a row's operands and result: Keeping.
typedef struct {
    unsigned char y, a, b, dy, da, db;
} Bound;

typedef struct {
    bool lean;
    Spot *value, *grad;      // (slots) of B · n numbers each; long ones begin at cache lines
    Bound *bound;            // (rows)
    size_t column[KEEPINGS]; // numbers from one time step's place to the next one's; of PASSING all there are
    size_t begin[KEEPINGS];  // numbers from the memory's begin to where what is so kept begins
    size_t size;             // numbers of all
    int chunk;               // time steps that are gathered at once
} Layout;

Layout layout_make(const Program *program, const Plan *plan, bool lean, Arena *arena);

// Numbers from where what is so kept begins to the place of a time step, t = 0 … T+1, for rows of that pass. The time
// steps of a chunk have their places in the order in which they run back.
static inline size_t layout_step(const Layout *layout, const Program *program, Keeping keeping, int pass, int t)
{
    const int done = layout->chunk + (program->passes[pass].reverse ? t - 1 : program->dims.T - t);
    const int step = keeping == PASSING ? 0 : keeping == GATHERED ? done % layout->chunk : t;
    return (size_t)step * layout->column[keeping];
}

// A row where it is at another time step, `by` numbers from where `first` is, and there `more` numbers further on. Only
// the pointers are written: a copy of all of it would cost more than many a row.
static inline void work_put(Work *at, const Work *first, const Bound *bound, const ptrdiff_t by[KEEPINGS],
                            ptrdiff_t more)
{
    at->y = first->y + by[bound->y] + more;
    at->a = first->a + by[bound->a] + more;
    at->b = first->b + by[bound->b] + more;
    at->dy = first->dy + by[bound->dy] + more;
    at->da = first->da + by[bound->da] + more;
    at->db = first->db + by[bound->db] + more;
}

#endif
