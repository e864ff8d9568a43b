#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/real.h"

// How a gradient changes the weights. A new optimizer is a row in optimizer.c.
//
//   sgd    w ← w − η g
//   adam   Kingma & Ba 2015, β₁ 0.9, β₂ 0.999, ε 1e-8, as torch.optim.Adam
enum { MOMENTS_MOST = 2 };

typedef struct {
    Real *moment[MOMENTS_MOST]; // (weight_count) each; NULL where the optimizer keeps none
    double power[MOMENTS_MOST]; // β₁ⁿ, β₂ⁿ: products that run along, so that no pow is needed
    size_t count;
} Optimizer;

typedef struct {
    const char *name;
    const char *title;
    int moments;
    void (*change)(Optimizer *optimizer, Real *w, const Real *g, double learning_rate);
} OptimizerType;

extern const OptimizerType *const optimizer_types[]; // ends with NULL

// Room for the moments of any optimizer, so that one can be chosen while training.
Optimizer optimizer_make(size_t weight_count, Arena *arena);
void optimizer_reset(Optimizer *optimizer);

// The 2-norm, summed in order. Right over the whole range of double, where squares alone would overflow or vanish.
double vector_norm(const Real *v, size_t count);

// Clipping by norm: g ← θ g/‖g‖ where ‖g‖ > θ (Pascanu, Mikolov & Bengio 2013). Returns the norm after it. A norm that
// is not finite is left alone, for others to see.
typedef enum { CLIP_OFF, CLIP_NORM } ClipKind;
double clip_gradient(Real *g, size_t count, ClipKind kind, double threshold, double norm);

#endif
