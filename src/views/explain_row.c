#include "views/explain.h"

#include "nn/explained.h"
#include "views/equation.h"

// ---- one row ----------------------------------------------------------------------------------------------------
typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    const Row *row;
    int index, t, t_a; // t_a: the time step of the first operand
    Sent sent;         // backward
    Arena *arena;
    Explanation *out;
} Maker;

static Equation *new_equation(Maker *m, Operand result)
{
    Equation *made = &m->out->equation[m->out->count++];
    *made = (Equation){.result = result};
    return made;
}

static Operand bias_operand(const Snapshot *snapshot, const Row *row, bool of_b, Arena *arena)
{
    const Program *p = snapshot->program;
    int bias = of_b ? row->bias_b : row->bias_a, n = p->slots[row->y].length;
    OldWeights w = explained_weights(snapshot->tape, bias, of_b ? row->block_b : row->block_a, n);
    return operand_own(equation_bias(snapshot, (int)(row - p->rows), of_b, arena), w.value, n, 1);
}

static Operand value_of(Maker *m, int slot, int t)
{
    return operand_value(m->snapshot, slot, t, m->arena);
}

static Equation *result_of(Maker *m)
{
    return new_equation(m, value_of(m, m->row->y, m->t));
}

static void forward_delay(Maker *m)
{
    equation_add(result_of(m), value_of(m, m->row->a, m->t_a));
}

static void add_product(Maker *m, Equation *equation, bool of_b)
{
    int slot = of_b ? m->row->b : m->row->a, bias = of_b ? m->row->bias_b : m->row->bias_a;
    equation_add(equation, operand_weights(m->snapshot, m->row, of_b, false, m->arena));
    equation_add(equation, operand_joined(value_of(m, slot, m->t), JOIN_PRODUCT));
    if (bias != NONE && !equation_one_bias(m->snapshot, m->index))
        equation_add(equation, bias_operand(m->snapshot, m->row, of_b, m->arena));
}

static void forward_linear(Maker *m)
{
    add_product(m, result_of(m), false);
}

static void forward_affine(Maker *m)
{
    Equation *equation = result_of(m);
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
    Equation *equation = result_of(m);
    equation->apply = m->row->kind == OP_SIGMOID ? APPLY_SIGMOID
                      : m->row->kind == OP_TANH  ? APPLY_TANH
                      : m->row->kind == OP_RELU  ? APPLY_RELU
                                                 : APPLY_NOTHING;
    equation_add(equation, value_of(m, m->row->a, m->t));
}

static void forward_two(Maker *m)
{
    Equation *equation = result_of(m);
    equation_add(equation, value_of(m, m->row->a, m->t));
    equation_add(equation,
                 operand_joined(value_of(m, m->row->b, m->t), m->row->kind == OP_MUL ? JOIN_TIMES : JOIN_PLUS));
}

static void forward_one_minus(Maker *m)
{
    Equation *equation = result_of(m);
    equation_add(equation, operand_number("1", 1, m->arena));
    equation_add(equation, operand_joined(value_of(m, m->row->a, m->t), JOIN_MINUS));
}

// The part of a joined vector that an operand fills.
static Operand part(Operand whole, int from, int rows, Arena *arena)
{
    whole.formula = arena_print(arena, "(%s)_{%d\\ldots %d}", whole.formula, from + 1, from + rows);
    whole.value = whole.value ? whole.value + from : NULL;
    whole.rows = rows;
    return whole;
}

static void forward_concat(Maker *m)
{
    int n_a = m->program->slots[m->row->a].length, n_b = m->program->slots[m->row->b].length;
    Operand whole = value_of(m, m->row->y, m->t);
    equation_add(new_equation(m, part(whole, 0, n_a, m->arena)), value_of(m, m->row->a, m->t));
    equation_add(new_equation(m, part(whole, n_a, n_b, m->arena)), value_of(m, m->row->b, m->t));
}

