#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "nn/tape.h"
#include "tasks/tasks.h"

extern const Task task_null;

enum { SEQUENCES = 20000 };

static Batch batch_for(const Task *task, int T, int B, Arena *arena)
{
    return batch_make((Dims){.T = T, .B = B, .X = task->X, .H = 1, .Y = task->Y, .L = 1}, arena);
}

static const Task *named(const char *name)
{
    return tasks[task_index(name)];
}

static int label_at(const Batch *batch, int t, int b)
{
    return *batch_label(batch, t, b);
}

static int symbol_at(const Batch *batch, int t, int b)
{
    const double *x = batch_x(batch, t, b);
    int symbol = 0;
    while (x[symbol] == 0)
        symbol++;
    return symbol;
}

// ---- every task ------------------------------------------------------------------------------------------
static void has_words_for_everything(const Task *task)
{
    const char *words[] = {task->name, task->title, task->what, task->measure, task->baseline_name};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(strlen(words[i]) > 0);
}

static void check_text(const char *text, bool wanted)
{
    assert_int_equal(strlen(text) > 0, wanted);
    assert_true(strlen(text) < TASK_TEXT);
    assert_null(strpbrk(text, "ABCD")); // C is the cell state
}

static void right_answer(const Task *task, const Batch *batch, int t, int b, double *y)
{
    for (int i = 0; i < task->Y; i++)
        y[i] = task->loss == LOSS_MSE ? batch_target(batch, t, b)[i] : i == label_at(batch, t, b);
}

static void check_texts(const Task *task, const Batch *batch, int t, int b)
{
    char text[TASK_TEXT];
    double y[16];
    bool scored = *batch_scored(batch, t, b);
    task->input_text(batch, t, b, text);
    check_text(text, true);
    task->input_role(batch, t, b, text);
    check_text(text, strlen(text) > 0);
    task->target_text(batch, t, b, text);
    check_text(text, scored);
    right_answer(task, batch, t, b, y);
    task->answer_text(y, text);
    check_text(text, true);
}

static void every_text_is_there_and_short(void **state)
{
    const Task *task = *state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, 40, 50, &arena);
    task_fill(task, 1, "train", 1, &batch);
    has_words_for_everything(task);
    for (int t = 1; t <= 40; t++)
        for (int b = 0; b < 50; b++)
            check_texts(task, &batch, t, b);
    arena_free(&arena);
}

static void the_right_answer_is_right_and_another_is_wrong(void **state)
{
    const Task *task = *state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, 20, 20, &arena);
    double y[16];
    task_fill(task, 1, "train", 1, &batch);
    for (int t = 1; t <= 20; t++)
        for (int b = 0; b < 20; b++) {
            if (!*batch_scored(&batch, t, b))
                continue;
            right_answer(task, &batch, t, b, y);
            assert_true(task->answer_is_right(y, &batch, t, b));
            assert_true(task_score(task, y, &batch, t, b) == (task->loss == LOSS_MSE ? 0 : 1));
            for (int i = 0; i < task->Y; i++)
                y[i] = task->loss == LOSS_MSE ? y[i] + 0.2 : -y[i];
            assert_false(task->answer_is_right(y, &batch, t, b));
        }
    arena_free(&arena);
}

static void any_length_from_the_least_on_is_filled_and_scored(void **state)
{
    const Task *task = *state;
    for (int T = task->least_T; T < task->least_T + 40; T++) {
        Arena arena = arena_make(1 << 16);
        Batch batch = batch_for(task, T, 8, &arena);
        int scored = 0;
        task_fill(task, 3, "train", T, &batch);
        for (int t = 1; t <= T; t++)
            for (int b = 0; b < 8; b++) {
                scored += *batch_scored(&batch, t, b);
                assert_int_equal(*batch_scored(&batch, t, b), *batch_scored(&batch, t, 0));
            }
        assert_true(scored > 0);
        arena_free(&arena);
    }
}

