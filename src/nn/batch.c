#include "nn/batch.h"

#include <string.h>

static size_t steps(Dims d)
{
    return (size_t)d.T * (size_t)d.B;
}

static void fill_lengths(Batch *batch)
{
    for (int b = 0; b < batch->dims.B; b++)
        batch->length[b] = batch->dims.T;
}

Batch batch_make(Dims dims, Arena *arena)
{
    Batch batch = {
        .dims = dims,
        .x = arena_new(arena, Real, steps(dims) * (size_t)dims.X),
        .target = arena_new(arena, Real, steps(dims) * (size_t)dims.Y),
        .label = arena_new(arena, int, steps(dims)),
        .scored = arena_new(arena, unsigned char, steps(dims)),
        .length = arena_new(arena, int, dims.B),
    };
    fill_lengths(&batch);
    return batch;
}

void batch_clear(Batch *batch)
{
    const Dims d = batch->dims;
    memset(batch->x, 0, steps(d) * (size_t)d.X * sizeof *batch->x);
    memset(batch->target, 0, steps(d) * (size_t)d.Y * sizeof *batch->target);
    memset(batch->label, 0, steps(d) * sizeof *batch->label);
    memset(batch->scored, 0, steps(d) * sizeof *batch->scored);
    fill_lengths(batch);
}

static size_t step(const Batch *batch, int t, int b)
{
    return (size_t)(t - 1) * (size_t)batch->dims.B + (size_t)b;
}

Real *batch_x(const Batch *batch, int t, int b)
{
    return batch->x + step(batch, t, b) * (size_t)batch->dims.X;
}

Real *batch_target(const Batch *batch, int t, int b)
{
    return batch->target + step(batch, t, b) * (size_t)batch->dims.Y;
}

int *batch_label(const Batch *batch, int t, int b)
{
    return batch->label + step(batch, t, b);
}

unsigned char *batch_scored(const Batch *batch, int t, int b)
{
    return batch->scored + step(batch, t, b);
}
