#ifndef SIM_SAFETENSORS_H
#define SIM_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/real.h"

// Named tensors in one file, as PyTorch's users exchange them: 8 bytes of length, little-endian; a JSON header of that
// length that names each tensor with its type, shape and place; the raw numbers. Here are bytes only: who reads and
// writes files is the platform's matter.
enum { SAFE_DIMENSIONS = 4 };

typedef struct {
    const char *name;
    const char *type;              // "F32", "F64", …
    size_t shape[SAFE_DIMENSIONS]; // 1 behind the last dimension
    int dimensions;
    size_t count;              // of numbers
    const unsigned char *data; // in the file's bytes
} SafeTensor;

typedef struct {
    const char *key, *value;
} SafeText;

typedef struct {
    SafeTensor *tensors; // in the order of their places
    int tensor_count;
    SafeText *texts; // of __metadata__
    int text_count;
} SafeFile;

// The file borrows the bytes and lives in the arena. Refused is whatever is not exactly such a file: cut short, with
// tensors that overlap, leave gaps or reach beyond the end, with a size that is not its shape's.
bool safe_read(SafeFile *file, const void *bytes, size_t size, Arena *arena, Err *err);
const SafeTensor *safe_find(const SafeFile *file, const char *name); // or NULL
const char *safe_text(const SafeFile *file, const char *key);        // or NULL

// All its numbers; of F32 and F64 only.
bool safe_numbers(const SafeTensor *tensor, Real *out, Err *err);

// ---- writing: F64 -----------------------------------------------------------------------
typedef struct SafeWriter SafeWriter;

SafeWriter *safe_writer(Arena *arena);
void safe_put_text(SafeWriter *writer, const char *key, const char *value);
void safe_put(SafeWriter *writer, const char *name, int dimensions, const size_t *shape, const Real *value); // copied
char *safe_written(SafeWriter *writer, size_t *size); // the whole file, in the arena; nothing can be put after it

#endif
