#include "paint/painter.h"

#include <math.h>

#include "base/file.h"
#include "base/text.h"

// A painter at scale 1 tells where things lie; here they are written down instead of painted.
typedef struct {
    Painter *painter;
    Text out;
    int clips; // so far, for their names
} Svg;

// ---- attributes ------------------------------------------------------------------
static double px(int32_t px64)
{
    return (double)px64 / 64;
}

static void put_colour(Svg *svg, const char *what, uint32_t argb, uint8_t alpha)
{
    text_add(&svg->out, " %s=\"#%06x\"", what, (unsigned)(argb & 0xFFFFFF));
    double opacity = (double)(argb >> 24) * alpha / (255 * 255);
    if (opacity < 1)
        text_add(&svg->out, " %s-opacity=\"%.3g\"", what, opacity);
}

static void put_ink(Svg *svg, const char *what, const Shape *shape)
{
    put_colour(svg, what, theme_ink(svg->painter->theme, shape->ink), shape->alpha);
}

static void put_stroke(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, " fill=\"none\" stroke-width=\"%g\"", px(shape->width));
    put_ink(svg, "stroke", shape);
}

static void put_points(Svg *svg, const int32_t *points, int count)
{
    text_add(&svg->out, " points=\"");
    for (int i = 0; i < count; i++)
        text_add(&svg->out, "%s%g,%g", i > 0 ? " " : "", px(points[2 * i]), px(points[2 * i + 1]));
    text_add(&svg->out, "\"");
}

static void put_escaped(Svg *svg, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            text_add(&svg->out, "&amp;");
            break;
        case '<':
            text_add(&svg->out, "&lt;");
            break;
        default:
            text_add(&svg->out, "%c", *text);
        }
}

// A rectangle `inset` further in.
static void put_rect(Svg *svg, const Shape *shape, double inset)
{
    text_add(&svg->out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"", px(shape->x) + inset,
             px(shape->y) + inset, fmax(px(shape->w) - 2 * inset, 0), fmax(px(shape->h) - 2 * inset, 0));
    if (shape->radius > 0)
        text_add(&svg->out, " rx=\"%g\"", fmax(px(shape->radius) - inset, 0));
}

static void end_element(Svg *svg)
{
    text_add(&svg->out, "/>\n");
}

// ---- kinds -------------------------------------------------------------------------
static void write_rect(Svg *svg, const Shape *shape)
{
    put_rect(svg, shape, 0);
    put_ink(svg, "fill", shape);
    end_element(svg);
}

static void write_frame(Svg *svg, const Shape *shape)
{
    put_rect(svg, shape, px(shape->width) / 2);
    put_stroke(svg, shape);
    end_element(svg);
}

static void write_line(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, "<line x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\"", px(shape->x), px(shape->y), px(shape->w),
             px(shape->h));
    put_stroke(svg, shape);
    if (shape->dash > 0)
        text_add(&svg->out, " stroke-dasharray=\"%g\"", px(shape->dash));
    end_element(svg);
}

static void write_polyline(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, "<polyline stroke-linejoin=\"round\"");
    put_points(svg, shape->points, shape->point_count);
    put_stroke(svg, shape);
    end_element(svg);
}

static void write_curve(Svg *svg, const Shape *shape)
{
    const int32_t *p = shape->points;
    text_add(&svg->out, "<path d=\"M%g %gC%g %g %g %g %g %g\"", px(p[0]), px(p[1]), px(p[2]), px(p[3]), px(p[4]),
             px(p[5]), px(p[6]), px(p[7]));
    put_stroke(svg, shape);
    end_element(svg);
}

static void write_corners(Svg *svg, const Shape *shape, const int32_t *corners, int count)
{
    text_add(&svg->out, "<polygon");
    put_points(svg, corners, count);
    put_ink(svg, "fill", shape);
    end_element(svg);
}

static void write_arrow(Svg *svg, const Shape *shape)
{
    Way way = way_of(svg->painter, shape);
    int32_t corner[14];
    if (arrow_outline(&way, shape->width, 64, corner))
        write_corners(svg, shape, corner, 7);
}

static void write_polygon(Svg *svg, const Shape *shape)
{
    write_corners(svg, shape, shape->points, shape->point_count);
}

static void write_circle(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, "<circle cx=\"%g\" cy=\"%g\" r=\"%g\"", px(shape->x), px(shape->y),
             px(shape->radius) - px(shape->width) / 2);
    if (shape->kind == SHAPE_RING)
        put_stroke(svg, shape);
    else
        put_ink(svg, "fill", shape);
    end_element(svg);
}

// The picture's clip as a group around what follows.
static void write_clip(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, "<defs><clipPath id=\"clip%d\">", ++svg->clips);
    put_rect(svg, shape, 0);
    text_add(&svg->out, "/></clipPath></defs>\n<g clip-path=\"url(#clip%d)\">\n", svg->clips);
}

static void write_unclip(Svg *svg, const Shape *shape)
{
    (void)shape;
    text_add(&svg->out, "</g>\n");
}

static void write_cell(void *context, Box box, int radius, uint32_t colour)
{
    Svg *svg = context;
    text_add(&svg->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", box.x0, box.y0, box.x1 - box.x0,
             box.y1 - box.y0);
    if (radius > 0)
        text_add(&svg->out, " rx=\"%g\"", px(radius));
    put_colour(svg, "fill", colour, 255);
    end_element(svg);
}

static void write_grid(Svg *svg, const Shape *shape)
{
    text_add(&svg->out, "<g opacity=\"%.3g\">\n", (double)shape->alpha / 255);
    grid_each_cell(svg->painter, shape, write_cell, svg);
    text_add(&svg->out, "</g>\n");
}

