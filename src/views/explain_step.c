#include "nn/op.h"
#include "views/equation.h"
#include "views/explain_maker.h"

// A time step in one formula: the rows between its ends are written into each other.
static const int FACTORS_MOST = 4; // of one product; what is longer ends at the gradient between

static bool is_written_out(const Program *p, int slot)
{
    Role role = p->slots[slot].slot.role;
    return role == ROLE_PART || role == ROLE_SUM;
}

// ---- forward --------------------------------------------------------------------------------------------------------
typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    Arena *arena;
    Equation *equation;
    bool brief;
    int factors;
} Writer;

static void write_value(Writer *w, int slot, int t, Join join)
{
    equation_add(w->equation, operand_joined(operand_value(w->snapshot, slot, t, w->arena), join));
}

// The right side of a row that multiplies by matrices stands as it is in the explanation of that row.
static void write_products(Writer *w, int row, int t)
{
    Explanation alone = explain_row(w->snapshot, row, t, false, w->arena);
    for (int i = 0; alone.count && i < alone.equation[0].count; i++)
        equation_add(w->equation, alone.equation[0].operand[i]);
}

static void write_sum(Writer *w, int slot, int t)
{
    const int row = w->program->slots[slot].producer;
    const Row *r = &w->program->rows[row];
    bool out = slot == w->equation->result.slot || is_written_out(w->program, slot) || w->equation->apply;
    if (out && r->kind == OP_ADD) {
        write_sum(w, r->a, t);
        write_sum(w, r->b, t);
    } else if (out && r->kind == OP_MUL) {
        write_value(w, r->a, t, JOIN_PLUS);
        write_value(w, r->b, t, JOIN_TIMES);
    } else if (out && op_types[r->kind].weighted > 0) {
        write_products(w, row, t);
    } else {
        write_value(w, slot, t, JOIN_PLUS);
    }
}

static Apply squash_of(OpKind kind)
{
    return kind == OP_SIGMOID ? APPLY_SIGMOID
           : kind == OP_TANH  ? APPLY_TANH
           : kind == OP_RELU  ? APPLY_RELU
                              : APPLY_NOTHING;
}

static void write_forward(Writer *w, int slot, int t)
{
    const Row *r = &w->program->rows[w->program->slots[slot].producer];
    w->equation->apply = squash_of(r->kind);
    bool one = w->equation->apply != APPLY_NOTHING || r->kind == OP_IDENTITY;
    write_sum(w, one ? r->a : slot, t);
}

// ---- backward -------------------------------------------------------------------------------------------------------
// Who reads a slot at its own time step: how often, and the last that does.
static int readers_of(const Program *p, int slot, int *row)
{
    int readers = 0;
    for (int i = 0; i < p->row_count; i++)
        for (int operand = 0; operand < 2; operand++)
            if ((operand ? p->rows[i].b : p->rows[i].a) == slot) {
                readers += op_types[p->rows[i].kind].delays ? 2 : 1; // across time: the product ends here
                *row = i;
            }
    return readers;
}

static void write_factor(Writer *w, Operand operand, Join *join, Join next)
{
    equation_add(w->equation, operand_joined(operand, *join));
    w->factors++;
    *join = next;
}

// What a row multiplies the gradient of its result by on the way to one operand. False: by nothing that can be written.
static bool write_slope(Writer *w, int row, bool of_b, int t, Join *join)
{
    const Row *r = &w->program->rows[row];
    if (r->kind == OP_LOSS)
        return false;
    if (op_types[r->kind].by_vector)
        write_factor(w, operand_weights(w->snapshot, r, of_b, false, w->arena), join, JOIN_TIMES);
    else if (op_types[r->kind].weighted > 0)
        write_factor(w, operand_weights(w->snapshot, r, of_b, true, w->arena), join, JOIN_PRODUCT);
    else if (r->kind == OP_MUL)
        write_factor(w, operand_value(w->snapshot, of_b ? r->a : r->b, t, w->arena), join, JOIN_TIMES);
    else if (op_types[r->kind].operands == 1 && r->kind != OP_IDENTITY)
        write_factor(w, operand_slope(w->snapshot, row, t, w->arena), join, JOIN_TIMES);
    return true;
}

static bool ends_at(const Program *p, int slot, int *reader)
{
    Role role = p->slots[slot].slot.role;
    return role == ROLE_STATE || role == ROLE_MEMORY || role == ROLE_ANSWER || readers_of(p, slot, reader) != 1;
}

static Operand part_of_joined(const Writer *w, int row, bool of_b, int t)
{
    const Row *r = &w->program->rows[row];
    int n_a = w->program->slots[r->a].length, n_b = w->program->slots[r->b].length;
    Operand whole = operand_grad(w->snapshot, r->y, t, w->arena);
    return operand_part(whole, of_b ? n_a : 0, of_b ? n_b : n_a, w->arena);
}

