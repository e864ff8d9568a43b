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

typedef struct {
    Group *groups; // in the order of the rows
    int *start;    // (pass_count + 1) the first group of each pass
} Plan;

Plan plan_make(const Program *program, Arena *arena);

#endif