// ---- text --------------------------------------------------------------------------
// clang-format off
static const char *const face_attributes[FACES] = {
    [FACE_WORDS]        = "font-family=\"Inter, sans-serif\"",
    [FACE_WORDS_ITALIC] = "font-family=\"Inter, sans-serif\" font-style=\"italic\"",
    [FACE_MEDIUM]       = "font-family=\"Inter, sans-serif\" font-weight=\"500\"",
    [FACE_SEMIBOLD]     = "font-family=\"Inter, sans-serif\" font-weight=\"600\"",
    [FACE_BOLD]         = "font-family=\"Inter, sans-serif\" font-weight=\"700\"",
    [FACE_MATH]         = "font-family=\"STIXGeneral, STIX Two Math, serif\"",
    [FACE_MATH_ITALIC]  = "font-family=\"STIXGeneral, STIX Two Math, serif\" font-style=\"italic\"",
};

static const char *const anchors[] = {
    [ALIGN_LEFT] = "start", [ALIGN_CENTRE] = "middle", [ALIGN_RIGHT] = "end",
};
// clang-format on

static void put_text(Svg *svg, Type type, double x, double y, Align align, uint32_t colour, uint8_t alpha,
                     const char *text)
{
    text_add(&svg->out, "<text x=\"%g\" y=\"%g\" font-size=\"%g\" text-anchor=\"%s\" %s", x, y, (double)type.size,
             anchors[align], face_attributes[type.face]);
    put_colour(svg, "fill", colour, alpha);
    text_add(&svg->out, ">");
    put_escaped(svg, text);
    text_add(&svg->out, "</text>\n");
}

static void write_text(Svg *svg, const Shape *shape)
{
    put_text(svg, shape->type, px(shape->x), px(shape->y), shape->align, theme_ink(svg->painter->theme, shape->ink),
             shape->alpha, shape->text);
}

static void write_piece(Svg *svg, const FormulaPiece *piece, double x, double y, uint8_t alpha)
{
    uint32_t colour = theme_ink(svg->painter->theme, piece->ink);
    if (piece->text) {
        put_text(svg, (Type){piece->face, piece->size}, x, y, ALIGN_LEFT, colour, alpha, piece->text);
        return;
    }
    text_add(&svg->out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"", x, y, (double)piece->w, (double)piece->h);
    put_colour(svg, "fill", colour, alpha);
    end_element(svg);
}

static void write_formula(Svg *svg, const Shape *shape)
{
    double left, y = px(shape->y);
    Formula formula = formula_placed(svg->painter, shape, &left);
    for (int i = 0; i < formula.count; i++) {
        const FormulaPiece *piece = &formula.pieces[i];
        write_piece(svg, piece, left + (double)piece->x, y + (double)piece->y, shape->alpha);
    }
}

// ---- the picture ----------------------------------------------------------------------
// clang-format off
static void (*const kinds[SHAPES])(Svg *svg, const Shape *shape) = {
    [SHAPE_RECT]     = write_rect,
    [SHAPE_FRAME]    = write_frame,
    [SHAPE_LINE]     = write_line,
    [SHAPE_POLYLINE] = write_polyline,
    [SHAPE_CURVE]    = write_curve,
    [SHAPE_ARROW]    = write_arrow,
    [SHAPE_POLYGON]  = write_polygon,
    [SHAPE_CIRCLE]   = write_circle,
    [SHAPE_RING]     = write_circle,
    [SHAPE_TEXT]     = write_text,
    [SHAPE_FORMULA]  = write_formula,
    [SHAPE_GRID]     = write_grid,
    [SHAPE_CLIP]     = write_clip,
    [SHAPE_UNCLIP]   = write_unclip,
    [SHAPE_HOT]      = NULL, // not seen
    [SHAPE_LAYER]    = NULL,
};
// clang-format on

static void put_words(Svg *svg, const char *element, const char *words)
{
    if (!words)
        return;
    text_add(&svg->out, "<%s>", element);
    put_escaped(svg, words);
    text_add(&svg->out, "</%s>\n", element);
}

static void put_caption(Svg *svg, const Caption *caption)
{
    put_words(svg, "title", caption->title);
    put_words(svg, "desc", caption->description);
    put_words(svg, "metadata", caption->comment);
}

static void write_picture(Svg *svg, const DrawList *list, int width, int height)
{
    text_add(&svg->out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"\n"
             "     style=\"font-variant-numeric: tabular-nums; white-space: pre\">\n",
             width, height, width, height);
    put_caption(svg, &list->caption);
    text_add(&svg->out, "<rect width=\"%d\" height=\"%d\"", width, height);
    put_colour(svg, "fill", theme_ink(svg->painter->theme, INK_PAGE), 255);
    end_element(svg);
    for (int i = 0; i < list->count; i++)
        if (kinds[list->shapes[i].kind])
            kinds[list->shapes[i].kind](svg, &list->shapes[i]);
    text_add(&svg->out, "</svg>\n");
}

bool svg_save(const DrawList *list, const Theme *theme, Fonts *fonts, int width, int height, const char *path, Err *err)
{
    Painter *painter = painter_make(fonts);
    if (!painter)
        return refuse(err, "out of memory");
    painter_set(painter, theme, 1);
    Arena arena = arena_make(256 << 10);
    Svg svg = {.painter = painter, .out = text_make(&arena)};
    write_picture(&svg, list, width, height);
    bool saved = file_write(path, svg.out.text, svg.out.length, err);
    arena_free(&arena);
    painter_free(painter);
    return saved;
}
