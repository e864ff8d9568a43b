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

// Each task by its definition.
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
    const Real *x = batch_x(batch, t, b);
    int symbol = 0;
    while (x[symbol] == 0)
        symbol++;
    return symbol;
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
    task_input_role(named("recall"), &batch, 1, 0, text);
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
                const Real *x = batch_x(&batch, t, b);
                assert_true(x[0] >= 0 && x[0] < 1);
                sum += x[0] * x[1];
                marks[t > T / 2] += x[1] == 1;
            }
            assert_int_equal(marks[0], 1);
            assert_int_equal(marks[1], 1);
            assert_true(*batch_target(&batch, T, b) == (Real)sum);
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
            task_input_role(named("order"), &batch, t, b, role);
            if (!*role)
                continue;
            bool first = strcmp(role, "first") == 0;
            assert_true(first ? t > 5 && t <= 10 : t > 25 && t <= 30);
            task_input_text(named("order"), &batch, t, b, text);
            strcat(expected, first ? "" : "\u2192");
            strcat(expected, text);
        }
        task_target_text(named("order"), &batch, T, b, text);
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

static void copy_repeats_its_symbols_in_their_order(void **state)
{
    (void)state;
    enum { T = 12, COUNT = 3, BLANK = 8, SIGN = 9 };
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("copy"), T, 30, &arena);
    task_fill(named("copy"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++)
        for (int t = 1; t <= T; t++) {
            bool asked = t > T - COUNT;
            assert_int_equal(label_at(&batch, t, b), asked ? symbol_at(&batch, t - T + COUNT, b) : BLANK);
            if (t > COUNT)
                assert_int_equal(symbol_at(&batch, t, b), t == T - COUNT ? SIGN : BLANK);
        }
    arena_free(&arena);
}

static void the_first_symbol_can_be_asked_all_the_time(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("recall"), 12, 30, &arena);
    batch.scoring = SCORE_ALL;
    task_fill(named("recall"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++)
        for (int t = 1; t <= 12; t++)
            assert_int_equal(label_at(&batch, t, b), symbol_at(&batch, 1, b));
    arena_free(&arena);
}

static void parity_asks_whether_the_ones_so_far_are_odd(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("parity"), 12, 30, &arena);
    task_fill(named("parity"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++) {
        double ones = 0;
        for (int t = 1; t <= 12; t++) {
            ones += *batch_x(&batch, t, b);
            assert_int_equal(label_at(&batch, t, b), fmod(ones, 2));
        }
    }
    arena_free(&arena);
}

static void latch_asks_the_sign_of_the_first_value(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("latch"), 12, 30, &arena);
    task_fill(named("latch"), 1, "train", 1, &batch);
    for (int b = 0; b < 30; b++)
        assert_true(*batch_x(&batch, 1, b) == (label_at(&batch, 12, b) ? 1 : -1));
    arena_free(&arena);
}

// Each sequence with the last answer behind it, as letters: b, t or p, a word of Reber's, the same t or p, e.
static void reber_asks_words_of_the_grammar(void **state)
{
    (void)state;
    enum { T = 30 };
    const Task *task = named("reber");
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, T, 200, &arena);
    task_fill(task, 1, "train", 1, &batch);
    for (int b = 0; b < 200; b++) {
        char word[T + 2] = "", letter[TASK_TEXT];
        int length = batch.length[b];
        for (int t = 1; t <= length; t++) {
            task_input_text(task, &batch, t, b, letter);
            word[t - 1] = *letter;
            task_target_text(task, &batch, t, b, letter);
            word[t] = *letter;
            word[t + 1] = 0;
        }
        assert_true(word[0] == 'b' && word[1] == word[length - 1] && word[length] == 'e');
        assert_true(word[2] == 'b' && word[length - 2] == 'e' && strchr("tp", word[1]));
        assert_true(strchr("tp", word[3]) && strchr("sv", word[length - 3]));
        assert_null(strstr(word, "sp"));
        assert_null(strstr(word, "vx"));
    }
    arena_free(&arena);
}

