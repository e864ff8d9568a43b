#include "paint/painter.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { FURTHEST = 1 << 22 }; // 1/64 device px; FreeType's raster goes four times as far

// ---- from the layout to the device -------------------------------------------------
void painter_set(Painter *painter, const Theme *theme, double scale)
{
    painter->theme = theme;
    painter->scale16 = (int64_t)floor(scale * 65536 + 0.5);
    painter->scale = (double)painter->scale16 / 65536;
}

int32_t device(const Painter *painter, int32_t layout)
{
    int64_t at = ((int64_t)layout * painter->scale16 + 32768) >> 16;
    return (int32_t)(at > FURTHEST ? FURTHEST : at < -FURTHEST ? -FURTHEST : at);
}

int nearest_pixel(int32_t device64)
{
    return (device64 + 32) >> 6;
}

int whole_width(const Painter *painter, int32_t width)
{
    int pixels = nearest_pixel(device(painter, width));
    return pixels > 0 ? pixels : width > 0;
}

// Edges on whole pixels; what has any size is at least a pixel.
Box snapped_box(const Painter *painter, const Shape *shape)
{
    Box box = {nearest_pixel(device(painter, shape->x)), nearest_pixel(device(painter, shape->y)),
               nearest_pixel(device(painter, shape->x + shape->w)),
               nearest_pixel(device(painter, shape->y + shape->h))};
    if (box.x1 == box.x0 && shape->w > 0)
        box.x1++;
    if (box.y1 == box.y0 && shape->h > 0)
        box.y1++;
    return box;
}

static int32_t *device_points(Painter *painter, const Shape *shape)
{
    arena_reset(&painter->arena);
    int32_t *points = arena_new(&painter->arena, int32_t, 2 * shape->point_count);
    for (int i = 0; i < 2 * shape->point_count; i++)
        points[i] = device(painter, shape->points[i]);
    return points;
}

// ---- kinds ---------------------------------------------------------------------------
static void paint_rect(Painter *painter, const Shape *shape)
{
    canvas_round(&painter->canvas, &painter->corners, snapped_box(painter, shape), device(painter, shape->radius));
}

static void paint_frame(Painter *painter, const Shape *shape)
{
    canvas_frame(&painter->canvas, &painter->corners, snapped_box(painter, shape), device(painter, shape->radius),
                 whole_width(painter, shape->width));
}

static void paint_polyline(Painter *painter, const Shape *shape)
{
    path_stroke(&painter->path, &painter->canvas, device_points(painter, shape), shape->point_count,
                device(painter, shape->width));
}

static void paint_curve(Painter *painter, const Shape *shape)
{
    path_stroke_curve(&painter->path, &painter->canvas, device_points(painter, shape), device(painter, shape->width));
}

static void paint_polygon(Painter *painter, const Shape *shape)
{
    path_begin(&painter->path);
    path_polygon(&painter->path, device_points(painter, shape), shape->point_count);
    path_fill(&painter->path, &painter->canvas, false);
}

// A ring is a circle without a smaller one.
static void paint_circle(Painter *painter, const Shape *shape)
{
    int32_t x = device(painter, shape->x), y = device(painter, shape->y), radius = device(painter, shape->radius);
    int32_t within = radius - device(painter, shape->width);
    path_begin(&painter->path);
    path_circle(&painter->path, x, y, radius);
    if (shape->kind == SHAPE_RING && within > 0)
        path_circle(&painter->path, x, y, within);
    path_fill(&painter->path, &painter->canvas, true);
}

static void push_clip(Painter *painter, const Shape *shape)
{
    assert(painter->clip_depth < CLIPS_MOST);
    painter->clips[painter->clip_depth++] = painter->canvas.clip;
    painter->canvas.clip = box_shared(painter->canvas.clip, snapped_box(painter, shape));
}

static void pop_clip(Painter *painter, const Shape *shape)
{
    (void)shape;
    assert(painter->clip_depth > 0);
    painter->canvas.clip = painter->clips[--painter->clip_depth];
}

// clang-format off
static void (*const kinds[SHAPES])(Painter *painter, const Shape *shape) = {
    [SHAPE_RECT]     = paint_rect,
    [SHAPE_FRAME]    = paint_frame,
    [SHAPE_LINE]     = paint_line,
    [SHAPE_POLYLINE] = paint_polyline,
    [SHAPE_CURVE]    = paint_curve,
    [SHAPE_ARROW]    = paint_arrow,
    [SHAPE_POLYGON]  = paint_polygon,
    [SHAPE_CIRCLE]   = paint_circle,
    [SHAPE_RING]     = paint_circle,
    [SHAPE_TEXT]     = paint_text,
    [SHAPE_FORMULA]  = paint_formula,
    [SHAPE_GRID]     = paint_grid,
    [SHAPE_CLIP]     = push_clip,
    [SHAPE_UNCLIP]   = pop_clip,
    [SHAPE_HOT]      = NULL, // not seen
    [SHAPE_LAYER]    = NULL,
};
// clang-format on

// ---- the picture ----------------------------------------------------------------------
Painter *painter_make(Fonts *fonts)
{
    Painter *painter = calloc(1, sizeof *painter);
    if (!painter || !path_open(&painter->path)) {
        free(painter);
        return NULL;
    }
    painter->fonts = fonts;
    painter->arena = arena_make(64 << 10);
    return painter;
}

void painter_free(Painter *painter)
{
    if (!painter)
        return;
    path_close(&painter->path);
    arena_free(&painter->arena);
    free(painter);
}

void paint(Painter *painter, const DrawList *list, const Theme *theme, double scale, Picture *picture)
{
    Box all = {0, 0, picture->width, picture->height};
    painter_set(painter, theme, scale);
    painter->canvas = (Canvas){.picture = picture, .clip = all};
    painter->clip_depth = 0;
    canvas_ink(&painter->canvas, theme_ink(theme, INK_PAGE), 255);
    canvas_fill(&painter->canvas, all);
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        canvas_ink(&painter->canvas, theme_ink(theme, shape->ink), shape->alpha);
        if (kinds[shape->kind])
            kinds[shape->kind](painter, shape);
    }
}
