#include "views/exact.h"
#include "views/inspect.h"
#include "views/scope.h"
#include "views/weights.h"

// The end of an update: loss, gradient norm, clip, what changed.
static const float PICTURE_LEAST = 70; // px, with its formula

static void tell_clipping(const Inspector *in, const Clipping *clipping)
{
    DrawList *out = in->out;
    const char *norms =
        draw_print(out, "‖g‖ %s, clipped ‖ĝ‖ %s", exact_text(out, clipping->norm), exact_text(out, clipping->after));
    const char *factor =
        clipping->kind == CLIP_NORM && clipping->clips
            ? draw_print(out, "\nθ / ‖g‖\n%s / %s = %s", scope_number(out, clipping->threshold),
                         scope_number(out, clipping->norm), scope_number(out, clipping->after / clipping->norm))
            : "";
    inspect_fact_tip(in, "clip", "what clipping does to the gradient", draw_print(out, "%s%s", norms, factor));
}

static void draw_clipping(Inspector *in, const Clipping *clipping)
{
    DrawList *out = in->out;
    const char *after = draw_print(out, "‖ĝ‖ %s", inspect_number(in, clipping->after));
    if (clipping->kind == CLIP_OFF)
        inspect_fact(in, "clipping is off", "not clipped", "", INK_TEXT);
    else if (!clipping->clips)
        inspect_fact(in, clipping->kind == CLIP_VALUE ? "no number beyond ±θ, none cut" : "within θ, not clipped",
                     "not clipped", "", INK_CLIP);
    else if (clipping->kind == CLIP_NORM)
        inspect_fact(in, "clipped to θ, times", "times", inspect_times(in, clipping->after / clipping->norm), INK_CLIP);
    else
        inspect_fact(in, draw_print(out, "%zu of %zu numbers cut to ±θ", clipping->cut, clipping->count),
                     draw_print(out, "%zu cut to ±θ", clipping->cut), after, INK_CLIP);
    tell_clipping(in, clipping);
}

// The tensor's name in the notation, its place in that from 1.
static const char *name_of(const Inspector *in, const WeightChange *change)
{
    const Tensor *w = &in->snapshot->run->program.tensors[change->place.tensor];
    if (w->columns == 1)
        return draw_print(in->out, "%s [%d]", weights_words(in->snapshot, change->place.tensor, in->out->arena),
                          change->place.row);
    return draw_print(in->out, "%s [%d, %d]", weights_words(in->snapshot, change->place.tensor, in->out->arena),
                      change->place.row, change->place.column);
}

static const char *old_to_new(const Inspector *in, double old, double new)
{
    return draw_print(in->out, "%s → %s", inspect_number(in, old), inspect_number(in, new));
}

static void tell_change(const Inspector *in, const char *name, const char *what, double old, double new)
{
    DrawList *out = in->out;
    inspect_fact_tip(in, name, what, draw_print(out, "%s → %s", exact_text(out, old), exact_text(out, new)));
}

// What runs along with the updates, of those that make up for moments that began at 0.
static void draw_corrections(Inspector *in, const WeightChange *change)
{
    if (change->type->corrects)
        inspect_fact(in, "1 − 0.9ⁿ and 1 − 0.999ⁿ", "1 − 0.9ⁿ, …",
                     draw_print(in->out, "%s, %s", inspect_number(in, 1 - change->power[0]),
                                inspect_number(in, 1 - change->power[1])),
                     INK_TEXT);
    inspect_fact_tip(in, "corrections", "what makes up for moments that began at 0, n updates ago",
                     draw_print(in->out, "%s, %s", exact_text(in->out, 1 - change->power[0]),
                                exact_text(in->out, 1 - change->power[1])));
}

// What is done to the gradient is told where something is.
static void draw_weight_gradient(Inspector *in, const WeightChange *change)
{
    bool same = change->is_clipped && change->clipped == change->gradient;
    inspect_fact(in, same ? "its gradient ĝ = g" : "its gradient g", same ? "ĝ = g" : "gradient g",
                 inspect_number(in, change->gradient), INK_BACKWARD);
    inspect_fact_tip(in, "gradient", "∂L/∂w, the mean over the batch, the sum over all time steps",
                     exact_text(in->out, change->gradient));
    if (change->is_clipped && !same)
        inspect_fact(in, "clipped, ĝ", "clipped ĝ", inspect_number(in, change->clipped), INK_CLIP);
    if (change->is_clipped && !same)
        inspect_fact_tip(in, "clipped", "what clipping makes of the gradient", exact_text(in->out, change->clipped));
}

