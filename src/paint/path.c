#include "paint/path.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool path_open(Path *path)
{
    return FT_Init_FreeType(&path->library) == 0 && FT_Stroker_New(path->library, &path->stroker) == 0;
}

void path_close(Path *path)
{
    if (path->stroker)
        FT_Stroker_Done(path->stroker);
    FT_Done_FreeType(path->library);
    free(path->mask.coverage);
}

// ---- building -------------------------------------------------------------------
void path_begin(Path *path)
{
    path->outline = (FT_Outline){0};
    path->outline.points = path->point;
    path->outline.tags = (void *)path->tag; // their signedness differs between versions of FreeType
    path->outline.contours = (void *)path->contour;
}

static void add_point(Path *path, FT_Pos x, FT_Pos y, char tag)
{
    assert(path->outline.n_points < PATH_POINTS);
    path->point[path->outline.n_points] = (FT_Vector){x, y};
    path->tag[path->outline.n_points++] = tag;
}

static void end_contour(Path *path)
{
    assert(path->outline.n_contours < PATH_CONTOURS);
    path->contour[path->outline.n_contours++] = (short)(path->outline.n_points - 1);
}

void path_polygon(Path *path, const int32_t *points, int count)
{
    for (int i = 0; i < count; i++)
        add_point(path, points[2 * i], points[2 * i + 1], FT_CURVE_TAG_ON);
    end_contour(path);
}

// Four cubic arcs; their handles are 0.5523 of the radius long, which is nowhere 0.03 % off a circle.
void path_circle(Path *path, int32_t x, int32_t y, int32_t radius)
{
    static const int right[4] = {1, 0, -1, 0}, down[4] = {0, 1, 0, -1};
    FT_Pos r = radius, h = (r * 36195 + 32768) >> 16;
    for (int i = 0; i < 4; i++) {
        int u = right[i], v = down[i]; // outwards; (−v, u) is the way round
        add_point(path, x + u * r, y + v * r, FT_CURVE_TAG_ON);
        add_point(path, x + u * r - v * h, y + v * r + u * h, FT_CURVE_TAG_CUBIC);
        add_point(path, x - v * r + u * h, y + u * r + v * h, FT_CURVE_TAG_CUBIC);
    }
    end_contour(path);
}

// ---- filling -----------------------------------------------------------------------
// FreeType's y goes up, ours down; as both the outline and the spans are ours, nothing needs turning.
static void render(Path *path, const Box *clip, FT_SpanFunc put, void *context)
{
    if (clip->x0 >= clip->x1 || clip->y0 >= clip->y1 || path->outline.n_points == 0)
        return;
    FT_Raster_Params params = {0};
    params.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP;
    params.gray_spans = put;
    params.user = context;
    params.clip_box = (FT_BBox){clip->x0, clip->y0, clip->x1, clip->y1};
    FT_Outline_Render(path->library, &path->outline, &params);
}

static void blend_spans(int y, int count, const FT_Span *spans, void *canvas)
{
    for (int i = 0; i < count; i++)
        canvas_span(canvas, spans[i].x, y, spans[i].len, spans[i].coverage);
}

void path_fill(Path *path, const Canvas *canvas, bool even_odd)
{
    Canvas copy = *canvas; // FreeType hands it back without the const
    path->outline.flags = even_odd ? FT_OUTLINE_EVEN_ODD_FILL : FT_OUTLINE_NONE;
    render(path, &canvas->clip, blend_spans, &copy);
}

// ---- strokes ----------------------------------------------------------------------
static void begin_stroke(Path *path, const int32_t *start, int32_t width)
{
    FT_Stroker_Set(path->stroker, width / 2, FT_STROKER_LINECAP_BUTT, FT_STROKER_LINEJOIN_ROUND, 0);
    FT_Vector at = {start[0], start[1]};
    FT_Stroker_BeginSubPath(path->stroker, &at, 1);
}

// Turns what was stroked into the path's outline.
static void end_stroke(Path *path)
{
    FT_UInt points = 0, contours = 0;
    path_begin(path);
    FT_Stroker_EndSubPath(path->stroker);
    FT_Stroker_GetCounts(path->stroker, &points, &contours);
    if (points < PATH_POINTS && contours < PATH_CONTOURS)
        FT_Stroker_Export(path->stroker, &path->outline);
}

static void stroke_lines(Path *path, const int32_t *points, int count, int32_t width)
{
    begin_stroke(path, points, width);
    for (int i = 1; i < count; i++) {
        FT_Vector to = {points[2 * i], points[2 * i + 1]};
        FT_Stroker_LineTo(path->stroker, &to);
    }
    end_stroke(path);
}

void path_stroke_curve(Path *path, const Canvas *canvas, const int32_t points[8], int32_t width)
{
    FT_Vector a = {points[2], points[3]}, b = {points[4], points[5]}, to = {points[6], points[7]};
    begin_stroke(path, points, width);
    FT_Stroker_CubicTo(path->stroker, &a, &b, &to);
    end_stroke(path);
    path_fill(path, canvas, false);
}

// ---- long strokes --------------------------------------------------------------------
// FreeType keeps what an outline touches of a row in a list, so a noisy curve of many points takes time with the
// square of its length. It is stroked in parts, whose coverage meets in a mask that is blended once.
enum { PART_SEGMENTS = 16 };

static bool mask_reset(Mask *mask, const Picture *picture)
{
    mask->touched = (Box){picture->width, picture->height, 0, 0};
    if (mask->width == picture->width && mask->height == picture->height)
        return true;
    free(mask->coverage);
    *mask = (Mask){.width = picture->width, .height = picture->height, .touched = mask->touched};
    mask->coverage = calloc((size_t)mask->width, (size_t)mask->height);
    if (!mask->coverage)
        mask->width = 0; // to be tried again; this stroke is left out
    return mask->coverage;
}

static void gather_spans(int y, int count, const FT_Span *spans, void *context)
{
    Mask *mask = context;
    uint8_t *row = mask->coverage + (size_t)y * (size_t)mask->width;
    for (int i = 0; i < count; i++)
        for (int x = spans[i].x; x < spans[i].x + spans[i].len; x++)
            row[x] = row[x] > spans[i].coverage ? row[x] : spans[i].coverage;
    Box span = {spans[0].x, y, spans[count - 1].x + spans[count - 1].len, y + 1};
    mask->touched = box_spanning(mask->touched, span);
}

// Blends what was gathered and leaves the mask empty.
static void blend_mask(Mask *mask, const Canvas *canvas)
{
    Box box = mask->touched;
    if (box.x0 >= box.x1)
        return;
    uint8_t *start = mask->coverage + (size_t)box.y0 * (size_t)mask->width + (size_t)box.x0;
    FontPiece piece = {.w = box.x1 - box.x0, .h = box.y1 - box.y0, .pitch = mask->width, .coverage = start};
    canvas_mask(canvas, box.x0, box.y0, &piece);
    for (int row = 0; row < piece.h; row++)
        memset(start + row * mask->width, 0, (size_t)piece.w);
}

void path_stroke(Path *path, const Canvas *canvas, const int32_t *points, int count, int32_t width)
{
    if (!mask_reset(&path->mask, canvas->picture))
        return;
    for (int first = 0; first < count - 1; first += PART_SEGMENTS) {
        int rest = count - first, most = PART_SEGMENTS + 2; // a segment more, so that the joint is within
        stroke_lines(path, points + 2 * first, rest < most ? rest : most, width);
        render(path, &canvas->clip, gather_spans, &path->mask);
    }
    blend_mask(&path->mask, canvas);
}
