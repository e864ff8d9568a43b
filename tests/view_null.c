#include "views/views.h"

// The smallest view, to be copied: a mark in every column whose hidden state is known. A new view is a file like this
// in src/views and its name in views.c.
static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    const int slot = snapshot->program->state;
    for (int t = axis.first; t <= axis.last; t++) {
        if (!snapshot_value(snapshot, slot, t)) // not computed yet: nothing is drawn
            continue;
        Rect column = {axis_left(axis, t), area.y, axis.dx, area.h};
        draw_rect(out, INK_FORWARD, rect_inset(column, axis.dx / 4), 0);
        draw_hot(out, (Hot){.id = hot_id(draw_print(out, "null %d", t)),
                            .area = column,
                            .press = draw_print(out, "select %d 1", t),
                            .tip = draw_print(out, "h at t = %d is known", t),
                            .pointed = {t, slot, NONE}});
    }
}

extern const View view_null;
const View view_null = {
    .name = "null",
    .title = "Nothing much",
    .what = "Which hidden states are known.",
    .on_time_axis = true,
    .least_height = 20,
    .draw = draw,
};
