#ifndef UI_WIDGETS_SHARED_H
#define UI_WIDGETS_SHARED_H

#include "ui/widgets.h"

// What the files of the widgets share; nobody else includes it.

// Whether the pointer, the keyboard or a press is on the control of this name.
typedef struct {
    uint32_t id;
    bool hovered, focused, pressed;
} Touch;

Touch touch_of(const DrawList *out, const char *name);

// Leaves the hot of a control that is pressed.
void hot_press(DrawList *out, Touch touch, Rect area, const char *line, const char *tip);

// 2 px of INK_FOCUS just outside the rectangle, where the control has the keyboard.
void draw_focus(DrawList *out, Touch touch, Rect rect, float radius);

uint8_t fade_further(DrawList *out, float alpha); // draw_fade, times the fading that is already there

float text_baseline(Rect area, Type type); // of one line in the middle of the area's height

// A label left and a value right in one line. The label is shortened where both have no room.
void draw_label_and_value(DrawList *out, Rect line, Ink label_ink, Type label_type, const char *label, Ink value_ink,
                          Type value_type, const char *value);

// `size` is how wide and high a play sign is, px.
void draw_sign(DrawList *out, Ink ink, float x, float y, float size, Sign sign);

#endif
