#include <math.h>
#include <string.h>

#include "base/text.h"
#include "nn/explained.h"
#include "views/explain.h"

// One weight through the end of an update: its gradient is clipped, moves the moments of the optimizer, and these move
// the weight.
static double clipped(const Clipping *clipping, double gradient)
{
    const double threshold = clipping->threshold;
    if (!clipping->clips)
        return gradient;
    return clipping->kind == CLIP_NORM ? gradient * (threshold / clipping->norm)
                                       : fmax(-threshold, fmin(threshold, gradient));
}

static double old_weight(const Snapshot *snapshot, WeightPlace place)
{
    return (double)tape_weight(snapshot->tape, place.tensor, place.row - 1, place.column - 1);
}

bool explain_weight(const Snapshot *snapshot, size_t weight, WeightChange *out)
{
    const Run *run = snapshot->run;
    const LastChange *change = &run->change;
    Clipping clipping = {.clips = false};
    if (!explain_changed(snapshot) || change->update != run->done)
        return false;
    explain_clipping(snapshot, &clipping);
    *out = (WeightChange){.type = change->type, .learning_rate = change->learning_rate};
    out->place = weight_place(&run->program, weight);
    out->gradient = (double)change->grad[weight];
    out->clipped = clipped(&clipping, out->gradient);
    out->is_clipped = change->clip != CLIP_OFF;
    out->old = old_weight(snapshot, out->place);
    out->new = (double)run->params.value[weight];
    for (int i = 0; i < change->type->moments; i++) {
        out->moment_old[i] = (double)change->moment[i][weight];
        out->moment_new[i] = (double)run->optimizer.moment[i][weight];
        out->power[i] = run->optimizer.power[i];
    }
    return true;
}

static size_t most_changed(const Snapshot *snapshot)
{
    const Run *run = snapshot->run;
    size_t most = 0;
    double largest = -1;
    for (size_t i = 0; i < run->params.count; i++) {
        double by = fabs((double)run->params.value[i] - old_weight(snapshot, weight_place(&run->program, i)));
        most = by > largest ? i : most;
        largest = by > largest ? by : largest;
    }
    return most;
}

size_t explain_chosen(const Snapshot *snapshot)
{
    return snapshot->weight == NONE ? most_changed(snapshot) : (size_t)snapshot->weight;
}

// The optimizer's own text, its gradient in the ink of what it is: clipped, or as it came.
const char *explain_optimizer(const WeightChange *change, int line, Arena *arena)
{
    static const char gradient[] = "\\hat{g}";
    const char *at = change->type->formula[line], *next;
    Text text = text_make(arena);
    for (; (next = strstr(at, gradient)); at = next + strlen(gradient))
        text_add(&text, "%.*s%s", (int)(next - at), at, change->is_clipped ? "\\clip{\\hat{g}}" : "\\backward{g}");
    text_add(&text, "%s", at);
    return text.text;
}
