#include "nn/program.h"

#include <assert.h>
#include <string.h>

#include "nn/op.h"
#include "nn/program_writer.h"

// Behind the last layer: the answer and its loss.
// clang-format off
enum { READOUT_H, READOUT_Y, READOUT_LOSS };

static const Slot readout_slots[] = {
    [READOUT_H]    = { "h", "h_{\\t}",       "hidden state",          NULL, ROLE_STATE,  NONE, NONE },
    [READOUT_Y]    = { "y", "\\hat{y}_{\\t}", "answer, before softmax", NULL, ROLE_ANSWER, NONE, NONE },
    [READOUT_LOSS] = { "L", "L_{\\t}",       "loss of this time step", NULL, ROLE_LOSS,   NONE, NONE },
};
static const Op readout_ops[] = {
    { OP_LINEAR, READOUT_Y,    READOUT_H, NONE }, // y = W h + b
    { OP_LOSS,   READOUT_LOSS, READOUT_Y, NONE },
};

// Between the two passes of a bidirectional layer and what stands above.
enum { BOTH_FORWARD, BOTH_REVERSE, BOTH };

static const Slot both_slots[] = {
    [BOTH_FORWARD] = { "h",         "h_{\\t}", "hidden state",            NULL, ROLE_STATE, NONE, NONE },
    [BOTH_REVERSE] = { "h.reverse", "h_{\\t}", "hidden state in reverse", NULL, ROLE_STATE, NONE, NONE },
    [BOTH]         = { "both",      "h_{\\t}", "hidden states of both directions", NULL, ROLE_STATE, NONE, NONE },
};
// clang-format on

enum { READOUT_SLOTS = 2, READOUT_OPS = 2, READOUT_TENSORS = 2, CELL_TENSORS = 5 };

// ---- passes ---------------------------------------------------------------------
static void end_pass(Program *p, int layer, bool reverse)
{
    const Pass *before = p->pass_count ? &p->passes[p->pass_count - 1] : NULL;
    const int first = before ? before->first_row + before->row_count : 0;
    p->passes[p->pass_count++] =
        (Pass){.first_row = first, .row_count = p->row_count - first, .layer = layer, .reverse = reverse};
}

// The rows of one layer and direction. Returns the slot of its state.
static int add_cell(Program *p, int layer, bool reverse, int below, Arena *arena)
{
    const CellType *cell = p->net.cell;
    Writer w = writer_make(p, arena, cell->slots, layer, reverse);
    assert((size_t)cell->slot_count <= sizeof w.slot / sizeof *w.slot);
    writer_cell_slots(&w, below);
    writer_cell_tensors(&w);
    if (layer == 0 && !reverse)
        writer_row(&w, (Op){OP_INPUT, cell_slot(cell, "x"), NONE, NONE});
    for (int i = 0; i < cell->op_count; i++)
        writer_row(&w, cell->ops[i]);
    return w.slot[cell_slot(cell, "h")];
}

// [→h; ←h], the first row of the pass that comes next.
static int add_both(Program *p, int layer, int forward, int reverse, Arena *arena)
{
    Writer w = writer_make(p, arena, both_slots, layer, false);
    Slot slot = both_slots[BOTH];
    writer_number(&w, &slot);
    w.slot[BOTH_FORWARD] = forward;
    w.slot[BOTH_REVERSE] = reverse;
    w.slot[BOTH] = writer_slot(&w, &slot, 2 * p->dims.H);
    writer_row(&w, (Op){OP_CONCAT, BOTH, BOTH_FORWARD, BOTH_REVERSE});
    return w.slot[BOTH];
}

// Returns what stands above reads.
static int add_layer(Program *p, int layer, int below, Arena *arena)
{
    const int forward = add_cell(p, layer, false, below, arena);
    if (!p->net.bidirectional)
        return forward;
    end_pass(p, layer, false);
    const int reverse = add_cell(p, layer, true, layer == 0 ? p->input : below, arena);
    end_pass(p, layer, true);
    return add_both(p, layer, forward, reverse, arena);
}

