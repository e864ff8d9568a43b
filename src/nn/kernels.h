#ifndef NN_KERNELS_H
#define NN_KERNELS_H

#include "nn/op.h"

// What the kinds of rows do, compiled for one instruction set. All sets give the same bits; the widest that the machine
// has is the fastest.
typedef struct {
    const char *set; // "avx512"
    struct {
        void (*forward)(const Work *work);
        void (*backward)(const Work *work);            // NULL: nothing flows on
        void (*gather)(const Work *work, Steps steps); // the gradients of the weights; NULL: it has none
    } row[OP_KINDS];
} Kernels;

// Those that this machine can run, the best first. Ends with NULL.
const Kernels *const *kernels_here(void);

#endif
