#ifndef LESSON_FENCE_H
#define LESSON_FENCE_H

#include <stddef.h>

// Where a fenced block begins that goes on to the end of the text, or NULL. Markdown allows that; in a lesson it would
// swallow all pages behind it.
const char *fence_unclosed(const char *text, size_t size);

#endif
