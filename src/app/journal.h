#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include "app/app.h"

// What training was told: the settings at update 0 and the live changes since. Together they are the line of
// `print state`, which puts another program at the same moment with the same bits.
void journal_begin(App *app); // training has just begun with the present settings
void journal_loaded(App *app, const char *path); // it began with the weights of a file
long journal_next(const App *app); // the first update that a change acts on now
void journal_change(App *app, long update, const Setting *setting, double value); // changes that acted later are gone
const char *journal_state(App *app, Arena *arena);

#endif
