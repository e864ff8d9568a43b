// The inner loop of products: a tile of sums, held in registers while rows go by. Compiled once per instruction set,
// see product.h.
#ifndef NN_PRODUCT_TILE_H
#define NN_PRODUCT_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/real.h"

typedef Real Vector __attribute__((vector_size(VECTOR_BYTES)));
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
    const Real *from; // what the sums are before, each `from_stride` from the one before; NULL: 0
    const Real *row, *c;
    size_t m, rounds, lanes; // of the last vector the first so many count
    size_t y_stride, from_stride;
    ptrdiff_t row_step, row_round, c_output, c_step, c_round;
} Tile;

// sums, vectors and is_part are constants wherever this is called, so that all loops over them are unrolled.
#define EACH_OF(i, count) _Pragma("GCC unroll 8") for (size_t i = 0; i < (count); i++)

static inline __attribute__((always_inline)) void tile(const Tile *t, const size_t sums, const size_t vectors,
                                                       const bool is_part)
{
    Vector sum[8][8], row[8];
    EACH_OF (s, sums)
        EACH_OF (v, vectors) {
            sum[s][v] = (Vector){0};
            if (t->from)
                memcpy(&sum[s][v], t->from + s * t->from_stride + v * LANES, sizeof row[v]);
        }
    const ptrdiff_t row_step = t->row_step, c_output = t->c_output, c_step = t->c_step;
    for (size_t u = 0; u < t->rounds; u++) {
        const Real *x = t->row + (ptrdiff_t)u * t->row_round, *c = t->c + (ptrdiff_t)u * t->c_round;
        size_t k = t->m;
        do {
            EACH_OF (v, vectors)
                memcpy(&row[v], x + v * LANES, sizeof row[v]);
            EACH_OF (s, sums)
                EACH_OF (v, vectors)
                    sum[s][v] += c[(ptrdiff_t)s * c_output] * row[v];
            x += row_step;
            c += c_step;
        } while (--k > 0);
    }
    EACH_OF (s, sums)
        EACH_OF (v, vectors)
            if (is_part)
                store_lanes(t->y + s * t->y_stride + v * LANES, &sum[s][v], t->lanes);
            else
                memcpy(t->y + s * t->y_stride + v * LANES, &sum[s][v], sizeof sum[s][v]);
}

// Functions of their own: within a larger one the compiler runs out of registers.
#define TILE(name, sums, vectors, is_part)                                                                             \
    static __attribute__((noinline)) void name(const Tile *t)                                                          \
    {                                                                                                                  \
        tile(t, sums, vectors, is_part);                                                                               \
    }

enum { SUMS = 4 }; // of a tile of full width
TILE(tile_full, SUMS, WIDE, false)
TILE(tile_full_one, 1, WIDE, false)
TILE(tile_two, 2 * WIDE, 2, false)
TILE(tile_two_one, 1, 2, false)
TILE(tile_narrow, 8, 1, false)
TILE(tile_part, 8, 1, true)
TILE(tile_narrow_one, 1, 1, false)
TILE(tile_part_one, 1, 1, true)

#endif
