#ifndef NN_ANALYSIS_H
#define NN_ANALYSIS_H

#include "base/err.h"
#include "nn/tape.h"

// How one sequence's past acts on its future, for all pairs of time steps. A job in slices, so that a window can go on
// drawing: analysis_work until it returns false. What is not computed yet is NAN. Indices are time steps 1 … T; the
// step k ≤ t that comes before in the first pass, k = 0 being h_0.
//
//   norm (t, k)        ‖∂s_t/∂s_k‖₂ = ‖J_t ⋯ J_(k+1)‖₂, the whole state: h of all layers, and c where there is one
//   direct (t, k)      the largest |∏ f_i|, i = k+1 … t: the path straight through the last layer's memory, where gates
//                      count as constants (∏ z for a GRU); NAN where the cell has no such path
//   loss (t, k)        ‖∂L_t/∂h_k‖₂ of the last layer's h; NAN where t is not scored
//   slice_norm (p, t)  ‖g_t‖₂, the share of time step t of pass p in dL/dW of this sequence
//   share (p, t)       ⟨g_t, g⟩ / ‖g‖²: they sum to 1
typedef struct Analysis Analysis;

// Of sequence b of a batch, computed with these weights from the h_0 that is on the tape. Borrows nothing afterwards.
// Refused above 20 GFLOP.
Analysis *analysis_make(const Tape *tape, const Params *params, const Batch *batch, int b, Arena *arena, Err *err);
double analysis_operations(const Program *program); // floating-point operations of all of it
bool analysis_work(Analysis *analysis);             // one slice; false: all is done
double analysis_progress(const Analysis *analysis); // 0 … 1

double analysis_norm(const Analysis *analysis, int t, int k);
double analysis_direct(const Analysis *analysis, int t, int k);
double analysis_loss(const Analysis *analysis, int t, int k);
double analysis_slice_norm(const Analysis *analysis, int pass, int t);
double analysis_share(const Analysis *analysis, int pass, int t);
const Real *analysis_jacobian(const Analysis *analysis, int t, int *n); // (n, n), or NULL: not yet

// The slot whose numbers multiply a memory on its straight way to the next time step: f, or z of a GRU. *constant is
// set where they are all 1, as in the LSTM of 1997. NONE: there is no such way, or it is constant.
int analysis_gate(const Program *program, bool *constant);

#endif
