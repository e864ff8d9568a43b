#include "ui/widgets.h"

#include "ui/widgets_shared.h"

enum { CARD_RADIUS = 8, CARD_PADDING = 16, LABEL_GAP = 8 };

Touch touch_of(const DrawList *out, const char *name)
{
    uint32_t id = hot_id(name);
    return (Touch){id, out->hover == id, out->focus == id, out->pressed == id};
}

void hot_press(DrawList *out, Touch touch, Rect area, const char *line, const char *tip)
{
    Pointed nothing = {0, -1, -1};
    draw_hot(out, (Hot){touch.id, area, .press = line, .tip = tip, .pointed = nothing, .focusable = true});
}

void draw_focus(DrawList *out, Touch touch, Rect rect, float radius)
{
    if (touch.focused)
        draw_frame(out, INK_FOCUS, rect_inset(rect, -3), radius + 3, 2);
}

uint8_t fade_further(DrawList *out, float alpha)
{
    return draw_fade(out, alpha * (float)out->alpha / 255);
}

// Inter's capitals are 0.727 em high.
float text_baseline(Rect area, Type type)
{
    return area.y + area.h / 2 + 0.364f * type.size;
}

void draw_label_and_value(DrawList *out, Rect line, Ink label_ink, Type label_type, const char *label, Ink value_ink,
                          Type value_type, const char *value)
{
    float room = line.w - draw_width(out, value_type, value) - LABEL_GAP;
    float y = text_baseline(line, label_type);
    draw_text(out, label_ink, label_type, line.x, y, ALIGN_LEFT, draw_cut(out, label_type, label, room));
    draw_text(out, value_ink, value_type, line.x + line.w, y, ALIGN_RIGHT, value);
}

void card(DrawList *out, Rect area)
{
    draw_rect(out, INK_CARD, area, CARD_RADIUS);
    draw_frame(out, INK_HAIRLINE, area, CARD_RADIUS, 1);
}

void card_title(DrawList *out, Rect area, const char *capitals)
{
    float room = area.w - 2 * CARD_PADDING;
    draw_text(out, INK_FAINT, TYPE_SECTION, area.x + CARD_PADDING, area.y + 20, ALIGN_LEFT,
              draw_cut(out, TYPE_SECTION, capitals, room));
}

// What belongs to the last update is faint, name and all.
void value_row(DrawList *out, Rect area, const char *label, const char *value, Ink ink, Type type)
{
    draw_label_and_value(out, area, ink == INK_FAINT ? INK_FAINT : INK_SOFT, TYPE_BODY, label, ink, type, value);
}
