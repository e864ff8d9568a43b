#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include "app/app.h"

// The screen: where each panel stands. Areas are computed from the window's size alone, so that a picture made without
// a window is the window's.
typedef struct {
    Rect top, bottom;   // bars
    Rect side;          // settings or lesson
    Rect main;          // views on the time axis, one above the other
    Rect right;         // curves and the program; empty where the window is narrow
    TimeAxis axis;
} ScreenLayout;

ScreenLayout screen_layout(const App *app, int width, int height);
void screen_draw(App *app, int width, int height, DrawList *out);

// The parts, a file each.
void topbar_draw(App *app, Rect area, DrawList *out);
void bottombar_draw(App *app, Rect area, DrawList *out);
void settings_draw(App *app, Rect area, DrawList *out);
void lesson_draw(App *app, Rect area, DrawList *out);
void popup_draw(App *app, Rect window, DrawList *out);
void present_draw(App *app, Rect window, DrawList *out);
void too_small_draw(App *app, Rect window, DrawList *out);

enum { SCREEN_LEAST_WIDTH = 1024, SCREEN_LEAST_HEIGHT = 700 };

#endif
