#include "nn/op.h"

// A gate that is held may be let go, and then looks at what it did before.
// clang-format off
const OpType op_types[OP_KINDS] = {
    //                  name         sign    operands weighted vector delays elementwise back: y a b
    [OP_INPUT]      = { "input",      "",     0,       0,       false, false, false, { false, false, false } },
    [OP_DELAY]      = { "delay",      "",     1,       0,       false, true,  false, { false, false, false } },
    [OP_AFFINE]     = { "affine",     "+",    2,       2,       false, false, false, { false, true, true } },
    [OP_LINEAR]     = { "linear",     "",     1,       1,       false, false, false, { false, true, false } },
    [OP_SIGMOID]    = { "sigmoid",    "σ",    1,       0,       false, false, true,  { true, false, false } },
    [OP_TANH]       = { "tanh",       "tanh", 1,       0,       false, false, true,  { true, false, false } },
    [OP_RELU]       = { "relu",       "relu", 1,       0,       false, false, true,  { false, true, false } },
    [OP_IDENTITY]   = { "identity",   "",     1,       0,       false, false, true,  { false, false, false } },
    [OP_ADD]        = { "add",        "+",    2,       0,       false, false, true,  { false, false, false } },
    [OP_MUL]        = { "mul",        "⊙",    2,       0,       false, false, true,  { false, true, true } },
    [OP_ONE_MINUS]  = { "one_minus",  "1 −",  1,       0,       false, false, true,  { false, false, false } },
    [OP_CONCAT]     = { "concat",     ";",    2,       0,       false, false, false, { false, false, false } },
    [OP_SCALE]      = { "scale",      "⊙",    1,       1,       true,  false, false, { false, true, false } },
    [OP_ZERO]       = { "zero",       "0",    1,       0,       false, false, true,  { true, true, false } },
    [OP_ONE]        = { "one",        "1",    1,       0,       false, false, true,  { true, true, false } },
    [OP_LOSS]       = { "loss",       "L",    1,       0,       false, false, false, { false, true, false } },
    [OP_ACTIVATION] = { "activation", "φ",    1,       0,       false, false, true,  { true, true, false } },
};
// clang-format on
