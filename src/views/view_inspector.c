#include <math.h>

#include "base/words.h"
#include "nn/explained.h"
#include "nn/jacobian.h"
#include "ui/widgets.h"
#include "views/cell.h"
#include "views/inspect.h"
#include "views/place.h"
#include "views/views.h"

// Why the numbers are what they are, in three grains: the operation just done, a time step in the textbook's one
// formula, the end of the update.
enum {
    PADDING = 16,
    TITLE_HEIGHT = 28,
    SEGMENTS_HEIGHT = 24,
    SEGMENTS_BELOW = 10,
    NARROW = 280,
    JACOBIAN_MOST = 64,
    CELL_AND_NUMBERS = 300
};
static const float CELL_SHARE = 0.55f;

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

// ---- an operation ---------------------------------------------------------------------------------------------------
// The first equation with its pictures and numbers; what else leaves the row as far as there is room. Below the cell
// vectors need no picture: their numbers say more.
static bool has_matrix(const Equation *equation)
{
    for (int i = 0; i < equation->count; i++)
        if (equation->operand[i].columns > 1)
            return true;
    return false;
}

static void draw_explanation(Inspector *in, const Explanation *explanation, bool below_cell)
{
    static const float TABLE_LEAST = 58, ANOTHER_LEAST = 40;
    const Equation *first = &explanation->equation[0];
    bool number = explanation->count > 0 && first->result.rows == 1 && first->result.columns == 1;
    for (int i = 0; i < explanation->count; i++) {
        const Equation *equation = &explanation->equation[i];
        bool pictured = !number && (!below_cell || has_matrix(equation));
        float left = (in->room.h - (below_cell ? TABLE_LEAST : 0)) / (float)(explanation->count - i);
        if (left < ANOTHER_LEAST && i > 0)
            break;
        inspect_formula(in, equation, false, 16);
        if (pictured)
            inspect_picture(in, equation, draw_print(in->out, "op %d", i),
                            explanation->count > 1 ? left - 30 : left * 0.5f);
    }
    if (explanation->note)
        inspect_note(in, explanation->note);
    if (explanation->count > 0 && !number)
        inspect_table(in, first);
}

// A cell with gates stands above what the operation did in it, where there is room for both.
static bool draw_cell_above(Inspector *in)
{
    const Snapshot *s = in->snapshot;
    bool shown = cell_has_gates(s->program) && in->room.h >= CELL_AND_NUMBERS;
    if (shown) {
        cell_draw(s, place_step(s), rect_cut_top(&in->room, in->room.h * CELL_SHARE), in->out);
        rect_cut_top(&in->room, SEGMENTS_BELOW);
    }
    return shown;
}

static void draw_op(Inspector *in)
{
    const Snapshot *s = in->snapshot;
    Explanation explanation = explain_op(s, in->out->arena);
    bool below_cell = draw_cell_above(in);
    const char *when = s->place.t ? draw_print(in->out, "%s, t = %d", explanation.title, snapshot_t(s, s->place.t))
                                  : explanation.title;
    inspect_title(in, explanation.ink, when, explanation.title);
    draw_explanation(in, &explanation, below_cell);
    if (explanation.count == 0 && !explanation.note)
        inspect_note(in, "Step with . and , to go through the operations one by one.");
}

// ---- a time step ----------------------------------------------------------------------------------------------------
// The time step that the backward pass was at before t; 0: it starts there.
static int later_of(const Program *p, int t)
{
    int later = step_after(p, p->state, t);
    return later >= 1 && later <= p->dims.T ? later : 0;
}

// Of the state whose gradient the bars show.
static bool of_memory(const Inspector *in)
{
    return in->snapshot->gradient_of_memory && in->snapshot->program->memory != NONE;
}

static bool state_norm(const Inspector *in, int t, double *norm)
{
    const Program *p = in->snapshot->program;
    return t > 0 && snapshot_grad_norm(in->snapshot, of_memory(in) ? p->memory : p->state, t, norm) && isfinite(*norm);
}

static const char *times(const Inspector *in, double factor)
{
    char text[NUMBER_SIZE];
    return draw_print(in->out, "× %s", number_short(text, factor));
}

