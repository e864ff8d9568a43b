#include "views/padding.h"

#include <math.h>

enum { HATCH_APART = 9 };

// Lines that rise to the right, each cut to the area.
static void hatch(Rect area, DrawList *out)
{
    float right = area.x + area.w, bottom = area.y + area.h;
    for (float x = area.x - area.h + HATCH_APART; x < right; x += HATCH_APART) {
        float from = fmaxf(x, area.x), to = fminf(x + area.h, right);
        draw_line(out, INK_HAIRLINE, from, bottom - (from - x), to, bottom - (to - x), 1);
    }
}

void padding_draw(const Snapshot *snapshot, TimeAxis axis, const char *name, float y, float h, DrawList *out)
{
    int length = snapshot_length(snapshot), first = length < axis.first ? axis.first : length + 1;
    if (first > axis.last || h <= 0)
        return;
    Rect area = {axis_left(axis, first), y, axis_left(axis, axis.last + 1) - axis_left(axis, first), h};
    uint8_t before = draw_fade(out, 0.5f);
    draw_rect(out, INK_CONTROL, area, 0);
    out->alpha = before;
    hatch(area, out);
    draw_hot(out, (Hot){.id = hot_id(draw_print(out, "padding %s", name)),
                        .area = area,
                        .tip = draw_print(out,
                                          "padding: this sequence ends at t = %d\nwhat lies behind it counts in no "
                                          "loss and no gradient",
                                          snapshot_t(snapshot, length)),
                        .pointed = {0, NONE, NONE}});
}
