#ifndef PAINT_PATH_H
#define PAINT_PATH_H

#include <stdbool.h>

#include <ft2build.h>
#include FT_OUTLINE_H
#include FT_STROKER_H

#include "paint/canvas.h"

// A filled outline, rasterised by FreeType with 256 levels of coverage. Coordinates are 1/64 device pixels.
enum { PATH_POINTS = 32000, PATH_CONTOURS = 2000 };

// Coverage, as large as the picture; empty but while a long stroke is gathered.
typedef struct {
    uint8_t *coverage;
    int width, height;
    Box touched;
} Mask;

typedef struct {
    FT_Library library;
    FT_Stroker stroker;
    FT_Outline outline; // in the three arrays
    FT_Vector point[PATH_POINTS];
    char tag[PATH_POINTS];
    short contour[PATH_CONTOURS];
    Mask mask;
} Path;

bool path_open(Path *path); // false: FreeType does not start
void path_close(Path *path);

void path_begin(Path *path);
void path_polygon(Path *path, const int32_t *points, int count);
void path_circle(Path *path, int32_t x, int32_t y, int32_t radius);
void path_fill(Path *path, const Canvas *canvas, bool even_odd);

// Strokes; joins are round, ends are cut.
void path_stroke(Path *path, const Canvas *canvas, const int32_t *points, int count, int32_t width);
void path_stroke_curve(Path *path, const Canvas *canvas, const int32_t points[8], int32_t width);

#endif
