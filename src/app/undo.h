#ifndef APP_UNDO_H
#define APP_UNDO_H

#include "app/app.h"

// The journal: every line that belongs to training, and the moment at which it was said. The last can be taken back,
// and then made again.
//
// A live change, a setting or a weight, is taken back by going to that moment as it was without the change; what was
// trained since is forgotten, and what had been trained before the change comes again as it was told. A line that
// starts training anew keeps the former run whole, with its history and its curves, and gives it back.
//
// A slider that is dragged, or moved step by step with the keyboard, is one line.

// Around a command that belongs to training: undo_watch before it is carried out, undo_note behind. Where nothing has
// changed, nothing is noted.
typedef struct {
    Told *told;
    Session former; // the runs that gave way
} Watch;

void undo_watch(App *app, const char *line, Watch *watch); // watch stays where it is until undo_note
void undo_note(App *app, Watch *watch);

bool undo_last(App *app, Err *err);
bool redo_next(App *app, Err *err);
const char *undo_line(const App *app); // what undo would take back: "set learning_rate 0.1"; NULL: nothing
const char *redo_line(const App *app); // likewise what redo would make again

// All that was told and stands, the first said first: "update 40 op 0: set learning_rate 0.1".
int undo_count(const App *app);
const char *undo_told(const App *app, int i, Moment *at);
void undo_free(App *app);

#endif
