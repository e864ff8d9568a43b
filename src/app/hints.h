#ifndef APP_HINTS_H
#define APP_HINTS_H

#include "app/app.h"

// Three short hints that a first start shows, one after the other, each pointing at what it is about. One goes when
// what it says is done, or with its button; Escape ends them. That they were shown is kept, so they come once.
void hints_first_start(App *app);            // of a window: shows them unless they were shown before
void hints_hear(App *app, const char *line); // a line was carried out
void hints_draw(App *app, Rect window, DrawList *out);

#endif
