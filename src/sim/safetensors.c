#include "sim/safetensors.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const size_t HEADER_MOST = 1 << 20;                       // bytes
static const double NUMBERS_MOST = 1099511627776.0;              // in one tensor, 2⁴⁰: sizes fit into size_t
enum { LENGTH_BYTES = 8, TENSORS_MOST = 4096, NAME_MOST = 200 }; // of one file; bytes of a name
static const char METADATA[] = "__metadata__";

// ---- numbers in bytes ---------------------------------------------------------------------
static const struct {
    const char *name;
    size_t bytes;
} types[] = {
    {"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"I32", 4},  {"I16", 2},
    {"I8", 1},  {"U8", 1},  {"U16", 2}, {"U32", 4},  {"U64", 8}, {"BOOL", 1}, {NULL, 0},
};

static size_t type_bytes(const char *type) // 0: unknown
{
    int i = 0;
    while (types[i].name && strcmp(types[i].name, type) != 0)
        i++;
    return types[i].bytes;
}

static uint64_t little_endian(const unsigned char *bytes, size_t count)
{
    uint64_t value = 0;
    while (count--)
        value = value << 8 | bytes[count];
    return value;
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

bool safe_numbers(const SafeTensor *tensor, Real *out, Err *err)
{
    const bool wide = strcmp(tensor->type, "F64") == 0;
    if (!wide && strcmp(tensor->type, "F32") != 0)
        return refuse(err, "the tensor %s is of type %s; F32 and F64 can be read", tensor->name, tensor->type);
    for (size_t i = 0; i < tensor->count; i++)
        out[i] = (Real)number_at(tensor->data + i * (wide ? 8 : 4), wide);
    return true;
}

// ---- one tensor of the header ---------------------------------------------------------------
// A JSON number that is a count, at most 2⁴⁰.
static bool is_count(const cJSON *item, size_t *count)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= NUMBERS_MOST))
        return false;
    *count = (size_t)item->valuedouble;
    return (double)*count == item->valuedouble;
}

static bool read_shape(const cJSON *shape, SafeTensor *tensor, Err *err)
{
    const cJSON *length;
    double count = 1;
    for (int i = 0; i < SAFE_DIMENSIONS; i++)
        tensor->shape[i] = 1;
    if (!cJSON_IsArray(shape) || cJSON_GetArraySize(shape) > SAFE_DIMENSIONS)
        return refuse(err, "the tensor %s has no shape of at most %d dimensions", tensor->name, SAFE_DIMENSIONS);
    cJSON_ArrayForEach(length, shape)
    {
        if (!is_count(length, &tensor->shape[tensor->dimensions++]))
            return refuse(err, "the shape of the tensor %s is not made of counts", tensor->name);
        count *= length->valuedouble;
    }
    if (count > NUMBERS_MOST)
        return refuse(err, "the tensor %s is too large", tensor->name);
    tensor->count = (size_t)count;
    return true;
}

static bool read_place(const cJSON *limits, SafeTensor *tensor, const unsigned char *data, size_t size, Err *err)
{
    size_t first, end;
    if (!cJSON_IsArray(limits) || cJSON_GetArraySize(limits) != 2 || !is_count(cJSON_GetArrayItem(limits, 0), &first) ||
        !is_count(cJSON_GetArrayItem(limits, 1), &end))
        return refuse(err, "the tensor %s has no data_offsets", tensor->name);
    if (first > end || end > size)
        return refuse(err, "the tensor %s reaches beyond the end of the file", tensor->name);
    if (end - first != tensor->count * type_bytes(tensor->type))
        return refuse(err, "the tensor %s has %zu bytes, its shape needs %zu", tensor->name, end - first,
                      tensor->count * type_bytes(tensor->type));
    tensor->data = data + first;
    return true;
}

static bool read_tensor(const cJSON *entry, SafeTensor *tensor, const unsigned char *data, size_t size, Arena *arena,
                        Err *err)
{
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "dtype"));
    if (strlen(entry->string) > NAME_MOST)
        return refuse(err, "the name of a tensor is longer than %d bytes", NAME_MOST);
    *tensor = (SafeTensor){.name = arena_print(arena, "%s", entry->string)};
    if (!type || !type_bytes(type))
        return refuse(err, "the tensor %s is of no known type", tensor->name);
    tensor->type = arena_print(arena, "%s", type);
    return read_shape(cJSON_GetObjectItemCaseSensitive(entry, "shape"), tensor, err) &&
           read_place(cJSON_GetObjectItemCaseSensitive(entry, "data_offsets"), tensor, data, size, err);
}

