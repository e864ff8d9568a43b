#ifndef VIEWS_PLACE_H
#define VIEWS_PLACE_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// Where the reader stands, in words, and in the ink of the direction: "backward pass · time step 5 of 12".
const char *place_words(const Snapshot *snapshot, DrawList *out, Ink *ink);

#endif
