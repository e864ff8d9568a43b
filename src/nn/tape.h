#ifndef NN_TAPE_H
#define NN_TAPE_H

#include "base/arena.h"
#include "nn/batch.h"
#include "nn/op.h"
#include "nn/params.h"
#include "nn/program.h"

// Everything one update computed, kept where BPTT needs it anyway:
//
//   value  (T+2, slots, B, n)   every slot at every time step; columns 0 and T+1 are the edges
//   grad   (T+2, slots, B, n)   d(that sequence's own loss)/dvalue, filled by the backward pass
//
// The engine works on the tape; the screen reads it. n is the slot's length: X, H, Y or 1.
typedef struct {
    const Program *program; // borrowed
    double *value, *grad;   // in the arena given
    double *transposed;     // each weight tensor turned over, as the forward products read it; made by tape_begin
    size_t column;          // numbers in one time step: B · Σ n
    double loss;            // mean over b of the sum over scored t, once forward is done
    int scored;             // scored steps, all sequences together
    long begun;             // how often tape_begin has been called: what is asked about a tape is of one of them
} Tape;

Tape tape_make(const Program *program, Arena *arena);
double *tape_value(const Tape *tape, int t, int slot); // (B, n), t = 0 … T+1
double *tape_grad(const Tape *tape, int t, int slot);  // (B, n)

// One row at one time step, as op.c wants it: all sequences, reading and writing this tape; analysis.c turns it
// elsewhere.
Work tape_work(const Tape *tape, const Params *params, const Batch *batch, int row, int t);

// Backpropagation through time, in bounded slices. `tape_begin` clears what an update starts from; then come the
// forward slices and the backward slices, a slice being all rows of one pass at one time step, in the program's
// order; `tape_finish_forward` sums the loss, `tape_finish_backward` scales the weights' gradients by 1/B. tape_run_op
// takes the place of the slices, a row at a time; begin and finish stay the caller's.
//
// The weights must not change between tape_begin and the end of the backward pass.
//
// Gradients flowing across a time step below 1e-250 in magnitude become 0, so that a vanished gradient costs
// no more than a healthy one.
void tape_begin(Tape *tape, Params *params);
void tape_forward(Tape *tape, const Params *params, const Batch *batch, int pass, int t);
void tape_backward(Tape *tape, Params *params, const Batch *batch, int pass, int t);
void tape_finish_forward(Tape *tape);
void tape_finish_backward(Tape *tape, Params *params);
void tape_run_op(Tape *tape, Params *params, const Batch *batch, long n); // the n-th operation, n = 1 … backward's last

// All of it in one go; the second without the backward pass, and without touching any gradient.
void tape_run(Tape *tape, Params *params, const Batch *batch);
void tape_run_forward(Tape *tape, const Params *params, const Batch *batch);

#endif
