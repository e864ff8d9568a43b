#include "nn/op.h"

// clang-format off
const OpType op_types[OP_KINDS] = {
    //                  name         sign    operands weighted delays elementwise
    [OP_INPUT]      = { "input",      "",     0,       0,       false, false },
    [OP_DELAY]      = { "delay",      "",     1,       0,       true,  false },
    [OP_AFFINE]     = { "affine",     "+",    2,       2,       false, false },
    [OP_LINEAR]     = { "linear",     "",     1,       1,       false, false },
    [OP_SIGMOID]    = { "sigmoid",    "σ",    1,       0,       false, true },
    [OP_TANH]       = { "tanh",       "tanh", 1,       0,       false, true },
    [OP_RELU]       = { "relu",       "relu", 1,       0,       false, true },
    [OP_IDENTITY]   = { "identity",   "",     1,       0,       false, true },
    [OP_ADD]        = { "add",        "+",    2,       0,       false, true },
    [OP_MUL]        = { "mul",        "⊙",    2,       0,       false, true },
    [OP_ONE_MINUS]  = { "one_minus",  "1 −",  1,       0,       false, true },
    [OP_CONCAT]     = { "concat",     ";",    2,       0,       false, false },
    [OP_LOSS]       = { "loss",       "L",    1,       0,       false, false },
    [OP_ACTIVATION] = { "activation", "φ",    1,       0,       false, true },
};
// clang-format on
