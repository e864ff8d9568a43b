#ifndef VIEWS_PLACE_H
#define VIEWS_PLACE_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"

// Where the reader stands, in words, and in the ink of the direction: "backward pass · time step 5 of 12".
const char *place_words(const Snapshot *snapshot, DrawList *out, Ink *ink);

const char *place_t(const Snapshot *snapshot, int t, DrawList *out);      // as the reader counts it: "8", "−1"
const char *place_in_all(const Snapshot *snapshot, int t, DrawList *out); // "time step t = 8 of 12"

bool place_labelled(const Snapshot *snapshot, TimeAxis axis, int t, int every); // axis_labels, as the reader counts

// The time step that cards of one time step show: the marked one, else the operation's, else the last scored one.
int place_step(const Snapshot *snapshot);
bool place_answers(const Snapshot *snapshot);       // it is in the pass that only answers, above both directions
bool place_has_gradients(const Snapshot *snapshot); // the backward pass has begun

#endif
