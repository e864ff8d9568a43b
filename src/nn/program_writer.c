#include "nn/program_writer.h"

#include <string.h>

#include "nn/op.h"

// clang-format off
static const struct {
    const char *name; // %d is the layer, %s the direction
    bool is_bias;
} tensor_types[TENSOR_KINDS] = {
    [WEIGHT_IH]  = { "rnn.weight_ih_l%d%s", false },
    [WEIGHT_HH]  = { "rnn.weight_hh_l%d%s", false },
    [BIAS_IH]    = { "rnn.bias_ih_l%d%s",   true },
    [BIAS_HH]    = { "rnn.bias_hh_l%d%s",   true },
    [WEIGHT_OUT] = { "out.weight",          false },
    [BIAS_OUT]   = { "out.bias",            true },
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

// In reverse the time step before is the one after: \t-1 becomes \t+1.
static void turn_formula(Writer *w, Slot *slot)
{
    static const char before[] = "\\t-1";
    const char *found = strstr(slot->formula, before);
    if (w->reverse && found)
        slot->formula = arena_print(w->arena, "%.*s\\t+1%s", (int)(found - slot->formula), slot->formula,
                                    found + sizeof before - 1);
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
    turn_formula(w, &slot);
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

// A cell's four tensors in PyTorch's order, G blocks of H rows each.
void writer_cell_tensors(Writer *w)
{
    const Dims *d = &w->program->dims;
    const int rows = w->program->net.cell->blocks * d->H;
    writer_tensor(w, WEIGHT_IH, rows, w->layer == 0 ? d->X : directions(w->program) * d->H);
    writer_tensor(w, WEIGHT_HH, rows, d->H);
    writer_tensor(w, BIAS_IH, rows, 1);
    writer_tensor(w, BIAS_HH, rows, 1);
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
        give_weights(w, w->slots[op.a].role, &row.weight_a, &row.bias_a, &row.block_a);
    if (op_types[kind].weighted >= 2)
        give_weights(w, w->slots[op.b].role, &row.weight_b, &row.bias_b, &row.block_b);
    p->rows[p->row_count++] = row;
}
