#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

// A text that grows at its end, in an arena: a line, a dump, an SVG.
typedef struct {
    Arena *arena;
    char *text; // ends with a 0
    size_t length, room;
} Text;

Text text_make(Arena *arena);
void text_add(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_put(Text *text, const char *piece, size_t length); // as it stands

#endif
