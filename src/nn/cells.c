#include "nn/cells.h"

#include <string.h>

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

// A row of slots is { name, formula, what it is, what 0 and 1 do, role, lane, column }.
// clang-format off

// ---- Elman network, as torch.nn.RNN ------------------------------------------
enum { RNN_X, RNN_H_, RNN_Z, RNN_H };

static const Slot rnn_slots[] = {
    [RNN_X]  = { "x",  "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  1, 1 },
    [RNN_H_] = { "h'", "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 0, 0 },
    [RNN_Z]  = { "z",  "z_{\\t}",   "sum before squashing",            NULL, ROLE_SUM,    0, 1 },
    [RNN_H]  = { "h",  "h_{\\t}",   "hidden state",                    NULL, ROLE_STATE,  0, 2 },
};
static const Op rnn_ops[] = {
    { OP_DELAY,      RNN_H_, RNN_H, NONE },   // h' = h before
    { OP_AFFINE,     RNN_Z,  RNN_X, RNN_H_ }, // z = W x + U h' + bias
    { OP_ACTIVATION, RNN_H,  RNN_Z, NONE },   // h = φ(z)
};
static const CellType rnn = {
    .name = "rnn", .title = "RNN", .paper = "Elman 1990, Finding structure in time",
    .slots = rnn_slots, .slot_count = COUNT(rnn_slots), .ops = rnn_ops, .op_count = COUNT(rnn_ops),
    .blocks = 1, .forget_block = NONE, .update_block = NONE,
};

// ---- long short-term memory, as torch.nn.LSTM ---------------------------------
enum {
    LSTM_X, LSTM_H_, LSTM_C_, LSTM_ZI, LSTM_ZF, LSTM_ZG, LSTM_ZO, LSTM_I, LSTM_F, LSTM_G, LSTM_O,
    LSTM_KEPT, LSTM_WRITTEN, LSTM_C, LSTM_TANH_C, LSTM_H
};

static const Slot lstm_slots[] = {
    [LSTM_X]       = { "x",      "x_{\\t}",     "input",                           NULL, ROLE_INPUT,  6, 0 },
    [LSTM_H_]      = { "h'",     "h_{\\t-1}",   "hidden state of the step before", NULL, ROLE_BEFORE, 5, 0 },
    [LSTM_C_]      = { "c'",     "c_{\\t-1}",   "cell state of the step before",   NULL, ROLE_BEFORE, 0, 0 },
    [LSTM_ZI]      = { "z_i",    "z_{i,\\t}",   "sum before the input gate",       NULL, ROLE_SUM,    4, 2 },
    [LSTM_ZF]      = { "z_f",    "z_{f,\\t}",   "sum before the forget gate",      NULL, ROLE_SUM,    4, 1 },
    [LSTM_ZG]      = { "z_g",    "z_{g,\\t}",   "sum before the candidate",        NULL, ROLE_SUM,    4, 4 },
    [LSTM_ZO]      = { "z_o",    "z_{o,\\t}",   "sum before the output gate",      NULL, ROLE_SUM,    4, 5 },
    [LSTM_I]       = { "i",      "i_{\\t}",     "input gate",  "0 shuts, 1 writes",      ROLE_GATE,   3, 2 },
    [LSTM_F]       = { "f",      "f_{\\t}",     "forget gate", "0 erases, 1 keeps",      ROLE_GATE,   3, 1 },
    [LSTM_G]       = { "g",      "g_{\\t}",     "candidate",   "what to write",          ROLE_CANDIDATE, 3, 4 },
    [LSTM_O]       = { "o",      "o_{\\t}",     "output gate", "0 hides, 1 shows",       ROLE_GATE,   3, 5 },
    [LSTM_KEPT]    = { "f*c'",   "f_{\\t} \\odot c_{\\t-1}", "what is kept of the old memory", NULL, ROLE_PART, 0, 1 },
    [LSTM_WRITTEN] = { "i*g",    "i_{\\t} \\odot g_{\\t}",   "what is written anew",           NULL, ROLE_PART, 1, 3 },
    [LSTM_C]       = { "c",      "c_{\\t}",        "cell state, the long memory",  NULL, ROLE_MEMORY, 0, 3 },
    [LSTM_TANH_C]  = { "tanh_c", "\\tanh c_{\\t}", "memory squashed",              NULL, ROLE_PART,   1, 6 },
    [LSTM_H]       = { "h",      "h_{\\t}",        "hidden state",                 NULL, ROLE_STATE,  2, 6 },
};
static const Op lstm_ops[] = {
    { OP_DELAY,   LSTM_H_,      LSTM_H,    NONE },
    { OP_DELAY,   LSTM_C_,      LSTM_C,    NONE },
    { OP_AFFINE,  LSTM_ZI,      LSTM_X,    LSTM_H_ },
    { OP_AFFINE,  LSTM_ZF,      LSTM_X,    LSTM_H_ },
    { OP_AFFINE,  LSTM_ZG,      LSTM_X,    LSTM_H_ },
    { OP_AFFINE,  LSTM_ZO,      LSTM_X,    LSTM_H_ },
    { OP_SIGMOID, LSTM_I,       LSTM_ZI,   NONE },
    { OP_SIGMOID, LSTM_F,       LSTM_ZF,   NONE },
    { OP_TANH,    LSTM_G,       LSTM_ZG,   NONE },
    { OP_SIGMOID, LSTM_O,       LSTM_ZO,   NONE },
    { OP_MUL,     LSTM_KEPT,    LSTM_F,    LSTM_C_ },
    { OP_MUL,     LSTM_WRITTEN, LSTM_I,    LSTM_G },
    { OP_ADD,     LSTM_C,       LSTM_KEPT, LSTM_WRITTEN }, // c = f ⊙ c' + i ⊙ g
    { OP_TANH,    LSTM_TANH_C,  LSTM_C,    NONE },
    { OP_MUL,     LSTM_H,       LSTM_O,    LSTM_TANH_C },  // h = o ⊙ tanh(c)
};
static const CellType lstm = {
    .name = "lstm", .title = "LSTM",
    .paper = "Hochreiter & Schmidhuber 1997, Long short-term memory; forget gate: Gers, Schmidhuber & Cummins 2000",
    .slots = lstm_slots, .slot_count = COUNT(lstm_slots), .ops = lstm_ops, .op_count = COUNT(lstm_ops),
    .blocks = 4, .forget_block = 1, .update_block = NONE, // i f g o
};

// ---- gated recurrent unit, as torch.nn.GRU ------------------------------------
enum {
    GRU_X, GRU_H_, GRU_ZR, GRU_ZZ, GRU_R, GRU_Z, GRU_NX, GRU_NH, GRU_USED, GRU_ZN, GRU_N,
    GRU_OPEN, GRU_WRITTEN, GRU_KEPT, GRU_H
};

static const Slot gru_slots[] = {
    [GRU_X]       = { "x",       "x_{\\t}",     "input",                           NULL, ROLE_INPUT,  6, 0 },
    [GRU_H_]      = { "h'",      "h_{\\t-1}",   "hidden state of the step before", NULL, ROLE_BEFORE, 0, 0 },
    [GRU_ZR]      = { "z_r",     "z_{r,\\t}",   "sum before the reset gate",       NULL, ROLE_SUM,    5, 2 },
    [GRU_ZZ]      = { "z_z",     "z_{z,\\t}",   "sum before the update gate",      NULL, ROLE_SUM,    5, 1 },
    [GRU_R]       = { "r",       "r_{\\t}",     "reset gate",  "0 ignores the past, 1 uses it", ROLE_GATE, 4, 2 },
    [GRU_Z]       = { "z",       "z_{\\t}",     "update gate", "0 replaces, 1 keeps",           ROLE_GATE, 4, 1 },
    [GRU_NX]      = { "n_x",     "n_{x,\\t}",   "the input's share of the candidate", NULL, ROLE_PART, 5, 4 },
    [GRU_NH]      = { "n_h",     "n_{h,\\t}",   "the past's share of the candidate",  NULL, ROLE_PART, 5, 3 },
    [GRU_USED]    = { "r*n_h",   "r_{\\t} \\odot n_{h,\\t}",     "what is used of the past",  NULL, ROLE_PART, 4, 3 },
    [GRU_ZN]      = { "z_n",     "z_{n,\\t}",   "sum before the candidate",        NULL, ROLE_SUM,    3, 4 },
    [GRU_N]       = { "n",       "n_{\\t}",     "candidate", "what to write",            ROLE_CANDIDATE, 2, 4 },
    [GRU_OPEN]    = { "1-z",     "1 - z_{\\t}",                  "how much is replaced",      NULL, ROLE_PART, 1, 2 },
    [GRU_WRITTEN] = { "(1-z)*n", "(1 - z_{\\t}) \\odot n_{\\t}", "what is written anew",      NULL, ROLE_PART, 1, 4 },
    [GRU_KEPT]    = { "z*h'",    "z_{\\t} \\odot h_{\\t-1}",     "what is kept of the old state", NULL, ROLE_PART, 0, 1 },
    [GRU_H]       = { "h",       "h_{\\t}",     "hidden state",                    NULL, ROLE_STATE,  0, 4 },
};
static const Op gru_ops[] = {
    { OP_DELAY,     GRU_H_,      GRU_H,       NONE },
    { OP_AFFINE,    GRU_ZR,      GRU_X,       GRU_H_ },
    { OP_AFFINE,    GRU_ZZ,      GRU_X,       GRU_H_ },
    { OP_SIGMOID,   GRU_R,       GRU_ZR,      NONE },
    { OP_SIGMOID,   GRU_Z,       GRU_ZZ,      NONE },
    { OP_LINEAR,    GRU_NX,      GRU_X,       NONE },
    { OP_LINEAR,    GRU_NH,      GRU_H_,      NONE },
    { OP_MUL,       GRU_USED,    GRU_R,       GRU_NH },
    { OP_ADD,       GRU_ZN,      GRU_NX,      GRU_USED },
    { OP_TANH,      GRU_N,       GRU_ZN,      NONE },
    { OP_ONE_MINUS, GRU_OPEN,    GRU_Z,       NONE },
    { OP_MUL,       GRU_WRITTEN, GRU_OPEN,    GRU_N },
    { OP_MUL,       GRU_KEPT,    GRU_Z,       GRU_H_ },
    { OP_ADD,       GRU_H,       GRU_WRITTEN, GRU_KEPT }, // h = (1 − z) ⊙ n + z ⊙ h'
};
static const CellType gru = {
    .name = "gru", .title = "GRU", .paper = "Cho et al. 2014, Learning phrase representations using RNN encoder-decoder",
    .slots = gru_slots, .slot_count = COUNT(gru_slots), .ops = gru_ops, .op_count = COUNT(gru_ops),
    .blocks = 3, .forget_block = NONE, .update_block = 1, // r z n
};

// ---- LSTM of 1997: nothing is ever forgotten -----------------------------------
enum {
    L97_X, L97_H_, L97_C_, L97_ZI, L97_ZG, L97_ZO, L97_I, L97_G, L97_O, L97_WRITTEN, L97_C, L97_TANH_C, L97_H
};

static const Slot lstm1997_slots[] = {
    [L97_X]       = { "x",      "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  6, 0 },
    [L97_H_]      = { "h'",     "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 5, 0 },
    [L97_C_]      = { "c'",     "c_{\\t-1}", "cell state of the step before",   NULL, ROLE_BEFORE, 0, 0 },
    [L97_ZI]      = { "z_i",    "z_{i,\\t}", "sum before the input gate",       NULL, ROLE_SUM,    4, 1 },
    [L97_ZG]      = { "z_g",    "z_{g,\\t}", "sum before the candidate",        NULL, ROLE_SUM,    4, 3 },
    [L97_ZO]      = { "z_o",    "z_{o,\\t}", "sum before the output gate",      NULL, ROLE_SUM,    4, 4 },
    [L97_I]       = { "i",      "i_{\\t}",   "input gate",  "0 shuts, 1 writes",      ROLE_GATE,   3, 1 },
    [L97_G]       = { "g",      "g_{\\t}",   "candidate",   "what to write",          ROLE_CANDIDATE, 3, 3 },
    [L97_O]       = { "o",      "o_{\\t}",   "output gate", "0 hides, 1 shows",       ROLE_GATE,   3, 4 },
    [L97_WRITTEN] = { "i*g",    "i_{\\t} \\odot g_{\\t}", "what is written anew",     NULL, ROLE_PART,   1, 2 },
    [L97_C]       = { "c",      "c_{\\t}",        "cell state, the long memory",      NULL, ROLE_MEMORY, 0, 2 },
    [L97_TANH_C]  = { "tanh_c", "\\tanh c_{\\t}", "memory squashed",                  NULL, ROLE_PART,   1, 5 },
    [L97_H]       = { "h",      "h_{\\t}",        "hidden state",                     NULL, ROLE_STATE,  2, 5 },
};
static const Op lstm1997_ops[] = {
    { OP_DELAY,   L97_H_,      L97_H,  NONE },
    { OP_DELAY,   L97_C_,      L97_C,  NONE },
    { OP_AFFINE,  L97_ZI,      L97_X,  L97_H_ },
    { OP_AFFINE,  L97_ZG,      L97_X,  L97_H_ },
    { OP_AFFINE,  L97_ZO,      L97_X,  L97_H_ },
    { OP_SIGMOID, L97_I,       L97_ZI, NONE },
    { OP_TANH,    L97_G,       L97_ZG, NONE },
    { OP_SIGMOID, L97_O,       L97_ZO, NONE },
    { OP_MUL,     L97_WRITTEN, L97_I,  L97_G },
    { OP_ADD,     L97_C,       L97_C_, L97_WRITTEN }, // c = c' + i ⊙ g
    { OP_TANH,    L97_TANH_C,  L97_C,  NONE },
    { OP_MUL,     L97_H,       L97_O,  L97_TANH_C },
};
static const CellType lstm1997 = {
    .name = "lstm1997", .title = "LSTM 1997", .paper = "Hochreiter & Schmidhuber 1997, Long short-term memory",
    .slots = lstm1997_slots, .slot_count = COUNT(lstm1997_slots), .ops = lstm1997_ops, .op_count = COUNT(lstm1997_ops),
    .blocks = 3, .forget_block = NONE, .update_block = NONE, // i g o
};

// ---- LSTM whose gates see the memory through peepholes --------------------------
enum {
    PEEP_X, PEEP_H_, PEEP_C_, PEEP_AI, PEEP_AF, PEEP_ZG, PEEP_AO, PEEP_PI, PEEP_PF, PEEP_PO, PEEP_ZI, PEEP_ZF, PEEP_ZO,
    PEEP_I, PEEP_F, PEEP_G, PEEP_O, PEEP_KEPT, PEEP_WRITTEN, PEEP_C, PEEP_TANH_C, PEEP_H
};

static const Slot peephole_slots[] = {
    [PEEP_X]       = { "x",      "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  7, 0 },
    [PEEP_H_]      = { "h'",     "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 6, 0 },
    [PEEP_C_]      = { "c'",     "c_{\\t-1}", "cell state of the step before",   NULL, ROLE_BEFORE, 0, 0 },
    [PEEP_AI]      = { "a_i",    "a_{i,\\t}", "the input gate's sum without its peephole",  NULL, ROLE_SUM, 5, 4 },
    [PEEP_AF]      = { "a_f",    "a_{f,\\t}", "the forget gate's sum without its peephole", NULL, ROLE_SUM, 5, 2 },
    [PEEP_ZG]      = { "z_g",    "z_{g,\\t}", "sum before the candidate",                   NULL, ROLE_SUM, 5, 6 },
    [PEEP_AO]      = { "a_o",    "a_{o,\\t}", "the output gate's sum without its peephole", NULL, ROLE_SUM, 5, 7 },
    [PEEP_PI]      = { "p_i*c'", "p_{i} \\odot c_{\\t-1}", "what the input gate sees of the memory",  NULL, ROLE_PART, 4, 3 },
    [PEEP_PF]      = { "p_f*c'", "p_{f} \\odot c_{\\t-1}", "what the forget gate sees of the memory", NULL, ROLE_PART, 4, 1 },
    [PEEP_PO]      = { "p_o*c",  "p_{o} \\odot c_{\\t}",   "what the output gate sees of the memory", NULL, ROLE_PART, 4, 8 },
    [PEEP_ZI]      = { "z_i",    "z_{i,\\t}", "sum before the input gate",  NULL, ROLE_SUM, 4, 4 },
    [PEEP_ZF]      = { "z_f",    "z_{f,\\t}", "sum before the forget gate", NULL, ROLE_SUM, 4, 2 },
    [PEEP_ZO]      = { "z_o",    "z_{o,\\t}", "sum before the output gate", NULL, ROLE_SUM, 4, 7 },
    [PEEP_I]       = { "i",      "i_{\\t}",   "input gate",  "0 shuts, 1 writes", ROLE_GATE,      3, 4 },
    [PEEP_F]       = { "f",      "f_{\\t}",   "forget gate", "0 erases, 1 keeps", ROLE_GATE,      3, 2 },
    [PEEP_G]       = { "g",      "g_{\\t}",   "candidate",   "what to write",     ROLE_CANDIDATE, 3, 6 },
    [PEEP_O]       = { "o",      "o_{\\t}",   "output gate", "0 hides, 1 shows",  ROLE_GATE,      3, 7 },
    [PEEP_KEPT]    = { "f*c'",   "f_{\\t} \\odot c_{\\t-1}", "what is kept of the old memory", NULL, ROLE_PART, 0, 2 },
    [PEEP_WRITTEN] = { "i*g",    "i_{\\t} \\odot g_{\\t}",   "what is written anew",           NULL, ROLE_PART, 1, 5 },
    [PEEP_C]       = { "c",      "c_{\\t}",        "cell state, the long memory", NULL, ROLE_MEMORY, 0, 5 },
    [PEEP_TANH_C]  = { "tanh_c", "\\tanh c_{\\t}", "memory squashed",             NULL, ROLE_PART,   1, 9 },
    [PEEP_H]       = { "h",      "h_{\\t}",        "hidden state",                NULL, ROLE_STATE,  2, 9 },
};
static const Op peephole_ops[] = {
    { OP_DELAY,   PEEP_H_,      PEEP_H,    NONE },
    { OP_DELAY,   PEEP_C_,      PEEP_C,    NONE },
    { OP_AFFINE,  PEEP_AI,      PEEP_X,    PEEP_H_ },
    { OP_AFFINE,  PEEP_AF,      PEEP_X,    PEEP_H_ },
    { OP_AFFINE,  PEEP_ZG,      PEEP_X,    PEEP_H_ },
    { OP_AFFINE,  PEEP_AO,      PEEP_X,    PEEP_H_ },
    { OP_SCALE,   PEEP_PI,      PEEP_C_,   NONE },
    { OP_SCALE,   PEEP_PF,      PEEP_C_,   NONE },
    { OP_ADD,     PEEP_ZI,      PEEP_AI,   PEEP_PI },
    { OP_ADD,     PEEP_ZF,      PEEP_AF,   PEEP_PF },
    { OP_SIGMOID, PEEP_I,       PEEP_ZI,   NONE },
    { OP_SIGMOID, PEEP_F,       PEEP_ZF,   NONE },
    { OP_TANH,    PEEP_G,       PEEP_ZG,   NONE },
    { OP_MUL,     PEEP_KEPT,    PEEP_F,    PEEP_C_ },
    { OP_MUL,     PEEP_WRITTEN, PEEP_I,    PEEP_G },
    { OP_ADD,     PEEP_C,       PEEP_KEPT, PEEP_WRITTEN },
    { OP_SCALE,   PEEP_PO,      PEEP_C,    NONE }, // the output gate sees the new memory
    { OP_ADD,     PEEP_ZO,      PEEP_AO,   PEEP_PO },
    { OP_SIGMOID, PEEP_O,       PEEP_ZO,   NONE },
    { OP_TANH,    PEEP_TANH_C,  PEEP_C,    NONE },
    { OP_MUL,     PEEP_H,       PEEP_O,    PEEP_TANH_C },
};
static const CellType peephole = {
    .name = "peephole", .title = "Peephole LSTM",
    .paper = "Gers & Schmidhuber 2000, Recurrent nets that time and count",
    .slots = peephole_slots, .slot_count = COUNT(peephole_slots), .ops = peephole_ops, .op_count = COUNT(peephole_ops),
    .blocks = 4, .forget_block = 1, .update_block = NONE, // i f g o
};

// ---- LSTM with coupled gates: what is forgotten makes room for what is written ----
enum {
    CIFG_X, CIFG_H_, CIFG_C_, CIFG_ZF, CIFG_ZG, CIFG_ZO, CIFG_F, CIFG_G, CIFG_O, CIFG_I, CIFG_KEPT, CIFG_WRITTEN,
    CIFG_C, CIFG_TANH_C, CIFG_H
};

static const Slot coupled_slots[] = {
    [CIFG_X]       = { "x",      "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  6, 0 },
    [CIFG_H_]      = { "h'",     "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 5, 0 },
    [CIFG_C_]      = { "c'",     "c_{\\t-1}", "cell state of the step before",   NULL, ROLE_BEFORE, 0, 0 },
    [CIFG_ZF]      = { "z_f",    "z_{f,\\t}", "sum before the forget gate",      NULL, ROLE_SUM,    4, 1 },
    [CIFG_ZG]      = { "z_g",    "z_{g,\\t}", "sum before the candidate",        NULL, ROLE_SUM,    4, 4 },
    [CIFG_ZO]      = { "z_o",    "z_{o,\\t}", "sum before the output gate",      NULL, ROLE_SUM,    4, 5 },
    [CIFG_F]       = { "f",      "f_{\\t}",   "forget gate", "0 replaces, 1 keeps", ROLE_GATE,      3, 1 },
    [CIFG_G]       = { "g",      "g_{\\t}",   "candidate",   "what to write",       ROLE_CANDIDATE, 3, 4 },
    [CIFG_O]       = { "o",      "o_{\\t}",   "output gate", "0 hides, 1 shows",    ROLE_GATE,      3, 5 },
    [CIFG_I]       = { "i",      "i_{\\t}",   "input gate",  "0 shuts, 1 writes",   ROLE_GATE,      3, 2 },
    [CIFG_KEPT]    = { "f*c'",   "f_{\\t} \\odot c_{\\t-1}", "what is kept of the old memory", NULL, ROLE_PART, 0, 1 },
    [CIFG_WRITTEN] = { "i*g",    "i_{\\t} \\odot g_{\\t}",   "what is written anew",           NULL, ROLE_PART, 1, 3 },
    [CIFG_C]       = { "c",      "c_{\\t}",        "cell state, the long memory", NULL, ROLE_MEMORY, 0, 3 },
    [CIFG_TANH_C]  = { "tanh_c", "\\tanh c_{\\t}", "memory squashed",             NULL, ROLE_PART,   1, 6 },
    [CIFG_H]       = { "h",      "h_{\\t}",        "hidden state",                NULL, ROLE_STATE,  2, 6 },
};
static const Op coupled_ops[] = {
    { OP_DELAY,     CIFG_H_,      CIFG_H,    NONE },
    { OP_DELAY,     CIFG_C_,      CIFG_C,    NONE },
    { OP_AFFINE,    CIFG_ZF,      CIFG_X,    CIFG_H_ },
    { OP_AFFINE,    CIFG_ZG,      CIFG_X,    CIFG_H_ },
    { OP_AFFINE,    CIFG_ZO,      CIFG_X,    CIFG_H_ },
    { OP_SIGMOID,   CIFG_F,       CIFG_ZF,   NONE },
    { OP_TANH,      CIFG_G,       CIFG_ZG,   NONE },
    { OP_SIGMOID,   CIFG_O,       CIFG_ZO,   NONE },
    { OP_ONE_MINUS, CIFG_I,       CIFG_F,    NONE }, // i = 1 − f
    { OP_MUL,       CIFG_KEPT,    CIFG_F,    CIFG_C_ },
    { OP_MUL,       CIFG_WRITTEN, CIFG_I,    CIFG_G },
    { OP_ADD,       CIFG_C,       CIFG_KEPT, CIFG_WRITTEN },
    { OP_TANH,      CIFG_TANH_C,  CIFG_C,    NONE },
    { OP_MUL,       CIFG_H,       CIFG_O,    CIFG_TANH_C },
};
static const CellType coupled = {
    .name = "coupled", .title = "Coupled LSTM",
    .paper = "Greff et al. 2017, LSTM: a search space odyssey",
    .slots = coupled_slots, .slot_count = COUNT(coupled_slots), .ops = coupled_ops, .op_count = COUNT(coupled_ops),
    .blocks = 3, .forget_block = 0, .update_block = NONE, // f g o
};

// ---- GRU as it was published: the reset comes before the product -----------------
enum {
    G14_X, G14_H_, G14_ZR, G14_ZZ, G14_R, G14_Z, G14_USED, G14_ZN, G14_N, G14_OPEN, G14_WRITTEN, G14_KEPT, G14_H
};

static const Slot gru2014_slots[] = {
    [G14_X]       = { "x",       "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  6, 0 },
    [G14_H_]      = { "h'",      "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 0, 0 },
    [G14_ZR]      = { "z_r",     "z_{r,\\t}", "sum before the reset gate",       NULL, ROLE_SUM,    5, 2 },
    [G14_ZZ]      = { "z_z",     "z_{z,\\t}", "sum before the update gate",      NULL, ROLE_SUM,    5, 1 },
    [G14_R]       = { "r",       "r_{\\t}",   "reset gate",  "0 ignores the past, 1 uses it", ROLE_GATE, 4, 2 },
    [G14_Z]       = { "z",       "z_{\\t}",   "update gate", "0 replaces, 1 keeps",           ROLE_GATE, 4, 1 },
    [G14_USED]    = { "r*h'",    "r_{\\t} \\odot h_{\\t-1}",     "what is used of the past",      NULL, ROLE_PART, 4, 3 },
    [G14_ZN]      = { "z_n",     "z_{n,\\t}", "sum before the candidate",        NULL, ROLE_SUM,       3, 3 },
    [G14_N]       = { "n",       "n_{\\t}",   "candidate", "what to write",            ROLE_CANDIDATE, 2, 3 },
    [G14_OPEN]    = { "1-z",     "1 - z_{\\t}",                  "how much is replaced",          NULL, ROLE_PART, 1, 2 },
    [G14_WRITTEN] = { "(1-z)*n", "(1 - z_{\\t}) \\odot n_{\\t}", "what is written anew",          NULL, ROLE_PART, 1, 3 },
    [G14_KEPT]    = { "z*h'",    "z_{\\t} \\odot h_{\\t-1}",     "what is kept of the old state", NULL, ROLE_PART, 0, 1 },
    [G14_H]       = { "h",       "h_{\\t}",   "hidden state",                    NULL, ROLE_STATE,     0, 3 },
};
static const Op gru2014_ops[] = {
    { OP_DELAY,     G14_H_,      G14_H,       NONE },
    { OP_AFFINE,    G14_ZR,      G14_X,       G14_H_ },
    { OP_AFFINE,    G14_ZZ,      G14_X,       G14_H_ },
    { OP_SIGMOID,   G14_R,       G14_ZR,      NONE },
    { OP_SIGMOID,   G14_Z,       G14_ZZ,      NONE },
    { OP_MUL,       G14_USED,    G14_R,       G14_H_ },
    { OP_AFFINE,    G14_ZN,      G14_X,       G14_USED }, // z_n = W x + U (r ⊙ h') + bias
    { OP_TANH,      G14_N,       G14_ZN,      NONE },
    { OP_ONE_MINUS, G14_OPEN,    G14_Z,       NONE },
    { OP_MUL,       G14_WRITTEN, G14_OPEN,    G14_N },
    { OP_MUL,       G14_KEPT,    G14_Z,       G14_H_ },
    { OP_ADD,       G14_H,       G14_WRITTEN, G14_KEPT },
};
static const CellType gru2014 = {
    .name = "gru2014", .title = "GRU 2014",
    .paper = "Cho et al. 2014, Learning phrase representations using RNN encoder-decoder, equation 8",
    .slots = gru2014_slots, .slot_count = COUNT(gru2014_slots), .ops = gru2014_ops, .op_count = COUNT(gru2014_ops),
    .blocks = 3, .forget_block = NONE, .update_block = 1, // r z n
};

// ---- minimal gated unit: one gate for all -----------------------------------------
enum { MGU_X, MGU_H_, MGU_ZF, MGU_F, MGU_USED, MGU_ZN, MGU_N, MGU_OPEN, MGU_KEPT, MGU_WRITTEN, MGU_H };

static const Slot mgu_slots[] = {
    [MGU_X]       = { "x",        "x_{\\t}",   "input",                           NULL, ROLE_INPUT,  7, 0 },
    [MGU_H_]      = { "h'",       "h_{\\t-1}", "hidden state of the step before", NULL, ROLE_BEFORE, 0, 0 },
    [MGU_ZF]      = { "z_f",      "z_{f,\\t}", "sum before the forget gate",      NULL, ROLE_SUM,    6, 1 },
    [MGU_F]       = { "f",        "f_{\\t}",   "forget gate", "0 keeps, 1 replaces",    ROLE_GATE,   5, 1 },
    [MGU_USED]    = { "f*h'",     "f_{\\t} \\odot h_{\\t-1}",       "what is used of the past",      NULL, ROLE_PART, 5, 2 },
    [MGU_ZN]      = { "z_n",      "z_{n,\\t}", "sum before the candidate",        NULL, ROLE_SUM,       4, 2 },
    [MGU_N]       = { "n",        "n_{\\t}",   "candidate", "what to write",            ROLE_CANDIDATE, 3, 2 },
    [MGU_OPEN]    = { "1-f",      "1 - f_{\\t}",                    "how much is kept",              NULL, ROLE_PART, 1, 1 },
    [MGU_KEPT]    = { "(1-f)*h'", "(1 - f_{\\t}) \\odot h_{\\t-1}", "what is kept of the old state", NULL, ROLE_PART, 0, 1 },
    [MGU_WRITTEN] = { "f*n",      "f_{\\t} \\odot n_{\\t}",         "what is written anew",          NULL, ROLE_PART, 2, 2 },
    [MGU_H]       = { "h",        "h_{\\t}",   "hidden state",                    NULL, ROLE_STATE,     0, 2 },
};
static const Op mgu_ops[] = {
    { OP_DELAY,     MGU_H_,      MGU_H,    NONE },
    { OP_AFFINE,    MGU_ZF,      MGU_X,    MGU_H_ },
    { OP_SIGMOID,   MGU_F,       MGU_ZF,   NONE },
    { OP_MUL,       MGU_USED,    MGU_F,    MGU_H_ },
    { OP_AFFINE,    MGU_ZN,      MGU_X,    MGU_USED },
    { OP_TANH,      MGU_N,       MGU_ZN,   NONE },
    { OP_ONE_MINUS, MGU_OPEN,    MGU_F,    NONE },
    { OP_MUL,       MGU_KEPT,    MGU_OPEN, MGU_H_ },
    { OP_MUL,       MGU_WRITTEN, MGU_F,    MGU_N },
    { OP_ADD,       MGU_H,       MGU_KEPT, MGU_WRITTEN }, // h = (1 − f) ⊙ h' + f ⊙ n
};
static const CellType mgu = {
    .name = "mgu", .title = "Minimal unit",
    .paper = "Zhou et al. 2016, Minimal gated unit for recurrent neural networks",
    .slots = mgu_slots, .slot_count = COUNT(mgu_slots), .ops = mgu_ops, .op_count = COUNT(mgu_ops),
    .blocks = 2, .forget_block = NONE, .update_block = NONE, // f n
};
// clang-format on

const CellType *const cell_types[] = {&rnn, &lstm, &gru, &lstm1997, &peephole, &coupled, &gru2014, &mgu, NULL};

int cell_index(const char *name)
{
    for (int i = 0; cell_types[i]; i++)
        if (strcmp(cell_types[i]->name, name) == 0)
            return i;
    return NONE;
}

int cell_slot(const CellType *cell, const char *name)
{
    for (int i = 0; i < cell->slot_count; i++)
        if (strcmp(cell->slots[i].name, name) == 0)
            return i;
    return NONE;
}
