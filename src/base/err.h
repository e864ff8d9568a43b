#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

// A message for the person who wrote the bad text: lower case, names the thing and the limit, no full stop.
// A programmer's mistake is an assert, not an Err.
typedef struct {
    char text[512];
} Err;

// Writes the message and returns false, so that `return refuse(err, …)` is the whole of an error path.
bool refuse(Err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Puts "file:line:col: " before the message that is already there, and returns false.
bool refuse_at(Err *err, const char *file, int line, int column);

#endif
