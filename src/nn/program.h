#ifndef NN_PROGRAM_H
#define NN_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "nn/cells.h"

// A network written out as the list of rows that one update runs.
//
// A program is a list of passes. A pass is the rows of one layer and direction, run over all t in one order of t.
// A one-directional network is one pass with the readout in it; a bidirectional layer is two passes, then what
// stands above. Time steps are 1 … T everywhere; columns 0 and T+1 of the tape are the edges (h_0, c_0).
//
// One update is op_count operations:
//
//   forward   passes in order, t in the pass's order, rows in order
//   backward  all of that in reverse
//   clip      the norm of the gradient is taken and the gradient scaled
//   change    the weights are changed
typedef enum { LOSS_MSE, LOSS_CROSS_ENTROPY } LossKind;

typedef struct {
    int T, B, X, H, Y, L; // time steps, batch, inputs, hidden units, outputs, layers
} Dims;

// What a program is made from.
typedef struct {
    const CellType *cell;
    OpKind activation; // OP_TANH, OP_RELU, OP_SIGMOID or OP_IDENTITY, for OP_ACTIVATION rows
    LossKind loss;
    Dims dims;
    bool bias;
    bool bidirectional; // each layer reads the sequence both ways; what stands above reads [→h; ←h]
} Net;

// The roles a parameter tensor can have. Of a cell: W_ih, W_hh, b_ih, b_hh, and the vectors of its SCALE rows; of the
// readout: W, b.
typedef enum { WEIGHT_IH, WEIGHT_HH, BIAS_IH, BIAS_HH, WEIGHT_SCALE, WEIGHT_OUT, BIAS_OUT, TENSOR_KINDS } TensorKind;

// One parameter tensor, named and laid out as in torch.nn: "rnn.weight_ih_l0" (G·H, X), "out.bias" (Y). Those of a pass
// in reverse end in "_reverse".
typedef struct {
    const char *name;
    TensorKind kind;
    int layer;         // from 0; the readout belongs to the last
    bool reverse;      // of the pass in reverse
    int rows, columns; // columns = 1 for a bias or a vector of weights
    size_t offset;     // into Params' arrays
} Tensor;

// One row of the program. Tensors are indices or NONE; `block` is the row of H (or Y) it uses in them, counted in
// blocks.
typedef struct {
    OpKind kind;
    int y, a, b;          // slots of the program
    int weight_a, bias_a; // W, b_ih (or M and its bias)
    int weight_b, bias_b; // U, b_hh
    int block_a, block_b;
    int pass; // the pass it belongs to
} Row;

typedef struct {
    int first_row, row_count;
    int layer;    // from 0
    bool reverse; // t goes T … 1
} Pass;

typedef struct {
    Slot slot;     // name, role, place in the diagram
    int length;    // n: X, H, Y or 1; 2H for [→h; ←h]
    int layer;     // from 0; the readout belongs to the last
    bool reverse;  // of a pass in reverse
    int of_cell;   // which slot of the cell's table it is, or NONE
    size_t offset; // within one time step of one sequence
    int producer;  // the row that computes it
    int consumer;  // the first row that reads it at its own time step, or NONE
    int delay;     // the first row that carries it to the next time step, or NONE
} ProgramSlot;

typedef struct {
    Net net;
    Dims dims;
    Pass *passes;
    int pass_count;
    long pass_ops; // operations of all passes forward, and as many back
    Row *rows;
    int row_count;
    ProgramSlot *slots;
    int slot_count;
    size_t step_length; // Σ n over the slots
    Tensor *tensors;
    int tensor_count;
    size_t weight_count;     // numbers in all tensors
    long op_count;           // operations of one update
    int input, answer, loss; // slots
    int state, memory;       // slots of the last layer's h and c, read forward; memory is NONE without c
} Program;

// Slots bear the cell's names, with ".l0", ".l1" … behind them where there are several layers and ".reverse" behind
// that in a pass in reverse; then "y", the answer, and "L", the loss. The input of a layer above the first is the state
// of the one below; of a bidirectional one it is "both", [→h; ←h], which the pass above puts together.
Program program_make(const Net *net, Arena *arena);

int program_slot(const Program *program, const char *name);   // or NONE
int program_tensor(const Program *program, const char *name); // or NONE

// The slot of a layer and direction that a slot of the cell's table became; NONE where there is no such direction.
int program_cell_slot(const Program *program, int of_cell, int layer, bool reverse);

// Holds a gate, a slot of the cell's table, at 0 (OP_ZERO) or 1 (OP_ONE) in every layer and direction; NONE holds none.
// Not while an update is being computed.
void program_hold(Program *program, int of_cell, OpKind kind);

typedef enum { PHASE_START, PHASE_FORWARD, PHASE_BACKWARD, PHASE_CLIP, PHASE_CHANGE } Phase;

// Where the n-th operation of an update is, n = 1 … op_count; n = 0 is PHASE_START.
typedef struct {
    Phase phase;
    int pass;
    int t;   // 1 … T; 0 outside forward and backward
    int row; // into program->rows; NONE outside forward and backward
} Place;

Place program_place(const Program *program, long n);
long program_op(const Program *program, Place place); // the inverse

// How many operations must be done before a value or gradient is known. t = 0 … T+1; an edge's value is known from
// the start. A gradient is known when all its consumers have run backward; where nothing consumes a value, as L_t,
// as soon as the forward passes are done. Cheap enough to be asked for every number of a picture.
long program_value_known(const Program *program, int slot, int t);
long program_grad_known(const Program *program, int slot, int t);

// The end of the time step that operation n+1 belongs to, and the start of the one that operation n belongs to: what
// `step 1` and `step -1` go to. Clipping and the change are a step each.
long program_step_after(const Program *program, long n);
long program_step_before(const Program *program, long n);

#endif
