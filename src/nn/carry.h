#ifndef NN_CARRY_H
#define NN_CARRY_H

#include "nn/tape.h"

// Truncated BPTT: a long sequence is read in windows of T time steps. The last state of one window, h_T and c_T of
// every layer, is what the next starts from, but no gradient flows back across the cut (Williams & Peng 1990). Of
// programs that read forward only.
//
//   carried   (slots, B, n)   B of the whole batch; a tape may hold only some of it, from sequence `first` on
size_t carry_count(const Program *program);                               // numbers in a carried state
void carry_take(const Tape *tape, int first, int B, Real *carried);       // of the window on the tape
void carry_give(const Tape *tape, int first, int B, const Real *carried); // as h_0, c_0 of the window that comes

#endif
