#ifndef NN_ANALYSIS_H
#define NN_ANALYSIS_H

#include "base/err.h"
#include "nn/tape.h"

// How one sequence's past acts on its future, for all pairs of time steps, as one pass carries it on. A job in slices,
// so that a window can go on drawing: analysis_work until it returns false. What is not computed yet is NAN. Indices
// are time steps 1 … length; the step k comes before t in that pass or is the same, and the edge, h_0, is k = 0, or
// length + 1 of a pass in reverse. Padding is no time step of the sequence: there nothing acts, and the share is 0.
//
//   norm (t, k)        ‖∂s_t/∂s_k‖₂, the product of the Jacobians between, of the whole state: h of all layers that the
//                      pass computes, and c where there is one
//   direct (t, k)      the largest |∏ f_i| of the steps i behind k up to t: the path straight through the last of these
//                      layers' memory, where gates count as constants (∏ z for a GRU); NAN where there is no such path
//   loss (t, k)        ‖∂L_t/∂h_k‖₂ of that layer's h, k being any step or the edge; NAN where t is not scored
//   slice_norm (p, t)  ‖g_t‖₂, the share of time step t of any pass p in dL/dW of this sequence
//   share (p, t)       ⟨g_t, g⟩ / ‖g‖²: they sum to 1
typedef struct Analysis Analysis;

// Of sequence b of a batch, computed with these weights from the h_0 that is on the tape. Borrows nothing afterwards.
// Refused above 20 GFLOP.
Analysis *analysis_make(const Tape *tape, const Params *params, const Batch *batch, int pass, int b, Arena *arena,
                        Err *err);
double analysis_operations(const Program *program, int pass); // floating-point operations of all of it
bool analysis_work(Analysis *analysis);                       // one slice; false: all is done
double analysis_progress(const Analysis *analysis);           // 0 … 1

int analysis_length(const Analysis *analysis);         // of the sequence
int analysis_step(const Analysis *analysis, int turn); // the time step of the pass's turn 1 … length; of 0 the edge
double analysis_norm(const Analysis *analysis, int t, int k);
double analysis_direct(const Analysis *analysis, int t, int k);
double analysis_loss(const Analysis *analysis, int t, int k);
double analysis_slice_norm(const Analysis *analysis, int pass, int t);
double analysis_share(const Analysis *analysis, int pass, int t);
const Real *analysis_jacobian(const Analysis *analysis, int t, int *n); // (n, n), or NULL: not yet

#endif
