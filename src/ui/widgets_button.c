#include "ui/widgets_shared.h"

enum { PADDING = 13 }; // px, left of words and right of a sign that stand in one button

// The text of a button is a little smaller in a low one.
static Type text_type(Rect area, bool chosen)
{
    float size = area.h >= 28 ? 13 : area.h >= 22 ? 12 : 11;
    return (Type){chosen ? FACE_SEMIBOLD : FACE_MEDIUM, size};
}

static float corner_radius(Rect area)
{
    return area.h >= 28 ? 6 : 5;
}

static void draw_plain_face(DrawList *out, Rect area, Touch touch)
{
    Ink fill = touch.pressed ? INK_TRACK : touch.hovered ? INK_CONTROL_HOVER : INK_CONTROL;
    draw_rect(out, fill, area, corner_radius(area));
    draw_frame(out, touch.hovered ? INK_FAINT : INK_HAIRLINE, area, corner_radius(area), 1);
}

static void draw_chosen_face(DrawList *out, Rect area, Ink ink, Touch touch)
{
    uint8_t before = fade_further(out, touch.pressed ? 0.75f : touch.hovered ? 0.88f : 1);
    draw_rect(out, ink, area, corner_radius(area));
    out->alpha = before;
}

// The face, the ring and the hot; what stands on the face is the caller's. Returns the ink to write with.
static Ink draw_face(DrawList *out, Rect area, Button button)
{
    Touch touch = touch_of(out, button.name);
    if (button.off)
        touch = (Touch){0};
    if (button.chosen)
        draw_chosen_face(out, area, button.ink, touch);
    else
        draw_plain_face(out, area, touch);
    draw_focus(out, touch, area, corner_radius(area));
    if (!button.off)
        draw_hot(out, (Hot){touch.id, area, .press = button.line, .tip = button.tip, .pointed = {0, -1, -1},
                            .focusable = true, .repeats = button.repeats});
    return button.chosen ? INK_ON_ACTIVE : INK_TEXT;
}

static void draw_words(DrawList *out, Rect area, Button button, Ink ink)
{
    Type type = text_type(area, button.chosen);
    const char *text = draw_cut(out, type, button.text, area.w - 6);
    draw_text(out, ink, type, area.x + area.w / 2, text_baseline(area, type), ALIGN_CENTRE, text);
}

static void draw_words_and_sign(DrawList *out, Rect area, Button button, Ink ink, Sign sign)
{
    Type type = text_type(area, button.chosen);
    float sign_x = area.x + area.w - PADDING - 3;
    const char *text = draw_cut(out, type, button.text, sign_x - 10 - (area.x + PADDING));
    draw_text(out, ink, type, area.x + PADDING, text_baseline(area, type), ALIGN_LEFT, text);
    draw_sign(out, button.chosen ? INK_ON_ACTIVE : INK_SOFT, sign_x, area.y + area.h / 2, 11, sign);
}

void button(DrawList *out, Rect area, Button button)
{
    uint8_t before = fade_further(out, button.off ? 0.4f : 1);
    draw_words(out, area, button, draw_face(out, area, button));
    out->alpha = before;
}

void button_sign(DrawList *out, Rect area, Button button, Sign sign)
{
    uint8_t before = fade_further(out, button.off ? 0.4f : 1);
    Ink ink = draw_face(out, area, button);
    if (button.text)
        draw_words_and_sign(out, area, button, ink, sign);
    else
        draw_sign(out, ink, area.x + area.w / 2, area.y + area.h / 2, area.h >= 28 ? 12 : 10, sign);
    out->alpha = before;
}

// Areas of one row may touch: each piece keeps 1 px at either side to itself.
void button_segment(DrawList *out, Rect area, Button segment)
{
    area.x += 1;
    area.w -= 2;
    button(out, area, segment);
}
