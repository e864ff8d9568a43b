#include "nn/tape.h"

#include <string.h>

#include "nn/op.h"

// From one row of a transposed tensor to the next: an odd number of cache lines, for rows a power of two apart compete
// for the same few places of the cache.
static size_t transposed_stride(const Tensor *w)
{
    enum { LINE = 64 / sizeof(Real) };
    const size_t lines = ((size_t)w->rows + LINE - 1) / LINE;
    return (lines + (lines % 2 == 0)) * LINE;
}

// out (columns, rows) = the transpose of in (rows, columns), in bands that keep what is written in the cache
static void transpose(Real *restrict out, const Real *restrict in, size_t rows, size_t columns, size_t stride)
{
    enum { BAND = 16 };
    for (size_t first = 0; first < rows; first += BAND) {
        const size_t behind = first + BAND < rows ? first + BAND : rows;
        for (size_t k = 0; k < columns; k++)
            for (size_t j = first; j < behind; j++)
                out[k * stride + j] = in[j * columns + k];
    }
}

static Real **make_transposed(const Program *p, Arena *arena)
{
    Real **transposed = arena_new(arena, Real *, p->tensor_count);
    for (int i = 0; i < p->tensor_count; i++)
        transposed[i] =
            arena_new(arena, Real, transposed_stride(&p->tensors[i]) * (size_t)p->tensors[i].columns + PRODUCT_SPARE);
    return transposed;
}

static size_t start_length(const Program *p)
{
    size_t length = 0;
    for (int i = 0; i < p->row_count; i++)
        if (op_types[p->rows[i].kind].weighted > 0)
            length += (size_t)p->slots[p->rows[i].y].length;
    return length;
}

Tape tape_make(const Program *program, Arena *arena)
{
    const size_t column = (size_t)program->dims.B * program->step_length;
    const size_t columns = (size_t)program->dims.T + 2;
    return (Tape){
        .program = program,
        .value = arena_new(arena, Real, columns * column + PRODUCT_SPARE),
        .grad = arena_new(arena, Real, columns * column),
        .transposed = make_transposed(program, arena),
        .column = column,
        .kernels = kernels_here()[0],
        .plan = plan_make(program, arena),
        .work = arena_new(arena, Work, program->row_count),
        .weights = arena_new(arena, Weights, 2 * program->row_count),
        .start = arena_new(arena, Real, start_length(program) + PRODUCT_SPARE),
        .input_gradient = true,
    };
}

static size_t place_of(const Tape *tape, int t, int slot)
{
    return (size_t)t * tape->column + (size_t)tape->program->dims.B * tape->program->slots[slot].offset;
}

Real *tape_value(const Tape *tape, int t, int slot)
{
    return tape->value + place_of(tape, t, slot);
}

Real *tape_grad(const Tape *tape, int t, int slot)
{
    return tape->grad + place_of(tape, t, slot);
}

// ---- the rows at t = 1 ------------------------------------------------------------------------
static size_t length(const Tape *tape, int slot)
{
    return slot == NONE ? 0 : (size_t)tape->program->slots[slot].length;
}

static Weights weights_of(const Tape *tape, const Params *params, int weight, int bias, int block)
{
    if (weight == NONE)
        return (Weights){0};
    const Tensor *w = &tape->program->tensors[weight];
    const size_t first =
        (size_t)block * (size_t)(w->kind == WEIGHT_OUT ? 0 : tape->program->dims.H); // row of the block
    const size_t at = w->offset + first * (size_t)w->columns;
    Weights weights = {
        .w = params->value + at,
        .dw = params->grad + at,
        .transposed = tape->transposed[weight] + first,
        .stride = transposed_stride(w),
    };
    if (bias != NONE) {
        const size_t bias_at = tape->program->tensors[bias].offset + first;
        weights.dbias = params->grad + bias_at;
    }
    return weights;
}

