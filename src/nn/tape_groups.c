#include "nn/tape_rows.h"

#include <string.h>

// ---- where rows are -----------------------------------------------------------------------------------
Moment tape_moment(const Tape *tape, int pass, int t, const Given *given)
{
    Moment moment = {.t = t, .given = given};
    for (int keeping = 0; keeping < KEEPINGS; keeping++)
        moment.by[keeping] = (ptrdiff_t)layout_step(tape->layout, tape->program, (Keeping)keeping, pass, t) -
                             (ptrdiff_t)layout_step(tape->layout, tape->program, (Keeping)keeping, pass, 1);
    return moment;
}

static Work work_at(const Tape *tape, int row, const Moment *moment)
{
    Work work = tape->work[row];
    work_put(&work, &tape->work[row], &tape->layout->bound[row], moment->by, 0);
    work.given = moment->given;
    return work;
}

Work tape_work(const Tape *tape, int row, int t, const Given *given)
{
    const Moment moment = tape_moment(tape, tape->program->rows[row].pass, t, given);
    Work work = work_at(tape, row, &moment);
    work.da_is_new = work.db_is_new = false;
    return work;
}

static OpKind kind_of(const Tape *tape, int row)
{
    return tape->program->rows[row].kind;
}

static void run_as_one(const Tape *tape, const Group *g, Work *at)
{
    const Work *first = &tape->work[g->first], *last = first + g->count - 1;
    *at = *first;
    at->rows = (size_t)g->count;
    at->y_apart = g->count > 1 ? (size_t)(first[1].y - first[0].y) : 0;
    at->dy_apart = g->count > 1 ? (size_t)(first[1].dy - first[0].dy) : 0;
    at->da_is_new = last->da_is_new; // it runs back first
    at->db_is_new = last->db_is_new;
}

void tape_bind_groups(const Tape *tape, bool afresh)
{
    for (int row = 0; row < tape->program->row_count; row++) {
        tape->work[row].da_is_new = afresh && tape->plan.first[row].a;
        tape->work[row].db_is_new = afresh && tape->plan.first[row].b;
    }
    for (int g = 0; g < tape->plan.start[tape->program->pass_count]; g++)
        run_as_one(tape, &tape->plan.groups[g], &tape->at[g]);
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

static void run_backward(const Tape *tape, int row, Work *work, int t)
{
    const bool is_new = work->da_is_new;
    work->da_is_new = is_new && !carries_to_edge(tape, row, t);
    if (tape->kernels->row[kind_of(tape, row)].backward)
        tape->kernels->row[kind_of(tape, row)].backward(work);
    work->da_is_new = is_new;
}

// ---- a row by itself ------------------------------------------------------------------------------------
void tape_row_forward(const Tape *tape, int row, const Moment *moment)
{
    const Work work = work_at(tape, row, moment);
    run_forward(tape, row, &work);
}

void tape_row_backward(const Tape *tape, int row, const Moment *moment)
{
    Work work = work_at(tape, row, moment);
    run_backward(tape, row, &work, moment->t);
}

// ---- a group --------------------------------------------------------------------------------------------
static Chain chain_of(const Tape *tape, const Group *g, const Moment *moment)
{
    Chain chain = {
        .rows = tape->program->rows + g->first,
        .work = tape->work + g->first,
        .bound = tape->layout->bound + g->first,
        .count = g->count,
        .numbers = tape->work[g->first].B * tape->work[g->first].n,
    };
    memcpy(chain.by, moment->by, sizeof chain.by);
    return chain;
}

// The group's own Work, put where the rows are now.
static Work *put(const Tape *tape, int group, const Moment *moment)
{
    const int row = tape->plan.groups[group].first;
    Work *at = &tape->at[group];
    work_put(at, &tape->work[row], &tape->layout->bound[row], moment->by, 0);
    at->given = moment->given;
    return at;
}

void tape_group_forward(const Tape *tape, int group, const Moment *moment)
{
    const Group *g = &tape->plan.groups[group];
    if (g->kind == GROUP_CHAIN) {
        const Chain chain = chain_of(tape, g, moment);
        tape->kernels->chain_forward(&chain);
    } else
        run_forward(tape, g->first, put(tape, group, moment));
}

void tape_group_backward(const Tape *tape, int group, const Moment *moment)
{
    const Group *g = &tape->plan.groups[group];
    if (g->kind == GROUP_CHAIN) {
        const Chain chain = chain_of(tape, g, moment);
        tape->kernels->chain_backward(&chain);
    } else
        run_backward(tape, g->first, put(tape, group, moment), moment->t);
}

// From one time step of a chunk to the next, in order of their t or against it.
static ptrdiff_t apart(const Tape *tape, Keeping keeping, bool up)
{
    const ptrdiff_t column = (ptrdiff_t)tape->layout->column[keeping];
    return up || keeping == GATHERED ? column : -column;
}

static void gather(const Tape *tape, int row, const Work *work, int count)
{
    const bool up = tape->program->passes[tape->program->rows[row].pass].reverse;
    const Steps steps = {
        .count = (size_t)count,
        .apart = apart(tape, KEPT_VALUE, up),
        .dy_apart = apart(tape, (Keeping)tape->layout->bound[row].dy, up),
        .room = tape->room,
    };
    tape->kernels->row[kind_of(tape, row)].gather(work, steps);
}

void tape_row_gather(const Tape *tape, int row, const Moment *moment)
{
    const Work work = work_at(tape, row, moment);
    if (tape->kernels->row[kind_of(tape, row)].gather)
        gather(tape, row, &work, 1);
}

void tape_group_gather(const Tape *tape, int group, int t, int count)
{
    const Group *g = &tape->plan.groups[group];
    const int pass = tape->program->rows[g->first].pass;
    const bool up = tape->program->passes[pass].reverse;
    if (!tape->kernels->row[kind_of(tape, g->first)].gather)
        return;
    const Moment first = tape_moment(tape, pass, up ? t - count + 1 : t + count - 1, NULL);
    gather(tape, g->first, put(tape, group, &first), count);
}
