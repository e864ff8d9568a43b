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

// The same as a job in slices, a time step of a pass each: gradcheck_work until it returns false.
typedef struct {
    Tape *tape; // borrowed, as are weights and batch
    Params *params;
    const Batch *batch;
    GradCheck found; // so far
    int tensor;      // whose weight is moved; NONE: the gradient itself is computed first
    size_t weight;
    double own_loss; // with the weights as they are
    double largest;  // gradient in the tensor
    int move;        // how it is moved, one of MOVES
    long slice;      // of the loss then
    double loss[4];  // (MOVES)
} GradChecking;

GradChecking gradcheck_begin(Tape *tape, Params *params, const Batch *batch);
bool gradcheck_work(GradChecking *checking);
double gradcheck_progress(const GradChecking *checking); // 0 … 1
double gradcheck_operations(const Program *program);     // floating-point operations of all of it

#endif
