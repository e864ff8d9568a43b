#include <math.h>

#include "base/math.h"
#include "ui/widgets_shared.h"

enum {
    KNOB_RADIUS = 8,
    KNOB_FRAME = 2,
    TRACK_HEIGHT = 4,
    LABEL_HEIGHT = 19, // of a slider's line of words
    SWITCH_WIDTH = 34,
    SWITCH_HEIGHT = 18,
};

// A pale round ground, stronger while it is pressed.
static void draw_halo(DrawList *out, Ink ink, Rect rect, Touch touch)
{
    uint8_t before = fade_further(out, touch.pressed ? 0.22f : 0.12f);
    draw_rect(out, ink, rect, rect.h / 2);
    out->alpha = before;
}

// ---- slider --------------------------------------------------------------------
// How far from low to high a value is, 0 … 1.
static float value_part(const Slider *slider)
{
    double value = slider->value, low = slider->low, high = slider->high;
    if (slider->logarithmic) {
        value = math_log(value > 0 ? value : 0);
        low = math_log(low);
        high = math_log(high);
    }
    double part = (value - low) / (high - low);
    part = part > 0 ? part : 0; // and NaN
    return (float)(part < 1 ? part : 1);
}

static void draw_knob(DrawList *out, Ink ink, float x, float y, Touch touch)
{
    Rect square = {x - KNOB_RADIUS, y - KNOB_RADIUS, 2 * KNOB_RADIUS, 2 * KNOB_RADIUS};
    if (touch.hovered || touch.pressed)
        draw_halo(out, ink, rect_inset(square, -5), touch);
    draw_circle(out, ink, x, y, KNOB_RADIUS);
    draw_circle(out, INK_KNOB, x, y, KNOB_RADIUS - KNOB_FRAME);
    draw_focus(out, touch, square, KNOB_RADIUS);
}

// The knob's middle goes along the track's inner part, so that it never sticks out.
static Rect knob_path(Rect area)
{
    float y = floorf(area.y + area.h / 2);
    return (Rect){area.x + KNOB_RADIUS, y - TRACK_HEIGHT / 2, area.w - 2 * KNOB_RADIUS, TRACK_HEIGHT};
}

static void draw_track(DrawList *out, Rect area, const Slider *slider, Touch touch)
{
    Rect path = knob_path(area);
    float knob_x = path.x + path.w * value_part(slider);
    Rect whole = {area.x, path.y, area.w, path.h};
    Rect filled = {area.x, path.y, knob_x - area.x, path.h};
    if (slider->hollow) {
        draw_frame(out, touch.hovered || touch.pressed ? INK_SOFT : INK_FAINT, whole, TRACK_HEIGHT / 2, 1);
        draw_focus(out, touch, whole, TRACK_HEIGHT / 2);
        return;
    }
    draw_rect(out, INK_TRACK, whole, TRACK_HEIGHT / 2);
    draw_rect(out, slider->ink, filled, TRACK_HEIGHT / 2);
    draw_knob(out, slider->ink, knob_x, path.y + path.h / 2, touch);
}

static void slider_hot(DrawList *out, Rect area, Rect track, const Slider *slider)
{
    draw_hot(out, (Hot){.id = hot_id(slider->name),
                        .area = area,
                        .drag = slider->drag,
                        .track = track,
                        .low = slider->low,
                        .high = slider->high,
                        .logarithmic = slider->logarithmic,
                        .whole = slider->whole,
                        .value = slider->value,
                        .tip = slider->tip,
                        .pointed = {0, -1, -1},
                        .focusable = true});
}

void slider(DrawList *out, Rect area, Slider slider)
{
    Rect words = {area.x, area.y, area.w, LABEL_HEIGHT};
    Rect track = {area.x, area.y + LABEL_HEIGHT, area.w, 2 * KNOB_RADIUS};
    draw_label_and_value(out, words, INK_SOFT, TYPE_BODY, slider.label, INK_TEXT, TYPE_STRONG, slider.shown);
    draw_track(out, track, &slider, touch_of(out, slider.name));
    slider_hot(out, area, knob_path(track), &slider);
}

