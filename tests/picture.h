#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include "views/views.h"

// A run, a moment of it, and the picture that a view makes of it: what tests of views share. Include it behind cmocka.
typedef struct {
    Fonts *fonts;
    Arena arena; // of the last picture
    Run run;
} Desk;

int desk_open(void **state);
int desk_close(void **state);
void desk_start(Desk *desk, const CellType *cell, const char *task, int T, int hidden); // a batch of 2
void desk_stop(Desk *desk);
void desk_train(Desk *desk, long updates);
void desk_seek(Desk *desk, long update, long op); // in update 1 it may be the first thing done
DrawList desk_draw(Desk *desk, const View *view, const Snapshot *snapshot, Rect area);

// Every shape lies in the area, and no two texts touch; what is clipped away does not count.
void check_picture(const Desk *desk, const View *view, Rect area, const DrawList *list);

// What a picture holds: the first shape of a kind and ink, or NULL; some text with these words in it; the hot of a
// name.
const Shape *first_with_ink(const DrawList *list, ShapeKind kind, Ink ink);
bool says(const DrawList *list, const char *words);
Rect place_of(const DrawList *list, const char *text); // of the first text that says just this
const Hot *hot_named(const DrawList *list, const char *name);

// With all that the reader does not know yet replaced by nonsense, the picture is the same.
void check_unknown_is_not_drawn(Desk *desk, const View *view, const Snapshot *snapshot, Rect area);

#endif
