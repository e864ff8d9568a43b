#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include <stddef.h>

#include "base/arena.h"

// How a gradient changes the weights. A new optimizer is a row in optimizer.c.
//
//   sgd    w ← w − η g
//   adam   Kingma & Ba 2015, β₁ 0.9, β₂ 0.999, ε 1e-8, as torch.optim.Adam
enum { MOMENTS_MOST = 2 };

typedef struct OptimizerType OptimizerType;

typedef struct {
    double *moment[MOMENTS_MOST]; // (weight_count) each; NULL where the optimizer keeps none
    double power[MOMENTS_MOST];   // β₁ⁿ, β₂ⁿ: products that run along, so that no pow is needed
    size_t count;
    const OptimizerType *type; // whose moments these are; NULL: nobody's yet
} Optimizer;

struct OptimizerType {
    const char *name;
    const char *title;
    int moments;
    void (*change)(Optimizer *optimizer, double *w, const double *g, double learning_rate);
};

extern const OptimizerType *const optimizer_types[]; // ends with NULL

// Room for the moments of any optimizer, so that one can be chosen while training.
Optimizer optimizer_make(size_t weight_count, Arena *arena);
void optimizer_reset(Optimizer *optimizer);

// One change of the weights. Another type than the last time starts with nothing: its moments mean something else.
void optimizer_change(Optimizer *optimizer, const OptimizerType *type, double *w, const double *g,
                      double learning_rate);

// The 2-norm, summed in order. Right over the whole range of double, where squares alone would overflow or vanish.
double vector_norm(const double *v, size_t count);

// Clipping by norm: g ← θ g/‖g‖ where ‖g‖ > θ (Pascanu, Mikolov & Bengio 2013). Returns the norm after it. A norm that
// is not finite is left alone, for others to see.
typedef enum { CLIP_OFF, CLIP_NORM } ClipKind;
double clip_gradient(double *g, size_t count, ClipKind kind, double threshold, double norm);

// The cosine of the angle between a gradient and what clipping makes of it: 1 where only its length changes.
double clip_cosine(const double *g, size_t count, ClipKind kind, double threshold, double norm);

#endif
