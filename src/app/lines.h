#ifndef APP_LINES_H
#define APP_LINES_H

#include "app/app.h"

// The queue of commands that wait. A goal that is ahead holds it up; a refused command empties it, for what comes after
// relied on it.
void lines_say(App *app, const char *text, const char *file);       // behind all that wait
void lines_say_first(App *app, const char *text, const char *file); // before all that wait

// A line of the open lesson, with something before it, to a place in the queue (from 0).
void lines_of_lesson(App *app, const char *before, const char *line, int source_line, int place);
int lines_count(const App *app);
int lines_waiting(const App *app);       // of them, those that wait for a goal: what the window tells about
const char *lines_first(const App *app); // the text of the next one; there is one
const char *lines_last(const App *app);  // likewise of the last
void lines_drop(App *app);
bool lines_next(App *app, Err *err); // carries out the first; true where none waits

// Carries out one command: echoes it, looks it up, checks its arguments, runs it.
bool line_carry_out(App *app, const Waiting *line, Err *err);
bool line_run(App *app, const char *line, Err *err); // as a part of the command that is being carried out: no echo

#endif
