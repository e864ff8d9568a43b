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
#include "stage.h"

enum { WIDTH = 1440, HEIGHT = 900 };
static const double FRAME = 1.0 / 60;

static DrawList list;

static bool frame(void)
{
    return app_frame(&app, FRAME, WIDTH, HEIGHT, &list);
}

// Frames until nothing changes any more.
static int settle(void)
{
    int count = 0;
    while (frame())
        if (++count > 1000)
            fail_msg("never at rest");
    return count;
}

static long update_now(void)
{
    return app.session.runs[0].at.update;
}

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

// ---- the pointer ------------------------------------------------------------------------------------------------
static const Hot *hot_saying(const char *line)
{
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (hot && ((hot->press && !strcmp(hot->press, line)) || (hot->drag && !strcmp(hot->drag, line))))
            return hot;
    }
    fail_msg("nothing says %s", line);
    return NULL;
}

static void point_at(const Hot *hot)
{
    app_pointer(&app, hot->area.x + hot->area.w / 2, hot->area.y + hot->area.h / 2);
}

static void click(const Hot *hot)
{
    point_at(hot);
    app_press(&app);
    app_release(&app);
    settle();
}

static void a_press_says_the_line_under_it(void **state)
{
    (void)state;
    frame();
    point_at(hot_saying("set cell lstm"));
    app_press(&app);
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
    app_press(&app);
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
        app_press(&app);
        app_release(&app);
        settle();
        assert_int_equal(app.pin_count, pinned);
    }
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
    app_press(&app);
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
    app_press(&app);
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
    char line[64];
    snprintf(line, sizeof line, "%s\n", hot->press);
    point_at(hot);
    app_press(&app);
    app_pointer(&app, app.hands.x + 3, app.hands.y - 3);
    app_release(&app);
    settle();
    assert_non_null(strstr(world.echoed, line));
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
static bool tip_seen(void)
{
    settle();
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_RECT && list.shapes[i].ink == INK_TIP)
            return true;
    return false;
}

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
    app_press(&app);
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

// ---- the keyboard -----------------------------------------------------------------------------------------------
static void the_focus_goes_through_all_controls_and_back(void **state)
{
    (void)state;
    frame();
    uint32_t seen[256], first;
    int count = 0;
    app_key(&app, "tab");
    frame();
    first = app.hands.focus;
    do {
        assert_true(count < 256);
        assert_non_null(focus_hot(&app, &app.last));
        seen[count++] = app.hands.focus;
        app_key(&app, "tab");
        settle();
    } while (app.hands.focus != first);
    assert_true(count > 20);
    for (int i = count - 1; i > 0; i--) {
        app_key(&app, "shift+tab");
        settle();
        assert_int_equal(app.hands.focus, seen[i]);
    }
}

static void focus_on(const char *line)
{
    uint32_t id = hot_saying(line)->id;
    for (int i = 0; i < 256 && app.hands.focus != id; i++) {
        app_key(&app, "tab");
        settle();
    }
    assert_int_equal(app.hands.focus, id);
}

static void return_presses_and_arrows_move_what_has_the_focus(void **state)
{
    (void)state;
    frame();
    focus_on("set cell gru");
    app_key(&app, "return");
    settle();
    assert_int_equal(app.session.runs[0].setup.cell, 2);
    assert_int_equal(update_now(), 0);
    focus_on("set hidden %s");
    app_key(&app, "up");
    settle();
    assert_true(app.session.runs[0].setup.hidden > 8);
    app_key(&app, "down");
    settle();
    assert_int_equal(app.session.runs[0].setup.hidden, 8);
    app_key(&app, "escape");
    settle();
    assert_int_equal(app.hands.focus, 0);
    app_key(&app, "return");
    settle();
    assert_int_equal(update_now(), 1);
}

static void a_list_closes_when_one_is_chosen(void **state)
{
    (void)state;
    frame();
    click(hot_saying("open choice task"));
    assert_int_equal(app.popup, POPUP_CHOICE);
    click(hot_saying("set task sine"));
    assert_int_equal(app.popup, POPUP_NONE);
    assert_string_equal(app.session.runs[0].task->name, "sine");
    say("open choice task");
    settle();
    app_key(&app, "down");
    settle();
    say("press");
    assert_int_equal(app.popup, POPUP_NONE);
}

