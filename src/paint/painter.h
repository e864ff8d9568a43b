#ifndef PAINT_PAINTER_H
#define PAINT_PAINTER_H

#include "paint/path.h"
#include "ui/formula.h"

// What painting one picture needs, and how the layout's 1/64 px become the device's.
enum { CLIPS_MOST = 16 };

struct Painter {
    Fonts *fonts;
    Arena arena; // of one formula, or one cut of points
    const Theme *theme;
    double scale;
    int64_t scale16; // the same in 1/65536
    Canvas canvas;
    Box clips[CLIPS_MOST];
    int clip_depth;
    Corners corners;
    Path path;
};

void painter_set(Painter *painter, const Theme *theme, double scale);

int32_t device(const Painter *painter, int32_t layout); // 1/64 px of either
int nearest_pixel(int32_t device64);
int whole_width(const Painter *painter, int32_t width); // at least one pixel, when it is anything
Box snapped_box(const Painter *painter, const Shape *shape);

// A straight way in 1/64 device px.
typedef struct {
    int32_t x0, y0, x1, y1;
    int64_t dx, dy, length;
} Way;

Way way_of(const Painter *painter, const Shape *shape);
bool arrow_outline(const Way *way, int32_t width, int32_t pixel, int32_t corner[14]); // false: it has no length

// Calls `put` for each cell of a grid that is seen at the painter's scale.
void grid_each_cell(const Painter *painter, const Shape *shape,
                    void (*put)(void *context, Box box, int radius, uint32_t colour), void *context);

Formula formula_placed(Painter *painter, const Shape *shape, double *left);

void paint_line(Painter *painter, const Shape *shape);
void paint_arrow(Painter *painter, const Shape *shape);
void paint_grid(Painter *painter, const Shape *shape);
void paint_text(Painter *painter, const Shape *shape);
void paint_formula(Painter *painter, const Shape *shape);

#endif
