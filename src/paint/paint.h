#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include <stdint.h>

#include "ui/draw.h"

// Draw list → pixels. FreeType rasterises paths; axis-aligned rectangles, heat maps and text are blended directly. The
// same list gives the same pixels at every optimisation level, with gcc and clang.
typedef struct {
    uint32_t *pixel; // 0xFFRRGGBB, (height, pitch)
    int width, height;
    int pitch; // in pixels
} Picture;

typedef struct Painter Painter; // buffers that are kept from picture to picture

Painter *painter_make(Fonts *fonts);
void painter_free(Painter *painter);
void paint(Painter *painter, const DrawList *list, const Theme *theme, double scale, Picture *picture);

Picture picture_make(int width, int height); // owned by the caller
void picture_free(Picture *picture);
uint64_t picture_hash(const Picture *picture);
bool picture_save_png(const Picture *picture, const Caption *caption, const char *path, Err *err); // caption: or NULL

// Draw list → SVG in the layout's pixels, text as text with the fonts' names.
bool svg_save(const DrawList *list, const Theme *theme, Fonts *fonts, int width, int height, const char *path,
              Err *err);

#endif
