#include "nn/analysis.h"

#include <math.h>
#include <string.h>

#include "nn/kernels.h"
#include "nn/optimizer.h"

// ---- the weights of the tape ------------------------------------------------------------------------------
// The tape keeps every tensor turned over, as it was when the update began.
OldWeights analysis_weights(const Tape *tape, int tensor, int block, int rows)
{
    const Tensor *w = &tape->program->tensors[tensor];
    return (OldWeights){tape->transposed + w->offset + (size_t)block * (size_t)rows, rows, w->columns, w->rows};
}

static Params old_params(const Tape *tape, Arena *arena)
{
    const Program *p = tape->program;
    Params params = {.value = arena_new(arena, double, p->weight_count),
                     .grad = arena_new(arena, double, p->weight_count),
                     .count = p->weight_count};
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *w = &p->tensors[i];
        transpose(params.value + w->offset, tape->transposed + w->offset, (size_t)w->columns, (size_t)w->rows);
    }
    return params;
}

// ---- one row of one sequence --------------------------------------------------------------------------------
static Work of_sequence(Work work, size_t b, Dims d)
{
    work.B = 1;
    work.y += b * work.n;
    work.dy += b * work.n;
    work.a += b * work.n_a;
    work.b += b * work.n_b;
    work.x += b * (size_t)d.X;
    work.target.value += b * (size_t)d.Y;
    work.target.label += b;
    work.target.scored += b;
    return work;
}

Sent analysis_sent(const Tape *tape, const Batch *batch, int row, int t, int b, Arena *arena)
{
    const Program *p = tape->program;
    const Row *r = &p->rows[row];
    const OpType *type = &op_types[r->kind];
    Params params = old_params(tape, arena);
    Work work = of_sequence(tape_work(tape, &params, batch, row, t), (size_t)b, p->dims);
    Sent sent = {
        .da = r->a == NONE ? NULL : arena_new(arena, double, work.n_a),
        .db = r->b == NONE ? NULL : arena_new(arena, double, work.n_b),
        .dw_a = r->weight_a == NONE ? NULL : work.on_a.dw,
        .dw_b = r->weight_b == NONE ? NULL : work.on_b.dw,
    };
    work.da = sent.da;
    work.db = sent.db;
    if (type->backward)
        type->backward(&work);
    return sent;
}

// ---- the Jacobian of a time step ------------------------------------------------------------------------------
// Rows of the pass and layer that the state belongs to.
static bool is_state(const Program *p, int row)
{
    const int top = p->slots[p->state].producer;
    return op_types[p->rows[row].kind].delays && p->rows[row].pass == p->rows[top].pass &&
           p->slots[p->rows[row].y].layer == p->slots[p->state].layer;
}

int analysis_state_size(const Program *program)
{
    int size = 0;
    for (int row = 0; row < program->row_count; row++)
        size += is_state(program, row) ? program->slots[program->rows[row].y].length : 0;
    return size;
}

// Each row of the pass at t, its gradients in a column of its own: where an operand is of the same time step.
static Work *column_of_work(const Tape *tape, const Batch *batch, int t, int b, double *column, Arena *arena)
{
    const Program *p = tape->program;
    Params params = old_params(tape, arena);
    Work *work = arena_new(arena, Work, p->row_count);
    for (int row = 0; row < p->row_count; row++) {
        const Row *r = &p->rows[row];
        work[row] = of_sequence(tape_work(tape, &params, batch, row, t), (size_t)b, p->dims);
        work[row].dy = column + p->slots[r->y].offset;
        work[row].da = r->a == NONE ? NULL : column + p->slots[r->a].offset;
        work[row].db = r->b == NONE ? NULL : column + p->slots[r->b].offset;
    }
    return work;
}

static bool any(const double *v, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (v[i] != 0)
            return true;
    return false;
}

// From the gradient that stands in the column at s_t to that at s_before. Where nothing arrives, nothing is sent.
static void column_backward(const Program *p, Work *work)
{
    const Pass *pass = &p->passes[p->rows[p->slots[p->state].producer].pass];
    for (int row = pass->first_row + pass->row_count - 1; row >= pass->first_row; row--) {
        const OpType *type = &op_types[p->rows[row].kind];
        if (type->backward && !type->delays && any(work[row].dy, work[row].n))
            type->backward(&work[row]);
    }
}

static void read_row(const Program *p, const double *column, double *out)
{
    for (int row = 0; row < p->row_count; row++)
        if (is_state(p, row)) {
            const ProgramSlot *before = &p->slots[p->rows[row].y];
            memcpy(out, column + before->offset, (size_t)before->length * sizeof *out);
            out += before->length;
        }
}

