#ifndef NN_CARRY_H
#define NN_CARRY_H

#include "nn/shares.h"

// Truncated BPTT: a long sequence is read in windows of T time steps. The last state of one window, h_T and c_T of
// every layer, is what the next starts from, but no gradient flows back across the cut (Williams & Peng 1990). Of
// programs that read forward only.
size_t carry_count(const Program *program);                 // numbers in a carried state, share after share
void carry_take(const Shares *shares, Real *carried);       // of the window on the tapes
void carry_give(const Shares *shares, const Real *carried); // as h_0, c_0 of the window that comes

#endif
