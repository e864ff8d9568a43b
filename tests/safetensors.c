#include "safetensors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct Safetensors {
    cJSON *header;
    const unsigned char *data; // behind the header
    size_t size;
    Arena arena;
};

static unsigned char *read_all(const char *path, Arena *arena, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot read %s", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = arena_new(arena, unsigned char, *size);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

// All integers and floats of the format are little-endian.
static uint64_t little_endian(const unsigned char *bytes, int count)
{
    uint64_t value = 0;
    for (int i = count - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

Safetensors *safetensors_open(const char *path)
{
    size_t size;
    Arena arena = arena_make(1 << 16);
    Safetensors *file = arena_new(&arena, Safetensors, 1);
    const unsigned char *bytes = read_all(path, &arena, &size);
    assert_true(size >= 8);
    const size_t header = (size_t)little_endian(bytes, 8);
    assert_true(header <= size - 8);
    file->header = cJSON_ParseWithLength((const char *)bytes + 8, header);
    assert_non_null(file->header);
    file->data = bytes + 8 + header;
    file->size = size - 8 - header;
    file->arena = arena;
    return file;
}

void safetensors_close(Safetensors *file)
{
    Arena arena = file->arena; // the file itself lies in it
    cJSON_Delete(file->header);
    arena_free(&arena);
}

const char *safetensors_text(const Safetensors *file, const char *key)
{
    const cJSON *metadata = cJSON_GetObjectItemCaseSensitive(file->header, "__metadata__");
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(metadata, key));
    assert_non_null(text);
    return text;
}

bool safetensors_has(const Safetensors *file, const char *name)
{
    return cJSON_HasObjectItem(file->header, name);
}

static double number_at(const unsigned char *bytes, bool wide)
{
    const uint64_t bits = little_endian(bytes, wide ? 8 : 4);
    const uint32_t narrow_bits = (uint32_t)bits;
    double number;
    float narrow;
    memcpy(&number, &bits, sizeof number);
    memcpy(&narrow, &narrow_bits, sizeof narrow);
    return wide ? number : (double)narrow;
}

static Numbers shape_of(const cJSON *entry)
{
    const cJSON *shape = cJSON_GetObjectItemCaseSensitive(entry, "shape"), *length;
    Numbers numbers = {.count = 1, .shape = {1, 1, 1, 1}};
    assert_true(cJSON_GetArraySize(shape) <= 4);
    cJSON_ArrayForEach(length, shape)
    {
        numbers.shape[numbers.dimensions++] = length->valueint;
        numbers.count *= (size_t)length->valueint;
    }
    return numbers;
}

Numbers safetensors_numbers(Safetensors *file, const char *name)
{
    const cJSON *entry = cJSON_GetObjectItemCaseSensitive(file->header, name);
    if (!entry)
        fail_msg("the file holds no tensor %s", name);
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "dtype"));
    assert_non_null(type);
    const bool wide = strcmp(type, "F64") == 0;
    assert_true(wide || strcmp(type, "F32") == 0);
    const cJSON *limits = cJSON_GetObjectItemCaseSensitive(entry, "data_offsets");
    assert_int_equal(cJSON_GetArraySize(limits), 2);
    const size_t first = (size_t)cJSON_GetArrayItem(limits, 0)->valuedouble;
    const size_t width = wide ? 8 : 4;
    Numbers numbers = shape_of(entry);
    assert_true(first <= file->size && numbers.count * width <= file->size - first);
    numbers.value = arena_new(&file->arena, double, numbers.count);
    for (size_t i = 0; i < numbers.count; i++)
        numbers.value[i] = number_at(file->data + first + i * width, wide);
    return numbers;
}