static void a_list_is_gone_through_with_the_arrows(void **state)
{
    (void)state;
    frame();
    focus_on("open choice task");
    uint32_t opener = app.hands.focus;
    app_key(&app, "return");
    settle();
    assert_string_equal(focus_hot(&app, &app.last)->press, "set task recall"); // the present one
    app_key(&app, "down");
    settle();
    const char *next = focus_hot(&app, &app.last)->press;
    assert_string_not_equal(next, "set task recall");
    char line[64];
    snprintf(line, sizeof line, "%s\n", next);
    app_key(&app, "up");
    app_key(&app, "down");
    app_key(&app, "return");
    settle();
    assert_int_equal(app.popup, POPUP_NONE);
    assert_non_null(strstr(world.echoed, line));
    assert_int_equal(update_now(), 0);
    assert_int_equal(app.hands.focus, opener); // back where it was
}

static void behind_a_list_nothing_trains(void **state)
{
    (void)state;
    static const char *const keys[] = {"return", "shift+return", "right", "end", "home", "z"};
    const char *const opens[] = {"open keys", "open choice task", "open choice stride"};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            say(opens[i]);
            settle();
            app_key(&app, keys[k]);
            settle();
            assert_int_equal(update_now(), 0);
        }
    say("open keys");
    settle();
    app_key(&app, "return");
    settle();
    assert_int_equal(app.popup, POPUP_NONE);
    say("open keys");
    settle();
    app_key(&app, "escape");
    settle();
    assert_int_equal(app.popup, POPUP_NONE);
}

static void escape_closes_a_list_before_it_stops_what_is_done(void **state)
{
    (void)state;
    app_say(&app, "open choice task; train 100000; theme dark", NULL);
    frame();
    app_key(&app, "escape");
    frame();
    assert_int_equal(app.popup, POPUP_NONE);
    assert_true(app_busy(&app));
    assert_int_equal(lines_waiting(&app), 1);
    app_key(&app, "escape");
    settle();
    assert_false(app_busy(&app));
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

static void the_keys_zoom_and_pan_the_time_axis(void **state)
{
    (void)state;
    say("set T 100");
    frame();
    app_text(&app, "+");
    settle();
    assert_int_equal(app.axis_last - app.axis_first + 1, 80);
    int first = app.axis_first;
    app_text(&app, "{");
    settle();
    assert_true(app.axis_first < first);
    app_text(&app, "-");
    app_text(&app, "-");
    settle();
    assert_int_equal(app.axis_last, 0);
    say("axis 1 10; select 10 1; select next"); // what is marked stays in sight
    assert_int_equal(app.axis_last, 11);
}

static void under_a_page_nothing_else_can_be_reached(void **state)
{
    (void)state;
    frame();
    app_text(&app, "?");
    settle();
    assert_int_equal(app.popup, POPUP_KEYS);
    int layer = 0;
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_LAYER)
            layer = i;
    assert_true(layer > 0);
    app_key(&app, "tab");
    settle();
    const Hot *hot = focus_hot(&app, &app.last);
    bool above = !hot;
    for (int i = layer; i < app.last.count; i++)
        above = above || app.last.shapes[i].hot == hot;
    assert_true(above);
    app_pointer(&app, 2, HEIGHT - 2); // outside
    app_press(&app);
    app_release(&app);
    settle();
    assert_int_equal(app.popup, POPUP_NONE);
}

static void every_key_runs(void **state)
{
    (void)state;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        end(NULL);
        start(NULL);
        world.per_look = 0.00001;
        strcpy(world.clipboard, "train 1");
        say("lesson \"" SOURCE_DIR "/lessons/01-watch-it-learn.md\"; page 2; set cell lstm; train 1");
        frame();
        focus_on("set speed %s");
        app.message[0] = 0;
        bool typed = !binding->key[1];
        if (typed)
            app_text(&app, binding->key);
        else
            app_key(&app, binding->key);
        for (int i = 0; i < 20; i++)
            frame();
        if (app.message_bad && app.message[0])
            fail_msg("%s: %s", binding->key, app.message);
    }
}

// ---- sliders ----------------------------------------------------------------------------------------------------
static void every_half_and_whole_can_be_dragged_to(void **state)
{
    (void)state;
    static const struct {
        const char *line, *values;
    } cases[] = {
        {"set gain %s", "0 0.3 0.5 0.95 1 1.5 2 4"},
        {"set learning_rate %s", "1e-05 0.0001 0.001 0.0015 0.002 0.003 0.005 0.01 0.015 0.02 0.05 0.1 0.3 0.5 1"},
        {"set threshold %s", "0.001 0.1 0.5 1 1.5 2 5 10 1000"},
        {"set hidden %s", "1 2 3 4 5 6 7 8 10 12 16 20 30 50 100 256"},
        {"set T %s", "1 3 5 8 10 12 20 30 50 100 200 500 1000"},
        {"set speed %s", "1 2 5 10 20 50 100 500 1000"},
    };
    frame();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char seen[8192] = " ", text[NUMBER_SIZE], wanted[32];
        Hot hot = *hot_saying(cases[i].line);
        for (float x = 0; x <= hot.track.w; x++)
            snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s ",
                     hot_value(&hot, (double)(x / hot.track.w), text));
        for (const char *at = cases[i].values; *at; at += strcspn(at, " "), at += *at == ' ') {
            snprintf(wanted, sizeof wanted, " %.*s ", (int)strcspn(at, " "), at);
            if (!strstr(seen, wanted))
                fail_msg("%s: no%sin%s", cases[i].line, wanted, seen);
        }
    }
}

