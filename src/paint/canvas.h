#ifndef PAINT_CANVAS_H
#define PAINT_CANVAS_H

#include "paint/paint.h"

// Blending one colour into a picture, within a clip. All in whole numbers.
typedef struct {
    int x0, y0, x1, y1; // device pixels; x1 and y1 lie outside
} Box;

typedef struct {
    Picture *picture;
    Box clip;        // never reaches beyond the picture
    uint32_t colour; // 0x00RRGGBB
    uint32_t alpha;  // 0 … 255
} Canvas;

Box box_shared(Box a, Box b);   // what lies in both; may be empty
Box box_spanning(Box a, Box b); // the least that holds both
void canvas_ink(Canvas *canvas, uint32_t argb, uint8_t alpha);

void canvas_fill(const Canvas *canvas, Box box);
void canvas_span(const Canvas *canvas, int x, int y, int length, uint32_t coverage); // coverage 0 … 255
void canvas_mask(const Canvas *canvas, int x, int y, const FontPiece *piece);

// Rounded rectangles on whole pixels. The coverage of one corner is computed once a radius.
enum { CORNER_MOST = 48, CORNERS = 16 };

typedef struct {
    int radius, size;                           // 1/64 px, 0: unused; whole pixels
    uint8_t coverage[CORNER_MOST][CORNER_MOST]; // of the upper left corner
} Corner;

typedef struct {
    Corner corner[CORNERS]; // the newest replace the oldest
    int next;
} Corners;

void canvas_round(const Canvas *canvas, Corners *corners, Box box, int radius);
void canvas_frame(const Canvas *canvas, Corners *corners, Box box, int radius, int width);

#endif
