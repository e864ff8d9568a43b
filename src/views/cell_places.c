#include <math.h>

#include "nn/op.h"
#include "views/cell_parts.h"

// Where each slot of a cell stands, and how large.
const Slot *cell_at(const Cell *cell, int slot)
{
    return &cell->program->slots[slot].slot;
}

// In the cell's diagram, and of the layer that is shown.
bool cell_has(const Cell *cell, int slot)
{
    if (slot == NONE)
        return false;
    const ProgramSlot *of = &cell->program->slots[slot];
    const ProgramSlot *state = &cell->program->slots[cell->program->state];
    return of->slot.lane != NONE && of->layer == state->layer && of->reverse == state->reverse;
}

bool cell_outside(const Cell *cell, int slot)
{
    return cell_at(cell, slot)->role == ROLE_INPUT || cell_at(cell, slot)->role == ROLE_BEFORE;
}

OpKind cell_kind(const Cell *cell, int slot)
{
    return cell->program->rows[cell->program->slots[slot].producer].kind;
}

bool cell_sums(const Cell *cell, int slot)
{
    return op_types[cell_kind(cell, slot)].weighted > 0;
}

Point cell_centre(const Cell *cell, int slot)
{
    const Slot *at = cell_at(cell, slot);
    return (Point){cell->area.x + CELL_SIDE + cell->dx * ((float)at->column + 0.5f),
                   cell->area.y + CELL_EDGE + cell->dy * ((float)at->lane + 0.5f)};
}

void cell_measure(Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!cell_has(cell, slot))
            continue;
        const Slot *at = cell_at(cell, slot);
        cell->lanes = at->lane + 1 > cell->lanes ? at->lane + 1 : cell->lanes;
        cell->columns = at->column + 1 > cell->columns ? at->column + 1 : cell->columns;
        cell->input_lane = at->role == ROLE_INPUT ? at->lane : cell->input_lane;
    }
    cell->dx = (cell->area.w - 2 * CELL_SIDE) / (float)cell->columns;
    cell->dy = (cell->area.h - 2 * CELL_EDGE) / (float)cell->lanes;
    cell->least = cell->area.w < CELL_WIDE ? 8 : 11;
    cell->box = fminf(17, cell->dx * 0.44f);
    cell->small = fminf(9, fminf(cell->dx, cell->dy) * 0.32f);
}

// Half the height of what stands at a slot's place.
float cell_half_height(const Cell *cell, int slot)
{
    return fminf(cell->small + 1, cell->dy * 0.32f) * (cell_outside(cell, slot) ? 0 : 1);
}

float cell_half_width(const Cell *cell, int slot)
{
    bool node = cell_kind(cell, slot) == OP_MUL || cell_kind(cell, slot) == OP_ADD;
    return cell_outside(cell, slot) ? 0 : node ? cell->small : cell->box;
}
