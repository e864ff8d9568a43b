#ifndef APP_PAGE_BOX_H
#define APP_PAGE_BOX_H

#include "app/app.h"

// A page over the window: the keys, the journal. What is higher than the window is scrolled, by the wheel, by arrows
// and by PageUp and PageDown; a press outside closes it.
enum { PAGE_LOW = 500 }; // windows that are lower spare it half of its edge

Rect page_box_room(Rect window); // the most that there is for what it says

// Where that begins, scrolled; draw it, then draw_unclip.
Rect page_box_draw(App *app, Rect window, const char *title, float width, float height, DrawList *out);

#endif
