#include <math.h>

#include "nn/explained.h"
#include "views/inspect.h"

// The end of an update: loss, gradient norm, clip, what changed.
typedef struct {
    const Tensor *tensor;
    int row, column;
    double old, new;
} Change;

// The weight that changed most.
static Change largest_change(const Snapshot *snapshot)
{
    const Run *run = snapshot->run;
    Change most = {0};
    for (int i = 0; i < run->program.tensor_count; i++) {
        const Tensor *w = &run->program.tensors[i];
        OldWeights old = explained_weights(snapshot->tape, i, 0, w->rows);
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

static void draw_change(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Change most = largest_change(in->snapshot);
    size_t at = most.tensor->offset + (size_t)(most.row * most.tensor->columns + most.column);
    double clipped = run->params.grad[at], part = run->clipped > 0 ? run->norm / run->clipped : 1;
    inspect_fact(in, "the largest change", "largest change", inspect_number(in, most.new - most.old), INK_TEXT);
    inspect_note(in, place_in(in, &most));
    inspect_fact(in, "its gradient", "gradient", inspect_number(in, clipped * part), INK_BACKWARD);
    inspect_fact(in, "clipped", "clipped", inspect_number(in, clipped), INK_CLIP);
    inspect_fact(in, "old → new", "",
                 draw_print(in->out, "%s → %s", inspect_number(in, most.old), inspect_number(in, most.new)), INK_TEXT);
}

static void draw_end(Inspector *in)
{
    const Run *run = in->snapshot->run;
    Phase phase = in->snapshot->place.phase;
    inspect_fact(in, "gradient norm ‖g‖", "‖g‖", inspect_number(in, run->norm), INK_BACKWARD);
    if (phase >= PHASE_CLIP && run->setup.clip != CLIP_OFF)
        inspect_fact(in, run->clipped < run->norm ? "clipped to θ, times" : "within θ, not clipped", "times",
                     run->clipped < run->norm ? inspect_times(in, run->clipped / run->norm) : "", INK_CLIP);
    if (explain_changed(in->snapshot))
        draw_change(in);
    Explanation explanation = explain_changed(in->snapshot)
                                  ? explain_change(in->snapshot, explain_tensor(&run->program), in->out->arena)
                                  : explain_clip(in->snapshot, explain_tensor(&run->program), in->out->arena);
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
