#include <math.h>

#include "base/words.h"
#include "nn/explained.h"
#include "nn/jacobian.h"
#include "views/equation.h"
#include "views/exact.h"
#include "views/inspect.h"
#include "views/place.h"
#include "views/scope.h"

// A time step in the textbook's one formula, and what it does to the gradient.
enum { JACOBIAN_MOST = 64 };

// The time step that the backward pass was at before t; 0: it starts there.
static int later_of(const Snapshot *snapshot, int t)
{
    int later = snapshot_after(snapshot, t);
    return later >= 1 && later <= snapshot_length(snapshot) ? later : 0;
}

// Of the state whose gradient the bars show.
static bool of_memory(const Inspector *in)
{
    return in->snapshot->gradient_of_memory && in->snapshot->memory != NONE;
}

static int shown_slot(const Inspector *in)
{
    return of_memory(in) ? in->snapshot->memory : in->snapshot->state;
}

static bool state_norm(const Inspector *in, int t, double *norm)
{
    const Snapshot *s = in->snapshot;
    return t > 0 && snapshot_grad_norm(s, shown_slot(in), t, norm) && isfinite(*norm);
}

// All that a pass carries on, and layers of one direction are one pass.
static const char *what_it_acts_on(const Program *p)
{
    if (p->dims.L > 1 && !p->net.bidirectional)
        return "most it could do to all layers, σ₁";
    return p->memory == NONE ? "most this Jacobian could do, σ₁" : "most it could do to (h, c), σ₁";
}

// Only where the reader steps: it is too much for every picture of a running training.
static void draw_jacobian(Inspector *in, int later)
{
    const Snapshot *s = in->snapshot;
    const Program *p = s->program;
    if (s->playing || s->probe || later == 0 || p->dims.H > JACOBIAN_MOST || !snapshot_value(s, s->state, later))
        return;
    Arena *arena = in->out->arena;
    StepTape *step = step_tape_make(p, p->rows[p->slots[s->state].producer].pass, arena);
    Params params = explained_params(s->tape, arena);
    Real *jacobian = arena_new(arena, Real, step->n * step->n), *scratch = arena_new(arena, Real, 2 * step->n);
    step_jacobian(step, s->tape, &params, s->b, later, jacobian);
    const double most = matrix_norm(jacobian, step->n, step->n, scratch);
    if (!isfinite(most))
        return;
    inspect_fact(in, what_it_acts_on(p), "σ₁", inspect_times(in, most), INK_TEXT);
    inspect_fact_tip(in, "most", "the largest singular value of this time step's Jacobian",
                     draw_print(in->out, "σ₁ = %s\nno vector that goes back through this time step grows by more",
                                exact_text(in->out, most)));
}

// Whose length: named where the cell has two states.
static void draw_length(Inspector *in, const char *value, const char *least)
{
    const char *sign = of_memory(in) ? "c" : "h", *label = "length of the gradient", *less = least;
    if (in->snapshot->memory != NONE) {
        label = draw_print(in->out, "length of gradient of %s", sign);
        less = draw_print(in->out, in->narrow ? "‖d%s‖" : "length, of %s", sign);
    }
    inspect_fact(in, label, less, value, INK_BACKWARD);
}

// "‖∂L/∂h_4‖"
static const char *norm_name(const Inspector *in, int t)
{
    const Snapshot *s = in->snapshot;
    const char *state = equation_slot(s, of_memory(in) ? s->memory : s->state, t, in->out->arena);
    return draw_print(in->out, "‖∂L/∂%s‖", scope_plain(state, in->out->arena));
}

static void tell_length(Inspector *in, int t, int later, double norm)
{
    DrawList *out = in->out;
    double at_later;
    const char *from = state_norm(in, later, &at_later)
                           ? draw_print(out, "%s: %s\n", norm_name(in, later), exact_text(out, at_later))
                           : "";
    inspect_fact_tip(in, "length", draw_print(out, "%s, the length of the gradient", norm_name(in, t)),
                     draw_print(out, "%s%s: %s\nthe square root of the sum of the squares of its %d numbers", from,
                                norm_name(in, t), exact_text(out, norm), in->snapshot->program->dims.H));
}

static void tell_ratio(Inspector *in, const char *name, const char *what, double above, double below)
{
    DrawList *out = in->out;
    inspect_fact_tip(in, name, what,
                     draw_print(out, "%s / %s = %s\nexactly %s", scope_number(out, above), scope_number(out, below),
                                scope_number(out, above / below), exact_text(out, above / below)));
}

// What all of it that goes through this step is multiplied by: no more than σ₁.
static void draw_factor(Inspector *in, const StepBack *back)
{
    const Program *p = in->snapshot->program;
    const char *times = inspect_times(in, back->leaving / back->arriving);
    const bool layers = p->dims.L > 1 && !p->net.bidirectional, alone = !layers && p->memory == NONE;
    const char *label = layers              ? "this step multiplies all layers by"
                        : p->memory != NONE ? "this step multiplies (h, c) by"
                        : back->added > 0   ? "through this step alone"
                                            : "this step multiplies it by";
    if (back->added > 0 && alone)
        times = draw_print(in->out, "%s → %s", times, inspect_number(in, back->leaving));
    inspect_fact(in, label, "this step", times, INK_TEXT);
    tell_ratio(in, "times",
               draw_print(in->out, "of the gradient of %s, the length behind this step / before it",
                          layers              ? "all layers"
                          : p->memory != NONE ? "h and c"
                                              : "h"),
               back->leaving, back->arriving);
}

