#ifndef VIEWS_WEIGHT_MAPS_H
#define VIEWS_WEIGHT_MAPS_H

#include "sim/snapshot.h"
#include "ui/draw.h"

// A tensor of weights as a heat map that can be pointed at and pressed cell by cell; only view_weights.c knows it.
typedef struct {
    const Snapshot *snapshot;
    const Run *run;
    const Program *program;
    DrawList *out;
    double scale; // the magnitude that is drawn as 1
} WeightMaps;

enum { WEIGHT_LABEL = 18, WEIGHT_CELL_MOST = 30 }; // px: over a map, its name and shape; a cell's sides

// What stands over a map: as much of it as there is room for over all maps of a line.
typedef enum { WEIGHT_BARE, WEIGHT_NAMED, WEIGHT_SHAPE } WeightOver;

float weight_over_width(const WeightMaps *w, const Tensor *tensor, WeightOver over);
void weight_map(const WeightMaps *w, int tensor, Rect area, WeightOver over);

#endif
