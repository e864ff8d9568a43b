#include "paint/painter.h"

#include <math.h>

// A heat map. Where cells would be finer than pixels, a pixel shows the value of largest magnitude among its cells.
enum { GAP_FROM = 3, ROUND_FROM = 6, CELL_RADIUS = 96 }; // px of a cell; 1/64 px of the layout

typedef struct {
    int from, to;  // cells, `to` lies outside
    int low, high; // pixels
} Stretch;

// The i-th of `count` shown stretches of so many cells over pixels low … high.
static Stretch stretch_of(int i, int count, int cells, int low, int high)
{
    int64_t pixels = high - low;
    Stretch s = {(int)((int64_t)i * cells / count), (int)((int64_t)(i + 1) * cells / count),
                 low + (int)((2 * i * pixels + count) / (2 * count)),
                 low + (int)((2 * (i + 1) * pixels + count) / (2 * count))};
    return s;
}

// NaN is larger than anything, so that it is seen.
static double largest(const Grid *grid, Stretch rows, Stretch columns)
{
    double found = 0;
    for (int row = rows.from; row < rows.to; row++)
        for (int column = columns.from; column < columns.to; column++) {
            double value = grid->value[row * grid->row_stride + column * grid->column_stride];
            if (isnan(value))
                return value;
            if (fabs(value) > fabs(found))
                found = value;
        }
    return found;
}

// How a grid lies on the pixels.
typedef struct {
    Box box;           // with the last cells' gaps, so that cells end where the rectangle does
    int rows, columns; // shown
    int gap_x, gap_y;  // px
    int radius;        // 1/64 px
} Mesh;

static int shown(int cells, int pixels)
{
    return cells < pixels ? cells : pixels;
}

static int gap_between(int gap, int cells, int pixels)
{
    return cells > 0 && pixels >= cells * (GAP_FROM + gap) ? gap : 0;
}

static Mesh mesh_of(const Painter *painter, const Shape *shape)
{
    const Grid *grid = shape->grid;
    Mesh mesh = {.box = snapped_box(painter, shape)};
    int width = mesh.box.x1 - mesh.box.x0, height = mesh.box.y1 - mesh.box.y0;
    int gap = whole_width(painter, (int32_t)(grid->gap * 64));
    mesh.columns = shown(grid->columns, width);
    mesh.rows = shown(grid->rows, height);
    mesh.gap_x = gap_between(gap, grid->columns, width);
    mesh.gap_y = gap_between(gap, grid->rows, height);
    mesh.box.x1 += mesh.gap_x;
    mesh.box.y1 += mesh.gap_y;
    if (mesh.gap_x > 0 && mesh.gap_y > 0 && width >= ROUND_FROM * grid->columns && height >= ROUND_FROM * grid->rows)
        mesh.radius = device(painter, CELL_RADIUS);
    return mesh;
}

void grid_each_cell(const Painter *painter, const Shape *shape,
                    void (*put)(void *context, Box box, int radius, uint32_t colour), void *context)
{
    const Grid *grid = shape->grid;
    Mesh mesh = mesh_of(painter, shape);
    for (int i = 0; i < mesh.rows; i++) {
        Stretch rows = stretch_of(i, mesh.rows, grid->rows, mesh.box.y0, mesh.box.y1);
        for (int j = 0; j < mesh.columns; j++) {
            Stretch columns = stretch_of(j, mesh.columns, grid->columns, mesh.box.x0, mesh.box.x1);
            Box box = {columns.low, rows.low, columns.high - mesh.gap_x, rows.high - mesh.gap_y};
            put(context, box, mesh.radius, theme_ramp(painter->theme, grid->ramp, largest(grid, rows, columns)));
        }
    }
}

static void paint_cell(void *context, Box box, int radius, uint32_t colour)
{
    Painter *painter = context;
    Canvas inked = painter->canvas;
    canvas_ink(&inked, colour, (uint8_t)inked.alpha);
    canvas_round(&inked, &painter->corners, box, radius);
}

void paint_grid(Painter *painter, const Shape *shape)
{
    grid_each_cell(painter, shape, paint_cell, painter);
}
