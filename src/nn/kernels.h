#ifndef NN_KERNELS_H
#define NN_KERNELS_H

#include <stddef.h>

// The inner loop of everything that multiplies by a matrix: a sum of weighted rows,
//
//   y[j] ← y[j] + c[0] row[0][j] + c[1] row[1][j] + … + c[m-1] row[m-1][j]
//
// Each y[j] is one chain of additions in that order, whatever the width of the machine's vectors and however many
// rows are taken at once: vectors lie along j and never split a chain. That is why the bits are the same everywhere.
//
//   y = W x       rows of Wᵀ, weights x          da = Wᵀ dy   rows of W, weights dy
//   dW[j] = Σ_b   rows x of each sequence, weights dy[b][j]
typedef struct {
    const double *first;
    size_t stride; // from one row (or coefficient) to the next
} Rows;

static inline void add_rows(double *restrict y, size_t n, Rows row, Rows c, size_t m)
{
    const double *restrict r = row.first;
    const double *restrict w = c.first;
    size_t k = 0;
    for (; k + 4 <= m; k += 4, r += 4 * row.stride, w += 4 * c.stride) {
        const double w0 = w[0], w1 = w[c.stride], w2 = w[2 * c.stride], w3 = w[3 * c.stride];
        const double *r1 = r + row.stride, *r2 = r1 + row.stride, *r3 = r2 + row.stride;
        for (size_t j = 0; j < n; j++)
            y[j] = y[j] + w0 * r[j] + w1 * r1[j] + w2 * r2[j] + w3 * r3[j];
    }
    for (; k < m; k++, r += row.stride, w += c.stride)
        for (size_t j = 0; j < n; j++)
            y[j] += *w * r[j];
}

// out (columns, rows) = the transpose of in (rows, columns)
static inline void transpose(double *restrict out, const double *restrict in, size_t rows, size_t columns)
{
    for (size_t j = 0; j < rows; j++)
        for (size_t k = 0; k < columns; k++)
            out[k * rows + j] = in[j * columns + k];
}

#endif