// start (n) = all biases of the row
static void add_biases(const Tape *tape, const Params *params, const Row *row, Real *start)
{
    const Program *p = tape->program;
    const size_t n = length(tape, row->y);
    const Real *bias_a = row->bias_a == NONE ? NULL : params_value(params, p, row->bias_a) + (size_t)row->block_a * n;
    const Real *bias_b = row->bias_b == NONE ? NULL : params_value(params, p, row->bias_b) + (size_t)row->block_b * n;
    for (size_t j = 0; bias_a && j < n; j++)
        start[j] = bias_b ? bias_a[j] + bias_b[j] : bias_a[j];
}

static Work work_of(const Tape *tape, const Row *row, const Weights *weights)
{
    const Program *p = tape->program;
    const int before = p->passes[row->pass].reverse ? 2 : 0;
    const int t_a = op_types[row->kind].delays ? before : 1;
    const int a = row->a == NONE ? row->y : row->a; // harmless pointers where there is no operand
    const int b = row->b == NONE ? row->y : row->b;
    return (Work){
        .B = (size_t)p->dims.B,
        .rows = 1,
        .n = length(tape, row->y),
        .n_a = length(tape, row->a),
        .n_b = length(tape, row->b),
        .y = tape_value(tape, 1, row->y),
        .a = tape_value(tape, t_a, a),
        .b = tape_value(tape, 1, b),
        .dy = tape_grad(tape, 1, row->y),
        .da = tape_grad(tape, t_a, a),
        .db = tape_grad(tape, 1, b),
        .a_given = row->a == p->input && !tape->input_gradient,
        .on_a = weights,
        .on_b = weights + 1,
    };
}

static void bind_rows(Tape *tape, const Params *params)
{
    Real *start = tape->start;
    for (int i = 0; i < tape->program->row_count; i++) {
        const Row *row = &tape->program->rows[i];
        Weights *weights = tape->weights + (size_t)i * 2;
        weights[0] = weights_of(tape, params, row->weight_a, row->bias_a, row->block_a);
        weights[1] = weights_of(tape, params, row->weight_b, row->bias_b, row->block_b);
        tape->work[i] = work_of(tape, row, weights);
        tape->work[i].start = start;
        if (op_types[row->kind].weighted > 0) {
            add_biases(tape, params, row, start);
            start += tape->work[i].n;
        }
    }
}

// ---- at any t --------------------------------------------------------------------------------------
static Given given_at(Tape *tape, const Batch *batch, int t)
{
    return (Given){
        .x = batch_x(batch, t, 0),
        .target =
            {
                .kind = tape->program->net.loss,
                .value = batch_target(batch, t, 0),
                .label = batch_label(batch, t, 0),
                .scored = batch_scored(batch, t, 0),
            },
        .scored = &tape->scored,
    };
}

static Work moved(const Work *work, size_t by)
{
    Work at = *work;
    at.y += by, at.a += by, at.b += by;
    at.dy += by, at.da += by, at.db += by;
    return at;
}

static Work work_at(const Tape *tape, int row, int t, const Given *given)
{
    Work work = moved(&tape->work[row], (size_t)(t - 1) * tape->column);
    work.given = given;
    return work;
}

// ---- rows and groups of them -------------------------------------------------------------------------
// Numbers that a chain takes at once: all slots of a cell, values and gradients, fit the fastest cache.
enum { STRIP = 256 };

static OpKind kind_of(const Tape *tape, int row)
{
    return tape->program->rows[row].kind;
}

static Work strip_at(const Tape *tape, int row, size_t first, size_t by, size_t all)
{
    Work strip = moved(&tape->work[row], by + first);
    strip.B = 1;
    strip.n = all - first < STRIP ? all - first : STRIP;
    return strip;
}

static void chain_forward(const Tape *tape, const Group *g, int t)
{
    const size_t all = tape->work[g->first].B * tape->work[g->first].n, by = (size_t)(t - 1) * tape->column;
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first; row < g->first + g->count; row++) {
            const Work strip = strip_at(tape, row, first, by, all);
            tape->kernels->row[kind_of(tape, row)].forward(&strip);
        }
}