Jacobian analysis_jacobian(const Tape *tape, const Batch *batch, int t, int b, Arena *arena)
{
    const Program *p = tape->program;
    const int size = analysis_state_size(p);
    double *value = arena_new(arena, double, size *size), *out = value;
    double *column = arena_new(arena, double, p->step_length);
    Work *work = column_of_work(tape, batch, t, b, column, arena);
    for (int row = 0; row < p->row_count; row++) {
        const ProgramSlot *state = is_state(p, row) ? &p->slots[p->rows[row].a] : NULL;
        for (int unit = 0; state && unit < state->length; unit++, out += size) {
            memset(column, 0, p->step_length * sizeof *column);
            column[state->offset + (size_t)unit] = 1;
            column_backward(p, work);
            read_row(p, column, out);
        }
    }
    return (Jacobian){value, size};
}

// ---- σ₁ -------------------------------------------------------------------------------------------------------
static void multiply(const double *a, int rows, int columns, const double *x, double *y)
{
    for (int i = 0; i < rows; i++) {
        y[i] = 0;
        for (int j = 0; j < columns; j++)
            y[i] += a[i * columns + j] * x[j];
    }
}

static void multiply_transposed(const double *a, int rows, int columns, const double *x, double *y)
{
    memset(y, 0, (size_t)columns * sizeof *y);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            y[j] += a[i * columns + j] * x[i];
}

static double normalise(double *v, int count)
{
    const double norm = vector_norm(v, (size_t)count);
    for (int i = 0; norm > 0 && i < count; i++)
        v[i] /= norm;
    return norm;
}

// No two elements of the start are alike, so that it is at right angles to hardly anything.
double largest_singular_value(const double *a, int rows, int columns, Arena *arena)
{
    enum { ROUNDS = 500 };
    double *x = arena_new(arena, double, columns), *y = arena_new(arena, double, rows), sigma = 0;
    for (int j = 0; j < columns; j++)
        x[j] = 1 + 0.37 * (j * 7 % 11) - 0.61 * (j * 5 % 13);
    for (int round = 0; round < ROUNDS; round++) {
        const double before = sigma;
        normalise(x, columns);
        multiply(a, rows, columns, x, y);
        sigma = normalise(y, rows);
        multiply_transposed(a, rows, columns, y, x);
        if (!(sigma > 0) || fabs(sigma - before) <= 1e-14 * sigma)
            break;
    }
    return sigma;
}

// ---- dL/dW by time step -----------------------------------------------------------------------------------------
double analysis_slices_cost(const Program *program)
{
    return 4.0 * program->dims.T * program->dims.B * (double)program->weight_count;
}

// What the rows at t add to the weights' gradient; what they send on is thrown away.
static void slice_at(const Tape *tape, const Batch *batch, Params *params, double *away, int t)
{
    const Program *p = tape->program;
    memset(params->grad, 0, params->count * sizeof *params->grad);
    for (int row = p->row_count - 1; row >= 0; row--) {
        const OpType *type = &op_types[p->rows[row].kind];
        if (type->weighted == 0)
            continue;
        Work work = tape_work(tape, params, batch, row, t);
        work.da = work.db = away;
        type->backward(&work);
    }
    for (size_t i = 0; i < params->count; i++)
        params->grad[i] /= p->dims.B;
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

// Twice through all t, so that no slice need be kept: once for g, once for each slice's share of it.
void analysis_slices(const Tape *tape, const Batch *batch, GradSlice *slices, double *gradient)
{
    const Program *p = tape->program;
    Arena scratch = arena_make(1 << 16);
    Params params = old_params(tape, &scratch);
    double *away = arena_new(&scratch, double, tape->column);
    gradient = gradient ? gradient : arena_new(&scratch, double, params.count);
    memset(gradient, 0, params.count * sizeof *gradient);
    for (int t = 1; t <= p->dims.T; t++) {
        slice_at(tape, batch, &params, away, t);
        slices[t - 1].norm = vector_norm(params.grad, params.count);
        for (size_t i = 0; i < params.count; i++)
            gradient[i] += params.grad[i];
    }
    const double norm = vector_norm(gradient, params.count);
    for (int t = 1; t <= p->dims.T; t++) {
        slice_at(tape, batch, &params, away, t);
        slices[t - 1].share = norm > 0 ? dot(params.grad, gradient, params.count) / norm / norm : 0;
    }
    arena_free(&scratch);
}
