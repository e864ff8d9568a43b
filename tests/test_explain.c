// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <string.h>

#include "nn/explained.h"
#include "nn/jacobian.h"
#include "picture.h"
#include "ui/formula.h"
#include "views/explain.h"

// Every result that is shown, worked out again from the operands that are shown, with the C library's own functions.
enum { ELEMENTS_MOST = 4096 };

typedef struct {
    int rows, columns;
    double value[ELEMENTS_MOST];
} Table;

static int shown_results;
static double bound; // of what is applied to the whole of an equation

static double element(const Operand *operand, int row, int column)
{
    return operand->value[row * operand->row_stride + column * operand->column_stride];
}

// ---- functions ------------------------------------------------------------------------------------------------------
static double sum_of(const Table *t, double (*f)(double))
{
    double sum = 0;
    for (int i = 0; i < t->rows * t->columns; i++)
        sum += f(t->value[i]);
    return sum;
}

static double square(double x)
{
    return x * x;
}

static double applied(Apply apply, const Table *t, double x)
{
    switch (apply) {
    case APPLY_SIGMOID:
        return 1 / (1 + exp(-x));
    case APPLY_TANH:
        return tanh(x);
    case APPLY_RELU:
        return x > 0 ? x : 0;
    case APPLY_SOFTMAX:
        return exp(x) / sum_of(t, exp);
    case APPLY_WITHIN:
        return x > bound ? bound : x < -bound ? -bound : x;
    case APPLY_LOG_SOFTMAX:
        return x - log(sum_of(t, exp));
    default:
        return x;
    }
}

static void apply_to(Apply apply, Table *t)
{
    Table before = *t;
    if (apply == APPLY_MEAN_SQUARE) {
        *t = (Table){1, 1, {sum_of(&before, square) / (before.rows * before.columns)}};
        return;
    }
    for (int i = 0; i < t->rows * t->columns; i++)
        t->value[i] = applied(apply, &before, before.value[i]);
}

// ---- products and sums ----------------------------------------------------------------------------------------------
static void read_operand(const Operand *operand, Table *out)
{
    assert_non_null(operand->value);
    assert_true(operand->rows * operand->columns <= ELEMENTS_MOST);
    *out = (Table){.rows = operand->rows, .columns = operand->columns};
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->columns; j++)
            out->value[i * out->columns + j] = element(operand, i, j);
    apply_to(operand->apply, out);
}

static void product_of(const Table *a, const Table *b, Table *out)
{
    assert_int_equal(a->columns, b->rows);
    *out = (Table){.rows = a->rows, .columns = b->columns};
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < b->columns; j++)
            for (int k = 0; k < a->columns; k++)
                out->value[i * b->columns + j] += a->value[i * a->columns + k] * b->value[k * b->columns + j];
}

static void each_product(const Table *a, const Table *b, Table *out)
{
    bool number = a->rows * a->columns == 1;
    assert_true(number || (a->rows == b->rows && a->columns == b->columns));
    *out = *b;
    for (int i = 0; i < b->rows * b->columns; i++)
        out->value[i] = a->value[number ? 0 : i] * b->value[i];
}

static void add_term(Table *sum, const Table *term, double sign)
{
    bool number = term->rows * term->columns == 1;
    assert_true(number || (term->rows == sum->rows && term->columns == sum->columns));
    for (int i = 0; i < sum->rows * sum->columns; i++)
        sum->value[i] += sign * term->value[number ? 0 : i];
}

static bool begins_term(const Operand *operand)
{
    return operand->join == JOIN_PLUS || operand->join == JOIN_MINUS;
}

static void work_out(const Equation *equation, Table *sum)
{
    static Table term, left, product;
    for (int first = 0, last; first < equation->count; first = last + 1) {
        for (last = first; last + 1 < equation->count && !begins_term(&equation->operand[last + 1]);)
            last++;
        read_operand(&equation->operand[last], &term);
        for (int i = last - 1; i >= first; i--) {
            read_operand(&equation->operand[i], &left);
            (equation->operand[i + 1].join == JOIN_PRODUCT ? product_of : each_product)(&left, &term, &product);
            term = product;
        }
        if (first == 0)
            *sum = (Table){.rows = equation->apply == APPLY_NOTHING ? equation->result.rows : term.rows,
                           .columns = equation->apply == APPLY_NOTHING ? equation->result.columns : term.columns};
        add_term(sum, &term, equation->operand[first].join == JOIN_MINUS ? -1 : 1);
    }
    bound = equation->bound;
    apply_to(equation->apply, sum);
}

