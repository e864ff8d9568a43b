#ifndef NN_GRADCHECK_H
#define NN_GRADCHECK_H

#include "nn/tape.h"

// Compares BPTT's gradient with central differences of the loss.
typedef struct {
    double worst;  // |difference| relative to the largest gradient of the same tensor
    int tensor;    // where it is
    size_t weight; // which weight of that tensor
} GradCheck;

GradCheck gradcheck(Tape *tape, Params *params, const Batch *batch, Arena *arena);

#endif
