#ifndef PAINT_PAINTER_H
#define PAINT_PAINTER_H

#include "paint/path.h"

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

int32_t device(const Painter *painter, int32_t layout); // 1/64 px of either
int nearest_pixel(int32_t device64);
int whole_width(const Painter *painter, int32_t width); // at least one pixel, when it is anything
Box snapped_box(const Painter *painter, const Shape *shape);

void paint_line(Painter *painter, const Shape *shape);
void paint_arrow(Painter *painter, const Shape *shape);
void paint_grid(Painter *painter, const Shape *shape);
void paint_text(Painter *painter, const Shape *shape);
void paint_formula(Painter *painter, const Shape *shape);

#endif
