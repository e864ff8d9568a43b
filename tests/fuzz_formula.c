// Any bytes as a formula: a layout of finite places, or a refusal with words to show.

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ui/formula.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Fonts *fonts;
    static Arena arena;
    Err err = {""};
    if (!fonts) {
        fonts = fonts_open(&err);
        arena = arena_make(1 << 16);
    }
    arena_reset(&arena);
    char *text = arena_alloc(&arena, size + 1);
    if (size)
        memcpy(text, data, size);

    Formula formula;
    bool good = formula_layout(fonts, &arena, INK_TEXT, 20, text, &formula, &err);
    if (!good && (strncmp(err.text, "column ", 7) != 0 || formula.count != 1))
        abort();
    for (int i = 0; i < formula.count; i++)
        if (!isfinite(formula.pieces[i].x) || !isfinite(formula.pieces[i].y))
            abort();
    if (!isfinite(formula.width) || !isfinite(formula.ascent) || !isfinite(formula.descent))
        abort();
    return 0;
}
