#include "nn/explained.h"
#include "views/explain.h"

// The end of an update: the gradient is clipped, the weights change. The run holds one gradient, which the change
// leaves clipped; what it was before follows from the two norms.
int explain_tensor(const Program *program)
{
    int layer = program->slots[program->state].layer;
    for (int i = 0; i < program->tensor_count; i++)
        if (program->tensors[i].kind == WEIGHT_HH && program->tensors[i].layer == layer)
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

Explanation explain_clip(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Run *run = snapshot->run;
    const Tensor *w = &run->program.tensors[tensor];
    const Real *grad = run->params.grad + w->offset;
    size_t count = (size_t)w->rows * (size_t)w->columns;
    Explanation out = {.title = "clipping by norm", .ink = INK_CLIP};
    bool clipped = run->clipped != run->norm;
    if (snapshot->probe || snapshot->place.phase < PHASE_CLIP || !(run->norm > 0))
        return out;
    double factor = run->clipped / run->norm;
    bool changed = explain_changed(snapshot) && clipped;
    Equation *equation = &out.equation[out.count++];
    *equation = (Equation){.what = w->name};
    equation->result = of_tensor("\\clip{\\hat{g}}", changed ? grad : times(grad, count, factor, arena), w, true);
    equation_add(equation, operand_number(clipped ? "\\clip{(\\theta/\\|g\\|)}" : "1", factor, arena));
    Operand g = of_tensor("\\backward{g}", changed ? times(grad, count, 1 / factor, arena) : grad, w, true);
    equation_add(equation, operand_joined(g, JOIN_TIMES));
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
    OldWeights old = explained_weights(snapshot->tape, tensor, 0, w->rows);
    const Real *new = run->params.value + w->offset;
    Real *change = arena_new(arena, Real, w->rows * w->columns);
    for (int i = 0; i < w->rows; i++)
        for (int j = 0; j < w->columns; j++)
            change[i * w->columns + j] = new[i * w->columns + j] - old.value[i + j * old.stride];
    Operand was = of_tensor("W_{\\text{old}}", old.value, w, false);
    was.row_stride = 1;
    was.column_stride = old.stride;
    Equation *equation = &out.equation[out.count++];
    *equation = (Equation){.what = w->name, .result = of_tensor("W_{\\text{new}}", new, w, false)};
    equation_add(equation, was);
    equation_add(equation, of_tensor("\\Delta W", change, w, false));
    return out;
}