// The loss of the best constant: for values their variance, for classes the entropy of their frequencies.
static double best_constant(const Task *task, int T)
{
    Arena arena = arena_make(1 << 20);
    Batch batch = batch_for(task, T, SEQUENCES, &arena);
    double n = 0, sum = 0, squares = 0, class_count[16] = {0}, loss = 0;
    task_fill(task, 5, "train", 1, &batch);
    for (int t = 1; t <= T; t++)
        for (int b = 0; b < SEQUENCES; b++)
            if (*batch_scored(&batch, t, b)) {
                double target = task->loss == LOSS_MSE ? *batch_target(&batch, t, b) : 0;
                n++;
                sum += target;
                squares += target * target;
                class_count[label_at(&batch, t, b)]++;
            }
    for (int i = 0; i < task->Y; i++)
        if (class_count[i] > 0)
            loss -= class_count[i] / n * log(class_count[i] / n);
    arena_free(&arena);
    return task->loss == LOSS_MSE ? squares / n - sum / n * (sum / n) : loss;
}

static void the_baseline_is_the_loss_of_the_best_constant(void **state)
{
    const Task *task = *state;
    double baseline = task->baseline(12), best = best_constant(task, 12);
    assert_true(fabs(baseline - best) <= 0.03 * baseline);
}

static void a_sequence_depends_on_seed_update_and_stream_alone(void **state)
{
    const Task *task = *state;
    Arena arena = arena_make(1 << 16);
    Batch one = batch_for(task, 12, 1, &arena), many = batch_for(task, 12, 7, &arena);
    size_t bytes = sizeof(double) * (size_t)task->X;
    task_fill(task, 9, "train", 4, &many);
    task_fill(task, 9, "train", 4, &one);
    for (int t = 1; t <= 12; t++)
        assert_memory_equal(batch_x(&one, t, 0), batch_x(&many, t, 0), bytes); // however many a batch holds
    static const struct {
        unsigned long seed;
        const char *stream;
        long u;
    } others[] = {{8, "train", 4}, {9, "test", 4}, {9, "train", 5}};
    for (size_t i = 0; i < sizeof others / sizeof *others && task != &task_null; i++) {
        Batch other = batch_for(task, 12, 1, &arena);
        task_fill(task, others[i].seed, others[i].stream, others[i].u, &other);
        assert_memory_not_equal(one.x, other.x, bytes * 12);
    }
    arena_free(&arena);
}

// ---- each task by its definition -------------------------------------------------------------------------
static void recall_asks_the_first_symbol_at_the_end(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("recall"), 12, 30, &arena);
    char text[TASK_TEXT];
    task_fill(named("recall"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++) {
        assert_int_equal(label_at(&batch, 12, b), symbol_at(&batch, 1, b));
        for (int t = 1; t < 12; t++)
            assert_int_equal(*batch_scored(&batch, t, b), 0);
    }
    named("recall")->input_role(&batch, 1, 0, text);
    assert_string_equal(text, "to remember");
    arena_free(&arena);
}

static void echo_asks_the_symbol_of_three_time_steps_before(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("echo"), 12, 30, &arena);
    task_fill(named("echo"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++)
        for (int t = 1; t <= 12; t++) {
            assert_int_equal(*batch_scored(&batch, t, b), t >= 4);
            if (t >= 4)
                assert_int_equal(label_at(&batch, t, b), symbol_at(&batch, t - 3, b));
        }
    arena_free(&arena);
}

static void adding_marks_one_value_in_each_half(void **state)
{
    (void)state;
    for (int T = 2; T <= 13; T++) {
        Arena arena = arena_make(1 << 16);
        Batch batch = batch_for(named("adding"), T, 50, &arena);
        task_fill(named("adding"), 1, "train", T, &batch);
        for (int b = 0; b < 50; b++) {
            double sum = 0;
            int marks[2] = {0};
            for (int t = 1; t <= T; t++) {
                const double *x = batch_x(&batch, t, b);
                assert_true(x[0] >= 0 && x[0] < 1);
                sum += x[0] * x[1];
                marks[t > T / 2] += x[1] == 1;
            }
            assert_int_equal(marks[0], 1);
            assert_int_equal(marks[1], 1);
            assert_true(*batch_target(&batch, T, b) == sum);
        }
        arena_free(&arena);
    }
}

