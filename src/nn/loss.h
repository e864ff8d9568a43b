#ifndef NN_LOSS_H
#define NN_LOSS_H

#include "base/real.h"
#include "nn/program.h"

// L_t of one sequence's answer ŷ, and its gradient, are
//
//   mse            mean over outputs of (ŷ − y)²
//   cross-entropy  −log softmax(ŷ)[label], nats

// What one time step's answers are held against; the arrays cover all sequences of that step.
typedef struct {
    LossKind kind;
    const Real *value;           // (B, Y) for mse
    const int *label;            // (B) for cross-entropy
    const unsigned char *scored; // (B) 0: this answer does not count
} Target;

#endif
