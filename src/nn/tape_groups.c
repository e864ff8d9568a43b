#include "nn/tape_rows.h"

// ---- where rows are -----------------------------------------------------------------------------------
Moment tape_moment(const Tape *tape, int pass, int t, const Given *given)
{
    Moment moment = {.t = t, .given = given};
    for (int keeping = 0; keeping < KEEPINGS; keeping++)
        moment.by[keeping] = (ptrdiff_t)layout_step(&tape->layout, tape->program, (Keeping)keeping, pass, t) -
                             (ptrdiff_t)layout_step(&tape->layout, tape->program, (Keeping)keeping, pass, 1);
    return moment;
}

// Only the pointers are written: a copy of all of it would cost more than many a row.
static void put(const Tape *tape, int row, const ptrdiff_t by[KEEPINGS], Work *at)
{
    const Work *first = &tape->work[row];
    const Bound *bound = &tape->bound[row];
    at->y = first->y + by[bound->y];
    at->a = first->a + by[bound->a];
    at->b = first->b + by[bound->b];
    at->dy = first->dy + by[bound->dy];
    at->da = first->da + by[bound->da];
    at->db = first->db + by[bound->db];
}

static Work work_at(const Tape *tape, int row, const Moment *moment)
{
    Work work = tape->work[row];
    put(tape, row, moment->by, &work);
    work.given = moment->given;
    return work;
}

Work tape_work(const Tape *tape, int row, int t, const Given *given)
{
    const Moment moment = tape_moment(tape, tape->program->rows[row].pass, t, given);
    return work_at(tape, row, &moment);
}

static OpKind kind_of(const Tape *tape, int row)
{
    return tape->program->rows[row].kind;
}

static void run_as_one(const Tape *tape, const Group *g, Work *at)
{
    const Work *first = &tape->work[g->first];
    at->rows = (size_t)g->count;
    at->y_apart = g->count > 1 ? (size_t)(first[1].y - first[0].y) : 0;
    at->dy_apart = g->count > 1 ? (size_t)(first[1].dy - first[0].dy) : 0;
}

// As the group runs its rows: elementwise ones take all sequences for one.
void tape_bind_group(const Tape *tape, const Group *g)
{
    for (int row = g->first; row < g->first + g->count; row++) {
        Work *at = &tape->at[row];
        *at = tape->work[row];
        if (g->kind == GROUP_PRODUCT)
            run_as_one(tape, g, at);
        at->n = g->kind == GROUP_CHAIN ? at->B * at->n : at->n;
        at->B = g->kind == GROUP_CHAIN ? 1 : at->B;
    }
}

void tape_write_afresh(const Tape *tape, bool afresh)
{
    for (int g = 0; g < tape->plan.start[tape->program->pass_count]; g++) {
        const Group *group = &tape->plan.groups[g];
        for (int i = 0; i < group->count; i++) {
            const int row = group->first + (group->kind == GROUP_PRODUCT ? group->count - 1 : i); // back, it comes first
            tape->at[group->first + i].da_is_new = afresh && tape->plan.first[row].a;
            tape->at[group->first + i].db_is_new = afresh && tape->plan.first[row].b;
        }
    }
}

// What a row carries beyond the end of its pass belongs to an edge, to which padding may have added before.
static bool carries_to_edge(const Tape *tape, int row, int t)
{
    const Row *r = &tape->program->rows[row];
    return op_types[r->kind].delays && t == (tape->program->passes[r->pass].reverse ? tape->program->dims.T : 1);
}

static void run_forward(const Tape *tape, int row, const Work *work)
{
    tape->kernels->row[kind_of(tape, row)].forward(work);
}

static void run_backward(const Tape *tape, int row, const Work *work)
{
    if (tape->kernels->row[kind_of(tape, row)].backward)
        tape->kernels->row[kind_of(tape, row)].backward(work);
}

