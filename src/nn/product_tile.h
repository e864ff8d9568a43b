// The inner loop of products: a tile of sums, held in registers while rows go by. Compiled once per instruction set,
// see product.h.
#ifndef NN_PRODUCT_TILE_H
#define NN_PRODUCT_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/real.h"

typedef Real Vector __attribute__((vector_size(VECTOR_BYTES)));
typedef Real Anywhere __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(Real)), may_alias)); // one in memory
enum { LANES = VECTOR_BYTES / sizeof(Real), PANEL = WIDE * LANES };

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

// Some sums, a few vectors of each: held in registers while the rows go by.
typedef struct {
    Real *y;
    const Real *from; // what the sums are before, each `from_stride` from the one before
    const Real *row, *c;
    size_t m, rounds, lanes; // of the last vector the first so many count
    size_t y_stride, from_stride;
    ptrdiff_t row_step, row_round, c_output, c_step, c_round;
    ptrdiff_t ahead; // numbers from a row to one that is read soon
} Tile;

static inline __attribute__((always_inline)) void fetch_panel(const Real *x)
{
    for (size_t line = 0; line < PANEL * sizeof *x; line += 64)
        __builtin_prefetch((const char *)x + line);
}

// sums, vectors, is_part and fetches are constants wherever this is called, so that all loops over them are unrolled.
static inline __attribute__((always_inline)) void tile(const Tile *t, const size_t sums, const size_t vectors,
                                                       const bool is_part, const bool fetches)
{
    Vector sum[8][8], row[8];
    for (size_t s = 0; s < sums; s++)
        for (size_t v = 0; v < vectors; v++)
            sum[s][v] = *(const Anywhere *)(t->from + s * t->from_stride + v * LANES);
    const ptrdiff_t row_step = t->row_step, c_output = t->c_output, c_step = t->c_step, ahead = t->ahead;
    for (size_t u = 0; u < t->rounds; u++) {
        const Real *x = t->row + (ptrdiff_t)u * t->row_round, *c = t->c + (ptrdiff_t)u * t->c_round;
        size_t k = t->m;
        do {
            if (fetches)
                fetch_panel(x + ahead);
            for (size_t v = 0; v < vectors; v++)
                row[v] = *(const Anywhere *)(x + v * LANES);
            for (size_t s = 0; s < sums; s++)
                for (size_t v = 0; v < vectors; v++)
                    sum[s][v] += c[(ptrdiff_t)s * c_output] * row[v];
            x += row_step;
            c += c_step;
        } while (--k > 0);
    }
    for (size_t s = 0; s < sums; s++)
        for (size_t v = 0; v < vectors; v++)
            if (is_part)
                store_lanes(t->y + s * t->y_stride + v * LANES, &sum[s][v], t->lanes);
            else
                *(Anywhere *)(t->y + s * t->y_stride + v * LANES) = sum[s][v];
}

#endif