// What reaches the state at t without coming through the step.
static void draw_added(Inspector *in, int t, const StepBack *back)
{
    const Snapshot *s = in->snapshot;
    const bool top = s->program->dims.L == s->layer + 1 && s->program->pass_count == 1;
    if (!(back->added > 0))
        return;
    const char *from = of_memory(in) ? "h adds" : top ? "its own loss adds" : "comes from above";
    inspect_fact(in, draw_print(in->out, "at t = %d %s", snapshot_t(s, t), from), from, inspect_number(in, back->added),
                 INK_BACKWARD);
    inspect_fact_tip(in, "added", draw_print(in->out, "what of %s does not come through the step", norm_name(in, t)),
                     draw_print(in->out, "its length: %s", exact_text(in->out, back->added)));
}

// `back` is NULL where the step is not known.
static void draw_norms(Inspector *in, int t, int later, const StepBack *back)
{
    char before[NUMBER_SIZE], now[NUMBER_SIZE];
    double norm, at_later, last;
    int scored = snapshot_last_read(in->snapshot);
    if (!state_norm(in, t, &norm))
        return;
    number_short(now, norm);
    if (!state_norm(in, later, &at_later)) {
        draw_length(in, draw_print(in->out, "%s", now), "its length");
        tell_length(in, t, later, norm);
        return;
    }
    draw_length(in, draw_print(in->out, "%s → %s", number_short(before, at_later), now),
                in->narrow ? "length" : "its length");
    tell_length(in, t, later, norm);
    if (back && back->arriving > 0)
        draw_factor(in, back);
    if (in->snapshot->presented)
        return;
    draw_jacobian(in, later);
    if (back)
        draw_added(in, t, back);
    if (scored == t || !state_norm(in, scored, &last) || !(last > 0))
        return;
    inspect_fact(in, draw_print(in->out, "since t = %d", snapshot_t(in->snapshot, scored)), "since",
                 inspect_times(in, norm / last), INK_TEXT);
    tell_ratio(in, "since", draw_print(in->out, "%s / %s", norm_name(in, t), norm_name(in, scored)), norm, last);
}

// The reader stands in the pass that answers, at this time step, and has chosen no direction to look at instead.
static bool is_answer(const Snapshot *snapshot, int t)
{
    return place_answers(snapshot) && !snapshot->chosen && snapshot->place.t == t;
}

static void draw_step_title(Inspector *in, int t, int later, bool backward)
{
    DrawList *out = in->out;
    Ink ink = backward ? INK_BACKWARD : INK_FORWARD;
    const int at = snapshot_t(in->snapshot, t), from = snapshot_t(in->snapshot, later);
    if (in->snapshot->probe)
        inspect_title(in, INK_TEXT, draw_print(out, "The probe sequence at t = %d", at),
                      draw_print(out, "Probe, t = %d", at));
    else if (is_answer(in->snapshot, t))
        inspect_title(in, ink,
                      draw_print(out, backward ? "Back from the answer, at t = %d" : "The answer at t = %d", at), NULL);
    else if (!backward)
        inspect_title(in, ink, draw_print(out, "Forward, at t = %d", at), NULL);
    else if (later == 0)
        inspect_title(
            in, ink, draw_print(out, "Back from the %s, at t = %d", in->snapshot->reverse ? "start" : "end", at), NULL);
    else
        inspect_title(in, ink, draw_print(out, "Back through time, from t = %d to t = %d", from, at),
                      draw_print(out, "Back from t = %d to t = %d", from, at));
}

// In brief where a line of the whole formula would not fit.
static Explanation explanation_of(const Inspector *in, int t, bool backward)
{
    if (is_answer(in->snapshot, t))
        return explain_answer(in->snapshot, t, backward, in->out->arena);
    Explanation whole = explain_step(in->snapshot, t, backward, false, in->out->arena);
    bool fits = true;
    for (int i = 0; i < whole.count; i++)
        fits = fits && inspect_formula_fits(in, &whole.equation[i], true);
    return fits || !in->narrow ? whole : explain_step(in->snapshot, t, backward, true, in->out->arena);
}

static const char *why_no_formula(const Snapshot *snapshot, int t, bool backward)
{
    if (!is_answer(snapshot, t))
        return "This time step has not been computed yet.";
    return backward ? "This time step is not scored: its answer sends nothing back."
                    : "The answer has not been computed yet.";
}

// A row of facts is 20 px; the pictures get what these leave. A presentation says two of five.
void inspect_step(Inspector *in)
{
    int t = place_step(in->snapshot), later = later_of(in->snapshot, t);
    bool backward = place_has_gradients(in->snapshot);
    Explanation explanation = explanation_of(in, t, backward);
    draw_step_title(in, t, later, backward);
    StepBack back = {.added = 0};
    bool known = backward && explain_back(in->snapshot, shown_slot(in), t, &back, in->out->arena);
    float facts = !backward ? 0 : in->snapshot->presented ? 44 : back.added > 0 ? 104 : 84;
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
        draw_norms(in, t, later, known ? &back : NULL);
    if (explanation.count == 0 && (!backward || is_answer(in->snapshot, t)))
        inspect_note(in, why_no_formula(in->snapshot, t, backward));
}
