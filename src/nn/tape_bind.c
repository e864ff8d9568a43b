#include "nn/tape_rows.h"

// Each row as the kernels want it, with the weights of this update.

static size_t length(const Program *p, int slot)
{
    return slot == NONE ? 0 : (size_t)p->slots[slot].length;
}

// ---- room for them ------------------------------------------------------------------------------------
static size_t start_length(const Program *p)
{
    size_t sum = 0;
    for (int i = 0; i < p->row_count; i++)
        if (op_types[p->rows[i].kind].weighted > 0)
            sum += length(p, p->rows[i].y);
    return sum;
}

static size_t most_room(const Program *p)
{
    size_t most = 0;
    for (int i = 0; i < p->row_count; i++) {
        const Row *row = &p->rows[i];
        const size_t room =
            op_types[row->kind].weighted > 0 ? gather_room(length(p, row->y), length(p, row->a), length(p, row->b)) : 0;
        most = room > most ? room : most;
    }
    return most;
}

void tape_make_rows(Tape *tape, Arena *arena)
{
    const Program *p = tape->program;
    tape_make_weights(tape, arena);
    tape->work = arena_new(arena, Work, p->row_count);
    tape->at = arena_new(arena, Work, p->row_count);
    tape->weights = arena_new(arena, Weights, 2 * p->row_count);
    tape->start = arena_new(arena, Real, start_length(p) + PRODUCT_SPARE);
    tape->room = arena_new(arena, Real, most_room(p));
}

// ---- the rows at t = 1 ------------------------------------------------------------------------
static int first_row(const Tape *tape, int tensor, int block)
{
    return block * (tape->program->tensors[tensor].kind == WEIGHT_OUT ? 0 : tape->program->dims.H);
}

static Weights weights_of(const Tape *tape, const Params *params, int weight, int bias, int block)
{
    if (weight == NONE)
        return (Weights){0};
    const Tensor *w = &tape->program->tensors[weight];
    const int first = first_row(tape, weight, block);
    const size_t at = w->offset + (size_t)first * (size_t)w->columns;
    Weights weights = {
        .w = params->value + at,
        .straight = {params->value + at, w->columns, (ptrdiff_t)tape->kernels->panel},
        .transposed = tape_columns_from(tape, tape_transposed(tape, weight), first),
        .dw = params->grad + at,
    };
    if (bias != NONE)
        weights.dbias = params->grad + tape->program->tensors[bias].offset + first;
    return weights;
}

void tape_weights(const Tape *tape, const Params *params, int row, Weights on[2])
{
    const Row *r = &tape->program->rows[row];
    on[0] = weights_of(tape, params, r->weight_a, r->bias_a, r->block_a);
    on[1] = weights_of(tape, params, r->weight_b, r->bias_b, r->block_b);
}

// Those of the tape's own update may have been copied.
static void bind_straight(const Tape *tape, const Params *params, int weight, int block, Weights *on)
{
    if (weight == NONE)
        return;
    const Panels all = tape_straight(tape, weight, params->value + tape->program->tensors[weight].offset);
    on->straight = tape_rows_from(all, first_row(tape, weight, block));
}

// start (n) = all biases of the row
static void add_biases(const Tape *tape, const Params *params, const Row *row, Real *start)
{
    const Program *p = tape->program;
    const size_t n = length(p, row->y);
    const Real *bias_a = row->bias_a == NONE ? NULL : params_value(params, p, row->bias_a) + (size_t)row->block_a * n;
    const Real *bias_b = row->bias_b == NONE ? NULL : params_value(params, p, row->bias_b) + (size_t)row->block_b * n;
    for (size_t j = 0; bias_a && j < n; j++)
        start[j] = bias_b ? bias_a[j] + bias_b[j] : bias_a[j];
}

static void add_all_biases(const Tape *tape, const Params *params)
{
    Real *start = tape->start;
    for (int i = 0; i < tape->program->row_count; i++) {
        const Row *row = &tape->program->rows[i];
        if (op_types[row->kind].weighted == 0)
            continue;
        add_biases(tape, params, row, start);
        start += length(tape->program, row->y);
    }
}

static Work work_of(const Tape *tape, const Row *row, const Weights *weights)
{
    const Program *p = tape->program;
    const bool reverse = p->passes[row->pass].reverse;
    const int before = reverse ? 2 : 0, edge = reverse ? p->dims.T + 1 : 0;
    const int t_a = op_types[row->kind].delays ? before : 1;
    const int a = row->a == NONE ? row->y : row->a; // harmless pointers where there is no operand
    const int b = row->b == NONE ? row->y : row->b;
    return (Work){
        .B = (size_t)p->dims.B,
        .rows = 1,
        .n = length(p, row->y),
        .n_a = length(p, row->a),
        .n_b = length(p, row->b),
        .y = tape_value(tape, 1, row->y),
        .a = tape_value(tape, t_a, a),
        .b = tape_value(tape, 1, b),
        .dy = tape_grad(tape, 1, row->y),
        .da = tape_grad(tape, t_a, a),
        .db = tape_grad(tape, 1, b),
        .edge = tape_value(tape, edge, a),
        .edge_grad = tape_grad(tape, edge, a),
        .a_given = row->a == p->input && tape->layout->lean,
        .on_a = weights,
        .on_b = weights + 1,
    };
}

static void bind_rows(Tape *tape, const Params *params)
{
    Real *start = tape->start;
    for (int i = 0; i < tape->program->row_count; i++) {
        Weights *weights = tape->weights + (size_t)i * 2;
        const Row *row = &tape->program->rows[i];
        tape_weights(tape, params, i, weights);
        bind_straight(tape, params, row->weight_a, row->block_a, weights);
        bind_straight(tape, params, row->weight_b, row->block_b, weights + 1);
        tape->work[i] = work_of(tape, row, weights);
        tape->work[i].start = start;
        if (op_types[row->kind].weighted > 0)
            start += tape->work[i].n;
    }
    tape_bind_groups(tape, true);
}

// The passes' directions as bits, for they may be turned.
static unsigned directions(const Program *p)
{
    unsigned bits = 0;
    for (int pass = 0; pass < p->pass_count; pass++)
        bits |= (unsigned)p->passes[pass].reverse << pass;
    return bits;
}

static bool is_bound(const Tape *tape, const BoundTo *to)
{
    const BoundTo *is = &tape->bound_to;
    return is->value == to->value && is->grad == to->grad && is->layout == to->layout && is->kernels == to->kernels &&
           is->directions == to->directions;
}

void tape_bind_rows(Tape *tape, const Params *params)
{
    const BoundTo to = {params->value, params->grad, tape->layout, tape->kernels, directions(tape->program)};
    if (!is_bound(tape, &to))
        bind_rows(tape, params);
    tape->bound_to = to;
    tape_copy_weights(tape, params);
    add_all_biases(tape, params);
}