static void a_slider_gives_short_decimals(void **state)
{
    (void)state;
    char text[NUMBER_SIZE];
    const Hot gain = {.low = 0, .high = 4, .value = 1},
              rate = {.low = 1e-5, .high = 1, .logarithmic = true, .value = 0.01},
              whole = {.low = 1, .high = 256, .logarithmic = true, .whole = true, .value = 8},
              speed = {.low = 0, .high = 1000, .logarithmic = true, .value = 20};
    assert_string_equal(hot_value(&gain, 0.4, text), "1.6");
    assert_string_equal(hot_value(&gain, -1, text), "0");
    assert_string_equal(hot_value(&gain, 7, text), "4");
    assert_string_equal(hot_value(&rate, 0.6, text), "0.01");
    assert_string_equal(hot_value(&rate, 0.633, text), "0.015");
    assert_string_equal(hot_value(&whole, 0.5, text), "16");
    assert_string_equal(hot_value(&speed, 0, text), "0");
    assert_string_equal(hot_value(&speed, 1, text), "1000");
    assert_string_equal(hot_nudged(&gain, 1, text), "1.05");
    assert_string_equal(hot_nudged(&whole, 1, text), "9");
    assert_string_equal(hot_nudged(&whole, -100, text), "1");
}

static void a_nudge_never_stands_still(void **state)
{
    (void)state;
    char text[NUMBER_SIZE];
    for (const Setting *setting = settings; setting->name; setting++) {
        Hot hot = {.low = setting->low,
                   .high = setting->high,
                   .logarithmic = setting->logarithmic,
                   .whole = setting->kind == KIND_WHOLE,
                   .value = setting->low};
        for (int i = 0; setting->high > setting->low && hot.value < setting->high; i++) {
            double before = hot.value;
            hot.value = strtod(hot_nudged(&hot, 1, text), NULL);
            if (!(hot.value > before))
                fail_msg("%s stands still at %.17g", setting->name, before);
            assert_true(i < 400);
        }
    }
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
        CASE(a_press_says_the_line_under_it),
        CASE(a_drag_says_short_decimals_once_a_frame),
        CASE(a_press_that_leaves_the_button_says_nothing),
        CASE(a_drag_that_begins_on_a_column_pans),
        CASE(a_hand_that_trembles_still_presses),
        CASE(a_resting_pointer_does_not_hold_the_reader_back),
        CASE(a_tip_goes_with_a_press_and_comes_when_the_pointer_has_rested_again),
        CASE(a_tip_goes_with_a_key_and_after_a_while),
        CASE(a_control_that_has_the_keyboard_shows_its_tip),
        CASE(a_list_closes_when_one_is_chosen),
        CASE(a_list_is_gone_through_with_the_arrows),
        CASE(behind_a_list_nothing_trains),
        CASE(escape_closes_a_list_before_it_stops_what_is_done),
        CASE(the_keys_point_at_a_column_and_its_numbers_come_up),
        CASE(the_keys_zoom_and_pan_the_time_axis),
        CASE(every_half_and_whole_can_be_dragged_to),
        CASE(what_is_pointed_at_is_in_the_next_snapshot),
        CASE(a_resting_pointer_shows_its_tip),
        CASE(what_is_pinned_stays_until_escape),
        CASE(a_press_pins_what_says_nothing_else),
        CASE(the_wheel_zooms_the_time_axis_where_the_pointer_is),
        CASE(the_focus_goes_through_all_controls_and_back),
        CASE(return_presses_and_arrows_move_what_has_the_focus),
        CASE(under_a_page_nothing_else_can_be_reached),
        CASE(every_key_runs),
        CASE(a_slider_gives_short_decimals),
        CASE(a_nudge_never_stands_still),
    };
    return cmocka_run_group_tests_name("app", tests, open_fonts, close_fonts);
}
