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

#include "app/commands.h"
#include "app/undo.h"
#include "base/rng.h"
#include "frames.h"
#include "sim/history.h"

// Taking back and making again.
static char *copy_of(const char *name)
{
    return strdup(null_print(&app, &world, name));
}

static const Run *run_of(void)
{
    return &app.session.runs[0];
}

static double setting(const char *name)
{
    Err err;
    return setting_get(&run_of()->setup, setting_find(name, &err));
}

static void refused(const char *line, const char *says)
{
    Err err;
    assert_false(app_do(&app, line, &err));
    assert_string_equal(err.text, says);
}

// Where it is now: everything that training and its reader depend on.
static char *moment(void)
{
    char *place = copy_of("place"), *hash = copy_of("hash"), *state = copy_of("state");
    size_t size = strlen(place) + strlen(hash) + strlen(state) + 3;
    char *all = malloc(size);
    snprintf(all, size, "%s\n%s\n%s", place, hash, state);
    free(place);
    free(hash);
    free(state);
    return all;
}

static void assert_moment(char *expected)
{
    char *is = moment();
    assert_string_equal(is, expected);
    free(is);
    free(expected);
}

// ---- live changes -----------------------------------------------------------------------------------------------
static void a_live_change_is_taken_back_where_it_was_made(void **state)
{
    (void)state;
    say("set T 4; train 10; step 3");
    char *before = moment();
    say("set learning_rate 0.1; set threshold 0.5; train 7");
    char *after = moment();
    say("undo; undo");
    assert_moment(before);
    assert_true(setting("learning_rate") == 0.01);
    assert_int_equal(run_of()->reached, 10);
    say("redo; redo");
    assert_moment(after);
}

static void a_weight_is_taken_back_as_a_setting_is(void **state)
{
    (void)state;
    say("set T 4; train 3");
    char *before = moment();
    say("weight out.bias 1 1 2; train 2");
    char *after = moment();
    say("undo");
    assert_moment(before);
    say("redo");
    assert_moment(after);
}

enum { CELLS = 3 };

static void read_hashes(uint64_t hashes[CELLS])
{
    assert_int_equal(app.session.count, CELLS);
    for (int i = 0; i < CELLS; i++)
        hashes[i] = run_hash(&app.session.runs[i]);
}

static void assert_hashes(const uint64_t expected[CELLS])
{
    uint64_t are[CELLS];
    read_hashes(are);
    assert_memory_equal(are, expected, sizeof are);
}

static void it_is_taken_back_from_all_runs_that_are_compared(void **state)
{
    (void)state;
    uint64_t before[CELLS], after[CELLS];
    say("set T 4; compare cells; train 5; step 3");
    read_hashes(before);
    say("set learning_rate 0.1; weight out.bias 1 1 2; train 4");
    read_hashes(after);
    assert_memory_not_equal(before, after, sizeof before);
    say("undo; undo");
    assert_hashes(before);
    say("redo; redo");
    assert_hashes(after);
    say("compare off");
    assert_int_equal(app.session.count, 1);
    say("undo");
    assert_hashes(after);
}

static void the_journal_says_what_stands(void **state)
{
    (void)state;
    assert_string_equal(null_print(&app, &world, "journal"), "-");
    say("train 2; set learning_rate 0.05; train 1; weight out.bias 1 1 2; set clip off; undo");
    char expected[200];
    snprintf(expected, sizeof expected,
             "update 2 op %ld: set learning_rate 0.05 | update 3 op %ld: weight out.bias 1 1 2", run_last_op(run_of()),
             run_last_op(run_of()));
    assert_string_equal(null_print(&app, &world, "journal"), expected);
}