// A vector of weights, element by element.
static void forward_scale(Maker *m)
{
    Equation *equation = result_of(m);
    equation_add(equation, operand_weights(m->snapshot, m->row, false, false, m->arena));
    equation_add(equation, operand_joined(value_of(m, m->row->a, m->t), JOIN_TIMES));
}

static void forward_held(Maker *m)
{
    const bool open = m->row->kind == OP_ONE;
    equation_add(result_of(m), operand_number(open ? "1" : "0", open ? 1 : 0, m->arena));
    m->out->note = "this gate is held";
}

// ---- the loss -----------------------------------------------------------------------------------------------------
// The class asked for as a vector with one 1, or the values asked for.
static Operand target_operand(Maker *m)
{
    const Snapshot *s = m->snapshot;
    int Y = m->program->dims.Y;
    const char *name = arena_print(m->arena, "y_{%d}", snapshot_t(s, m->t));
    if (m->program->net.loss == LOSS_MSE)
        return operand_own(name, batch_target(s->batch, m->t, s->b), Y, 1);
    double *one = arena_new(m->arena, double, Y);
    one[*batch_label(s->batch, m->t, s->b)] = 1;
    return operand_own(name, one, Y, 1);
}

static Operand turned(Operand vector, Arena *arena)
{
    vector.formula = arena_print(arena, "%s^\\top", vector.formula);
    vector.columns = vector.rows;
    vector.column_stride = vector.row_stride;
    vector.rows = 1;
    return vector;
}

static Operand error_equation(Maker *m)
{
    int Y = m->program->dims.Y;
    Operand answer = value_of(m, m->row->a, m->t), target = target_operand(m);
    double *error = arena_new(m->arena, double, Y);
    for (int i = 0; i < Y; i++)
        error[i] = answer.value[i] - target.value[i];
    Operand result = operand_own(arena_print(m->arena, "e_{%d}", snapshot_t(m->snapshot, m->t)), error, Y, 1);
    Equation *equation = new_equation(m, result);
    equation_add(equation, answer);
    equation_add(equation, operand_joined(target, JOIN_MINUS));
    return result;
}

static void forward_loss(Maker *m)
{
    if (!snapshot_scored(m->snapshot, m->t)) {
        equation_add(result_of(m), operand_number("0", 0, m->arena));
        m->out->note = "this time step is not scored";
        return;
    }
    if (m->program->net.loss == LOSS_MSE) {
        Operand error = error_equation(m);
        error.apply = APPLY_MEAN_SQUARE;
        equation_add(result_of(m), error);
        return;
    }
    Equation *equation = result_of(m);
    Operand answer = operand_joined(value_of(m, m->row->a, m->t), JOIN_PRODUCT);
    answer.apply = APPLY_LOG_SOFTMAX;
    equation_add(equation, operand_joined(turned(target_operand(m), m->arena), JOIN_MINUS));
    equation_add(equation, answer);
}

// ---- backward: what arrives, the slope, what leaves --------------------------------------------------------------
static Operand arriving(Maker *m)
{
    return operand_grad(m->snapshot, m->row->y, m->t, m->arena);
}

// Others may give to the same gradient: then this is a part of it.
static bool is_part(const Maker *m, int slot)
{
    int readers = 0;
    for (int i = 0; i < m->program->row_count; i++)
        readers += (m->program->rows[i].a == slot) + (m->program->rows[i].b == slot);
    return readers > 1;
}

static Equation *leaving(Maker *m, int slot, int t, const double *value)
{
    Operand result = operand_grad(m->snapshot, slot, t, m->arena);
    result.value = value;
    Equation *equation = new_equation(m, result);
    equation->in_part = is_part(m, slot);
    return equation;
}

static void backward_delay(Maker *m)
{
    equation_add(leaving(m, m->row->a, m->t_a, m->sent.da), arriving(m));
}

