// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "sim/choices.h"
#include "ui/formula.h"
#include "views/explain.h"

// The end of an update for single weights: the formula that is shown is worked out as it stands there, sign by sign,
// with the numbers that are shown, and gives the moments and the weight that are shown.

// ---- working a formula out --------------------------------------------------------------------------------------
typedef struct {
    const char *at, *text;
    const WeightChange *change;
    double n; // updates since the optimizer was chosen
} Reader;

static double read_sum(Reader *r);

static bool takes(Reader *r, const char *what)
{
    while (*r->at == ' ' || strncmp(r->at, "\\,", 2) == 0)
        r->at += *r->at == ' ' ? 1 : 2;
    if (strncmp(r->at, what, strlen(what)) != 0)
        return false;
    r->at += strlen(what);
    return true;
}

static void expect(Reader *r, const char *what)
{
    if (!takes(r, what))
        fail_msg("%s: \"%s\" is missing before \"%s\"", r->text, what, r->at);
}

static double in_braces(Reader *r)
{
    expect(r, "{");
    double value = read_sum(r);
    expect(r, "}");
    return value;
}

// w_n, w_{n-1}, or the same of a moment.
static double read_letter(Reader *r, double old, double new)
{
    if (takes(r, "_{n-1}"))
        return old;
    expect(r, "_n");
    return new;
}

static double read_name(Reader *r)
{
    const WeightChange *c = r->change;
    if (takes(r, "\\clip{\\hat{g}}") || takes(r, "\\backward{g}"))
        return c->clipped;
    if (takes(r, "\\eta"))
        return c->learning_rate;
    if (takes(r, "w"))
        return read_letter(r, c->old, c->new);
    for (int i = 0; i < c->type->moments; i++)
        if (takes(r, c->type->letter[i]))
            return read_letter(r, c->moment_old[i], c->moment_new[i]);
    if (takes(r, "n"))
        return r->n;
    fail_msg("%s: \"%s\" is no name", r->text, r->at);
    return 0;
}

static double read_alone(Reader *r)
{
    if (takes(r, "\\frac")) {
        double above = in_braces(r);
        return above / in_braces(r);
    }
    if (takes(r, "\\sqrt"))
        return sqrt(in_braces(r));
    if (takes(r, "(")) {
        double value = read_sum(r);
        expect(r, ")");
        return value;
    }
    char *end;
    double value = isdigit((unsigned char)*r->at) ? strtod(r->at, &end) : NAN;
    if (isnan(value))
        return read_name(r);
    r->at = end;
    return value;
}

static double read_power(Reader *r)
{
    double value = read_alone(r);
    if (!takes(r, "^"))
        return value;
    return pow(value, *r->at == '{' ? in_braces(r) : read_alone(r));
}

static double read_product(Reader *r)
{
    double value = read_power(r);
    for (;;) {
        if (takes(r, "/"))
            value /= read_power(r);
        else if (takes(r, "") && *r->at && !strchr("+-)}=", *r->at))
            value *= read_power(r);
        else
            return value;
    }
}

static double read_sum(Reader *r)
{
    double value = takes(r, "-") ? -read_product(r) : read_product(r);
    for (;;) {
        if (takes(r, "+"))
            value += read_product(r);
        else if (takes(r, "-"))
            value -= read_product(r);
        else
            return value;
    }
}

// ---- against what is shown --------------------------------------------------------------------------------------
static void check_near(const char *what, double shown, double again)
{
    if (!(fabs(shown - again) <= 1e-12 * (1e-3 + fabs(shown))))
        fail_msg("%s: %.17g is shown, its parts give %.17g", what, shown, again);
}

static void check_formulas(Desk *desk, const WeightChange *change, double n)
{
    for (int line = 0; line <= change->type->moments; line++) {
        Formula laid;
        Err err;
        const char *text = explain_optimizer(change, line, &desk->arena);
        Reader reader = {text, text, change, n};
        double left = read_product(&reader);
        expect(&reader, "=");
        check_near(text, left, read_sum(&reader));
        assert_string_equal(reader.at, "");
        assert_true(formula_layout(desk->fonts, &desk->arena, INK_TEXT, 13, text, &laid, &err));
    }
}

