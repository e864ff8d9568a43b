#include "lesson/fence.h"

#include <stdbool.h>
#include <string.h>

// A line that begins, behind blanks, with three or more ` or ~ (CommonMark 0.31, section 4.5).
typedef struct {
    const char *at;
    char sign; // 0: no fence
    size_t length;
    bool bare; // nothing behind it: it can close a block
} Fence;

static const char *skip(const char *at, const char *end, const char *what)
{
    while (at < end && strchr(what, *at))
        at++;
    return at;
}

static Fence fence_of_line(const char *line, const char *end)
{
    enum { SIGNS_LEAST = 3 };
    Fence fence = {.at = skip(line, end, " \t")};
    if (fence.at == end || !strchr("`~", *fence.at))
        return fence;
    const char sign[] = {*fence.at, 0}, *behind = skip(fence.at, end, sign);
    size_t rest = (size_t)(end - behind);
    fence.length = (size_t)(behind - fence.at);
    fence.bare = skip(behind, end, " \t\r") == end;
    bool code_in_words = *sign == '`' && rest > 0 && memchr(behind, '`', rest);
    fence.sign = fence.length >= SIGNS_LEAST && !code_in_words ? *sign : 0;
    return fence;
}

const char *fence_unclosed(const char *text, size_t size)
{
    Fence open = {.sign = 0};
    for (const char *line = text, *last = text + size; line < last;) {
        const char *newline = memchr(line, '\n', (size_t)(last - line)), *end = newline ? newline : last;
        Fence fence = fence_of_line(line, end);
        if (!open.sign)
            open = fence;
        else if (fence.sign == open.sign && fence.length >= open.length && fence.bare)
            open.sign = 0;
        line = newline ? newline + 1 : last;
    }
    return open.sign ? open.at : NULL;
}
