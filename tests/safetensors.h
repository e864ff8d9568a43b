#ifndef TESTS_SAFETENSORS_H
#define TESTS_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>

// Reads the files of tests/reference: see the README there. Every number is widened to double, which keeps an F32
// exactly. A file that is not as it should be ends the test.
typedef struct {
    double *value;
    size_t count;
    int shape[4]; // 1 behind the last dimension
    int dimensions;
} Numbers;

typedef struct Safetensors Safetensors;

Safetensors *safetensors_open(const char *path);
void safetensors_close(Safetensors *file); // and everything it gave out

const char *safetensors_text(const Safetensors *file, const char *key); // of __metadata__
bool safetensors_has(const Safetensors *file, const char *name);
Numbers safetensors_numbers(Safetensors *file, const char *name);

#endif