static void check_equation(const Equation *equation, const char *where)
{
    static Table worked;
    const Operand *result = &equation->result;
    if (!result->value)
        return;
    assert_true(equation->count > 0);
    assert_false(equation->too_long);
    work_out(equation, &worked);
    assert_int_equal(worked.rows, result->rows);
    assert_int_equal(worked.columns, result->columns);
    for (int i = 0; i < result->rows; i++)
        for (int j = 0; j < result->columns; j++) {
            double shown = element(result, i, j), again = worked.value[i * result->columns + j];
            if (!(fabs(shown - again) <= 1e-12 * (1 + fabs(shown))))
                fail_msg("%s: %s [%d, %d] is shown as %.17g, its operands give %.17g", where, result->formula, i + 1,
                         j + 1, shown, again);
        }
    shown_results++;
}

static void check_formula(Desk *desk, const Equation *equation)
{
    Formula formula;
    Err err;
    for (int diag = 0; diag < 2; diag++) {
        const char *text = explain_formula(equation, diag, &desk->arena);
        if (!formula_layout(desk->fonts, &desk->arena, INK_TEXT, 13, text, &formula, &err))
            fail_msg("%s: %s", text, err.text);
    }
}

static void check_explanation(Desk *desk, const Explanation *explanation, const char *what)
{
    const char *where = arena_print(&desk->arena, "%s at op %ld: %s: %s", desk->run.program.net.cell->name,
                                    desk->run.at.op, what, explanation->title);
    for (int i = 0; i < explanation->count; i++) {
        check_equation(&explanation->equation[i], where);
        check_formula(desk, &explanation->equation[i]);
    }
}

// ---- every operation -------------------------------------------------------------------------------------------
static void each_task_and_cell(Desk *desk, void (*check)(Desk *desk, const Snapshot *snapshot))
{
    static const char *const names[] = {"echo", "sine"};
    for (int task = 0; task < 2; task++)
        for (int cell = 0; cell_types[cell]; cell++) {
            desk_start(desk, cell_types[cell], names[task], 5, 3);
            desk_train(desk, 3);
            for (long op = 0; op <= run_last_op(&desk->run); op++) {
                desk_seek(desk, 3, op);
                Snapshot snapshot = snapshot_make(&desk->run, 1, false);
                check(desk, &snapshot);
                arena_reset(&desk->arena);
            }
            desk_stop(desk);
        }
}

// Several layers and both directions, each layer and direction looked at.
static void each_deep_net(Desk *desk, int stride, void (*check)(Desk *desk, const Snapshot *snapshot))
{
    static const struct {
        int layers;
        bool bidirectional;
    } nets[] = {{3, false}, {1, true}, {2, true}};
    for (size_t net = 0; net < sizeof nets / sizeof *nets; net++)
        for (int cell = 0; cell_types[cell]; cell++) {
            desk_start_net(desk, cell_types[cell], "echo", 4, 3, nets[net].layers, nets[net].bidirectional);
            desk_train(desk, 2);
            for (long op = 0; op <= run_last_op(&desk->run); op += stride) {
                desk_seek(desk, 2, op);
                Snapshot snapshot = snapshot_make(&desk->run, 1, false);
                check(desk, &snapshot);
                arena_reset(&desk->arena);
            }
            desk_stop(desk);
        }
}

static void check_op(Desk *desk, const Snapshot *snapshot)
{
    Explanation explanation = explain_op(snapshot, &desk->arena);
    bool input_back = snapshot->place.phase == PHASE_BACKWARD && snapshot->place.row != NONE &&
                      desk->run.program.rows[snapshot->place.row].kind == OP_INPUT;
    check_explanation(desk, &explanation, "operation");
    assert_true(snapshot->known == 0 || explanation.count > 0 || explanation.note || input_back);
    for (int i = 0; i < explanation.count; i++)
        assert_non_null(explanation.equation[i].result.value);
}

static void every_operation_follows_from_what_is_shown(void **state)
{
    shown_results = 0;
    each_task_and_cell(*state, check_op);
    assert_true(shown_results > 1000);
}

static void every_operation_of_deep_nets_follows_too(void **state)
{
    shown_results = 0;
    each_deep_net(*state, 1, check_op);
    assert_true(shown_results > 1000);
}

static int states_of(const Program *p)
{
    return p->memory == NONE ? 1 : 2;
}

static void check_step_of(Desk *desk, const Snapshot *snapshot, int t, bool backward)
{
    for (int brief = 0; brief < 2; brief++) {
        Explanation explanation = explain_step(snapshot, t, backward, brief, &desk->arena);
        check_explanation(desk, &explanation, backward ? "step back" : "step");
        int T = snapshot->program->dims.T, first = snapshot->reverse ? 1 : T;
        bool known = backward ? t != first && snapshot_grad(snapshot, snapshot->state, t)
                              : snapshot_value(snapshot, snapshot->state, t) != NULL;
        assert_int_equal(known ? explanation.count : 0, known ? states_of(snapshot->program) : 0);
    }
}

