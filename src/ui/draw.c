#include "ui/draw.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

enum {
    FIRST_ROOM = 256,
    POLYLINE_MOST = 1000, // points; a painter's time must not grow with the square of a curve's length
    FURTHEST = 1 << 20,   // px from the origin; beyond is the same place for the eye and safe to multiply
};

const Type TYPE_CAPTION = {FACE_WORDS, 11};
const Type TYPE_SECTION = {FACE_SEMIBOLD, 11};
const Type TYPE_BODY = {FACE_WORDS, 13};
const Type TYPE_STRONG = {FACE_SEMIBOLD, 13};
const Type TYPE_TITLE = {FACE_SEMIBOLD, 15};
const Type TYPE_HEAD = {FACE_BOLD, 17};
const Type TYPE_BRAND = {FACE_BOLD, 20};
const Type TYPE_SIGN = {FACE_MATH_ITALIC, 12};

DrawList draw_begin(Arena *arena, Fonts *fonts)
{
    return (DrawList){.arena = arena, .fonts = fonts, .alpha = 255};
}

// ---- adding a shape ---------------------------------------------------------
// To 1/64 px, halves upwards, so that the same layout has the same numbers everywhere.
static int32_t to_64ths(float pixels)
{
    double inside = fmin(fmax((double)pixels, -FURTHEST), FURTHEST);
    return (int32_t)floor(inside * 64 + 0.5);
}

static bool finite4(float a, float b, float c, float d)
{
    bool finite = isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d);
    assert(finite && "a shape's place must be known");
    return finite;
}

static void make_room(DrawList *out)
{
    int room = out->room ? 2 * out->room : FIRST_ROOM;
    Shape *shapes = arena_new(out->arena, Shape, room);
    if (out->count > 0)
        memcpy(shapes, out->shapes, sizeof *shapes * (size_t)out->count);
    out->shapes = shapes;
    out->room = room;
}

static Shape *add(DrawList *out, ShapeKind kind, Ink ink)
{
    if (out->count == out->room)
        make_room(out);
    Shape *shape = &out->shapes[out->count++];
    *shape = (Shape){.kind = kind, .ink = ink, .alpha = out->alpha};
    return shape;
}

// NULL when the place is not finite: then nothing is drawn.
static Shape *add_at(DrawList *out, ShapeKind kind, Ink ink, float x, float y, float w, float h)
{
    if (!finite4(x, y, w, h))
        return NULL;
    Shape *shape = add(out, kind, ink);
    shape->x = to_64ths(x);
    shape->y = to_64ths(y);
    shape->w = to_64ths(w);
    shape->h = to_64ths(h);
    return shape;
}

// Edges are quantised, not sizes, so that neighbours stay neighbours.
static Shape *add_rect(DrawList *out, ShapeKind kind, Ink ink, Rect rect)
{
    Shape *shape = add_at(out, kind, ink, rect.x, rect.y, rect.x + rect.w, rect.y + rect.h);
    if (shape) {
        shape->w -= shape->x;
        shape->h -= shape->y;
    }
    return shape;
}

static Shape *add_points(DrawList *out, ShapeKind kind, Ink ink, const Point *points, int count)
{
    for (int i = 0; i < count; i++)
        if (!finite4(points[i].x, points[i].y, 0, 0))
            return NULL;
    int32_t *kept = arena_new(out->arena, int32_t, 2 * count);
    for (int i = 0; i < count; i++) {
        kept[2 * i] = to_64ths(points[i].x);
        kept[2 * i + 1] = to_64ths(points[i].y);
    }
    Shape *shape = add(out, kind, ink);
    shape->points = kept;
    shape->point_count = count;
    return shape;
}

static const char *kept_text(DrawList *out, const char *text)
{
    return text ? strcpy(arena_alloc(out->arena, strlen(text) + 1), text) : NULL;
}

// ---- the shapes ---------------------------------------------------------------
void draw_rect(DrawList *out, Ink ink, Rect rect, float radius)
{
    Shape *shape = add_rect(out, SHAPE_RECT, ink, rect);
    if (shape)
        shape->radius = to_64ths(radius);
}

void draw_frame(DrawList *out, Ink ink, Rect rect, float radius, float width)
{
    Shape *shape = add_rect(out, SHAPE_FRAME, ink, rect);
    if (shape) {
        shape->radius = to_64ths(radius);
        shape->width = to_64ths(width);
    }
}

void draw_dashes(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width, float dash)
{
    Shape *shape = add_at(out, SHAPE_LINE, ink, x0, y0, x1, y1);
    if (shape) {
        shape->width = to_64ths(width);
        shape->dash = to_64ths(dash);
    }
}

void draw_line(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width)
{
    draw_dashes(out, ink, x0, y0, x1, y1, width, 0);
}

void draw_polyline(DrawList *out, Ink ink, const Point *points, int count, float width)
{
    for (int first = 0; first < count - 1; first += POLYLINE_MOST - 1) {
        int part = count - first < POLYLINE_MOST ? count - first : POLYLINE_MOST;
        Shape *shape = add_points(out, SHAPE_POLYLINE, ink, points + first, part);
        if (shape)
            shape->width = to_64ths(width);
    }
}

