#ifndef VIEWS_EQUATION_H
#define VIEWS_EQUATION_H

#include "base/arena.h"
#include "nn/program.h"

// A row of the program at a time step as a formula for ui/formula, as torch.nn writes it:
//
//   z_{8} = W_{ih} x_{8} + b_{ih} + W_{hh} h_{7} + b_{hh}
//   i_{8} = \sigma(z_{i,8})
//
// Where a cell has several blocks, a weight is named after the gate that it leads to: W_{if}, b_{hf}.
const char *equation_of(const Program *program, int row, int t, Arena *arena);
const char *equation_brief(const Program *program, int row, int t, Arena *arena); // as books write it
const char *equation_cut(const Program *program, int row, int t, Arena *arena);   // its first summand, and dots
bool equation_halves(const Program *program, int row, int t, Arena *arena, const char *halves[2]); // of a long sum

// A slot at a time step: "h_{8}"; of a product its whole expression.
const char *equation_slot(const Program *program, int slot, int t, Arena *arena);

#endif
