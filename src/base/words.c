#include "base/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- command lines ---------------------------------------------------------------------------------------
typedef struct {
    const char *at;
    int column; // of `at`, in characters
} Cursor;

static void advance(Cursor *cursor)
{
    bool inside_character = ((unsigned char)cursor->at[1] & 0xC0) == 0x80;
    cursor->at++;
    cursor->column += !inside_character;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_command(char c)
{
    return c == 0 || c == '\n' || c == ';' || c == '#';
}

static char *copy_word(Arena *arena, const char *from, const char *to)
{
    char *word = arena_alloc(arena, (size_t)(to - from) + 1);
    return memcpy(word, from, (size_t)(to - from));
}

static char *plain_word(Cursor *cursor, Arena *arena, Err *err)
{
    const char *start = cursor->at;
    while (!ends_command(*cursor->at) && !is_blank(*cursor->at)) {
        if (*cursor->at == '"') {
            refuse(err, "a quote inside a word: quotes go around the whole word");
            return NULL;
        }
        advance(cursor);
    }
    return copy_word(arena, start, cursor->at);
}

static char *quoted_word(Cursor *cursor, Arena *arena, Err *err)
{
    Cursor end = *cursor;
    advance(&end);
    while (*end.at && *end.at != '\n' && *end.at != '"')
        advance(&end);
    if (*end.at != '"') {
        refuse(err, "unclosed quote");
        return NULL;
    }
    char *word = copy_word(arena, cursor->at + 1, end.at);
    advance(&end);
    *cursor = end;
    if (ends_command(*end.at) || is_blank(*end.at))
        return word;
    refuse(err, "a blank is missing after the closing quote");
    return NULL;
}

static bool read_words(Cursor *cursor, Arena *arena, Words *out, Err *err)
{
    for (;;) {
        while (is_blank(*cursor->at))
            advance(cursor);
        if (ends_command(*cursor->at))
            return true;
        if (out->count == WORDS_MOST)
            return refuse(err, "more than %d words in one command", WORDS_MOST);
        int column = cursor->column;
        char *word = *cursor->at == '"' ? quoted_word(cursor, arena, err) : plain_word(cursor, arena, err);
        if (!word)
            return false;
        out->word[out->count] = word;
        out->column[out->count++] = column;
    }
}

bool words_next(const char **at, int *line, Arena *arena, Words *out, Err *err)
{
    Cursor cursor = {*at, out->behind == *at ? out->behind_column : 1};
    *out = (Words){.line = *line};
    err->text[0] = 0;
    if (!**at)
        return false;
    if (!read_words(&cursor, arena, out, err)) {
        out->column[0] = cursor.column;
        return false;
    }
    if (*cursor.at == '#')
        cursor.at += strcspn(cursor.at, "\n");
    if (*cursor.at == '\n') {
        cursor.column = 0;
        ++*line;
    }
    if (*cursor.at)
        advance(&cursor);
    *at = out->behind = cursor.at;
    out->behind_column = cursor.column;
    return true;
}

// ---- reading numbers -------------------------------------------------------------------------------------
static const char *skip_sign(const char *text)
{
    return text + (*text == '-' || *text == '+');
}

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

// strtod alone would also take "nan", "0x1p3" and " 1".
static bool is_decimal(const char *word)
{
    const char *whole = skip_sign(word), *at = skip_digits(whole);
    ptrdiff_t digits = at - whole;
    if (*at == '.') {
        const char *part = at + 1;
        at = skip_digits(part);
        digits += at - part;
    }
    if (digits > 0 && (*at == 'e' || *at == 'E')) {
        const char *power = skip_sign(at + 1);
        at = skip_digits(power);
        digits = at - power;
    }
    return digits > 0 && !*at;
}

bool words_real(const char *word, double *value)
{
    if (!is_decimal(word))
        return false;
    double read = strtod(word, NULL);
    if (!isfinite(read))
        return false;
    *value = read;
    return true;
}

bool words_whole(const char *word, long *value)
{
    const char *digits = skip_sign(word), *end = skip_digits(digits);
    if (end == digits || *end)
        return false;
    errno = 0;
    long read = strtol(word, NULL, 10);
    if (errno)
        return false;
    *value = read;
    return true;
}
