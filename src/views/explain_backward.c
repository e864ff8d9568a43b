#include "views/equation.h"
#include "views/explain_maker.h"
#include "views/scope.h"

// Each kind of row on the way back: what arrives, the slope, what leaves.
static Operand maker_arriving(Maker *m)
{
    return operand_grad(m->snapshot, m->row->y, m->t, m->arena);
}

// Others may give to the same gradient: then this is a part of it. So is what goes back into a state of the time step
// before: what reads it there gives to it too.
static bool is_part(const Maker *m, int slot)
{
    int readers = m->program->slots[slot].slot.role == ROLE_BEFORE ? 2 : 0;
    for (int i = 0; i < m->program->row_count; i++)
        readers += (m->program->rows[i].a == slot) + (m->program->rows[i].b == slot);
    return readers > 1;
}

static Equation *maker_leaving(Maker *m, int slot, int t, const Real *value)
{
    Operand result = operand_grad(m->snapshot, slot, t, m->arena);
    result.value = value;
    Equation *equation = maker_equation(m, result);
    equation->in_part = is_part(m, slot);
    return equation;
}

static void backward_delay(Maker *m)
{
    equation_add(maker_leaving(m, m->row->a, m->t_a, m->sent.da), maker_arriving(m));
}

static void backward_product(Maker *m, bool of_b)
{
    const Row *r = m->row;
    Equation *equation = maker_leaving(m, of_b ? r->b : r->a, m->t, of_b ? m->sent.db : m->sent.da);
    equation_add(equation, operand_weights(m->snapshot, r, of_b, true, m->arena));
    equation_add(equation, operand_joined(maker_arriving(m), JOIN_PRODUCT));
}

// A weight serves at every time step: this is one term of the sum over t.
static void weight_gradient(Maker *m, bool of_b)
{
    const Row *r = m->row;
    int slot = of_b ? r->b : r->a;
    const char *name = equation_weight(m->snapshot, m->index, of_b, m->arena);
    Operand result =
        operand_own(arena_print(m->arena, "\\backward{\\partial L/\\partial %s}", name),
                    of_b ? m->sent.dw_b : m->sent.dw_a, m->program->slots[r->y].length, m->program->slots[slot].length);
    result.backward = true;
    Equation *equation = maker_equation(m, result);
    equation->in_part = true;
    equation->what = "one term of the sum";
    equation_add(equation, maker_arriving(m));
    equation_add(equation, operand_joined(operand_turned(maker_value(m, slot, m->t), m->arena), JOIN_PRODUCT));
}

// A bias is added as it is: its gradient needs no picture of its own.
static void bias_gradient(Maker *m)
{
    if (m->row->bias_a != NONE || m->row->bias_b != NONE)
        m->out->note = arena_print(m->arena, "∂L/∂b ← %s, one term of the sum over all t",
                                   scope_plain(maker_arriving(m).formula, m->arena));
}

static void backward_linear(Maker *m)
{
    backward_product(m, false);
    weight_gradient(m, false);
    bias_gradient(m);
}

// What goes back in time first, for it is what the eye follows.
static void backward_affine(Maker *m)
{
    backward_product(m, true);
    weight_gradient(m, true);
    weight_gradient(m, false);
    backward_product(m, false);
    bias_gradient(m);
}

static void backward_squash(Maker *m)
{
    Equation *equation = maker_leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(equation, operand_slope(m->snapshot, m->index, m->t, m->arena));
    equation_add(equation, operand_joined(maker_arriving(m), JOIN_TIMES));
}

static void backward_identity(Maker *m)
{
    equation_add(maker_leaving(m, m->row->a, m->t, m->sent.da), maker_arriving(m));
}

static void backward_add(Maker *m)
{
    equation_add(maker_leaving(m, m->row->a, m->t, m->sent.da), maker_arriving(m));
    equation_add(maker_leaving(m, m->row->b, m->t, m->sent.db), maker_arriving(m));
}

