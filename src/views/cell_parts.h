#ifndef VIEWS_CELL_PARTS_H
#define VIEWS_CELL_PARTS_H

#include "views/cell.h"

// The parts of a cell's diagram; only cell.c and cell_*.c know them.
enum { CELL_WIDE = 400, CELL_SIDE = 30, CELL_EDGE = 6 }; // px

typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect area;
    int t;
    bool backward;
    int lanes, columns;
    int input_lane;   // the lowest: where the input comes in
    float dx, dy;     // px from column to column, from lane to lane
    float least;      // size of text
    float box, small; // half the width of a box, radius of a node
} Cell;

bool cell_has(const Cell *cell, int slot);     // in the diagram, and of the layer that is shown; NONE is not
bool cell_outside(const Cell *cell, int slot); // it comes in from outside: an input, a state of the time step before
bool cell_sums(const Cell *cell, int slot);    // with weights
const Slot *cell_at(const Cell *cell, int slot);
OpKind cell_kind(const Cell *cell, int slot); // of the row that computes it

void cell_measure(Cell *cell);
Point cell_centre(const Cell *cell, int slot);
float cell_half_height(const Cell *cell, int slot); // of what stands at its place
float cell_half_width(const Cell *cell, int slot);

// The way of a wire, corner by corner.
typedef struct {
    Point point[4];
    int count;
} Way;

Way cell_way(const Cell *cell, int from, int to);
bool cell_wire_from(const Cell *cell, int slot, Way *way); // that its values stand on; false: no wire leaves it here
bool way_is_upright(const Way *way);
void cell_draw_way(const Cell *cell, int slot, const Way *way, bool arrow);

void cell_wires(const Cell *cell);
void cell_ends(const Cell *cell); // in from the left edge, out to the right one
void cell_values(const Cell *cell, int slot);
void cell_node(const Cell *cell, int slot); // what computes a slot

#endif
