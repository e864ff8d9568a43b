#ifndef VIEWS_LAYERS_H
#define VIEWS_LAYERS_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// Which layer and direction is looked at, in words, and the buttons that choose another. Where a network has one layer
// that reads one way, there is nothing to say and nothing to choose.
bool layers_several(const Snapshot *snapshot);

const char *layer_name(const Program *program, int layer, bool reverse, DrawList *out); // "layer 2 ←", "←", "layer 1"
const char *layer_words(const Snapshot *snapshot, DrawList *out); // "layer 2 of 2, ← backward direction"; or ""
const char *layer_in_tip(const Snapshot *snapshot, int slot, DrawList *out); // ", layer 2 ←" of that slot; or ""
const char *layer_line(int layer, bool reverse, DrawList *out);              // what a press that chooses it says

// "layer 1 2  → ←" from x on, as much as there is room for up to `right`. Returns where it ends.
float layer_buttons(const Snapshot *snapshot, float x, float y, float right, DrawList *out);

#endif
