#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Text text_make(Arena *arena)
{
    enum { ROOM = 256 };
    return (Text){arena, arena_alloc(arena, ROOM), 0, ROOM};
}

static void make_room(Text *text, size_t more)
{
    if (text->length + more < text->room)
        return;
    text->room = 2 * (text->length + more) + 1;
    text->text = memcpy(arena_alloc(text->arena, text->room), text->text, text->length + 1);
}

void text_add(Text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t left = text->room - text->length;
    int printed = vsnprintf(text->text + text->length, left, format, args);
    size_t length = printed < 0 ? 0 : (size_t)printed;
    if (length >= left) {
        make_room(text, length);
        vsnprintf(text->text + text->length, text->room - text->length, format, again);
    }
    text->length += length;
    text->text[text->length] = 0;
    va_end(again);
    va_end(args);
}

void text_put(Text *text, const char *piece, size_t length)
{
    make_room(text, length);
    memcpy(text->text + text->length, piece, length);
    text->length += length;
    text->text[text->length] = 0;
}
