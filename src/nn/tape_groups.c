#include "nn/tape_rows.h"

static Work moved(const Work *work, size_t by)
{
    Work at = *work;
    at.y += by, at.a += by, at.b += by;
    at.dy += by, at.da += by, at.db += by;
    return at;
}

Work tape_work(const Tape *tape, int row, int t, const Given *given)
{
    Work work = moved(&tape->work[row], (size_t)(t - 1) * tape->column);
    work.given = given;
    return work;
}

// ---- rows and groups of them -------------------------------------------------------------------------
// Numbers that a chain takes at once: all slots of a cell, values and gradients, fit the fastest cache.
enum { STRIP = 256 };

static OpKind kind_of(const Tape *tape, int row)
{
    return tape->program->rows[row].kind;
}

// Puts a row where it is at another place of the tape, `by` numbers from that of t = 1. Only the pointers are written:
// a copy of all of it would cost more than many a row.
static void put(const Tape *tape, int row, size_t by)
{
    const Work *first = &tape->work[row];
    Work *at = &tape->at[row];
    at->y = first->y + by, at->a = first->a + by, at->b = first->b + by;
    at->dy = first->dy + by, at->da = first->da + by, at->db = first->db + by;
}

// As the group runs its rows: elementwise ones take all sequences for one.
void tape_bind_group(const Tape *tape, const Group *g)
{
    for (int row = g->first; row < g->first + g->count; row++) {
        Work *at = &tape->at[row];
        *at = tape->work[row];
        at->rows = g->kind == GROUP_PRODUCT ? (size_t)g->count : 1;
        at->n = g->kind == GROUP_CHAIN ? at->B * at->n : at->n;
        at->B = g->kind == GROUP_CHAIN ? 1 : at->B;
    }
}

// Whether gradients are written where the row is the first to add to them. What a row carries beyond the end of its
// pass belongs to an edge, which is never new.
static void set_new(const Tape *tape, int row, int t, bool afresh, Work *work)
{
    const Row *r = &tape->program->rows[row];
    const int end = tape->program->passes[r->pass].reverse ? tape->program->dims.T : 1;
    work->da_is_new = afresh && tape->plan.first[row].a && !(op_types[r->kind].delays && t == end);
    work->db_is_new = afresh && tape->plan.first[row].b;
}

// ---- a row by itself: a copy, for what stands in tape->at is its group's ---------------------------------
void tape_row_forward(const Tape *tape, int row, int t, const Given *given)
{
    const Work work = tape_work(tape, row, t, given);
    tape->kernels->row[kind_of(tape, row)].forward(&work);
}

void tape_row_backward(const Tape *tape, int row, int t, const Given *given)
{
    Work work = tape_work(tape, row, t, given);
    set_new(tape, row, t, true, &work);
    if (tape->kernels->row[kind_of(tape, row)].backward)
        tape->kernels->row[kind_of(tape, row)].backward(&work);
}

// ---- a group ------------------------------------------------------------------------------------------
static size_t chain_numbers(const Tape *tape, const Group *g)
{
    return tape->work[g->first].B * tape->work[g->first].n;
}

static void chain_forward(const Tape *tape, const Group *g, size_t by)
{
    const size_t all = chain_numbers(tape, g);
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first; row < g->first + g->count; row++) {
            put(tape, row, by + first);
            tape->at[row].n = all - first < STRIP ? all - first : STRIP;
            tape->kernels->row[kind_of(tape, row)].forward(&tape->at[row]);
        }
}

static void chain_backward(const Tape *tape, const Group *g, size_t by)
{
    const size_t all = chain_numbers(tape, g);
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first + g->count - 1; row >= g->first; row--) {
            put(tape, row, by + first);
            tape->at[row].n = all - first < STRIP ? all - first : STRIP;
            if (tape->kernels->row[kind_of(tape, row)].backward)
                tape->kernels->row[kind_of(tape, row)].backward(&tape->at[row]);
        }
}

void tape_group_forward(const Tape *tape, const Group *g, int t, const Given *given)
{
    const size_t by = (size_t)(t - 1) * tape->column;
    if (g->kind == GROUP_CHAIN) {
        chain_forward(tape, g, by);
        return;
    }
    put(tape, g->first, by);
    tape->at[g->first].given = given;
    tape->kernels->row[kind_of(tape, g->first)].forward(&tape->at[g->first]);
}

void tape_group_backward(const Tape *tape, const Group *g, int t, const Given *given, bool afresh)
{
    const size_t by = (size_t)(t - 1) * tape->column;
    for (int row = g->first; row < g->first + g->count; row++)
        set_new(tape, row, t, afresh, &tape->at[row]);
    if (g->kind == GROUP_CHAIN) {
        chain_backward(tape, g, by);
        return;
    }
    set_new(tape, g->first + g->count - 1, t, afresh, &tape->at[g->first]); // of the one that would run back first
    put(tape, g->first, by);
    tape->at[g->first].given = given;
    if (tape->kernels->row[kind_of(tape, g->first)].backward)
        tape->kernels->row[kind_of(tape, g->first)].backward(&tape->at[g->first]);
}

void tape_group_gather(const Tape *tape, const Group *g, int t, int count)
{
    const bool up = tape->program->passes[tape->program->rows[g->first].pass].reverse;
    if (!tape->kernels->row[kind_of(tape, g->first)].gather)
        return;
    Work work = tape_work(tape, g->first, up ? t - count + 1 : t + count - 1, NULL);
    work.rows = (size_t)g->count;
    const ptrdiff_t column = (ptrdiff_t)tape->column;
    tape->kernels->row[kind_of(tape, g->first)].gather(&work, (Steps){(size_t)count, up ? column : -column});
}