// What was trained and told before a change made in the past comes again as it was.
static void the_future_that_a_change_dropped_comes_again(void **state)
{
    (void)state;
    say("set T 4; train 10; set threshold 0.3; train 10; set learning_rate 0.02; train 10");
    char *end = moment();
    say("seek 5; set learning_rate 0.5; train 3; undo; train 25");
    assert_moment(end);
    say("undo"); // now the one at update 20
    assert_true(setting("learning_rate") == 0.01 && setting("threshold") == 0.3);
    assert_int_equal(update_now(), 20);
}

static void undo_in_mid_update_goes_back_into_it(void **state)
{
    (void)state;
    say("set T 4; set cell lstm; train 4; op 17");
    char *before = moment(), *loss = copy_of("dh");
    say("set freeze f=0; op 9; undo");
    assert_moment(before);
    assert_string_equal(null_print(&app, &world, "dh"), loss);
    free(loss);
}

static void what_has_not_changed_is_not_noted(void **state)
{
    (void)state;
    refused("undo", "there is no change of a setting or a weight to take back");
    refused("redo", "nothing that was taken back can be made again");
    say("set learning_rate 0.01; set speed 100; set pace 3; theme dark; view weights; train 3");
    assert_null(undo_line(&app));
    Err err;
    assert_false(app_do(&app, "set T 0", &err));
    assert_null(undo_line(&app));
    say("set learning_rate 0.02");
    assert_string_equal(undo_line(&app), "set learning_rate 0.02");
}

static void a_new_change_forgets_what_was_taken_back(void **state)
{
    (void)state;
    say("train 2; set learning_rate 0.02; undo");
    assert_string_equal(redo_line(&app), "set learning_rate 0.02");
    say("set threshold 3");
    assert_null(redo_line(&app));
    refused("redo", "nothing that was taken back can be made again");
}

// ---- new starts -------------------------------------------------------------------------------------------------
static void a_new_start_gives_the_former_run_back_whole(void **state)
{
    (void)state;
    static const char *const starts[] = {"set hidden 5", "set cell gru", "set seed 4", "restart",
                                         "reset",        "set T 6",      "text"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        say("reset; set T 5; train 20; set clip off; train 5; step 4");
        char *before = moment();
        int kept = history_count(run_of());
        say(starts[i]);
        say("train 3");
        char *after = moment();
        say("undo");
        assert_moment(before);
        assert_int_equal(run_of()->reached, 25);
        assert_int_equal(record_last(run_of()->record), 25); // its curve too
        assert_int_equal(history_count(run_of()), kept);
        say("redo");
        assert_moment(after);
        say("undo; undo"); // and what was changed in the former run
        assert_int_equal(update_now(), 20);
        assert_int_equal((int)setting("clip"), 1);
    }
}

static void the_last_eight_former_runs_are_kept(void **state)
{
    (void)state;
    char line[64];
    for (int i = 0; i < 12; i++) {
        snprintf(line, sizeof line, "set seed %d; train %d", 100 + i, i + 1);
        say(line);
    }
    int back = 0;
    Err err;
    while (app_do(&app, "undo", &err))
        back++;
    assert_int_equal(back, 8);
    assert_int_equal((int)setting("seed"), 103);
    assert_int_equal(update_now(), 4);
    while (app_do(&app, "redo", &err))
        back--;
    assert_int_equal(back, 0);
    assert_int_equal(update_now(), 12);
}

// ---- the curves of before ---------------------------------------------------------------------------------------
static double loss_at(const Record *record, long update)
{
    double loss;
    assert_true(record_get(record, CURVE_LOSS, update, &loss));
    return loss;
}

static bool shows(const char *words)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, words))
            return true;
    return false;
}

