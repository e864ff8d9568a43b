#ifndef NN_KERNELS_H
#define NN_KERNELS_H

#include "nn/layout.h"
#include "nn/op.h"

// Elementwise rows that follow each other, at one time step.
typedef struct {
    const Row *rows;
    const Work *work;   // each at t = 1
    const Bound *bound; // how long its numbers are kept
    int count;
    size_t numbers;         // of each slot, all sequences together
    ptrdiff_t by[KEEPINGS]; // from where they are at t = 1 to where they are now
} Chain;

// What the kinds of rows do, compiled for one instruction set. All sets give the same bits; the widest that the machine
// has is the fastest.
typedef struct {
    const char *set; // "avx512"
    size_t panel;    // numbers of a row that a product takes at once: see Panels
    void (*chain_forward)(const Chain *chain);
    void (*chain_backward)(const Chain *chain);
    struct {
        void (*forward)(const Work *work);
        void (*backward)(const Work *work);            // NULL: nothing flows on
        void (*gather)(const Work *work, Steps steps); // the gradients of the weights; NULL: it has none
    } row[OP_KINDS];
} Kernels;

// Those that this machine can run, the best first. Ends with NULL.
const Kernels *const *kernels_here(void);

#endif
