#ifndef VIEWS_SCOPE_H
#define VIEWS_SCOPE_H

#include "views/explain.h"

#include "ui/draw.h"

// The microscope: where a number comes from, in a tip's words. An equation is told as it stands, and then with its
// numbers put in: for the chosen unit, or else for the first, so that a reader can work it out again:
//
//   ∂L/∂z_7 = (1 - h_7^2) ⊙ ∂L/∂h_7
//   unit 2: 0.91 × −0.0031 = −0.0028
//
// Of a product with a matrix its result is put in. Numbers have six digits here; the value itself is told exactly
// where it stands. Each returns lines that begin with a line break, or "" where nothing
// is known yet. They are long: only for what is pointed at or pinned.
const char *scope_equation(const Snapshot *snapshot, const Equation *equation, int unit, DrawList *out);
const char *scope_row(const Snapshot *snapshot, int row, int t, bool backward, int unit, DrawList *out);

// The row that made a slot's value at t, and all that its gradient is the sum of. Unit from 0, or NONE: the chosen one.
const char *scope_value(const Snapshot *snapshot, int slot, int t, int unit, DrawList *out);
const char *scope_gradient(const Snapshot *snapshot, int slot, int t, int unit, DrawList *out);

// A gradient on its way from one place to the next: what arrives times the factor is what leaves; by their lengths.
const char *scope_factor(double arriving, double leaving, DrawList *out);

const char *scope_number(DrawList *out, double value);      // as numbers are put in: six digits
const char *scope_plain(const char *formula, Arena *arena); // "\\partial L/\\partial h_{7}" as "∂L/∂h_7"
// A slot in words, or its gradient.
const char *scope_slot(const Snapshot *snapshot, int slot, bool gradient, DrawList *out);

#endif