static void the_old_future_stays_as_a_curve_until_it_is_taken_away(void **state)
{
    (void)state;
    say("train 30; seek 10");
    double old = loss_at(run_of()->record, 30);
    settle();
    assert_null(run_of()->former); // nothing is changed yet
    say("set learning_rate 0.1; train 10");
    settle();
    assert_int_equal(run_of()->former_from, 10);
    assert_int_equal(record_last(run_of()->former), 30);
    assert_true(loss_at(run_of()->former, 30) == old);
    assert_true(shows("grey: without learning_rate 0.1"));
    say("seek 15; set threshold 2"); // what this drops is shorter and began later
    assert_true(loss_at(run_of()->former, 30) == old);
    assert_string_equal(run_of()->former_name, "without learning_rate 0.1");
    say("undo; undo; train 20; set clip off");
    settle();
    assert_true(loss_at(run_of()->record, 30) == old);
    say("forget");
    settle();
    assert_null(run_of()->former);
    assert_false(shows("grey: "));
}

static void a_new_start_leaves_the_former_curve_to_compare_with(void **state)
{
    (void)state;
    say("train 30");
    double old = loss_at(run_of()->record, 30);
    say("set hidden 12");
    settle();
    assert_true(loss_at(run_of()->former, 30) == old);
    say("train 5");
    settle();
    assert_true(shows("grey: before hidden 12"));
    click(hot_saying("forget"));
    settle();
    assert_null(run_of()->former);
    say("set task echo"); // another loss
    assert_null(run_of()->former);
}

static void the_grey_curve_bears_the_name_of_the_run_that_is_drawn(void **state)
{
    (void)state;
    say("set cell lstm; train 30");
    double old = loss_at(run_of()->record, 30);
    say("set cell rnn; train 20; set gain 1.5; undo"); // a run without an update leaves no curve
    settle();
    assert_true(loss_at(run_of()->former, 30) == old);
    assert_true(shows("grey: before cell rnn"));
    say("set threshold 2"); // drops nothing
    settle();
    assert_true(loss_at(run_of()->former, 30) == old);
    assert_true(shows("grey: before cell rnn"));
    say("undo; set gain 1.5; train 5; undo");
    settle();
    assert_int_equal(record_last(run_of()->former), 5);
    assert_true(shows("grey: with gain 1.5"));
    say("redo");
    settle();
    assert_int_equal(record_last(run_of()->former), 20);
    assert_true(shows("grey: before gain 1.5"));
}

static void the_curve_that_a_hand_leaves_is_named_after_its_last_change(void **state)
{
    (void)state;
    say("train 30; seek 10");
    app.gesture = 1;
    say("set threshold 2; set threshold 3");
    app.gesture = 0;
    assert_int_equal(app.journal.count, 1);
    assert_string_equal(run_of()->former_name, "without threshold 3");
}

// ---- any order --------------------------------------------------------------------------------------------------
// Of more than eight new starts the first are forgotten, so their number says nothing.
static const Told *last_told(void)
{
    return app.journal.count > 0 ? app.journal.told[app.journal.count - 1] : NULL;
}

static void walks_of_changes_are_taken_back_to_the_same_bits(void **state)
{
    (void)state;
    enum { LINES = 14 };
    static const char *const lines[] = {"set learning_rate 0.02",
                                        "set learning_rate 0.05",
                                        "set clip off",
                                        "set clip norm",
                                        "set hidden 4",
                                        "set hidden 3",
                                        "weight out.bias 2 1 1",
                                        "weight out.bias 2 1 -1",
                                        "set threshold 2",
                                        "set optimizer sgd",
                                        "update -2",
                                        "op -5"};
    Rng rng = rng_make(7, rng_stream("undo"));
    for (int walk = 0; walk < 12; walk++) {
        char *before[LINES];
        int noted = 0;
        say("reset; set T 3; set batch 2; set hidden 3; train 4");
        for (int i = 0; i < LINES; i++) {
            const char *line = lines[rng_below(&rng, sizeof lines / sizeof *lines)];
            char *here = moment();
            const Told *last = last_told();
            say(line);
            if (last_told() != last)
                before[noted++] = here;
            else
                free(here);
            if (rng_below(&rng, 2))
                say("train 2");
        }
        while (noted > 0) {
            say("undo");
            assert_moment(before[--noted]);
            if (rng_below(&rng, 4) == 0) {
                char *here = moment();
                say("redo; undo");
                assert_moment(here);
            }
        }
    }
}

