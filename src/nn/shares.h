#ifndef NN_SHARES_H
#define NN_SHARES_H

#include "nn/tape.h"

// An update computed by several threads. The batch is cut into shares of a few sequences, at most 4, each with a tape
// and gradients of its own; at the end these are added up in the order of the shares. How many there are depends on the
// network alone, so any number of threads computes the same bits. They are not those of tape_run, which adds up in
// another order: only the fast build uses shares.
typedef struct Shares Shares;

// Starts the threads that the caller's does not suffice for. What is borrowed and made lives as long as the arena.
Shares *shares_make(const Program *program, int threads, Arena *arena);
void shares_free(Shares *shares); // ends the threads

// As tape_run: fills params->grad. Returns the loss, the mean over the batch.
double shares_run(Shares *shares, Params *params, const Batch *batch);

int shares_count(const Shares *shares);
Tape *shares_tape(Shares *shares, int share); // the sequences of each share follow those of the share before

#endif
