#ifndef APP_PRINT_SHOWN_H
#define APP_PRINT_SHOWN_H

#include "app/app.h"

// What `print` says of the layer and direction that is looked at: a list of numbers, "-" where there is none.
const char *say_dh(App *app, Arena *arena);   // a number each time step of the shown sequence
const char *say_dc(App *app, Arena *arena);   // likewise; none without c
const char *say_kept(App *app, Arena *arena); // a number each run

#endif
