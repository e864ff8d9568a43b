#include "nn/explained.h"

#include <string.h>

#include "nn/op.h"
#include "nn/optimizer.h"

// ---- the weights of the tape ------------------------------------------------------------------------------
const Real *explained_weights(const Tape *tape, int tensor, int block, int rows, Arena *arena)
{
    Real *value = arena_new(arena, Real, rows * tape->program->tensors[tensor].columns);
    tape_weight_rows(tape, tensor, block * rows, rows, value);
    return value;
}

Params explained_params(const Tape *tape, Arena *arena)
{
    const Program *p = tape->program;
    Params params = {.value = arena_new(arena, Real, p->weight_count + PRODUCT_SPARE),
                     .grad = arena_new(arena, Real, p->weight_count + PRODUCT_SPARE),
                     .count = p->weight_count};
    for (int i = 0; i < p->tensor_count; i++)
        tape_weight_rows(tape, i, 0, p->tensors[i].rows, params.value + p->tensors[i].offset);
    return params;
}

// ---- one row of one sequence --------------------------------------------------------------------------------
static Work of_sequence(Work work, size_t b)
{
    work.B = 1;
    work.y += b * work.n;
    work.dy += b * work.n;
    work.a += b * work.n_a;
    work.b += b * work.n_b;
    work.edge += b * work.n_a;
    return work;
}

static Given given_of_sequence(Given given, size_t b, Dims d)
{
    given.x += b * (size_t)d.X;
    given.length += b;
    given.target.value += b * (size_t)d.Y;
    given.target.label += b;
    given.target.scored += b;
    return given;
}

Sent explained_sent(const Tape *tape, const Batch *batch, int row, int t, int b, Arena *arena)
{
    const Program *p = tape->program;
    const Row *r = &p->rows[row];
    int scored = 0;
    Params params = explained_params(tape, arena);
    Weights on[2];
    tape_weights(tape, &params, row, on);
    const Given given = given_of_sequence(tape_given(tape, batch, r->pass, t, &scored), (size_t)b, p->dims);
    Work work = of_sequence(tape_work(tape, row, t, &given), (size_t)b);
    Sent sent = {
        .da = r->a == NONE ? NULL : arena_new(arena, Real, work.n_a + PRODUCT_SPARE),
        .db = r->b == NONE ? NULL : arena_new(arena, Real, work.n_b + PRODUCT_SPARE),
        .dw_a = r->weight_a == NONE ? NULL : on[0].dw,
        .dw_b = r->weight_b == NONE ? NULL : on[1].dw,
    };
    work.on_a = &on[0];
    work.on_b = &on[1];
    work.da = work.edge_grad = sent.da;
    work.db = sent.db;
    work.a_given = false;
    if (tape->kernels->row[r->kind].backward)
        tape->kernels->row[r->kind].backward(&work);
    if (tape->kernels->row[r->kind].gather)
        tape->kernels->row[r->kind].gather(&work, (Steps){.count = 1});
    return sent;
}

// ---- dL/dW by time step -----------------------------------------------------------------------------------------
double explained_slices_cost(const Program *program)
{
    return 2.0 * program->dims.T * program->dims.B * (double)program->weight_count;
}

// What the rows of one tape at t add to the weights' gradient.
static void add_slice(const Tape *tape, const Params *params, int t)
{
    const Program *p = tape->program;
    for (int row = p->row_count - 1; row >= 0; row--) {
        Weights on[2];
        Work work = tape_work(tape, row, t, NULL);
        tape_weights(tape, params, row, on);
        work.on_a = &on[0];
        work.on_b = &on[1];
        if (tape->kernels->row[p->rows[row].kind].gather)
            tape->kernels->row[p->rows[row].kind].gather(&work, (Steps){.count = 1});
    }
}

static void slice_at(const Tape *const *tapes, int count, Params *params, int t)
{
    int B = 0;
    memset(params->grad, 0, params->count * sizeof *params->grad);
    for (int i = 0; i < count; i++) {
        add_slice(tapes[i], params, t);
        B += tapes[i]->program->dims.B;
    }
    for (size_t i = 0; i < params->count; i++)
        params->grad[i] /= (Real)B;
}

// What row r of one tape at t adds to one weight's gradient, over its batch; 0 where it does not use that weight.
static double added_at(const Tape *tape, const Row *r, int t, WeightAt weight)
{
    const Program *p = tape->program;
    bool on_a = r->weight_a == weight.tensor, on_b = r->weight_b == weight.tensor;
    bool first = on_a || r->bias_a == weight.tensor, second = on_b || r->bias_b == weight.tensor;
    int n = p->slots[r->y].length, unit = weight.row - n * (first ? r->block_a : r->block_b);
    int from = on_a ? r->a : on_b ? r->b : NONE, column = op_types[r->kind].by_vector ? unit : weight.column;
    double sum = 0;
    if (!(first || second) || unit < 0 || unit >= n)
        return 0;
    for (int b = 0; b < p->dims.B; b++) {
        double sent = (double)tape_grad(tape, t, r->y)[b * n + unit];
        sum += from == NONE ? sent : sent * (double)tape_value(tape, t, from)[b * p->slots[from].length + column];
    }
    return sum;
}

void explained_weight(const Tape *const *tapes, int count, WeightAt weight, double *slice)
{
    const Program *p = tapes[0]->program;
    int B = 0;
    for (int i = 0; i < count; i++)
        B += tapes[i]->program->dims.B;
    for (int t = 1; t <= p->dims.T; t++) {
        slice[t - 1] = 0;
        for (int i = 0; i < count; i++)
            for (int row = 0; row < p->row_count; row++)
                slice[t - 1] += added_at(tapes[i], &p->rows[row], t, weight) / B;
    }
}

static double dot(const Real *a, const Real *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

// Twice through all t, so that no slice need be kept: once for g, once for each slice's share of it.
void explained_slices(const Tape *const *tapes, int count, GradSlice *slices, Real *gradient)
{
    const Program *p = tapes[0]->program;
    Arena scratch = arena_make(1 << 16);
    Params params = explained_params(tapes[0], &scratch);
    gradient = gradient ? gradient : arena_new(&scratch, Real, params.count);
    memset(gradient, 0, params.count * sizeof *gradient);
    for (int t = 1; t <= p->dims.T; t++) {
        slice_at(tapes, count, &params, t);
        slices[t - 1].norm = vector_norm(params.grad, params.count);
        for (size_t i = 0; i < params.count; i++)
            gradient[i] += params.grad[i];
    }
    const double norm = vector_norm(gradient, params.count);
    for (int t = 1; t <= p->dims.T; t++) {
        slice_at(tapes, count, &params, t);
        slices[t - 1].share = norm > 0 ? dot(params.grad, gradient, params.count) / norm / norm : 0;
    }
    arena_free(&scratch);
}