void draw_curve(DrawList *out, Ink ink, const Point points[4], float width)
{
    Shape *shape = add_points(out, SHAPE_CURVE, ink, points, 4);
    if (shape)
        shape->width = to_64ths(width);
}

void draw_arrow(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width)
{
    Shape *shape = add_at(out, SHAPE_ARROW, ink, x0, y0, x1, y1);
    if (shape)
        shape->width = to_64ths(width);
}

void draw_polygon(DrawList *out, Ink ink, const Point *points, int count)
{
    add_points(out, SHAPE_POLYGON, ink, points, count);
}

void draw_circle(DrawList *out, Ink ink, float x, float y, float radius)
{
    Shape *shape = add_at(out, SHAPE_CIRCLE, ink, x, y, 0, 0);
    if (shape)
        shape->radius = to_64ths(radius);
}

void draw_ring(DrawList *out, Ink ink, float x, float y, float radius, float width)
{
    Shape *shape = add_at(out, SHAPE_RING, ink, x, y, 0, 0);
    if (shape) {
        shape->radius = to_64ths(radius);
        shape->width = to_64ths(width);
    }
}

void draw_text(DrawList *out, Ink ink, Type type, float x, float y, Align align, const char *text)
{
    Shape *shape = add_at(out, SHAPE_TEXT, ink, x, y, 0, 0);
    if (!shape)
        return;
    shape->type = type;
    shape->align = align;
    shape->text = kept_text(out, text);
}

void draw_textf(DrawList *out, Ink ink, Type type, float x, float y, Align align, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(out->arena, format, args);
    va_end(args);
    draw_text(out, ink, type, x, y, align, text);
}

void draw_formula(DrawList *out, Ink ink, float size, float x, float y, Align align, const char *formula)
{
    Shape *shape = add_at(out, SHAPE_FORMULA, ink, x, y, 0, 0);
    if (!shape)
        return;
    shape->type = (Type){FACE_MATH_ITALIC, size};
    shape->align = align;
    shape->text = kept_text(out, formula);
}

void draw_grid(DrawList *out, Rect rect, Grid grid)
{
    Shape *shape = add_rect(out, SHAPE_GRID, INK_TEXT, rect);
    if (!shape)
        return;
    Grid *kept = arena_new(out->arena, Grid, 1);
    *kept = grid;
    shape->grid = kept;
}

void draw_clip(DrawList *out, Rect rect)
{
    if (!add_rect(out, SHAPE_CLIP, INK_PAGE, rect))
        add(out, SHAPE_CLIP, INK_PAGE); // an empty one, so that its pop finds it
}

void draw_unclip(DrawList *out)
{
    add(out, SHAPE_UNCLIP, INK_PAGE);
}

uint8_t draw_fade(DrawList *out, float alpha)
{
    uint8_t before = out->alpha;
    double inside = fmin(fmax((double)alpha, 0), 1);
    out->alpha = (uint8_t)(inside * 255 + 0.5);
    return before;
}

// ---- what can be pressed --------------------------------------------------------
void draw_hot(DrawList *out, Hot hot)
{
    Shape *shape = add_rect(out, SHAPE_HOT, INK_PAGE, hot.area);
    if (!shape)
        return;
    Hot *kept = arena_new(out->arena, Hot, 1);
    *kept = hot;
    kept->press = kept_text(out, hot.press);
    kept->drag = kept_text(out, hot.drag);
    kept->tip = kept_text(out, hot.tip);
    shape->hot = kept;
}

void draw_layer(DrawList *out, const char *close)
{
    Hot *outside = arena_new(out->arena, Hot, 1);
    *outside = (Hot){.id = hot_id("outside"), .press = kept_text(out, close), .pointed = {0, -1, -1}};
    Shape *shape = add(out, SHAPE_LAYER, INK_PAGE);
    shape->text = outside->press;
    shape->hot = outside;
}

// ---- text that is not drawn yet -----------------------------------------------------
float draw_width(const DrawList *out, Type type, const char *text)
{
    return (float)font_width(out->fonts, type.face, (double)type.size, text);
}

const char *draw_print(DrawList *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(out->arena, format, args);
    va_end(args);
    return text;
}

static bool is_inside_a_letter(char byte) // of UTF-8
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

const char *draw_cut(DrawList *out, Type type, const char *text, float width)
{
    static const char dots[] = "…";
    if (draw_width(out, type, text) <= width)
        return text;
    size_t length = strlen(text);
    char *cut = arena_alloc(out->arena, length + sizeof dots);
    memcpy(cut, text, length);
    do {
        while (length > 0 && is_inside_a_letter(text[length - 1]))
            length--;
        length -= length > 0;
        memcpy(cut + length, dots, sizeof dots);
    } while (length > 0 && draw_width(out, type, cut) > width);
    return cut;
}
