#ifndef VIEWS_EQUATION_H
#define VIEWS_EQUATION_H

#include "base/arena.h"
#include "sim/snapshot.h"

// A row of the program at a time step as a formula for ui/formula, as torch.nn writes it:
//
//   z_{8} = W_{ih} x_{8} + b_{ih} + W_{hh} h_{7} + b_{hh}
//   i_{8} = \sigma(z_{i,8})
//
// Where a cell has several blocks, a weight is named after the gate that it leads to: W_{if}, b_{hf}. The setting
// notation chooses other names, and then the two biases of a sum are written as one, which is their sum:
//
//   z_{8} = U x_{8} + W h_{7} + b              uvw
//   z_{f,8} = W_f \cdot [h_{7}, x_{8}] + b_f   concat; what multiplies h alone is W_{f,h}
//
// Time steps are as the reader counts them.
const char *equation_of(const Snapshot *snapshot, int row, int t, Arena *arena);
const char *equation_brief(const Snapshot *snapshot, int row, int t, Arena *arena); // as books write it
const char *equation_cut(const Snapshot *snapshot, int row, int t, Arena *arena);   // its first summand, and dots
bool equation_halves(const Snapshot *snapshot, int row, int t, Arena *arena, const char *halves[2]); // of a long sum

// A slot at a time step: "h_{8}"; of a product its whole expression.
const char *equation_slot(const Snapshot *snapshot, int slot, int t, Arena *arena);
const char *equation_slot_at_any_t(const Snapshot *snapshot, int slot, Arena *arena); // "h_{t}"

// The matrix on a row's first operand or on its second, and the bias that goes with it: "W_{hf}", "b_{hf}".
const char *equation_weight(const Snapshot *snapshot, int row, bool of_b, Arena *arena);
const char *equation_bias(const Snapshot *snapshot, int row, bool of_b, Arena *arena);

// A row's operand as that row names it: of another layer or direction which it is, "h^{\to}_{8}".
const char *equation_operand(const Snapshot *snapshot, int row, bool of_b, int t, Arena *arena);

// What a layer of both directions gives on: "[h^{\to}_{8}; h^{\gets}_{8}]".
const char *equation_joined_states(const Snapshot *snapshot, int row, int t, Arena *arena);

// Where the notation writes one matrix for [h, x], and one bias for two; and their names.
bool equation_joins(const Snapshot *snapshot, int row);
bool equation_one_bias(const Snapshot *snapshot, int row);
const char *equation_joined_weight(const Snapshot *snapshot, int row, Arena *arena);        // "W_f"
const char *equation_joined_bias(const Snapshot *snapshot, int row, Arena *arena);          // "b_f"
const char *equation_joined_vector(const Snapshot *snapshot, int row, int t, Arena *arena); // "[h_{7}, x_{8}]"

#endif