static void spell_writes_the_name_of_the_number(void **state)
{
    (void)state;
    const Task *task = named("spell");
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, 12, 200, &arena);
    task_fill(task, 1, "train", 1, &batch);
    for (int b = 0; b < 200; b++) {
        char number[TASK_TEXT], name[16] = "", letter[TASK_TEXT];
        task_input_text(task, &batch, 1, b, number);
        for (int t = 1; t <= batch.length[b]; t++) {
            task_target_text(task, &batch, t, b, letter);
            strcat(name, letter);
        }
        if (strcmp(number, "3") == 0)
            assert_string_equal(name, "three.");
        if (strcmp(number, "17") == 0)
            assert_string_equal(name, "seventeen.");
    }
    arena_free(&arena);
}

static void words_lead_from_how_to_are_or_old(void **state)
{
    (void)state;
    const Task *task = named("words");
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, 30, 50, &arena);
    char from[TASK_TEXT], to[TASK_TEXT];
    int seen[2] = {0};
    task_fill(task, 1, "train", 1, &batch);
    for (int t = 1; t <= 30; t++)
        for (int b = 0; b < 50; b++) {
            task_input_text(task, &batch, t, b, from);
            task_target_text(task, &batch, t, b, to);
            if (strcmp(from, "how") != 0)
                continue;
            assert_true(strcmp(to, "are") == 0 || strcmp(to, "old") == 0);
            seen[strcmp(to, "old") == 0]++;
        }
    assert_true(seen[0] > 10 && seen[1] > 10);
    arena_free(&arena);
}

static void letters_reads_any_text(void **state)
{
    (void)state;
    enum { T = 9 };
    static const char bytes[] = "\n\nAh! 1 \xc3\xa9  be";
    const Task *task = named("letters");
    unsigned char symbol[sizeof bytes];
    size_t length = letters_read(bytes, sizeof bytes - 1, symbol);
    char read[32] = "", letter[TASK_TEXT];
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(task, T, 1, &arena);
    batch.reading = (Reading){symbol, length};
    assert_int_equal(length, 6); // "ah. be"
    task_fill(task, 1, "train", 1, &batch);
    for (int t = 1; t <= T; t++) {
        task_input_text(task, &batch, t, 0, letter);
        strcat(read, letter);
    }
    assert_non_null(strstr("ah.\u2423beah.\u2423beah.\u2423be", read));
    assert_true(fabs(task->baseline(&batch) - log(6)) < 1e-12);
    arena_free(&arena);
}

static void agree_asks_at_the_start_what_the_end_decides(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Batch batch = batch_for(named("agree"), 12, 50, &arena);
    char noun[TASK_TEXT], article[TASK_TEXT];
    task_fill(named("agree"), 1, "train", 1, &batch);
    for (int b = 0; b < 50; b++) {
        task_input_text(named("agree"), &batch, batch.length[b], b, noun);
        task_target_text(named("agree"), &batch, 1, b, article);
        assert_string_equal(article, strcmp(noun, "chat") == 0 ? "le" : "la");
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recall_asks_the_first_symbol_at_the_end),
        cmocka_unit_test(the_first_symbol_can_be_asked_all_the_time),
        cmocka_unit_test(echo_asks_the_symbol_of_three_time_steps_before),
        cmocka_unit_test(adding_marks_one_value_in_each_half),
        cmocka_unit_test(order_asks_which_special_symbols_came),
        cmocka_unit_test(sine_asks_the_next_value),
        cmocka_unit_test(copy_repeats_its_symbols_in_their_order),
        cmocka_unit_test(parity_asks_whether_the_ones_so_far_are_odd),
        cmocka_unit_test(latch_asks_the_sign_of_the_first_value),
        cmocka_unit_test(reber_asks_words_of_the_grammar),
        cmocka_unit_test(spell_writes_the_name_of_the_number),
        cmocka_unit_test(words_lead_from_how_to_are_or_old),
        cmocka_unit_test(letters_reads_any_text),
        cmocka_unit_test(agree_asks_at_the_start_what_the_end_decides),
    };
    return cmocka_run_group_tests_name("task rules", tests, NULL, NULL);
}