// Only where the reader steps: it is too much for every picture of a running training.
static void draw_jacobian(Inspector *in, int later)
{
    const Snapshot *s = in->snapshot;
    const Program *p = s->program;
    if (s->playing || s->probe || later == 0 || p->dims.H > JACOBIAN_MOST || !snapshot_value(s, p->state, later))
        return;
    Arena *arena = in->out->arena;
    StepTape *step = step_tape_make(p, p->rows[p->slots[p->state].producer].pass, arena);
    Params params = explained_params(s->tape, arena);
    double *jacobian = arena_new(arena, double, step->n * step->n), *scratch = arena_new(arena, double, 2 * step->n);
    step_jacobian(step, s->tape, &params, s->b, later, jacobian);
    const double most = matrix_norm(jacobian, step->n, step->n, scratch);
    if (isfinite(most))
        inspect_fact(in, p->memory == NONE ? "most this Jacobian could do, σ₁" : "most it could do to (h, c), σ₁", "σ₁",
                     times(in, most), INK_TEXT);
}

// Whose length: named where the cell has two states.
static void draw_length(Inspector *in, const char *value, const char *least)
{
    const char *sign = of_memory(in) ? "c" : "h", *label = "length of the gradient", *less = least;
    if (in->snapshot->program->memory != NONE) {
        label = draw_print(in->out, "length of gradient of %s", sign);
        less = draw_print(in->out, in->narrow ? "of %s" : "length, of %s", sign);
    }
    inspect_fact(in, label, less, value, INK_BACKWARD);
}

static void draw_norms(Inspector *in, int t, int later)
{
    char before[NUMBER_SIZE], now[NUMBER_SIZE];
    double norm, at_later, last;
    int scored = snapshot_last_scored(in->snapshot);
    if (!state_norm(in, t, &norm))
        return;
    number_short(now, norm);
    if (!state_norm(in, later, &at_later)) {
        draw_length(in, draw_print(in->out, "%s", now), "its length");
        return;
    }
    draw_length(in, draw_print(in->out, "%s → %s", number_short(before, at_later), now),
                in->narrow ? "length" : "its length");
    if (at_later > 0)
        inspect_fact(in, "this step multiplies it by", "this step", times(in, norm / at_later), INK_TEXT);
    draw_jacobian(in, later);
    if (scored != t && state_norm(in, scored, &last) && last > 0)
        inspect_fact(in, draw_print(in->out, "since t = %d", snapshot_t(in->snapshot, scored)), "since",
                     times(in, norm / last), INK_TEXT);
}

static void draw_step_title(Inspector *in, int t, int later, bool backward)
{
    DrawList *out = in->out;
    Ink ink = backward ? INK_BACKWARD : INK_FORWARD;
    const int at = snapshot_t(in->snapshot, t), from = snapshot_t(in->snapshot, later);
    if (in->snapshot->probe)
        inspect_title(in, INK_TEXT, draw_print(out, "The probe sequence at t = %d", at),
                      draw_print(out, "Probe, t = %d", at));
    else if (!backward)
        inspect_title(in, ink, draw_print(out, "Forward, at t = %d", at), NULL);
    else if (later == 0)
        inspect_title(in, ink, draw_print(out, "Back from the end, at t = %d", at), NULL);
    else
        inspect_title(in, ink, draw_print(out, "Back through time, from t = %d to t = %d", from, at),
                      draw_print(out, "Back from t = %d to t = %d", from, at));
}

// A row of facts is 20 px; the pictures get what these leave.
static void draw_step(Inspector *in)
{
    int t = place_step(in->snapshot), later = later_of(in->snapshot->program, t);
    bool backward = place_has_gradients(in->snapshot);
    Explanation explanation = explain_step(in->snapshot, t, backward, in->out->arena);
    draw_step_title(in, t, later, backward);
    float facts = backward ? 84 : 0;
    for (int i = 0; i < explanation.count; i++) {
        const Equation *equation = &explanation.equation[i];
        float left = (in->room.h - facts) / (float)(explanation.count - i);
        if (left < 30)
            break;
        float from = in->room.y;
        inspect_formula(in, equation, true, 17);
        inspect_picture(in, equation, draw_print(in->out, "step %d", i), left - (in->room.y - from) - 8);
    }
    if (backward)
        draw_norms(in, t, later);
    if (explanation.count == 0 && !backward)
        inspect_note(in, "This time step has not been computed yet.");
}

// ---- an update -------------------------------------------------------------------------------------------------
typedef struct {
    const Tensor *tensor;
    int row, column;
    double old, new;
} Change;

