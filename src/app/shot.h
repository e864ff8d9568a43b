#ifndef APP_SHOT_H
#define APP_SHOT_H

#include "app/app.h"

// A picture of the screen or of one view, in a file. What it shows is always in the file in words, with the line that
// restores the moment; with `captioned` the words also stand at its bottom edge.
typedef struct {
    int view;          // its index; -1: the whole screen
    int width, height; // layout px; 0: what suits it
    bool captioned;    // adds to its height
} Shot;

bool shot_fonts(App *app, Err *err);                             // there are some to draw with
bool shot_save(App *app, Shot shot, const char *path, Err *err); // .png or .svg

#endif
