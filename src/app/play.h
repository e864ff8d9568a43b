#ifndef APP_PLAY_H
#define APP_PLAY_H

#include "app/app.h"

// What goes on by itself: goals are worked on, and playing trains by the clock.
void play_begin(App *app);              // whole updates, as the setting speed says
void play_slowly(App *app, Stride by);  // time steps or operations, as the setting pace says
void play_pause(App *app);              // the update begun is still done
bool play_by_updates(const App *app);   // it plays, too fast for what is in an update to be followed
void play_on(App *app, double until);   // what the clock owes, until that time
void goal_work(App *app, double until); // until the goal is reached, or that time; below 0: no limit
enum { BROKEN_TEXT = LANE_TEXT + 2 };
const char *broken_run(const App *app, char name[BROKEN_TEXT]); // "clip off: ", of several; else ""
bool refuse_broken(const App *app, Err *err);                   // refuses to go on where no run is finite any more
double update_seconds(const App *app, int run); // what an update of a run takes, of the last ones; 0: not known
double app_now(const App *app);

#endif
