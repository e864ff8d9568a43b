#ifndef NN_BATCH_H
#define NN_BATCH_H

#include "base/arena.h"
#include "base/real.h"
#include "nn/program.h"

// A text as symbols, for a task that reads one. NULL: the task's own.
typedef struct {
    const unsigned char *symbol; // borrowed
    size_t length;
} Reading;

// Which time steps a task is to score: its own choice, each sequence's own last, or all.
typedef enum { SCORE_TASK, SCORE_LAST, SCORE_ALL } Scoring;

// The sequences of one update. t = 1 … T. A sequence may end before T: what lies behind its length is padding, is not
// scored and has no gradient.
typedef struct {
    Dims dims;
    Real *x;               // (T, B, X)
    Real *target;          // (T, B, Y) for mse
    int *label;            // (T, B) class numbers for cross-entropy
    unsigned char *scored; // (T, B) 1 where the output counts in the loss
    int *length;           // (B) 1 … T
    Reading reading;       // what the sequences are taken from
    Scoring scoring;       // and what of them is asked
} Batch;

Batch batch_make(Dims dims, Arena *arena);
void batch_clear(Batch *batch); // all 0, nothing scored, every sequence T long

Real *batch_x(const Batch *batch, int t, int b);      // (X)
Real *batch_target(const Batch *batch, int t, int b); // (Y)
int *batch_label(const Batch *batch, int t, int b);
unsigned char *batch_scored(const Batch *batch, int t, int b);

#endif
