#ifndef APP_CAPTION_H
#define APP_CAPTION_H

#include "app/app.h"

// What a picture or a file of this moment shows, in words and as the name of a file: the task, the cell, the update,
// and the settings that are not as at the start. No clock and no counter is in it. view: its index, or -1 for the
// screen.
const char *caption_words(const App *app, int view, Arena *arena); // "Recall the first symbol · RNN · T 12 · …"
const char *caption_name(const App *app, Arena *arena);            // "unroll-recall-rnn-update60"

// The words as running text at the bottom edge of a picture; returns its height. Draws nothing where `dry`.
float caption_draw(const App *app, int view, float y, float width, bool dry, DrawList *out);

#endif
