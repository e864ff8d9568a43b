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

static Work strip_at(const Tape *tape, int row, size_t first, size_t by, size_t all)
{
    Work strip = moved(&tape->work[row], by + first);
    strip.B = 1;
    strip.n = all - first < STRIP ? all - first : STRIP;
    return strip;
}

static void chain_forward(const Tape *tape, const Group *g, int t)
{
    const size_t all = tape->work[g->first].B * tape->work[g->first].n, by = (size_t)(t - 1) * tape->column;
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first; row < g->first + g->count; row++) {
            const Work strip = strip_at(tape, row, first, by, all);
            tape->kernels->row[kind_of(tape, row)].forward(&strip);
        }
}

static void chain_backward(const Tape *tape, const Group *g, int t)
{
    const size_t all = tape->work[g->first].B * tape->work[g->first].n, by = (size_t)(t - 1) * tape->column;
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first + g->count - 1; row >= g->first; row--) {
            const Work strip = strip_at(tape, row, first, by, all);
            if (tape->kernels->row[kind_of(tape, row)].backward)
                tape->kernels->row[kind_of(tape, row)].backward(&strip);
        }
}

void tape_group_forward(const Tape *tape, const Group *g, int t, const Given *given)
{
    if (g->kind == GROUP_CHAIN) {
        chain_forward(tape, g, t);
        return;
    }
    Work work = tape_work(tape, g->first, t, given);
    work.rows = (size_t)g->count;
    tape->kernels->row[kind_of(tape, g->first)].forward(&work);
}

void tape_group_backward(const Tape *tape, const Group *g, int t, const Given *given)
{
    if (g->kind == GROUP_CHAIN) {
        chain_backward(tape, g, t);
        return;
    }
    Work work = tape_work(tape, g->first, t, given);
    work.rows = (size_t)g->count;
    if (tape->kernels->row[kind_of(tape, g->first)].backward)
        tape->kernels->row[kind_of(tape, g->first)].backward(&work);
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
