#include "nn/program.h"

#include <assert.h>
#include <string.h>

#include "nn/op.h"

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

static const struct {
    const char *name; // %d is the layer
    bool is_bias;
} tensor_types[TENSOR_KINDS] = {
    [WEIGHT_IH]  = { "rnn.weight_ih_l%d", false },
    [WEIGHT_HH]  = { "rnn.weight_hh_l%d", false },
    [BIAS_IH]    = { "rnn.bias_ih_l%d",   true },
    [BIAS_HH]    = { "rnn.bias_hh_l%d",   true },
    [WEIGHT_OUT] = { "out.weight",        false },
    [BIAS_OUT]   = { "out.bias",          true },
};
// clang-format on

enum { READOUT_SLOTS = 2, READOUT_OPS = 2 };

// A table being written into the program: which program slot each of its slots is, and how often each matrix was
// used, for the k-th row that uses W_ih takes its k-th block.
typedef struct {
    Program *program;
    Arena *arena;
    const Slot *slots;
    int slot[32]; // of the program
    int layer;
    int tensor[TENSOR_KINDS]; // of the program, or NONE
    int used[TENSOR_KINDS];
} Writer;

// ---- slots ----------------------------------------------------------------------
static int length_of(const Dims *dims, Role role)
{
    switch (role) {
    case ROLE_INPUT:
        return dims->X;
    case ROLE_ANSWER:
        return dims->Y;
    case ROLE_LOSS:
        return 1;
    default:
        return dims->H;
    }
}

static int add_slot(Writer *w, const Slot *slot, bool numbered)
{
    Program *p = w->program;
    ProgramSlot *added = &p->slots[p->slot_count];
    *added = (ProgramSlot){
        .slot = *slot,
        .length = length_of(&p->dims, slot->role),
        .layer = w->layer,
        .offset = p->step_length,
        .producer = NONE,
        .consumer = NONE,
        .delay = NONE,
    };
    if (numbered)
        added->slot.name = arena_print(w->arena, "%s.l%d", slot->name, w->layer);
    p->step_length += (size_t)added->length;
    return p->slot_count++;
}

// The slots of one layer. Above the first, x is the state of the layer below.
static void add_cell_slots(Writer *w)
{
    const CellType *cell = w->program->net.cell;
    const int below = w->program->state;
    for (int i = 0; i < cell->slot_count; i++) {
        const Slot *slot = &cell->slots[i];
        w->slot[i] = slot->role == ROLE_INPUT && w->layer > 0 ? below : add_slot(w, slot, w->program->dims.L > 1);
        if (slot->role == ROLE_INPUT && w->layer == 0)
            w->program->input = w->slot[i];
        if (slot->role == ROLE_STATE)
            w->program->state = w->slot[i];
        if (slot->role == ROLE_MEMORY)
            w->program->memory = w->slot[i];
    }
}

// ---- tensors --------------------------------------------------------------------
static void add_tensor(Writer *w, TensorKind kind, int rows, int columns)
{
    Program *p = w->program;
    if (tensor_types[kind].is_bias && !p->net.bias)
        return;
    w->tensor[kind] = p->tensor_count;
    p->tensors[p->tensor_count++] = (Tensor){
        .name = arena_print(w->arena, tensor_types[kind].name, w->layer),
        .kind = kind,
        .layer = w->layer,
        .rows = rows,
        .columns = columns,
        .offset = p->weight_count,
    };
    p->weight_count += (size_t)rows * (size_t)columns;
}

// A cell's four tensors in PyTorch's order, G blocks of H rows each.
static void add_cell_tensors(Writer *w)
{
    const Dims *d = &w->program->dims;
    const int rows = w->program->net.cell->blocks * d->H;
    add_tensor(w, WEIGHT_IH, rows, w->layer == 0 ? d->X : d->H);
    add_tensor(w, WEIGHT_HH, rows, d->H);
    add_tensor(w, BIAS_IH, rows, 1);
    add_tensor(w, BIAS_HH, rows, 1);
}

