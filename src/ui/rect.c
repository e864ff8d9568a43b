#include "ui/draw.h"

#include <math.h>

Rect rect_inset(Rect rect, float by)
{
    return (Rect){rect.x + by, rect.y + by, fmaxf(rect.w - 2 * by, 0), fmaxf(rect.h - 2 * by, 0)};
}

Rect rect_cut_top(Rect *rect, float height)
{
    height = fminf(height, rect->h);
    Rect part = {rect->x, rect->y, rect->w, height};
    rect->y += height;
    rect->h -= height;
    return part;
}

Rect rect_cut_bottom(Rect *rect, float height)
{
    height = fminf(height, rect->h);
    rect->h -= height;
    return (Rect){rect->x, rect->y + rect->h, rect->w, height};
}

Rect rect_cut_left(Rect *rect, float width)
{
    width = fminf(width, rect->w);
    Rect part = {rect->x, rect->y, width, rect->h};
    rect->x += width;
    rect->w -= width;
    return part;
}

Rect rect_cut_right(Rect *rect, float width)
{
    width = fminf(width, rect->w);
    rect->w -= width;
    return (Rect){rect->x + rect->w, rect->y, width, rect->h};
}

bool rect_holds(Rect rect, float x, float y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}
