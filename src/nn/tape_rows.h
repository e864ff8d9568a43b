#ifndef NN_TAPE_ROWS_H
#define NN_TAPE_ROWS_H

#include "nn/tape.h"

// How a tape runs its rows: for tape.c alone.
void tape_make_rows(Tape *tape, Arena *arena);
void tape_bind_rows(Tape *tape, const Params *params); // at the start of every update

void tape_bind_group(const Tape *tape, const Group *group);

// A row at one time step, by itself.
void tape_row_forward(const Tape *tape, int row, int t, const Given *given);
void tape_row_backward(const Tape *tape, int row, int t, const Given *given);

// A group of rows at one time step; `given` is that step's. Gathering adds to the weights' gradients the shares of
// `count` time steps at once, the last of which in order of computing is t. Running back afresh writes gradients where a
// row is the first to add to them.
void tape_group_forward(const Tape *tape, const Group *group, int t, const Given *given);
void tape_group_backward(const Tape *tape, const Group *group, int t, const Given *given, bool afresh);
void tape_group_gather(const Tape *tape, const Group *group, int t, int count);

#endif
