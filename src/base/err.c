#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

// ---- messages that are too long -------------------------------------------------------------------------------
// What people give can be megabytes in one word. Such words are shortened, so that what stands behind them is still
// said; if that is not enough, the message ends early. A cut shows as … and never leaves half a UTF-8 character.
#define CUT "…"
enum { CUT_SIZE = sizeof CUT - 1, WORD_MOST = 60 }; // bytes

// The start of the character that `text[at]` is in.
static size_t character_start(const char *text, size_t at)
{
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void shorten_words(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        size_t blanks = strspn(from, " \n"), length = blanks ? blanks : strcspn(from, " \n\"");
        length += length == 0; // the quote itself
        bool cut = !blanks && length > WORD_MOST + CUT_SIZE;
        size_t kept = cut ? character_start(from, WORD_MOST) : length;
        memmove(to, from, kept);
        to += kept;
        from += length;
        if (cut)
            to = (char *)memcpy(to, CUT, CUT_SIZE) + CUT_SIZE;
    }
    *to = 0;
}

static void copy_cut(Err *err, const char *text)
{
    size_t length = strlen(text), room = sizeof err->text - 1;
    bool cut = length > room;
    size_t kept = cut ? character_start(text, room - CUT_SIZE) : length;
    memcpy(err->text, text, kept);
    strcpy(err->text + kept, cut ? CUT : "");
}

// ---- refusing -------------------------------------------------------------------------------------------------
static void write_long(Err *err, size_t length, const char *format, va_list args)
{
    Arena arena = arena_make(length + 1);
    char *whole = arena_alloc(&arena, length + 1);
    vsnprintf(whole, length + 1, format, args);
    shorten_words(whole);
    copy_cut(err, whole);
    arena_free(&arena);
}

bool refuse(Err *err, const char *format, ...)
{
    Err made = {""}; // written apart, so that the old message may be among the arguments
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(made.text, sizeof made.text, format, args);
    if (length >= (int)sizeof made.text)
        write_long(&made, (size_t)length, format, again);
    va_end(again);
    va_end(args);
    *err = made;
    return false;
}

bool refuse_at(Err *err, const char *file, int line, int column)
{
    return refuse(err, "%s:%d:%d: %s", file, line, column, err->text);
}
