#include "views/equation.h"
#include "views/explain_maker.h"

// Each kind of row on the way forward: the result from its operands.
static Operand bias_operand(const Snapshot *snapshot, const Row *row, bool of_b, Arena *arena)
{
    const Program *p = snapshot->program;
    int bias = of_b ? row->bias_b : row->bias_a, n = p->slots[row->y].length;
    const Real *value = explained_weights(snapshot->tape, bias, of_b ? row->block_b : row->block_a, n, arena);
    return operand_own(equation_bias(snapshot, (int)(row - p->rows), of_b, arena), value, n, 1);
}

static Equation *maker_result(Maker *m)
{
    return maker_equation(m, maker_value(m, m->row->y, m->t));
}

static void forward_delay(Maker *m)
{
    equation_add(maker_result(m), maker_value(m, m->row->a, m->t_a));
}

static void add_product(Maker *m, Equation *equation, bool of_b)
{
    int slot = of_b ? m->row->b : m->row->a, bias = of_b ? m->row->bias_b : m->row->bias_a;
    equation_add(equation, operand_weights(m->snapshot, m->row, of_b, false, m->arena));
    equation_add(equation, operand_joined(maker_value(m, slot, m->t), JOIN_PRODUCT));
    if (bias != NONE && !equation_one_bias(m->snapshot, m->index))
        equation_add(equation, bias_operand(m->snapshot, m->row, of_b, m->arena));
}

static void forward_linear(Maker *m)
{
    add_product(m, maker_result(m), false);
}

static void forward_affine(Maker *m)
{
    Equation *equation = maker_result(m);
    if (equation_joins(m->snapshot, m->index)) {
        equation_add(equation, operand_joined_weights(m->snapshot, m->index, m->arena));
        equation_add(equation,
                     operand_joined(operand_joined_vector(m->snapshot, m->index, m->t, m->arena), JOIN_PRODUCT));
    } else {
        add_product(m, equation, false);
        add_product(m, equation, true);
    }
    if (equation_one_bias(m->snapshot, m->index))
        equation_add(equation, operand_both_biases(m->snapshot, m->index, m->arena));
}

static void forward_squash(Maker *m)
{
    Equation *equation = maker_result(m);
    equation->apply = m->row->kind == OP_SIGMOID ? APPLY_SIGMOID
                      : m->row->kind == OP_TANH  ? APPLY_TANH
                      : m->row->kind == OP_RELU  ? APPLY_RELU
                                                 : APPLY_NOTHING;
    equation_add(equation, maker_value(m, m->row->a, m->t));
}

static void forward_two(Maker *m)
{
    Equation *equation = maker_result(m);
    equation_add(equation, maker_value(m, m->row->a, m->t));
    equation_add(equation,
                 operand_joined(maker_value(m, m->row->b, m->t), m->row->kind == OP_MUL ? JOIN_TIMES : JOIN_PLUS));
}

static void forward_one_minus(Maker *m)
{
    Equation *equation = maker_result(m);
    equation_add(equation, operand_number("1", 1, m->arena));
    equation_add(equation, operand_joined(maker_value(m, m->row->a, m->t), JOIN_MINUS));
}

static void forward_concat(Maker *m)
{
    int n_a = m->program->slots[m->row->a].length, n_b = m->program->slots[m->row->b].length;
    Operand whole = maker_value(m, m->row->y, m->t), a = maker_value(m, m->row->a, m->t),
            b = maker_value(m, m->row->b, m->t);
    a.formula = equation_operand(m->snapshot, m->index, false, m->t, m->arena);
    b.formula = equation_operand(m->snapshot, m->index, true, m->t, m->arena);
    equation_add(maker_equation(m, operand_part(whole, 0, n_a, m->arena)), a);
    equation_add(maker_equation(m, operand_part(whole, n_a, n_b, m->arena)), b);
}

// A vector of weights, element by element.
static void forward_scale(Maker *m)
{
    Equation *equation = maker_result(m);
    equation_add(equation, operand_weights(m->snapshot, m->row, false, false, m->arena));
    equation_add(equation, operand_joined(maker_value(m, m->row->a, m->t), JOIN_TIMES));
}

static void forward_held(Maker *m)
{
    const bool open = m->row->kind == OP_ONE;
    equation_add(maker_result(m), operand_number(open ? "1" : "0", open ? 1 : 0, m->arena));
    m->out->note = "this gate is held";
}

// ---- the ends: loss and input ---------------------------------------------------------------------------------------
static void forward_loss(Maker *m)
{
    if (!snapshot_scored(m->snapshot, m->t)) {
        equation_add(maker_result(m), operand_number("0", 0, m->arena));
        m->out->note = "this time step is not scored";
        return;
    }
    if (m->program->net.loss == LOSS_MSE) {
        Operand error = maker_error(m);
        error.apply = APPLY_MEAN_SQUARE;
        equation_add(maker_result(m), error);
        return;
    }
    Equation *equation = maker_result(m);
    Operand answer = operand_joined(maker_value(m, m->row->a, m->t), JOIN_PRODUCT);
    answer.apply = APPLY_LOG_SOFTMAX;
    equation_add(equation, operand_joined(operand_turned(maker_target(m), m->arena), JOIN_MINUS));
    equation_add(equation, answer);
}

static void forward_input(Maker *m)
{
    const Snapshot *s = m->snapshot;
    equation_add(maker_result(m), operand_own("\\text{input}", batch_x(s->batch, m->t, s->b), m->program->dims.X, 1));
}

// clang-format off
Explain *const explains_forward[OP_KINDS] = {
    [OP_INPUT]     = forward_input,
    [OP_DELAY]     = forward_delay,
    [OP_AFFINE]    = forward_affine,
    [OP_LINEAR]    = forward_linear,
    [OP_SIGMOID]   = forward_squash,
    [OP_TANH]      = forward_squash,
    [OP_RELU]      = forward_squash,
    [OP_IDENTITY]  = forward_squash,
    [OP_ADD]       = forward_two,
    [OP_MUL]       = forward_two,
    [OP_ONE_MINUS] = forward_one_minus,
    [OP_CONCAT]    = forward_concat,
    [OP_SCALE]     = forward_scale,
    [OP_ZERO]      = forward_held,
    [OP_ONE]       = forward_held,
    [OP_LOSS]      = forward_loss,
};
// clang-format on
