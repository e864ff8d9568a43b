#ifndef APP_PLAY_H
#define APP_PLAY_H

#include "app/app.h"

// What goes on by itself: goals are worked on, and playing trains by the clock.
void play_begin(App *app);
void play_pause(App *app);                      // the update begun is still done
void play_on(App *app, double until);           // what the clock owes, until that time
void goal_work(App *app, double until);         // until the goal is reached, or that time; below 0: no limit
bool refuse_broken(const App *app, Err *err);   // refuses to go on where a run is no longer finite
double update_seconds(const App *app, int run); // what an update of a run takes, of the last ones; 0: not known
double app_now(const App *app);

#endif