static void order_asks_which_special_symbols_came(void **state)
{
    (void)state;
    enum { T = 50 };
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("order"), T, 200, &arena);
    char role[TASK_TEXT], text[TASK_TEXT];
    task_fill(named("order"), 1, "train", 1, &batch);
    for (int b = 0; b < 200; b++) {
        char expected[TASK_TEXT] = "";
        for (int t = 1; t <= T; t++) {
            named("order")->input_role(&batch, t, b, role);
            if (!*role)
                continue;
            bool first = strcmp(role, "first") == 0;
            assert_true(first ? t > 5 && t <= 10 : t > 25 && t <= 30);
            named("order")->input_text(&batch, t, b, text);
            strcat(expected, first ? "" : "\u2192");
            strcat(expected, text);
        }
        named("order")->target_text(&batch, T, b, text);
        assert_string_equal(text, expected);
    }
    arena_free(&arena);
}

static void sine_asks_the_next_value(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("sine"), 20, 10, &arena);
    task_fill(named("sine"), 1, "train", 1, &batch);
    for (int b = 0; b < 10; b++)
        for (int t = 1; t <= 20; t++) {
            assert_int_equal(*batch_scored(&batch, t, b), t >= 2);
            if (t >= 2 && t < 20)
                assert_true(*batch_target(&batch, t, b) == *batch_x(&batch, t + 1, b));
        }
    arena_free(&arena);
}

static void numbers_have_a_true_minus(void **state)
{
    (void)state;
    static const struct {
        double y;
        const char *text;
    } cases[] = {{0.374, "0.37"}, {-0.5, "\u22120.50"}, {-0.001, "0.00"}, {-1e300, "\u22121e+300"}, {NAN, "nan"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TASK_TEXT];
        named("adding")->answer_text(&cases[i].y, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void tasks_are_found_by_their_names(void **state)
{
    (void)state;
    for (int i = 0; tasks[i]; i++)
        assert_int_equal(task_index(tasks[i]->name), i);
    assert_int_equal(task_index("fly"), NONE);
}

// ---- every claim about every task, however many there are --------------------------------------------------
static const struct {
    const char *name;
    CMUnitTestFunction test;
} claims[] = {
    {"every text is there and short", every_text_is_there_and_short},
    {"the right answer is right and another is wrong", the_right_answer_is_right_and_another_is_wrong},
    {"any length from the least on is filled and scored", any_length_from_the_least_on_is_filled_and_scored},
    {"the baseline is the loss of the best constant", the_baseline_is_the_loss_of_the_best_constant},
    {"a sequence depends on seed, update and stream alone", a_sequence_depends_on_seed_update_and_stream_alone},
};

static int check_claims(const Task *task)
{
    enum { CLAIMS = sizeof claims / sizeof *claims };
    struct CMUnitTest tests[CLAIMS] = {0};
    for (size_t i = 0; i < CLAIMS; i++)
        tests[i] = (struct CMUnitTest){
            .name = claims[i].name, .test_func = claims[i].test, .initial_state = (void *)(uintptr_t)task};
    return _cmocka_run_group_tests(task->name, tests, CLAIMS, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recall_asks_the_first_symbol_at_the_end),
        cmocka_unit_test(echo_asks_the_symbol_of_three_time_steps_before),
        cmocka_unit_test(adding_marks_one_value_in_each_half),
        cmocka_unit_test(order_asks_which_special_symbols_came),
        cmocka_unit_test(sine_asks_the_next_value),
        cmocka_unit_test(numbers_have_a_true_minus),
        cmocka_unit_test(tasks_are_found_by_their_names),
    };
    int failed = cmocka_run_group_tests_name("tasks", tests, NULL, NULL) + check_claims(&task_null);
    for (int i = 0; tasks[i]; i++)
        failed += check_claims(tasks[i]);
    return failed;
}
