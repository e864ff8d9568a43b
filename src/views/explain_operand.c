#include "views/explain.h"

#include <string.h>

#include "nn/explained.h"
#include "views/equation.h"

// ---- operands ---------------------------------------------------------------------------------------------------
Operand operand_own(const char *formula, const Real *value, int rows, int columns)
{
    return (Operand){.formula = formula,
                     .value = value,
                     .rows = rows,
                     .columns = columns,
                     .row_stride = columns,
                     .column_stride = 1,
                     .ramp = RAMP_SIGNED,
                     .slot = NONE};
}

Operand operand_number(const char *formula, double value, Arena *arena)
{
    Real *kept = arena_new(arena, Real, 1);
    *kept = (Real)value;
    return operand_own(formula, kept, 1, 1);
}

// What both directions give is named by them.
static const char *slot_formula(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    const int producer = p->slots[slot].producer;
    return p->rows[producer].kind == OP_CONCAT ? equation_joined_states(snapshot, producer, t, arena)
                                               : equation_slot(snapshot, slot, t, arena);
}

Operand operand_value(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const ProgramSlot *of = &snapshot->program->slots[slot];
    Operand made =
        operand_own(slot_formula(snapshot, slot, t, arena), snapshot_value(snapshot, slot, t), of->length, 1);
    made.ramp = of->slot.role == ROLE_GATE ? RAMP_UNIT : RAMP_SIGNED;
    made.slot = slot;
    made.t = t;
    return made;
}

// What has no letter of its own stands in brackets.
static const char *gradient_formula(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const char *of = slot_formula(snapshot, slot, t, arena);
    bool letter = !strchr(of, ' ') || *of == '[';
    return arena_print(arena, letter ? "\\backward{\\partial L/\\partial %s}" : "\\backward{\\partial L/\\partial(%s)}",
                       of);
}

Operand operand_grad(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    Operand made = operand_own(gradient_formula(snapshot, slot, t, arena), snapshot_grad(snapshot, slot, t),
                               p->slots[slot].length, 1);
    made.backward = true;
    made.slot = slot;
    made.t = t;
    return made;
}

Operand operand_weights(const Snapshot *snapshot, const Row *row, bool of_b, bool transposed, Arena *arena)
{
    const Program *p = snapshot->program;
    const int tensor = of_b ? row->weight_b : row->weight_a, rows = p->slots[row->y].length,
              columns = p->tensors[tensor].columns;
    const Real *w = explained_weights(snapshot->tape, tensor, of_b ? row->block_b : row->block_a, rows, arena);
    const char *name = equation_weight(snapshot, (int)(row - p->rows), of_b, arena);
    Operand made = operand_own(name, w, rows, columns);
    if (!transposed)
        return made;
    made.formula = arena_print(arena, "%s^\\top", name);
    made.rows = columns;
    made.columns = rows;
    made.row_stride = 1;
    made.column_stride = columns;
    return made;
}

Operand operand_joined(Operand operand, Join join)
{
    operand.join = join;
    return operand;
}

// The part of a joined vector that an operand fills.
Operand operand_part(Operand whole, int from, int rows, Arena *arena)
{
    whole.formula = arena_print(arena, "(%s)_{%d\\ldots %d}", whole.formula, from + 1, from + rows);
    whole.value = whole.value ? whole.value + from : NULL;
    whole.rows = rows;
    return whole;
}

void equation_add(Equation *equation, Operand operand)
{
    equation->too_long = equation->too_long || equation->count == OPERANDS_MOST;
    if (!equation->too_long)
        equation->operand[equation->count++] = operand;
}

// ---- time steps -------------------------------------------------------------------------------------------------
static bool reversed(const Program *p, int slot)
{
    return p->passes[p->rows[p->slots[slot].producer].pass].reverse;
}

int step_before(const Program *program, int slot, int t)
{
    return reversed(program, slot) ? t + 1 : t - 1;
}

int step_after(const Program *program, int slot, int t)
{
    return reversed(program, slot) ? t - 1 : t + 1;
}

int step_delayed(const Snapshot *snapshot, int slot, int t)
{
    const Program *p = snapshot->program;
    const int before = step_before(p, slot, t), edge = reversed(p, slot) ? p->dims.T + 1 : 0;
    return (before > t ? before : t) > snapshot->batch->length[snapshot->b] ? edge : before;
}

// ---- slopes: what a row with one operand multiplies a gradient by -----------------------------------------------
static double slope_at(OpKind kind, double y, double a)
{
    switch (kind) {
    case OP_SIGMOID:
        return y * (1 - y);
    case OP_TANH:
        return 1 - y * y;
    case OP_RELU:
        return a <= 0 ? 0 : 1;
    case OP_ONE_MINUS:
        return -1;
    case OP_ZERO:
    case OP_ONE:
        return 0;
    default:
        return 1;
    }
}

static const char *slope_formula(OpKind kind, const char *y, const char *a, Arena *arena)
{
    bool plain = !strchr(y, ' ');
    switch (kind) {
    case OP_SIGMOID:
        return arena_print(arena, "%s(1 - %s)", y, y);
    case OP_TANH:
        return arena_print(arena, plain ? "(1 - %s^2)" : "(1 - (%s)^2)", y);
    case OP_RELU:
        return arena_print(arena, "[%s > 0]", a);
    case OP_ONE_MINUS:
        return "(-1)";
    case OP_ZERO:
    case OP_ONE:
        return "0";
    default:
        return "1";
    }
}

Operand operand_slope(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    const Row *r = &p->rows[row];
    const Real *y = snapshot_value(snapshot, r->y, t), *a = snapshot_value(snapshot, r->a, t);
    int n = p->slots[r->y].length;
    Real *slope = y && a ? arena_new(arena, Real, n) : NULL;
    for (int i = 0; slope && i < n; i++)
        slope[i] = (Real)slope_at(r->kind, y[i], a[i]);
    Operand made = operand_own(
        slope_formula(r->kind, equation_slot(snapshot, r->y, t, arena), equation_slot(snapshot, r->a, t, arena), arena),
        slope, n, 1);
    made.ramp = r->kind == OP_ONE_MINUS ? RAMP_SIGNED : RAMP_UNIT;
    return made;
}
