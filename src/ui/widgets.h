#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "ui/draw.h"

// Controls: each draws itself, shows when it is pointed at, pressed or has the keyboard, and leaves a hot with the
// line it says. They keep nothing. `name` makes the stable id.
typedef struct {
    const char *name; // "play"
    const char *text; // UTF-8, or NULL with a sign
    const char *line; // what a press says
    const char *tip;
    bool chosen;  // filled
    Ink ink;      // the fill when chosen; INK_ACTIVE mostly
    bool off;     // cannot be pressed now: drawn pale, no hot
    bool repeats; // held down, it says its line again and again
} Button;

// Signs drawn as shapes, so that every size is crisp.
typedef enum {
    SIGN_PLAY,
    SIGN_SLOW,
    SIGN_PAUSE,
    SIGN_NEXT,
    SIGN_BACK,
    SIGN_LAST,
    SIGN_FIRST,
    SIGN_DOWN,
    SIGN_THEME,
    SIGN_MORE, // +
    SIGN_LESS, // −
    SIGN_UNDO,
    SIGN_REDO,
    SIGN_SAVE // an arrow into a tray
} Sign;

void button(DrawList *out, Rect area, Button button);
void button_sign(DrawList *out, Rect area, Button button, Sign sign); // with a text: the text left, the sign right
void button_segment(DrawList *out, Rect area, Button button); // one of a row that belongs together; areas may touch

typedef struct {
    const char *name, *label, *shown; // shown: the value as text
    const char *drag;                 // "set gain %s"
    const char *tip;
    double value, low, high;
    bool logarithmic, whole;
    Ink ink;
    bool hollow; // it stands nowhere: no knob
} Slider;

void slider(DrawList *out, Rect area, Slider slider);       // label left, value right, track below; 40 px high
void slider_track(DrawList *out, Rect area, Slider slider); // the track alone
void switch_row(DrawList *out, Rect area, const char *name, const char *label, const char *line, const char *tip,
                bool on, Ink ink);
void choice_row(DrawList *out, Rect area, const char *name, const char *label, const char *shown, const char *line,
                const char *tip);
void fold_row(DrawList *out, Rect area, const char *name, const char *label, const char *line, bool open);

void card(DrawList *out, Rect area);                             // white, hairline, 8 px corners
void card_title(DrawList *out, Rect area, const char *capitals); // INK_FAINT, top left
void value_row(DrawList *out, Rect area, const char *label, const char *value, Ink ink, Type type); // label … value

// A tip near (x, y) that does not cover what it is about where there is room within `bounds`; lines are split at \n and
// broken to fit 320 px.
void tip_box(DrawList *out, Rect bounds, Rect about, float x, float y, const char *text);
Rect tip_rect(DrawList *out, Rect bounds, Rect about, float x, float y, const char *text); // where that is
void tip_in(DrawList *out, Rect box, const char *text);                                    // and the same elsewhere

// Running text broken to a width; returns the height used. Draws nothing where out_ink is INKS.
float paragraph(DrawList *out, Ink ink, Type type, Rect area, float line_height, const char *text);

#endif
