#include "views/place.h"

#include <stdlib.h>

#include "views/explain.h"
#include "views/layers.h"

bool place_answers(const Snapshot *snapshot)
{
    const Program *p = snapshot->program;
    return p->pass_count > 1 && snapshot->place.row != NONE && snapshot->place.pass == p->pass_count - 1;
}

// "backward pass · layer 2 ← · ", where a pass is not the whole network.
static const char *pass_words(const Snapshot *snapshot, const char *way, DrawList *out)
{
    const Program *p = snapshot->program;
    const Pass *pass = &p->passes[snapshot->place.pass];
    if (p->pass_count == 1)
        return draw_print(out, "%s pass · ", way);
    if (place_answers(snapshot))
        return draw_print(out, "%s pass · answers · ", way);
    return draw_print(out, "%s pass · %s · ", way, layer_name(p, pass->layer, pass->reverse, out));
}

static const char *step_words(const Snapshot *snapshot, bool backward, DrawList *out)
{
    Place place = snapshot->place;
    const Pass *pass = &snapshot->program->passes[place.pass];
    int T = snapshot->program->dims.T, done = place.row - pass->first_row + 1;
    const char *way = pass_words(snapshot, backward ? "backward" : "forward", out);
    if (backward)
        done = pass->row_count + 1 - done;
    if (done < pass->row_count)
        return draw_print(out, "%st = %d · operation %d of %d", way, snapshot_t(snapshot, place.t), done,
                          pass->row_count);
    int steps = pass->reverse != backward ? T - place.t + 1 : place.t;
    if (snapshot->run->setup.first_index == 0) // a count, and must not look like a t
        return draw_print(out, "%s%d of %d time steps", way, steps, T);
    return draw_print(out, "%stime step %d of %d", way, steps, T);
}

// Where it cannot keep up with the training, of which update it is.
static const char *probe_words(const Snapshot *snapshot, DrawList *out)
{
    const Run *run = snapshot->run;
    if (run->probe_update == run->done)
        return "probe sequence, not trained on";
    return run->probe_update == NONE ? "probe sequence, being computed"
                                     : draw_print(out, "probe sequence of update %ld", run->probe_update);
}

static const char *clip_words(const Snapshot *snapshot, Ink *ink)
{
    Clipping clipping;
    bool off = snapshot->run->setup.clip == CLIP_OFF;
    *ink = off ? INK_BACKWARD : INK_CLIP;
    if (off)
        return "the gradient is measured";
    return explain_clipping(snapshot, &clipping) && clipping.clips ? "gradient measured and clipped"
                                                                   : "gradient measured, not clipped";
}

const char *place_words(const Snapshot *snapshot, DrawList *out, Ink *ink)
{
    long update = snapshot->run->at.update;
    *ink = INK_SOFT;
    if (snapshot->probe)
        return probe_words(snapshot, out);
    switch (snapshot->place.phase) {
    case PHASE_START:
        return draw_print(out, "before update %ld", update > 0 ? update : 1);
    case PHASE_FORWARD:
        *ink = INK_FORWARD;
        return step_words(snapshot, false, out);
    case PHASE_BACKWARD:
        *ink = INK_BACKWARD;
        return step_words(snapshot, true, out);
    case PHASE_CLIP:
        return clip_words(snapshot, ink);
    default:
        return draw_print(out, "update %ld is done", update);
    }
}

const char *place_t(const Snapshot *snapshot, int t, DrawList *out)
{
    int shown = snapshot_t(snapshot, t);
    return draw_print(out, "%s%d", shown < 0 ? "\u2212" : "", abs(shown));
}

const char *place_in_all(const Snapshot *snapshot, int t, DrawList *out)
{
    int T = snapshot->program->dims.T;
    if (snapshot->run->setup.first_index == 0)
        return draw_print(out, "time step t = %d of 0 to %d", snapshot_t(snapshot, t), snapshot_t(snapshot, T));
    return draw_print(out, "time step t = %d of %d", t, T);
}

bool place_labelled(const Snapshot *snapshot, TimeAxis axis, int t, int every)
{
    axis.from_zero = snapshot->run->setup.first_index == 0;
    return axis_labels(axis, t, every);
}

int place_step(const Snapshot *snapshot)
{
    int last = snapshot_last_scored(snapshot);
    if (snapshot->t > 0)
        return snapshot->t;
    if (snapshot->place.t > 0)
        return snapshot->place.t;
    return last > 0 ? last : snapshot->program->dims.T;
}

bool place_has_gradients(const Snapshot *snapshot)
{
    return snapshot->known > snapshot->program->pass_ops;
}
