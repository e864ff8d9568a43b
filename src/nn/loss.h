#ifndef NN_LOSS_H
#define NN_LOSS_H

#include "base/real.h"
#include "nn/program.h"

// What one time step's answers are held against; the arrays cover all sequences of that step.
typedef struct {
    LossKind kind;
    const Real *value;           // (B, Y) for mse
    const int *label;            // (B) for cross-entropy
    const unsigned char *scored; // (B) 0: this answer does not count
} Target;

// L_t of the answer of sequence b, and its gradient, scaled, added to d_answer. Both (Y).
//
//   mse            mean over outputs of (ŷ − y)²
//   cross-entropy  −log softmax(ŷ)[label], nats
Real loss_of(const Target *target, size_t b, const Real *answer, size_t Y);
void loss_gradient(const Target *target, size_t b, const Real *answer, size_t Y, Real scale, Real *d_answer);

#endif
