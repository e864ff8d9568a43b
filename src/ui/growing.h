#ifndef UI_GROWING_H
#define UI_GROWING_H

#include <stddef.h>

#include "base/arena.h"

// A text that is written piece by piece, in an arena: a dump, an SVG.
typedef struct {
    Arena *arena;
    char *text; // ends in a 0
    size_t length, room;
} Growing;

Growing growing_begin(Arena *arena);
void growing_put(Growing *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
