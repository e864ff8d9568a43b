#ifndef APP_HANDS_H
#define APP_HANDS_H

#include "app/app.h"
#include "base/words.h"

// The pointer and the keyboard: both only say lines.

// hands.c: saying, pointing and pressing
Hands hands_at_rest(void);
void hands_say(App *app, const char *line);           // a line that was pressed or typed
void hands_do(App *app, const char *line);            // carries it out now, before all that wait
bool hands_try(App *app, const char *line, Err *err); // the same, but behind a goal that the line has to wait for
bool hands_acts_at_once(const char *line);            // it does not wait for a goal
void hands_press(App *app, const Hot *hot); // says what a press there says; a list that is open has been chosen from
void hands_frame(App *app);                 // before a frame: the line of what is dragged, and the tip
void hands_look(App *app);                  // what is pointed at, in the last picture
void hands_point(App *app, Pointing by);    // from now on
void hands_step_aside(App *app);            // the reader goes on: no column is pointed at until the pointer moves
const Hot *hands_hot(const App *app, const DrawList *list); // what is pointed at in a picture, or NULL

// hands_axis.c: the time axis under the pointer
void hands_grasp_axis(App *app); // the button went down, and a drag from there would pan
void hands_pan(App *app);        // as far as the pointer has been dragged

// hands_press.c: what a press on a thing means
bool hands_moved(const Hands *hands);     // since the button went down
bool hands_explain(const Hot *hot);       // a press pins it
bool hands_go_by_ctrl(const Hot *hot);    // it does no more; with Ctrl it goes there
void hands_pin(App *app, const Hot *hot); // or no longer
void hands_say_press(App *app);           // the button came up

// slide.c: the round values of a slider
const char *hot_value(const Hot *hot, double part, char text[NUMBER_SIZE]); // part 0 … 1 of the way
const char *hot_nudged(const Hot *hot, long steps, char text[NUMBER_SIZE]); // from where it stands, in small steps

// focus.c: what has the keyboard
const Hot *focus_hot(const App *app, const DrawList *list);       // in a picture, or NULL
const Hot *hot_in_reach(const DrawList *list, const char *press); // that says this line and can be had, or NULL

// tips.c: the tip of what is pointed at
void tip_frame(App *app);                                            // before a frame: it comes, fades and goes
void tip_hide(App *app);                                             // until what points moves
void tip_draw(const App *app, Rect window, float by, DrawList *out); // all else has been enlarged so, the tip will be

#endif
