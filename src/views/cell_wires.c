#include <math.h>

#include "nn/op.h"
#include "views/cell_parts.h"

// The wires of a cell.
static const float PALE = 0.3f;

static void way_add(Way *way, float x, float y)
{
    const Point *last = way->count > 0 ? &way->point[way->count - 1] : NULL;
    if (!last || fabsf(last->x - x) + fabsf(last->y - y) > 0.5f)
        way->point[way->count++] = (Point){x, y};
}

// What all sums read runs below them: the state before beside its own lane where that is low enough.
static float rail_of(const Cell *cell, int from, int to)
{
    bool below = cell_at(cell, from)->lane > cell_at(cell, to)->lane;
    float input = cell->area.y + CELL_EDGE + cell->dy * ((float)cell->input_lane + 0.5f);
    return below ? cell_centre(cell, from).y : input - cell->dy * 0.45f;
}

// From a rail up into a sum: the state left of the middle, the input right of it.
static Way way_from_rail(const Cell *cell, int from, int to)
{
    Point a = cell_centre(cell, from), b = cell_centre(cell, to);
    float rail = rail_of(cell, from, to),
          both = cell->program->rows[cell->program->slots[to].producer].b != NONE ? 4 : 0;
    float x = b.x + (cell_at(cell, from)->role == ROLE_INPUT ? both : -both);
    Way way = {.count = 0};
    if (cell_at(cell, from)->lane == cell_at(cell, to)->lane) {
        way_add(&way, a.x, a.y);
        way_add(&way, b.x - cell_half_width(cell, to), b.y);
        return way;
    }
    way_add(&way, a.x, a.y);
    way_add(&way, a.x, rail);
    way_add(&way, x, rail);
    way_add(&way, x, b.y + cell_half_height(cell, to));
    return way;
}

// Up first and then across; what goes down goes across first. So no wire runs through a box of the cells here.
Way cell_way(const Cell *cell, int from, int to)
{
    Point a = cell_centre(cell, from), b = cell_centre(cell, to);
    Way way = {.count = 0};
    bool across_first = a.y < b.y || cell_outside(cell, from);
    float side = b.x > a.x ? 1 : b.x < a.x ? -1 : 0, up = b.y < a.y ? -1 : b.y > a.y ? 1 : 0;
    if (cell_sums(cell, to) && cell_outside(cell, from))
        return way_from_rail(cell, from, to);
    if (across_first || up == 0) {
        way_add(&way, a.x + side * cell_half_width(cell, from),
                a.y + (side == 0 ? up * cell_half_height(cell, from) : 0));
        way_add(&way, up == 0 ? b.x - side * cell_half_width(cell, to) : b.x, a.y);
        way_add(&way, up == 0 ? b.x - side * cell_half_width(cell, to) : b.x, b.y - up * cell_half_height(cell, to));
        return way;
    }
    way_add(&way, a.x, a.y - cell_half_height(cell, from));
    way_add(&way, a.x, side == 0 ? b.y + cell_half_height(cell, to) : b.y);
    way_add(&way, side == 0 ? b.x : b.x - side * cell_half_width(cell, to),
            side == 0 ? b.y + cell_half_height(cell, to) : b.y);
    return way;
}

// What has not happened is pale; what has come back is vermilion, its arrow at the other end.
void cell_draw_way(const Cell *cell, int slot, const Way *way, bool arrow)
{
    bool back = cell->backward && snapshot_grad(cell->snapshot, slot, cell->t);
    bool there = snapshot_value(cell->snapshot, slot, cell->t) != NULL;
    float width = cell_at(cell, slot)->role == ROLE_MEMORY ? 2.5f : 1.5f;
    uint8_t before = draw_fade(cell->out, back || (there && !cell->backward) ? 1 : PALE);
    Ink ink = back ? INK_BACKWARD : INK_FORWARD;
    int last = way->count - 1;
    for (int i = 0; i < last; i++) {
        Point a = way->point[i], b = way->point[i + 1];
        bool head = arrow && i == (back ? 0 : last - 1) && fabsf(a.x - b.x) + fabsf(a.y - b.y) > 7;
        if (head)
            draw_arrow(cell->out, ink, back ? b.x : a.x, back ? b.y : a.y, back ? a.x : b.x, back ? a.y : b.y, width);
        else
            draw_line(cell->out, ink, a.x, a.y, b.x, b.y, width);
    }
    draw_fade(cell->out, (float)before / 255);
}

void cell_wires(const Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!cell_has(cell, slot) || cell_outside(cell, slot))
            continue;
        const Row *row = &cell->program->rows[cell->program->slots[slot].producer];
        for (int operand = 0; operand < op_types[row->kind].operands; operand++) {
            int from = operand ? row->b : row->a;
            Way way = cell_has(cell, from) ? cell_way(cell, from, slot) : (Way){.count = 0};
            cell_draw_way(cell, from, &way, true);
        }
    }
}

// The wire that leaves a slot where its values are shown half way: the first that goes up or down, else the first.
bool way_is_upright(const Way *way)
{
    return way->count > 1 && fabsf(way->point[0].x - way->point[1].x) < 1;
}

bool cell_wire_from(const Cell *cell, int slot, Way *way)
{
    bool found = false;
    for (int to = 0; to < cell->program->slot_count; to++) {
        if (!cell_has(cell, to) || cell_outside(cell, to))
            continue;
        const Row *row = &cell->program->rows[cell->program->slots[to].producer];
        if (row->a != slot && row->b != slot)
            continue;
        const Way leaving = cell_way(cell, slot, to);
        if (!found || (way_is_upright(&leaving) && !way_is_upright(way)))
            *way = leaving;
        found = true;
    }
    return found;
}
