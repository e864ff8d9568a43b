#include "paint/paint.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

Picture picture_make(int width, int height)
{
    assert(width > 0 && height > 0);
    Picture picture = {.width = width, .height = height, .pitch = width};
    picture.pixel = calloc((size_t)width * (size_t)height, sizeof *picture.pixel);
    if (!picture.pixel) { // as the arena does: there is nothing to go on with
        fprintf(stderr, "out of memory: a picture of %d × %d pixels was needed\n", width, height);
        exit(EXIT_FAILURE);
    }
    return picture;
}

void picture_free(Picture *picture)
{
    free(picture->pixel);
    *picture = (Picture){0};
}

uint64_t picture_hash(const Picture *picture)
{
    uint64_t hash = 0xCBF29CE484222325u; // FNV-1a, a pixel at a time
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++)
            hash = (hash ^ picture->pixel[(long)y * picture->pitch + x]) * 0x100000001B3u;
    return hash;
}
