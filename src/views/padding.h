#ifndef VIEWS_PADDING_H
#define VIEWS_PADDING_H

#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"

// Columns behind the end of the shown sequence, hatched from y on, h high: nothing there is computed or counts. `name`
// makes the id of what can be pointed at.
void padding_draw(const Snapshot *snapshot, TimeAxis axis, const char *name, float y, float h, DrawList *out);

#endif
