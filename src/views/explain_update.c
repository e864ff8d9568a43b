#include <math.h>

#include "nn/explained.h"
#include "views/explain.h"

// The end of an update: the gradient is clipped, the weights change.
int explain_tensor(const Snapshot *snapshot)
{
    const Program *p = snapshot->program;
    for (int i = 0; i < p->tensor_count; i++)
        if (p->tensors[i].kind == WEIGHT_HH && p->tensors[i].layer == snapshot->layer &&
            p->tensors[i].reverse == snapshot->reverse)
            return i;
    return 0;
}

bool explain_changed(const Snapshot *snapshot)
{
    const Run *run = snapshot->run;
    return !snapshot->probe && snapshot->place.phase == PHASE_CHANGE && run->done == run->at.update;
}

static Real *times(const Real *value, size_t count, double by, Arena *arena)
{
    Real *made = arena_new(arena, Real, count);
    for (size_t i = 0; i < count; i++)
        made[i] = (Real)(value[i] * by);
    return made;
}

static Operand of_tensor(const char *formula, const Real *value, const Tensor *tensor, bool backward)
{
    Operand made = operand_own(formula, value, tensor->rows, tensor->columns);
    made.backward = backward;
    return made;
}

// Of the update that is read: as the backward pass left it, also when the change has clipped it since.
static const Real *unclipped(const Snapshot *snapshot)
{
    const Run *run = snapshot->run;
    if (!explain_changed(snapshot))
        return run->params.grad;
    return run->change.update == run->done ? run->change.grad : NULL;
}

static void clip_by_norm(Equation *equation, Operand g, double factor, Arena *arena)
{
    equation_add(equation, operand_number(factor < 1 ? "\\clip{(\\theta/\\|g\\|)}" : "1", factor, arena));
    equation_add(equation, operand_joined(g, JOIN_TIMES));
}

static void clip_by_value(Equation *equation, Operand g, double threshold)
{
    equation->apply = APPLY_WITHIN;
    equation->bound = threshold;
    equation_add(equation, g);
}

static const Real *clipped_within(const Real *grad, size_t count, double bound, Arena *arena)
{
    Real *made = arena_new(arena, Real, count);
    for (size_t i = 0; i < count; i++)
        made[i] = (Real)fmax(-bound, fmin(bound, (double)grad[i]));
    return made;
}

Explanation explain_clip(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Run *run = snapshot->run;
    const Tensor *w = &run->program.tensors[tensor];
    const Real *grad = unclipped(snapshot);
    size_t count = (size_t)w->rows * (size_t)w->columns;
    ClipKind kind = explain_changed(snapshot) ? run->change.clip : (ClipKind)run->setup.clip;
    double threshold = explain_changed(snapshot) ? run->change.threshold : run->setup.threshold;
    bool clipped = kind != CLIP_OFF && run->norm > threshold, by_value = clipped && kind == CLIP_VALUE;
    double factor = clipped && !by_value ? threshold / run->norm : 1;
    Explanation out = {.title = by_value ? "clipping by value" : "clipping by norm", .ink = INK_CLIP};
    if (snapshot->probe || snapshot->place.phase < PHASE_CLIP || !grad || !(run->norm > 0))
        return out;
    grad += w->offset;
    Operand g = of_tensor("\\backward{g}", grad, w, true);
    Equation *equation = &out.equation[out.count++];
    *equation = (Equation){.what = w->name};
    equation->result = of_tensor(
        "\\clip{\\hat{g}}",
        by_value ? clipped_within(grad, count, threshold, arena) : times(grad, count, factor, arena), w, true);
    if (by_value)
        clip_by_value(equation, g, threshold);
    else
        clip_by_norm(equation, g, factor, arena);
    out.note = clipped ? NULL : "the norm is within the threshold: nothing is clipped";
    return out;
}

Explanation explain_change(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Run *run = snapshot->run;
    const Tensor *w = &run->program.tensors[tensor];
    Explanation out = {.title = "the weights change", .ink = INK_TEXT};
    if (!explain_changed(snapshot))
        return out;
    const Real *old = explained_weights(snapshot->tape, tensor, 0, w->rows, arena);
    const Real *new = run->params.value + w->offset;
    Real *change = arena_new(arena, Real, w->rows * w->columns);
    for (int i = 0; i < w->rows * w->columns; i++)
        change[i] = new[i] - old[i];
    Equation *equation = &out.equation[out.count++];
    *equation = (Equation){.what = w->name, .result = of_tensor("W_{\\text{new}}", new, w, false)};
    equation_add(equation, of_tensor("W_{\\text{old}}", old, w, false));
    equation_add(equation, of_tensor("\\Delta W", change, w, false));
    return out;
}
