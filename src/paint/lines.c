#include "paint/painter.h"

// Straight lines and arrows. Upright and level ones are put on whole pixels, so that they are crisp.

// The root of a square below 2^62, rounded down (Newton's way).
static int64_t root(int64_t square)
{
    int64_t x = square, half = (x + 1) / 2;
    while (half < x) {
        x = half;
        half = (x + square / x) / 2;
    }
    return x;
}

Way way_of(const Painter *painter, const Shape *shape)
{
    Way way = {.x0 = device(painter, shape->x),
               .y0 = device(painter, shape->y),
               .x1 = device(painter, shape->w),
               .y1 = device(painter, shape->h)};
    way.dx = way.x1 - way.x0;
    way.dy = way.y1 - way.y0;
    way.length = root(way.dx * way.dx + way.dy * way.dy);
    return way;
}

// A point: so far along the way, so far aside of it.
static void put_point(int32_t *point, const Way *way, int64_t along, int64_t aside)
{
    point[0] = (int32_t)(way->x0 + (way->dx * along - way->dy * aside) / way->length);
    point[1] = (int32_t)(way->y0 + (way->dy * along + way->dx * aside) / way->length);
}

// ---- lines ------------------------------------------------------------------
static void stretch_across(int32_t centre, int width, int *low, int *high)
{
    *low = nearest_pixel(centre - 32 * width);
    *high = *low + width;
}

static void stretch_along(int32_t a, int32_t b, int *low, int *high)
{
    *low = nearest_pixel(a < b ? a : b);
    *high = nearest_pixel(a < b ? b : a);
}

static void paint_level_part(Painter *painter, const Way *way, int64_t from, int64_t to, int width)
{
    Box box;
    if (way->dy == 0) {
        int sign = way->dx < 0 ? -1 : 1;
        stretch_along(way->x0 + sign * (int32_t)from, way->x0 + sign * (int32_t)to, &box.x0, &box.x1);
        stretch_across(way->y0, width, &box.y0, &box.y1);
    } else {
        int sign = way->dy < 0 ? -1 : 1;
        stretch_along(way->y0 + sign * (int32_t)from, way->y0 + sign * (int32_t)to, &box.y0, &box.y1);
        stretch_across(way->x0, width, &box.x0, &box.x1);
    }
    canvas_fill(&painter->canvas, box);
}

static void paint_slanted_part(Painter *painter, const Way *way, int64_t from, int64_t to, int32_t width)
{
    int32_t corner[8];
    put_point(corner + 0, way, from, -width / 2);
    put_point(corner + 2, way, to, -width / 2);
    put_point(corner + 4, way, to, width / 2);
    put_point(corner + 6, way, from, width / 2);
    path_begin(&painter->path);
    path_polygon(&painter->path, corner, 4);
    path_fill(&painter->path, &painter->canvas, false);
}

static void paint_part(Painter *painter, const Shape *shape, const Way *way, int64_t from, int64_t to)
{
    if (way->dx == 0 || way->dy == 0)
        paint_level_part(painter, way, from, to, whole_width(painter, shape->width));
    else
        paint_slanted_part(painter, way, from, to, device(painter, shape->width));
}

void paint_line(Painter *painter, const Shape *shape)
{
    Way way = way_of(painter, shape);
    if (way.length == 0)
        return;
    int32_t dash = device(painter, shape->dash);
    int64_t part = dash >= 64 ? dash : way.length; // a finer dash is no dash
    for (int64_t from = 0; from < way.length; from += 2 * part)
        paint_part(painter, shape, &way, from, from + part < way.length ? from + part : way.length);
}

// ---- arrows -----------------------------------------------------------------
enum { HEAD_LENGTH = 5 * 64, HEAD_ASIDE = 144 }; // 1/64 px, of the thinnest arrow

static int32_t on_grid(int32_t centre, int width) // so that both edges of a stroke of a whole width are
{
    return 64 * nearest_pixel(centre - 32 * width) + 32 * width;
}

// An upright or level shaft gets a whole width and a place on whole pixels.
static int32_t settle(const Painter *painter, const Shape *shape, Way *way)
{
    int width = whole_width(painter, shape->width);
    if (way->dx == 0)
        way->x0 = on_grid(way->x0, width);
    else if (way->dy == 0)
        way->y0 = on_grid(way->y0, width);
    else
        return device(painter, shape->width);
    return 64 * width;
}

// One outline of seven points, so that a faded arrow is even all over.
bool arrow_outline(const Way *way, int32_t width, int32_t pixel, int32_t corner[14])
{
    if (way->length == 0)
        return false;
    int64_t head = (int64_t)HEAD_LENGTH * pixel / 64 + width,
            aside = (int64_t)HEAD_ASIDE * pixel / 64 + width * 11 / 20;
    int64_t neck = way->length > head ? way->length - head : 0;
    put_point(corner + 0, way, 0, -width / 2);
    put_point(corner + 2, way, neck, -width / 2);
    put_point(corner + 4, way, neck, -aside);
    put_point(corner + 6, way, way->length, 0);
    put_point(corner + 8, way, neck, aside);
    put_point(corner + 10, way, neck, width / 2);
    put_point(corner + 12, way, 0, width / 2);
    return true;
}

void paint_arrow(Painter *painter, const Shape *shape)
{
    Way way = way_of(painter, shape);
    int32_t width = settle(painter, shape, &way), corner[14];
    if (!arrow_outline(&way, width, device(painter, 64), corner))
        return;
    path_begin(&painter->path);
    path_polygon(&painter->path, corner, 7);
    path_fill(&painter->path, &painter->canvas, false);
}
