#ifndef FONT_FONT_H
#define FONT_FONT_H

#include <stdbool.h>

#include "base/err.h"

// Text as pixels: loading, measuring and rasterising, on SDL2_ttf and FreeType. The only place that knows them.
//
// Inter sets words, with every digit given the width of the widest so that numbers do not dance; STIX sets
// mathematics; DejaVu Sans stands in, sign by sign, for what a face lacks. Text is UTF-8.
typedef enum {
    FACE_WORDS,
    FACE_WORDS_ITALIC,
    FACE_MEDIUM,
    FACE_SEMIBOLD,
    FACE_BOLD,
    FACE_MATH, // upright
    FACE_MATH_ITALIC,
    FACES
} Face;

typedef struct Fonts Fonts; // the open faces and the cache of rasterised pieces

Fonts *fonts_open(Err *err); // NULL: a font is missing; the message names it and its package
void fonts_close(Fonts *fonts);

// Measures in pixels of the size given, linear in the size, so a layout made at scale 1 holds at every scale.
double font_width(Fonts *fonts, Face face, double size, const char *text);
double font_ascent(Fonts *fonts, Face face, double size); // of the tallest letters, above the baseline
double font_x_height(Fonts *fonts, Face face, double size);

// One rasterised sign of a text: 8-bit coverage, placed relative to the text's start on its baseline, within an eighth
// of a pixel of where the measure has it.
typedef struct {
    int x, y, w, h; // pixels; y is down
    int pitch;
    const unsigned char *coverage; // the cache's, until the next call
} FontPiece;

// Calls `put` for each piece of the text at a size in device pixels; `fraction` is the part of a pixel that
// the start lies behind x = 0.
void font_pieces(Fonts *fonts, Face face, double size, double fraction, const char *text,
                 void (*put)(void *context, const FontPiece *piece), void *context);

#endif
