#include "views/explain.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "nn/analysis.h"
#include "views/equation.h"

// ---- operands ---------------------------------------------------------------------------------------------------
Operand operand_own(const char *formula, const double *value, int rows, int columns)
{
    return (Operand){.formula = formula,
                     .value = value,
                     .rows = rows,
                     .columns = columns,
                     .row_stride = columns,
                     .column_stride = 1,
                     .ramp = RAMP_SIGNED,
                     .slot = NONE};
}

Operand operand_number(const char *formula, double value, Arena *arena)
{
    double *kept = arena_new(arena, double, 1);
    *kept = value;
    return operand_own(formula, kept, 1, 1);
}

Operand operand_value(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const ProgramSlot *of = &snapshot->program->slots[slot];
    Operand made =
        operand_own(equation_slot(snapshot->program, slot, t, arena), snapshot_value(snapshot, slot, t), of->length, 1);
    made.ramp = of->slot.role == ROLE_GATE ? RAMP_UNIT : RAMP_SIGNED;
    made.slot = slot;
    made.t = t;
    return made;
}

// What has no letter of its own stands in brackets.
static const char *gradient_formula(const Program *program, int slot, int t, Arena *arena)
{
    const char *of = equation_slot(program, slot, t, arena);
    bool letter = !strchr(of, ' ');
    return arena_print(arena, letter ? "\\backward{\\partial L/\\partial %s}" : "\\backward{\\partial L/\\partial(%s)}",
                       of);
}

Operand operand_grad(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    Operand made =
        operand_own(gradient_formula(p, slot, t, arena), snapshot_grad(snapshot, slot, t), p->slots[slot].length, 1);
    made.backward = true;
    made.slot = slot;
    made.t = t;
    return made;
}

Operand operand_weights(const Snapshot *snapshot, const Row *row, bool of_b, bool transposed, Arena *arena)
{
    const Program *p = snapshot->program;
    OldWeights w = analysis_weights(snapshot->tape, of_b ? row->weight_b : row->weight_a,
                                    of_b ? row->block_b : row->block_a, p->slots[row->y].length);
    const char *name = equation_weight(p, (int)(row - p->rows), of_b, arena);
    Operand made = operand_own(name, w.value, w.rows, w.columns);
    made.row_stride = 1;
    made.column_stride = w.stride;
    if (!transposed)
        return made;
    made.formula = arena_print(arena, "%s^\\top", name);
    made.rows = w.columns;
    made.columns = w.rows;
    made.row_stride = w.stride;
    made.column_stride = 1;
    return made;
}

static Operand bias_operand(const Snapshot *snapshot, const Row *row, bool of_b, Arena *arena)
{
    const Program *p = snapshot->program;
    int bias = of_b ? row->bias_b : row->bias_a, n = p->slots[row->y].length;
    OldWeights w = analysis_weights(snapshot->tape, bias, of_b ? row->block_b : row->block_a, n);
    return operand_own(equation_bias(p, (int)(row - p->rows), of_b, arena), w.value, n, 1);
}

Operand operand_joined(Operand operand, Join join)
{
    operand.join = join;
    return operand;
}

void equation_add(Equation *equation, Operand operand)
{
    equation->too_long = equation->too_long || equation->count == OPERANDS_MOST;
    if (!equation->too_long)
        equation->operand[equation->count++] = operand;
}

// ---- time steps -------------------------------------------------------------------------------------------------
static bool reversed(const Program *p, int slot)
{
    return p->passes[p->rows[p->slots[slot].producer].pass].reverse;
}

int step_before(const Program *program, int slot, int t)
{
    return reversed(program, slot) ? t + 1 : t - 1;
}

int step_after(const Program *program, int slot, int t)
{
    return reversed(program, slot) ? t - 1 : t + 1;
}

// ---- slopes: what a row with one operand multiplies a gradient by -----------------------------------------------
static double slope_at(OpKind kind, double y, double a)
{
    switch (kind) {
    case OP_SIGMOID:
        return y * (1 - y);
    case OP_TANH:
        return 1 - y * y;
    case OP_RELU:
        return a <= 0 ? 0 : 1;
    case OP_ONE_MINUS:
        return -1;
    default:
        return 1;
    }
}

static const char *slope_formula(OpKind kind, const char *y, const char *a, Arena *arena)
{
    bool plain = !strchr(y, ' ');
    switch (kind) {
    case OP_SIGMOID:
        return arena_print(arena, "%s(1 - %s)", y, y);
    case OP_TANH:
        return arena_print(arena, plain ? "(1 - %s^2)" : "(1 - (%s)^2)", y);
    case OP_RELU:
        return arena_print(arena, "[%s > 0]", a);
    case OP_ONE_MINUS:
        return "(-1)";
    default:
        return "1";
    }
}