static void chain_backward(const Tape *tape, const Group *g, int t)
{
    const size_t all = tape->work[g->first].B * tape->work[g->first].n, by = (size_t)(t - 1) * tape->column;
    for (size_t first = 0; first < all; first += STRIP)
        for (int row = g->first + g->count - 1; row >= g->first; row--) {
            const Work strip = strip_at(tape, row, first, by, all);
            if (tape->kernels->row[kind_of(tape, row)].backward)
                tape->kernels->row[kind_of(tape, row)].backward(&strip);
        }
}

static void group_forward(const Tape *tape, const Group *g, int t, const Given *given)
{
    if (g->kind == GROUP_CHAIN) {
        chain_forward(tape, g, t);
        return;
    }
    Work work = work_at(tape, g->first, t, given);
    work.rows = (size_t)g->count;
    tape->kernels->row[kind_of(tape, g->first)].forward(&work);
}

static void group_backward(const Tape *tape, const Group *g, int t, const Given *given)
{
    if (g->kind == GROUP_CHAIN) {
        chain_backward(tape, g, t);
        return;
    }
    Work work = work_at(tape, g->first, t, given);
    work.rows = (size_t)g->count;
    if (tape->kernels->row[kind_of(tape, g->first)].backward)
        tape->kernels->row[kind_of(tape, g->first)].backward(&work);
}

// The gradients of the weights, of `count` time steps at once, the last of which in order of computing is t.
static void group_gather(const Tape *tape, const Group *g, int t, int count)
{
    const bool up = tape->program->passes[tape->program->rows[g->first].pass].reverse;
    if (!tape->kernels->row[kind_of(tape, g->first)].gather)
        return;
    Work work = work_at(tape, g->first, up ? t - count + 1 : t + count - 1, NULL);
    work.rows = (size_t)g->count;
    const ptrdiff_t column = (ptrdiff_t)tape->column;
    tape->kernels->row[kind_of(tape, g->first)].gather(&work, (Steps){(size_t)count, up ? column : -column});
}

// ---- slices ---------------------------------------------------------------------------
static void begin_forward(Tape *tape, const Params *params)
{
    const Program *p = tape->program;
    tape->loss = 0;
    tape->scored = 0;
    bind_rows(tape, params);
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *w = &p->tensors[i];
        transpose(tape->transposed[i], params->value + w->offset, (size_t)w->rows, (size_t)w->columns,
                  transposed_stride(w));
    }
}

// A sequence's own loss is the sum of its L_t: the derivative with respect to each is 1.
static void seed_backward(Tape *tape, int t)
{
    for (int b = 0; b < tape->program->dims.B; b++)
        tape_grad(tape, t, tape->program->loss)[b] = 1;
}

static void clear_gradients(Tape *tape, int t)
{
    memset(tape->grad + (size_t)t * tape->column, 0, tape->column * sizeof *tape->grad);
    if (t >= 1 && t <= tape->program->dims.T)
        seed_backward(tape, t);
}

// Gradients start at 0. A time step's are cleared just before the first share of one flows there, so that they are in
// the cache already when it does: by the pass that is the first to run back, at the step that comes before.
static void clear_ahead(Tape *tape, int pass, int t)
{
    const Program *p = tape->program;
    const int T = p->dims.T, first = p->passes[pass].reverse ? 1 : T, next = p->passes[pass].reverse ? t + 1 : t - 1;
    if (pass + 1 < p->pass_count)
        return;
    if (t == first) {
        clear_gradients(tape, 0);
        clear_gradients(tape, T + 1);
        clear_gradients(tape, first);
    }
    if (next >= 1 && next <= T)
        clear_gradients(tape, next);
}

void tape_begin(Tape *tape, Params *params)
{
    begin_forward(tape, params);
    for (int t = 1; t <= tape->program->dims.T; t++)
        seed_backward(tape, t);
    memset(params->grad, 0, params->count * sizeof *params->grad);
}

