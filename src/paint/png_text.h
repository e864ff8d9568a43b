#ifndef PAINT_PNG_TEXT_H
#define PAINT_PNG_TEXT_H

#include <stddef.h>

#include "base/arena.h"
#include "ui/draw.h"

// The bytes of a PNG with a caption put in as text chunks, which programs that show pictures can show too. libpng's
// simplified interface has no way to write them.
const void *png_with_caption(const void *png, size_t *size, const Caption *caption, Arena *arena);

#endif
