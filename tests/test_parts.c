// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/words.h"
#include "shown.h"

// What the parts of the screen say: the bottom bar, the numbers of this moment, a small window.

// ---- messages in the bottom bar ---------------------------------------------------------------------------------
static void a_refusal_is_shown_whole(void **state)
{
    (void)state;
    static const int widths[] = {1024, 1100, 1280, 1440, 1920};
    carry_out("set cell lstm; set T 1000; set batch 64; set hidden 256");
    assert_non_null(strstr(app.message, "; the limit is 2 GiB"));
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        draw(widths[i], 700);
        assert_whole("T 1000", widths[i]);
        assert_whole("2 GiB", widths[i]);
    }
}

static void a_very_long_refusal_takes_two_lines_and_no_more(void **state)
{
    (void)state;
    char text[400] = "";
    for (int i = 0; i < 70; i++)
        strcat(text, "word ");
    app_tell(&app, true, text);
    draw(1024, 700);
    int lines = 0;
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        bool of_message = shape->kind == SHAPE_TEXT && shape->ink == INK_WARNING;
        lines += of_message;
        assert_true(!of_message || (shape->y / 64 > 670 && shape->y / 64 < 697));
    }
    assert_int_equal(lines, 2);
}

static void a_refusal_goes_when_a_line_is_carried_out_well(void **state)
{
    (void)state;
    carry_out("fly");
    assert_true(app.message_bad && *app.message);
    carry_out("walk");
    assert_string_equal(app.message, "there is no command \"walk\"");
    carry_out("theme dark");
    assert_string_equal(app.message, "");
}

static const char breaks[] =
    "set gain 1.6; set activation linear; set clip off; set optimizer sgd; set learning_rate 0.5; train 20";

static void a_run_that_is_not_finite_is_said_as_long_as_it_is_so(void **state)
{
    (void)state;
    carry_out(breaks);
    carry_out("theme dark");
    assert_non_null(words("update 4 is no longer finite; Z goes back 10 updates"));
    carry_out("update -10");
    assert_null(words("no longer finite; Z"));
    assert_string_equal(app.message, "");
}

static void a_switch_that_seeking_flips_is_told(void **state)
{
    (void)state;
    carry_out("train 5; set clip off; set learning_rate 0.1; train 5");
    carry_out("seek 7");
    assert_string_equal(app.message, "");
    carry_out("seek 0");
    assert_string_equal(app.message, "learning_rate is 0.01, clip is norm again, as at update 0");
    assert_false(app.message_bad);
    carry_out("latest");
    assert_string_equal(app.message, "learning_rate is 0.1, clip is off again, as at update 10");
    carry_out("update -6");
    assert_string_equal(app.message, "learning_rate is 0.01, clip is norm again, as at update 4");
    app.message[0] = 0;
    carry_out("step -1");
    assert_string_equal(app.message, "");
}

// ---- the numbers of this moment ---------------------------------------------------------------------------------
static void while_it_plays_the_numbers_are_those_of_the_last_update(void **state)
{
    (void)state;
    carry_out("train 1776; step 1");
    assert_int_equal(words("loss, update 1\u2009776")->ink, INK_FAINT);
    app.playing = true;
    draw(WIDTH, HEIGHT);
    assert_int_equal(words("loss, update 1\u2009776")->ink, INK_SOFT); // the label's ordinary ink
    assert_non_null(words("‖g‖, update 1\u2009776"));
    assert_non_null(words("clipped, update 1\u2009776"));
    app.playing = false;
    carry_out("latest");
    assert_non_null(words("loss L"));
}

// The same letter L, and not the same number.
static void a_loss_says_whether_it_is_the_batch_s_or_of_which_sequence(void **state)
{
    (void)state;
    carry_out("train 2; show 3");
    assert_non_null(words("loss L of the batch"));
    assert_non_null(words("of sequence 3"));
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id("graph.loss.12"))
            assert_non_null(strstr(list.shapes[i].hot->tip, "of sequence 3"));
    app.playing = true;
    draw(WIDTH, HEIGHT);
    assert_non_null(words("of the probe"));
}

// ---- the numbers of an operation --------------------------------------------------------------------------------
static void the_table_of_an_operation_has_all_its_terms_and_counts_its_units(void **state)
{
    (void)state;
    for (int i = 0; cell_types[i]; i++) {
        char line[64];
        snprintf(line, sizeof line, "set cell %s; set hidden 8", cell_types[i]->name);
        carry_out(line);
        carry_out("train 1; grain op; seek 1 0; step 5");
        for (int op = 0; op < 2 * app.session.runs[0].program.row_count; op++) {
            carry_out("op 1");
            if (words(" terms"))
                fail_msg("%s, op %d: %s", cell_types[i]->name, op, words(" terms")->text);
        }
    }
    carry_out("set cell lstm; set hidden 16; train 1; seek 1 0; step 5; op 11");
    assert_non_null(words("of 16 units"));
}

