#include "ui/formula.h"
#include "views/cell_parts.h"
#include "views/equation.h"
#include "views/terms.h"

// What comes in and goes out.

static float width_of(const Cell *cell, float size, const char *text)
{
    Formula formula;
    Err err;
    formula_layout(cell->out->fonts, cell->out->arena, INK_TEXT, size, text, &formula, &err);
    return formula.width;
}

// As large as fits, or 0 where that is too small to be read.
static float label_size(const Cell *cell, const char *text, float room)
{
    const float most = 13, width = width_of(cell, most, text);
    float size = width > room ? most * room / width : most;
    return size < cell->least || cell->dy < most + 3 ? 0 : size;
}

// In from the left edge, out to the right one.
static void draw_end(const Cell *cell, int slot, bool out)
{
    Point at = cell_centre(cell, slot);
    float from = out ? at.x + cell_half_width(cell, slot) : cell->area.x, to = out ? cell->area.x + cell->area.w : at.x;
    const char *name = equation_slot(cell->snapshot, slot, cell->t, cell->out->arena);
    Way way = {{{from, at.y}, {to, at.y}}, 2};
    cell_draw_way(cell, slot, &way, out);
    bool there = snapshot_value(cell->snapshot, slot, cell->t);
    float room = out ? to - 8 - at.x - cell->box : at.x + cell->dx / 2 - cell->box - from,
          size = label_size(cell, name, room);
    if (size == 0)
        return;
    float width = width_of(cell, size, name), left = out ? to - 8 - width : from + 1;
    Pointed pointed = term_pointed(cell->snapshot, slot, cell->t);
    Rect label = {left - 1, at.y - 6 - size * 0.75f, width + 2, size * 1.1f};
    if (term_is_pointed(cell->snapshot, pointed, 0))
        draw_frame(cell->out, INK_FOCUS, label, 3, 1);
    draw_formula(cell->out, there ? INK_TEXT : INK_FAINT, size, out ? to - 8 : from + 1, at.y - 6,
                 out ? ALIGN_RIGHT : ALIGN_LEFT, name);
    draw_hot(cell->out, (Hot){.id = hot_id(draw_print(cell->out, "cell %s %s", out ? "out" : "in", name)),
                              .area = label,
                              .tip = cell->program->slots[slot].slot.what,
                              .pointed = pointed,
                              .of_term = true});
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
