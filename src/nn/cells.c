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
// clang-format on

const CellType *const cell_types[] = {&rnn, &lstm, &gru, NULL};

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