static double clipped_again(const Run *run, double gradient)
{
    double threshold = run->setup.threshold;
    if (run->setup.clip == CLIP_OFF || run->norm <= threshold)
        return gradient;
    if (run->setup.clip == CLIP_NORM)
        return gradient * threshold / run->norm;
    return gradient > threshold ? threshold : gradient < -threshold ? -threshold : gradient;
}

typedef struct {
    double gradient[512], old[512]; // of the update, right before the change
    WeightChange before[512];       // of the update before, where there is one
} Seen;

static Seen seen;

static void see_before(Desk *desk)
{
    const Run *run = &desk->run;
    assert_true(run->params.count <= 512);
    for (size_t i = 0; i < run->params.count; i++) {
        seen.gradient[i] = run->params.grad[i];
        seen.old[i] = run->params.value[i];
    }
}

static void check_weight(Desk *desk, const Snapshot *snapshot, size_t weight, double n)
{
    WeightChange change;
    const Run *run = &desk->run;
    assert_true(explain_weight(snapshot, weight, &change));
    check_near("the gradient", change.gradient, seen.gradient[weight]);
    check_near("the clipped gradient", change.clipped, clipped_again(run, change.gradient));
    check_near("the clipped gradient", change.clipped, run->params.grad[weight]);
    check_near("the old weight", change.old, seen.old[weight]);
    check_near("the new weight", change.new, run->params.value[weight]);
    for (int i = 0; i < change.type->moments; i++)
        check_near("the moment before", change.moment_old[i], n > 1 ? seen.before[weight].moment_new[i] : 0);
    check_formulas(desk, &change, n);
    seen.before[weight] = change;
}

static void check_update(Desk *desk, long update, double n)
{
    long last = run_last_op(&desk->run);
    desk_train(desk, 1);
    desk_seek(desk, update, last - 1);
    see_before(desk);
    desk_seek(desk, update, last);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    for (size_t weight = 0; weight < desk->run.params.count; weight += 5)
        check_weight(desk, &snapshot, weight, n);
    arena_reset(&desk->arena);
}

static Setup setup_with(int optimizer, ClipKind clip)
{
    Setup setup = setup_default();
    setup.hidden = 4;
    setup.batch = 2;
    setup.optimizer = optimizer;
    setup.clip = (int)clip;
    setup.threshold = clip == CLIP_VALUE ? 0.02 : 0.1;
    setup.decay = 0.95;
    return setup;
}

static void every_optimizer_follows_from_its_formula(void **state)
{
    for (int optimizer = 0; optimizer_types[optimizer]; optimizer++)
        for (ClipKind clip = CLIP_OFF; clip <= CLIP_VALUE; clip++) {
            Desk *desk = *state;
            Setup setup = setup_with(optimizer, clip);
            desk_start_as(desk, &setup);
            for (long update = 1; update <= 5; update++)
                check_update(desk, update, (double)update);
            desk_stop(desk);
        }
}

static void another_optimizer_begins_with_nothing(void **state)
{
    Desk *desk = *state;
    Err err;
    Setup setup = setup_with(4, CLIP_NORM);
    desk_start_as(desk, &setup);
    check_update(desk, 1, 1);
    check_update(desk, 2, 2);
    assert_true(run_set(&desk->run, setting_find("optimizer", &err), 1, &err));
    check_update(desk, 3, 1);
    check_update(desk, 4, 2);
    desk_stop(desk);
}

// Going back shows the same numbers: they are computed again.
static void a_change_gone_back_to_is_the_same(void **state)
{
    Desk *desk = *state;
    WeightChange first, again;
    Setup setup = setup_with(4, CLIP_NORM);
    desk_start_as(desk, &setup);
    desk_train(desk, 3);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    assert_true(explain_weight(&snapshot, 7, &first));
    desk_train(desk, 200);
    desk_seek(desk, 3, run_last_op(&desk->run));
    snapshot = snapshot_make(&desk->run, 0, false);
    assert_true(explain_weight(&snapshot, 7, &again));
    assert_memory_equal(&first, &again, sizeof first);
    desk_stop(desk);
}

