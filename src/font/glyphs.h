#ifndef FONT_GLYPHS_H
#define FONT_GLYPHS_H

#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/arena.h"
#include "font/find.h"
#include "font/kerning.h"
#include "font/table.h"

// The open font files, and what is known of their signs (in em, so at every size) and pixels (at the sizes in use).
typedef struct {
    int face;       // whose glyph it is: the face asked for, or FACE_SIGNS
    uint32_t sign;  // code point
    FT_UInt index;  // in the font file
    double advance; // em
} Glyph;

typedef struct {
    FT_Face file;
    Kerning *kerning;
    FT_F26Dot6 size;         // 1/64 px, at which the file is set now
    double digit_advance;    // em, of the widest digit
    double ascent, x_height; // em
} FontFace;

typedef struct {
    Arena arena; // emptied wholesale when it is full
    Table table; // (face, glyph, size, quarter) → piece
    FontPiece *pieces;
    int count, room;
    size_t bytes;
} PieceCache;

struct Fonts {
    Arena arena;
    FT_Library library;
    FontFace faces[ALL_FACES];
    Table known; // (face, sign) → glyph
    Table pairs; // (face, sign, sign) → kerning in font units
    Glyph *glyphs;
    int glyph_count, glyph_room;
    PieceCache cache;
};

const Glyph *glyph_of(Fonts *fonts, int face, uint32_t sign);                // until the next call
double glyph_kerning(Fonts *fonts, int face, uint32_t left, uint32_t right); // em
double glyph_height(Fonts *fonts, int face, uint32_t sign);                  // em, of its top above the baseline

// The pixels of a glyph that starts `quarter` quarters of a pixel behind x = 0; size in 1/64 px.
const FontPiece *piece_of(Fonts *fonts, const Glyph *glyph, FT_F26Dot6 size, int quarter);
// Empties the cache when it is full: before a text, not within one.
void pieces_make_room(Fonts *fonts);

#endif
