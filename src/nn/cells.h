#ifndef NN_CELLS_H
#define NN_CELLS_H

// A cell is a program: a table of rows over named slots. The same rows compute the forward pass, run backwards
// as BPTT, are what stepping goes through, are drawn as the diagram and printed as equations. A new cell is a
// new table in cells.c and nothing else.
//
// Equations, gate order and the order of the blocks in the weight matrices are PyTorch's (torch.nn.RNN, LSTM, GRU); of
// cells that PyTorch lacks, as near to it as their papers allow.
typedef enum {
    OP_INPUT,      // y = the input of this time step
    OP_DELAY,      // y = a at the time step before (after, in a reverse pass); h_0, c_0 at the edge
    OP_AFFINE,     // y = W a + b_ih + U b + b_hh
    OP_LINEAR,     // y = M a + bias: of W_ih, W_hh or the readout, as a is an input, a state before or a state
    OP_SIGMOID,    // y = σ(a)
    OP_TANH,       // y = tanh(a)
    OP_RELU,       // y = max(a, 0)
    OP_IDENTITY,   // y = a
    OP_ADD,        // y = a + b
    OP_MUL,        // y = a ⊙ b
    OP_ONE_MINUS,  // y = 1 − a
    OP_CONCAT,     // y = [a; b]
    OP_SCALE,      // y = p ⊙ a, p a vector of weights (a peephole)
    OP_ZERO,       // y = 0, whatever a is: a gate that is held shut
    OP_ONE,        // y = 1, likewise held open
    OP_LOSS,       // y = L_t of the answer a against the target; 0 where the step is not scored
    OP_ACTIVATION, // in a table only: the program puts the chosen activation in its place
    OP_KINDS
} OpKind;

typedef enum {
    ROLE_INPUT,     // x
    ROLE_BEFORE,    // h', c': a state of the step before
    ROLE_SUM,       // what goes into a squashing function
    ROLE_GATE,      // 0 … 1
    ROLE_CANDIDATE, // −1 … 1, what may be written
    ROLE_PART,      // a product or other link of the chain
    ROLE_MEMORY,    // c, the LSTM's long memory
    ROLE_STATE,     // h, the hidden state
    ROLE_ANSWER,    // ŷ before softmax
    ROLE_LOSS       // L_t
} Role;

typedef struct {
    const char *name; // in command lines and listings: "z_f", "h'"
    const char
        *formula;      // as ui/formula sets it; \t without a letter behind it is the time step: "z_{f,\t}", "h_{\t-1}"
    const char *what;  // "forget gate"
    const char *means; // of a gate, what 0 and 1 do: "0 erases, 1 keeps"; of a candidate, what it is for; else NULL
    Role role;
    signed char lane;   // the cell diagram's row, from 0 at the top (c above h); NONE: it lies outside the cell
    signed char column; // the cell diagram's column, from 0 at the left: what computes the slot stands there
} Slot;

enum { NONE = -1 };

// One row. y, a, b are slots of the cell's table; b is NONE where the kind takes one operand.
typedef struct {
    OpKind kind;
    int y, a, b;
} Op;

typedef struct {
    const char *name;  // "lstm", in command lines
    const char *title; // "LSTM"
    const char *paper; // where it comes from
    const Slot *slots;
    int slot_count;
    const Op *ops; // in PyTorch's order: blocks of W_ih and W_hh follow from it
    int op_count;
    int blocks;       // H×H blocks of W_hh: 1 … 4
    int forget_block; // the block whose total bias `forget_bias` sets, or NONE
    int update_block; // likewise for `update_bias`
} CellType;

extern const CellType *const cell_types[]; // ends with NULL

int cell_index(const char *name);                      // into cell_types, or NONE
int cell_slot(const CellType *cell, const char *name); // or NONE

#endif
