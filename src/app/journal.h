#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include "app/app.h"

// The line of `print state`: what training was told, from the settings it began with to the live changes since. It puts
// another program at the same moment with the same bits.
const char *journal_state(App *app, Arena *arena);

#endif
