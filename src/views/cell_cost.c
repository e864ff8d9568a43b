#include "views/cell_cost.h"

// All of this is asked very often. fminf and fmaxf, which know about NaN, are calls.
static float lower(float a, float b)
{
    return a < b ? a : b;
}

static float upper(float a, float b)
{
    return a > b ? a : b;
}

static bool between(float x, float a, float b, float within)
{
    return x > lower(a, b) + within && x < upper(a, b) - within;
}

// Whether the stretch comes nearer than `around` to what stands there.
static bool meets(Point a, Point b, const Stand *stand, float around)
{
    float x = lower(a.x, b.x), y = lower(a.y, b.y), w = a.x + b.x - 2 * x, h = a.y + b.y - 2 * y;
    return x + w > stand->at.x - stand->w - around && x < stand->at.x + stand->w + around &&
           y + h > stand->at.y - stand->h - around && y < stand->at.y + stand->h + around;
}

float cost_of_boxes_but(const Cell *cell, Point a, Point b, int from, int to)
{
    const float around = 3;
    for (int i = 0; i < cell->stand_count; i++)
        if (!cell->stands[i].outside && i != from && i != to && meets(a, b, &cell->stands[i], around))
            return costs.box;
    return 0;
}

// A wire may touch the two boxes it joins only where it leaves and enters.
float cost_of_boxes(const Cell *cell, const Wire *wire, int segment)
{
    return cost_of_boxes_but(cell, wire->point[segment], wire->point[segment + 1], segment == 0 ? wire->from : NONE,
                             segment == wire->count - 2 ? wire->to : NONE);
}

// How far two segments of the same direction lie over each other; 0: they do not.
static float overlap(Point a, Point b, Point c, Point d, float beside)
{
    if (is_level(a, b))
        return fabsf(a.y - c.y) > beside
                   ? 0
                   : lower(upper(a.x, b.x), upper(c.x, d.x)) - upper(lower(a.x, b.x), lower(c.x, d.x));
    return fabsf(a.x - c.x) > beside
               ? 0
               : lower(upper(a.y, b.y), upper(c.y, d.y)) - upper(lower(a.y, b.y), lower(c.y, d.y));
}

// Of another slot's wire: never along it, never so that it seems to branch off, across it where it must be.
static float cost_of_segments(Point a, Point b, Point c, Point d)
{
    const float near = 1;
    if (is_level(a, b) == is_level(c, d))
        return overlap(a, b, c, d, APART - 1) > 2 ? costs.wire : 0;
    Point at = is_level(a, b) ? (Point){c.x, a.y} : (Point){a.x, c.y};
    bool touches = between(at.x, a.x, b.x, -near) && between(at.y, a.y, b.y, -near) && between(at.x, c.x, d.x, -near) &&
                   between(at.y, c.y, d.y, -near);
    bool crosses = (between(at.x, a.x, b.x, near) || between(at.y, a.y, b.y, near)) &&
                   (between(at.x, c.x, d.x, near) || between(at.y, c.y, d.y, near));
    return !touches ? 0 : crosses ? costs.crossing : costs.wire;
}

float cost_of_wires(const Cell *cell, const Wire *wire, int segment)
{
    Point a = wire->point[segment], b = wire->point[segment + 1];
    float cost = 0, shared = 0;
    for (int i = 0; i < cell->wire_count; i++) {
        const Wire *other = &cell->wires[i];
        for (int k = 0; k + 1 < other->count; k++) {
            Point c = other->point[k], d = other->point[k + 1];
            if (other->from != wire->from)
                cost += cost_of_segments(a, b, c, d);
            else if (is_level(a, b) == is_level(c, d))
                shared = fmaxf(shared, overlap(a, b, c, d, 0.5f));
        }
    }
    return cost + costs.length * (length_of(a, b) - shared) + costs.shared * shared;
}

float cost_outside(const Cell *cell, Point at)
{
    const Rect *area = &cell->area;
    bool inside = at.x >= area->x && at.x <= area->x + area->w && at.y >= area->y + 3 && at.y <= area->y + area->h - 3;
    return inside ? 0 : costs.box;
}
