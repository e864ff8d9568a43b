#ifndef NN_TAPE_ROWS_H
#define NN_TAPE_ROWS_H

#include "nn/tape.h"

// How a tape runs its rows: for tape.c alone.
void tape_make_rows(Tape *tape, Arena *arena);
void tape_bind_rows(Tape *tape, const Params *params); // at the start of every update

// The weights as the products of an update read them.
void tape_make_weights(Tape *tape, Arena *arena);
void tape_copy_weights(const Tape *tape, const Params *params);
Panels tape_transposed(const Tape *tape, int tensor);
Panels tape_straight(const Tape *tape, int tensor, const Real *value); // whose numbers stand there, if not copied
Panels tape_columns_from(const Tape *tape, Panels matrix, int first);
Panels tape_rows_from(Panels matrix, int first);

// Those of the plan's groups. Afresh, rows that run back write the gradients that they are the first to add to.
void tape_bind_groups(const Tape *tape, bool afresh);

// A time step of a pass.
typedef struct {
    int t;
    const Given *given;
    ptrdiff_t by[KEEPINGS]; // numbers from a row's place at t = 1 to its place then
} Moment;

Moment tape_moment(const Tape *tape, int pass, int t, const Given *given);

// A row by itself.
void tape_row_forward(const Tape *tape, int row, const Moment *moment);
void tape_row_backward(const Tape *tape, int row, const Moment *moment);
void tape_row_gather(const Tape *tape, int row, const Moment *moment);

// A group of rows. Gathering adds to the weights' gradients the shares of `count` time steps at once, the last of which
// in order of computing is t.
void tape_group_forward(const Tape *tape, int group, const Moment *moment);
void tape_group_backward(const Tape *tape, int group, const Moment *moment);
void tape_group_gather(const Tape *tape, int group, int t, int count);

#endif
