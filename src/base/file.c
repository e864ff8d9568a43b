#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 64 << 20 }; // bytes

// The system's own words in the tone of our messages.
static bool refuse_system(Err *err, const char *verb, const char *path, const char *missing)
{
    const char *why = errno == ENOENT ? missing : errno == EISDIR ? "it is a folder" : strerror(errno);
    return refuse(err, "cannot %s \"%s\": %c%s", verb, path, tolower((unsigned char)*why), why + 1);
}

// ---- reading ---------------------------------------------------------------------------------------------
// Not every file knows its size beforehand (a pipe says 0), so this reads on until the end.
static bool read_all(FILE *file, const char *path, size_t expected, Arena *arena, char **text, size_t *size, Err *err)
{
    size_t room = expected + 1; // one more than needed, to meet the end
    *text = arena_alloc(arena, room + 1);
    *size = 0;
    for (size_t got; (got = fread(*text + *size, 1, room - *size, file)) > 0;) {
        *size += got;
        if (*size > FILE_MOST)
            return refuse(err, "cannot read \"%s\": it is larger than %d MiB", path, FILE_MOST >> 20);
        if (*size < room)
            continue;
        char *larger = arena_alloc(arena, 2 * room + 1);
        *text = memcpy(larger, *text, *size);
        room *= 2;
    }
    return !ferror(file) || refuse_system(err, "read", path, "no such file");
}

// Some editors begin a file with U+FEFF to say that it is UTF-8; it is no part of the text.
static void skip_byte_order_mark(char **text, size_t *size)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};
    if (*size < sizeof mark || memcmp(*text, mark, sizeof mark) != 0)
        return;
    *text += sizeof mark;
    *size -= sizeof mark;
}

bool file_read(const char *path, Arena *arena, char **text, size_t *size, Err *err)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (!file)
        return refuse_system(err, "read", path, "no such file");
    size_t expected = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) ? (size_t)about.st_size : 4096;
    bool done = read_all(file, path, expected < FILE_MOST ? expected : FILE_MOST, arena, text, size, err);
    fclose(file);
    if (done)
        skip_byte_order_mark(text, size);
    return done;
}

// ---- writing ---------------------------------------------------------------------------------------------
static bool write_all(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes, 1, size, file) == size;
    return fclose(file) == 0 && written; // a full disk may show only now
}

// A device or a pipe is written to; only a file can be replaced.
static bool is_device(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

bool file_write(const char *path, const void *bytes, size_t size, Err *err)
{
    char beside[4096];
    if (is_device(path))
        return write_all(path, bytes, size) || refuse_system(err, "write", path, "no such folder");
    int length = snprintf(beside, sizeof beside, "%s.tmp%ld", path, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof beside)
        return refuse(err, "cannot write \"%.60s…\": the name is too long", path);
    if (write_all(beside, bytes, size) && rename(beside, path) == 0)
        return true;
    refuse_system(err, "write", path, "no such folder");
    remove(beside);
    return false;
}

// ---- text ------------------------------------------------------------------------------------------------
// The bytes of the UTF-8 character at `text`, or 0 when it is none (Unicode 15, table 3-7): too long a form, a
// surrogate, beyond U+10FFFF, or cut.
static size_t utf8_length(const unsigned char *text, size_t left)
{
    // clang-format off
    static const struct { unsigned char first, last, low, high; size_t length; } forms[] = {
        { 0x01, 0x7F, 0x00, 0x00, 1 },
        { 0xC2, 0xDF, 0x80, 0xBF, 2 },
        { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
        { 0xE1, 0xEC, 0x80, 0xBF, 3 },
        { 0xED, 0xED, 0x80, 0x9F, 3 },
        { 0xEE, 0xEF, 0x80, 0xBF, 3 },
        { 0xF0, 0xF0, 0x90, 0xBF, 4 },
        { 0xF1, 0xF3, 0x80, 0xBF, 4 },
        { 0xF4, 0xF4, 0x80, 0x8F, 4 },
    };
    // clang-format on
    size_t f = 0, count = sizeof forms / sizeof *forms;
    while (f < count && (*text < forms[f].first || *text > forms[f].last))
        f++;
    if (f == count || forms[f].length > left)
        return 0;
    if (forms[f].length > 1 && (text[1] < forms[f].low || text[1] > forms[f].high))
        return 0;
    for (size_t i = 2; i < forms[f].length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return forms[f].length;
}

bool file_is_text(const char *path, const char *text, size_t size, Err *err)
{
    int line = 1, column = 1;
    for (size_t at = 0, length; at < size; at += length) {
        length = utf8_length((const unsigned char *)text + at, size - at);
        if (length == 0) {
            refuse(err, "%s", text[at] ? "this is no text: broken UTF-8" : "this is no text: a byte of value 0");
            return refuse_at(err, path, line, column);
        }
        line += text[at] == '\n';
        column = text[at] == '\n' ? 1 : column + 1;
    }
    return true;
}