// ---- a row by itself: a copy, for what stands in tape->at is its group's ---------------------------------
void tape_row_forward(const Tape *tape, int row, const Moment *moment)
{
    const Work work = work_at(tape, row, moment);
    run_forward(tape, row, &work);
}

void tape_row_backward(const Tape *tape, int row, const Moment *moment)
{
    Work work = work_at(tape, row, moment);
    work.da_is_new = tape->plan.first[row].a && !carries_to_edge(tape, row, moment->t);
    work.db_is_new = tape->plan.first[row].b;
    run_backward(tape, row, &work);
}

// ---- a chain --------------------------------------------------------------------------------------------
// Numbers that are taken at once: all slots of a cell, values and gradients, fit the fastest cache.
enum { STRIP = 256 };

static size_t chain_numbers(const Tape *tape, const Group *g)
{
    return tape->work[g->first].B * tape->work[g->first].n;
}

static void put_strip(const Tape *tape, int row, const Moment *moment, size_t left)
{
    put(tape, row, moment->by, &tape->at[row]);
    tape->at[row].n = left < STRIP ? left : STRIP;
}

static void move_on(Moment *moment)
{
    for (int keeping = 0; keeping < KEEPINGS; keeping++)
        moment->by[keeping] += STRIP;
}

static void chain_forward(const Tape *tape, const Group *g, Moment moment)
{
    const size_t all = chain_numbers(tape, g);
    for (size_t done = 0; done < all; done += STRIP, move_on(&moment))
        for (int row = g->first; row < g->first + g->count; row++) {
            put_strip(tape, row, &moment, all - done);
            run_forward(tape, row, &tape->at[row]);
        }
}

static void chain_backward(const Tape *tape, const Group *g, Moment moment)
{
    const size_t all = chain_numbers(tape, g);
    for (size_t done = 0; done < all; done += STRIP, move_on(&moment))
        for (int row = g->first + g->count - 1; row >= g->first; row--) {
            put_strip(tape, row, &moment, all - done);
            run_backward(tape, row, &tape->at[row]);
        }
}

// ---- any group --------------------------------------------------------------------------------------------
void tape_group_forward(const Tape *tape, const Group *g, const Moment *moment)
{
    Work *at = &tape->at[g->first];
    if (g->kind == GROUP_CHAIN) {
        chain_forward(tape, g, *moment);
        return;
    }
    put(tape, g->first, moment->by, at);
    at->given = moment->given;
    run_forward(tape, g->first, at);
}

void tape_group_backward(const Tape *tape, const Group *g, const Moment *moment)
{
    Work *at = &tape->at[g->first];
    const bool is_new = at->da_is_new;
    if (g->kind == GROUP_CHAIN) {
        chain_backward(tape, g, *moment);
        return;
    }
    put(tape, g->first, moment->by, at);
    at->given = moment->given;
    at->da_is_new = is_new && !carries_to_edge(tape, g->first, moment->t);
    run_backward(tape, g->first, at);
    at->da_is_new = is_new;
}

// From one time step of a chunk to the next, in order of their t or against it.
static ptrdiff_t apart(const Tape *tape, Keeping keeping, bool up)
{
    const ptrdiff_t column = (ptrdiff_t)tape->layout.column[keeping];
    return up || keeping == GATHERED ? column : -column;
}

void tape_group_gather(const Tape *tape, const Group *g, int t, int count)
{
    const bool up = tape->program->passes[tape->program->rows[g->first].pass].reverse;
    if (!tape->kernels->row[kind_of(tape, g->first)].gather)
        return;
    Work work = tape_work(tape, g->first, up ? t - count + 1 : t + count - 1, NULL);
    run_as_one(tape, g, &work);
    const Steps steps = {
        .count = (size_t)count,
        .apart = apart(tape, KEPT_VALUE, up),
        .dy_apart = apart(tape, (Keeping)tape->bound[g->first].dy, up),
    };
    tape->kernels->row[kind_of(tape, g->first)].gather(&work, steps);
}
