#ifndef VIEWS_EXPLAIN_MAKER_H
#define VIEWS_EXPLAIN_MAKER_H

#include "nn/explained.h"
#include "views/explain.h"

// How rows are explained. One function a kind of row and direction writes the equations of what that row gives.
typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    const Row *row;
    int index, t, t_a; // t_a: the time step of the first operand
    Sent sent;         // backward
    Arena *arena;
    Explanation *out;
} Maker;

typedef void Explain(Maker *m);

extern Explain *const explains_forward[OP_KINDS], *const explains_backward[OP_KINDS];

Equation *maker_equation(Maker *m, Operand result);
Operand maker_value(Maker *m, int slot, int t);
Operand operand_turned(Operand vector, Arena *arena); // a column as a row

// What the loss compares answers with: the class asked for as a vector with one 1, or the values asked for.
Operand maker_target(Maker *m);
Operand maker_error(Maker *m); // writes the equation of answer − target, and returns its result

#endif
