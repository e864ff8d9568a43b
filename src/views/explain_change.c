#include <math.h>
#include <string.h>

#include "base/text.h"
#include "nn/explained.h"
#include "views/explain.h"

// One weight through the end of an update: its gradient is clipped, moves the moments of the optimizer, and these move
// the weight.
static double clipped(const LastChange *change, double gradient, double norm)
{
    const double threshold = change->threshold;
    if (change->clip == CLIP_OFF || !(norm > threshold))
        return gradient;
    return change->clip == CLIP_NORM ? gradient * (threshold / norm) : fmax(-threshold, fmin(threshold, gradient));
}

static double old_weight(const Run *run, int tensor, size_t within)
{
    const Tensor *w = &run->program.tensors[tensor];
    OldWeights old = explained_weights(&run->tape, tensor, 0, w->rows);
    size_t row = within / (size_t)w->columns, column = within % (size_t)w->columns;
    return (double)old.value[(long)row + (long)column * old.stride];
}

int explain_tensor_of(const Program *program, size_t weight, size_t *within)
{
    int tensor = 0;
    while (tensor + 1 < program->tensor_count && program->tensors[tensor + 1].offset <= weight)
        tensor++;
    *within = weight - program->tensors[tensor].offset;
    return tensor;
}

bool explain_weight(const Snapshot *snapshot, size_t weight, WeightChange *out)
{
    const Run *run = snapshot->run;
    const LastChange *change = &run->change;
    size_t within;
    if (!explain_changed(snapshot) || change->update != run->done)
        return false;
    *out = (WeightChange){.type = change->type, .learning_rate = change->learning_rate};
    out->tensor = explain_tensor_of(&run->program, weight, &within);
    out->row = (int)within / run->program.tensors[out->tensor].columns;
    out->column = (int)within % run->program.tensors[out->tensor].columns;
    out->gradient = (double)change->grad[weight];
    out->clipped = clipped(change, out->gradient, run->norm);
    out->is_clipped = change->clip != CLIP_OFF;
    out->old = old_weight(run, out->tensor, within);
    out->new = (double)run->params.value[weight];
    for (int i = 0; i < change->type->moments; i++) {
        out->moment_old[i] = (double)change->moment[i][weight];
        out->moment_new[i] = (double)run->optimizer.moment[i][weight];
        out->power[i] = run->optimizer.power[i];
    }
    return true;
}

size_t explain_most_changed(const Snapshot *snapshot)
{
    const Run *run = snapshot->run;
    size_t most = 0;
    double largest = -1;
    for (int i = 0; i < run->program.tensor_count; i++) {
        const Tensor *w = &run->program.tensors[i];
        for (size_t k = 0; k < (size_t)w->rows * (size_t)w->columns; k++) {
            double by = fabs((double)run->params.value[w->offset + k] - old_weight(run, i, k));
            if (by > largest) {
                largest = by;
                most = w->offset + k;
            }
        }
    }
    return most;
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