// ---- rows -----------------------------------------------------------------------
// Which matrix multiplies an operand follows from what the operand is.
static TensorKind weight_for(Role role)
{
    return role == ROLE_INPUT ? WEIGHT_IH : role == ROLE_BEFORE ? WEIGHT_HH : WEIGHT_OUT;
}

static TensorKind bias_for(Role role)
{
    return role == ROLE_INPUT ? BIAS_IH : role == ROLE_BEFORE ? BIAS_HH : BIAS_OUT;
}

static void give_weights(Writer *w, Role role, int *weight, int *bias, int *block)
{
    *weight = w->tensor[weight_for(role)];
    *bias = w->tensor[bias_for(role)];
    *block = w->used[weight_for(role)]++;
}

static void add_row(Writer *w, Op op)
{
    Program *p = w->program;
    const OpKind kind = op.kind == OP_ACTIVATION ? p->net.activation : op.kind;
    Row row = {
        .kind = kind,
        .y = w->slot[op.y],
        .a = op.a == NONE ? NONE : w->slot[op.a],
        .b = op.b == NONE ? NONE : w->slot[op.b],
        .weight_a = NONE,
        .bias_a = NONE,
        .weight_b = NONE,
        .bias_b = NONE,
        .pass = p->pass_count,
    };
    if (op_types[kind].weighted >= 1)
        give_weights(w, w->slots[op.a].role, &row.weight_a, &row.bias_a, &row.block_a);
    if (op_types[kind].weighted >= 2)
        give_weights(w, w->slots[op.b].role, &row.weight_b, &row.bias_b, &row.block_b);
    p->rows[p->row_count++] = row;
}

static Writer writer(Program *program, Arena *arena, const Slot *slots, int layer)
{
    Writer w = {.program = program, .arena = arena, .slots = slots, .layer = layer};
    for (int kind = 0; kind < TENSOR_KINDS; kind++)
        w.tensor[kind] = NONE;
    return w;
}

static void add_layer(Program *p, int layer, Arena *arena)
{
    const CellType *cell = p->net.cell;
    Writer w = writer(p, arena, cell->slots, layer);
    assert((size_t)cell->slot_count <= sizeof w.slot / sizeof *w.slot);
    add_cell_slots(&w);
    add_cell_tensors(&w);
    if (layer == 0)
        add_row(&w, (Op){OP_INPUT, cell_slot(cell, "x"), NONE, NONE});
    for (int i = 0; i < cell->op_count; i++)
        add_row(&w, cell->ops[i]);
}

static void add_readout(Program *p, Arena *arena)
{
    Writer w = writer(p, arena, readout_slots, p->dims.L - 1);
    w.slot[READOUT_H] = p->state;
    w.slot[READOUT_Y] = p->answer = add_slot(&w, &readout_slots[READOUT_Y], false);
    w.slot[READOUT_LOSS] = p->loss = add_slot(&w, &readout_slots[READOUT_LOSS], false);
    add_tensor(&w, WEIGHT_OUT, p->dims.Y, p->dims.H);
    add_tensor(&w, BIAS_OUT, p->dims.Y, 1);
    for (int i = 0; i < READOUT_OPS; i++)
        add_row(&w, readout_ops[i]);
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
    const int L = net->dims.L;
    assert(L >= 1 && net->dims.T >= 1 && net->dims.B >= 1);
    Program p = {
        .net = *net,
        .dims = net->dims,
        .passes = arena_new(arena, Pass, 1),
        .rows = arena_new(arena, Row, 1 + (size_t)L * (size_t)net->cell->op_count + READOUT_OPS),
        .slots = arena_new(arena, ProgramSlot, L * net->cell->slot_count + READOUT_SLOTS),
        .tensors = arena_new(arena, Tensor, L * (BIAS_HH + 1) + 2),
        .state = NONE,
        .memory = NONE,
    };
    for (int layer = 0; layer < L; layer++)
        add_layer(&p, layer, arena);
    add_readout(&p, arena);
    p.passes[p.pass_count++] = (Pass){.first_row = 0, .row_count = p.row_count, .layer = 0, .reverse = false};
    p.pass_ops = (long)p.dims.T * p.row_count;
    p.op_count = 2 * p.pass_ops + 2;
    note_rows(&p);
    return p;
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
