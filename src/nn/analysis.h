#ifndef NN_ANALYSIS_H
#define NN_ANALYSIS_H

#include "nn/tape.h"

// What is asked about an update once it is on the tape. Nothing here changes tape or weights, and the weights used are
// those that the tape was computed with, also when the update has changed them since. All results lie in the arena.

// What one row alone sends back at one time step, for sequence b: what arrives at y times the local derivative.
typedef struct {
    double *da, *db;     // (n_a), (n_b)
    double *dw_a, *dw_b; // (n, n_a), (n, n_b) of the matrices on a and b
} Sent;                  // NULL where there is no such operand or matrix

Sent analysis_sent(const Tape *tape, const Batch *batch, int row, int t, int b, Arena *arena);

// The matrix on an operand of a row, or a bias, as the tape knew it: element (j, k) is value[j + k · stride].
typedef struct {
    const double *value;
    int rows, columns;
    long stride;
} OldWeights;

OldWeights analysis_weights(const Tape *tape, int tensor, int block, int rows);

// The state that one time step hands to the next, h or h and c together, and its Jacobian ∂s_t/∂s_before of sequence b:
// the rows' backward run once for each unit of s_t. Element (i, j), ∂s_t[i]/∂s_before[j], is value[i · size + j].
typedef struct {
    const double *value;
    int size;
} Jacobian;

Jacobian analysis_jacobian(const Tape *tape, const Batch *batch, int t, int b, Arena *arena);
int analysis_state_size(const Program *program);

// σ₁, the most that a matrix (rows, columns) can stretch a vector: power iteration on AᵀA, to 1e-12 or 500 rounds.
double largest_singular_value(const double *a, int rows, int columns, Arena *arena);

// dL/dW opened by time step: g_t is what the rows at t add to the gradient g of all weights, over the whole batch.
typedef struct {
    double norm;  // ‖g_t‖
    double share; // ⟨g_t, g⟩ / ‖g‖²; all shares together are 1; 0 where g is 0
} GradSlice;

void analysis_slices(const Tape *tape, const Batch *batch, GradSlice *slices,
                     double *gradient);              // (T) from t = 1; (weights) or NULL
double analysis_slices_cost(const Program *program); // multiplications

#endif