// Which weight, in a line where it has room: the rows below are needed to work the change out again.
static const char *whose_change(const Inspector *in, const WeightChange *change)
{
    const char *name = name_of(in, change), *title = change->type->title;
    bool chosen = in->snapshot->weight != NONE;
    const char *whole = draw_print(in->out, "%s, for %s: %s", title,
                                   chosen ? "the chosen weight" : "the weight that changed most", name);
    return draw_width(in->out, TYPE_CAPTION, whole) <= in->room.w
               ? whole
               : draw_print(in->out, "%s, %s: %s", title, chosen ? "chosen" : "changed most", name);
}

// One weight through the optimizer: what moves it and how far.
static void draw_weight(Inspector *in, const WeightChange *change)
{
    const OptimizerType *type = change->type;
    inspect_note(in, whose_change(in, change));
    for (int line = 0; line <= type->moments; line++)
        inspect_line(in, explain_optimizer(change, line, in->out->arena), in->snapshot->presented ? 17 : 15);
    if (in->snapshot->presented)
        return;
    inspect_fact(in, "the weight w", "w", old_to_new(in, change->old, change->new), INK_TEXT);
    tell_change(in, "weight", "the weight before the update and after it", change->old, change->new);
    draw_weight_gradient(in, change);
    for (int i = 0; i < type->moments; i++) {
        const char *name = draw_print(in->out, "moment %s", type->letter[i]);
        inspect_fact(in, name, type->letter[i], old_to_new(in, change->moment_old[i], change->moment_new[i]), INK_TEXT);
        tell_change(in, name, draw_print(in->out, "the optimizer's %s, before the update and after it", name),
                    change->moment_old[i], change->moment_new[i]);
    }
    inspect_fact(in, "learning rate η", "η", inspect_number(in, change->learning_rate), INK_TEXT);
    inspect_fact_tip(in, "rate", "the setting learning_rate, of this update",
                     exact_text(in->out, change->learning_rate));
    draw_corrections(in, change);
}

static void draw_change(Inspector *in)
{
    WeightChange change;
    if (explain_weight(in->snapshot, explain_chosen(in->snapshot), &change))
        draw_weight(in, &change);
}

// A weight serves at every time step, so its gradient is a sum: its formula, and below the terms as far as they have
// room in half of what is left.
static void draw_sum(Inspector *in)
{
    const Snapshot *s = in->snapshot;
    const int tensor = explain_tensor(s);
    if (s->program->tensors[tensor].columns == 1)
        return;
    Explanation sum = explain_sum(s, tensor, in->out->arena);
    const float height = in->room.h / 2;
    inspect_line(in, explain_sum_formula(s, tensor, in->out->arena), 15);
    if (sum.count == 0)
        return;
    inspect_note(in, sum.equation[0].what);
    inspect_picture(in, &sum.equation[0], "sum", height);
}

static void draw_end(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Clipping clipping;
    inspect_fact(in, "gradient norm ‖g‖", "‖g‖", inspect_number(in, run->norm), INK_BACKWARD);
    inspect_fact_tip(in, "norm", "the length of the gradient of all weights",
                     draw_print(in->out, "%s\n√ of the sum of the squares of its %zu numbers",
                                exact_text(in->out, run->norm), run->program.weight_count));
    if (explain_clipping(in->snapshot, &clipping))
        draw_clipping(in, &clipping);
    if (explain_changed(in->snapshot))
        draw_change(in);
    if (in->snapshot->presented || in->room.h < PICTURE_LEAST)
        return;
    if (!explain_changed(in->snapshot))
        draw_sum(in);
    Explanation explanation = explain_changed(in->snapshot)
                                  ? explain_change(in->snapshot, explain_tensor(in->snapshot), in->out->arena)
                                  : explain_clip(in->snapshot, explain_tensor(in->snapshot), in->out->arena);
    inspect_explanation(in, &explanation, false);
}

void inspect_update(Inspector *in)
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
    inspect_fact(in, "loss per scored step", "loss", inspect_number(in, run->loss), INK_FORWARD);
    inspect_fact_tip(in, "loss", "the loss per scored step",
                     draw_print(in->out, "%s\nthe mean of L_t over all scored steps of the batch's %d sequences",
                                exact_text(in->out, run->loss), run->program.dims.B));
    if (whole)
        draw_end(in);
    else
        inspect_note(in, "The gradient of all weights comes with the backward pass.");
}