static void backward_product(Maker *m, bool of_b)
{
    const Row *r = m->row;
    Equation *equation = leaving(m, of_b ? r->b : r->a, m->t, of_b ? m->sent.db : m->sent.da);
    equation_add(equation, operand_weights(m->snapshot, r, of_b, true, m->arena));
    equation_add(equation, operand_joined(arriving(m), JOIN_PRODUCT));
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
    Equation *equation = new_equation(m, result);
    equation->in_part = true;
    equation->what = "one term of the sum over all t";
    equation_add(equation, arriving(m));
    equation_add(equation, operand_joined(turned(value_of(m, slot, m->t), m->arena), JOIN_PRODUCT));
}

static void backward_linear(Maker *m)
{
    backward_product(m, false);
    weight_gradient(m, false);
}

// What goes back in time first, for it is what the eye follows.
static void backward_affine(Maker *m)
{
    backward_product(m, true);
    weight_gradient(m, true);
    weight_gradient(m, false);
    backward_product(m, false);
}

static void backward_squash(Maker *m)
{
    Equation *equation = leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(equation, operand_slope(m->snapshot, m->index, m->t, m->arena));
    equation_add(equation, operand_joined(arriving(m), JOIN_TIMES));
}

static void backward_identity(Maker *m)
{
    equation_add(leaving(m, m->row->a, m->t, m->sent.da), arriving(m));
}

static void backward_add(Maker *m)
{
    equation_add(leaving(m, m->row->a, m->t, m->sent.da), arriving(m));
    equation_add(leaving(m, m->row->b, m->t, m->sent.db), arriving(m));
}

static void backward_mul(Maker *m)
{
    Equation *to_a = leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(to_a, value_of(m, m->row->b, m->t));
    equation_add(to_a, operand_joined(arriving(m), JOIN_TIMES));
    Equation *to_b = leaving(m, m->row->b, m->t, m->sent.db);
    equation_add(to_b, value_of(m, m->row->a, m->t));
    equation_add(to_b, operand_joined(arriving(m), JOIN_TIMES));
}

static void backward_one_minus(Maker *m)
{
    equation_add(leaving(m, m->row->a, m->t, m->sent.da), operand_joined(arriving(m), JOIN_MINUS));
}

static void backward_scale(Maker *m)
{
    const Row *r = m->row;
    Operand weights = operand_weights(m->snapshot, r, false, false, m->arena);
    Equation *equation = leaving(m, r->a, m->t, m->sent.da);
    equation_add(equation, weights);
    equation_add(equation, operand_joined(arriving(m), JOIN_TIMES));
    Operand result = operand_own(arena_print(m->arena, "\\backward{\\partial L/\\partial %s}", weights.formula),
                                 m->sent.dw_a, weights.rows, 1);
    result.backward = true;
    equation = new_equation(m, result);
    equation->in_part = true;
    equation->what = "one term of the sum over all t";
    equation_add(equation, value_of(m, r->a, m->t));
    equation_add(equation, operand_joined(arriving(m), JOIN_TIMES));
}

static void backward_held(Maker *m)
{
    m->out->note = "this gate is held: nothing flows on";
}

static void backward_concat(Maker *m)
{
    int n_a = m->program->slots[m->row->a].length, n_b = m->program->slots[m->row->b].length;
    equation_add(leaving(m, m->row->a, m->t, m->sent.da), part(arriving(m), 0, n_a, m->arena));
    equation_add(leaving(m, m->row->b, m->t, m->sent.db), part(arriving(m), n_a, n_b, m->arena));
}

