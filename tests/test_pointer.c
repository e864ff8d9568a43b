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
#include "app/screen.h"
#include "frames.h"

// ---- the pointer ------------------------------------------------------------------------------------------------
static void a_press_says_the_line_under_it(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    app_press(&app, false);
    settle();
    assert_int_equal(app.session.runs[0].setup.cell, 0);
    assert_int_equal(list.pressed, hot_saying("set cell lstm")->id); // it looks pressed at once
    app_release(&app);
    settle();
    assert_int_equal(app.session.runs[0].setup.cell, 1);
    assert_non_null(strstr(world.echoed, "set cell lstm\n"));
}

static void a_drag_says_short_decimals_once_a_frame(void **state)
{
    (void)state;
    frame();
    Hot hot = *hot_saying("set learning_rate %s");
    app_pointer(&app, hot.track.x + hot.track.w / 2, hot.track.y + hot.track.h / 2);
    app_press(&app, false);
    world.echoed[0] = 0;
    for (int i = 0; i < 20; i++)
        app_pointer(&app, hot.track.x + hot.track.w * (0.5f + 0.01f * (float)i), hot.track.y);
    frame();
    frame();
    assert_int_equal(strcspn(world.echoed, "\n") + 1, strlen(world.echoed)); // one line
    assert_true(strlen(world.echoed) < strlen("set learning_rate 0.00000"));
    app_pointer(&app, hot.track.x + hot.track.w + 500, hot.track.y);
    app_release(&app);
    settle();
    assert_true(app.session.runs[0].setup.learning_rate >= 1);
    app_pointer(&app, 0, 0);
    settle();
    assert_true(app.session.runs[0].setup.learning_rate >= 1); // released
}

static void what_is_pointed_at_is_in_the_next_snapshot(void **state)
{
    (void)state;
    say("train 1");
    frame();
    const Hot *found = NULL;
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->pointed.t == 5)
            found = list.shapes[i].hot;
    assert_non_null(found);
    point_at(found);
    assert_true(frame());
    assert_int_equal(app.snapshot.pointed_t, 5);
    assert_int_equal(app.snapshot.t, 5);
    app_pointer(&app, -1, -1);
    assert_true(frame());
    assert_int_equal(app.snapshot.pointed_t, 0);
}

static void a_resting_pointer_shows_its_tip(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    frame();
    assert_true(app.hands.tip_since <= 0);
    world.seconds += 1;
    assert_true(frame());
    assert_true(app.hands.tip_since > 0);
}

static bool shows(const char *words)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, words))
            return true;
    return false;
}

static void what_is_pinned_stays_until_escape(void **state)
{
    (void)state;
    say("train 1; op -20; pin \"map h 7\"; pin \"step 0 result\"");
    assert_true(frame());
    assert_true(shows("hidden state h at t = 7"));
    assert_true(shows("gradient of the hidden state, t = 4"));
    assert_true(shows("unit 8: "));
    say("unpin \"map h 7\"");
    assert_true(frame());
    assert_false(shows("hidden state h at t = 7"));
    app_key(&app, "escape");
    settle();
    assert_false(shows("gradient of the hidden state, t = 4"));
    assert_int_equal(app.pin_count, 0);
}

static const Hot *hot_of(const char *name)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id(name))
            return list.shapes[i].hot;
    fail_msg("there is no %s", name);
    return NULL;
}

static void a_press_pins_what_says_nothing_else(void **state)
{
    (void)state;
    say("train 1; op -20");
    frame();
    for (int pinned = 1; pinned >= 0; pinned--) {
        point_at(hot_of("step 0 result"));
        settle();
        app_press(&app, false);
        app_release(&app);
        settle();
        assert_int_equal(app.pin_count, pinned);
    }
}

// The update stays the one that was pointed at, although the pointer goes and training goes on.
static void a_pin_of_a_curve_keeps_its_update(void **state)
{
    (void)state;
    say("train 60; seek 60 0");
    frame();
    const Hot *curve = hot_of("loss");
    app_pointer(&app, curve->track.x + curve->track.w * 0.5f, curve->area.y + curve->area.h / 2);
    frame();
    frame();
    app_text(&app, "p");
    settle();
    assert_int_equal(app.pin_count, 1);
    long update = app.pins[0].part;
    char words[32];
    snprintf(words, sizeof words, "update %ld", update);
    assert_in_range(update, 29, 31);
    app_pointer(&app, -1, -1);
    say("train 30");
    frame();
    assert_true(shows(words));
    say("seek 10");
    frame();
    assert_true(shows(words));
    snprintf(words, sizeof words, "unpin loss %ld", update);
    say(words);
    assert_int_equal(app.pin_count, 0);
}

static void the_wheel_zooms_the_time_axis_where_the_pointer_is(void **state)
{
    (void)state;
    say("set T 100");
    frame();
    app_pointer(&app, 700, 300);
    app_wheel(&app, 0, 1, false);
    settle();
    int shown = app.axis_last - app.axis_first + 1;
    assert_int_equal(shown, 80);
    app_wheel(&app, 3, 0, false);
    settle();
    assert_int_equal(app.axis_last - app.axis_first + 1, shown);
    for (int i = 0; i < 40; i++) {
        app_wheel(&app, 0, 1, false);
        settle();
    }
    assert_int_equal(app.axis_last - app.axis_first + 1, 3);
    for (int i = 0; i < 40; i++) {
        app_wheel(&app, 0, -1, false);
        settle();
    }
    assert_int_equal(app.axis_last, 0); // fit
}

