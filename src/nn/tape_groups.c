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

static void chain_forward(const Tape *tape, const Group *g, size_t by, size_t numbers)
{
    for (int row = g->first; row < g->first + g->count; row++) {
        put(tape, row, by);
        tape->at[row].n = numbers;
        tape->kernels->row[kind_of(tape, row)].forward(&tape->at[row]);
    }
}

static void chain_backward(const Tape *tape, const Group *g, size_t by, size_t numbers)
{
    for (int row = g->first + g->count - 1; row >= g->first; row--) {
        put(tape, row, by);
        tape->at[row].n = numbers;
        if (tape->kernels->row[kind_of(tape, row)].backward)
            tape->kernels->row[kind_of(tape, row)].backward(&tape->at[row]);
    }
}

static void run_chain(const Tape *tape, const Group *g, size_t by,
                      void (*run)(const Tape *tape, const Group *g, size_t by, size_t numbers))
{
    const size_t all = tape->work[g->first].B * tape->work[g->first].n;
    for (size_t first = 0; first < all; first += STRIP)
        run(tape, g, by + first, all - first < STRIP ? all - first : STRIP);
}

// A row by itself is a copy, for what stands in tape->at is its group's.
void tape_row_forward(const Tape *tape, int row, int t, const Given *given)
{
    const Work work = tape_work(tape, row, t, given);
    tape->kernels->row[kind_of(tape, row)].forward(&work);
}

void tape_row_backward(const Tape *tape, int row, int t, const Given *given)
{
    const Work work = tape_work(tape, row, t, given);
    if (tape->kernels->row[kind_of(tape, row)].backward)
        tape->kernels->row[kind_of(tape, row)].backward(&work);
}

void tape_group_forward(const Tape *tape, const Group *g, int t, const Given *given)
{
    const size_t by = (size_t)(t - 1) * tape->column;
    if (g->kind == GROUP_CHAIN) {
        run_chain(tape, g, by, chain_forward);
        return;
    }
    put(tape, g->first, by);
    tape->at[g->first].given = given;
    tape->kernels->row[kind_of(tape, g->first)].forward(&tape->at[g->first]);
}

void tape_group_backward(const Tape *tape, const Group *g, int t, const Given *given)
{
    const size_t by = (size_t)(t - 1) * tape->column;
    if (g->kind == GROUP_CHAIN) {
        run_chain(tape, g, by, chain_backward);
        return;
    }
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
