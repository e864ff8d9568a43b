#include "font/font.h"

#include <math.h>
#include <stdlib.h>

#include "font/glyphs.h"

enum { KEPT_BLOCK = 64 << 10, CACHE_BLOCK = 1 << 20, SIZE_MOST = 2000 }; // px

// ---- opening -----------------------------------------------------------------
static bool open_face(Fonts *fonts, int face, Err *err)
{
    const char *path = font_find(face, &fonts->arena, err);
    if (!path)
        return false;
    FontFace *font = &fonts->faces[face];
    if (FT_New_Face(fonts->library, path, 0, &font->file) != 0 || font->file->units_per_EM == 0)
        return refuse(err, "the font %s cannot be read: it is no font file", path);
    font->kerning = kerning_open(path, font->file->units_per_EM, err);
    return font->kerning;
}

static bool open_all(Fonts *fonts, Err *err)
{
    if (FT_Init_FreeType(&fonts->library) != 0)
        return refuse(err, "the font library FreeType does not start");
    for (int face = 0; face < ALL_FACES; face++)
        if (!open_face(fonts, face, err))
            return false;
    return true;
}

static void measure_face(Fonts *fonts, int face)
{
    FontFace *font = &fonts->faces[face];
    for (uint32_t digit = '0'; digit <= '9'; digit++)
        font->digit_advance = fmax(font->digit_advance, glyph_of(fonts, face, digit)->advance);
    font->ascent = glyph_height(fonts, face, 'l');
    font->x_height = glyph_height(fonts, face, 'x');
}

Fonts *fonts_open(Err *err)
{
    Fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts) {
        refuse(err, "out of memory");
        return NULL;
    }
    fonts->arena = arena_make(KEPT_BLOCK);
    fonts->cache.arena = arena_make(CACHE_BLOCK);
    fonts->known.arena = fonts->pairs.arena = &fonts->arena;
    if (!open_all(fonts, err)) {
        fonts_close(fonts);
        return NULL;
    }
    for (int face = 0; face < ALL_FACES; face++)
        measure_face(fonts, face);
    return fonts;
}

void fonts_close(Fonts *fonts)
{
    if (!fonts)
        return;
    for (int face = 0; face < ALL_FACES; face++)
        kerning_close(fonts->faces[face].kerning);
    FT_Done_FreeType(fonts->library); // and with it every file
    arena_free(&fonts->cache.arena);
    arena_free(&fonts->arena);
    free(fonts);
}

// ---- setting a text: a walk over its signs ---------------------------------------
typedef struct {
    Fonts *fonts;
    Face face;
    const char *at;
    double pen;   // em, where the next sign starts
    Glyph before; // for kerning; sign 0 at the start
} Walk;

// The next code point; what is no UTF-8 becomes the replacement sign, byte by byte.
static uint32_t next_sign(const char **at)
{
    const unsigned char *byte = (const unsigned char *)*at;
    int more = byte[0] < 0x80 ? 0 : byte[0] >= 0xF0 ? 3 : byte[0] >= 0xE0 ? 2 : byte[0] >= 0xC0 ? 1 : -1;
    uint32_t sign = more <= 0 ? byte[0] : byte[0] & (0x3Fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            more = -1;
        else
            sign = sign << 6 | (byte[i] & 0x3F);
    }
    *at += more < 0 ? 1 : more + 1;
    return more < 0 || sign > 0x10FFFF ? 0xFFFD : sign;
}

static bool is_digit(uint32_t sign)
{
    return sign >= '0' && sign <= '9';
}

// Digits stand in cells of one width, so nothing is kerned with them.
static double kerning_between(Walk *walk, const Glyph *glyph)
{
    const Glyph *before = &walk->before;
    if (before->sign == 0 || before->face != glyph->face || is_digit(before->sign) || is_digit(glyph->sign))
        return 0;
    return glyph_kerning(walk->fonts, glyph->face, before->sign, glyph->sign);
}

// The next glyph, and where in em it starts; false at the end of the text.
static bool walk_next(Walk *walk, double *start)
{
    if (!*walk->at)
        return false;
    Glyph glyph = *glyph_of(walk->fonts, (int)walk->face, next_sign(&walk->at));
    double cell = is_digit(glyph.sign) ? walk->fonts->faces[glyph.face].digit_advance : glyph.advance;
    walk->pen += kerning_between(walk, &glyph);
    *start = walk->pen + (cell - glyph.advance) / 2;
    walk->pen += cell;
    walk->before = glyph;
    return true;
}

// ---- measures ------------------------------------------------------------------------
double font_width(Fonts *fonts, Face face, double size, const char *text)
{
    Walk walk = {.fonts = fonts, .face = face, .at = text};
    double start;
    while (walk_next(&walk, &start)) {}
    return walk.pen * size;
}

double font_ascent(Fonts *fonts, Face face, double size)
{
    return fonts->faces[face].ascent * size;
}

double font_x_height(Fonts *fonts, Face face, double size)
{
    return fonts->faces[face].x_height * size;
}

// ---- pixels ----------------------------------------------------------------------------
static void put_glyph(Fonts *fonts, const Glyph *glyph, FT_F26Dot6 size, double x,
                      void (*put)(void *context, const FontPiece *piece), void *context)
{
    double quarters = floor(x * 4 + 0.5), whole = floor(quarters / 4);
    FontPiece piece = *piece_of(fonts, glyph, size, (int)(quarters - 4 * whole));
    piece.x += (int)whole;
    if (piece.w > 0 && piece.h > 0)
        put(context, &piece);
}

void font_pieces(Fonts *fonts, Face face, double size, double fraction, const char *text,
                 void (*put)(void *context, const FontPiece *piece), void *context)
{
    double inside = fmin(fmax(size, 1), SIZE_MOST);
    FT_F26Dot6 size64 = (FT_F26Dot6)floor(inside * 64 + 0.5);
    pieces_make_room(fonts);
    Walk walk = {.fonts = fonts, .face = face, .at = text};
    double start;
    while (walk_next(&walk, &start))
        put_glyph(fonts, &walk.before, size64, fraction + start * size, put, context);
}
