// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

static const char *golden_path(Arena *arena, const char *folder, const char *name)
{
    const char *golden = arena_print(arena, "%s/golden", folder);
    mkdir(golden, 0777); // it may be there
    return arena_print(arena, "%s/%s.txt", golden, name);
}

static void write_text(const char *path, const char *text)
{
    Err err;
    if (!file_write(path, text, strlen(text), &err))
        fail_msg("%s", err.text);
}

// The first line in which the two differ, and what stands there.
static int first_difference(const char *a, const char *b, const char **in_a, const char **in_b)
{
    int line = 1;
    *in_a = a;
    *in_b = b;
    for (; *a && *a == *b; a++, b++)
        if (*a == '\n') {
            line++;
            *in_a = a + 1;
            *in_b = b + 1;
        }
    return line;
}

static int line_length(const char *text)
{
    return (int)strcspn(text, "\n");
}

void check_golden(const char *name, const char *text)
{
    Arena arena = arena_make(1 << 16);
    const char *path = golden_path(&arena, SOURCE_DIR "/tests", name), *mode = getenv("GOLDEN"), *was, *is;
    char *kept;
    Err err;
    if (mode && strcmp(mode, "write") == 0) {
        write_text(path, text);
    } else if (!file_read(path, &arena, &kept, &(size_t){0}, &err)) {
        fail_msg("%s; GOLDEN=write makes it", err.text);
    } else if (strcmp(kept, text) != 0) {
        write_text(golden_path(&arena, BINARY_DIR, name), text);
        int line = first_difference(kept, text, &was, &is);
        fail_msg("%s.txt:%d was\n%.*s\nand is\n%.*s", name, line, line_length(was), was, line_length(is), is);
    }
    arena_free(&arena);
}
