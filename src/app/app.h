#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>

#include "base/arena.h"
#include "lesson/lesson.h"
#include "sim/session.h"
#include "sim/snapshot.h"
#include "ui/axis.h"
#include "ui/draw.h"
#include "ui/field.h"

// The program without a window: command lines in, draw lists out.
//
// A key, a menu, a press, a lesson, a script and a test say the same lines of text. A line that takes time only
// sets a goal; each frame works on it within its budget, later lines wait, Escape stops it. Headless there is no
// budget. What the program asks of the world goes through Platform, so a test or a fuzzer is one more platform.
typedef struct {
    void *context;
    double (*now)(void *context); // seconds
    bool (*read_file)(void *context, const char *path, Arena *arena, char **text, size_t *size, Err *err);
    bool (*write_file)(void *context, const char *path, const char *text, size_t size, Err *err);
    bool (*save_picture)(void *context, const DrawList *list, const Theme *theme, double scale, int width, int height,
                         const char *path, Err *err); // width, height: layout px; path ends in .png or .svg
    void (*print)(void *context, const char *text);   // one result, one line
    void (*warn)(void *context, const char *text); // a refusal or a run that broke; NULL: the bottom bar alone says it
    void (*echo)(void *context, const char *line); // NULL: lines are not echoed
    Fonts *(*fonts)(void *context, Err *err);      // opened when a picture is first asked for; NULL: no pictures
    bool (*exists)(void *context, const char *path);                   // NULL: no file does
    bool (*copy)(void *context, const char *text, Err *err);           // to the clipboard; NULL: there is none
    bool (*paste)(void *context, Arena *arena, char **text, Err *err); // from it; NULL likewise
    // Small texts that last from one start to the next, by name; NULL: none do.
    bool (*recall)(void *context, const char *name, Arena *arena, char **text); // false: there is none
    bool (*keep)(void *context, const char *name, const char *text, Err *err);
    const char *lessons; // the folder of the lessons, or NULL
    const char *folder;  // that names without one are in, to be told; or NULL
    int threads;         // that training may take, of the fast build
} Platform;

typedef enum { STRIDE_OP, STRIDE_STEP, STRIDE_UPDATE, STRIDES } Stride;

// A command that waits to be carried out, and where it came from.
typedef struct {
    const char *text; // in app->lines
    const char *file; // likewise; NULL: typed, pressed or -e
    int line, column; // of the text's start, from 1
    bool of_lesson;
    long gesture; // that said it; 0: none
    bool again;   // it was begun before, and waits for a job
} Waiting;

// What the last updates of a compared run have taken by the platform's clock.
enum { COSTS = 15 };
typedef struct {
    double seconds[COSTS]; // of whole updates, the newest at (count − 1) % COSTS
    long count;
    double begun; // of the update that is being computed
    long works;
} Cost;

// What points: the pointer where it is; the keys, at the column that `select next` marked; the focus, which only has a
// tip; or nothing, because the reader has stepped on and the pointer merely lies there. It points again once it moves.
typedef enum { POINTING_HAND, POINTING_KEYS, POINTING_FOCUS, POINTING_NOTHING } Pointing;

// What the pointer and the keyboard are doing: outside the history, at rest when there is no window.
typedef struct {
    float x, y; // layout px; outside the window: -1
    Pointing pointing;
    uint32_t hover, focus, pressed;
    uint32_t opener;       // the control pressed last: a list that it opens hangs under it
    uint32_t focus_before; // what had the keyboard when the list opened
    bool ctrl;             // it was down when the button came down: a press goes where its line says
    bool held;             // the button is down,
    double repeat_at;      // when what is held says its line again
    bool repeated;         // it has, so that letting go says nothing more
    float held_x, held_y;  // since here
    Hot drag;              // what is being dragged; drag.drag == NULL: nothing
    char drag_line[128];   // drag.drag points here: the picture it was in is gone by the next
    char drag_value[64];   // the value to say next; "": none
    char said[256];        // the drag's last line, so that none is said twice
    long drags;            // begun so far
    bool drag_explains;    // it began on what a press pins
    bool can_pan, panning; // the time axis can be dragged from here; it is being dragged
    int pan_first;         // what it began with when the button went down
    float wheel_left;
    double still_since;                             // when what points came to rest; INFINITY: no tip until it moves
    double tip_since;                               // when its tip was due; 0: it is not
    Pointed pointed;                                // what the hot that is pointed at stands for
    int pointed_weight;                             // likewise
    bool pointed_term;                              // a term of a formula points: the column stays
    float panel_scroll, lesson_scroll, page_scroll; // px, 0 at the top; the page is one over the window
    float panel_scroll_most, lesson_scroll_most, page_scroll_most; // how far there is to: written by who draws them
} Hands;