static void check_step(Desk *desk, const Snapshot *snapshot)
{
    for (int t = 1; t <= snapshot->program->dims.T; t++)
        for (int backward = 0; backward < 2; backward++)
            check_step_of(desk, snapshot, t, backward);
}

static void every_time_step_follows_from_what_is_shown(void **state)
{
    shown_results = 0;
    each_task_and_cell(*state, check_step);
    assert_true(shown_results > 1000);
}

// With the weights of [h, x] in one matrix, and the two biases in one.
static void other_notations_follow_from_what_is_shown(void **state)
{
    Desk *desk = *state;
    for (int notation = NOTATION_UVW; notation <= NOTATION_CONCAT; notation++)
        for (int cell = 0; cell_types[cell]; cell++) {
            desk_start(desk, cell_types[cell], "echo", 4, 3);
            desk->run.setup.notation = notation;
            desk_train(desk, 2);
            for (long op = 0; op <= run_last_op(&desk->run); op++) {
                desk_seek(desk, 2, op);
                Snapshot snapshot = snapshot_make(&desk->run, 1, false);
                check_op(desk, &snapshot);
                arena_reset(&desk->arena);
            }
            desk_stop(desk);
        }
}

// Of every layer and direction that is looked at.
static void of_stacked_networks_too(void **state)
{
    enum { APART = 5 }; // operations
    Desk *desk = *state;
    shown_results = 0;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start_net(desk, cell_types[cell], "echo", 4, 2, 2, true);
        desk_train(desk, 2);
        for (long op = 0; op <= run_last_op(&desk->run); op += APART) {
            desk_seek(desk, 2, op);
            Snapshot snapshot = snapshot_make(&desk->run, 1, false);
            check_op(desk, &snapshot);
            for (int look = 0; look < 4; look++) {
                snapshot_look_at(&snapshot, look / 2, look % 2);
                check_step(desk, &snapshot);
            }
            arena_reset(&desk->arena);
        }
        desk_stop(desk);
    }
    assert_true(shown_results > 1000);
}

// What rows send to one gradient, each alone, is together that gradient.
static void what_all_rows_send_is_the_gradient(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "echo", 4, 3);
        desk_seek(desk, 1, run_last_op(&desk->run) - 2);
        Snapshot snapshot = snapshot_make(&desk->run, 1, false);
        const Program *p = snapshot.program;
        for (int slot = 0; slot < p->slot_count; slot++) {
            double sum[16] = {0};
            if (slot == p->loss)
                continue;
            for (int t = 2; t <= 3; t++)
                for (int row = 0; row < p->row_count; row++) {
                    Explanation sent = explain_row(&snapshot, row, t, true, &desk->arena);
                    for (int i = 0; i < sent.count; i++)
                        for (int k = 0; sent.equation[i].result.slot == slot && sent.equation[i].result.t == 2 &&
                                        k < sent.equation[i].result.rows;
                             k++)
                            sum[k] += element(&sent.equation[i].result, k, 0);
                }
            const double *grad = snapshot_grad(&snapshot, slot, 2);
            for (int k = 0; k < p->slots[slot].length; k++)
                assert_float_equal(sum[k], grad[k], 1e-12);
        }
        desk_stop(desk);
    }
}

// dL/dW is what all time steps together give.
static void check_sum(Desk *desk, const Snapshot *snapshot)
{
    const int tensor = explain_tensor(snapshot);
    Explanation sum = explain_sum(snapshot, tensor, &desk->arena);
    bool whole = snapshot->known >= 2 * snapshot->program->pass_ops;
    Formula formula;
    Err err;
    check_explanation(desk, &sum, "sum");
    assert_int_equal(sum.count, whole);
    assert_int_equal(whole ? sum.equation[0].count : 0, whole ? snapshot->program->dims.T : 0);
    assert_true(formula_layout(desk->fonts, &desk->arena, INK_TEXT, 13,
                               explain_sum_formula(snapshot, tensor, &desk->arena), &formula, &err));
}

static void the_gradient_of_a_matrix_is_the_sum_that_is_shown(void **state)
{
    Desk *desk = *state;
    shown_results = 0;
    each_task_and_cell(desk, check_sum);
    each_deep_net(desk, 7, check_sum);
    assert_true(shown_results > 20);
    desk_start(desk, cell_types[0], "echo", 4, 3);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    assert_string_equal(explain_sum_formula(&snapshot, explain_tensor(&snapshot), &desk->arena),
                        "\\backward{\\partial L/\\partial W_{hh}} = \\frac{1}{2} \\sum_{b} "
                        "\\sum_{t} \\backward{\\partial L/\\partial z_{t}}\\,h_{t-1}^\\top");
    desk_stop(desk);
}