// The weight that changed most.
static Change largest_change(const Run *run)
{
    Change most = {0};
    for (int i = 0; i < run->program.tensor_count; i++) {
        const Tensor *w = &run->program.tensors[i];
        OldWeights old = explained_weights(&run->tape, i, 0, w->rows);
        for (int j = 0; j < w->rows; j++)
            for (int k = 0; k < w->columns; k++) {
                double was = old.value[j + k * old.stride],
                       is = run->params.value[w->offset + (size_t)(j * w->columns + k)];
                if (!most.tensor || fabs(is - was) > fabs(most.new - most.old))
                    most = (Change){w, j, k, was, is};
            }
    }
    return most;
}

static const char *place_in(const Inspector *in, const Change *change)
{
    if (change->tensor->columns == 1)
        return draw_print(in->out, "%s [%d]", change->tensor->name, change->row + 1);
    return draw_print(in->out, "%s [%d, %d]", change->tensor->name, change->row + 1, change->column + 1);
}

static const char *short_number(const Inspector *in, double value)
{
    char text[NUMBER_SIZE];
    return draw_print(in->out, "%s", number_short(text, value));
}

static void draw_change(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Change most = largest_change(run);
    size_t at = most.tensor->offset + (size_t)(most.row * most.tensor->columns + most.column);
    double clipped = run->params.grad[at], part = run->clipped > 0 ? run->norm / run->clipped : 1;
    inspect_fact(in, "the largest change", "largest change", short_number(in, most.new - most.old), INK_TEXT);
    inspect_note(in, place_in(in, &most));
    inspect_fact(in, "its gradient", "gradient", short_number(in, clipped * part), INK_BACKWARD);
    inspect_fact(in, "clipped", "clipped", short_number(in, clipped), INK_CLIP);
    inspect_fact(in, "old → new", "",
                 draw_print(in->out, "%s → %s", short_number(in, most.old), short_number(in, most.new)), INK_TEXT);
}

static void draw_end(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Phase phase = in->snapshot->place.phase;
    inspect_fact(in, "gradient norm ‖g‖", "‖g‖", short_number(in, run->norm), INK_BACKWARD);
    if (phase >= PHASE_CLIP && run->setup.clip != CLIP_OFF)
        inspect_fact(in, run->clipped < run->norm ? "clipped to θ, times" : "within θ, not clipped", "times",
                     run->clipped < run->norm ? times(in, run->clipped / run->norm) : "", INK_CLIP);
    if (explain_changed(in->snapshot))
        draw_change(in);
    Explanation explanation = explain_changed(in->snapshot)
                                  ? explain_change(in->snapshot, explain_tensor(&run->program), in->out->arena)
                                  : explain_clip(in->snapshot, explain_tensor(&run->program), in->out->arena);
    draw_explanation(in, &explanation, false);
}

static void draw_update(Inspector *in)
{
    const Snapshot *s = in->snapshot;
    const Run *run = s->run;
    bool whole = !s->probe && s->known >= 2 * s->program->pass_ops;
    inspect_title(in, INK_TEXT,
                  s->run->at.update ? draw_print(in->out, "Update %ld", s->run->at.update) : "The fresh network", NULL);
    if (s->probe || s->known < s->program->pass_ops) {
        inspect_note(in, s->probe ? "Pause to see what an update does."
                                  : "The loss comes with the forward pass, the gradient with the backward pass.");
        return;
    }
    inspect_fact(in, "loss per scored step", "loss", short_number(in, run->loss), INK_FORWARD);
    if (whole)
        draw_end(in);
    else
        inspect_note(in, "The gradient of all weights comes with the backward pass.");
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    static void (*const draw_grain[])(Inspector * in) = {
        [GRAIN_OP] = draw_op, [GRAIN_STEP] = draw_step, [GRAIN_UPDATE] = draw_update};
    Inspector in = {.snapshot = snapshot, .out = out, .narrow = area.w < NARROW};
    in.room = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    card_title(out, area, grains[snapshot->grain].title);
    rect_cut_top(&in.room, TITLE_HEIGHT);
    draw_segments(&in);
    draw_grain[snapshot->grain](&in);
}

const View view_inspector = {
    .name = "inspector",
    .title = "Inspector",
    .what = "An operation, a time step or an update: its formula with the true matrices and vectors.",
    .least_height = 130,
    .draw = draw,
};
