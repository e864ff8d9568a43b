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
    int length = vsnprintf(NULL, 0, format, args);
    if (length > 0) {
        make_room(text, (size_t)length);
        vsnprintf(text->text + text->length, text->room - text->length, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
    va_end(args);
}
