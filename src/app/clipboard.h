#ifndef APP_CLIPBOARD_H
#define APP_CLIPBOARD_H

#include "app/app.h"

// Text to the clipboard and from it, where the platform has one.
bool clipboard_copy(App *app, const char *text, Err *err);

// What it holds, as one command line: lines are joined by `;`, comments left out.
bool clipboard_line(App *app, Arena *arena, const char **line, Err *err);

#endif
