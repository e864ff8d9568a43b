#ifndef SIM_CHANGE_H
#define SIM_CHANGE_H

#include "nn/optimizer.h"

// What the last change of weights began with, so that it can be explained. It is kept where the reader stops at the end
// of that update, and not while training goes on. The weights themselves are on the tape.
typedef struct {
    long update;                // whose change; 0: none is kept
    Real *grad;                 // (weights), before clipping
    Real *moment[MOMENTS_MOST]; // (weights) each, before; 0 where another optimizer had them
    const OptimizerType *type;
    double learning_rate; // as far as it had decayed
    ClipKind clip;
    double threshold;
} LastChange;

LastChange change_make(size_t weight_count, Arena *arena);

// Right before optimizer_change, with the gradient not yet clipped. The rest of what it begins with is the caller's.
void change_keep(LastChange *change, long update, const Optimizer *optimizer, const OptimizerType *type,
                 const Real *grad);

#endif
