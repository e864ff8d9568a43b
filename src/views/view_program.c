#include "ui/widgets.h"
#include "views/place.h"
#include "views/program_card.h"
#include "views/views.h"

// The time step that is looked at, as its equations: one line a row of the program, the row of the last operation
// marked. Behind each what came out, and on the way back how long the gradient is there.
enum {
    PADDING = 16,
    TITLE_HEIGHT = 28,
    NARROW = 280, // of the whole card
};

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    ProgramCard card = {.snapshot = snapshot,
                        .program = snapshot->program,
                        .out = out,
                        .t = place_step(snapshot),
                        .backward = place_has_gradients(snapshot)};
    card.narrow = area.w < NARROW;
    card.rest = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    card_title(out, area, draw_print(out, "THE EQUATIONS AT t = %d", card.t));
    rect_cut_top(&card.rest, TITLE_HEIGHT);
    program_rows(&card);
}

const View view_program = {
    .name = "program",
    .title = "Equations",
    .what = "The equations of the time step that is looked at, and what came out of each.",
    .least_height = 130,
    .draw = draw,
};
