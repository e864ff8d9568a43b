// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "app/hands.h"
#include "app/screen.h"
#include "frames.h"

// ---- the microscope: a press pins ---------------------------------------------------------------------------------
static Hot hot_of(const char *name)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id(name))
            return *list.shapes[i].hot;
    fail_msg("there is no %s", name);
    return (Hot){.id = 0};
}

static void press_at(float x, float y, bool ctrl)
{
    app_pointer(&app, x, y);
    settle();
    app_press(&app, ctrl);
    settle();
    app_release(&app);
    settle();
}

// Off the middle, where something may stand over it.
static void press(const char *name, bool ctrl)
{
    Hot hot = hot_of(name);
    press_at(hot.area.x + hot.area.w * 0.5f, hot.area.y + hot.area.h * 0.4f, ctrl);
}

static bool is_pinned(const char *name)
{
    for (int i = 0; i < app.pin_count; i++)
        if (app.pins[i].id == hot_id(name))
            return true;
    return false;
}

static void come_to(const char *line)
{
    say(line);
    frame();
    settle();
}

static const char *const explained[] = {"graph.edge.input.5",
                                        "graph.edge.h.9",
                                        "graph.gradient.h.9",
                                        "graph.edge.answer.12",
                                        "graph.gradient.answer.12",
                                        "graph.answer.12",
                                        "bar 9",
                                        "map h 9",
                                        "loss",
                                        NULL};

static void a_press_pins_and_another_takes_the_pin_away(void **state)
{
    (void)state;
    for (int i = 0; explained[i]; i++) {
        come_to("reset; train 20; step -5");
        press(explained[i], false);
        if (!is_pinned(explained[i]))
            fail_msg("a press on %s does not pin it", explained[i]);
        press(explained[i], false);
        assert_int_equal(app.pin_count, 0);
    }
}

static void a_press_on_an_edge_or_a_node_leaves_the_reader_where_he_is(void **state)
{
    (void)state;
    come_to("train 20; step -5");
    const Moment there = app.session.runs[0].at;
    for (int i = 0; strcmp(explained[i], "loss") != 0; i++) {
        press(explained[i], false);
        assert_int_equal(app.session.runs[0].at.update, there.update);
        assert_int_equal(app.session.runs[0].at.op, there.op);
    }
}

static void with_ctrl_a_press_goes_there_and_pins_nothing(void **state)
{
    (void)state;
    char line[64];
    come_to("train 20; step -5");
    Hot edge = hot_of("graph.edge.h.9");
    long update, op;
    snprintf(line, sizeof line, "%s", edge.press);
    assert_int_equal(sscanf(line, "seek %ld %ld", &update, &op), 2);
    press("graph.edge.h.9", true);
    assert_int_equal(app.session.runs[0].at.op, op);
    assert_int_equal(app.pin_count, 0);
}

static void a_bar_and_a_cell_that_are_pressed_are_marked_too(void **state)
{
    (void)state;
    come_to("train 20; step -5");
    press("bar 9", false);
    assert_int_equal(app.selected_t, 9);
    press("map h 7", false);
    assert_int_equal(app.selected_t, 7);
    assert_int_equal(app.pins[1].part, app.snapshot.pointed_unit + 1);
    assert_int_equal(app.selected_unit, app.snapshot.pointed_unit + 1);
}

static void a_curve_that_is_pressed_goes_to_the_end_of_that_update(void **state)
{
    (void)state;
    come_to("train 40");
    Hot curve = hot_of("loss");
    press_at(curve.track.x + curve.track.w * 0.5f, curve.area.y + curve.area.h * 0.4f, false);
    assert_int_equal(update_now(), 20);
    assert_int_equal(app.session.runs[0].at.op, run_last_op(&app.session.runs[0]));
    assert_int_equal(app.pin_count, 1);
    assert_int_equal(app.pins[0].part, 20);
}

static void a_weight_that_is_pressed_is_chosen_and_pinned(void **state)
{
    (void)state;
    come_to("train 20; view weights");
    press("weights weight_hh_l0", false);
    assert_true(is_pinned("weights weight_hh_l0"));
    assert_true(app.pins[0].part > 0);
    assert_true(app.weight != NONE);
}

static void controls_are_not_pinned(void **state)
{
    (void)state;
    come_to("set clip norm; train 20; gauge on");
    click(hot_saying("set cell lstm"));
    click(hot_saying("theme dark"));
    say("train 3");
    settle();
    press("threshold line", false);
    press("update", false);
    assert_int_equal(app.pin_count, 0);
}

static void of_more_than_six_pins_the_oldest_goes_and_escape_clears_them(void **state)
{
    (void)state;
    char name[16];
    come_to("train 20; step -2");
    for (int t = 4; t <= 11; t++) {
        snprintf(name, sizeof name, "bar %d", t);
        press(name, false);
    }
    assert_int_equal(app.pin_count, PINS_MOST);
    assert_false(is_pinned("bar 5"));
    assert_true(is_pinned("bar 6"));
    app_key(&app, "escape");
    settle();
    assert_int_equal(app.pin_count, 0);
}

static int tips_shown(void)
{
    int tips = 0;
    for (int i = 0; i < list.count; i++)
        tips += list.shapes[i].kind == SHAPE_RECT && list.shapes[i].ink == INK_TIP;
    return tips;
}

static void what_is_pinned_is_not_told_twice_where_it_is_pointed_at(void **state)
{
    (void)state;
    come_to("train 20; step -5");
    press("bar 9", false);
    app_pointer(&app, app.hands.x + 1, app.hands.y);
    frame();
    world.seconds += 1;
    settle();
    assert_int_equal(tips_shown(), 1);
}

static void what_the_screen_has_not_is_not_pinned(void **state)
{
    (void)state;
    Err err;
    come_to("train 20; step -5; pin loss 12");
    assert_false(app_do(&app, "pin nosuch", &err));
    assert_non_null(strstr(err.text, "nothing named \"nosuch\""));
    assert_false(app_do(&app, "pin \"bar 13\"", &err));
    assert_int_equal(app.pin_count, 1);
    come_to("set cell lstm; train 1; pin graph.gradient.c.5");
    assert_int_equal(app.pin_count, 2);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(a_press_pins_and_another_takes_the_pin_away),
        CASE(a_press_on_an_edge_or_a_node_leaves_the_reader_where_he_is),
        CASE(with_ctrl_a_press_goes_there_and_pins_nothing),
        CASE(a_bar_and_a_cell_that_are_pressed_are_marked_too),
        CASE(a_curve_that_is_pressed_goes_to_the_end_of_that_update),
        CASE(a_weight_that_is_pressed_is_chosen_and_pinned),
        CASE(controls_are_not_pinned),
        CASE(what_the_screen_has_not_is_not_pinned),
        CASE(what_is_pinned_is_not_told_twice_where_it_is_pointed_at),
        CASE(of_more_than_six_pins_the_oldest_goes_and_escape_clears_them),
    };
    return cmocka_run_group_tests_name("press", tests, open_fonts, close_fonts);
}