void slider_track(DrawList *out, Rect area, Slider slider)
{
    draw_track(out, area, &slider, touch_of(out, slider.name));
    slider_hot(out, area, knob_path(area), &slider);
}

// ---- rows that are pressed ---------------------------------------------------------
// A row's face is nothing but its words; the pointer shows as a pale ground behind them.
static Touch pressable_row(DrawList *out, Rect area, const char *name, const char *line, const char *tip)
{
    Touch touch = touch_of(out, name);
    Rect ground = {area.x - 6, area.y, area.w + 12, area.h};
    if (touch.hovered)
        draw_rect(out, touch.pressed ? INK_CONTROL_HOVER : INK_CONTROL, ground, 5);
    draw_focus(out, touch, rect_inset(ground, 2), 4);
    hot_press(out, touch, area, line, tip);
    return touch;
}

static Rect switch_body(Rect row)
{
    float y = floorf(row.y + (row.h - SWITCH_HEIGHT) / 2);
    return (Rect){row.x + row.w - SWITCH_WIDTH, y, SWITCH_WIDTH, SWITCH_HEIGHT};
}

// On: filled, the knob right. Off: empty with a frame, the knob left.
static void draw_switch(DrawList *out, Rect body, bool on, Ink ink)
{
    float half = SWITCH_HEIGHT / 2, y = body.y + half;
    draw_rect(out, on ? ink : INK_TRACK, body, half);
    if (on) {
        draw_circle(out, INK_ON_ACTIVE, body.x + body.w - half, y, half - 2);
        return;
    }
    draw_frame(out, INK_FAINT, body, half, 1.5f);
    draw_circle(out, INK_SOFT, body.x + half, y, half - 4);
}

// A switch with an ink of its own is a heading in that ink, such as "clip gradient norm".
void switch_row(DrawList *out, Rect area, const char *name, const char *label, const char *line, const char *tip,
                bool on, Ink ink)
{
    bool heading = ink != INK_ACTIVE;
    Type type = heading ? TYPE_STRONG : TYPE_BODY;
    Touch touch = touch_of(out, name);
    Ink words = heading ? ink : touch.hovered ? INK_TEXT : INK_SOFT;
    draw_text(out, words, type, area.x, text_baseline(area, type), ALIGN_LEFT,
              draw_cut(out, type, label, area.w - SWITCH_WIDTH - 8));
    if (touch.hovered || touch.pressed)
        draw_halo(out, ink, rect_inset(switch_body(area), -4), touch);
    draw_switch(out, switch_body(area), on, ink);
    draw_focus(out, touch, switch_body(area), SWITCH_HEIGHT / 2);
    hot_press(out, touch, area, line, tip);
}

void choice_row(DrawList *out, Rect area, const char *name, const char *label, const char *shown, const char *line,
                const char *tip)
{
    enum { SIGN_ROOM = 11 };
    pressable_row(out, area, name, line, tip);
    Rect words = {area.x, area.y, area.w - SIGN_ROOM, area.h};
    draw_label_and_value(out, words, INK_SOFT, TYPE_BODY, label, INK_TEXT, TYPE_STRONG, shown);
    draw_sign(out, INK_TEXT, area.x + area.w - 3.5f, area.y + area.h / 2 + 1, 11, SIGN_DOWN);
}

void fold_row(DrawList *out, Rect area, const char *name, const char *label, const char *line, bool open)
{
    Touch touch = pressable_row(out, area, name, line, open ? "fold this group" : "open this group");
    Ink ink = touch.hovered ? INK_SOFT : INK_FAINT;
    draw_text(out, ink, TYPE_SECTION, area.x, text_baseline(area, TYPE_SECTION), ALIGN_LEFT,
              draw_cut(out, TYPE_SECTION, label, area.w - 16));
    draw_sign(out, ink, area.x + area.w - 4, area.y + area.h / 2, 10, open ? SIGN_DOWN : SIGN_NEXT);
}
