#ifndef NN_PLAN_H
#define NN_PLAN_H

#include "base/arena.h"
#include "nn/program.h"

// Which rows of a program are run together. That changes their speed and no bit of what they compute.
typedef enum {
    GROUP_ROW,     // one row by itself
    GROUP_PRODUCT, // rows that multiply the same operands by blocks that follow each other: one product
    GROUP_CHAIN,   // elementwise rows: run one after another on a few numbers, which stay in the cache meanwhile
} GroupKind;

typedef struct {
    GroupKind kind;
    int first, count; // rows
} Group;

// Whether a row is the first of the backward pass to add to the gradient of its operand: what stands there is of the
// last update. A row that delays is so at the time step before, which is none at the end of a pass.
typedef struct {
    bool a, b;
} First;

typedef struct {
    Group *groups; // in the order of the rows
    int *start;    // (pass_count + 1) the first group of each pass
    First *first;  // (rows)
} Plan;

Plan plan_make(const Program *program, Arena *arena);

#endif
