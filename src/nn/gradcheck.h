#ifndef NN_GRADCHECK_H
#define NN_GRADCHECK_H

#include "nn/tape.h"

// Compares BPTT's gradient with central differences of the loss, at two distances so that their error can be
// extrapolated away. Where the two disagree, a kink (of ReLU) lies in between, differences mean nothing, and the
// weight is skipped. Leaves the weights as they were and their gradient in params.
typedef struct {
    double worst;   // |difference| relative to the largest gradient of the same tensor, or to what rounding leaves
    int tensor;     // where it is
    size_t weight;  // which weight of that tensor
    size_t skipped; // weights at a kink
} GradCheck;

GradCheck gradcheck(Tape *tape, Params *params, const Batch *batch);

#endif
