#include "ui/widgets.h"
#include "views/inspect.h"
#include "views/layers.h"
#include "views/place.h"
#include "views/views.h"

// Why the numbers are what they are, in three grains: the operation just done, a time step in the textbook's one
// formula, the end of the update.
enum { PADDING = 16, TITLE_HEIGHT = 28, SEGMENTS_HEIGHT = 24, SEGMENTS_BELOW = 10, NARROW = 280 };

// ---- the grains -----------------------------------------------------------------------------------------------------
static const struct {
    const char *name, *shorter, *line, *tip, *title;
} grains[] = {
    [GRAIN_OP] = {"operation", "op", "grain op", "the operation just done, with its operands", "THIS OPERATION"},
    [GRAIN_STEP] = {"time step", "step", "grain step", "the whole time step in one formula", "THIS TIME STEP"},
    [GRAIN_UPDATE] = {"update", "update", "grain update", "loss, gradient norm, clipping and what changed",
                      "THIS UPDATE"},
};

static void draw_segments(Inspector *in)
{
    if (in->room.h < SEGMENTS_HEIGHT + SEGMENTS_BELOW)
        return;
    Rect row = rect_cut_top(&in->room, SEGMENTS_HEIGHT);
    float width = row.w / GRAINS;
    for (int i = 0; i < GRAINS; i++) {
        Rect area = {row.x + width * (float)i, row.y, width - 2, row.h};
        button_segment(in->out, area,
                       (Button){.name = grains[i].line,
                                .text = in->narrow ? grains[i].shorter : grains[i].name,
                                .line = grains[i].line,
                                .tip = grains[i].tip,
                                .chosen = in->snapshot->grain == (Grain)i,
                                .ink = INK_ACTIVE});
    }
    rect_cut_top(&in->room, SEGMENTS_BELOW);
}

// Of an operation where it is, of a time step where the reader looks; an update is of all.
static void name_layer(const Snapshot *snapshot, Rect area, DrawList *out)
{
    const Program *p = snapshot->program;
    bool of_op = snapshot->grain == GRAIN_OP && snapshot->place.row != NONE;
    const Pass *pass = of_op ? &p->passes[p->rows[snapshot->place.row].pass] : NULL;
    bool of_answer = place_answers(snapshot) && (of_op || !snapshot->chosen);
    if (snapshot->grain == GRAIN_UPDATE || !layers_several(snapshot) || of_answer)
        return;
    const char *name =
        layer_name(p, pass ? pass->layer : snapshot->layer, pass ? pass->reverse : snapshot->reverse, out);
    draw_text(out, INK_SOFT, TYPE_SECTION, area.x + area.w - PADDING, area.y + 20, ALIGN_RIGHT, name);
}

// The time step that a grain is about; 0: it is about all, or about none.
static int step_of(const Snapshot *snapshot)
{
    return snapshot->grain == GRAIN_UPDATE ? 0 : snapshot->grain == GRAIN_OP ? snapshot->place.t : place_step(snapshot);
}

// Behind the end of the shown sequence there are no numbers to put into a formula.
static void draw_padding(Inspector *in, int t)
{
    const Snapshot *s = in->snapshot;
    inspect_title(in, INK_TEXT, draw_print(in->out, "Padding at t = %d", snapshot_t(s, t)), NULL);
    inspect_note(in, draw_print(in->out,
                                "The shown sequence ended at t = %d. What lies behind its end only fills up the batch, "
                                "and counts in no loss and no gradient.",
                                snapshot_t(s, snapshot_length(s))));
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    static void (*const draw_grain[])(Inspector * in) = {
        [GRAIN_OP] = inspect_op, [GRAIN_STEP] = inspect_step, [GRAIN_UPDATE] = inspect_update};
    Inspector in = {.snapshot = snapshot, .out = out, .narrow = area.w < NARROW};
    in.room = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    in.terms = terms_around(snapshot, place_step(snapshot), out->arena);
    card_title(out, area, grains[snapshot->grain].title);
    name_layer(snapshot, area, out);
    rect_cut_top(&in.room, TITLE_HEIGHT);
    draw_segments(&in);
    if (snapshot_padding(snapshot, step_of(snapshot)))
        draw_padding(&in, step_of(snapshot));
    else
        draw_grain[snapshot->grain](&in);
}

const View view_inspector = {
    .name = "inspector",
    .title = "Inspector",
    .what = "An operation, a time step or an update: its formula with the true matrices and vectors.",
    .least_height = 130,
    .draw = draw,
};