// One way that the gradient takes from row to row, up to a state or to where ways part.
static bool write_way(Writer *w, int row, bool of_b, int t)
{
    const Program *p = w->program;
    Join join = JOIN_PLUS;
    for (w->factors = 0;;) {
        int y = p->rows[row].y;
        if (p->rows[row].kind == OP_CONCAT) { // the way ends at the part of what was joined
            write_factor(w, part_of_joined(w, row, of_b, t), &join, JOIN_TIMES);
            return true;
        }
        if (!write_slope(w, row, of_b, t, &join))
            return false;
        int reader = row;
        bool brief_end = w->brief && p->slots[y].slot.role == ROLE_SUM;
        if (brief_end || ends_at(p, y, &reader) || w->factors + 1 >= FACTORS_MOST) {
            write_factor(w, operand_grad(w->snapshot, y, t, w->arena), &join, JOIN_TIMES);
            return true;
        }
        row = reader;
        of_b = p->rows[row].b == y;
    }
}

static bool arrives(const Writer *w, int row, int t)
{
    bool answer = w->program->rows[row].y == w->program->answer;
    return !answer || snapshot_scored(w->snapshot, t);
}

// Every way from a slot at t; those of the next time step begin behind the row that carries it there.
static bool write_backward(Writer *w, int slot, int t)
{
    const Program *p = w->program;
    bool whole = true;
    for (int row = 0; row < p->row_count; row++) {
        const Row *r = &p->rows[row];
        int later = step_after(p, slot, t);
        if (op_types[r->kind].delays && r->a == slot && later >= 1 && later <= p->dims.T &&
            step_delayed(w->snapshot, slot, later) == t)
            whole = write_backward(w, r->y, later) && whole;
        if (op_types[r->kind].delays || !arrives(w, row, t))
            continue;
        whole = (r->a != slot || write_way(w, row, false, t)) && whole;
        whole = (r->b != slot || write_way(w, row, true, t)) && whole;
    }
    return whole;
}

// ---- all states of the layer -----------------------------------------------------------------------------------
static bool is_shown(const Snapshot *snapshot, int slot)
{
    const ProgramSlot *of = &snapshot->program->slots[slot];
    return of->delay != NONE && of->layer == snapshot->layer && of->reverse == snapshot->reverse;
}

static void explain_state(Writer *w, int slot, int t, bool backward, Explanation *out)
{
    Equation *made = w->equation = &out->equation[out->count];
    *made = (Equation){.result = backward ? operand_grad(w->snapshot, slot, t, w->arena)
                                          : operand_value(w->snapshot, slot, t, w->arena)};
    bool whole = true;
    if (backward)
        whole = write_backward(w, slot, t);
    else
        write_forward(w, slot, t);
    if (whole && !made->too_long && made->count > 0)
        out->count++;
}

// The state first, for its gradient is what the bars show; then what else is carried on.
Explanation explain_step(const Snapshot *snapshot, int t, bool backward, bool brief, Arena *arena)
{
    const Program *p = snapshot->program;
    Explanation out = {.title = "this time step", .ink = backward ? INK_BACKWARD : INK_FORWARD};
    Writer writer = {.snapshot = snapshot, .program = p, .arena = arena, .brief = brief};
    if (!snapshot->filled)
        return out;
    for (int pass = 0; pass < 2; pass++)
        for (int slot = 0; slot < p->slot_count && out.count < EQUATIONS_MOST; slot++)
            if (is_shown(snapshot, slot) && (slot == snapshot->state) == ((pass == 0) == backward))
                explain_state(&writer, slot, t, backward, &out);
    return out;
}

Explanation explain_answer(const Snapshot *snapshot, int t, bool backward, Arena *arena)
{
    const Program *p = snapshot->program;
    Explanation out = {.title = "answer", .ink = backward ? INK_BACKWARD : INK_FORWARD};
    Writer writer = {.snapshot = snapshot, .program = p, .arena = arena};
    explain_state(&writer, backward ? snapshot_output(snapshot, p->dims.L - 1) : p->answer, t, backward, &out);
    return out;
}

// What a loss reads gets its gradient from that row alone.
Explanation explain_gradient(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    Explanation out = {.title = p->slots[slot].slot.what, .ink = INK_BACKWARD};
    Writer writer = {.snapshot = snapshot, .program = p, .arena = arena, .brief = true};
    if (!snapshot->filled && !snapshot->probe)
        return out;
    explain_state(&writer, slot, t, true, &out);
    for (int i = 0; i < out.count; i++) // of a state of the time step before, what comes through this one
        out.equation[i].in_part = p->slots[slot].slot.role == ROLE_BEFORE;
    int reader = p->slots[slot].consumer;
    return out.count == 0 && reader != NONE ? explain_row(snapshot, reader, t, true, arena) : out;
}
