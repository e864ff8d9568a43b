#include "views/inspect.h"
#include "views/weights.h"

// The end of an update: loss, gradient norm, clip, what changed.
static const float PICTURE_LEAST = 70; // px, with its formula

static void draw_clipping(Inspector *in, const Clipping *clipping)
{
    DrawList *out = in->out;
    const char *after = draw_print(out, "‖ĝ‖ %s", inspect_number(in, clipping->after));
    if (clipping->kind == CLIP_OFF)
        inspect_fact(in, "clipping is off", "not clipped", "", INK_TEXT);
    else if (!clipping->clips)
        inspect_fact(in, "within θ, not clipped", "not clipped", "", INK_CLIP);
    else if (clipping->kind == CLIP_NORM)
        inspect_fact(in, "clipped to θ, times", "times", inspect_times(in, clipping->after / clipping->norm), INK_CLIP);
    else
        inspect_fact(in, draw_print(out, "%zu of %zu numbers cut to ±θ", clipping->cut, clipping->count),
                     draw_print(out, "%zu cut to ±θ", clipping->cut), after, INK_CLIP);
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

// What runs along with the updates, of those that make up for moments that began at 0.
static void draw_corrections(Inspector *in, const WeightChange *change)
{
    if (change->type->corrects)
        inspect_fact(in, "1 − 0.9ⁿ and 1 − 0.999ⁿ", "1 − 0.9ⁿ, …",
                     draw_print(in->out, "%s, %s", inspect_number(in, 1 - change->power[0]),
                                inspect_number(in, 1 - change->power[1])),
                     INK_TEXT);
}

// What is done to the gradient is told where something is.
static void draw_weight_gradient(Inspector *in, const WeightChange *change)
{
    bool same = change->is_clipped && change->clipped == change->gradient;
    inspect_fact(in, same ? "its gradient ĝ = g" : "its gradient g", same ? "ĝ = g" : "gradient g",
                 inspect_number(in, change->gradient), INK_BACKWARD);
    if (change->is_clipped && !same)
        inspect_fact(in, "clipped, ĝ", "clipped ĝ", inspect_number(in, change->clipped), INK_CLIP);
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
    draw_weight_gradient(in, change);
    for (int i = 0; i < type->moments; i++)
        inspect_fact(in, draw_print(in->out, "moment %s", type->letter[i]), type->letter[i],
                     old_to_new(in, change->moment_old[i], change->moment_new[i]), INK_TEXT);
    inspect_fact(in, "learning rate η", "η", inspect_number(in, change->learning_rate), INK_TEXT);
    draw_corrections(in, change);
}

static void draw_change(Inspector *in)
{
    WeightChange change;
    if (explain_weight(in->snapshot, explain_chosen(in->snapshot), &change))
        draw_weight(in, &change);
}

static void draw_end(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Clipping clipping;
    inspect_fact(in, "gradient norm ‖g‖", "‖g‖", inspect_number(in, run->norm), INK_BACKWARD);
    if (explain_clipping(in->snapshot, &clipping))
        draw_clipping(in, &clipping);
    if (explain_changed(in->snapshot))
        draw_change(in);
    if (in->snapshot->presented || in->room.h < PICTURE_LEAST)
        return;
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
    if (whole)
        draw_end(in);
    else
        inspect_note(in, "The gradient of all weights comes with the backward pass.");
}
