// The inner loop of everything that multiplies by a matrix: sums of weighted rows, several at once,
//
//   y[i][j] ← start[j] or y[i][j] or 0, + Σ_u Σ_k c[i, u, k] · row[u, k][j]        i < count, j < n, u < rounds, k < m
//
// Each y[i][j] is one chain of additions, u by u and in it k by k, whatever the width of the machine's vectors and
// however many sums are taken at once: vectors lie along j and never split a chain. That is why the bits are the same
// everywhere.
//
//   y = W a       rows of Wᵀ, weighted by a            da = Wᵀ dy   rows of W, weighted by dy
//   dW = dy aᵀ    rows a of each time step and sequence, weighted by dy
//
// The last vector of a row may reach beyond n: what lies there is read, multiplied for nothing and never stored. So
// whatever holds rows, starts or y ends with PRODUCT_SPARE numbers that belong to nobody.
//
// Compiled once per instruction set: VECTOR_BYTES is the width of its vectors, WIDE how many of them four sums may
// have side by side without running out of registers.
#ifndef NN_PRODUCT_H
#define NN_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/real.h"

typedef struct {
    Real *y;
    size_t count, n, y_stride; // y_stride from y[i] to y[i + 1]
    const Real *start;         // (n) what each y[i] is before the sum, or NULL: what it is already
    bool is_new;               // it is 0 already, whatever stands there
    const Real *row;
    ptrdiff_t row_step, row_round; // to the next k, to the next u
    const Real *c;
    ptrdiff_t c_output, c_step, c_round; // to the next i, k, u
    size_t m, rounds;
} Product;

typedef Real Vector __attribute__((vector_size(VECTOR_BYTES)));
enum { LANES = VECTOR_BYTES / sizeof(Real) };

// What of a vector belongs to a row: its first so many lanes.
static inline __attribute__((always_inline)) void store_lanes(Real *y, const Vector *vector, size_t lanes)
{
    const Real *from = (const Real *)vector;
    if (lanes == LANES) {
        memcpy(y, vector, sizeof *vector);
        return;
    }
    for (size_t part = LANES / 2; part > 0; part /= 2) // of constant sizes: no call
        if (lanes & part) {
            memcpy(y, from, part * sizeof *y);
            y += part;
            from += part;
        }
}

// `sums` times `vectors` of y from y[i][0] on, held in registers while the rows go by; of the last vector the first
// `lanes` count. sums and vectors are constants wherever this is called, so that all loops over them are unrolled.
static inline __attribute__((always_inline)) void tile(const Product *r, size_t i, size_t lanes, const size_t sums,
                                                       const size_t vectors)
{
    Vector sum[8][8], row;
    Real *y = r->y + i * r->y_stride;
    const Real *start = r->start ? r->start : y;
    const size_t start_stride = r->start ? 0 : r->y_stride;
    for (size_t s = 0; s < sums; s++)
        for (size_t v = 0; v < vectors; v++)
            sum[s][v] = (Vector){0};
    for (size_t s = 0; s < sums && !r->is_new; s++)
        for (size_t v = 0; v < vectors; v++)
            memcpy(&sum[s][v], start + s * start_stride + v * LANES, sizeof row);
    for (size_t u = 0; u < r->rounds; u++) {
        const Real *x = r->row + (ptrdiff_t)u * r->row_round;
        const Real *c = r->c + (ptrdiff_t)u * r->c_round + (ptrdiff_t)i * r->c_output;
        for (size_t k = 0; k < r->m; k++, x += r->row_step, c += r->c_step)
            for (size_t v = 0; v < vectors; v++) {
                memcpy(&row, x + v * LANES, sizeof row);
                for (size_t s = 0; s < sums; s++)
                    sum[s][v] += c[(ptrdiff_t)s * r->c_output] * row;
            }
    }
    for (size_t s = 0; s < sums; s++) {
        for (size_t v = 0; v + 1 < vectors; v++)
            memcpy(y + s * r->y_stride + v * LANES, &sum[s][v], sizeof row);
        store_lanes(y + s * r->y_stride + (vectors - 1) * LANES, &sum[s][vectors - 1], lanes);
    }
}

// ---- a part of the rows, as many as the fastest cache holds of a band of y -------------------------------
enum { ROWS_AT_ONCE = 128, SUMS_WORTH_COPYING = 64 };

static inline size_t rounds_at_once(const Product *r)
{
    if (r->m * r->rounds <= ROWS_AT_ONCE)
        return r->rounds;
    return r->m < ROWS_AT_ONCE ? ROWS_AT_ONCE / r->m : 1;
}

// From j on, and from k of u on.
static inline Product part_of(const Product *r, size_t j, size_t u, size_t k, size_t rounds)
{
    Product part = *r;
    part.y += j;
    part.start = u + k > 0 || !r->start ? NULL : r->start + j;
    part.is_new = r->is_new && u + k == 0;
    part.row += (ptrdiff_t)u * r->row_round + (ptrdiff_t)k * r->row_step + (ptrdiff_t)j;
    part.c += (ptrdiff_t)u * r->c_round + (ptrdiff_t)k * r->c_step;
    part.m = r->m - k < ROWS_AT_ONCE ? r->m - k : ROWS_AT_ONCE;
    part.rounds = r->rounds - u < rounds ? r->rounds - u : rounds;
    return part;
}

// Puts a part's rows side by side. Rows a power of two apart compete for the same few places of the cache.
static inline __attribute__((always_inline)) void copy_rows(Product *part, Vector *to, const size_t vectors)
{
    const Real *copied = (const Real *)to;
    for (size_t u = 0; u < part->rounds; u++)
        for (size_t k = 0; k < part->m; k++, to += vectors)
            memcpy(to, part->row + (ptrdiff_t)u * part->row_round + (ptrdiff_t)k * part->row_step,
                   vectors * sizeof *to);
    part->row = copied;
    part->row_step = (ptrdiff_t)(vectors * LANES);
    part->row_round = (ptrdiff_t)(part->m * vectors * LANES);
}