static bool read_texts(const cJSON *metadata, SafeFile *file, Arena *arena, Err *err)
{
    const cJSON *item;
    file->text_count = 0; // of two such entries the last counts
    file->texts = arena_new(arena, SafeText, cJSON_GetArraySize(metadata) + 1);
    cJSON_ArrayForEach(item, metadata)
    {
        if (!cJSON_IsString(item) || !item->string)
            return refuse(err, "%s holds something else than texts", METADATA);
        file->texts[file->text_count++] = (SafeText){.key = arena_print(arena, "%s", item->string),
                                                     .value = arena_print(arena, "%s", item->valuestring)};
    }
    return true;
}

// ---- the whole header -----------------------------------------------------------------------
static int by_place(const void *a, const void *b)
{
    const SafeTensor *first = a, *second = b;
    if (first->data != second->data)
        return first->data < second->data ? -1 : 1;
    return (first->count > second->count) - (first->count < second->count); // an empty one before what stands there
}

// Sorted by place, tensors must lie end to end over all of the data: no overlap, no gap, nothing behind.
static bool check_places(SafeFile *file, const unsigned char *data, size_t size, Err *err)
{
    const unsigned char *end = data;
    qsort(file->tensors, (size_t)file->tensor_count, sizeof *file->tensors, by_place);
    for (int i = 0; i < file->tensor_count; i++) {
        const SafeTensor *tensor = &file->tensors[i];
        if (tensor->data < end)
            return refuse(err, "the tensor %s overlaps the one before it", tensor->name);
        if (tensor->data > end)
            return refuse(err, "there is a gap before the tensor %s", tensor->name);
        end += tensor->count * type_bytes(tensor->type);
    }
    if (end != data + size)
        return refuse(err, "%zu bytes at the end of the file belong to no tensor", (size_t)(data + size - end));
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_names(const SafeFile *file, Arena *arena, Err *err)
{
    const char **names = arena_new(arena, const char *, file->tensor_count + 1);
    for (int i = 0; i < file->tensor_count; i++)
        names[i] = file->tensors[i].name;
    qsort(names, (size_t)file->tensor_count, sizeof *names, by_name);
    for (int i = 1; i < file->tensor_count; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            return refuse(err, "there are two tensors %s", names[i]);
    return true;
}

static bool read_header(SafeFile *file, const cJSON *header, const unsigned char *data, size_t size, Arena *arena,
                        Err *err)
{
    const cJSON *entry;
    const int entries = cJSON_GetArraySize(header);
    if (!cJSON_IsObject(header))
        return refuse(err, "the header is not a JSON object");
    if (entries > TENSORS_MOST)
        return refuse(err, "the file holds more than %d tensors", TENSORS_MOST);
    file->tensors = arena_new(arena, SafeTensor, entries + 1);
    cJSON_ArrayForEach(entry, header)
    {
        const bool good = strcmp(entry->string, METADATA) == 0
                              ? read_texts(entry, file, arena, err)
                              : read_tensor(entry, &file->tensors[file->tensor_count++], data, size, arena, err);
        if (!good)
            return false;
    }
    return check_names(file, arena, err) && check_places(file, data, size, err);
}

bool safe_read(SafeFile *file, const void *bytes, size_t size, Arena *arena, Err *err)
{
    const unsigned char *at = bytes;
    *file = (SafeFile){0};
    if (size < LENGTH_BYTES)
        return refuse(err, "the file has %zu bytes; a safetensors file has at least %d", size, LENGTH_BYTES);
    const uint64_t length = little_endian(at, LENGTH_BYTES);
    if (length > size - LENGTH_BYTES)
        return refuse(err, "the file is cut short within its header, or is no safetensors file");
    if (length > HEADER_MOST)
        return refuse(err, "the header is longer than %zu bytes", HEADER_MOST);
    cJSON *header = cJSON_ParseWithLength((const char *)at + LENGTH_BYTES, (size_t)length);
    if (!header)
        return refuse(err, "the header is not JSON");
    const bool good =
        read_header(file, header, at + LENGTH_BYTES + length, size - LENGTH_BYTES - (size_t)length, arena, err);
    cJSON_Delete(header);
    return good;
}

const SafeTensor *safe_find(const SafeFile *file, const char *name)
{
    for (int i = 0; i < file->tensor_count; i++)
        if (strcmp(file->tensors[i].name, name) == 0)
            return &file->tensors[i];
    return NULL;
}

const char *safe_text(const SafeFile *file, const char *key)
{
    for (int i = 0; i < file->text_count; i++)
        if (strcmp(file->texts[i].key, key) == 0)
            return file->texts[i].value;
    return NULL;
}