static void add_readout(Program *p, int below, Arena *arena)
{
    Writer w = writer_make(p, arena, readout_slots, p->dims.L - 1, false);
    w.slot[READOUT_H] = below;
    w.slot[READOUT_Y] = p->answer = writer_slot(&w, &readout_slots[READOUT_Y], p->dims.Y);
    w.slot[READOUT_LOSS] = p->loss = writer_slot(&w, &readout_slots[READOUT_LOSS], 1);
    writer_tensor(&w, WEIGHT_OUT, p->dims.Y, p->slots[below].length);
    writer_tensor(&w, BIAS_OUT, p->dims.Y, 1);
    for (int i = 0; i < READOUT_OPS; i++)
        writer_row(&w, readout_ops[i]);
    end_pass(p, p->dims.L - 1, false);
}

// ---- who computes and who reads each slot ------------------------------------------
static void note_consumer(Program *p, int slot, int row)
{
    if (slot == NONE)
        return;
    int *first = op_types[p->rows[row].kind].delays ? &p->slots[slot].delay : &p->slots[slot].consumer;
    if (*first == NONE)
        *first = row;
}

static void note_rows(Program *p)
{
    for (int row = 0; row < p->row_count; row++) {
        p->slots[p->rows[row].y].producer = row;
        note_consumer(p, p->rows[row].a, row);
        note_consumer(p, p->rows[row].b, row);
    }
}

Program program_make(const Net *net, Arena *arena)
{
    const int L = net->dims.L, cells = L * (net->bidirectional ? 2 : 1);
    assert(L >= 1 && net->dims.T >= 1 && net->dims.B >= 1);
    Program p = {
        .net = *net,
        .dims = net->dims,
        .passes = arena_new(arena, Pass, cells + 1),
        .rows = arena_new(arena, Row, 1 + cells * (net->cell->op_count + 1) + READOUT_OPS),
        .slots = arena_new(arena, ProgramSlot, cells * (net->cell->slot_count + 1) + READOUT_SLOTS),
        .tensors = arena_new(arena, Tensor, cells * CELL_TENSORS + READOUT_TENSORS),
        .state = NONE,
        .memory = NONE,
    };
    int below = NONE;
    for (int layer = 0; layer < L; layer++)
        below = add_layer(&p, layer, below, arena);
    add_readout(&p, below, arena);
    p.pass_ops = (long)p.dims.T * p.row_count;
    p.op_count = 2 * p.pass_ops + 2;
    note_rows(&p);
    return p;
}

int program_cell_slot(const Program *program, int of_cell, int layer, bool reverse)
{
    for (int i = 0; i < program->slot_count; i++) {
        const ProgramSlot *slot = &program->slots[i];
        if (slot->of_cell == of_cell && slot->layer == layer && slot->reverse == reverse)
            return i;
    }
    return NONE;
}

int program_slot(const Program *program, const char *name)
{
    for (int i = 0; i < program->slot_count; i++)
        if (strcmp(program->slots[i].slot.name, name) == 0)
            return i;
    return NONE;
}

int program_tensor(const Program *program, const char *name)
{
    for (int i = 0; i < program->tensor_count; i++)
        if (strcmp(program->tensors[i].name, name) == 0)
            return i;
    return NONE;
}

// ---- a gate that is held ----------------------------------------------------------------
static OpKind kind_in_table(const CellType *cell, int of_cell)
{
    int op = 0;
    while (cell->ops[op].y != of_cell)
        op++;
    return cell->ops[op].kind;
}

void program_hold(Program *program, int of_cell, OpKind kind)
{
    const CellType *cell = program->net.cell;
    for (int row = 0; row < program->row_count; row++) {
        const int slot = program->slots[program->rows[row].y].of_cell;
        if (slot != NONE && cell->slots[slot].role == ROLE_GATE)
            program->rows[row].kind = slot == of_cell ? kind : kind_in_table(cell, slot);
    }
}
