#include "nn/program_writer.h"

#include "nn/op.h"

// clang-format off
static const struct {
    const char *name; // %d is the layer, %s the direction
    bool is_bias;
} tensor_types[TENSOR_KINDS] = {
    [WEIGHT_IH]    = { "rnn.weight_ih_l%d%s",    false },
    [WEIGHT_HH]    = { "rnn.weight_hh_l%d%s",    false },
    [BIAS_IH]      = { "rnn.bias_ih_l%d%s",      true },
    [BIAS_HH]      = { "rnn.bias_hh_l%d%s",      true },
    [WEIGHT_SCALE] = { "rnn.weight_scale_l%d%s", false },
    [WEIGHT_OUT]   = { "out.weight",             false },
    [BIAS_OUT]     = { "out.bias",               true },
};
// clang-format on

Writer writer_make(Program *program, Arena *arena, const Slot *slots, int layer, bool reverse)
{
    Writer w = {.program = program, .arena = arena, .slots = slots, .layer = layer, .reverse = reverse};
    for (int kind = 0; kind < TENSOR_KINDS; kind++)
        w.tensor[kind] = NONE;
    return w;
}

// ---- slots ----------------------------------------------------------------------
static int directions(const Program *p)
{
    return p->net.bidirectional ? 2 : 1;
}

int writer_slot(Writer *w, const Slot *slot, int length)
{
    Program *p = w->program;
    ProgramSlot *added = &p->slots[p->slot_count];
    *added = (ProgramSlot){
        .slot = *slot,
        .length = length,
        .layer = w->layer,
        .reverse = w->reverse,
        .of_cell = NONE,
        .offset = p->step_length,
        .producer = NONE,
        .consumer = NONE,
        .delay = NONE,
    };
    p->step_length += (size_t)added->length;
    return p->slot_count++;
}

void writer_number(Writer *w, Slot *slot)
{
    if (w->program->dims.L > 1)
        slot->name = arena_print(w->arena, "%s.l%d", slot->name, w->layer);
    if (w->reverse)
        slot->name = arena_print(w->arena, "%s.reverse", slot->name);
}

// The input of the first layer is one slot for both directions.
static bool is_shared_input(const Writer *w, const Slot *slot)
{
    return slot->role == ROLE_INPUT && (w->layer > 0 || w->reverse);
}

static int add_cell_slot(Writer *w, int of_cell)
{
    Slot slot = w->slots[of_cell];
    writer_number(w, &slot);
    const int added = writer_slot(w, &slot, slot.role == ROLE_INPUT ? w->program->dims.X : w->program->dims.H);
    w->program->slots[added].of_cell = of_cell;
    return added;
}

// The slots of one layer and direction. Above the first layer, x is the state of the layer below.
void writer_cell_slots(Writer *w, int below)
{
    Program *p = w->program;
    const CellType *cell = p->net.cell;
    for (int i = 0; i < cell->slot_count; i++) {
        const Slot *slot = &cell->slots[i];
        w->slot[i] = is_shared_input(w, slot) ? below : add_cell_slot(w, i);
        if (slot->role == ROLE_INPUT && w->layer == 0)
            p->input = w->slot[i];
        if (slot->role == ROLE_STATE && !w->reverse)
            p->state = w->slot[i];
        if (slot->role == ROLE_MEMORY && !w->reverse)
            p->memory = w->slot[i];
    }
}

// ---- tensors --------------------------------------------------------------------
void writer_tensor(Writer *w, TensorKind kind, int rows, int columns)
{
    Program *p = w->program;
    if (tensor_types[kind].is_bias && !p->net.bias)
        return;
    w->tensor[kind] = p->tensor_count;
    p->tensors[p->tensor_count++] = (Tensor){
        .name = arena_print(w->arena, tensor_types[kind].name, w->layer, w->reverse ? "_reverse" : ""),
        .kind = kind,
        .layer = w->layer,
        .reverse = w->reverse,
        .rows = rows,
        .columns = columns,
        .offset = p->weight_count,
    };
    p->weight_count += (size_t)rows * (size_t)columns;
}

static int scale_rows(const CellType *cell)
{
    int count = 0;
    for (int i = 0; i < cell->op_count; i++)
        count += op_types[cell->ops[i].kind].by_vector;
    return count;
}

// A cell's four tensors in PyTorch's order, G blocks of H rows each; then what PyTorch's cells do not have.
void writer_cell_tensors(Writer *w)
{
    const Dims *d = &w->program->dims;
    const int rows = w->program->net.cell->blocks * d->H;
    writer_tensor(w, WEIGHT_IH, rows, w->layer == 0 ? d->X : directions(w->program) * d->H);
    writer_tensor(w, WEIGHT_HH, rows, d->H);
    writer_tensor(w, BIAS_IH, rows, 1);
    writer_tensor(w, BIAS_HH, rows, 1);
    if (scale_rows(w->program->net.cell))
        writer_tensor(w, WEIGHT_SCALE, scale_rows(w->program->net.cell) * d->H, 1);
}

// ---- rows -----------------------------------------------------------------------
// Which matrix multiplies an operand follows from what the operand is: the input, a state as the readout sees it, or
// else what comes from the step before.
static TensorKind weight_for(OpKind kind, Role role)
{
    if (op_types[kind].by_vector)
        return WEIGHT_SCALE;
    return role == ROLE_INPUT ? WEIGHT_IH : role == ROLE_STATE ? WEIGHT_OUT : WEIGHT_HH;
}

static int bias_beside(const Writer *w, TensorKind weight)
{
    switch (weight) {
    case WEIGHT_IH:
        return w->tensor[BIAS_IH];
    case WEIGHT_HH:
        return w->tensor[BIAS_HH];
    case WEIGHT_OUT:
        return w->tensor[BIAS_OUT];
    default:
        return NONE;
    }
}

static void give_weights(Writer *w, TensorKind kind, int *weight, int *bias, int *block)
{
    *weight = w->tensor[kind];
    *bias = bias_beside(w, kind);
    *block = w->used[kind]++;
}

void writer_row(Writer *w, Op op)
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
        give_weights(w, weight_for(kind, w->slots[op.a].role), &row.weight_a, &row.bias_a, &row.block_a);
    if (op_types[kind].weighted >= 2)
        give_weights(w, weight_for(kind, w->slots[op.b].role), &row.weight_b, &row.bias_b, &row.block_b);
    p->rows[p->row_count++] = row;
}
