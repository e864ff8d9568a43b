#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/app.h"
#include "base/words.h"

// All that can be done. A row here is the command, its help, its place in `--help` and on the page of keys; a row
// of key_bindings gives it a key. Menus show the key by looking the line up.
//
// `arguments` says what a command takes: n a whole number, r a real number, w a word, l a file name, ? before one: may be
// left out, * after one: any number of them. Wrong numbers and kinds are refused before `run` is called.
typedef struct {
    const char *name, *arguments;
    const char *usage; // "UPDATE OP"
    const char *title; // "Go to"
    const char *what;  // one sentence
    bool (*run)(App *app, const Words *words, Err *err);
} Command;

typedef struct {
    const char *key;   // "shift+right"
    const char *line;  // "step 1"
    const char *title; // for the page of keys: "next time step"
    const char *group; // "Step", "Play", "Network", "Look"
} KeyBinding;

extern const Command commands[];         // ends with a row without name
extern const KeyBinding key_bindings[];  // ends with a row without key

const Command *command_find(const char *name, Err *err); // suggests the nearest
const char *key_of_line(const char *line);               // "shift+right", or NULL

// What `print` can say: a row each.
typedef struct {
    const char *name;
    const char *what;
    void (*say)(App *app, char *text, size_t size);
    bool (*number)(App *app, double *value); // for checks and --json; NULL: it is no number
} Printable;

extern const Printable printables[]; // ends with a row without name
const Printable *printable_find(const char *name, Err *err);

// A claim of a lesson: "loss < 0.25", "accuracy >= 0.9".
bool claim_holds(App *app, const char *claim, Err *err);

#endif
