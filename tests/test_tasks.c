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

enum { SEQUENCES = 10000, CLASSES_MOST = 32 };

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

static void right_answer(const Task *task, const Batch *batch, int t, int b, Real *y)
{
    for (int i = 0; i < task->Y; i++)
        y[i] = task->loss == LOSS_MSE ? batch_target(batch, t, b)[i] : (Real)(i == label_at(batch, t, b));
}

static void check_texts(const Task *task, const Batch *batch, int t, int b)
{
    char text[TASK_TEXT];
    Real y[CLASSES_MOST];
    bool scored = *batch_scored(batch, t, b);
    task_input_text(task, batch, t, b, text);
    check_text(text, t <= batch->length[b]);
    task_input_role(task, batch, t, b, text);
    check_text(text, strlen(text) > 0);
    task_target_text(task, batch, t, b, text);
    check_text(text, scored);
    right_answer(task, batch, t, b, y);
    task_answer_text(task, y, text);
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
    Real y[CLASSES_MOST];
    task_fill(task, 1, "train", 1, &batch);
    for (int t = 1; t <= 20; t++)
        for (int b = 0; b < 20; b++) {
            if (!*batch_scored(&batch, t, b))
                continue;
            right_answer(task, &batch, t, b, y);
            assert_true(task_answer_is_right(task, y, &batch, t, b));
            assert_true(task_score(task, y, &batch, t, b) == (task->loss == LOSS_MSE ? 0 : 1));
            for (int i = 0; i < task->Y; i++)
                y[i] = task->loss == LOSS_MSE ? y[i] + (Real)0.2 : -y[i];
            assert_false(task_answer_is_right(task, y, &batch, t, b));
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
        for (int b = 0; b < 8; b++) {
            assert_in_range(batch.length[b], 1, T);
            for (int t = 1; t <= T; t++) {
                scored += *batch_scored(&batch, t, b);
                assert_true(t <= batch.length[b] || !*batch_scored(&batch, t, b));
            }
        }
        assert_true(scored >= 8);
        arena_free(&arena);
    }
}

// What is asked at one time step, over many sequences.
typedef struct {
    double n, sum, squares, class_count[CLASSES_MOST];
} Asked;

static Asked asked_at(const Task *task, const Batch *batch, int t)
{
    Asked asked = {0};
    for (int b = 0; b < batch->dims.B; b++) {
        if (!*batch_scored(batch, t, b))
            continue;
        double target = task->loss == LOSS_MSE ? *batch_target(batch, t, b) : 0;
        asked.n++;
        asked.sum += target;
        asked.squares += target * target;
        asked.class_count[label_at(batch, t, b)]++;
    }
    return asked;
}

// The loss of the best constant, summed over them: for values their variance, for classes the entropy of frequencies.
static double least_loss(const Task *task, const Asked *asked)
{
    double loss = 0;
    if (task->loss == LOSS_MSE)
        return asked->squares - asked->sum * asked->sum / asked->n;
    for (int i = 0; i < task->Y; i++)
        if (asked->class_count[i] > 0)
            loss -= asked->class_count[i] * log(asked->class_count[i] / asked->n);
    return loss;
}

// A constant for each time step.
static double best_constant(const Task *task, int T, Scoring scoring)
{
    Arena arena = arena_make(1 << 20);
    Batch batch = batch_for(task, T, SEQUENCES, &arena);
    batch.scoring = scoring;
    double n = 0, loss = 0;
    task_fill(task, 5, "train", 1, &batch);
    for (int t = 1; t <= T; t++) {
        Asked asked = asked_at(task, &batch, t);
        n += asked.n;
        loss += asked.n > 0 ? least_loss(task, &asked) : 0;
    }
    arena_free(&arena);
    return loss / n;
}

static void the_baseline_is_the_loss_of_the_best_constant(void **state)
{
    const Task *task = *state;
    static const int lengths[] = {12, 31};
    for (Scoring scoring = SCORE_TASK; scoring <= SCORE_ALL; scoring++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths && task_can_score(task, scoring); i++) {
            const Batch batch = {.dims.T = lengths[i], .scoring = scoring};
            const double baseline = task->baseline(&batch), best = best_constant(task, lengths[i], scoring);
            assert_true(fabs(baseline - best) <= 0.03 * baseline);
        }
}

