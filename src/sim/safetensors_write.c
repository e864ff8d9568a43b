#include "sim/safetensors.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH_BYTES = 8 }; // of the header's length, in front of it

struct SafeWriter {
    Arena *arena;
    cJSON *header, *metadata;
    unsigned char *data;
    size_t size, room;
};

SafeWriter *safe_writer(Arena *arena)
{
    SafeWriter *writer = arena_new(arena, SafeWriter, 1);
    *writer = (SafeWriter){.arena = arena, .header = cJSON_CreateObject()};
    writer->metadata = cJSON_AddObjectToObject(writer->header, "__metadata__");
    return writer;
}

void safe_put_text(SafeWriter *writer, const char *key, const char *value)
{
    cJSON_AddStringToObject(writer->metadata, key, value);
}

static void make_room(SafeWriter *writer, size_t bytes)
{
    if (writer->room - writer->size >= bytes)
        return;
    writer->room = 2 * writer->room + bytes;
    unsigned char *larger = arena_new(writer->arena, unsigned char, writer->room);
    if (writer->size)
        memcpy(larger, writer->data, writer->size);
    writer->data = larger;
}

static void put_little_endian(unsigned char *out, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        out[i] = (unsigned char)(value >> 8 * i);
}

void safe_put(SafeWriter *writer, const char *name, int dimensions, const size_t *shape, const Real *value)
{
    cJSON *entry = cJSON_AddObjectToObject(writer->header, name);
    cJSON_AddStringToObject(entry, "dtype", "F64");
    cJSON *lengths = cJSON_AddArrayToObject(entry, "shape"), *limits = cJSON_AddArrayToObject(entry, "data_offsets");
    size_t count = 1;
    for (int i = 0; i < dimensions; i++) {
        cJSON_AddItemToArray(lengths, cJSON_CreateNumber((double)shape[i]));
        count *= shape[i];
    }
    cJSON_AddItemToArray(limits, cJSON_CreateNumber((double)writer->size));
    cJSON_AddItemToArray(limits, cJSON_CreateNumber((double)(writer->size + count * sizeof(double))));
    make_room(writer, count * sizeof(double));
    for (size_t i = 0; i < count; i++, writer->size += sizeof(double))
        put_little_endian(writer->data + writer->size, math_bits((double)value[i]));
}

// The header is filled up with blanks, so that the numbers lie at a multiple of 8 bytes.
char *safe_written(SafeWriter *writer, size_t *size)
{
    char *text = cJSON_PrintUnformatted(writer->header);
    const size_t length = strlen(text), padded = (length + 7) / 8 * 8;
    unsigned char *file = arena_new(writer->arena, unsigned char, LENGTH_BYTES + padded + writer->size + 1);
    put_little_endian(file, padded);
    memset(file + LENGTH_BYTES, ' ', padded);
    memcpy(file + LENGTH_BYTES, text, length);
    if (writer->size)
        memcpy(file + LENGTH_BYTES + padded, writer->data, writer->size);
    *size = LENGTH_BYTES + padded + writer->size;
    free(text);
    cJSON_Delete(writer->header);
    writer->header = NULL;
    return (char *)file;
}
