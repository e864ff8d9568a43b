#include "nn/tape.h"

#include <string.h>

#include "nn/kernels.h"
#include "nn/op.h"

Tape tape_make(const Program *program, Arena *arena)
{
    const size_t column = (size_t)program->dims.B * program->step_length;
    const size_t columns = (size_t)program->dims.T + 2;
    return (Tape){
        .program = program,
        .value = arena_new(arena, double, columns *column),
        .grad = arena_new(arena, double, columns *column),
        .transposed = arena_new(arena, double, program->weight_count),
        .column = column,
    };
}

static size_t place_of(const Tape *tape, int t, int slot)
{
    return (size_t)t * tape->column + (size_t)tape->program->dims.B * tape->program->slots[slot].offset;
}

double *tape_value(const Tape *tape, int t, int slot)
{
    return tape->value + place_of(tape, t, slot);
}

double *tape_grad(const Tape *tape, int t, int slot)
{
    return tape->grad + place_of(tape, t, slot);
}

// ---- one row at one time step, as op.c wants it ----------------------------------------
static size_t length(const Tape *tape, int slot)
{
    return slot == NONE ? 0 : (size_t)tape->program->slots[slot].length;
}

static Weights weights_of(const Tape *tape, const Params *params, int weight, int bias, int block)
{
    if (weight == NONE)
        return (Weights){0};
    const Tensor *w = &tape->program->tensors[weight];
    const size_t stride = (size_t)w->rows;
    const size_t first =
        (size_t)block * (size_t)(w->kind == WEIGHT_OUT ? 0 : tape->program->dims.H); // row of the block
    const size_t at = w->offset + first * (size_t)w->columns;
    Weights weights = {
        .w = params->value + at,
        .dw = params->grad + at,
        .transposed = tape->transposed + w->offset + first,
        .stride = stride,
    };
    if (bias != NONE) {
        const size_t bias_at = tape->program->tensors[bias].offset + first;
        weights.bias = params->value + bias_at;
        weights.dbias = params->grad + bias_at;
    }
    return weights;
}

static Target target_at(const Program *p, const Batch *batch, int t)
{
    return (Target){
        .kind = p->net.loss,
        .value = batch_target(batch, t, 0),
        .label = batch_label(batch, t, 0),
        .scored = batch_scored(batch, t, 0),
    };
}

Work tape_work(const Tape *tape, const Params *params, const Batch *batch, int row_index, int t)
{
    const Row *row = &tape->program->rows[row_index];
    const Program *p = tape->program;
    const int before = p->passes[row->pass].reverse ? t + 1 : t - 1;
    const int t_a = op_types[row->kind].delays ? before : t;
    const int a = row->a == NONE ? row->y : row->a; // harmless pointers where there is no operand
    const int b = row->b == NONE ? row->y : row->b;
    return (Work){
        .B = (size_t)p->dims.B,
        .n = length(tape, row->y),
        .n_a = length(tape, row->a),
        .n_b = length(tape, row->b),
        .y = tape_value(tape, t, row->y),
        .a = tape_value(tape, t_a, a),
        .b = tape_value(tape, t, b),
        .dy = tape_grad(tape, t, row->y),
        .da = tape_grad(tape, t_a, a),
        .db = tape_grad(tape, t, b),
        .on_a = weights_of(tape, params, row->weight_a, row->bias_a, row->block_a),
        .on_b = weights_of(tape, params, row->weight_b, row->bias_b, row->block_b),
        .x = batch_x(batch, t, 0),
        .target = target_at(p, batch, t),
    };
}

static void run_forward(Tape *tape, const Params *params, const Batch *batch, int row, int t)
{
    Work work = tape_work(tape, params, batch, row, t);
    work.scored = &tape->scored;
    op_types[tape->program->rows[row].kind].forward(&work);
}

static void run_backward(Tape *tape, const Params *params, const Batch *batch, int row, int t)
{
    Work work = tape_work(tape, params, batch, row, t);
    const OpType *type = &op_types[tape->program->rows[row].kind];
    if (type->backward)
        type->backward(&work);
}

// ---- slices ---------------------------------------------------------------------------
static void begin_forward(Tape *tape, const Params *params)
{
    const Program *p = tape->program;
    tape->loss = 0;
    tape->scored = 0;
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *w = &p->tensors[i];
        transpose(tape->transposed + w->offset, params->value + w->offset, (size_t)w->rows, (size_t)w->columns);
    }
}

// A sequence's own loss is the sum of its L_t: the derivative with respect to each is 1.
static void seed_backward(Tape *tape)
{
    const Program *p = tape->program;
    memset(tape->grad, 0, ((size_t)p->dims.T + 2) * tape->column * sizeof *tape->grad);
    for (int t = 1; t <= p->dims.T; t++)
        for (int b = 0; b < p->dims.B; b++)
            tape_grad(tape, t, p->loss)[b] = 1;
}

void tape_begin(Tape *tape, Params *params)
{
    tape->begun++;
    begin_forward(tape, params);
    seed_backward(tape);
    memset(params->grad, 0, params->count * sizeof *params->grad);
}

void tape_forward(Tape *tape, const Params *params, const Batch *batch, int pass, int t)
{
    const Pass *p = &tape->program->passes[pass];
    for (int row = p->first_row; row < p->first_row + p->row_count; row++)
        run_forward(tape, params, batch, row, t);
}

void tape_backward(Tape *tape, Params *params, const Batch *batch, int pass, int t)
{
    const Pass *p = &tape->program->passes[pass];
    for (int row = p->first_row + p->row_count - 1; row >= p->first_row; row--)
        run_backward(tape, params, batch, row, t);
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
    const double share = 1.0 / tape->program->dims.B;
    for (size_t i = 0; i < params->count; i++)
        params->grad[i] *= share;
}

void tape_run_op(Tape *tape, Params *params, const Batch *batch, long n)
{
    const Place place = program_place(tape->program, n);
    if (place.phase == PHASE_FORWARD)
        run_forward(tape, params, batch, place.row, place.t);
    if (place.phase == PHASE_BACKWARD)
        run_backward(tape, params, batch, place.row, place.t);
}

// ---- in one go --------------------------------------------------------------------------
static void all_forward(Tape *tape, const Params *params, const Batch *batch)
{
    const Program *p = tape->program;
    for (int pass = 0; pass < p->pass_count; pass++)
        for (int i = 1; i <= p->dims.T; i++)
            tape_forward(tape, params, batch, pass, p->passes[pass].reverse ? p->dims.T + 1 - i : i);
    tape_finish_forward(tape);
}

static void all_backward(Tape *tape, Params *params, const Batch *batch)
{
    const Program *p = tape->program;
    for (int pass = p->pass_count - 1; pass >= 0; pass--)
        for (int i = 1; i <= p->dims.T; i++)
            tape_backward(tape, params, batch, pass, p->passes[pass].reverse ? i : p->dims.T + 1 - i);
    tape_finish_backward(tape, params);
}

void tape_run(Tape *tape, Params *params, const Batch *batch)
{
    tape_begin(tape, params);
    all_forward(tape, params, batch);
    all_backward(tape, params, batch);
}

void tape_run_forward(Tape *tape, const Params *params, const Batch *batch)
{
    begin_forward(tape, params);
    all_forward(tape, params, batch);
}