void tape_forward(Tape *tape, const Batch *batch, int pass, int t)
{
    const Given given = given_at(tape, batch, t);
    for (int g = tape->plan.start[pass]; g < tape->plan.start[pass + 1]; g++)
        group_forward(tape, &tape->plan.groups[g], t, &given);
}

// How many time steps are to be gathered after the one of t: none until they make about CHUNK rows of a product.
static int steps_to_gather(const Program *p, int pass, int t)
{
    enum { CHUNK = 128 };
    const int chunk = p->dims.B < CHUNK ? CHUNK / p->dims.B : 1;
    const int done = p->passes[pass].reverse ? t : p->dims.T + 1 - t;
    const int since = (done - 1) % chunk + 1;
    return since == chunk || done == p->dims.T ? since : 0;
}

void tape_backward(Tape *tape, const Batch *batch, int pass, int t)
{
    const Given given = given_at(tape, batch, t);
    const int steps = steps_to_gather(tape->program, pass, t);
    clear_ahead(tape, pass, t);
    for (int g = tape->plan.start[pass + 1] - 1; g >= tape->plan.start[pass]; g--)
        group_backward(tape, &tape->plan.groups[g], t, &given);
    for (int g = tape->plan.start[pass]; steps > 0 && g < tape->plan.start[pass + 1]; g++)
        group_gather(tape, &tape->plan.groups[g], t, steps);
}

void tape_finish_forward(Tape *tape)
{
    const Dims d = tape->program->dims;
    double sum = 0;
    for (int t = 1; t <= d.T; t++)
        for (int b = 0; b < d.B; b++)
            sum += tape_value(tape, t, tape->program->loss)[b];
    tape->loss = sum / d.B;
}

void tape_finish_backward(Tape *tape, Params *params)
{
    const Real share = (Real)1 / (Real)tape->program->dims.B;
    for (size_t i = 0; i < params->count; i++)
        params->grad[i] *= share;
}

static int last_row(const Pass *pass)
{
    return pass->first_row + pass->row_count - 1;
}

void tape_run_op(Tape *tape, const Batch *batch, long n)
{
    const Place place = program_place(tape->program, n);
    const Given given = given_at(tape, batch, place.t);
    const Group row = {GROUP_ROW, place.row, 1};
    if (place.phase == PHASE_FORWARD)
        group_forward(tape, &row, place.t, &given);
    if (place.phase == PHASE_BACKWARD) {
        if (place.row == last_row(&tape->program->passes[place.pass]))
            clear_ahead(tape, place.pass, place.t);
        group_backward(tape, &row, place.t, &given);
        group_gather(tape, &row, place.t, 1);
    }
}

// ---- in one go --------------------------------------------------------------------------
static void all_forward(Tape *tape, const Batch *batch)
{
    const Program *p = tape->program;
    for (int pass = 0; pass < p->pass_count; pass++)
        for (int i = 1; i <= p->dims.T; i++)
            tape_forward(tape, batch, pass, p->passes[pass].reverse ? p->dims.T + 1 - i : i);
    tape_finish_forward(tape);
}

static void all_backward(Tape *tape, Params *params, const Batch *batch)
{
    const Program *p = tape->program;
    for (int pass = p->pass_count - 1; pass >= 0; pass--)
        for (int i = 1; i <= p->dims.T; i++)
            tape_backward(tape, batch, pass, p->passes[pass].reverse ? i : p->dims.T + 1 - i);
    tape_finish_backward(tape, params);
}

void tape_run(Tape *tape, Params *params, const Batch *batch)
{
    tape_begin(tape, params);
    all_forward(tape, batch);
    all_backward(tape, params, batch);
}

void tape_run_forward(Tape *tape, const Params *params, const Batch *batch)
{
    begin_forward(tape, params);
    all_forward(tape, batch);
}
