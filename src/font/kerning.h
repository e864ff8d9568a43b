#ifndef FONT_KERNING_H
#define FONT_KERNING_H

#include <stdint.h>

#include "base/err.h"

// How much nearer two signs stand than their widths say. Today's fonts keep that in tables which FreeType does not
// read, so SDL2_ttf's shaper is asked, once a pair.
typedef struct Kerning Kerning; // of one font file

Kerning *kerning_open(const char *path, int units_per_em, Err *err); // NULL: the file is no font
void kerning_close(Kerning *kerning);

int kerning_of(Kerning *kerning, uint32_t left, uint32_t right); // in font units, mostly negative

#endif
