#ifndef APP_FORMER_H
#define APP_FORMER_H

#include "app/app.h"

// The curves of before: what training did until something was changed, and its name, "without clip off".

void former_put(App *app, const Session *before); // of one network that this one took the place of, on the same task

// `how` is before, without or with, and the line is what was told. Only a curve that is new gets a name: one that
// stayed is still what it was. What a hand's first change left behind is named after its last one: unname, then name.
void former_name(App *app, const char *how, const char *line);
void former_unname(App *app, const char *how, const char *line);

#endif
