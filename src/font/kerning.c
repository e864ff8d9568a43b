#include "font/kerning.h"

#include <SDL_ttf.h>
#include <stdlib.h>

// A sign that is kerned with none, put on both sides so that only whole advances are measured.
enum { GUARD = '@', TEXT_SIZE = 4 * 4 + 1 };

struct Kerning {
    TTF_Font *font;
};

// The size is one pixel a font unit, so that measures are whole and exact.
Kerning *kerning_open(const char *path, int units_per_em, Err *err)
{
    if (TTF_Init() != 0) {
        refuse(err, "the font library does not start: %s", TTF_GetError());
        return NULL;
    }
    TTF_Font *font = TTF_OpenFont(path, units_per_em);
    Kerning *kerning = font ? malloc(sizeof *kerning) : NULL;
    if (!kerning) {
        refuse(err, "the font %s cannot be read: %s", path, TTF_GetError());
        TTF_Quit();
        return NULL;
    }
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    kerning->font = font;
    return kerning;
}

void kerning_close(Kerning *kerning)
{
    if (!kerning)
        return;
    TTF_CloseFont(kerning->font);
    free(kerning);
    TTF_Quit(); // counts how often it was started
}

static char *put_utf8(char *at, uint32_t sign)
{
    if (sign < 0x80) {
        *at++ = (char)sign;
        return at;
    }
    int more = sign < 0x800 ? 1 : sign < 0x10000 ? 2 : 3; // bytes behind the first
    static const uint32_t first[] = {0, 0xC0, 0xE0, 0xF0};
    *at++ = (char)(first[more] | sign >> 6 * more);
    while (more-- > 0)
        *at++ = (char)(0x80 | (sign >> 6 * more & 0x3F));
    return at;
}

// The width of up to two signs between guards; 0 stands for no sign.
static int guarded_width(TTF_Font *font, uint32_t left, uint32_t right)
{
    char text[TEXT_SIZE], *at = put_utf8(text, GUARD);
    if (left)
        at = put_utf8(at, left);
    if (right)
        at = put_utf8(at, right);
    *put_utf8(at, GUARD) = 0;
    int width = 0;
    TTF_SizeUTF8(font, text, &width, NULL);
    return width;
}

int kerning_of(Kerning *kerning, uint32_t left, uint32_t right)
{
    TTF_Font *font = kerning->font;
    return guarded_width(font, left, right) - guarded_width(font, left, 0) - guarded_width(font, 0, right) +
           guarded_width(font, 0, 0);
}
