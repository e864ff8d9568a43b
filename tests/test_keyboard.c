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
    app_press(&app, false);
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
        say("set threshold 2; set threshold 3; undo"); // there is something to take back, and to make again
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
        CASE(a_list_closes_when_one_is_chosen),
        CASE(a_list_is_gone_through_with_the_arrows),
        CASE(behind_a_list_nothing_trains),
        CASE(escape_closes_a_list_before_it_stops_what_is_done),
        CASE(the_keys_zoom_and_pan_the_time_axis),
        CASE(every_half_and_whole_can_be_dragged_to),
        CASE(the_focus_goes_through_all_controls_and_back),
        CASE(return_presses_and_arrows_move_what_has_the_focus),
        CASE(under_a_page_nothing_else_can_be_reached),
        CASE(every_key_runs),
        CASE(a_slider_gives_short_decimals),
        CASE(a_nudge_never_stands_still),
    };
    return cmocka_run_group_tests_name("keyboard", tests, open_fonts, close_fonts);
}