static void backward_mul(Maker *m)
{
    Equation *to_a = maker_leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(to_a, maker_value(m, m->row->b, m->t));
    equation_add(to_a, operand_joined(maker_arriving(m), JOIN_TIMES));
    Equation *to_b = maker_leaving(m, m->row->b, m->t, m->sent.db);
    equation_add(to_b, maker_value(m, m->row->a, m->t));
    equation_add(to_b, operand_joined(maker_arriving(m), JOIN_TIMES));
}

static void backward_one_minus(Maker *m)
{
    equation_add(maker_leaving(m, m->row->a, m->t, m->sent.da), operand_joined(maker_arriving(m), JOIN_MINUS));
}

static void backward_scale(Maker *m)
{
    const Row *r = m->row;
    Operand weights = operand_weights(m->snapshot, r, false, false, m->arena);
    Equation *equation = maker_leaving(m, r->a, m->t, m->sent.da);
    equation_add(equation, weights);
    equation_add(equation, operand_joined(maker_arriving(m), JOIN_TIMES));
    Operand result = operand_own(arena_print(m->arena, "\\backward{\\partial L/\\partial %s}", weights.formula),
                                 m->sent.dw_a, weights.rows, 1);
    result.backward = true;
    equation = maker_equation(m, result);
    equation->in_part = true;
    equation->what = "one term of the sum";
    equation_add(equation, maker_value(m, r->a, m->t));
    equation_add(equation, operand_joined(maker_arriving(m), JOIN_TIMES));
}

static void backward_held(Maker *m)
{
    m->out->note = "this gate is held: nothing flows on";
}

static const char *direction_gradient(Maker *m, bool of_b)
{
    return arena_print(m->arena, "\\backward{\\partial L/\\partial %s}",
                       equation_operand(m->snapshot, m->index, of_b, m->t, m->arena));
}

static void backward_concat(Maker *m)
{
    int n_a = m->program->slots[m->row->a].length, n_b = m->program->slots[m->row->b].length;
    Equation *a = maker_leaving(m, m->row->a, m->t, m->sent.da), *b = maker_leaving(m, m->row->b, m->t, m->sent.db);
    equation_add(a, operand_part(maker_arriving(m), 0, n_a, m->arena));
    equation_add(b, operand_part(maker_arriving(m), n_a, n_b, m->arena));
    a->result.formula = direction_gradient(m, false);
    b->result.formula = direction_gradient(m, true);
}

static void backward_loss(Maker *m)
{
    if (!snapshot_scored(m->snapshot, m->t)) {
        m->out->note = "this time step is not scored: nothing leaves";
        return;
    }
    int Y = m->program->dims.Y;
    if (m->program->net.loss == LOSS_MSE) {
        Operand error = maker_error(m);
        Equation *equation = maker_leaving(m, m->row->a, m->t, m->sent.da);
        equation_add(equation, operand_number(arena_print(m->arena, "(2/%d)", Y), 2.0 / Y, m->arena));
        equation_add(equation, operand_joined(error, JOIN_TIMES));
        return;
    }
    Operand answer = maker_value(m, m->row->a, m->t);
    answer.apply = APPLY_SOFTMAX;
    Equation *equation = maker_leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(equation, answer);
    equation_add(equation, operand_joined(maker_target(m), JOIN_MINUS));
}

static void backward_input(Maker *m)
{
    m->out->note = "the input is given: nothing flows on";
}

// clang-format off
Explain *const explains_backward[OP_KINDS] = {
    [OP_INPUT]     = backward_input,
    [OP_DELAY]     = backward_delay,
    [OP_AFFINE]    = backward_affine,
    [OP_LINEAR]    = backward_linear,
    [OP_SIGMOID]   = backward_squash,
    [OP_TANH]      = backward_squash,
    [OP_RELU]      = backward_squash,
    [OP_IDENTITY]  = backward_identity,
    [OP_ADD]       = backward_add,
    [OP_MUL]       = backward_mul,
    [OP_ONE_MINUS] = backward_one_minus,
    [OP_CONCAT]    = backward_concat,
    [OP_SCALE]     = backward_scale,
    [OP_ZERO]      = backward_held,
    [OP_ONE]       = backward_held,
    [OP_LOSS]      = backward_loss,
};
// clang-format on