// The last alone is each sequence's own; all leave out nothing but padding. What the task asks itself stays as it was.
static void what_is_scored_can_be_chosen_where_there_is_an_answer(void **state)
{
    const Task *task = *state;
    enum { T = 12, B = 40 };
    Arena arena = arena_make(1 << 16);
    Batch own = batch_for(task, T, B, &arena), other = batch_for(task, T, B, &arena);
    char text[TASK_TEXT];
    task_fill(task, 1, "train", 1, &own);
    for (Scoring scoring = SCORE_LAST; scoring <= SCORE_ALL; scoring++) {
        other.scoring = scoring;
        task_fill(task, 1, "train", 1, &other);
        assert_memory_equal(other.x, own.x, sizeof(Real) * (size_t)(T * B * task->X));
        assert_memory_equal(other.length, own.length, sizeof *own.length * B);
        for (int t = 1; t <= T && task_can_score(task, scoring); t++)
            for (int b = 0; b < B; b++) {
                const bool scored = scoring == SCORE_LAST ? t == own.length[b] : t <= own.length[b];
                assert_int_equal(*batch_scored(&other, t, b), scored);
                task_target_text(task, &other, t, b, text);
                check_text(text, scored);
                if (!scored || !*batch_scored(&own, t, b))
                    continue;
                assert_int_equal(label_at(&other, t, b), label_at(&own, t, b));
                assert_true(*batch_target(&other, t, b) == *batch_target(&own, t, b));
            }
    }
    arena_free(&arena);
}

// What one answer would always solve is no question.
static void where_it_may_be_asked_the_answers_differ(void **state)
{
    const Task *task = *state;
    for (Scoring scoring = SCORE_TASK; scoring <= SCORE_ALL && task != &task_null; scoring++)
        if (task_can_score(task, scoring))
            assert_true(best_constant(task, 12, scoring) > 0.1);
}

// The next window begins where the one before ended, and a window is the same whenever it is asked for.
static void endless_sequences_go_on(void **state)
{
    const Task *task = *state;
    enum { T = 12 };
    if (!task->fill_window)
        return;
    Arena arena = arena_make(1 << 16);
    Batch one = batch_for(task, T, 3, &arena), two = batch_for(task, T, 3, &arena),
          both = batch_for(task, 2 * T, 3, &arena);
    task_fill_window(task, 4, 2, &two);
    task_fill_window(task, 4, 1, &one);
    task_fill_window(task, 4, 1, &both);
    for (int t = 1; t <= T; t++)
        for (int b = 0; b < 3; b++) {
            assert_memory_equal(batch_x(&both, t, b), batch_x(&one, t, b), sizeof(Real) * (size_t)task->X);
            assert_memory_equal(batch_x(&both, T + t, b), batch_x(&two, t, b), sizeof(Real) * (size_t)task->X);
            assert_int_equal(label_at(&both, T + t, b), label_at(&two, t, b));
            assert_true(*batch_target(&both, T + t, b) == *batch_target(&two, t, b));
            assert_int_equal(*batch_scored(&two, t, b), 1);
        }
    arena_free(&arena);
}

// What a form says of when there is something to read and when something is asked.
static void its_form_is_what_its_sequences_have(void **state)
{
    const Task *task = *state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, 12, 20, &arena);
    task_fill(task, 2, "train", 1, &batch);
    for (int b = 0; b < 20; b++) {
        int first = 0, last = 0, read = 0, length = batch.length[b];
        for (int t = 12; t >= 1; t--) {
            first = *batch_scored(&batch, t, b) ? t : first;
            last = *batch_scored(&batch, t, b) && !last ? t : last;
            for (int i = 0; i < task->X; i++)
                read = batch_x(&batch, t, b)[i] != 0 && t > read ? t : read;
        }
        assert_true(task->form == FORM_MANY_TO_ONE ? first == length : first < length);
        assert_true(task->form == FORM_FUTURE ? last < read : last == length);
        assert_int_equal(task->form == FORM_ONE_TO_MANY, read == 1);
    }
    arena_free(&arena);
}

static void a_sequence_depends_on_seed_update_and_stream_alone(void **state)
{
    const Task *task = *state;
    Arena arena = arena_make(1 << 16);
    Batch one = batch_for(task, 12, 1, &arena), many = batch_for(task, 12, 7, &arena);
    size_t bytes = sizeof(Real) * (size_t)task->X;
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

// ---- small things ----------------------------------------------------------------------------------------
static void numbers_have_a_true_minus(void **state)
{
    (void)state;
    const struct {
        double y;
        const char *text;
    } cases[] = {{0.374, "0.37"},
                 {-0.5, "\u22120.50"},
                 {-0.001, "0.00"},
                 {FAST_BUILD ? -1e30 : -1e300, FAST_BUILD ? "\u22121e+30" : "\u22121e+300"},
                 {NAN, "nan"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TASK_TEXT];
        const Real y = (Real)cases[i].y;
        task_answer_text(named("adding"), &y, text);
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
    {"what is scored can be chosen", what_is_scored_can_be_chosen_where_there_is_an_answer},
    {"where it may be asked the answers differ", where_it_may_be_asked_the_answers_differ},
    {"endless sequences go on", endless_sequences_go_on},
    {"its form is what its sequences have", its_form_is_what_its_sequences_have},
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
        cmocka_unit_test(numbers_have_a_true_minus),
        cmocka_unit_test(tasks_are_found_by_their_names),
    };
    int failed = cmocka_run_group_tests_name("tasks", tests, NULL, NULL) + check_claims(&task_null);
    for (int i = 0; tasks[i]; i++)
        failed += check_claims(tasks[i]);
    return failed;
}
