#include <math.h>

#include "views/scope.h"
#include "views/weights.h"

// Where the gradient of a weight comes from: a sum over time steps, the mean over the batch, of what arrives at the
// weight's end times what it multiplied.
//
//   sum over t of ∂L/∂z (unit 3) × h' (unit 4), mean of 16 sequences:
//   0.0081 (t = 12) + 0.002 (t = 11) − 0.0001 (the other 10) = 0.01
//   the sequence shown, t = 12: −0.02 × 0.5 = −0.01
//   clipped by norm:
//   0.01 × 0.4 = 0.004
enum { PARTS_MOST = 3 };

typedef struct {
    const Snapshot *snapshot;
    WeightPlace place;
    WeightEnds ends;
    DrawList *out;
    const double *slice;            // (T)
    int largest[PARTS_MOST], count; // time steps, the largest first
} Sources;

static bool is_taken(const Sources *sources, int t)
{
    for (int i = 0; i < sources->count; i++)
        if (sources->largest[i] == t)
            return true;
    return false;
}

static void take_largest(Sources *sources, int T)
{
    while (sources->count < PARTS_MOST && sources->count < T) {
        int most = 0;
        for (int t = T; t >= 1; t--)
            if (!is_taken(sources, t) && (most == 0 || fabs(sources->slice[t - 1]) > fabs(sources->slice[most - 1])))
                most = t;
        if (sources->count > 0 && sources->slice[most - 1] == 0)
            return;
        sources->largest[sources->count++] = most;
    }
}

static const char *heading(const Sources *sources)
{
    const Program *p = &sources->snapshot->run->program;
    const WeightEnds *ends = &sources->ends;
    DrawList *out = sources->out;
    const char *from = ends->from == NONE
                           ? ""
                           : draw_print(out, " × %s (unit %d)", weights_letter(p, ends->from), ends->from_unit + 1);
    return draw_print(out, "sum over t of ∂L/∂%s (unit %d)%s, mean of %d sequences:", weights_letter(p, ends->to),
                      ends->to_unit + 1, from, sources->snapshot->run->setup.batch);
}

static const char *signed_part(const Sources *sources, double part, bool first)
{
    const char *size = scope_number(sources->out, fabs(part)), *minus = first ? "−" : " − ", *plus = first ? "" : " + ";
    return draw_print(sources->out, "%s%s", part < 0 ? minus : plus, size);
}

static const char *sum_text(const Sources *sources, int T)
{
    DrawList *out = sources->out;
    const char *text = "";
    double rest = 0, sum = 0;
    for (int i = 0; i < sources->count; i++)
        text = draw_print(out, "%s%s (t = %d)", text,
                          signed_part(sources, sources->slice[sources->largest[i] - 1], i == 0),
                          snapshot_t(sources->snapshot, sources->largest[i]));
    for (int t = 1; t <= T; t++) {
        sum += sources->slice[t - 1];
        rest += is_taken(sources, t) ? 0 : sources->slice[t - 1];
    }
    if (T > sources->count)
        text = draw_print(out, "%s%s (the other %d)", text, signed_part(sources, rest, false), T - sources->count);
    return draw_print(out, "%s = %s", text, scope_number(out, sum));
}

// At the time step that gives most, of the sequence that is shown.
static const char *shown_text(const Sources *sources)
{
    const Snapshot *s = sources->snapshot;
    const WeightEnds *ends = &sources->ends;
    DrawList *out = sources->out;
    int t = sources->largest[0];
    const Real *sent = s->probe ? NULL : snapshot_grad(s, ends->to, t);
    const Real *from = sent && ends->from != NONE ? snapshot_value(s, ends->from, t) : NULL;
    if (!sent || (ends->from != NONE && !from))
        return "";
    double arriving = (double)sent[ends->to_unit], times = from ? (double)from[ends->from_unit] : 1;
    return draw_print(out, "\nthe sequence shown, t = %d: %s × %s = %s", snapshot_t(s, t), scope_number(out, arriving),
                      scope_number(out, times), scope_number(out, arriving * times));
}

// Once the weights have changed, their gradients are those that they changed with.
static const char *clip_text(const Sources *sources)
{
    const Run *run = sources->snapshot->run;
    DrawList *out = sources->out;
    size_t weight = weight_index(&run->program, sources->place);
    bool clipped = run->at.op == run_last_op(run) && run->change.update == run->done && run->clipped < run->norm;
    if (!clipped)
        return "";
    double before = (double)run->change.grad[weight], after = (double)run->params.grad[weight];
    return run->change.clip == CLIP_NORM
               ? draw_print(out, "\nclipped by norm:\n%s × %s = %s", scope_number(out, before),
                            scope_number(out, run->change.threshold / run->norm), scope_number(out, after))
               : draw_print(out, "\nclipped by value to %s", scope_number(out, after));
}

const char *weights_sources(const Snapshot *snapshot, WeightPlace place, DrawList *out)
{
    int T = snapshot->run->program.dims.T;
    double *slice = arena_new(out->arena, double, T);
    Sources sources = {.snapshot = snapshot, .place = place, .out = out, .slice = slice};
    if (!weights_ends(&snapshot->run->program, place, &sources.ends) || !snapshot_weight_slices(snapshot, place, slice))
        return "";
    take_largest(&sources, T);
    return draw_print(out, "\n%s\n%s%s%s", heading(&sources), sum_text(&sources, T), shown_text(&sources),
                      clip_text(&sources));
}
