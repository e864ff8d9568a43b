#include "paint/canvas.h"

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

Box box_shared(Box a, Box b)
{
    return (Box){larger(a.x0, b.x0), larger(a.y0, b.y0), smaller(a.x1, b.x1), smaller(a.y1, b.y1)};
}

Box box_spanning(Box a, Box b)
{
    return (Box){smaller(a.x0, b.x0), smaller(a.y0, b.y0), larger(a.x1, b.x1), larger(a.y1, b.y1)};
}

static uint32_t product(uint32_t a, uint32_t b) // of two parts of 255, rounded
{
    uint32_t both = a * b + 128;
    return (both + (both >> 8)) >> 8;
}

void canvas_ink(Canvas *canvas, uint32_t argb, uint8_t alpha)
{
    canvas->colour = argb & 0xFFFFFF;
    canvas->alpha = product(argb >> 24, alpha);
}

// Red and blue are reckoned together, 16 bits apart, then green.
static uint32_t blended(uint32_t below, uint32_t above, uint32_t alpha)
{
    uint32_t rest = 255 - alpha;
    uint32_t rb = (above & 0xFF00FF) * alpha + (below & 0xFF00FF) * rest + 0x800080;
    uint32_t g = (above >> 8 & 0xFF) * alpha + (below >> 8 & 0xFF) * rest + 0x80;
    rb = (rb + (rb >> 8 & 0xFF00FF)) >> 8 & 0xFF00FF;
    g = (g + (g >> 8)) & 0xFF00;
    return 0xFF000000 | rb | g;
}

static void blend_row(uint32_t *pixel, int count, uint32_t colour, uint32_t alpha)
{
    if (alpha == 255)
        for (int i = 0; i < count; i++)
            pixel[i] = 0xFF000000 | colour;
    else if (alpha > 0)
        for (int i = 0; i < count; i++)
            pixel[i] = blended(pixel[i], colour, alpha);
}

static uint32_t *pixel_at(const Canvas *canvas, int x, int y)
{
    return canvas->picture->pixel + (long)y * canvas->picture->pitch + x;
}

void canvas_fill(const Canvas *canvas, Box box)
{
    box = box_shared(box, canvas->clip);
    for (int y = box.y0; y < box.y1; y++)
        blend_row(pixel_at(canvas, box.x0, y), box.x1 - box.x0, canvas->colour, canvas->alpha);
}

void canvas_span(const Canvas *canvas, int x, int y, int length, uint32_t coverage)
{
    Box box = box_shared((Box){x, y, x + length, y + 1}, canvas->clip);
    if (box.x0 < box.x1 && box.y0 < box.y1)
        blend_row(pixel_at(canvas, box.x0, y), box.x1 - box.x0, canvas->colour, product(coverage, canvas->alpha));
}

void canvas_mask(const Canvas *canvas, int x, int y, const FontPiece *piece)
{
    Box box = box_shared((Box){x, y, x + piece->w, y + piece->h}, canvas->clip);
    for (int row = box.y0; row < box.y1; row++) {
        const unsigned char *coverage = piece->coverage + (row - y) * piece->pitch - x;
        uint32_t *pixel = pixel_at(canvas, 0, row);
        for (int column = box.x0; column < box.x1; column++)
            if (coverage[column] > 0)
                pixel[column] = blended(pixel[column], canvas->colour, product(coverage[column], canvas->alpha));
    }
}

// ---- corners ------------------------------------------------------------------
enum { FINE = 16 }; // samples across a pixel, both ways

// How much of the pixel (x, y), counted from the corner's outer edges, lies within the quarter of a circle.
static uint8_t corner_coverage(int radius, int x, int y)
{
    int inside = 0, step = 64 / FINE;
    for (int i = 0; i < FINE * FINE; i++) {
        long dx = radius - (64 * x + step * (i % FINE) + step / 2),
             dy = radius - (64 * y + step * (i / FINE) + step / 2);
        inside += dx <= 0 || dy <= 0 || dx * dx + dy * dy <= (long)radius * radius;
    }
    return (uint8_t)(inside * 255 / (FINE * FINE));
}

