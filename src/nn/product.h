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

#include "nn/product_tile.h"

typedef struct {
    Real *y;
    size_t count, n, y_stride; // y_stride from y[i] to y[i + 1]
    const Real *start;         // (n) what each y[i] is before the sum, or NULL: what it is already
    bool is_new;               // it is 0 already, whatever stands there
    const Real *row;
    ptrdiff_t row_step, row_round; // to the next k, to the next u
    ptrdiff_t row_panel;           // to the next PANEL numbers of a row: PANEL where it lies in one piece
    const Real *c;
    ptrdiff_t c_output, c_step, c_round; // to the next i, k, u
    size_t m, rounds;
} Product;

// Where the number j of a row is.
static inline const Real *in_row(const Real *row, size_t j, ptrdiff_t panel)
{
    return row + (ptrdiff_t)(j / PANEL) * panel + (ptrdiff_t)(j % PANEL);
}

// ---- a part of the sums and of the rows ------------------------------------------------------------------
// A band of so many rows fits the fastest cache, so many sums' weights the next.
enum { ROWS_AT_ONCE = VECTOR_BYTES * WIDE > 128 ? 128 : 256, SUMS_AT_ONCE = 128 };

// A band of rows is read once for each tile: where there are many tiles it is put side by side first, for rows a power
// of two apart compete for the same few places of the cache, and each may be a page of its own.
static bool rows_are_worth_copying(const Product *r)
{
    enum { MANY = 64, SOME = 32, LARGE = 256 * 1024 };
    return r->row_panel == PANEL &&
           (r->count >= MANY || (r->count >= SOME && r->m * r->rounds * r->n * sizeof(Real) >= LARGE));
}

static inline __attribute__((always_inline)) void copy_rows(const Product *r, size_t j, Vector *to,
                                                            const size_t vectors)
{
    const Real *row = in_row(r->row, j, r->row_panel);
    for (size_t u = 0; u < r->rounds; u++)
        for (size_t k = 0; k < r->m; k++, to += vectors)
            memcpy(to, row + (ptrdiff_t)u * r->row_round + (ptrdiff_t)k * r->row_step, vectors * sizeof *to);
}

enum { SUMS = 4 }; // of a tile of full width

// Likewise the weights where they lie across the rows, which is read once for each band.
static bool weights_are_worth_copying(const Product *r)
{
    enum { BANDS = 8, LARGE = 8 * 1024 };
    return r->c_step != 1 && r->n >= BANDS * PANEL && r->m * r->rounds * r->count * sizeof(Real) >= LARGE;
}

// Tile by tile, in it row by row.
static void copy_weights(const Product *r, Real *to)
{
    for (size_t i = 0; i + SUMS <= r->count; i += SUMS)
        for (size_t u = 0; u < r->rounds; u++) {
            const Real *c = r->c + (ptrdiff_t)u * r->c_round + (ptrdiff_t)i * r->c_output;
            for (size_t k = 0; k < r->m; k++, c += r->c_step)
                for (size_t s = 0; s < SUMS; s++)
                    *to++ = c[(ptrdiff_t)s * r->c_output];
        }
}

// What a tile of a band of y reads, j … j + vectors · LANES: all but where its sums begin.
static inline Tile tile_of(const Product *r, size_t j, size_t lanes)
{
    return (Tile){
        .row = in_row(r->row, j, r->row_panel),
        .m = r->m,
        .rounds = r->rounds,
        .lanes = lanes,
        .y_stride = r->y_stride,
        .from_stride = r->is_new || r->start ? 0 : r->y_stride,
        .row_step = r->row_step,
        .row_round = r->row_round,
        .c_output = r->c_output,
        .c_step = r->c_step,
        .c_round = r->c_round,
    };
}

static const Real nothing[PANEL]; // what sums start from that are new