// ---- what is compared -------------------------------------------------------------------------------------------
static void of_several_the_run_that_is_not_finite_is_named(void **state)
{
    (void)state;
    carry_out("set activation linear; set gain 2; set optimizer sgd; set learning_rate 1; compare clip norm off");
    app_say(&app, "train 50", NULL);
    settle();
    app.message[0] = 0; // it has been read
    draw(WIDTH, HEIGHT);
    assert_null(words("clip off: update ")); // the other goes on
    assert_non_null(words("clip off: no longer finite"));
    assert_non_null(words("Back before it"));
    carry_out("set clip off; compare learning_rate 0.5 1");
    app_say(&app, "train 50", NULL);
    settle();
    app.message[0] = 0;
    draw(WIDTH, HEIGHT);
    assert_non_null(words("learning rate 0.5: update "));
    assert_non_null(words("Back 10 updates"));
}

static const Hot *hot_saying(const char *line)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->press && !strcmp(list.shapes[i].hot->press, line))
            return list.shapes[i].hot;
    return NULL;
}

static void clipping_that_is_compared_is_shown_as_compared(void **state)
{
    (void)state;
    carry_out("compare clip off norm");
    assert_non_null(hot_saying("open compare clip"));
    assert_null(hot_saying("set clip off"));
    assert_null(hot_saying("set clip norm"));
    assert_non_null(words("threshold")); // one of them clips
    carry_out("compare threshold 1 2");
    assert_non_null(hot_saying("open compare threshold"));
    assert_non_null(hot_saying("set clip off"));
}

static void a_norm_that_nobody_clips_is_not_said_to_be_before_clipping(void **state)
{
    (void)state;
    carry_out("compare cells; train 2");
    assert_non_null(words("GRADIENT NORM, BEFORE CLIPPING"));
    carry_out("set clip off");
    assert_non_null(words("GRADIENT NORM"));
    assert_null(words("BEFORE CLIPPING"));
}

// A mark at the end of the axis, and in its tip what it means.
static void a_bar_beyond_the_axis_says_so(void **state)
{
    (void)state;
    int higher = 0, lower = 0;
    carry_out("set T 60; set activation linear; compare gain 0.3 3; train 1");
    for (int i = 0; i < list.count; i++) {
        const char *tip = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot->tip : NULL;
        higher += tip && strstr(tip, "the mark: the bar goes on, the axis ends at 1e4");
        lower += tip && strstr(tip, "the mark: it is smaller still, the axis begins at 1e−8");
    }
    assert_true(higher > 9 && lower > 9);
}

static void an_explanation_names_its_layer_and_direction(void **state)
{
    (void)state;
    static const char *const grains[] = {"grain op", "grain step"};
    carry_out("set cell lstm; train 1; grain op; step -3");
    assert_null(words("layer 1"));
    carry_out("set layers 2; set bidirectional on; train 1; seek 1 0; step 3");
    for (int i = 0; i < 2; i++) {
        carry_out(grains[i]);
        const Shape *name = words("layer 1 →");
        assert_non_null(name);
        assert_true(name->align == ALIGN_RIGHT); // beside the title of the inspector
    }
    carry_out("op 1; step 14");
    assert_non_null(words("layer 1 ←"));
}

// ---- playing slowly ---------------------------------------------------------------------------------------------
static void a_button_plays_slowly_and_pauses(void **state)
{
    (void)state;
    carry_out("train 1");
    const Hot *slow = hot_saying("slow step");
    assert_non_null(slow);
    assert_non_null(strstr(slow->tip, "play slowly"));
    app.playing = app.slow = true;
    draw(WIDTH, HEIGHT);
    int pauses = 0;
    for (int i = 0; i < list.count; i++)
        pauses += list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->press &&
                  !strcmp(list.shapes[i].hot->press, "pause");
    assert_int_equal(pauses, 2);
}

// ---- the journal ------------------------------------------------------------------------------------------------
static void the_journal_is_a_page_of_all_that_was_told(void **state)
{
    (void)state;
    carry_out("open journal");
    assert_non_null(words("Journal"));
    assert_non_null(words("no setting and no weight"));
    carry_out(
        "open none; train 40; set learning_rate 0.1; train 2; step -3; weight weight_hh_l0 1 1 0.5; open journal");
    assert_non_null(words("update 40"));
    assert_non_null(words("set learning_rate 0.1"));
    assert_non_null(words("update 42, operation "));
    assert_non_null(words("weight weight_hh_l0 1 1 0.5"));
    carry_out("open none; undo; open journal");
    for (int i = 0; i < list.count; i++) // the grey curve's name and the message have more words
        assert_true(list.shapes[i].kind != SHAPE_TEXT || strcmp(list.shapes[i].text, "weight weight_hh_l0 1 1 0.5"));
    carry_out("present on");
    assert_non_null(words("set learning_rate 0.1"));
    app_key(&app, "escape");
    settle();
    assert_int_equal(app.popup, POPUP_NONE);
}

