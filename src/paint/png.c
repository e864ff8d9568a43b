#include "paint/paint.h"

#include <png.h>
#include <stdlib.h>

#include "base/file.h"
#include "paint/png_text.h"

// libpng's simplified interface wants bytes in the order red, green, blue.
static unsigned char *rgb_of(const Picture *picture)
{
    unsigned char *rgb = malloc(3 * (size_t)picture->width * (size_t)picture->height), *to = rgb;
    for (int y = 0; rgb && y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            uint32_t pixel = picture->pixel[(long)y * picture->pitch + x];
            *to++ = (unsigned char)(pixel >> 16);
            *to++ = (unsigned char)(pixel >> 8);
            *to++ = (unsigned char)pixel;
        }
    return rgb;
}

// Into memory first, so that a failure leaves the old file.
static void *encode(png_image *image, const unsigned char *rgb, png_alloc_size_t *size)
{
    if (!png_image_write_get_memory_size(*image, *size, 0, rgb, 0, NULL))
        return NULL;
    void *bytes = malloc(*size);
    if (bytes && !png_image_write_to_memory(image, bytes, size, 0, rgb, 0, NULL)) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

static bool save(const char *path, const void *bytes, size_t size, const Caption *caption, Err *err)
{
    Arena arena = arena_make(1 << 16);
    const void *all = caption ? png_with_caption(bytes, &size, caption, &arena) : bytes;
    bool saved = file_write(path, all, size, err);
    arena_free(&arena);
    return saved;
}

bool picture_save_png(const Picture *picture, const Caption *caption, const char *path, Err *err)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)picture->width,
                       .height = (png_uint_32)picture->height,
                       .format = PNG_FORMAT_RGB};
    png_alloc_size_t size = 0;
    unsigned char *rgb = rgb_of(picture);
    void *bytes = rgb ? encode(&image, rgb, &size) : NULL;
    bool saved = bytes ? save(path, bytes, size, caption, err)
                       : refuse(err, "the picture %s cannot be made: %s", path, rgb ? image.message : "out of memory");
    free(bytes);
    free(rgb);
    return saved;
}
