// The gradients of weights: sums of outer products over several time steps, and in each over the sequences,
//
//   dW += Σ_t Σ_b dy aᵀ
//
// Values and gradients of different sequences and time steps lie far apart, each maybe in a page of its own, and are
// read again and again. Where there are many they are put side by side first, once for all products that read them.
//
// Compiled once per instruction set, see product.h.
#ifndef NN_GATHER_H
#define NN_GATHER_H

#include "nn/op.h"
#include "nn/product.h"

// Numbers of one sequence after the other, time step after time step.
typedef struct {
    const Real *at; // (steps, B, n)
    size_t B, n;
    ptrdiff_t apart; // numbers from one time step to the next
} Series;

// Of m sequences, counted over the time steps, from the first on: their first columns, in panels of a width, in each
// of them sequence after sequence. So many panels are filled at a time, the last ones maybe with what belongs to
// nobody.
static inline __attribute__((always_inline)) void pack(const Series *s, size_t first, size_t m, size_t columns,
                                                       const size_t width, const size_t panels, Real *to)
{
    for (size_t j = 0; j < columns; j += panels * width, to += panels * width * m) {
        size_t u = first / s->B, b = first % s->B;
        for (size_t k = 0; k < m; u++, b = 0) {
            const Real *from = s->at + (ptrdiff_t)u * s->apart + b * s->n + j;
            for (; b < s->B && k < m; b++, k++, from += s->n)
                for (size_t panel = 0; panel < panels; panel++)
                    memcpy(to + (panel * m + k) * width, from + panel * width, width * sizeof *to);
        }
    }
}

// dW of a panel's columns += so many dy, in panels of SUMS, times the panel.
static void gather_panel(Real *dw, size_t stride, size_t count, const Real *dy, const Real *panel, size_t m)
{
    Tile t = {
        .row = panel,
        .m = m,
        .rounds = 1,
        .lanes = LANES,
        .y_stride = stride,
        .from_stride = stride,
        .row_step = PANEL,
        .c_output = 1,
        .c_step = SUMS,
    };
    size_t i = 0;
    for (; i + SUMS <= count; i += SUMS) {
        t.from = t.y = dw + i * stride;
        t.c = dy + i * m;
        tile(&t, SUMS, WIDE, false, false);
    }
    for (; i < count; i++) {
        t.from = t.y = dw + i * stride;
        t.c = dy + i / SUMS * SUMS * m + i % SUMS;
        tile(&t, 1, WIDE, false, false);
    }
}

// An operand, and what it is multiplied by.
typedef struct {
    Series a;
    const Weights *weights;
} Gathered;

static size_t whole_panels(size_t n)
{
    return n / PANEL * PANEL;
}

// The whole panels of all operands, over m sequences.
static void gather_panels(const Work *r, const Gathered *on, size_t operands, Steps steps, size_t first, size_t m)
{
    enum { AT_ONCE = 128, LINE = 64 / sizeof(Real) }; // so many fit the second fastest cache
    Real dy[GATHERED_AT_ONCE * AT_ONCE];
    Real *const panels[2] = {steps.room, steps.room + m * whole_panels(on[0].a.n)};
    for (size_t o = 0; o < operands; o++)
        pack(&on[o].a, first, m, whole_panels(on[o].a.n), PANEL, 1, panels[o]);
    for (size_t row = 0; row < r->rows; row++)
        for (size_t i = 0; i < r->n; i += AT_ONCE) {
            const size_t count = at_most(r->n - i, AT_ONCE);
            pack(&(Series){r->dy + row * r->dy_apart + i, r->B, r->n, steps.dy_apart}, first, m, count, SUMS,
                 LINE / SUMS, dy);
            for (size_t o = 0; o < operands; o++) {
                const size_t n = on[o].a.n;
                Real *dw = on[o].weights->dw + (row * r->n + i) * n;
                for (size_t j = 0; j + PANEL <= n; j += PANEL)
                    gather_panel(dw + j, n, count, dy, panels[o] + j * m, m);
            }
        }
}

// From a column on, with all numbers where they are.
static void gather_columns(const Work *r, const Gathered *on, size_t column, Steps steps)
{
    const size_t n = on->a.n;
    for (size_t row = 0; row < r->rows && column < n; row++)
        product(&(Product){
            .y = on->weights->dw + row * r->n * n + column,
            .count = r->n,
            .n = n - column,
            .y_stride = n,
            .row = on->a.at + column,
            .row_step = (ptrdiff_t)n,
            .row_round = steps.apart,
            .row_panel = PANEL,
            .c = r->dy + row * r->dy_apart,
            .c_output = 1,
            .c_step = (ptrdiff_t)r->n,
            .c_round = steps.dy_apart,
            .m = r->B,
            .rounds = steps.count,
        });
}

// dbias += dy
static void gather_bias(const Work *r, Real *dbias, Steps steps)
{
    static const Real one = 1;
    for (size_t row = 0; row < r->rows; row++)
        product(&(Product){
            .y = dbias + row * r->n,
            .count = 1,
            .n = r->n,
            .row = r->dy + row * r->dy_apart,
            .row_step = (ptrdiff_t)r->n,
            .row_round = steps.dy_apart,
            .row_panel = PANEL,
            .c = &one,
            .m = r->B,
            .rounds = steps.count,
        });
}

static void gather(const Work *r, const Gathered *on, size_t operands, Steps steps)
{
    const size_t all = r->B * steps.count;
    const bool in_panels = is_gathered_in_panels(r->n, all);
    for (size_t first = 0; in_panels && first < all; first += GATHERED_AT_ONCE)
        gather_panels(r, on, operands, steps, first, at_most(all - first, GATHERED_AT_ONCE));
    for (size_t o = 0; o < operands; o++) {
        gather_columns(r, &on[o], in_panels ? whole_panels(on[o].a.n) : 0, steps);
        if (on[o].weights->dbias)
            gather_bias(r, on[o].weights->dbias, steps);
    }
}

#endif
