#include "paint/png_text.h"

#include <stdint.h>
#include <string.h>

// PNG (Third Edition), 5 and 11.3.3: behind the signature (8 bytes) and IHDR (25) come chunks, each its length, its
// type, its data, and a check of type and data.
enum { HEAD = 8 + 25, AROUND = 12, KEYWORD_MOST = 32 };

static uint32_t crc_of(const unsigned char *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

static void put_big_endian(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> (24 - 8 * i));
}

// iTXt, for it is UTF-8: keyword 0, not compressed 0 0, no language 0, no other keyword 0, the text.
static size_t put_chunk(unsigned char *to, const char *keyword, const char *text)
{
    size_t key = strlen(keyword), length = key + 5 + strlen(text);
    put_big_endian(to, (uint32_t)length);
    memcpy(to + 4, "iTXt", 4);
    memcpy(to + 8, keyword, key);
    memset(to + 8 + key, 0, 5);
    memcpy(to + 8 + key + 5, text, strlen(text));
    put_big_endian(to + 8 + length, crc_of(to + 4, 4 + length));
    return AROUND + length;
}

const void *png_with_caption(const void *png, size_t *size, const Caption *caption, Arena *arena)
{
    const struct {
        const char *keyword, *text;
    } chunks[] = {{"Title", caption->title}, {"Description", caption->description}, {"Comment", caption->comment}};
    size_t room = *size, at = HEAD;
    for (int i = 0; i < 3; i++)
        room += chunks[i].text ? strlen(chunks[i].text) + AROUND + KEYWORD_MOST : 0;
    unsigned char *bytes = arena_alloc(arena, room);
    memcpy(bytes, png, HEAD);
    for (int i = 0; i < 3; i++)
        at += chunks[i].text ? put_chunk(bytes + at, chunks[i].keyword, chunks[i].text) : 0;
    memcpy(bytes + at, (const char *)png + HEAD, *size - HEAD);
    *size += at - HEAD;
    return bytes;
}
