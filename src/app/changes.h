#ifndef APP_CHANGES_H
#define APP_CHANGES_H

#include "app/app.h"

// Training remembers when a live setting was changed, and going past that update, back or forward, changes it again.
// Tells in the bottom bar what will have another value where the goal is; always true.
bool changes_tell(App *app);

#endif