static void a_press_that_leaves_the_button_says_nothing(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    app_press(&app, false);
    point_at(hot_saying("set cell gru"));
    app_release(&app);
    settle();
    assert_int_equal(app.session.runs[0].setup.cell, 0);
}

static const Hot *hot_of_column(int t)
{
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (hot && hot->press && hot->pointed.t == t &&
            draw_hot_at(&list, hot->area.x + hot->area.w / 2, hot->area.y + hot->area.h / 2) == hot)
            return hot;
    }
    fail_msg("nothing can be pressed at t = %d", t);
    return NULL;
}

static void a_drag_that_begins_on_a_column_pans(void **state)
{
    (void)state;
    say("set T 100; train 1; axis 40 50");
    frame();
    const char *before = world.echoed + strlen(world.echoed);
    point_at(hot_of_column(45));
    app_press(&app, false);
    for (int i = 0; i < 30; i++)
        app_pointer(&app, app.hands.x - 10, app.hands.y);
    settle();
    app_release(&app);
    settle();
    assert_true(app.axis_first > 40);
    assert_int_equal(app.axis_last - app.axis_first, 10);
    assert_null(strstr(before, "select"));
    assert_null(strstr(before, "seek"));
}

static void a_hand_that_trembles_still_presses(void **state)
{
    (void)state;
    say("set T 100; train 1; axis 40 50");
    frame();
    const Hot *hot = hot_of_column(45);
    uint32_t pressed = hot->id;
    point_at(hot);
    app_press(&app, false);
    app_pointer(&app, app.hands.x + 3, app.hands.y - 3);
    app_release(&app);
    settle();
    assert_true(pin_is_set(&app, (Pin){pressed, 0}));
    assert_int_equal(app.axis_first, 40);
}

static int column_shown(void)
{
    settle();
    return app.snapshot.t;
}

static void a_resting_pointer_does_not_hold_the_reader_back(void **state)
{
    (void)state;
    say("train 1; step 3");
    frame();
    point_at(hot_of_column(9));
    assert_int_equal(column_shown(), 9);
    app_key(&app, "right");
    assert_int_equal(column_shown(), 4);
    say("seek 1 1");
    assert_int_equal(column_shown(), 1);
    app_pointer(&app, app.hands.x + 1, app.hands.y);
    assert_int_equal(column_shown(), 9);
}

// ---- tips -------------------------------------------------------------------------------------------------------
static bool tip_after(double seconds)
{
    world.seconds += seconds;
    return tip_seen();
}

static void a_tip_goes_with_a_press_and_comes_when_the_pointer_has_rested_again(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    assert_false(tip_seen());
    assert_true(tip_after(1));
    app_press(&app, false);
    assert_false(tip_after(1));
    app_release(&app);
    assert_false(tip_after(1));
    app_pointer(&app, app.hands.x + 1, app.hands.y);
    assert_false(tip_seen());
    assert_true(tip_after(1));
}

static void a_tip_goes_with_a_key_and_after_a_while(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    assert_true(tip_after(1));
    app_text(&app, "t");
    assert_false(tip_after(1));
    app_pointer(&app, app.hands.x + 1, app.hands.y);
    assert_true(tip_after(1));
    assert_true(tip_after(7));
    world.seconds += 1.2;
    frame(); // it fades
    assert_false(tip_seen());
    assert_false(tip_after(5));
}

static void a_control_that_has_the_keyboard_shows_its_tip(void **state)
{
    (void)state;
    frame();
    app_key(&app, "tab");
    assert_false(tip_seen());
    assert_true(tip_after(1));
    app_key(&app, "tab");
    assert_false(tip_seen());
    assert_true(tip_after(1));
}

static void the_keys_point_at_a_column_and_its_numbers_come_up(void **state)
{
    (void)state;
    say("train 1; step 6");
    frame();
    app_text(&app, "[");
    assert_int_equal(column_shown(), 5);
    app_text(&app, "[");
    assert_int_equal(column_shown(), 4);
    app_text(&app, "]");
    assert_int_equal(column_shown(), 5);
    assert_true(tip_after(1));
    app_key(&app, "shift+down");
    settle();
    assert_int_equal(app.selected_unit, 2);
    assert_true(tip_after(1));
    bool names_unit = false;
    for (int i = 0; i < list.count; i++)
        names_unit = names_unit || (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, "unit 2"));
    assert_true(names_unit);
    app_key(&app, "shift+left");
    assert_int_equal(column_shown(), 5);
    app_key(&app, "shift+left");
    assert_int_equal(column_shown(), 4);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(a_press_says_the_line_under_it),
        CASE(a_drag_says_short_decimals_once_a_frame),
        CASE(a_press_that_leaves_the_button_says_nothing),
        CASE(a_drag_that_begins_on_a_column_pans),
        CASE(a_hand_that_trembles_still_presses),
        CASE(a_resting_pointer_does_not_hold_the_reader_back),
        CASE(a_tip_goes_with_a_press_and_comes_when_the_pointer_has_rested_again),
        CASE(a_tip_goes_with_a_key_and_after_a_while),
        CASE(a_control_that_has_the_keyboard_shows_its_tip),
        CASE(what_is_pointed_at_is_in_the_next_snapshot),
        CASE(a_resting_pointer_shows_its_tip),
        CASE(what_is_pinned_stays_until_escape),
        CASE(a_press_pins_what_says_nothing_else),
        CASE(a_pin_of_a_curve_keeps_its_update),
        CASE(the_wheel_zooms_the_time_axis_where_the_pointer_is),
        CASE(the_keys_point_at_a_column_and_its_numbers_come_up),
    };
    return cmocka_run_group_tests_name("pointer", tests, open_fonts, close_fonts);
}
