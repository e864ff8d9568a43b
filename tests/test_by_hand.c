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
#include "app/screen.h"
#include "frames.h"

// One weight by hand: choosing it in the view, setting it by a line, a drag and the keyboard, and the line that leads
// back to where it was.
static const Hot *hot_of(const char *name)
{
    const Hot *found = NULL;
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id(name))
            found = list.shapes[i].hot;
    if (!found)
        fail_msg("there is no \"%s\"", name);
    return found;
}

static char *copy_of(const char *name)
{
    return strdup(null_print(&app, &world, name));
}

static const Run *run_of(void)
{
    return &app.session.runs[0];
}

static double value_at(const char *name, long row, long column)
{
    WeightPlace place;
    Err err;
    assert_true(weight_find(&run_of()->program, name, row, column, &place, &err));
    return run_of()->params.value[weight_index(&run_of()->program, place)];
}

static void refused(const char *line, const char *says)
{
    Err err;
    assert_false(app_do(&app, line, &err));
    if (!strstr(err.text, says))
        fail_msg("%s: \"%s\" does not say \"%s\"", line, err.text, says);
}

// ---- lines ------------------------------------------------------------------------------------------------------
static void bad_places_and_values_are_refused(void **state)
{
    (void)state;
    say("set hidden 4");
    refused("weight weight_hh_l9 1 1 0", "there are no weights \"weight_hh_l9\", did you mean \"weight_hh_l0\"?");
    refused("weight weight_hh_l0 5 1 0", "weight_hh_l0 has rows 1 to 4 and columns 1 to 4, not row 5 and column 1");
    refused("weight weight_hh_l0 1 0 0", "not row 1 and column 0");
    refused("weight weight_hh_l0 1 1 1e7", "a weight must be -1000000 to 1000000");
    refused("weight weight_hh_l0 1 1", "weight takes NAME ROW COLUMN VALUE");
    refused("choose weight_hh_l0 2", "choose takes a row and a column");
    refused("choose weight_hh_l0 2 7", "columns 1 to 4");
    refused("choose nowhere", "there are no weights \"nowhere\"");
}

static void the_line_of_print_state_sets_it_again(void **state)
{
    (void)state;
    say("train 5; weight weight_hh_l0 2 3 0.5; weight out.bias 1 1 -1.25; train 3; set learning_rate 0.1; train 2");
    say("step 7; weight weight_ih_l0 1 1 0.1");
    assert_true(value_at("weight_ih_l0", 1, 1) == 0.1);
    char *line = copy_of("state"), *hash = copy_of("hash"), *place = copy_of("place"), *loss = copy_of("loss");
    assert_non_null(strstr(line, "train 5; weight weight_hh_l0 2 3 0.5; weight out.bias 1 1 -1.25; train 3; "));
    say("reset; set cell gru; train 3");
    say(line);
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    assert_string_equal(null_print(&app, &world, "place"), place);
    assert_string_equal(null_print(&app, &world, "loss"), loss);
    assert_string_equal(null_print(&app, &world, "state"), line);
    free(line);
    free(hash);
    free(place);
    free(loss);
}

static void what_is_read_follows_the_weight(void **state)
{
    (void)state;
    say("train 5; step 14");
    char *loss = copy_of("loss"), *place = copy_of("place"), *dh = copy_of("dh");
    say("weight out.bias 1 1 3");
    assert_string_equal(null_print(&app, &world, "place"), place); // the reader is where he was
    assert_string_not_equal(null_print(&app, &world, "loss"), loss);
    assert_string_not_equal(null_print(&app, &world, "dh"), dh);
    free(loss);
    free(place);
    free(dh);
}

// ---- the view ---------------------------------------------------------------------------------------------------
static void move_to_cell(const Hot *hot, int row, int column)
{
    app_pointer(&app, hot->area.x + hot->area.w * ((float)column - 0.5f) / (float)hot->columns,
                hot->area.y + hot->area.h * ((float)row - 0.5f) / (float)hot->rows);
    settle();
}

static bool shows(const char *words)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, words))
            return true;
    return false;
}

static void every_tensor_is_there_and_its_cells_say_what_they_are(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        char line[64];
        snprintf(line, sizeof line, "set cell %s; train 2; view weights", cell_types[cell]->name);
        say(line);
        settle();
        const Program *p = &run_of()->program;
        for (int i = 0; i < p->tensor_count; i++) {
            char name[64], says[64];
            snprintf(name, sizeof name, "weights %s", weights_name(&p->tensors[i]));
            const Hot *hot = hot_of(name);
            assert_int_equal(hot->rows, p->tensors[i].rows);
            assert_int_equal(hot->columns, p->tensors[i].columns);
            move_to_cell(hot, hot->rows, 1);
            hot = hot_of(name);
            snprintf(says, sizeof says, "%s, row %d, column 1\n", weights_name(&p->tensors[i]), hot->rows);
            assert_true(strncmp(hot->tip, says, strlen(says)) == 0);
            assert_non_null(strstr(hot->tip, "\nvalue "));
            assert_non_null(strstr(hot->tip, " of update 2"));
        }
    }
}

