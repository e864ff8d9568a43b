#ifndef APP_HANDS_H
#define APP_HANDS_H

#include "app/app.h"
#include "base/words.h"

// The pointer and the keyboard: both only say lines.
void hands_say(App *app, const char *line); // a line that was pressed or typed
void hands_frame(App *app);                 // before a frame: the line of what is dragged, and whether a tip is due
void hands_look(App *app);                  // what is under the pointer, in the last picture
const char *hot_value(const Hot *hot, double part, char text[NUMBER_SIZE]); // part 0 … 1 of the way, as a short decimal
const char *hot_nudged(const Hot *hot, long steps, char text[NUMBER_SIZE]); // from where it stands, in small steps
const Hot *focus_hot(const App *app); // what has the keyboard in the last picture, or NULL

#endif
