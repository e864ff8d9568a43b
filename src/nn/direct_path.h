#ifndef NN_DIRECT_PATH_H
#define NN_DIRECT_PATH_H

#include "nn/program.h"

// The way straight through a cell's memory, or through h where it has none, from one time step to the next.

// The slot whose numbers multiply the memory on that way: f, or z of a GRU. `memory` is one of the program's slots.
// *constant is set where they are all 1, as in the LSTM of 1997. NONE: there is no such way, or it is constant.
int direct_path_gate(const Program *program, int memory, bool *constant);

// The last layer's h and c that a pass computes; of a bidirectional network, those of the pass's own layer.
int pass_state(const Program *program, int pass);
int pass_memory(const Program *program, int pass); // or h where there is no c

#endif
