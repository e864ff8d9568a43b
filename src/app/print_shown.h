#ifndef APP_PRINT_SHOWN_H
#define APP_PRINT_SHOWN_H

#include "app/app.h"

// What `print` says of the layer and direction that is looked at: a list of numbers, "-" where there is none.
const char *say_kept(App *app, Arena *arena); // a number each run

#endif
