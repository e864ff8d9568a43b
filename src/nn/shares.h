#ifndef NN_SHARES_H
#define NN_SHARES_H

#include "nn/tape.h"

// The batch of an update, cut into shares of a few sequences, at most 4, which several threads can compute at once.
// Each share has a tape and gradients of its own; at the end these are added up in the order of the shares. How many
// there are depends on the network alone, so any number of threads computes the same bits.
//
// They are not those of one tape, which adds up in another order: only the fast build cuts. In the exact one all
// sequences are one share, and nothing is added up.
enum { SHARES_MOST = 4 };

typedef struct {
    int first;       // its first sequence
    Program program; // of its sequences only: B is their number
    Tape tape;
    Params params; // the values are everybody's
    Batch batch;   // the whole one, seen from its first sequence on; B is that of the whole
    long slice;    // slices of this update that are computed
} Share;

typedef struct Shares Shares;

int shares_count(Dims dims); // that such a batch is cut into

// Starts the threads that the caller's does not suffice for. What is borrowed and made lives as long as the arena; the
// shares' programs have the rows of the one given, so a gate is held in all of them.
Shares *shares_make(const Program *program, int threads, Arena *arena);
void shares_free(Shares *shares); // ends the threads

Share *shares_of(Shares *shares, int b);                               // the one that sequence b is in, from 0
int shares_tapes(const Shares *shares, const Tape *tape[SHARES_MOST]); // all of them; returns how many

void shares_lean(Shares *shares, bool lean); // or whole: all tapes, before an update; see tape_lean

// An update as tape.h says it, in bounded slices of every share: the time steps of the passes, forward, then backward.
void shares_begin(Shares *shares, Params *params, const Batch *batch);
void shares_work(Shares *shares, long slices);                           // so many more
double shares_finish(const Shares *shares, Params *params, int *scored); // fills params->grad; returns the loss
double shares_run(Shares *shares, Params *params, const Batch *batch);   // all of it

#endif