// ---- hands ------------------------------------------------------------------------------------------------------
static void drag(const char *line, float from, float to)
{
    Hot hot = *hot_saying(line);
    app_pointer(&app, hot.track.x + hot.track.w * from, hot.track.y + hot.track.h / 2);
    app_press(&app, false);
    for (int i = 0; i <= 5; i++) {
        app_pointer(&app, hot.track.x + hot.track.w * (from + (to - from) * (float)i / 5), hot.track.y);
        settle();
    }
    app_release(&app);
    settle();
}

static void a_drag_is_one_change(void **state)
{
    (void)state;
    say("train 3");
    settle();
    char *before = moment();
    drag("set learning_rate %s", 0.6f, 0.9f);
    drag("set hidden %s", 0.3f, 0.6f);
    assert_int_equal(undo_count(&app), 2);
    say("undo; undo");
    assert_moment(before);
    say("redo");
    assert_true(setting("learning_rate") > 0.05);
}

static void the_keys_of_a_slider_are_one_change_until_something_is_trained(void **state)
{
    (void)state;
    say("train 3");
    settle();
    app.hands.focus = hot_saying("set learning_rate %s")->id;
    for (int i = 0; i < 4; i++) {
        app_key(&app, "up");
        settle();
    }
    assert_int_equal(undo_count(&app), 1);
    say("train 1");
    app_key(&app, "up");
    settle();
    assert_int_equal(undo_count(&app), 2);
    app_key(&app, "ctrl+z");
    settle();
    app_key(&app, "ctrl+z");
    settle();
    assert_true(setting("learning_rate") == 0.01);
    app_key(&app, "ctrl+shift+z");
    app_key(&app, "ctrl+y");
    settle();
    assert_int_equal(undo_count(&app), 2);
}

static const Hot *hot_of(const char *name)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id(name))
            return list.shapes[i].hot;
    return NULL;
}

static void the_buttons_say_what_they_would_do(void **state)
{
    (void)state;
    settle();
    assert_null(hot_of("undo"));
    assert_null(hot_of("redo"));
    say("train 3; set learning_rate 0.05");
    settle();
    assert_non_null(strstr(hot_of("undo")->tip, "set learning_rate 0.05"));
    click(hot_of("undo"));
    settle();
    assert_null(hot_of("undo"));
    assert_non_null(strstr(hot_of("redo")->tip, "set learning_rate 0.05"));
    click(hot_of("redo"));
    settle();
    assert_true(setting("learning_rate") == 0.05);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_live_change_is_taken_back_where_it_was_made),
        CASE(a_weight_is_taken_back_as_a_setting_is),
        CASE(it_is_taken_back_from_all_runs_that_are_compared),
        CASE(the_journal_says_what_stands),
        CASE(the_future_that_a_change_dropped_comes_again),
        CASE(undo_in_mid_update_goes_back_into_it),
        CASE(what_has_not_changed_is_not_noted),
        CASE(a_new_change_forgets_what_was_taken_back),
        CASE(a_new_start_gives_the_former_run_back_whole),
        CASE(the_last_eight_former_runs_are_kept),
        CASE(the_old_future_stays_as_a_curve_until_it_is_taken_away),
        CASE(a_new_start_leaves_the_former_curve_to_compare_with),
        CASE(the_grey_curve_bears_the_name_of_the_run_that_is_drawn),
        CASE(the_curve_that_a_hand_leaves_is_named_after_its_last_change),
        CASE(walks_of_changes_are_taken_back_to_the_same_bits),
        CASE(a_drag_is_one_change),
        CASE(the_keys_of_a_slider_are_one_change_until_something_is_trained),
        CASE(the_buttons_say_what_they_would_do),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
