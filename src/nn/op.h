#ifndef NN_OP_H
#define NN_OP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/real.h"
#include "nn/cells.h"
#include "nn/loss.h"

// What is true of the kinds of rows. What they compute is in op_code.h; a new kind is an entry in both.
typedef struct {
    const char *name; // "sigmoid"
    const char *sign; // in listings and diagrams: "σ"; before one operand, between two
    int operands;     // 0, 1, 2
    int weighted;     // how many of them are multiplied by a matrix, or a vector element by element
    bool by_vector;   // the latter
    bool delays;      // a is taken at the time step before
    bool elementwise; // each number of y comes from the numbers of the operands at the same place
    struct {
        bool y, a, b;
    } back; // what is looked at again on the way back
} OpType;

extern const OpType op_types[OP_KINDS];

// A matrix as products read it. Its columns lie in panels, as many as the instruction set takes at once in each: a
// panel's rows lie one behind the other. Or its rows are whole, and a panel is a part of each.
typedef struct {
    const Real *at;
    ptrdiff_t step;  // numbers from one row to the next
    ptrdiff_t panel; // from one panel to the next: its width where rows are whole
} Panels;

// A matrix that multiplies one operand, and where its gradient is gathered.
typedef struct {
    const Real *w;     // (n, m) the row's block of the tensor; m is the operand's length
    Panels straight;   // (n, m) of the same
    Panels transposed; // (m, n)
    Real *dw;          // as w
    Real *dbias;       // (n), or NULL
} Weights;

// What a time step is given from outside the network.
typedef struct {
    const Real *x;     // (B, X), of INPUT
    const int *length; // (B) of the sequences, for DELAY
    int last;          // of this time step and the one before, the later: it lies within a sequence, or an edge is read
    Target target;     // of LOSS
    int *scored;       // LOSS counts the scored steps here
} Given;

// A product reads its rows in whole vectors: what holds them ends with so many numbers that belong to nobody.
enum { PRODUCT_SPARE = 64 / sizeof(Real) };

// One row at one time step: pointers into the tape, the weights and the batch. Backward adds to da, db; gathering adds
// to dw, dbias.
//
// Rows that multiply the same operands by blocks that follow each other are run as one: each has its y and dy (B, n),
// but w is (rows · n, m) and start (rows · n).
typedef struct {
    size_t B;
    size_t rows;              // 1, or those that are run as one
    size_t y_apart, dy_apart; // numbers from one of these to the next
    size_t n, n_a, n_b;       // lengths of y, a, b

    Real *y;        // (B, n)
    const Real *a;  // (B, n_a)
    const Real *b;  // (B, n_b)
    const Real *dy; // d(each sequence's own loss)/dy
    Real *da, *db;
    bool da_is_new, db_is_new; // nothing has been added to it yet: it is 0, whatever stands there

    const Real *edge; // (B, n) h_0, c_0: what DELAY reads instead of a where the step before lies outside a sequence
    Real *edge_grad;

    const Weights *on_a, *on_b; // of AFFINE and LINEAR; of SCALE, w being a vector
    const Real *start;          // (n) what their sums start from: all biases
    bool a_given;               // and nobody asks for da: a is the network's input
    const Given *given;         // of INPUT, DELAY and LOSS
} Work;

// Time steps that are gathered at once, the Work being the first's.
typedef struct {
    size_t count;
    ptrdiff_t apart, dy_apart; // numbers from one to the next, of values and of dy; negative where t goes down
    Real *room;                // (gather_room) for what is put side by side
} Steps;

// Sequences that are gathered at once, unless one time step has more.
enum { GATHERED_AT_ONCE = 128 };

// What many sums over many sequences read is put side by side first.
static inline bool is_gathered_in_panels(size_t n, size_t sequences)
{
    return n >= 64 && sequences >= 32;
}

// Numbers that takes.
static inline size_t gather_room(size_t n, size_t n_a, size_t n_b)
{
    return is_gathered_in_panels(n, GATHERED_AT_ONCE) ? GATHERED_AT_ONCE * (n_a + n_b) : 0;
}

#endif
