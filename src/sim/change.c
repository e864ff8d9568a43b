#include "sim/change.h"

#include <string.h>

LastChange change_make(size_t weight_count, Arena *arena)
{
    LastChange change = {.grad = arena_new(arena, Real, weight_count)};
    for (int i = 0; i < MOMENTS_MOST; i++)
        change.moment[i] = arena_new(arena, Real, weight_count);
    return change;
}

void change_keep(LastChange *change, long update, const Optimizer *optimizer, const OptimizerType *type,
                 const Real *grad)
{
    const size_t size = optimizer->count * sizeof *grad;
    change->update = update;
    change->type = type;
    memcpy(change->grad, grad, size);
    for (int i = 0; i < MOMENTS_MOST; i++)
        if (optimizer->type == type)
            memcpy(change->moment[i], optimizer->moment[i], size);
        else
            memset(change->moment[i], 0, size);
}
