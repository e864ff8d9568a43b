#include <math.h>

#include "nn/explained.h"
#include "views/equation.h"
#include "views/explain.h"
#include "views/weights.h"

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

static size_t count_beyond(const Real *grad, size_t count, double threshold)
{
    size_t beyond = 0;
    for (size_t i = 0; i < count; i++)
        beyond += fabs((double)grad[i]) > threshold;
    return beyond;
}

// As clip_gradient does it. By value a norm beyond the threshold is not enough: some number must be.
bool explain_clipping(const Snapshot *snapshot, Clipping *out)
{
    const Run *run = snapshot->run;
    const Real *grad = unclipped(snapshot);
    const size_t count = run->params.count;
    if (snapshot->probe || snapshot->place.phase < PHASE_CLIP || !grad || !(run->norm > 0))
        return false;
    bool changed = explain_changed(snapshot);
    *out = (Clipping){.kind = changed ? run->change.clip : (ClipKind)run->setup.clip,
                      .threshold = changed ? run->change.threshold : run->setup.threshold,
                      .norm = run->norm,
                      .count = count};
    out->cut = out->kind == CLIP_VALUE ? count_beyond(grad, count, out->threshold) : 0;
    out->clips = isfinite(out->norm) &&
                 (out->kind == CLIP_VALUE ? out->cut > 0 : out->kind == CLIP_NORM && out->norm > out->threshold);
    out->after = out->clips ? clipped_norm(grad, count, out->kind, out->threshold, out->norm) : out->norm;
    return true;
}