static void backward_loss(Maker *m)
{
    if (!snapshot_scored(m->snapshot, m->t)) {
        m->out->note = "this time step is not scored: nothing leaves";
        return;
    }
    int Y = m->program->dims.Y;
    if (m->program->net.loss == LOSS_MSE) {
        Operand error = error_equation(m);
        Equation *equation = leaving(m, m->row->a, m->t, m->sent.da);
        equation_add(equation, operand_number(arena_print(m->arena, "(2/%d)", Y), 2.0 / Y, m->arena));
        equation_add(equation, operand_joined(error, JOIN_TIMES));
        return;
    }
    Operand answer = value_of(m, m->row->a, m->t);
    answer.apply = APPLY_SOFTMAX;
    Equation *equation = leaving(m, m->row->a, m->t, m->sent.da);
    equation_add(equation, answer);
    equation_add(equation, operand_joined(target_operand(m), JOIN_MINUS));
}

static void forward_input(Maker *m)
{
    const Snapshot *s = m->snapshot;
    equation_add(result_of(m), operand_own("\\text{input}", batch_x(s->batch, m->t, s->b), m->program->dims.X, 1));
}

static void backward_input(Maker *m)
{
    m->out->note = "the input is given: nothing flows on";
}

typedef void Explain(Maker *m);

// clang-format off
static const struct {
    Explain *forward, *backward;
} explains[OP_KINDS] = {
    [OP_INPUT]     = { forward_input,     backward_input },
    [OP_DELAY]     = { forward_delay,     backward_delay },
    [OP_AFFINE]    = { forward_affine,    backward_affine },
    [OP_LINEAR]    = { forward_linear,    backward_linear },
    [OP_SIGMOID]   = { forward_squash,    backward_squash },
    [OP_TANH]      = { forward_squash,    backward_squash },
    [OP_RELU]      = { forward_squash,    backward_squash },
    [OP_IDENTITY]  = { forward_squash,    backward_identity },
    [OP_ADD]       = { forward_two,       backward_add },
    [OP_MUL]       = { forward_two,       backward_mul },
    [OP_ONE_MINUS] = { forward_one_minus, backward_one_minus },
    [OP_CONCAT]    = { forward_concat,    backward_concat },
    [OP_SCALE]     = { forward_scale,     backward_scale },
    [OP_ZERO]      = { forward_held,      backward_held },
    [OP_ONE]       = { forward_held,      backward_held },
    [OP_LOSS]      = { forward_loss,      backward_loss },
};
// clang-format on

Explanation explain_row(const Snapshot *snapshot, int row, int t, bool backward, Arena *arena)
{
    const Program *p = snapshot->program;
    const Row *r = &p->rows[row];
    Explanation out = {.title = p->slots[r->y].slot.what, .ink = backward ? INK_BACKWARD : INK_FORWARD};
    Maker maker = {.snapshot = snapshot, .program = p, .row = r, .index = row, .t = t, .arena = arena, .out = &out};
    Place place = {backward ? PHASE_BACKWARD : PHASE_FORWARD, r->pass, t, row};
    maker.t_a = op_types[r->kind].delays ? step_delayed(snapshot, r->a, t) : t;
    Explain *explain = backward ? explains[r->kind].backward : explains[r->kind].forward;
    if (snapshot->known < program_op(p, place) || !explain)
        return out;
    if (backward)
        maker.sent = explained_sent(snapshot->tape, snapshot->batch, row, t, snapshot->b, arena);
    explain(&maker);
    return out;
}

// While it plays there is no operation: then the state's row of the time step looked at.
Explanation explain_op(const Snapshot *snapshot, Arena *arena)
{
    const Program *p = snapshot->program;
    const Place place = snapshot->place;
    const int last = snapshot_last_scored(snapshot);
    if (place.row != NONE)
        return explain_row(snapshot, place.row, place.t, place.phase == PHASE_BACKWARD, arena);
    if (snapshot->probe || place.phase == PHASE_START)
        return explain_row(snapshot, p->slots[p->state].producer, snapshot->t ? snapshot->t : last, false, arena);
    return place.phase == PHASE_CLIP ? explain_clip(snapshot, explain_tensor(p), arena)
                                     : explain_change(snapshot, explain_tensor(p), arena);
}
