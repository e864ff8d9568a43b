#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/real.h"

// How a gradient changes the weights. A new optimizer is a row in optimizer.c.
//
//   sgd       w ← w − η g
//   momentum  v ← 0.9 v + g, w ← w − η v (Polyak 1964)
//   nesterov  the same, w ← w − η (g + 0.9 v) (Nesterov 1983)
//   rmsprop   s ← 0.99 s + 0.01 g², w ← w − η g / (√s + ε) (Hinton 2012)
//   adam      Kingma & Ba 2015, β₁ 0.9, β₂ 0.999, ε 1e-8
//   adamw     the same, the weights shrunk by 1 − 0.01 η before (Loshchilov & Hutter 2019)
//
// Each is torch.optim's with its defaults. A row says its formula twice, as arithmetic and as text for the reader, side
// by side; tests/test_change.c works the text out and compares. In a text n is the update since the optimizer was
// chosen, w the weight, \hat{g} its gradient after clipping, \eta the learning rate as far as it has decayed.
enum { MOMENTS_MOST = 2 };

typedef struct OptimizerType OptimizerType;

typedef struct {
    Real *moment[MOMENTS_MOST]; // (weight_count) each; NULL where the optimizer keeps none
    double power[MOMENTS_MOST]; // β₁ⁿ, β₂ⁿ: products that run along, so that no pow is needed
    double decayed;             // the learning rate's factor: `decay` to the power of the updates done
    size_t count;
    const OptimizerType *type; // whose moments these are; NULL: nobody's yet
} Optimizer;

struct OptimizerType {
    const char *name;
    const char *title;
    int moments;
    bool corrects;                         // makes up for moments that began at 0, by what `power` holds
    const char *letter[MOMENTS_MOST];      // of its moments: "m", "v"
    const char *formula[MOMENTS_MOST + 1]; // for ui/formula: what each moment becomes, then the weight
    void (*change)(Optimizer *optimizer, Real *w, const Real *g, double learning_rate);
};

extern const OptimizerType *const optimizer_types[]; // ends with NULL

// Room for the moments of any optimizer, so that one can be chosen while training.
Optimizer optimizer_make(size_t weight_count, Arena *arena);
void optimizer_reset(Optimizer *optimizer); // its moments; the learning rate stays as far down as it is

// One change of the weights; the learning rate of the next is `decay` times as large. Another type than the last time
// starts with nothing: its moments mean something else.
void optimizer_change(Optimizer *optimizer, const OptimizerType *type, Real *w, const Real *g, double learning_rate,
                      double decay);

// The 2-norm, summed in order. Right over the whole range of double, where squares alone would overflow or vanish.
double vector_norm(const Real *v, size_t count);

// Clipping by norm: g ← θ g/‖g‖ where ‖g‖ > θ (Pascanu, Mikolov & Bengio 2013). By value: each element to −θ … θ, which
// changes the direction too (Mikolov 2012). `norm` is ‖g‖; where it is not finite g is left alone, for others to see.
typedef enum { CLIP_OFF, CLIP_NORM, CLIP_VALUE } ClipKind;
double clip_gradient(Real *g, size_t count, ClipKind kind, double threshold, double norm); // returns the norm after
double clipped_norm(const Real *g, size_t count, ClipKind kind, double threshold, double norm); // only tells it

// The cosine of the angle between a gradient and what clipping makes of it: 1 where only its length changes.
double clip_cosine(const Real *g, size_t count, ClipKind kind, double threshold, double norm);

#endif
