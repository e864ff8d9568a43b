#ifndef VIEWS_WEIGHTS_H
#define VIEWS_WEIGHTS_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// One weight in words, for tips and for the line under the maps.
const char *weights_formula(const Snapshot *snapshot, TensorKind kind);            // "W_{\\text{hh}}", by notation
const char *weights_words(const Snapshot *snapshot, int tensor, Arena *arena);     // the same in a line of words
const char *weights_shape(const Tensor *tensor, DrawList *out);                    // "32 × 8"
const char *weights_gate(const Program *program, int tensor, int block);           // "z_f": what a block of rows makes
const char *weights_way(const Program *program, WeightPlace place, DrawList *out); // "from h' 5 to z_f 3"

// The slots and units (from 0) that a weight leads from and to; from is NONE of a bias.
typedef struct {
    int to, to_unit, from, from_unit;
} WeightEnds;

bool weights_ends(const Program *program, WeightPlace place, WeightEnds *ends);          // false: nothing uses it
const char *weights_letter(const Program *program, int slot);                            // "z_f", whatever the layer
const char *weights_sources(const Snapshot *snapshot, WeightPlace place, DrawList *out); // of its gradient, or ""
const char *weights_value(const Snapshot *snapshot, WeightPlace place, DrawList *out);   // exact
const char *weights_gradient(const Snapshot *snapshot, WeightPlace place, bool exact,
                             DrawList *out); // or when it comes; else three digits
const char *weights_tip(const Snapshot *snapshot, WeightPlace place, DrawList *out);
const char *weights_changed(const Snapshot *snapshot, WeightPlace place,
                            DrawList *out); // when it was set by hand, or ""

#endif
