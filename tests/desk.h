#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "ui/draw.h"

// What tests that draw or set text begin with: open fonts, an arena, and questions to a draw list.
extern Fonts *fonts;
extern Arena arena;

int open_fonts(void **state); // group setup
int close_fonts(void **state);

DrawList begin(void); // an empty list; the one before is gone
float px(int32_t sixty_fourths);
int count_of(const DrawList *list, ShapeKind kind);
const Shape *first_of(const DrawList *list, ShapeKind kind); // or NULL

#endif