static void a_press_on_a_cell_chooses_it_and_the_slider_sets_it(void **state)
{
    (void)state;
    say("train 4; view weights");
    settle();
    move_to_cell(hot_of("weights weight_hh_l0"), 3, 5);
    app_press(&app, false);
    app_release(&app);
    settle();
    assert_true(shows("weight_hh_l0 3 5"));
    Hot slider = *hot_of("weight");
    assert_string_equal(slider.drag, "weight weight_hh_l0 3 5 %s");
    app_pointer(&app, slider.track.x + slider.track.w * 0.75f, slider.track.y + 1);
    app_press(&app, false);
    settle();
    app_release(&app);
    settle();
    assert_true(value_at("weight_hh_l0", 3, 5) == 1);
    assert_true(shows("set to 1 before update 5"));
    assert_int_equal(run_of()->reached, 4);
}

static void the_keyboard_goes_from_weight_to_weight(void **state)
{
    (void)state;
    say("set hidden 3; view weights");
    const Program *p = &run_of()->program;
    char place[WEIGHT_TEXT];
    static const struct {
        const char *key, *chosen;
    } steps[] = {
        {"alt+down", "weight_ih_l0 1 1"},  {"alt+down", "weight_ih_l0 2 1"},  {"alt+left", "weight_ih_l0 2 1"},
        {"alt+up", "weight_ih_l0 1 1"},    {"alt+right", "weight_ih_l0 1 2"}, {"alt+right", "weight_ih_l0 1 3"},
        {"alt+right", "weight_ih_l0 1 4"}, {"alt+right", "weight_hh_l0 1 1"}, {"alt+left", "weight_ih_l0 1 4"},
    };
    settle();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        app_key(&app, steps[i].key);
        settle();
        weight_text(p, weight_place(p, (size_t)app.weight), place);
        assert_string_equal(place, steps[i].chosen);
    }
    double before = value_at("weight_ih_l0", 1, 4);
    app.hands.focus = hot_id("weight");
    app_key(&app, "up");
    settle();
    assert_true(value_at("weight_ih_l0", 1, 4) > before);
    say("set hidden 2; set T 4"); // a network without that weight
    app.weight = 1000;
    say("set hidden 1");
    assert_int_equal(app.weight, NONE);
}

static void one_key_opens_the_view_and_closes_it(void **state)
{
    (void)state;
    settle();
    app_text(&app, "m");
    settle();
    assert_true(shows("Weights"));
    hot_of("weights out.weight");
    app_text(&app, "m");
    settle();
    assert_int_equal(app.view, NONE);
}

// ---- of several networks ----------------------------------------------------------------------------------------
static void the_weights_of_each_network_compared_can_be_seen(void **state)
{
    (void)state;
    say("compare cells; train 2; view weights; choose weight_hh_l0 3 2");
    settle();
    assert_true(shows("148 numbers") && shows("weights of"));
    say("lane 2");
    settle();
    assert_true(shows("484 numbers"));
    WeightPlace place = weight_place(&app.session.runs[1].program, (size_t)app.weight);
    assert_true(place.row == 3 && place.column == 2);
    say("choose weight_hh_l0 32 8; lane 1");
    assert_int_equal(app.weight, NONE); // an RNN has no such row
    refused("lane 4", "there are lanes 1 to 3");
    say("lane 3; choose weight_hh_l0 24 1; compare off");
    assert_true(app.lane == 0 && app.weight == NONE);
    refused("lane 2", "lane 1 only");
}

static void where_lanes_and_weights_have_no_room_the_weights_stand(void **state)
{
    (void)state;
    say("compare clip off norm value; view weights");
    for (int lanes = 3; lanes <= 4; lanes++) {
        settle();
        for (int height = SCREEN_LEAST_HEIGHT; height <= 900; height += 50) {
            ScreenLayout layout = screen_layout(&app, 1024, height);
            bool there = false;
            for (int i = 0; i < layout.card_count; i++) {
                Rect card = layout.cards[i].area;
                there = there || layout.cards[i].view == views[view_index("weights")];
                assert_true(card.h >= layout.cards[i].view->least_height - 1);
                assert_true(card.y + card.h <= layout.bottom.y);
            }
            assert_true(there && layout.lane_switch.w > 0);
        }
        say("compare gain off 0.5 1 2");
    }
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(bad_places_and_values_are_refused),
        CASE(the_line_of_print_state_sets_it_again),
        CASE(what_is_read_follows_the_weight),
        CASE(every_tensor_is_there_and_its_cells_say_what_they_are),
        CASE(a_press_on_a_cell_chooses_it_and_the_slider_sets_it),
        CASE(the_keyboard_goes_from_weight_to_weight),
        CASE(one_key_opens_the_view_and_closes_it),
        CASE(the_weights_of_each_network_compared_can_be_seen),
        CASE(where_lanes_and_weights_have_no_room_the_weights_stand),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
