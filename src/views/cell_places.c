#include <math.h>

#include "nn/op.h"
#include "views/cell_parts.h"

// Where each slot of a cell stands, and how large.
enum { SIDE = 26, EDGE = 6, NARROW = 400 }; // px

const Slot *cell_slot_of(const Cell *cell, const Stand *stand)
{
    return &cell->program->slots[stand->slot].slot;
}

const Row *cell_row(const Cell *cell, const Stand *stand)
{
    return &cell->program->rows[cell->program->slots[stand->slot].producer];
}

bool cell_sums(const Cell *cell, const Stand *stand)
{
    const OpType *type = &op_types[cell_row(cell, stand)->kind];
    return type->weighted > 0 && !type->by_vector;
}

// As the cell's table names it: layer and direction are told elsewhere.
const char *cell_letter(const Cell *cell, const Stand *stand)
{
    const ProgramSlot *of = &cell->program->slots[stand->slot];
    return of->of_cell == NONE ? of->slot.name : cell->program->net.cell->slots[of->of_cell].name;
}

// ---- what stands there ------------------------------------------------------------------------------------------
static bool is_of_cell(const Cell *cell, int slot)
{
    const ProgramSlot *of = &cell->program->slots[slot];
    return of->of_cell != NONE && of->slot.lane != NONE && of->layer == cell->snapshot->layer &&
           of->reverse == cell->snapshot->reverse;
}

static bool is_round(OpKind kind)
{
    return kind == OP_MUL || kind == OP_ADD || op_types[kind].by_vector;
}

static void add_stand(Cell *cell, int slot, const Slot *place)
{
    bool outside = place->role == ROLE_INPUT || place->role == ROLE_BEFORE;
    OpKind kind = cell->program->rows[cell->program->slots[slot].producer].kind;
    cell->stands[cell->stand_count++] = (Stand){.slot = slot,
                                                .lane = place->lane,
                                                .column = place->column,
                                                .outside = outside,
                                                .round = !outside && is_round(kind)};
    cell->lanes = place->lane + 1 > cell->lanes ? place->lane + 1 : cell->lanes;
    cell->columns = place->column + 1 > cell->columns ? place->column + 1 : cell->columns;
}

static bool stands(const Cell *cell, int slot)
{
    for (int i = 0; i < cell->stand_count; i++)
        if (cell->stands[i].slot == slot)
            return true;
    return false;
}

// What the cell reads of the layer below comes in where the table has its input.
static void add_input(Cell *cell, int slot)
{
    const CellType *type = cell->program->net.cell;
    int input = 0;
    while (type->slots[input].role != ROLE_INPUT)
        input++;
    if (slot != NONE && !stands(cell, slot))
        add_stand(cell, slot, &type->slots[input]);
}

static void list_stands(Cell *cell)
{
    const Program *p = cell->program;
    cell->stands = arena_new(cell->out->arena, Stand, p->net.cell->slot_count + 1);
    cell->stand_count = 0;
    for (int slot = 0; slot < p->slot_count; slot++)
        if (is_of_cell(cell, slot))
            add_stand(cell, slot, &p->slots[slot].slot);
    int own = cell->stand_count;
    for (int i = 0; i < own; i++) {
        if (cell->stands[i].outside)
            continue;
        const Row *row = cell_row(cell, &cell->stands[i]);
        add_input(cell, op_types[row->kind].operands > 0 ? row->a : NONE);
        add_input(cell, op_types[row->kind].operands > 1 ? row->b : NONE);
    }
}

// ---- measures ---------------------------------------------------------------------------------------------------
// In parts of the width of a column with a box in it: one with a letter beside its values needs more, nodes less.
static float width_of(const Cell *cell, int column)
{
    float most = 0.6f;
    for (int i = 0; i < cell->stand_count; i++) {
        const Stand *stand = &cell->stands[i];
        Role role = cell_slot_of(cell, stand)->role;
        bool lettered = role == ROLE_GATE || role == ROLE_CANDIDATE;
        if (stand->column == column && !stand->outside)
            most = fmaxf(most, lettered ? 1.3f : stand->round ? 0.8f : 1);
    }
    return most;
}

static void measure_columns(Cell *cell)
{
    enum { UNIT_MOST = 110 };
    float total = 0;
    for (int column = 0; column < cell->columns; column++)
        total += width_of(cell, column);
    float unit = fminf(UNIT_MOST, (cell->area.w - 2 * SIDE) / total), spare = cell->area.w - 2 * SIDE - unit * total;
    float x = cell->area.x + spare / 2 + SIDE;
    cell->area.x += spare / 2;
    cell->area.w -= spare;
    cell->border = arena_new(cell->out->arena, float, cell->columns + 1);
    for (int column = 0; column < cell->columns; column++) {
        cell->border[column] = x;
        x += unit * width_of(cell, column);
    }
    cell->border[cell->columns] = x;
    cell->dy = (cell->area.h - 2 * EDGE) / (float)cell->lanes;
    cell->scale = fminf(1.8f, fminf(unit / 34, cell->dy / 29));
    cell->least = cell->area.w < NARROW ? 8 : 11;
}

static void measure_stand(Cell *cell, Stand *stand)
{
    float left = cell->border[stand->column], width = cell->border[stand->column + 1] - left;
    float box = fminf(17 * fmaxf(cell->scale, 0.8f), width * 0.44f), node = fminf(9 * cell->scale, cell->dy * 0.34f);
    stand->at = (Point){left + width / 2, cell->area.y + EDGE + cell->dy * ((float)stand->lane + 0.5f)};
    stand->w = stand->outside ? 0 : stand->round ? node : box;
    stand->h = stand->outside ? 0 : stand->round ? node : fminf(10 * cell->scale, cell->dy * 0.34f);
}

void cell_place(Cell *cell)
{
    list_stands(cell);
    measure_columns(cell);
    for (int i = 0; i < cell->stand_count; i++)
        measure_stand(cell, &cell->stands[i]);
}