static void the_textbook_formula_of_the_plain_network(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run) - 2);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    Explanation step = explain_step(&snapshot, 8, true, false, &desk->arena);
    assert_int_equal(step.count, 1);
    assert_string_equal(explain_formula(&step.equation[0], true, &desk->arena),
                        "W_{hh}^\\top\\,\\diag(1 - h_{9}^2)\\,\\backward{\\partial L/\\partial h_{9}}");
    desk_stop(desk);
}

// ---- what a time step multiplies by, against the most its Jacobian could ----------------------------------------
static double largest_factor(Desk *desk, const Snapshot *snapshot, int later)
{
    const Program *p = snapshot->program;
    StepTape *step = step_tape_make(p, p->rows[p->slots[snapshot->state].producer].pass, &desk->arena);
    Params params = explained_params(snapshot->tape, &desk->arena);
    double *jacobian = arena_new(&desk->arena, double, step->n * step->n),
           *scratch = arena_new(&desk->arena, double, 2 * step->n);
    step_jacobian(step, snapshot->tape, &params, snapshot->b, later, jacobian);
    return matrix_norm(jacobian, step->n, step->n, scratch);
}

static int check_steps_back(Desk *desk, const Snapshot *snapshot)
{
    int steps = 0;
    for (int t = 1; t <= snapshot_length(snapshot); t++) {
        StepBack back;
        if (!explain_back(snapshot, snapshot->state, t, &back, &desk->arena))
            continue;
        double most = largest_factor(desk, snapshot, snapshot_after(snapshot, t));
        if (!(back.leaving <= back.arriving * most * (1 + 1e-9)))
            fail_msg("%s, t = %d: × %.17g, at most %.17g", snapshot->program->net.cell->name, t,
                     back.leaving / back.arriving, most);
        steps++;
    }
    return steps;
}

static void no_step_multiplies_by_more_than_its_jacobian_could(void **state)
{
    enum { T = 5 };
    static const struct {
        int layers;
        bool bidirectional;
    } nets[] = {{1, false}, {3, false}, {1, true}, {2, true}};
    Desk *desk = *state;
    for (size_t net = 0; net < sizeof nets / sizeof *nets; net++)
        for (int cell = 0; cell_types[cell]; cell++) {
            desk_start_net(desk, cell_types[cell], "echo", T, 3, nets[net].layers, nets[net].bidirectional);
            desk_train(desk, 20);
            Snapshot snapshot = snapshot_make(&desk->run, 1, false);
            for (int layer = 0; layer < nets[net].layers; layer++)
                for (int reverse = 0; reverse <= nets[net].bidirectional; reverse++) {
                    snapshot_look_at(&snapshot, layer, reverse);
                    assert_int_equal(check_steps_back(desk, &snapshot), T - 1);
                }
            arena_reset(&desk->arena);
            desk_stop(desk);
        }
}

// The part through the step and what the time step's own loss adds are all there is: the second is what the answer's
// row sends, and nothing where the step is not scored.
static void what_its_own_loss_adds_is_what_the_answer_sends(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "echo", 6, 4);
    desk_train(desk, 20);
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    const Program *p = snapshot.program;
    int scored = 0;
    for (int t = 1; t < 6; t++) {
        StepBack back;
        double sent = 0;
        Explanation answer = explain_row(&snapshot, p->slots[p->answer].producer, t, true, &desk->arena);
        for (int k = 0; k < 4; k++)
            sent += pow(element(&answer.equation[0].result, k, 0), 2);
        assert_int_equal(answer.equation[0].result.slot, snapshot.state);
        assert_true(explain_back(&snapshot, snapshot.state, t, &back, &desk->arena));
        assert_float_equal(back.added, sqrt(sent), 1e-12);
        assert_int_equal(back.added > 0, snapshot_scored(&snapshot, t));
        scored += snapshot_scored(&snapshot, t);
    }
    assert_true(scored > 0 && scored < 5);
    desk_stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_follows_from_what_is_shown),
        cmocka_unit_test(every_time_step_follows_from_what_is_shown),
        cmocka_unit_test(of_stacked_networks_too),
        cmocka_unit_test(every_operation_of_deep_nets_follows_too),
        cmocka_unit_test(other_notations_follow_from_what_is_shown),
        cmocka_unit_test(what_all_rows_send_is_the_gradient),
        cmocka_unit_test(the_gradient_of_a_matrix_is_the_sum_that_is_shown),
        cmocka_unit_test(the_textbook_formula_of_the_plain_network),
        cmocka_unit_test(no_step_multiplies_by_more_than_its_jacobian_could),
        cmocka_unit_test(what_its_own_loss_adds_is_what_the_answer_sends),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
