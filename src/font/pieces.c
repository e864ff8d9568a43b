#include "font/glyphs.h"

#include FT_OUTLINE_H

#include <string.h>

enum { PIECES_MOST = 16384, BYTES_MOST = 4 << 20, FIRST_ROOM = 256 };

void pieces_make_room(Fonts *fonts)
{
    PieceCache *cache = &fonts->cache;
    if (cache->count < PIECES_MOST && cache->bytes < BYTES_MOST)
        return;
    arena_reset(&cache->arena);
    *cache = (PieceCache){.arena = cache->arena};
}

static FontPiece *new_piece(PieceCache *cache)
{
    if (cache->count == cache->room) {
        int room = cache->room ? 2 * cache->room : FIRST_ROOM;
        FontPiece *pieces = arena_new(&cache->arena, FontPiece, room);
        if (cache->count > 0)
            memcpy(pieces, cache->pieces, sizeof *pieces * (size_t)cache->count);
        cache->pieces = pieces;
        cache->room = room;
    }
    return &cache->pieces[cache->count++];
}

static void copy_bitmap(PieceCache *cache, const FT_Bitmap *bitmap, FontPiece *piece)
{
    size_t bytes = (size_t)piece->w * (size_t)piece->h;
    unsigned char *coverage = arena_alloc(&cache->arena, bytes);
    for (int row = 0; row < piece->h; row++)
        memcpy(coverage + row * piece->w, bitmap->buffer + row * bitmap->pitch, (size_t)piece->w);
    piece->coverage = coverage;
    cache->bytes += bytes;
}

// Light hinting fits heights to the pixel grid and leaves widths alone: crisp, and yet where the measure says.
static FT_GlyphSlot rasterise(FontFace *font, FT_UInt index, FT_F26Dot6 size, int quarter)
{
    if (font->size != size) {
        FT_Set_Char_Size(font->file, 0, size, 72, 72); // at 72 dpi a point is a pixel
        font->size = size;
    }
    if (FT_Load_Glyph(font->file, index, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0)
        return NULL;
    FT_GlyphSlot slot = font->file->glyph;
    FT_Outline_Translate(&slot->outline, 16 * quarter, 0);
    return FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0 ? slot : NULL;
}

static void fill_piece(Fonts *fonts, FontPiece *piece, const Glyph *glyph, FT_F26Dot6 size, int quarter)
{
    *piece = (FontPiece){.w = 0};
    FT_GlyphSlot slot = rasterise(&fonts->faces[glyph->face], glyph->index, size, quarter);
    if (!slot)
        return;
    piece->x = slot->bitmap_left;
    piece->y = -slot->bitmap_top;
    piece->w = piece->pitch = (int)slot->bitmap.width;
    piece->h = (int)slot->bitmap.rows;
    copy_bitmap(&fonts->cache, &slot->bitmap, piece);
}

const FontPiece *piece_of(Fonts *fonts, const Glyph *glyph, FT_F26Dot6 size, int quarter)
{
    PieceCache *cache = &fonts->cache;
    uint64_t key =
        (uint64_t)(glyph->face + 1) << 56 | (uint64_t)size << 24 | (uint64_t)glyph->index << 2 | (uint64_t)quarter;
    const int *known = table_find(&cache->table, key);
    if (known)
        return &cache->pieces[*known];
    cache->table.arena = &cache->arena;
    int place = cache->count;
    FontPiece *piece = new_piece(cache);
    fill_piece(fonts, piece, glyph, size, quarter);
    table_add(&cache->table, key, place);
    return piece;
}
