#ifndef NN_EXPLAINED_H
#define NN_EXPLAINED_H

#include "nn/tape.h"

// What is asked about an update once it is on the tape, to explain it. Nothing here changes tape or weights, and the
// weights used are those that the tape was computed with, also when the update has changed them since. All results lie
// in the arena.

// What one row alone sends back at one time step, for sequence b: what arrives at y times the local derivative.
typedef struct {
    Real *da, *db;     // (n_a), (n_b)
    Real *dw_a, *dw_b; // (n, n_a), (n, n_b) of the matrices on a and b; of a vector (n)
} Sent;                // NULL where there is no such operand or matrix

Sent explained_sent(const Tape *tape, const Batch *batch, int row, int t, int b, Arena *arena);

// The matrix on an operand of a row, or a bias, as the tape knew it: (rows, columns).
const Real *explained_weights(const Tape *tape, int tensor, int block, int rows, Arena *arena);
Params explained_params(const Tape *tape, Arena *arena); // all of them, and room for their gradients

// dL/dW opened by time step: g_t is what the rows at t add to the gradient g of all weights, over the whole batch,
// which may be cut into the shares of several tapes.
typedef struct {
    double norm;  // ‖g_t‖
    double share; // ⟨g_t, g⟩ / ‖g‖²; all shares together are 1; 0 where g is 0
} GradSlice;

typedef struct {
    int tensor, row, column; // from 0
} WeightAt;

void explained_slices(const Tape *const *tapes, int count, GradSlice *slices, Real *gradient); // (T); (weights) or NULL
void explained_weight(const Tape *const *tapes, int count, WeightAt weight, double *slice);    // the same of one: (T)
double explained_slices_cost(const Program *program);                                          // multiplications

#endif
