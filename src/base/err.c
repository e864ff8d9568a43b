#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// A message that was cut must not end in half a UTF-8 character.
static void drop_half_character(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
        text[start - 1] = 0;
}

bool refuse(Err *err, const char *format, ...)
{
    Err made; // written apart, so that the old message may be among the arguments
    va_list args;
    va_start(args, format);
    int length = vsnprintf(made.text, sizeof made.text, format, args);
    va_end(args);
    if (length >= (int)sizeof made.text)
        drop_half_character(made.text, sizeof made.text - 1);
    *err = made;
    return false;
}

bool refuse_at(Err *err, const char *file, int line, int column)
{
    return refuse(err, "%s:%d:%d: %s", file, line, column, err->text);
}