// What takes long to work out, see job.h. A result is of a moment of a network and of what is looked at.
typedef enum { JOB_NONE, JOB_MEASURE, JOB_GRADCHECK, JOB_ANALYSIS, JOB_WEIGHTS, JOB_JACOBIAN, JOBS } JobName;

typedef struct {
    uint64_t hash; // of the training state
    Moment at;
    const void *text; // that is learned
    int b, layer, t;
    bool reverse;
} JobOf;

typedef struct {
    Arena arena; // what it works on and its result
    void *work;  // NULL: never begun
    JobOf of;
    bool done;
} Job;

enum { PINS_MOST = 6 }; // so that pressing bar after bar does not cover the screen

typedef enum { POPUP_NONE, POPUP_KEYS, POPUP_JOURNAL, POPUP_CHOICE, POPUP_LESSONS, POPUP_COMPARE, POPUP_PALETTE } Popup;

// The palette: what is typed in it, and what was. See app/palette.h.
typedef struct {
    Field field;
    int chosen;            // row, from 0
    int first, seen;       // the rows in sight: written by the picture
    char said[512];        // why a line was refused, or ""
    const char *past[100]; // lines said from it, the last one last
    int past_count, past_at;
    Arena past_arena;
    Rect area; // of the text in the last picture
    bool held; // the pointer went down in it
} Palette;

// Lines that belong to training: told[0 … count) stand, the next `undone` were taken back. See undo.h.
typedef struct Told Told;
enum { TOLD_MOST = 256 };
typedef struct {
    Told *told[TOLD_MOST];
    int count, undone;
} Journal;

// A line of lessons/index.txt.
typedef struct {
    const char *file;  // "01-watch-it-learn.md": `lesson` finds it in the folder of lessons
    const char *title; // "Watch it learn"
} LessonEntry;

typedef struct App App;
struct App {
    Platform platform;
    Fonts *fonts; // borrowed; NULL where nothing is drawn
    Session session;
    Arena arena;       // the program's
    Arena frame;       // the picture's, reset before each
    Snapshot snapshot; // of the last picture; of several runs the first's
    Snapshot lanes[LANES_MOST];

    // lines
    Arena lines;      // texts that wait
    Waiting *waiting; // [waiting_first, waiting_count)
    int waiting_first, waiting_count, waiting_room;
    bool of_lesson;  // the line being carried out comes from a lesson
    long gesture;    // of the hand that is saying lines now: a drag (above 0), a key (below); 0: none
    long of_gesture; // of the line being carried out
    Journal journal;
    bool json;
    bool quit;
    bool refused;      // some line was refused
    bool not_finite;   // some run was no longer finite
    char message[600]; // the last refusal or news, shown in the bottom bar
    double message_since;
    bool message_bad;

    Job jobs[JOBS];
    JobName job; // that is worked on; JOB_NONE: none is

    const char *text;   // the file that the task letters reads, or NULL
    const char *loaded; // the file whose weights training began with, or NULL

