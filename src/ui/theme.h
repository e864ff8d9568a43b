#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdint.h>

// Inks say what a thing is; a theme says what colour that is. Blue is forward, vermilion is backward, purple is
// clipping, everywhere and for nothing else.
typedef enum {
    INK_PAGE,          // behind the cards
    INK_PANEL,         // bars and side panel
    INK_CARD,          // a card's fill
    INK_HAIRLINE,      // borders, rules
    INK_GRIDLINE,      // lines behind a plot
    INK_TEXT,          // first text
    INK_SOFT,          // second text
    INK_FAINT,         // third text, section titles, what is of the last update
    INK_CONTROL,       // a button at rest
    INK_CONTROL_HOVER, // a button under the pointer
    INK_ACTIVE,        // a chosen button, a slider's filled part
    INK_ON_ACTIVE,     // text on INK_ACTIVE and on the runs' colours
    INK_TRACK,         // a slider's empty part
    INK_KNOB,          // a slider's knob, with an INK_ACTIVE frame
    INK_NODE,          // a node's fill
    INK_NODE_FRAME,    // a node's frame
    INK_FORWARD,
    INK_BACKWARD,
    INK_CLIP,
    INK_CLIP_PANEL, // behind the clipping settings
    INK_RUN_RNN,
    INK_RUN_LSTM,
    INK_RUN_GRU,
    INK_RUN_OTHER,
    INK_HERE,      // the marked column
    INK_VANISHING, // the zone of vanishing gradients
    INK_EXPLODING, // the zone of exploding gradients
    INK_FOCUS,     // the ring around what the keyboard would press
    INK_WARNING,   // a refusal, a run that is no longer finite
    INK_TIP,       // a tip's fill
    INK_ON_TIP,
    INK_VEIL, // over the window, under a popup
    INKS
} Ink;

// Fills that are values.
typedef enum {
    RAMP_SIGNED, // −1 plum, 0 paper, +1 teal
    RAMP_UNIT,   // 0 paper, 1 ink
    RAMPS
} Ramp;

typedef struct Theme Theme;
extern const Theme theme_light, theme_dark;

uint32_t theme_ink(const Theme *theme, Ink ink);                  // 0xAARRGGBB
uint32_t theme_ramp(const Theme *theme, Ramp ramp, double value); // value is cut to the ramp's range; NaN: warning
const char *ink_name(Ink ink);                                    // "backward", for the text dump
const char *theme_name(const Theme *theme);                       // "light", "dark"

#endif
