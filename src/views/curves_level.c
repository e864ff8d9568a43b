#include <math.h>

#include "views/curves.h"

// Levels with names. A name stands where no curve passes: above its line or below it, as far to the right as can be;
// else beside the title, or anywhere in the field.
enum { ABOVE = 5, BELOW = 13, ASCENT = 10, HEIGHT = 13, INSET = 6, AIR = 2, STRIDE = 8 };

static bool touch(Rect a, Rect b)
{
    return a.x < b.x + b.w + AIR && b.x < a.x + a.w + AIR && a.y < b.y + b.h + AIR && b.y < a.y + a.h + AIR;
}

static float px(int32_t px64)
{
    return (float)px64 / 64;
}

// Segment by segment, as a box each.
static bool line_touches(const Shape *line, Rect box)
{
    for (int i = 0; i + 1 < line->point_count; i++) {
        const int32_t *p = line->points + 2 * i;
        float x = px(p[0]), y = px(p[1]), end = px(p[2]), down = px(p[3]);
        if (touch(box, (Rect){fminf(x, end), fminf(y, down), fabsf(end - x), fabsf(down - y)}))
            return true;
    }
    return false;
}

static bool shape_touches(const Shape *shape, Rect box)
{
    float x = px(shape->x), y = px(shape->y), r = px(shape->radius);
    switch (shape->kind) {
    case SHAPE_POLYLINE:
        return line_touches(shape, box);
    case SHAPE_RECT:
        return touch(box, (Rect){x, y, px(shape->w), px(shape->h)});
    case SHAPE_CIRCLE:
        return touch(box, (Rect){x - r, y - r, 2 * r, 2 * r});
    default:
        return false;
    }
}

static bool is_free(const Curves *curves, Rect box)
{
    Rect field = curves->field;
    float here = curves->x0 + curves->dx * (float)curves->read;
    if (box.y < field.y || box.y + box.h > field.y + field.h || touch(box, (Rect){here, field.y, 0, field.h}))
        return false;
    for (int i = curves->first; i < curves->out->count; i++)
        if (shape_touches(&curves->out->shapes[i], box))
            return false;
    return true;
}

static bool find_along(const Curves *curves, float top, Rect *box)
{
    Rect field = curves->field;
    box->y = top;
    for (box->x = field.x + field.w - CURVES_SCALE - INSET - box->w; box->x >= field.x + INSET; box->x -= STRIDE)
        if (is_free(curves, *box))
            return true;
    return false;
}

static bool find_beside_title(const Curves *curves, Rect *box)
{
    Rect line = curves->title;
    box->x = line.x + line.w - box->w;
    box->y = line.y;
    return box->w + 2 * INSET <= line.w;
}

static bool find_anywhere(const Curves *curves, Rect *box)
{
    for (float top = curves->field.y + AIR; top < curves->field.y + curves->field.h; top += STRIDE)
        if (find_along(curves, top, box))
            return true;
    return false;
}

bool curves_find_free(const Curves *curves, Rect *box)
{
    return is_free(curves, *box) || find_anywhere(curves, box);
}

void curves_level(const Curves *curves, Ink ink, double value, const char *name)
{
    Rect field = curves->field;
    float y = floorf(value_y(curves->values, value)) + 0.5f, right = field.x + field.w - CURVES_SCALE;
    const char *text = draw_cut(curves->out, TYPE_SECTION, name, right - field.x - 2 * INSET);
    Rect box = {0, 0, draw_width(curves->out, TYPE_SECTION, text), HEIGHT};
    draw_dashes(curves->out, ink, field.x, y, right, y, 1, 4);
    if (!find_along(curves, y - ABOVE - ASCENT, &box) && !find_along(curves, y + BELOW - ASCENT, &box) &&
        !find_beside_title(curves, &box) && !find_anywhere(curves, &box))
        return;
    if (box.y >= field.y)
        draw_rect(curves->out, INK_CARD, box, 2); // over the lines of the scale
    draw_text(curves->out, ink, TYPE_SECTION, box.x, box.y + ASCENT, ALIGN_LEFT, text);
}
