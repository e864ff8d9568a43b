#ifndef VIEWS_CELL_PARTS_H
#define VIEWS_CELL_PARTS_H

#include "views/cell.h"

// The parts of a cell's diagram; only cell.c and cell_*.c know them. First everything gets its place, then wires find
// their ways, then all is drawn, and what is written looks for room that nothing has taken.

// What stands in the diagram: what computes a slot, or the slot itself where it comes in from outside.
typedef struct {
    int slot; // of the program
    int lane, column;
    bool outside;
    bool round; // a node with a sign, else a box
    Point at;   // its middle
    float w, h; // half its width and height; 0 where it comes from outside
} Stand;

enum { CORNERS_MOST = 6, OUT = -1 };

// From what computes a slot to what reads it, or OUT of the cell, corner by corner.
typedef struct {
    int from, to; // stands
    Point point[CORNERS_MOST];
    int count;
} Wire;

typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect area;
    int t;
    bool backward;
    int lanes, columns;
    float *border; // (columns + 1) x between columns
    float dy;      // px from lane to lane
    float scale;   // of what stands there; 1 in the inspector of the reference window
    float least;   // size of text
    Stand *stands;
    int stand_count;
    Wire *wires;
    int wire_count;
    Rect *taken; // by what is written already
    int taken_count;
} Cell;

void cell_place(Cell *cell);                          // fills in stands and their measures
void cell_route(Cell *cell);                          // fills in wires
bool cell_sums(const Cell *cell, const Stand *stand); // with weights
const Slot *cell_slot_of(const Cell *cell, const Stand *stand);
const Row *cell_row(const Cell *cell, const Stand *stand); // that computes it
const char *cell_letter(const Cell *cell, const Stand *stand);

// Room for something written: inside the diagram, and off boxes, wires and what is written; wires of the stand `own`
// may run under it (NONE: none may).
bool cell_free(const Cell *cell, Rect rect, int own);
void cell_take(Cell *cell, Rect rect);

void cell_wires(const Cell *cell);
void cell_ends(Cell *cell);   // names of what comes in and goes out
void cell_values(Cell *cell); // strips, letters and numbers
void cell_nodes(const Cell *cell);
const char *cell_tip(const Cell *cell, const Stand *stand, bool whole);

#endif
