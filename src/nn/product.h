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

// ---- many sums ---------------------------------------------------------------------------------------------
// Of a tile of full width; so many rows of that width fit the fastest cache.
enum { SUMS = 4, ROWS_AT_ONCE = VECTOR_BYTES * WIDE > 128 ? 128 : 256 };

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

static inline void begin_at(Tile *t, const Product *r, size_t i, size_t j)
{
    t->y = r->y + i * r->y_stride + j;
    t->from = r->is_new ? nothing : r->start ? r->start + j : t->y;
    t->c = r->c + (ptrdiff_t)i * r->c_output;
}

// All sums of a band.
static inline __attribute__((always_inline)) void band(const Product *r, size_t j, size_t lanes, const size_t sums,
                                                       const size_t vectors, const bool is_part)
{
    Tile t = tile_of(r, j, lanes);
    size_t i = 0;
    t.ahead = r->row_panel;
    const bool another = vectors == WIDE && j + 2 * PANEL <= r->n; // the last tile fetches it
    for (; i + sums <= r->count; i += sums) {
        begin_at(&t, r, i, j);
        if (another && i + 2 * sums > r->count)
            tile(&t, sums, vectors, is_part, true);
        else
            tile(&t, sums, vectors, is_part, false);
    }
    for (; i < r->count; i++) {
        begin_at(&t, r, i, j);
        tile(&t, 1, vectors, is_part, false);
    }
}

static void bands(const Product *r)
{
    size_t j = 0;
    for (; j + PANEL <= r->n; j += PANEL)
        band(r, j, LANES, SUMS, WIDE, false);
    for (; j + 2 * LANES <= r->n; j += 2 * LANES)
        band(r, j, LANES, 2 * WIDE, 2, false);
    for (; j + LANES <= r->n; j += LANES)
        band(r, j, LANES, 8, 1, false);
    if (j < r->n)
        band(r, j, r->n - j, 8, 1, true);
}

static inline size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

// From round u and its row k on.
static Product part_of(const Product *r, size_t u, size_t k, size_t rounds)
{
    Product part = *r;
    part.start = u + k > 0 ? NULL : r->start;
    part.is_new = r->is_new && u + k == 0;
    part.row += (ptrdiff_t)u * r->row_round + (ptrdiff_t)k * r->row_step;
    part.c += (ptrdiff_t)u * r->c_round + (ptrdiff_t)k * r->c_step;
    part.m = at_most(r->m - k, ROWS_AT_ONCE);
    part.rounds = at_most(r->rounds - u, rounds);
    return part;
}

static void product_of_many(const Product *r)
{
    const size_t rounds = r->m * r->rounds <= ROWS_AT_ONCE ? r->rounds : r->m < ROWS_AT_ONCE ? ROWS_AT_ONCE / r->m : 1;
    for (size_t u = 0; u < r->rounds; u += rounds)
        for (size_t k = 0; k < r->m; k += ROWS_AT_ONCE) {
            const Product part = part_of(r, u, k, rounds);
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