static const Corner *corner_of(Corners *corners, int radius)
{
    for (int i = 0; i < CORNERS; i++)
        if (corners->corner[i].radius == radius)
            return &corners->corner[i];
    Corner *corner = &corners->corner[corners->next++ % CORNERS];
    corner->radius = radius;
    corner->size = (radius + 63) / 64;
    for (int y = 0; y < corner->size; y++)
        for (int x = 0; x < corner->size; x++)
            corner->coverage[y][x] = corner_coverage(radius, x, y);
    return corner;
}

// Of a radius that neither the sides nor the tables can hold, the most that they can.
static int radius_within(Box box, int radius)
{
    int side = smaller(box.x1 - box.x0, box.y1 - box.y0);
    return smaller(smaller(radius, 32 * side), 64 * CORNER_MOST);
}

static uint32_t coverage_at(const Corner *corner, int x, int y) // of all the plane to the lower right of the corner
{
    if (x < 0 || y < 0)
        return 0;
    return !corner || x >= corner->size || y >= corner->size ? 255 : corner->coverage[y][x];
}

// The four corners, from the coverage of an outer rectangle less that of an inner one `width` further in.
static void paint_corners(const Canvas *canvas, Box box, int size, const Corner *outer, const Corner *inner, int width)
{
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            uint32_t coverage = coverage_at(outer, x, y);
            if (width > 0)
                coverage -= coverage_at(inner, x - width, y - width); // the outer one holds the inner one
            int right = box.x1 - 1 - x, bottom = box.y1 - 1 - y;
            canvas_span(canvas, box.x0 + x, box.y0 + y, 1, coverage);
            if (right != box.x0 + x)
                canvas_span(canvas, right, box.y0 + y, 1, coverage);
            if (bottom != box.y0 + y)
                canvas_span(canvas, box.x0 + x, bottom, 1, coverage);
            if (right != box.x0 + x && bottom != box.y0 + y)
                canvas_span(canvas, right, bottom, 1, coverage);
        }
}

void canvas_round(const Canvas *canvas, Corners *corners, Box box, int radius)
{
    radius = radius_within(box, radius);
    if (radius <= 0) {
        canvas_fill(canvas, box);
        return;
    }
    int size = (radius + 63) / 64;
    paint_corners(canvas, box, size, corner_of(corners, radius), NULL, 0);
    canvas_fill(canvas, (Box){box.x0 + size, box.y0, box.x1 - size, box.y0 + size});
    canvas_fill(canvas, (Box){box.x0 + size, larger(box.y1 - size, box.y0 + size), box.x1 - size, box.y1});
    canvas_fill(canvas, (Box){box.x0, box.y0 + size, box.x1, box.y1 - size});
}

void canvas_frame(const Canvas *canvas, Corners *corners, Box box, int radius, int width)
{
    if (2 * width >= smaller(box.x1 - box.x0, box.y1 - box.y0)) {
        canvas_round(canvas, corners, box, radius);
        return;
    }
    radius = radius_within(box, radius);
    int size = larger((radius + 63) / 64, width), within = radius - 64 * width;
    const Corner *outer = radius > 0 ? corner_of(corners, radius) : NULL;
    const Corner *inner = within > 0 ? corner_of(corners, within) : NULL;
    paint_corners(canvas, box, size, outer, inner, width);
    canvas_fill(canvas, (Box){box.x0 + size, box.y0, box.x1 - size, box.y0 + width});
    canvas_fill(canvas, (Box){box.x0 + size, box.y1 - width, box.x1 - size, box.y1});
    canvas_fill(canvas, (Box){box.x0, box.y0 + size, box.x0 + width, box.y1 - size});
    canvas_fill(canvas, (Box){box.x1 - width, box.y0 + size, box.x1, box.y1 - size});
}
