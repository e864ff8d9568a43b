#include "font/glyphs.h"

#include <string.h>

enum { FIRST_GLYPHS = 256 };

// ---- signs -------------------------------------------------------------------
static FT_GlyphSlot load_unscaled(FT_Face file, FT_UInt index)
{
    if (FT_Load_Glyph(file, index, FT_LOAD_NO_SCALE) != 0)
        FT_Load_Glyph(file, 0, FT_LOAD_NO_SCALE); // a damaged glyph looks as a missing one
    return file->glyph;
}

static Glyph glyph_find(Fonts *fonts, int face, uint32_t sign)
{
    Glyph glyph = {.face = face, .sign = sign, .index = FT_Get_Char_Index(fonts->faces[face].file, sign)};
    if (glyph.index == 0) {
        glyph.face = FACE_SIGNS;
        glyph.index = FT_Get_Char_Index(fonts->faces[FACE_SIGNS].file, sign);
    }
    FT_Face file = fonts->faces[glyph.face].file;
    glyph.advance = (double)load_unscaled(file, glyph.index)->metrics.horiAdvance / (double)file->units_per_EM;
    return glyph;
}

static int keep_glyph(Fonts *fonts, Glyph glyph)
{
    if (fonts->glyph_count == fonts->glyph_room) {
        int room = fonts->glyph_room ? 2 * fonts->glyph_room : FIRST_GLYPHS;
        Glyph *glyphs = arena_new(&fonts->arena, Glyph, room);
        if (fonts->glyph_count > 0)
            memcpy(glyphs, fonts->glyphs, sizeof *glyphs * (size_t)fonts->glyph_count);
        fonts->glyphs = glyphs;
        fonts->glyph_room = room;
    }
    fonts->glyphs[fonts->glyph_count] = glyph;
    return fonts->glyph_count++;
}

const Glyph *glyph_of(Fonts *fonts, int face, uint32_t sign)
{
    uint64_t key = (uint64_t)(face + 1) << 32 | sign;
    const int *known = table_find(&fonts->known, key);
    if (known)
        return &fonts->glyphs[*known];
    int place = keep_glyph(fonts, glyph_find(fonts, face, sign));
    table_add(&fonts->known, key, place);
    return &fonts->glyphs[place];
}

double glyph_height(Fonts *fonts, int face, uint32_t sign)
{
    const Glyph *glyph = glyph_of(fonts, face, sign);
    FT_Face file = fonts->faces[glyph->face].file;
    return (double)load_unscaled(file, glyph->index)->metrics.horiBearingY / (double)file->units_per_EM;
}

double glyph_kerning(Fonts *fonts, int face, uint32_t left, uint32_t right)
{
    FontFace *font = &fonts->faces[face];
    uint64_t key = (uint64_t)(face + 1) << 42 | (uint64_t)left << 21 | right; // a code point has 21 bits
    const int *known = table_find(&fonts->pairs, key);
    int units = known ? *known : kerning_of(font->kerning, left, right);
    if (!known)
        table_add(&fonts->pairs, key, units);
    return (double)units / (double)font->file->units_per_EM;
}
