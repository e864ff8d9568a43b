#include "ui/formula.h"
#include "views/cell_parts.h"
#include "views/equation.h"

// What comes in and goes out.

// As large as fits, or 0 where that is too small to be read.
static float label_size(const Cell *cell, const char *text, float room)
{
    const float most = 13;
    Formula formula;
    Err err;
    formula_layout(cell->out->fonts, cell->out->arena, INK_TEXT, most, text, &formula, &err);
    float size = formula.width > room ? most * room / formula.width : most;
    return size < cell->least || cell->dy < most + 3 ? 0 : size;
}

// In from the left edge, out to the right one.
static void draw_end(const Cell *cell, int slot, bool out)
{
    Point at = cell_centre(cell, slot);
    float from = out ? at.x + cell_half_width(cell, slot) : cell->area.x, to = out ? cell->area.x + cell->area.w : at.x;
    const char *name = equation_slot(cell->program, slot, cell->t, cell->out->arena);
    Way way = {{{from, at.y}, {to, at.y}}, 2};
    cell_draw_way(cell, slot, &way, out);
    bool there = snapshot_value(cell->snapshot, slot, cell->t);
    float room = out ? to - 8 - at.x - cell->box : at.x + cell->dx / 2 - cell->box - from,
          size = label_size(cell, name, room);
    if (size > 0)
        draw_formula(cell->out, there ? INK_TEXT : INK_FAINT, size, out ? to - 8 : from + 1, at.y - 6,
                     out ? ALIGN_RIGHT : ALIGN_LEFT, name);
}

void cell_ends(const Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!cell_has(cell, slot))
            continue;
        if (cell_outside(cell, slot))
            draw_end(cell, slot, false);
        if (cell->program->slots[slot].delay != NONE)
            draw_end(cell, slot, true);
    }
}
