#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include "app/app.h"
#include "paint/paint.h"

// The two ways to run the program: in a window, and without one.
//
// main.c reads the arguments into Options, starts the App on the functions of files.c, and hands it to window_run or
// headless_run. Whoever adds another way (a browser, a recorder) adds a function like these two.

// What the command line asked for.
enum { OPTION_LINES_MOST = 64 };

typedef struct {
    bool headless; // -n
    bool json;     // --json
    bool echo;     // --echo
    int threads;   // --threads; 0: not said
    bool help, version;
    double scale;                         // --scale; 0: not said
    int width, height;                    // --size WxH, layout px; 1440 × 900 unless said
    bool sized;                           // it was said
    const char *lines[OPTION_LINES_MOST]; // -e, in order
    int line_count;
    const char *file; // a lesson (.md) or a script, or NULL
    void (*watch)(void *watcher,
                  App *app); // not of the command line: called after each frame of a window, shown or not
    void *watcher;
} Options;

bool options_read(Options *options, int count, char **arguments, Err *err);
void options_each(void (*row)(const char *name, const char *value,
                              const char *what)); // value: NULL where it takes none

// help.c: made from the tables, in lines of at most 80 columns.
void options_help(void (*print)(const char *line));

// Files, clock, standard output and pictures of a desktop program. Fonts and the painter are opened when the first
// picture is asked for, so that a run without pictures needs no fonts.
typedef struct {
    Fonts *fonts;     // owned; NULL until files_fonts
    Painter *painter; // owned; likewise
    char lessons[1024], folder[1024];
} Files;

Platform files_platform(Files *files, bool echo); // files is borrowed as long as the platform is used
Fonts *files_fonts(Files *files, Err *err);       // opened on the first call; NULL: a font is missing
void files_close(Files *files);

// config.c: see Platform.recall and keep
enum { CONFIG_PATH = 1200 };
bool config_recall(void *context, const char *name, Arena *arena, char **text);
bool config_keep(void *context, const char *name, const char *text, Err *err);

// Says the lines of -e, then those of FILE.
bool open_given(App *app, const Options *options, Err *err);

// Opens the window at options' size and shows app_frame until app->quit; the app is started and its fonts are open. All
// that is said to the app are pointer, key and text events in layout px: device px / (app->scale · the display's
// scale). False where no window can be had: "no display: …, or run with -n".
bool window_run(App *app, Painter *painter, const Options *options, Err *err);

// Carries out what waits, to the end. Returns the exit status: 0, 1 some line was refused, 3 a run is no longer finite.
enum { STATUS_FINE = 0, STATUS_REFUSED = 1, STATUS_NOT_FINITE = 3 };
int headless_run(App *app, const Options *options);

#endif
