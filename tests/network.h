#ifndef TESTS_NETWORK_H
#define TESTS_NETWORK_H

#include <math.h>

#include "base/rng.h"
#include "nn/tape.h"

// A small network with random input and targets, for tests that want any network at all.
typedef struct {
    Arena arena;
    Program program;
    Params params;
    Batch batch;
    Tape tape;
} Network;

static inline void fill_batch_at_random(Batch *batch, uint64_t seed)
{
    const Dims d = batch->dims;
    Rng rng = rng_make(seed, rng_stream("test"));
    for (int t = 1; t <= d.T; t++)
        for (int b = 0; b < d.B; b++) {
            for (int k = 0; k < d.X; k++)
                batch_x(batch, t, b)[k] = (Real)rng_normal(&rng);
            for (int k = 0; k < d.Y; k++)
                batch_target(batch, t, b)[k] = (Real)rng_normal(&rng);
            *batch_label(batch, t, b) = rng_below(&rng, d.Y);
            *batch_scored(batch, t, b) = t == d.T || rng_below(&rng, 3) > 0;
        }
}

static inline void network_make(Network *n, const Net *net, uint64_t seed)
{
    const Init init = {.seed = seed, .gain = NAN, .forget_bias = NAN, .update_bias = NAN};
    n->arena = arena_make(1 << 16);
    n->program = program_make(net, &n->arena);
    n->params = params_make(&n->program, &n->arena);
    n->batch = batch_make(net->dims, &n->arena);
    n->tape = tape_make(&n->program, &n->arena);
    params_init(&n->params, &n->program, &init);
    fill_batch_at_random(&n->batch, seed);
}

static inline void network_free(Network *n)
{
    arena_free(&n->arena);
}

#endif
