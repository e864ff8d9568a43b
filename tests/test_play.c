// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdlib.h>
#include <string.h>

#include "frames.h"

// What goes on by itself as the clock says: playing at any speed, playing slowly, and what is held down.
static const Run *run_of(void)
{
    return &app.session.runs[0];
}

static int start_clock(void **state)
{
    int failed = start(state);
    world.per_look = 1e-6;
    return failed;
}

// Frames for so long; how many moments the reader saw in them.
static int seen_in(double seconds)
{
    Moment before = run_of()->at;
    int seen = 0;
    for (double end = world.seconds + seconds; world.seconds < end; world.seconds += FRAME) {
        frame();
        Moment at = run_of()->at;
        seen += at.update != before.update || at.op != before.op;
        before = at;
    }
    return seen;
}

static long steps_of_update(void)
{
    return 2L * run_of()->program.dims.T + 2;
}

// ---- speeds -----------------------------------------------------------------------------------------------------
static void a_low_speed_passes_through_the_time_steps(void **state)
{
    (void)state;
    say("set T 5; set speed 0.5; play");
    int seen = seen_in(4); // two updates
    assert_in_range(seen, 2 * steps_of_update() - 2, 2 * steps_of_update() + 2);
    assert_in_range(update_now(), 2, 3);
    assert_false(app.snapshot.probe); // the batch that is learnt, not the probe
    assert_true(app.playing);
}

static void a_high_speed_passes_updates(void **state)
{
    (void)state;
    say("set speed 20; play");
    int seen = seen_in(1);
    assert_in_range(seen, 18, 22);
    assert_true(app.snapshot.probe);
    assert_int_equal(run_of()->at.op, run_last_op(run_of()));
}

static void playing_slowly_goes_time_step_by_time_step_at_its_pace(void **state)
{
    (void)state;
    say("set pace 10; slow step");
    assert_in_range(seen_in(2), 18, 22);
    Moment at = run_of()->at;
    assert_int_equal(at.op, program_step_before(&run_of()->program, program_step_after(&run_of()->program, at.op)));
    say("set pace 20");
    assert_in_range(seen_in(2), 36, 44);
    assert_in_range(update_now(), 2, 3); // across the end of an update
    say("pause");
    assert_int_equal(seen_in(1), 0);
}

static void playing_slowly_by_operation_leaves_none_out(void **state)
{
    (void)state;
    say("set pace 30; slow op");
    long last = run_of()->at.op;
    for (int i = 0; i < 100; i++) {
        world.seconds += FRAME;
        frame();
        assert_in_range(run_of()->at.op, last, last + 1);
        last = run_of()->at.op;
    }
    assert_in_range(last, 45, 55);
}

static void slow_and_fast_turn_into_each_other_without_a_stop(void **state)
{
    (void)state;
    say("play");
    seen_in(0.5);
    app_text(&app, "d");
    seen_in(1);
    assert_true(app.playing && app.slow);
    long update = update_now();
    assert_true(update <= 13);
    say("play");
    seen_in(1);
    assert_true(app.playing && !app.slow);
    assert_in_range(update_now(), update + 17, update + 22);
    app_text(&app, "d");
    seen_in(0.2);
    app_text(&app, "d"); // pauses
    seen_in(0.2);
    assert_false(app.playing);
}

// At whatever pace, it is the same training.
static void slow_playing_gives_the_same_bits(void **state)
{
    (void)state;
    say("set T 4; set pace 60; slow step");
    while (update_now() < 4)
        seen_in(0.1);
    say("pause; seek 3");
    char *hash = strdup(null_print(&app, &world, "hash"));
    say("reset; set T 4; set pace 60; train 3");
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    free(hash);
}

// ---- holding down -----------------------------------------------------------------------------------------------
static void a_step_button_held_down_goes_on_and_stops_when_let_go(void **state)
{
    (void)state;
    say("train 3");
    settle();
    point_at(hot_saying("go -1"));
    app_press(&app, false);
    seen_in(0.3);
    assert_int_equal(run_of()->at.op, run_last_op(run_of())); // not yet: it may be a press
    assert_in_range(seen_in(1.1), 10, 14);
    app_release(&app);
    settle();
    assert_int_equal(seen_in(1), 0);
}

static void a_short_press_goes_one_step(void **state)
{
    (void)state;
    say("train 3");
    settle();
    point_at(hot_saying("go -1"));
    app_press(&app, false);
    seen_in(0.1);
    app_release(&app);
    assert_int_equal(seen_in(1), 1);
}

static void a_held_button_that_the_pointer_left_rests(void **state)
{
    (void)state;
    say("train 3");
    settle();
    point_at(hot_saying("update -1"));
    app_press(&app, false);
    seen_in(0.6);
    app_pointer(&app, 700, 500);
    assert_int_equal(seen_in(1), 0);
    app_release(&app);
    assert_int_equal(seen_in(0.5), 0);
}

// A keyboard repeats faster than a large network steps: what it said in vain is not made up for.
static void a_key_held_down_leaves_nothing_waiting(void **state)
{
    (void)state;
    say("train 1");
    world.per_look = 0.004; // a slow machine
    for (int i = 0; i < 30; i++) {
        app_key(&app, "ctrl+right");
        frame();
    }
    long reached = update_now();
    settle();
    assert_in_range(update_now(), reached, reached + 2);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start_clock, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_low_speed_passes_through_the_time_steps),
        CASE(a_high_speed_passes_updates),
        CASE(playing_slowly_goes_time_step_by_time_step_at_its_pace),
        CASE(playing_slowly_by_operation_leaves_none_out),
        CASE(slow_and_fast_turn_into_each_other_without_a_stop),
        CASE(slow_playing_gives_the_same_bits),
        CASE(a_step_button_held_down_goes_on_and_stops_when_let_go),
        CASE(a_short_press_goes_one_step),
        CASE(a_held_button_that_the_pointer_left_rests),
        CASE(a_key_held_down_leaves_nothing_waiting),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
