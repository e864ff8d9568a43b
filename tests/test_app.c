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
#include "app/hands.h"
#include "app/lines.h"
#include "frames.h"

// ---- goals ------------------------------------------------------------------------------------------------------
static void a_long_training_is_done_in_slices_within_the_budget(void **state)
{
    (void)state;
    app_say(&app, "train 100000; theme dark", NULL);
    double before = world.seconds;
    assert_true(frame());
    assert_true(world.seconds - before < 2 * FRAME);
    assert_true(app_busy(&app));
    double progress = session_progress(&app.session);
    for (int i = 0; i < 200; i++)
        assert_true(frame());
    assert_true(session_progress(&app.session) > progress);
    assert_false(app.dark); // it waits
    assert_true(update_now() > 0 && update_now() < 100000);
}

static void escape_stops_a_goal_and_drops_what_waits(void **state)
{
    (void)state;
    app_say(&app, "train 100000; theme dark", NULL);
    for (int i = 0; i < 50; i++)
        frame();
    app_key(&app, "escape");
    settle();
    assert_false(app_busy(&app));
    assert_true(update_now() < 100000);
    assert_false(app.dark);
    assert_string_equal(app.message, "dropped 1 line that waited: theme dark");
}

static void while_a_goal_passes_updates_the_probe_is_shown(void **state)
{
    (void)state;
    app_say(&app, "set T 200; train 1000", NULL);
    for (int i = 0; i < 20; i++) {
        frame();
        assert_true(app.snapshot.probe);
    }
    app_key(&app, "escape");
    settle();
    assert_false(app.snapshot.probe);
}

static void a_key_that_only_changes_the_look_does_not_wait(void **state)
{
    (void)state;
    app_say(&app, "train 100000", NULL);
    frame();
    app_text(&app, "t");
    frame();
    assert_true(app.dark);
    assert_true(app_busy(&app));
    app_text(&app, "2"); // waits
    frame();
    assert_int_equal(app.session.runs[0].setup.cell, 0);
    app_text(&app, " "); // play or pause: the goal ends
    settle();
    assert_false(app_busy(&app));
    assert_false(app.playing);
}

static void a_refused_line_is_told_and_nothing_else_of_it_happens(void **state)
{
    (void)state;
    app_say(&app, "train 2; fly; theme dark", NULL);
    settle();
    assert_true(app.message_bad);
    assert_string_equal(app.message, "there is no command \"fly\"");
    assert_false(app.dark);
    assert_int_equal(update_now(), 2);
}

// ---- playing ----------------------------------------------------------------------------------------------------
static void play_for(double seconds)
{
    for (double until = world.seconds + seconds; world.seconds < until;)
        frame();
}

static void playing_follows_the_clock(void **state)
{
    (void)state;
    world.per_look = 0.00001;
    say("play");
    play_for(2);
    assert_in_range(update_now(), 35, 45); // 20 a second
    say("pause");
    settle();
    long paused = update_now();
    play_for(0.5);
    assert_int_equal(update_now(), paused);
}

static void at_full_speed_it_uses_the_whole_budget(void **state)
{
    (void)state;
    say("set speed 0; play");
    double before = world.seconds;
    frame();
    assert_true(world.seconds - before >= FRAME);
    assert_true(world.seconds - before < 2 * FRAME);
}

static void a_setting_of_the_network_starts_again_and_keeps_playing(void **state)
{
    (void)state;
    world.per_look = 0.00001;
    say("play");
    play_for(1);
    app_text(&app, "2");
    play_for(0.2);
    assert_true(app.playing);
    assert_in_range(update_now(), 1, 8);
    assert_int_equal(app.session.runs[0].setup.cell, 1);
}

static void stepping_pauses(void **state)
{
    (void)state;
    say("play");
    frame();
    app_key(&app, "right");
    settle();
    assert_false(app.playing);
}

static void a_paused_window_costs_nothing(void **state)
{
    (void)state;
    assert_true(frame());
    settle();
    for (int i = 0; i < 100; i++)
        assert_false(frame());
    assert_true(app_frame(&app, FRAME, WIDTH + 100, HEIGHT, &list));
}

static const char breaks[] =
    "set gain 1.6; set activation linear; set clip off; set optimizer sgd; set learning_rate 0.5";

static void a_run_that_breaks_stops_and_one_key_takes_it_back(void **state)
{
    (void)state;
    world.per_look = 0.00001;
    say(breaks);
    say("play");
    play_for(2);
    assert_false(app.playing);
    assert_true(app.message_bad);
    assert_non_null(strstr(app.message, "update 4: "));
    assert_non_null(strstr(app.message, "is no longer finite; update -10 (key Z) goes back"));
    assert_true(app.not_finite);
    app_key(&app, "return");
    settle();
    assert_non_null(strstr(app.message, "update 4 is no longer finite"));
    app_text(&app, "z");
    settle();
    assert_int_equal(update_now(), 0);
    say("set clip norm; train 20; check update == 20");
}

static void without_a_window_further_lines_run_after_a_break(void **state)
{
    (void)state;
    say(breaks);
    say("train 100; print update loss; update -2; print update");
    assert_string_equal(world.printed, "update 4\nloss nan\nupdate 2\n");
    assert_true(app.not_finite);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(a_long_training_is_done_in_slices_within_the_budget),
        CASE(escape_stops_a_goal_and_drops_what_waits),
        CASE(while_a_goal_passes_updates_the_probe_is_shown),
        CASE(a_key_that_only_changes_the_look_does_not_wait),
        CASE(a_refused_line_is_told_and_nothing_else_of_it_happens),
        CASE(playing_follows_the_clock),
        CASE(at_full_speed_it_uses_the_whole_budget),
        CASE(a_setting_of_the_network_starts_again_and_keeps_playing),
        CASE(stepping_pauses),
        CASE(a_paused_window_costs_nothing),
        CASE(a_run_that_breaks_stops_and_one_key_takes_it_back),
        CASE(without_a_window_further_lines_run_after_a_break),
    };
    return cmocka_run_group_tests_name("app", tests, open_fonts, close_fonts);
}