static void clip_by_norm(Equation *equation, Operand g, double factor, Arena *arena)
{
    equation_add(equation, operand_number("\\clip{(\\theta/\\|g\\|)}", factor, arena));
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

static const char *const clip_titles[] = {
    [CLIP_OFF] = "the gradient is measured", [CLIP_NORM] = "clipping by norm", [CLIP_VALUE] = "clipping by value"};

static const char *clip_note(const Clipping *clipping, Arena *arena)
{
    if (clipping->kind == CLIP_OFF)
        return "clipping is off: nothing is clipped";
    if (clipping->kind == CLIP_NORM)
        return clipping->clips ? NULL : "the norm is within the threshold: nothing is clipped";
    return clipping->clips ? arena_print(arena, "%zu of all %zu numbers are beyond ±θ and are cut to it", clipping->cut,
                                         clipping->count)
                           : "no number is beyond ±θ: nothing is clipped";
}

Explanation explain_clip(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Tensor *w = &snapshot->run->program.tensors[tensor];
    const size_t count = (size_t)w->rows * (size_t)w->columns;
    Clipping clipping;
    if (!explain_clipping(snapshot, &clipping))
        return (Explanation){.title = clip_titles[snapshot->run->setup.clip], .ink = INK_CLIP};
    const Real *grad = unclipped(snapshot) + w->offset, *after = grad;
    const double threshold = clipping.threshold, factor = threshold / clipping.norm;
    const bool off = clipping.kind == CLIP_OFF, by_value = clipping.kind == CLIP_VALUE;
    Explanation out = {.title = clip_titles[clipping.kind],
                       .note = clip_note(&clipping, arena),
                       .ink = off ? INK_BACKWARD : INK_CLIP,
                       .count = 1};
    if (clipping.clips)
        after = by_value ? clipped_within(grad, count, threshold, arena) : times(grad, count, factor, arena);
    Equation *equation = &out.equation[0];
    equation->what = weights_words(snapshot, tensor, arena);
    equation->result = of_tensor(off ? "\\hat{g}" : "\\clip{\\hat{g}}", after, w, true);
    Operand g = of_tensor("\\backward{g}", grad, w, true);
    if (by_value)
        clip_by_value(equation, g, threshold);
    else if (clipping.clips)
        clip_by_norm(equation, g, factor, arena);
    else
        equation_add(equation, g);
    return out;
}

// ---- a matrix's gradient as a sum over t ------------------------------------------------------------------------
// The row that multiplies by the first block of a matrix; *of_b: by its second operand's.
static int user_of(const Program *p, int tensor, bool *of_b)
{
    for (int i = 0; i < p->row_count; i++) {
        const Row *r = &p->rows[i];
        *of_b = r->weight_b == tensor && r->block_b == 0;
        if (*of_b || (r->weight_a == tensor && r->block_a == 0))
            return i;
    }
    return NONE;
}

const char *explain_sum_formula(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Program *p = &snapshot->run->program;
    bool of_b;
    const int row = user_of(p, tensor, &of_b), B = p->dims.B;
    const Row *r = &p->rows[row];
    const char *mean = B > 1 ? arena_print(arena, "\\frac{1}{%d} \\sum_{b} ", B) : "";
    return arena_print(
        arena, "\\backward{\\partial L/\\partial %s} = %s\\sum_{t} \\backward{\\partial L/\\partial %s}\\,%s^\\top",
        equation_weight(snapshot, row, of_b, arena), mean, equation_slot_at_any_t(snapshot, r->y, arena),
        equation_slot_at_any_t(snapshot, of_b ? r->b : r->a, arena));
}

// Term t of row and column at value[t - 1][row · columns + column].
static bool open_by_t(const Snapshot *snapshot, int tensor, int rows, int columns, Real *const *value, Arena *arena)
{
    const int T = snapshot->run->program.dims.T;
    double *slice = arena_new(arena, double, T);
    for (int i = 0; i < rows * columns; i++) {
        if (!snapshot_weight_slices(snapshot, (WeightPlace){tensor, i / columns + 1, i % columns + 1}, slice))
            return false;
        for (int t = 0; t < T; t++)
            value[t][i] = (Real)slice[t];
    }
    return true;
}

static bool takes_long(const Program *p, int rows, int columns)
{
    static const double MOST = 1e6; // multiplications
    return p->dims.T > OPERANDS_MOST || (double)rows * columns * p->dims.T * p->dims.B > MOST;
}

Explanation explain_sum(const Snapshot *snapshot, int tensor, Arena *arena)
{
    const Program *p = &snapshot->run->program;
    const Tensor *w = &p->tensors[tensor];
    const Real *grad = unclipped(snapshot);
    bool of_b;
    const int row = user_of(p, tensor, &of_b), T = p->dims.T;
    Explanation out = {.title = "sum over all t", .ink = INK_BACKWARD};
    if (snapshot->probe || snapshot->playing || row == NONE || !grad)
        return out;
    const int rows = p->slots[p->rows[row].y].length, columns = w->columns;
    Real **value = arena_new(arena, Real *, T);
    for (int t = 0; t < T; t++)
        value[t] = arena_new(arena, Real, rows * columns);
    if (takes_long(p, rows, columns) || !open_by_t(snapshot, tensor, rows, columns, value, arena))
        return out;
    Equation *equation = &out.equation[out.count++];
    const char *name = equation_weight(snapshot, row, of_b, arena);
    equation->what =
        arena_print(arena, "%sa matrix for each t, added up", p->dims.B > 1 ? "mean over the batch: " : "");
    equation->result =
        operand_own(arena_print(arena, "\\backward{\\partial L/\\partial %s}", name), grad + w->offset, rows, columns);
    equation->result.backward = true;
    for (int t = 0; t < T; t++) {
        Operand term =
            operand_own(arena_print(arena, "\\backward{G_{%d}}", snapshot_t(snapshot, t + 1)), value[t], rows, columns);
        term.backward = true;
        equation_add(equation, term);
    }
    return out;
}

// ---- the change -------------------------------------------------------------------------------------------------
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
    *equation = (Equation){.what = weights_words(snapshot, tensor, arena),
                           .result = of_tensor("W_{\\text{new}}", new, w, false)};
    equation_add(equation, of_tensor("W_{\\text{old}}", old, w, false));
    equation_add(equation, of_tensor("\\Delta W", change, w, false));
    return out;
}
