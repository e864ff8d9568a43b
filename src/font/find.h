#ifndef FONT_FIND_H
#define FONT_FIND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "font/font.h"

// Where the font files are. Behind the faces that the program asks for stands the one that helps out.
enum { FACE_SIGNS = FACES, ALL_FACES };

// The path of a face's file, in the arena: from the folder "fonts" beside the program, from ../share/unroll/fonts, or
// from where the build found it. The environment variable UNROLL_FONTS names one folder to look in instead.
// NULL: it is in none of them; the message names the package that brings it.
const char *font_find(int face, Arena *arena, Err *err);

#endif
