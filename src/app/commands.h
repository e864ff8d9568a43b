#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/app.h"
#include "base/words.h"

// All that can be done. A row here is the command, its help, its place in `--help` and on the page of keys; a row
// of key_bindings gives it a key. Menus show the key by looking the line up.
//
// `arguments` says what a command takes: n a whole number, r a real number, w a word, c one of the words that `usage`
// lists, l a file name, ? before one: may be left out, * after one: any number of them. Wrong numbers and kinds are
// refused before `run` is called; words->word[0] is the command's own name.
typedef struct {
    const char *name, *arguments;
    const char *usage; // "UPDATE [OP]", "light|dark"
    const char *title; // "Go to"
    const char *what;  // one sentence
    bool (*run)(App *app, const Words *words, Err *err);
    double low, high; // bounds of every number it takes; 0, 0: none
    bool trains;      // belongs to training: the journal keeps it, and undo takes it back
    bool at_once;     // only changes what is shown: a key or a press does not wait for a goal with it
} Command;

typedef struct {
    const char *key;   // "shift+right"
    const char *line;  // "step 1"
    const char *title; // for the page of keys: "next time step"
    const char *group; // "Step", "Play", "Network", "Look"
} KeyBinding;

extern const Command commands[];        // ends with a row without name
extern const KeyBinding key_bindings[]; // ends with a row without key

const Command *command_find(const char *name, Err *err); // suggests the nearest
const char *key_of_line(const char *line);               // "shift+right", or NULL

// What `print` can say: a row each, with one of the two functions.
typedef struct {
    const char *name;
    const char *what;
    bool (*number)(App *app, double *value);     // false: not known yet
    const char *(*text)(App *app, Arena *arena); // numbers in a list are separated by blanks, "-" is not known yet
    bool list;                                   // the text is a list of numbers
    bool by_t;                                   // a number a time step, and t is what says which
    JobName job;                                 // what must be worked out first
    bool of_update;                              // only once an update is read; "-" before
    bool bare;                                   // printed without its name: it is a whole file
    bool (*possible)(App *app, Err *err);        // false: refused, and it says why; NULL: it always is
} Printable;

extern const Printable printables[];                                             // ends with a row without name
const char *printable_value(App *app, const Printable *printable, Arena *arena); // "-": not known yet
const Printable *printable_find(const char *name, Err *err);
bool printable_ready(App *app, const Printable *printable, Err *err); // false: refused, or its job has begun

// A claim of a lesson: "loss < 0.25", "accuracy >= 0.9".
bool claim_holds(App *app, const char *claim, Err *err);

#endif