static void before_the_change_there_is_none(void **state)
{
    Desk *desk = *state;
    WeightChange change;
    Setup setup = setup_with(4, CLIP_NORM);
    desk_start_as(desk, &setup);
    for (long op = 0; op < run_last_op(&desk->run); op++) {
        desk_seek(desk, 1, op);
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        assert_false(explain_weight(&snapshot, 0, &change));
    }
    desk_stop(desk);
}

// What the clip of a whole tensor shows, by value too.
static void clips_follow_from_what_is_shown(void **state)
{
    for (ClipKind clip = CLIP_OFF; clip <= CLIP_VALUE; clip++)
        for (int changed = 0; changed < 2; changed++) {
            Desk *desk = *state;
            Setup setup = setup_with(0, clip);
            desk_start_as(desk, &setup);
            desk_train(desk, 2);
            desk_seek(desk, 2, run_last_op(&desk->run) - 1 + changed);
            Snapshot snapshot = snapshot_make(&desk->run, 0, false);
            int tensor = explain_tensor(&snapshot);
            Explanation explanation = explain_clip(&snapshot, tensor, &desk->arena);
            assert_int_equal(explanation.count, 1);
            const Equation *equation = &explanation.equation[0];
            const Operand *g = &equation->operand[equation->count - 1], *result = &equation->result;
            for (int i = 0; i < g->rows * g->columns; i++)
                check_near("clipped", result->value[i], clipped_again(&desk->run, g->value[i]));
            desk_stop(desk);
        }
}

// ---- what the inspector says ------------------------------------------------------------------------------------
enum { CARD_WIDTH = 316, CARD_HEIGHT = 400 }; // as in a window of 1440 by 900

static DrawList inspector(Desk *desk, Grain grain, int before_end)
{
    desk_seek(desk, desk->run.done, run_last_op(&desk->run) - before_end);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    snapshot.grain = grain;
    return desk_draw(desk, views[view_index("inspector")], &snapshot, (Rect){0, 0, CARD_WIDTH, CARD_HEIGHT});
}

static void desk_clipped(Desk *desk, int optimizer, ClipKind clip, double threshold)
{
    Setup setup = setup_with(optimizer, clip);
    setup.threshold = threshold;
    desk_start_as(desk, &setup);
    desk_train(desk, 7);
}

// What is said of the clip, with a threshold that is beyond all gradients and one that is far below.
static void a_clip_is_told_as_what_it_was(void **state)
{
    static const struct {
        ClipKind clip;
        double threshold;
        const char *title, *says, *in_update;
    } cases[] = {
        {CLIP_OFF, 0.001, "the gradient is measured", "clipping is off: nothing is clipped", "clipping is off"},
        {CLIP_NORM, 0.001, "clipping by norm", NULL, "clipped to θ, times"},
        {CLIP_NORM, 1e3, "clipping by norm", "within the threshold: nothing is clipped", "within θ, not clipped"},
        {CLIP_VALUE, 0.001, "clipping by value", "numbers are beyond ±θ and are cut", "numbers cut to ±θ"},
        {CLIP_VALUE, 1e3, "clipping by value", "no number is beyond ±θ", "no number beyond ±θ, none cut"},
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int optimizer = 0; optimizer_types[optimizer]; optimizer++) {
            desk_clipped(desk, optimizer, cases[i].clip, cases[i].threshold);
            DrawList list = inspector(desk, GRAIN_OP, 1);
            assert_true(says(&list, cases[i].title));
            assert_true(!cases[i].says || says(&list, cases[i].says));
            assert_int_equal(says(&list, "nothing is clipped"), cases[i].clip == CLIP_OFF || cases[i].threshold > 1);
            for (int before_end = 0; before_end < 2; before_end++) {
                list = inspector(desk, GRAIN_UPDATE, before_end);
                assert_true(says(&list, cases[i].in_update));
                assert_int_equal(says(&list, "×"), cases[i].clip == CLIP_NORM && cases[i].threshold < 1);
            }
            desk_stop(desk);
        }
}

