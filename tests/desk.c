#include "desk.h"

Fonts *fonts;
Arena arena;

int open_fonts(void **state)
{
    (void)state;
    Err err;
    fonts = fonts_open(&err);
    arena = arena_make(1 << 16);
    return fonts ? 0 : -1;
}

int close_fonts(void **state)
{
    (void)state;
    fonts_close(fonts);
    arena_free(&arena);
    return 0;
}

DrawList begin(void)
{
    arena_reset(&arena);
    return draw_begin(&arena, fonts);
}

float px(int32_t sixty_fourths)
{
    return (float)sixty_fourths / 64;
}

int count_of(const DrawList *list, ShapeKind kind)
{
    int count = 0;
    for (int i = 0; i < list->count; i++)
        count += list->shapes[i].kind == kind;
    return count;
}

const Shape *first_of(const DrawList *list, ShapeKind kind)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == kind)
            return &list->shapes[i];
    return NULL;
}