    // what is shown; by commands only
    bool playing;
    bool slow;                   // a time step or an operation after another, not whole updates
    Stride slow_by;              // which of the two
    double play_debt;            // updates, time steps or operations owed by the clock
    double play_since;           // when it was last paid; below 0: has not begun
    Cost cost[RUNS_MOST];        // of the runs that are compared
    long broken_told[RUNS_MOST]; // of each run the update whose breaking has been said; 0: none
    Stride stride;
    Grain grain;
    int show_b; // from 0
    int selected_t, selected_unit;
    int lane;     // of a comparison whose weights are shown, from 0
    int layer;    // that is looked at, from 1; 0: the one that the operation belongs to
    bool reverse; // its direction
    bool gradient_of_memory, linear, slices, gauge;
    bool bars_said;    // log or linear was asked for; else a presentation has linear bars
    char quantity[16]; // the slot that the lanes of a comparison show
    bool dark, folded, present;
    int view;                            // of `view NAME`; NONE: none is chosen, see large_view
    double scale;                        // of the window, before HiDPI
    int axis_first, axis_last;           // 0, 0: fit
    long weight;                         // that is chosen, its place in Params; NONE
    unsigned closed_groups, more_groups; // bits: folded groups, groups that show all
    Popup popup;
    const char *popup_choice; // the setting whose choices or compared values are open; NULL: of what can be compared
    Palette palette;
    int hint; // that is shown, from 1; 0: none

    // the spectral radii shown last, and a number that tells whether the weights are still the same: they take long
    uint64_t radii_of;
    double radii_low, radii_high;

    // a lesson that is open
    Lesson lesson; // page_count 0: none is open
    Player player;
    Arena lesson_arena;
    LessonEntry *lessons; // of lessons/index.txt, read by `open lessons`
    int lesson_count;

    Pin pins[PINS_MOST]; // tips that stay
    int pin_count;

    Hands hands;
    DrawList last;               // the last picture: hands and focus look for hots there
    bool changed;                // a new picture is needed
    bool in_frame;               // the picture is one of many: it takes the probe as far as it is
    int width, height;           // layout px
    int view_width, view_height; // of a picture of one view; 0: a size that suits it
    long frames;
};

bool app_start(App *app, const Platform *platform, Fonts *fonts, Err *err);
void app_free(App *app);

// Lines. app_say puts every line of a text behind those that wait; app_do carries one line out now (its goal may still
// be ahead); app_finish works until nothing waits and no goal is ahead, or a line is refused.
void app_say(App *app, const char *text, const char *file);
bool app_do(App *app, const char *line, Err *err);
bool app_finish(App *app, Err *err);                 // err->text holds file:line:col where there is a file
void app_stop(App *app);                             // Escape: closes what is open, or drops goal and waiting lines
bool app_busy(const App *app);                       // a goal is ahead, and lines wait for it; playing is none
void app_tell(App *app, bool bad, const char *text); // a message in the bottom bar

// The window's events, in layout px. app_key takes the keys that type nothing, named like "return", "shift+right",
// "ctrl+plus", "ctrl+q", "pageup", "f5"; app_text takes what is typed, and each character is the key of that name: "2",
// "?", and "space" for a blank. So a sign is found wherever the keyboard has it.
void app_pointer(App *app, float x, float y);
void app_press(App *app, bool ctrl);
void app_release(App *app);
void app_wheel(App *app, float dx, float dy, bool ctrl);
void app_key(App *app, const char *key);
void app_text(App *app, const char *utf8);

// One frame: waiting lines, work within `budget` seconds, then the picture. Returns false where nothing has changed
// since the last one, so that a paused window costs nothing.
bool app_frame(App *app, double budget, int width, int height, DrawList *out);

// The first half of a frame: lines and work, no picture. Returns whether a new one is needed.
bool app_advance(App *app, double budget);

// The picture alone, as headless `shot` makes it; view: -1 for the whole screen. It is begun in app->frame.
void app_draw(App *app, int width, int height, int view, DrawList *out);

// Turns a snapshot to the layer and direction that is chosen, if one is. Networks that are compared may differ in their
// layers; a lower one shows its last.
void app_look_at_layer(const App *app, Snapshot *snapshot);

const Theme *app_theme(const App *app);

// Opens a lesson and says all its pages and checks, as it is played without a window.
bool app_play_lesson(App *app, const char *file, Err *err);

// Reads a lesson and forgets it: refuses what the command `lesson` would refuse.
bool app_check_lesson(App *app, const char *file, Err *err);

#endif
