// The inner loop of everything that multiplies by a matrix: sums of weighted rows, several at once,
//
//   y[i][j] ← start[j] or y[i][j], + Σ_u Σ_k c[i, u, k] · row[u, k][j]        i < count, j < n, u < rounds, k < m
//
// Each y[i][j] is one chain of additions, u by u and in it k by k, whatever the width of the machine's vectors and
// however many sums are taken at once: vectors lie along j and never split a chain. That is why the bits are the same
// everywhere.
//
//   y = W a       rows of Wᵀ, weighted by a            da = Wᵀ dy   rows of W, weighted by dy
//   dW = dy aᵀ    rows a of each time step and sequence, weighted by dy
//
// The last vector of a row may reach beyond n: what lies there is read, multiplied for nothing and never stored. So
// whatever holds rows ends with PRODUCT_SPARE numbers that belong to nobody.
//
// Compiled once per instruction set: VECTOR_BYTES is the width of its vectors, WIDE how many of them four sums may
// have side by side without running out of registers.
#ifndef NN_PRODUCT_H
#define NN_PRODUCT_H

#include <stddef.h>
#include <string.h>

#include "base/real.h"

typedef struct {
    Real *y;
    size_t count, n, y_stride; // y_stride from y[i] to y[i + 1]
    const Real *start;         // (n) what each y[i] is before the sum, or NULL: what it is already
    const Real *row;
    ptrdiff_t row_step, row_round; // to the next k, to the next u
    const Real *c;
    ptrdiff_t c_output, c_step, c_round; // to the next i, k, u
    size_t m, rounds;
} Product;

typedef Real Vector __attribute__((vector_size(VECTOR_BYTES)));
enum { LANES = VECTOR_BYTES / sizeof(Real) };

// `sums` times `vectors` of y from y[i][j] on, held in registers while the rows go by; of the last vector the first
// `lanes` count. sums and vectors are constants wherever this is called, so that all loops over them are unrolled.
static inline __attribute__((always_inline)) void tile(const Product *r, size_t i, size_t j, size_t lanes,
                                                       const size_t sums, const size_t vectors)
{
    Vector sum[8][8], row;
    const size_t last = (vectors - 1) * LANES, last_bytes = lanes * sizeof(Real);
    Real *y = r->y + i * r->y_stride + j;
    const Real *start = r->start ? r->start + j : y;
    const size_t start_stride = r->start ? 0 : r->y_stride;
    for (size_t s = 0; s < sums; s++) {
        for (size_t v = 0; v + 1 < vectors; v++)
            memcpy(&sum[s][v], start + s * start_stride + v * LANES, sizeof row);
        sum[s][vectors - 1] = (Vector){0};
        memcpy(&sum[s][vectors - 1], start + s * start_stride + last, last_bytes);
    }
    for (size_t u = 0; u < r->rounds; u++) {
        const Real *x = r->row + (ptrdiff_t)u * r->row_round + j;
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
        memcpy(y + s * r->y_stride + last, &sum[s][vectors - 1], last_bytes);
    }
}

// All sums of a band of y, j … j + vectors · LANES: its part of the rows stays in the cache meanwhile.
static inline __attribute__((always_inline)) void band(const Product *r, size_t j, size_t lanes, const size_t sums,
                                                       const size_t vectors)
{
    size_t i = 0;
    for (; i + sums <= r->count; i += sums)
        tile(r, i, j, lanes, sums, vectors);
    for (; i < r->count; i++)
        tile(r, i, j, lanes, 1, vectors);
}

// A single sum has room for eight vectors, and needs them, for each waits for its own addition before.
static void product_of_one(const Product *r)
{
    size_t j = 0;
    for (; j + 8 * LANES <= r->n; j += 8 * LANES)
        tile(r, 0, j, LANES, 1, 8);
    for (; j + 2 * LANES <= r->n; j += 2 * LANES)
        tile(r, 0, j, LANES, 1, 2);
    for (; j + LANES <= r->n; j += LANES)
        tile(r, 0, j, LANES, 1, 1);
    if (j < r->n)
        tile(r, 0, j, r->n - j, 1, 1);
}

static void product(const Product *r)
{
    size_t j = 0;
    if (r->count == 1) {
        product_of_one(r);
        return;
    }
    for (; j + WIDE * LANES <= r->n; j += WIDE * LANES)
        band(r, j, LANES, 4, WIDE);
    for (; j + 2 * LANES <= r->n; j += 2 * LANES)
        band(r, j, LANES, 2 * WIDE, 2);
    for (; j + LANES <= r->n; j += LANES)
        band(r, j, LANES, 8, 1);
    if (j < r->n)
        band(r, j, r->n - j, 4, 1);
}

#endif
