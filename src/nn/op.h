#ifndef NN_OP_H
#define NN_OP_H

#include <stdbool.h>
#include <stddef.h>

#include "nn/cells.h"
#include "nn/loss.h"

// What the kinds of rows do: one table, forward and backward side by side. A new kind is an entry in op.c.

// A matrix that multiplies one operand, and where its gradient is gathered.
typedef struct {
    const double *w;          // (n, m) the row's block of the tensor; m is the operand's length
    const double *transposed; // (m, n) of the same, `stride` numbers from one row to the next
    const double *bias;       // (n), or NULL
    double *dw, *dbias;       // as w and bias
    size_t stride;            // rows of the whole tensor
} Weights;

// Where DELAY reads instead of a when the step before lies outside a sequence: h_0, c_0.
typedef struct {
    const double *value; // (B, n)
    double *grad;
    const int *length; // (B) of the sequences
    int last;          // of this time step and the one before, the later: it must lie within
} Edge;

// One row at one time step: pointers into the tape, the weights and the batch. Backward adds to da, db, dw, dbias.
typedef struct {
    size_t B;
    size_t n, n_a, n_b; // lengths of y, a, b

    double *y;        // (B, n)
    const double *a;  // (B, n_a)
    const double *b;  // (B, n_b)
    const double *dy; // d(each sequence's own loss)/dy
    double *da, *db;
    Weights on_a, on_b; // of AFFINE and LINEAR

    const double *x; // (B, X), of INPUT
    Edge edge;       // of DELAY
    Target target;   // of LOSS
    int *scored;     // LOSS counts the scored steps here
} Work;

typedef struct {
    const char *name; // "sigmoid"
    const char *sign; // in listings and diagrams: "σ"; before one operand, between two
    int operands;     // 0, 1, 2
    int weighted;     // how many of them are multiplied by a matrix, or a vector element by element
    bool by_vector;   // the latter
    bool delays;      // a is taken at the time step before
    void (*forward)(Work *work);
    void (*backward)(Work *work); // NULL: nothing flows on
} OpType;

extern const OpType op_types[OP_KINDS];

#endif
