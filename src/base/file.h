#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

// Reads a whole file into the arena, with a 0 behind its last byte; a byte order mark at its start is left out. Refuses
// what is missing, a folder, or over 64 MiB; *size is without the 0.
bool file_read(const char *path, Arena *arena, char **text, size_t *size, Err *err);

// Writes beside the file and renames, so that a failure leaves what was there.
bool file_write(const char *path, const void *bytes, size_t size, Err *err);

// Refuses a file that cannot be text: a 0 byte or broken UTF-8; the message names line and column.
bool file_is_text(const char *path, const char *text, size_t size, Err *err);

#endif