static inline void begin_at(Tile *t, const Product *r, size_t i, size_t j, const Real *c)
{
    t->y = r->y + i * r->y_stride + j;
    t->from = r->is_new ? nothing : r->start ? r->start + j : t->y;
    t->c = c;
}

// All sums of a band.
static inline __attribute__((always_inline)) void band(const Product *r, size_t j, size_t lanes, const Real *weights,
                                                       const size_t sums, const size_t vectors, const bool is_part)
{
    Vector copy[ROWS_AT_ONCE * WIDE];
    Tile t = tile_of(r, j, lanes);
    if (rows_are_worth_copying(r)) {
        copy_rows(r, j, copy, vectors);
        t.row = (const Real *)copy;
        t.row_step = (ptrdiff_t)(vectors * LANES);
        t.row_round = (ptrdiff_t)r->m * t.row_step;
    }
    Tile whole = t;
    if (weights) {
        whole.c_output = 1;
        whole.c_step = SUMS;
        whole.c_round = SUMS * (ptrdiff_t)r->m;
    }
    size_t i = 0;
    for (; i + sums <= r->count; i += sums) {
        begin_at(&whole, r, i, j, weights ? weights + i * r->m * r->rounds : r->c + (ptrdiff_t)i * r->c_output);
        tile(&whole, sums, vectors, is_part);
    }
    for (; i < r->count; i++) {
        begin_at(&t, r, i, j, r->c + (ptrdiff_t)i * r->c_output);
        tile(&t, 1, vectors, is_part);
    }
}

// A part of the sums and of the rows that fits the stack's copies.
static void bands(const Product *r)
{
    Real copy[ROWS_AT_ONCE * SUMS_AT_ONCE];
    const Real *weights = weights_are_worth_copying(r) ? copy : NULL;
    if (weights)
        copy_weights(r, copy);
    size_t j = 0;
    for (; j + PANEL <= r->n; j += PANEL)
        band(r, j, LANES, weights, SUMS, WIDE, false);
    for (; j + 2 * LANES <= r->n; j += 2 * LANES)
        band(r, j, LANES, NULL, 2 * WIDE, 2, false);
    for (; j + LANES <= r->n; j += LANES)
        band(r, j, LANES, NULL, 8, 1, false);
    if (j < r->n)
        band(r, j, r->n - j, NULL, 8, 1, true);
}

static inline size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

// From sum i, round u and its row k on.
static Product part_of(const Product *r, size_t i, size_t u, size_t k, size_t rounds)
{
    Product part = *r;
    part.y += i * r->y_stride;
    part.count = at_most(r->count - i, SUMS_AT_ONCE);
    part.start = u + k > 0 ? NULL : r->start;
    part.is_new = r->is_new && u + k == 0;
    part.row += (ptrdiff_t)u * r->row_round + (ptrdiff_t)k * r->row_step;
    part.c += (ptrdiff_t)i * r->c_output + (ptrdiff_t)u * r->c_round + (ptrdiff_t)k * r->c_step;
    part.m = at_most(r->m - k, ROWS_AT_ONCE);
    part.rounds = at_most(r->rounds - u, rounds);
    return part;
}

static void product_of_many(const Product *r)
{
    const size_t rounds = r->m * r->rounds <= ROWS_AT_ONCE ? r->rounds : r->m < ROWS_AT_ONCE ? ROWS_AT_ONCE / r->m : 1;
    for (size_t i = 0; i < r->count; i += SUMS_AT_ONCE)
        for (size_t u = 0; u < r->rounds; u += rounds)
            for (size_t k = 0; k < r->m; k += ROWS_AT_ONCE) {
                const Product part = part_of(r, i, u, k, rounds);
                bands(&part);
            }
}

// ---- a single sum -----------------------------------------------------------------------------------------
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
    if (r->count == 1 && r->row_panel == PANEL) {
        product_of_one(r);
        return;
    }
    const Product many = r->m == 1 ? in_one_round(r) : *r; // many rounds of one row are one round of many
    product_of_many(&many);
}

#endif