// All sums, the first so many vectors of each.
static inline __attribute__((always_inline)) void tiles(const Product *r, size_t lanes, const size_t sums,
                                                        const size_t vectors)
{
    size_t i = 0;
    for (; i + sums <= r->count; i += sums)
        tile(r, i, lanes, sums, vectors);
    for (; i < r->count; i++)
        tile(r, i, lanes, 1, vectors);
}

// All sums of a band of y, j … j + vectors · LANES, each part of the rows for all of them before the next.
static inline __attribute__((always_inline)) void band(const Product *r, size_t j, size_t lanes, const size_t sums,
                                                       const size_t vectors)
{
    Vector copy[ROWS_AT_ONCE * WIDE];
    const size_t rounds = rounds_at_once(r);
    for (size_t u = 0; u < r->rounds; u += rounds)
        for (size_t k = 0; k < r->m; k += ROWS_AT_ONCE) {
            Product part = part_of(r, j, u, k, rounds);
            if (part.count >= SUMS_WORTH_COPYING)
                copy_rows(&part, copy, vectors);
            tiles(&part, lanes, sums, vectors);
        }
}

// To the rest of the sums, from `by` on.
static inline void shift(Product *r, size_t by)
{
    r->y += by;
    r->row += by;
    r->start = r->start ? r->start + by : NULL;
}

// A single sum. Each addition waits for the one before, so several vectors are taken side by side, and the fast build
// cuts the chain of each round into several, added up at its end: its bits do not depend on what is run as one either.
enum { CHAINS = sizeof(Real) < sizeof(double) ? 4 : 1, SIDE_BY_SIDE = CHAINS > 1 ? WIDE : 8 };

// The sums of a round's row k = 0, 1 …, each added to the chain whose turn it is.
static inline __attribute__((always_inline)) void add_round(const Product *r, size_t u, Vector sum[CHAINS][8],
                                                            const size_t vectors)
{
    Vector row;
    const Real *x = r->row + (ptrdiff_t)u * r->row_round, *c = r->c + (ptrdiff_t)u * r->c_round;
    size_t k = 0;
    for (; k + CHAINS <= r->m; k += CHAINS)
        for (size_t s = 0; s < CHAINS; s++, x += r->row_step, c += r->c_step)
            for (size_t v = 0; v < vectors; v++) {
                memcpy(&row, x + v * LANES, sizeof row);
                sum[s][v] += *c * row;
            }
    for (; k < r->m; k++, x += r->row_step, c += r->c_step)
        for (size_t v = 0; v < vectors; v++) {
            memcpy(&row, x + v * LANES, sizeof row);
            sum[0][v] += *c * row;
        }
}

static inline __attribute__((always_inline)) void tile_of_one(const Product *r, size_t lanes, const size_t vectors)
{
    Vector sum[CHAINS][8];
    const Real *start = r->start ? r->start : r->y;
    for (size_t v = 0; v < vectors; v++) {
        sum[0][v] = (Vector){0};
        if (!r->is_new)
            memcpy(&sum[0][v], start + v * LANES, sizeof sum[0][v]);
    }
    for (size_t u = 0; u < r->rounds; u++) {
        for (size_t s = 1; s < CHAINS; s++)
            for (size_t v = 0; v < vectors; v++)
                sum[s][v] = (Vector){0};
        add_round(r, u, sum, vectors);
        for (size_t s = 1; s < CHAINS; s++)
            for (size_t v = 0; v < vectors; v++)
                sum[0][v] += sum[s][v];
    }
    for (size_t v = 0; v < vectors; v++)
        store_lanes(r->y + v * LANES, &sum[0][v], v + 1 < vectors ? LANES : lanes);
}

static void product_of_one(const Product *r)
{
    Product rest = *r;
    size_t left = r->n;
    for (; left >= SIDE_BY_SIDE * LANES; left -= SIDE_BY_SIDE * LANES, shift(&rest, SIDE_BY_SIDE * LANES))
        tile_of_one(&rest, LANES, SIDE_BY_SIDE);
    for (; left >= 4 * LANES; left -= 4 * LANES, shift(&rest, 4 * LANES))
        tile_of_one(&rest, LANES, 4);
    for (; left >= 2 * LANES; left -= 2 * LANES, shift(&rest, 2 * LANES))
        tile_of_one(&rest, LANES, 2);
    for (; left >= LANES; left -= LANES, shift(&rest, LANES))
        tile_of_one(&rest, LANES, 1);
    if (left > 0)
        tile_of_one(&rest, left, 1);
}

static void product_of_many(const Product *r)
{
    size_t j = 0;
    for (; j + WIDE * LANES <= r->n; j += WIDE * LANES)
        band(r, j, LANES, 4, WIDE);
    for (; j + 2 * LANES <= r->n; j += 2 * LANES)
        band(r, j, LANES, 2 * WIDE, 2);
    for (; j + LANES <= r->n; j += LANES)
        band(r, j, LANES, 8, 1);
    if (j < r->n)
        band(r, j, r->n - j, 8, 1);
}

static Product in_one_round(const Product *r)
{
    Product once = *r;
    once.m = r->rounds;
    once.row_step = r->row_round;
    once.c_step = r->c_round;
    once.rounds = 1;
    return once;
}

static void product(const Product *r)
{
    if (r->count == 1) {
        product_of_one(r);
        return;
    }
    const Product many = r->m == 1 ? in_one_round(r) : *r; // many rounds of one row are one round of many
    product_of_many(&many);
}

#endif