// ---- formulas ---------------------------------------------------------------------------------------------------
static const Shape *formula(const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_FORMULA && strstr(list.shapes[i].text, part))
            return &list.shapes[i];
    return NULL;
}

static void a_formula_does_not_say_a_product_twice(void **state)
{
    (void)state;
    carry_out("set cell peephole; train 1; grain op; seek 1 0; step 5; op 8");
    assert_non_null(formula("p_{i} \\odot c_{5}"));
    assert_null(formula("= p_{i}"));
}

static void a_line_that_goes_on_with_a_plus_leaves_it_room(void **state)
{
    (void)state;
    carry_out("set cell gru; train 1; step -3");
    assert_non_null(formula("+\\,"));
    assert_null(formula("+W"));
}

// ---- the first five minutes -------------------------------------------------------------------------------------
// What README.md has its reader do, also where the sliders stand a little beside the values it names.
static void the_readme_s_recipe_explodes_without_clipping_and_learns_with_it(void **state)
{
    (void)state;
    static const char *const values[] = {"set gain 1.6; set learning_rate 0.1", "set gain 1.5; set learning_rate 0.07"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        carry_out("reset; set activation linear; set clip off; set optimizer sgd");
        carry_out(values[i]);
        carry_out("train 20; check update == 4; update -10; check update == 0");
        carry_out("set clip norm; train 400; check update == 400; check accuracy > 0.7");
        assert_string_equal(app.message, "");
    }
}

// ---- a small window ---------------------------------------------------------------------------------------------
static void each_slice_of_the_weights_gradient_has_its_norm(void **state)
{
    (void)state;
    char number[NUMBER_SIZE];
    carry_out("reset; set T 12; train 20; slices on; op -1");
    draw(WIDTH, HEIGHT);
    const GradSlice *slice = snapshot_slices(&app.snapshot);
    for (int t = 1; t <= 12; t++)
        if (!words(number_short(number, slice[t - 1].norm)))
            fail_msg("t = %d: %s is not shown", t, number);
    carry_out("slices off");
}

static void the_gradient_of_the_weights_is_said_to_be_a_sum(void **state)
{
    (void)state;
    carry_out("reset; train 1; seek 1 0; step 14; op 4; grain op");
    draw(WIDTH, HEIGHT);
    assert_non_null(words("one term of the sum"));
    carry_out("latest; op -1; grain update");
    draw(WIDTH, HEIGHT);
    assert_non_null(words("mean over the batch: a matrix for each t, added up"));
}

static void a_small_window_says_so_within_its_edges(void **state)
{
    (void)state;
    static const int widths[] = {1000, 500, 300, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        draw(widths[i], 200);
        int lines = 0;
        for (int s = 0; s < list.count; s++) {
            const Shape *shape = &list.shapes[s];
            lines += shape->kind == SHAPE_TEXT;
            if (shape->kind == SHAPE_TEXT)
                assert_whole(shape->text, widths[i]);
        }
        assert_true(lines >= 2);
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(a_refusal_is_shown_whole),
        CASE(a_very_long_refusal_takes_two_lines_and_no_more),
        CASE(a_refusal_goes_when_a_line_is_carried_out_well),
        CASE(a_run_that_is_not_finite_is_said_as_long_as_it_is_so),
        CASE(a_switch_that_seeking_flips_is_told),
        CASE(while_it_plays_the_numbers_are_those_of_the_last_update),
        CASE(a_loss_says_whether_it_is_the_batch_s_or_of_which_sequence),
        CASE(the_table_of_an_operation_has_all_its_terms_and_counts_its_units),
        CASE(of_several_the_run_that_is_not_finite_is_named),
        CASE(clipping_that_is_compared_is_shown_as_compared),
        CASE(a_norm_that_nobody_clips_is_not_said_to_be_before_clipping),
        CASE(a_bar_beyond_the_axis_says_so),
        CASE(an_explanation_names_its_layer_and_direction),
        CASE(a_button_plays_slowly_and_pauses),
        CASE(the_journal_is_a_page_of_all_that_was_told),
        CASE(a_formula_does_not_say_a_product_twice),
        CASE(a_line_that_goes_on_with_a_plus_leaves_it_room),
        CASE(the_readme_s_recipe_explodes_without_clipping_and_learns_with_it),
        CASE(each_slice_of_the_weights_gradient_has_its_norm),
        CASE(the_gradient_of_the_weights_is_said_to_be_a_sum),
        CASE(a_small_window_says_so_within_its_edges),
    };
    return cmocka_run_group_tests_name("parts", tests, open_fonts, close_fonts);
}
