#include "ui/widgets.h"
#include "views/cell.h"
#include "views/inspect.h"
#include "views/place.h"
#include "views/views.h"

// The inside of the cell, and below it the equation of the row just done with its numbers.
enum { PADDING = 16, TITLE_HEIGHT = 30, BELOW = 10 };
static const float SHARE = 0.56f;

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    int t = place_step(snapshot);
    Inspector in = {.snapshot = snapshot, .out = out};
    in.terms = terms_around(snapshot, t, out->arena);
    in.room = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    card_title(out, area, draw_print(out, "INSIDE THE CELL AT t = %d", snapshot_t(snapshot, t)));
    rect_cut_top(&in.room, TITLE_HEIGHT);
    bool alone = in.room.h * SHARE < CELL_LEAST;
    cell_draw(snapshot, t, rect_cut_top(&in.room, alone ? in.room.h : in.room.h * SHARE), out);
    if (alone)
        return;
    rect_cut_top(&in.room, BELOW);
    Explanation explanation = explain_op(snapshot, out->arena);
    inspect_title(&in, explanation.ink, explanation.title, NULL);
    if (explanation.count > 0) {
        inspect_formula(&in, &explanation.equation[0], false, 16);
        inspect_table(&in, &explanation.equation[0]);
    }
}

const View view_cell = {
    .name = "cell",
    .title = "Inside the cell",
    .what = "What the cell computes at one time step: its gates and paths, with the values on them.",
    .least_height = 150,
    .draw = draw,
};