static void numbers_of_a_clip_are_those_of_the_gradient(void **state)
{
    Desk *desk = *state;
    for (ClipKind clip = CLIP_OFF; clip <= CLIP_VALUE; clip++)
        for (int before_end = 0; before_end < 2; before_end++) {
            Clipping told;
            desk_clipped(desk, 0, clip, 0.01);
            desk_seek(desk, 7, run_last_op(&desk->run) - before_end);
            Snapshot snapshot = snapshot_make(&desk->run, 0, false);
            const Run *run = &desk->run;
            const Real *grad = before_end ? run->params.grad : run->change.grad;
            double squares = 0, after = 0;
            size_t cut = 0;
            for (size_t i = 0; i < run->params.count; i++) {
                double g = grad[i], clipped = clipped_again(run, g);
                squares += g * g;
                after += clipped * clipped;
                cut += clip == CLIP_VALUE && clipped != g;
            }
            assert_true(explain_clipping(&snapshot, &told));
            check_near("‖g‖", told.norm, sqrt(squares));
            check_near("‖ĝ‖", told.after, sqrt(after));
            assert_int_equal(told.cut, cut);
            assert_int_equal(told.clips, after < squares * (1 - 1e-12));
            desk_stop(desk);
        }
}

// All that its formula asks for stands there, whatever the optimizer.
static void a_changed_weight_can_be_worked_out_from_what_is_shown(void **state)
{
    Desk *desk = *state;
    for (int optimizer = 0; optimizer_types[optimizer]; optimizer++)
        for (ClipKind clip = CLIP_OFF; clip <= CLIP_VALUE; clip++) {
            const OptimizerType *type = optimizer_types[optimizer];
            desk_clipped(desk, optimizer, clip, 0.01);
            DrawList list = inspector(desk, GRAIN_UPDATE, 0);
            assert_true(says(&list, "the weight w"));
            assert_true(says(&list, "its gradient"));
            assert_true(clip == CLIP_OFF || says(&list, "ĝ"));
            for (int i = 0; i < type->moments; i++)
                assert_true(says(&list, arena_print(&desk->arena, "moment %s", type->letter[i])));
            assert_true(says(&list, "learning rate η"));
            assert_int_equal(says(&list, "1 − 0.9ⁿ"), strstr(type->formula[type->moments], "0.9^n") != NULL);
            desk_stop(desk);
        }
}

// The norm is beyond the threshold, and yet no number is.
static void by_value_a_long_gradient_of_small_numbers_is_not_clipped(void **state)
{
    Desk *desk = *state;
    Clipping told;
    desk_clipped(desk, 0, CLIP_OFF, 1);
    const double norm = desk->run.norm;
    desk_stop(desk);
    desk_clipped(desk, 0, CLIP_VALUE, norm * 0.99);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    assert_true(explain_clipping(&snapshot, &told));
    assert_true(told.norm > told.threshold && told.cut == 0);
    assert_false(told.clips);
    assert_float_equal(told.after, told.norm, 0);
    desk_stop(desk);
}

static void the_tensor_that_is_shown_is_named(void **state)
{
    Desk *desk = *state;
    for (int before_end = 0; before_end < 2; before_end++) {
        desk_clipped(desk, 0, CLIP_NORM, 0.01);
        DrawList list = inspector(desk, GRAIN_OP, before_end);
        assert_true(says(&list, "weight_hh_l0"));
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_optimizer_follows_from_its_formula),
        cmocka_unit_test(another_optimizer_begins_with_nothing),
        cmocka_unit_test(a_change_gone_back_to_is_the_same),
        cmocka_unit_test(before_the_change_there_is_none),
        cmocka_unit_test(clips_follow_from_what_is_shown),
        cmocka_unit_test(a_clip_is_told_as_what_it_was),
        cmocka_unit_test(numbers_of_a_clip_are_those_of_the_gradient),
        cmocka_unit_test(a_changed_weight_can_be_worked_out_from_what_is_shown),
        cmocka_unit_test(by_value_a_long_gradient_of_small_numbers_is_not_clipped),
        cmocka_unit_test(the_tensor_that_is_shown_is_named),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
