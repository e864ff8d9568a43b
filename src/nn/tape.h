#ifndef NN_TAPE_H
#define NN_TAPE_H

#include "base/arena.h"
#include "nn/batch.h"
#include "nn/kernels.h"
#include "nn/params.h"
#include "nn/plan.h"
#include "nn/program.h"

// Everything one update computed, kept where BPTT needs it anyway:
//
//   value  (T+2, slots, B, n)   every slot at every time step; columns 0 and T+1 are the edges
//   grad   (T+2, slots, B, n)   d(that sequence's own loss)/dvalue, filled by the backward pass
//
// The engine works on the tape; the screen reads it. n is the slot's length: X, H, Y or 1. A lean tape computes the
// same bits but keeps only what the update needs, in less memory: states, the answers, their gradients and the loss are
// there to be read when it is done, other slots maybe not, and d/dx never.
// What a tape's rows are bound to: they are bound anew where that has changed.
typedef struct {
    const Real *value, *grad; // of the weights
    const Layout *layout;
    const Kernels *kernels;
    unsigned directions; // of the passes
} BoundTo;

typedef struct {
    const Program *program; // borrowed
    Real *memory;           // in the arena given, as all that follows
    Real *value, *grad;     // in it
    const Layout *layouts;  // (2) of a whole tape and of a lean one; both fit the memory
    const Layout *layout;   // the one that it has now
    Real **transposed; // (tensors) each weight tensor turned over, as the forward products read it; made by tape_begin
    Real **straight;   // (tensors) those in panels, as the products of the backward pass read them; NULL: not worth it
    size_t column;     // numbers from one time step to the next
    const Kernels *kernels; // of the machine's best instruction set; any other of kernels_here() gives the same bits
    Plan plan;              // which rows are run together
    Work *work;             // (rows) each row at t = 1, bound to the weights by tape_begin
    BoundTo bound_to;
    Work *at;         // (groups) what is not a chain, where it was run last
    Weights *weights; // (rows, 2) those of its operands
    Real *start;      // what its sums start from, weighted row after weighted row
    Real *room;       // for what gathering puts side by side
    double loss;      // mean over b of the sum over scored t, once forward is done
    int scored;       // scored steps, all sequences together
    long begun;       // how often tape_begin has been called: what is asked about a tape is of one of them
} Tape;

Tape tape_make(const Program *program, Arena *arena); // whole
void tape_lean(Tape *tape, bool lean);                // or whole: before an update; forgets the last one on a change
Real *tape_value(const Tape *tape, int t, int slot);  // (B, n), t = 0 … T+1
Real *tape_grad(const Tape *tape, int t, int slot);   // (B, n)

// One row at one time step, all sequences, as the kernels want it: it reads and writes this tape and the weights that
// the tape is bound to. For who runs a row by itself; with other weights he puts his own into `on`, made by
// tape_weights.
Work tape_work(const Tape *tape, int row, int t, const Given *given);
Given tape_given(const Tape *tape, const Batch *batch, int pass, int t, int *scored);
void tape_weights(const Tape *tape, const Params *params, int row, Weights on[2]);
// Row j, column k of a tensor, or whole rows of it from the first on, as they were when the update began.
Real tape_weight(const Tape *tape, int tensor, int j, int k);
void tape_weight_rows(const Tape *tape, int tensor, int first, int rows, Real *to);

// Backpropagation through time, in bounded slices. `tape_begin` clears what an update starts from; then come the
// forward slices and the backward slices, a slice being all rows of one pass at one time step, in the program's
// order (within it, rows are grouped as the plan says); `tape_finish_forward` sums the loss, `tape_finish_backward`
// scales the weights' gradients by 1/B. tape_run_op takes the place of the slices, a row at a time; begin and finish
// stay the caller's. Either gives the same bits.
//
// A gradient that the backward pass has not reached yet may still be the last update's: see program_grad_known.
//
// The backward slices add to the weights' gradients in chunks of several time steps: these are complete only when the
// pass is.
//
// The weights must neither change nor move between tape_begin and the end of the backward pass, nor may the batch
// change, of which tape_begin looks at what is scored.
//
// Gradients flowing across a time step below 1e-250 in magnitude become 0, so that a vanished gradient costs
// no more than a healthy one.
void tape_begin(Tape *tape, Params *params, const Batch *batch);
void tape_forward(Tape *tape, const Batch *batch, int pass, int t);
void tape_backward(Tape *tape, const Batch *batch, int pass, int t);
void tape_finish_forward(Tape *tape);
void tape_finish_backward(Tape *tape, Params *params);
long tape_slices(const Program *program); // of an update: the time steps of its passes, forward and backward
void tape_slice(Tape *tape, const Batch *batch, long n);  // the n-th from 0; the middle ends with tape_finish_forward
void tape_run_op(Tape *tape, const Batch *batch, long n); // the n-th operation, n = 1 … backward's last

// For who starts from gradients of his own, or looks at slices by themselves: all gradients at once become what the
// backward pass starts from; a slice then adds to those there are, and to the weights' gradients its own share only.
void tape_clear_gradients(Tape *tape, const Batch *batch);
void tape_backward_alone(Tape *tape, const Batch *batch, int pass, int t);

// All of it in one go; the second without the backward pass, and without touching any gradient.
void tape_run(Tape *tape, Params *params, const Batch *batch);
void tape_run_forward(Tape *tape, const Params *params, const Batch *batch);
void tape_begin_forward(Tape *tape, const Params *params); // for who takes its slices one by one

#endif