Operand operand_slope(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    const Row *r = &p->rows[row];
    const double *y = snapshot_value(snapshot, r->y, t), *a = snapshot_value(snapshot, r->a, t);
    int n = p->slots[r->y].length;
    double *slope = y && a ? arena_new(arena, double, n) : NULL;
    for (int i = 0; slope && i < n; i++)
        slope[i] = slope_at(r->kind, y[i], a[i]);
    Operand made = operand_own(
        slope_formula(r->kind, equation_slot(p, r->y, t, arena), equation_slot(p, r->a, t, arena), arena), slope, n, 1);
    made.ramp = r->kind == OP_ONE_MINUS ? RAMP_SIGNED : RAMP_UNIT;
    return made;
}

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
    if (bias != NONE)
        equation_add(equation, bias_operand(m->snapshot, m->row, of_b, m->arena));
}

static void forward_linear(Maker *m)
{
    add_product(m, result_of(m), false);
}

static void forward_affine(Maker *m)
{
    Equation *equation = result_of(m);
    add_product(m, equation, false);
    add_product(m, equation, true);
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

// ---- the loss -----------------------------------------------------------------------------------------------------
// The class asked for as a vector with one 1, or the values asked for.
static Operand target_operand(Maker *m)
{
    const Snapshot *s = m->snapshot;
    int Y = m->program->dims.Y;
    const char *name = arena_print(m->arena, "y_{%d}", m->t);
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
    Operand result = operand_own(arena_print(m->arena, "e_{%d}", m->t), error, Y, 1);
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
    const char *name = equation_weight(m->program, m->index, of_b, m->arena);
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
    maker.t_a = op_types[r->kind].delays ? step_before(p, r->a, t) : t;
    Explain *explain = backward ? explains[r->kind].backward : explains[r->kind].forward;
    if (snapshot->known < program_op(p, place) || !explain)
        return out;
    if (backward)
        maker.sent = analysis_sent(snapshot->tape, snapshot->batch, row, t, snapshot->b, arena);
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

// ---- as a formula -------------------------------------------------------------------------------------------------
static const char *const applied[] = {
    [APPLY_NOTHING] = "%s",
    [APPLY_SIGMOID] = "\\sigma(%s)",
    [APPLY_TANH] = "\\tanh(%s)",
    [APPLY_RELU] = "\\max(0, %s)",
    [APPLY_SOFTMAX] = "\\softmax(%s)",
    [APPLY_LOG_SOFTMAX] = "\\ln\\softmax(%s)",
    [APPLY_MEAN_SQUARE] = "\\text{mean}(%s^2)",
};

static const char *with(Apply apply, const char *text, Arena *arena)
{
    const char *at = strstr(applied[apply], "%s");
    return arena_print(arena, "%.*s%s%s", (int)(at - applied[apply]), applied[apply], text, at + 2);
}

static const char *in_brackets(const char *text, Arena *arena)
{
    bool sum = strstr(text, " + ") || strstr(text, " - ");
    return sum && *text != '(' ? arena_print(arena, "(%s)", text) : text;
}

static const char *operand_formula(const Equation *equation, int i, bool diag, Arena *arena)
{
    const Operand *operand = &equation->operand[i];
    bool before = i + 1 < equation->count && equation->operand[i + 1].join == JOIN_TIMES;
    bool joined = before || (i > 0 && (operand->join == JOIN_TIMES || operand->join == JOIN_PRODUCT));
    const char *text = with(operand->apply, operand->formula, arena);
    if (diag && before && operand->rows > 1)
        return arena_print(arena, *text == '(' ? "\\diag%s" : "\\diag(%s)", text);
    return joined && operand->apply == APPLY_NOTHING && !operand->backward ? in_brackets(text, arena) : text;
}

const char *explain_formula(const Equation *equation, bool diag, Arena *arena)
{
    static const char *const signs[] = {
        [JOIN_PLUS] = " + ", [JOIN_MINUS] = " - ", [JOIN_TIMES] = " \\odot ", [JOIN_PRODUCT] = "\\,"};
    const char *text = "";
    for (int i = 0; i < equation->count; i++) {
        Join join = equation->operand[i].join;
        bool number = i > 0 && equation->operand[i - 1].rows == 1 && equation->operand[i - 1].columns == 1;
        const char *sign = join == JOIN_TIMES && (diag || number) ? "\\," : signs[join];
        sign = i > 0 ? sign : join == JOIN_MINUS ? "-" : "";
        text = arena_print(arena, "%s%s%s", text, sign, operand_formula(equation, i, diag, arena));
    }
    return with(equation->apply, text, arena);
}
