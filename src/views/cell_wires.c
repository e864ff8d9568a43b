#include <math.h>

#include "ui/formula.h"
#include "views/cell_parts.h"
#include "views/equation.h"
#include "views/terms.h"

// Wires, and the names of what comes in and goes out. A wire is blue when its slot has been computed, vermilion when
// the gradient has come back along it, pale before.
static const float PALE = 0.3f;

static bool has_come_back(const Cell *cell, const Wire *wire)
{
    const Stand *from = &cell->stands[wire->from];
    if (!cell->backward)
        return false;
    if (wire->to == OUT)
        return snapshot_grad(cell->snapshot, from->slot, cell->t) != NULL;
    const Row *row = cell_row(cell, &cell->stands[wire->to]);
    Place place = {PHASE_BACKWARD, row->pass, cell->t, cell->program->slots[row->y].producer};
    return cell->snapshot->known >= program_op(cell->program, place);
}

static bool level(Point a, Point b)
{
    return fabsf(a.y - b.y) < 0.5f;
}

// Behind what an earlier wire of the same slot has drawn of a stretch: the two run together, and pale lines over each
// other would be darker.
static Point behind(Point a, Point b, Point c, Point d)
{
    if (level(a, b) != level(c, d) || fabsf(level(a, b) ? a.y - c.y : a.x - c.x) > 0.5f)
        return a;
    float from = level(a, b) ? a.x : a.y, to = level(a, b) ? b.x : b.y, first = level(c, d) ? c.x : c.y,
          last = level(c, d) ? d.x : d.y, way = to < from ? -1 : 1;
    float low = fminf(way * first, way * last), high = fmaxf(way * first, way * last);
    if (way * from < low - 0.5f || way * from > high)
        return a;
    float at = way * fminf(way * to, high);
    return level(a, b) ? (Point){at, a.y} : (Point){a.x, at};
}

static Point first_new(const Cell *cell, int wire, Point a, Point b)
{
    const Wire *this = &cell->wires[wire];
    for (int i = 0; i < wire; i++) {
        const Wire *other = &cell->wires[i];
        for (int k = 0; k + 1 < other->count; k++)
            if (other->from == this->from && has_come_back(cell, other) == has_come_back(cell, this))
                a = behind(a, b, other->point[k], other->point[k + 1]);
    }
    return a;
}

// The head stands at the end that the numbers go to, where the stretch is long enough for one.
static void draw_wire(const Cell *cell, int index)
{
    enum { HEAD_LEAST = 8 };
    const Wire *wire = &cell->wires[index];
    const Stand *from = &cell->stands[wire->from];
    bool back = has_come_back(cell, wire), there = snapshot_value(cell->snapshot, from->slot, cell->t) != NULL;
    float width = (cell_slot_of(cell, from)->role == ROLE_MEMORY ? 2.5f : 1.5f) * fmaxf(1, cell->scale * 0.8f);
    uint8_t before = draw_fade(cell->out, back || (there && !cell->backward) ? 1 : PALE);
    Ink ink = back ? INK_BACKWARD : INK_FORWARD;
    for (int i = 0; i + 1 < wire->count; i++) {
        Point whole = wire->point[i], b = wire->point[i + 1], a = first_new(cell, index, whole, b);
        float length = fabsf(a.x - b.x) + fabsf(a.y - b.y);
        bool head = length >= HEAD_LEAST && (back ? i == 0 && a.x == whole.x && a.y == whole.y : i == wire->count - 2);
        if (head)
            draw_arrow(cell->out, ink, back ? b.x : a.x, back ? b.y : a.y, back ? a.x : b.x, back ? a.y : b.y, width);
        else if (length > 0.5f)
            draw_line(cell->out, ink, a.x, a.y, b.x, b.y, width);
    }
    draw_fade(cell->out, (float)before / 255);
}

// Pale ones first, so that they do not cover the others where wires of a slot run together.
void cell_wires(const Cell *cell)
{
    for (int shown = 0; shown < 2; shown++)
        for (int i = 0; i < cell->wire_count; i++)
            if (has_come_back(cell, &cell->wires[i]) == shown)
                draw_wire(cell, i);
}

// ---- names at the ends ------------------------------------------------------------------------------------------
// What comes from another layer says from which: h^{(1)}_{8}.
static const char *end_name(const Cell *cell, const Stand *stand)
{
    const char *name = equation_slot(cell->snapshot, stand->slot, cell->t, cell->out->arena);
    int layer = cell->program->slots[stand->slot].layer;
    if (cell_slot_of(cell, stand)->role == ROLE_INPUT || layer == cell->snapshot->layer)
        return name;
    return draw_print(cell->out, "%c^{(%d)}%s", *name, layer + 1, name + 1);
}

// In at the left edge, out at the right one, above the wire or below it.
static void draw_end(Cell *cell, const Stand *stand, bool out)
{
    const char *name = end_name(cell, stand);
    float size = fminf(17, fmaxf(13, 13 * cell->scale)), off = 2;
    bool there = snapshot_value(cell->snapshot, stand->slot, cell->t) != NULL;
    Formula formula;
    Err err;
    formula_layout(cell->out->fonts, cell->out->arena, INK_TEXT, size, name, &formula, &err);
    float x = out ? cell->area.x + cell->area.w - formula.width - 8 : cell->area.x + 1,
          height = formula.ascent + formula.descent;
    Rect above = {x, stand->at.y - height - off, formula.width, height}, below = above;
    below.y = stand->at.y + off;
    Rect room = cell_free(cell, above, NONE) ? above : below;
    if (!cell_free(cell, room, NONE))
        return;
    cell_take(cell, room);
    Pointed pointed = term_pointed(cell->snapshot, stand->slot, cell->t);
    if (term_is_pointed(cell->snapshot, pointed, 0))
        draw_frame(cell->out, INK_FOCUS, rect_inset(room, -1), 3, 1);
    draw_formula(cell->out, there ? INK_TEXT : INK_FAINT, size, room.x, room.y + formula.ascent, ALIGN_LEFT, name);
    draw_hot(cell->out, (Hot){.id = hot_id(draw_print(cell->out, "cell %s %s", out ? "out" : "in", name)),
                              .area = room,
                              .tip = cell->program->slots[stand->slot].slot.what,
                              .pointed = pointed,
                              .of_term = true});
}

void cell_ends(Cell *cell)
{
    for (int i = 0; i < cell->stand_count; i++) {
        const Stand *stand = &cell->stands[i];
        if (stand->outside)
            draw_end(cell, stand, false);
        else if (cell->program->slots[stand->slot].delay != NONE)
            draw_end(cell, stand, true);
    }
}
