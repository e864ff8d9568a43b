#include <math.h>

#include "nn/op.h"
#include "nn/optimizer.h"
#include "views/explain.h"

// One time step of the backward pass by the lengths of what goes through it. A Jacobian ∂s_t/∂s_(t−1) is of all that a
// pass carries from step to step, so what it multiplies is the gradient of all that; and what reads a state at its own
// time step, its loss or the layer above, adds to the gradient without going through the step.
static bool within(const Snapshot *snapshot, int t)
{
    return t >= 1 && t <= snapshot_length(snapshot);
}

// What comes back across the time step into a slot, from all that carry it on; nothing comes from beyond the end.
static bool add_carried(const Snapshot *snapshot, int slot, int later, Real *sum)
{
    const Program *p = snapshot->program;
    for (int i = 0; within(snapshot, later) && i < p->row_count; i++) {
        const Row *row = &p->rows[i];
        if (!op_types[row->kind].delays || row->a != slot)
            continue;
        const Real *grad = snapshot_grad(snapshot, row->y, later);
        if (!grad)
            return false;
        for (int k = 0; k < p->slots[slot].length; k++)
            sum[k] += grad[k];
    }
    return true;
}

// What a pass hands to others at the same time step. The rest of what it carries is read there by its own step alone,
// and that lies within the Jacobian.
static bool is_handed_on(const Program *p, int slot)
{
    const ProgramSlot *of = &p->slots[slot];
    return of->slot.role == ROLE_STATE && (p->net.bidirectional || of->layer == p->dims.L - 1);
}

static bool add_arriving(const Snapshot *snapshot, int slot, int later, Real *sum)
{
    const Real *grad = snapshot_grad(snapshot, slot, later);
    if (!is_handed_on(snapshot->program, slot))
        return add_carried(snapshot, slot, snapshot_after(snapshot, later), sum);
    for (int k = 0; grad && k < snapshot->program->slots[slot].length; k++)
        sum[k] += grad[k];
    return grad != NULL;
}

// ‖·‖ over all slots that the pass carries on.
static bool length_of(const Snapshot *snapshot, int later, bool (*add)(const Snapshot *, int, int, Real *),
                      double *length, Arena *arena)
{
    const Program *p = snapshot->program;
    const int pass = p->rows[p->slots[snapshot->state].producer].pass;
    *length = 0;
    for (int slot = 0; slot < p->slot_count; slot++) {
        const ProgramSlot *of = &p->slots[slot];
        if (of->delay == NONE || p->rows[of->producer].pass != pass)
            continue;
        Real *sum = arena_new(arena, Real, of->length);
        if (!add(snapshot, slot, later, sum))
            return false;
        *length = hypot(*length, vector_norm(sum, (size_t)of->length));
    }
    return true;
}

bool explain_back(const Snapshot *snapshot, int slot, int t, StepBack *out, Arena *arena)
{
    const int later = snapshot_after(snapshot, t), n = snapshot->program->slots[slot].length;
    const Real *grad = snapshot_grad(snapshot, slot, t);
    Real *rest = arena_new(arena, Real, n);
    if (!within(snapshot, later) || !grad || !add_carried(snapshot, slot, later, rest) ||
        !length_of(snapshot, later, add_arriving, &out->arriving, arena) ||
        !length_of(snapshot, later, add_carried, &out->leaving, arena))
        return false;
    for (int k = 0; k < n; k++)
        rest[k] = grad[k] - rest[k];
    out->added = vector_norm(rest, (size_t)n);
    out->added = out->added < REAL_NOTHING * (Real)n ? 0 : out->added; // what underflows is no gift of the loss
    return isfinite(out->arriving) && isfinite(out->leaving) && isfinite(out->added);
}
