#include "views/explain_maker.h"

// ---- what both directions share -------------------------------------------------------------------------------------
Equation *maker_equation(Maker *m, Operand result)
{
    Equation *made = &m->out->equation[m->out->count++];
    *made = (Equation){.result = result};
    return made;
}

Operand maker_value(Maker *m, int slot, int t)
{
    return operand_value(m->snapshot, slot, t, m->arena);
}

Operand operand_turned(Operand vector, Arena *arena)
{
    vector.formula = arena_print(arena, "%s^\\top", vector.formula);
    vector.columns = vector.rows;
    vector.column_stride = vector.row_stride;
    vector.rows = 1;
    return vector;
}

// ---- what the loss compares -----------------------------------------------------------------------------------------
// The class asked for as a vector with one 1, or the values asked for.
Operand maker_target(Maker *m)
{
    const Snapshot *s = m->snapshot;
    int Y = m->program->dims.Y;
    const char *name = arena_print(m->arena, "y_{%d}", snapshot_t(s, m->t));
    if (m->program->net.loss == LOSS_MSE)
        return operand_own(name, batch_target(s->batch, m->t, s->b), Y, 1);
    Real *one = arena_new(m->arena, Real, Y);
    one[*batch_label(s->batch, m->t, s->b)] = 1;
    return operand_own(name, one, Y, 1);
}

Operand maker_error(Maker *m)
{
    int Y = m->program->dims.Y;
    Operand answer = maker_value(m, m->row->a, m->t), target = maker_target(m);
    Real *error = arena_new(m->arena, Real, Y);
    for (int i = 0; i < Y; i++)
        error[i] = answer.value[i] - target.value[i];
    Operand result = operand_own(arena_print(m->arena, "e_{%d}", snapshot_t(m->snapshot, m->t)), error, Y, 1);
    Equation *equation = maker_equation(m, result);
    equation_add(equation, answer);
    equation_add(equation, operand_joined(target, JOIN_MINUS));
    return result;
}

// ---- one row --------------------------------------------------------------------------------------------------------
Explanation explain_row(const Snapshot *snapshot, int row, int t, bool backward, Arena *arena)
{
    const Program *p = snapshot->program;
    const Row *r = &p->rows[row];
    Explanation out = {.title = p->slots[r->y].slot.what, .ink = backward ? INK_BACKWARD : INK_FORWARD};
    Maker maker = {.snapshot = snapshot, .program = p, .row = r, .index = row, .t = t, .arena = arena, .out = &out};
    Place place = {backward ? PHASE_BACKWARD : PHASE_FORWARD, r->pass, t, row};
    maker.t_a = op_types[r->kind].delays ? step_delayed(snapshot, r->a, t) : t;
    Explain *explain = (backward ? explains_backward : explains_forward)[r->kind];
    if (snapshot->known < program_op(p, place) || !explain)
        return out;
    if (backward)
        maker.sent = explained_sent(snapshot->tape, snapshot->batch, row, t, snapshot->b, arena);
    explain(&maker);
    return out;
}

// While it plays there is no operation: then the state's row of the time step looked at.
Explanation explain_op(const Snapshot *snapshot, Arena *arena)
{
    const Program *p = snapshot->program;
    const Place place = snapshot->place;
    const int last = snapshot_last_scored(snapshot);
    if (place.row != NONE)
        return explain_row(snapshot, place.row, place.t, place.phase == PHASE_BACKWARD, arena);
    if (snapshot->probe || place.phase == PHASE_START)
        return explain_row(snapshot, p->slots[snapshot->state].producer, snapshot->t ? snapshot->t : last, false,
                           arena);
    return place.phase == PHASE_CLIP ? explain_clip(snapshot, explain_tensor(snapshot), arena)
                                     : explain_change(snapshot, explain_tensor(snapshot), arena);
}
