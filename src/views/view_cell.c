#include "ui/widgets.h"
#include "views/cell.h"
#include "views/inspect.h"
#include "views/layers.h"
#include "views/place.h"
#include "views/views.h"

// The inside of the cell, and below it the equation of the row just done with its numbers.
enum { PADDING = 16, TITLE_HEIGHT = 30, BELOW = 10, NAME_HEIGHT = 24, FORMULA_HEIGHT = 30, LINES_HEIGHT = 60 };
static const float SHARE = 0.56f;

// The cell takes what the words below it do not need.
static float cell_height(const Inspector *in, const Explanation *explanation)
{
    const Equation *equation = explanation->equation;
    if (explanation->count > 0 && !in->snapshot->presented)
        return in->room.h * SHARE;
    float formula = explanation->count == 0                     ? 0
                    : inspect_formula_fits(in, equation, false) ? FORMULA_HEIGHT
                                                                : LINES_HEIGHT;
    return in->room.h - BELOW - NAME_HEIGHT - formula;
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    int t = place_step(snapshot);
    Inspector in = {.snapshot = snapshot, .out = out};
    in.terms = terms_around(snapshot, t, out->arena);
    in.room = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    const char *layer = layer_name(snapshot->program, snapshot->layer, snapshot->reverse, out);
    card_title(out, area,
               draw_print(out, "INSIDE THE CELL AT t = %d%s%s", snapshot_t(snapshot, t), *layer ? " · " : "", layer));
    rect_cut_top(&in.room, TITLE_HEIGHT);
    Explanation explanation = explain_op(snapshot, out->arena);
    float height = cell_height(&in, &explanation);
    bool alone = height < CELL_LEAST;
    cell_draw(snapshot, t, rect_cut_top(&in.room, alone ? in.room.h : height), out);
    if (alone)
        return;
    rect_cut_top(&in.room, BELOW);
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
