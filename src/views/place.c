#include "views/place.h"

static const char *forward_words(const Snapshot *snapshot, const Pass *pass, DrawList *out)
{
    Place place = snapshot->place;
    int done = place.row - pass->first_row + 1;
    if (done == pass->row_count)
        return draw_print(out, "forward pass · time step %d of %d", place.t, snapshot->program->dims.T);
    return draw_print(out, "forward pass · t = %d · operation %d of %d", place.t, done, pass->row_count);
}

static const char *backward_words(const Snapshot *snapshot, const Pass *pass, DrawList *out)
{
    Place place = snapshot->place;
    int T = snapshot->program->dims.T, done = pass->first_row + pass->row_count - place.row;
    if (done == pass->row_count)
        return draw_print(out, "backward pass · time step %d of %d", T - place.t + 1, T);
    return draw_print(out, "backward pass · t = %d · operation %d of %d", place.t, done, pass->row_count);
}

const char *place_words(const Snapshot *snapshot, DrawList *out, Ink *ink)
{
    const Pass *pass = &snapshot->program->passes[snapshot->place.pass];
    long update = snapshot->run->at.update;
    *ink = INK_SOFT;
    if (snapshot->probe)
        return "probe sequence, not trained on";
    switch (snapshot->place.phase) {
    case PHASE_START:
        return draw_print(out, "before update %ld", update > 0 ? update : 1);
    case PHASE_FORWARD:
        *ink = INK_FORWARD;
        return forward_words(snapshot, pass, out);
    case PHASE_BACKWARD:
        *ink = INK_BACKWARD;
        return backward_words(snapshot, pass, out);
    case PHASE_CLIP:
        *ink = INK_CLIP;
        return "gradient measured and clipped";
    default:
        return draw_print(out, "update %ld is done", update);
    }
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
