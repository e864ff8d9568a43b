#include "paint/painter.h"

#include <math.h>

typedef struct {
    const Canvas *canvas;
    int x, y; // the whole pixel of the start, on the baseline
} Start;

static void put_piece(void *context, const FontPiece *piece)
{
    const Start *start = context;
    canvas_mask(start->canvas, start->x + piece->x, start->y + piece->y, piece);
}

// x and y are device pixels. A baseline lies on a whole pixel, as letters are hinted for it.
static void put_text(Painter *painter, Face face, double size, double x, double y, const char *text)
{
    double whole = floor(x);
    Start start = {&painter->canvas, (int)whole, (int)floor(y + 0.5)};
    font_pieces(painter->fonts, face, size * painter->scale, x - whole, text, put_piece, &start);
}

static double aligned(Align align, double x, double width)
{
    return align == ALIGN_LEFT ? x : align == ALIGN_CENTRE ? x - width / 2 : x - width;
}

static double device_px(const Painter *painter, int32_t layout)
{
    return (double)device(painter, layout) / 64;
}

void paint_text(Painter *painter, const Shape *shape)
{
    Type type = shape->type;
    double width = font_width(painter->fonts, type.face, (double)type.size, shape->text) * painter->scale;
    put_text(painter, type.face, (double)type.size, aligned(shape->align, device_px(painter, shape->x), width),
             device_px(painter, shape->y), shape->text);
}

// ---- formulas -----------------------------------------------------------------
static int32_t px64(double pixels)
{
    return (int32_t)floor(pixels * 64 + 0.5);
}

// A fraction's bar, a root's, a norm's.
static void put_rule(Painter *painter, const FormulaPiece *piece, double x, double y)
{
    Box box = {.x0 = nearest_pixel(px64(x)), .y0 = nearest_pixel(px64(y))};
    box.x1 = box.x0 + whole_width(painter, px64((double)piece->w));
    box.y1 = box.y0 + whole_width(painter, px64((double)piece->h));
    canvas_fill(&painter->canvas, box);
}

// Laid out, in the painter's arena, and where in device pixels it starts.
Formula formula_placed(Painter *painter, const Shape *shape, double *left)
{
    Err unread; // a refused formula comes back as plain words
    Formula formula;
    arena_reset(&painter->arena);
    formula_layout(painter->fonts, &painter->arena, shape->ink, shape->type.size, shape->text, &formula, &unread);
    *left = aligned(shape->align, device_px(painter, shape->x), (double)formula.width * painter->scale);
    return formula;
}

void paint_formula(Painter *painter, const Shape *shape)
{
    double left, baseline = device_px(painter, shape->y);
    Formula formula = formula_placed(painter, shape, &left);
    for (int i = 0; i < formula.count; i++) {
        const FormulaPiece *piece = &formula.pieces[i];
        double x = left + (double)piece->x * painter->scale, y = baseline + (double)piece->y * painter->scale;
        canvas_ink(&painter->canvas, theme_ink(painter->theme, piece->ink), shape->alpha);
        if (piece->text)
            put_text(painter, piece->face, (double)piece->size, x, y, piece->text);
        else
            put_rule(painter, piece, x, y);
    }
}
