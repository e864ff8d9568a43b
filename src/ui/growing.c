#include "ui/growing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

Growing growing_begin(Arena *arena)
{
    return (Growing){.arena = arena, .text = arena_alloc(arena, FIRST_ROOM), .room = FIRST_ROOM};
}

static void make_room(Growing *out, size_t more)
{
    size_t room = out->room;
    while (room < out->length + more + 1)
        room *= 2;
    if (room == out->room)
        return;
    out->text = memcpy(arena_alloc(out->arena, room), out->text, out->length + 1);
    out->room = room;
}

void growing_put(Growing *out, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    make_room(out, length < 0 ? 0 : (size_t)length);
    if (length > 0)
        out->length += (size_t)vsnprintf(out->text + out->length, out->room - out->length, format, args);
    va_end(args);
}
