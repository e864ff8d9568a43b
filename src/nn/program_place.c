#include "nn/program.h"

#include <assert.h>

// Operations are counted pass by pass, time step by time step, row by row. The backward half is the forward half
// mirrored: operation n and operation 2·pass_ops + 1 − n are the two directions of the same row.
static long mirrored(const Program *p, long n)
{
    return 2 * p->pass_ops + 1 - n;
}

// t's place in the order of the pass, from 0; and back.
static int turned(const Program *p, const Pass *pass, int t)
{
    return pass->reverse ? p->dims.T - t : t - 1;
}

static int time_step(const Program *p, const Pass *pass, int turn)
{
    return pass->reverse ? p->dims.T - turn : turn + 1;
}

static long forward_op(const Program *p, int row, int t)
{
    const Pass *pass = &p->passes[p->rows[row].pass];
    const long before = (long)p->dims.T * pass->first_row; // all rows of the passes before, at every t
    return before + (long)turned(p, pass, t) * pass->row_count + (row - pass->first_row) + 1;
}

static Place forward_place(const Program *p, long n)
{
    const Pass *pass = p->passes;
    while (n > (long)p->dims.T * (pass->first_row + pass->row_count))
        pass++;
    const long within = n - 1 - (long)p->dims.T * pass->first_row;
    return (Place){
        .phase = PHASE_FORWARD,
        .pass = (int)(pass - p->passes),
        .t = time_step(p, pass, (int)(within / pass->row_count)),
        .row = pass->first_row + (int)(within % pass->row_count),
    };
}

Place program_place(const Program *program, long n)
{
    assert(n >= 0 && n <= program->op_count);
    if (n == 0)
        return (Place){.phase = PHASE_START, .row = NONE};
    if (n > 2 * program->pass_ops)
        return (Place){.phase = n == program->op_count ? PHASE_CHANGE : PHASE_CLIP, .row = NONE};
    if (n <= program->pass_ops)
        return forward_place(program, n);
    Place place = forward_place(program, mirrored(program, n));
    place.phase = PHASE_BACKWARD;
    return place;
}

long program_op(const Program *program, Place place)
{
    switch (place.phase) {
    case PHASE_START:
        return 0;
    case PHASE_FORWARD:
        return forward_op(program, place.row, place.t);
    case PHASE_BACKWARD:
        return mirrored(program, forward_op(program, place.row, place.t));
    case PHASE_CLIP:
        return program->op_count - 1;
    default:
        return program->op_count;
    }
}

// ---- what is known when -----------------------------------------------------------
static bool is_edge(const Program *p, int t)
{
    return t < 1 || t > p->dims.T;
}

long program_value_known(const Program *program, int slot, int t)
{
    return is_edge(program, t) ? 0 : forward_op(program, program->slots[slot].producer, t);
}

// Backward is the mirror of forward, so the last consumer to run backward is the first that ran forward.
static long first_consumed(const Program *p, const ProgramSlot *slot, int t)
{
    long first = p->pass_ops + 1; // by nothing: known with the mirror of this, when forward is done
    if (slot->consumer != NONE && !is_edge(p, t))
        first = forward_op(p, slot->consumer, t);
    if (slot->delay == NONE)
        return first;
    const int later = p->passes[p->rows[slot->delay].pass].reverse ? t - 1 : t + 1;
    if (is_edge(p, later))
        return first;
    const long carried = forward_op(p, slot->delay, later);
    return carried < first ? carried : first;
}

long program_grad_known(const Program *program, int slot, int t)
{
    return mirrored(program, first_consumed(program, &program->slots[slot], t));
}

// ---- time steps ---------------------------------------------------------------------
// Operations that belong to one time step of one pass in one direction have these limits: (before, last].
static void step_limits(const Program *p, long n, long *before, long *last)
{
    const Place place = program_place(p, n);
    *before = n - 1;
    *last = n;
    if (place.row == NONE)
        return;
    const Pass *pass = &p->passes[place.pass];
    Place first = place, end = place;
    first.row = place.phase == PHASE_FORWARD ? pass->first_row : pass->first_row + pass->row_count - 1;
    end.row = place.phase == PHASE_FORWARD ? pass->first_row + pass->row_count - 1 : pass->first_row;
    *before = program_op(p, first) - 1;
    *last = program_op(p, end);
}

long program_step_after(const Program *program, long n)
{
    long before, last = n;
    if (n < program->op_count)
        step_limits(program, n + 1, &before, &last);
    return last;
}

long program_step_before(const Program *program, long n)
{
    long before = 0, last;
    if (n > 0)
        step_limits(program, n, &before, &last);
    return before;
}
