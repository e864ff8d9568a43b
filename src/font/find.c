#include "font/find.h"

#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// clang-format off
static const struct {
    const char *file, *package;
    const char *built; // where the build found it
} files[ALL_FACES] = {
    [FACE_WORDS]        = { "Inter-Regular.otf",       "fonts-inter",       FONT_WORDS },
    [FACE_WORDS_ITALIC] = { "Inter-Italic.otf",        "fonts-inter",       FONT_WORDS_ITALIC },
    [FACE_MEDIUM]       = { "Inter-Medium.otf",        "fonts-inter",       FONT_WORDS_MEDIUM },
    [FACE_SEMIBOLD]     = { "Inter-SemiBold.otf",      "fonts-inter",       FONT_WORDS_SEMIBOLD },
    [FACE_BOLD]         = { "Inter-Bold.otf",          "fonts-inter",       FONT_WORDS_BOLD },
    [FACE_MATH]         = { "STIXGeneral-Regular.otf", "fonts-stix",        FONT_MATH },
    [FACE_MATH_ITALIC]  = { "STIXGeneral-Italic.otf",  "fonts-stix",        FONT_MATH_ITALIC },
    [FACE_SIGNS]        = { "DejaVuSans.ttf",          "fonts-dejavu-core", FONT_SIGNS },
};
// clang-format on

enum { PLACES = 3 };

static bool is_readable(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file)
        fclose(file);
    return file;
}

static const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_print(arena, "%.*s", (int)(slash - path), path) : ".";
}

// The folders to look in, one behind the other; returns how many.
static int list_places(int face, Arena *arena, const char *places[PLACES])
{
    const char *only = getenv("UNROLL_FONTS");
    if (only && *only) {
        places[0] = only;
        return 1;
    }
    int count = 0;
    char *program = SDL_GetBasePath(); // ends in a slash
    if (program) {
        places[count++] = arena_print(arena, "%sfonts", program);
        places[count++] = arena_print(arena, "%s../share/unroll/fonts", program);
    }
    SDL_free(program);
    places[count++] = folder_of(arena, files[face].built);
    return count;
}

const char *font_find(int face, Arena *arena, Err *err)
{
    const char *places[PLACES];
    int count = list_places(face, arena, places);
    const char *looked = "";
    for (int i = 0; i < count; i++) {
        const char *path = arena_print(arena, "%s/%s", places[i], files[face].file);
        if (is_readable(path))
            return path;
        looked = arena_print(arena, "%s%s%s", looked, i > 0 ? ", " : "", places[i]);
    }
    refuse(err, "the font %s is missing (looked in %s): install the package %s", files[face].file, looked,
           files[face].package);
    return NULL;
}
