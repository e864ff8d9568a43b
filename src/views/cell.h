#ifndef VIEWS_CELL_H
#define VIEWS_CELL_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// The inside of a cell at one time step, laid out from the lanes and columns of its slots: what computes a slot stands
// in its place, and wires lead there from what it reads.
//
//   c' ─────⊙─────────────+───────→ c      lane 0
//           │             ⊙                lane 1
//           f     i       g      o         a box each: σ or tanh, the values above it
//   h' ──┬──┴─────┴───────┴──────┘         rails: what all sums read
//   x ───┘
//
// Blue is what has been computed, vermilion where the gradient has come back, pale what is still to come.
enum { CELL_LEAST = 120 }; // px of height

bool cell_has_gates(const Program *program);
void cell_draw(const Snapshot *snapshot, int t, Rect area, DrawList *out);

#endif
