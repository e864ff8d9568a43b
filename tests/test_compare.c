// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "app/play.h"
#include "font/font.h"
#include "null_platform.h"
#include "sim/choices.h"
#include "sim/history.h"

static NullWorld world;
static App app;

static int start(void **state)
{
    (void)state;
    null_start(&app, &world, NULL);
    return 0;
}

// What is drawn takes fonts.
static Fonts *start_with_fonts(void)
{
    Err err;
    Fonts *fonts = fonts_open(&err);
    app_free(&app);
    null_start(&app, &world, fonts);
    return fonts;
}

static void end_with(Fonts *fonts)
{
    app_free(&app);
    null_start(&app, &world, NULL);
    fonts_close(fonts);
}

static int end(void **state)
{
    (void)state;
    app_free(&app);
    return 0;
}

static void say(const char *text)
{
    null_say(&app, text);
}

// Without clipping the first run breaks within a few updates.
#define FIRST_BREAKS                                                                                                   \
    "set activation linear; set gain 2; set optimizer sgd; set learning_rate 0.05; compare clip off norm; "

// Refused or not finite lines end no training.
static void go_on(const char *lines)
{
    Err err;
    app_say(&app, lines, NULL);
    assert_true(app_finish(&app, &err));
}

static const Run *run(int i)
{
    return &app.session.runs[i];
}

static char *printed(const char *name)
{
    return strdup(null_print(&app, &world, name));
}

static void assert_printed(const char *name, const char *text)
{
    assert_string_equal(null_print(&app, &world, name), text);
}

// ---- together ---------------------------------------------------------------------------------------------------
static void each_run_is_what_it_would_be_alone(void **state)
{
    (void)state;
    static const char *const cells[] = {"rnn", "lstm", "gru"};
    char line[128];
    unsigned long together[3];
    say("set T 7; compare cells; train 30; set learning_rate 0.02; train 20; seek 41; set clip off; train 5");
    for (int i = 0; i < 3; i++)
        together[i] = run_hash(run(i));
    for (int i = 0; i < 3; i++) {
        snprintf(line, sizeof line,
                 "reset; set T 7; set cell %s; train 30; set learning_rate 0.02; train 11; set clip off; train 5",
                 cells[i]);
        say(line);
        assert_int_equal(run_hash(run(0)), together[i]);
    }
}

static void all_have_the_same_data(void **state)
{
    (void)state;
    say("compare cells; train 3; step -4");
    const Batch *first = &run(0)->batch;
    size_t count = (size_t)(first->dims.T * first->dims.B * first->dims.X);
    for (int i = 1; i < 3; i++)
        assert_memory_equal(run(i)->batch.x, first->x, count * sizeof *first->x);
}

// The first's operations are counted; the others are at the same part of the update, and of its time step.
static void assert_all_at_the_same_place(void)
{
    const Run *first = run(0);
    Place place = program_place(&first->program, first->at.op);
    for (int i = 1; i < app.session.count; i++) {
        Place other = program_place(&run(i)->program, run(i)->at.op);
        assert_int_equal(run(i)->at.update, first->at.update);
        assert_int_equal(run(i)->done, first->done);
        bool inside = other.row != NONE && place.row != NONE;
        if (other.phase != place.phase && inside)
            fail_msg("run %d is in phase %d, the first in %d", i, (int)other.phase, (int)place.phase);
    }
}

static void a_walk_keeps_them_together_and_ends_on_the_same_bits(void **state)
{
    (void)state;
    static const char *const walk[] = {"op 1",   "op -7",    "step 3", "step -5", "update 1", "update -3", "train 2",
                                       "seek 4", "seek 2 9", "latest", "op 40",   "step 1",   "update -1", "op 3"};
    enum { MOVES = sizeof walk / sizeof *walk };
    say("set T 5; set hidden 3; set batch 2; compare cells; train 6");
    srand(1);
    for (int i = 0; i < 60; i++) {
        say(walk[rand() % MOVES]);
        assert_all_at_the_same_place();
    }
    say("latest; seek 6");
    char *walked = printed("hash");
    say("reset; set T 5; set hidden 3; set batch 2; compare cells; train 6");
    assert_printed("hash", walked);
    free(walked);
}

static void at_the_end_of_a_time_step_all_are_at_its_end(void **state)
{
    (void)state;
    say("set T 5; compare cells; train 2; update -1; step 3");
    for (int i = 0; i < 3; i++) {
        Place place = program_place(&run(i)->program, run(i)->at.op);
        const Pass *pass = &run(i)->program.passes[place.pass];
        assert_int_equal(place.t, 3);
        assert_int_equal(place.row, pass->first_row + pass->row_count - 1);
    }
    say("step 4");
    for (int i = 0; i < 3; i++)
        assert_int_equal(program_place(&run(i)->program, run(i)->at.op).t, 4);
}

static void stopping_leaves_no_run_an_update_ahead(void **state)
{
    (void)state;
    say("compare cells");
    app_say(&app, "train 1000", NULL);
    for (int i = 0; i < 9; i++)
        app_advance(&app, 0.013);
    app_stop(&app);
    while (app_busy(&app))
        app_advance(&app, 1);
    assert_all_at_the_same_place();
}

// ---- what is compared -------------------------------------------------------------------------------------------
static void runs_differ_in_one_setting_and_bear_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *line, *names;
    } cases[] = {
        {"compare cells", "RNN | LSTM | GRU"},
        {"compare clip off norm", "clip off | clip by norm"},
        {"compare gain .5 1 1.5", "gain 0.5 | gain 1 | gain 1.5"},
        {"set cell lstm; compare forget_bias off 0 1 3",
         "forget bias off | forget bias 0 | forget bias 1 | forget bias 3"},
        {"compare hidden 4 8", "hidden 4 | hidden 8"},
        {"compare cell gru rnn", "GRU | RNN"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say("reset");
        say(cases[i].line);
        assert_printed("runs", cases[i].names);
        assert_all_at_the_same_place();
    }
}

static void what_cannot_be_compared_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"compare", "compare takes cells|off|SETTING V1 V2..."},
        {"compare all", "compare takes cells, off, or a setting and 2 to 4 values"},
        {"compare fly 1 2", "there is no setting \"fly\""},
        {"compare clip off", "compare clip takes 2 to 4 values"},
        {"compare gain 1 1", "1 is there twice"},
        {"compare gain 1 2 3 4 0", "compare gain takes 2 to 4 values"},
        {"compare gain 1 9", "gain must be 0 to 4, or off"},
        {"compare T 5 10", "runs are compared on the same data, and T changes it"},
        {"compare task recall adding", "runs are compared on the same data, and task changes it"},
        {"compare speed 1 2", "speed does not change training"},
        {"compare forget_bias 0 1", "forget_bias does not apply to the cell rnn"},
        {"match weights", "match needs a comparison: compare cells, or compare SETTING VALUES"},
        {"seeds 2", "seeds takes 1|3|5, not \"2\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Err err;
        assert_false(app_do(&app, cases[i].line, &err));
        if (!strstr(err.text, cases[i].says))
            fail_msg("%s: %s", cases[i].line, err.text);
        assert_int_equal(app.session.count, 1);
    }
}

static void no_setting_that_only_plays_or_shows_is_compared(void **state)
{
    (void)state;
    int refused = 0;
    for (const Setting *setting = settings; setting->name; setting++) {
        char line[64];
        Err err;
        if (setting_of_training(setting))
            continue;
        snprintf(line, sizeof line, "compare %s %s", setting->name, setting->choice ? setting->choice(0) : "1 2");
        assert_false(app_do(&app, line, &err));
        assert_non_null(strstr(err.text, "does not change training, so there is nothing to compare"));
        refused++;
    }
    assert_true(refused >= 4); // speed, pace, notation, first_index
}

static void memory_is_counted_over_all_runs(void **state)
{
    (void)state;
    Err err;
    say("set T 1000; set hidden 100; set batch 64; set cell lstm");
    char *before = printed("hash");
    assert_false(app_do(&app, "compare cells", &err));
    assert_non_null(strstr(err.text, "3 runs of this size would need"));
    assert_non_null(strstr(err.text, "the limit is 2 GiB"));
    assert_printed("hash", before); // the old run is still there
    free(before);
}

static long weights_with(const Setup *setup, int hidden)
{
    Setup other = *setup;
    Arena arena = arena_make(1 << 12);
    other.hidden = hidden;
    Net net = setup_net(&other);
    long weights = (long)program_make(&net, &arena).weight_count;
    arena_free(&arena);
    return weights;
}

static void weights_are_matched_as_nearly_as_units_allow(void **state)
{
    (void)state;
    say("set hidden 16; compare cells; match weights");
    long most = (long)run(1)->program.weight_count;
    assert_int_equal(run(1)->setup.hidden, 16); // the LSTM has the most and keeps its units
    for (int i = 0; i < 3; i++) {
        long away = labs(weights_with(&run(i)->setup, run(i)->setup.hidden) - most);
        for (int by = -1; by <= 1; by += 2)
            assert_true(away <= labs(weights_with(&run(i)->setup, run(i)->setup.hidden + by) - most));
    }
    say("match hidden");
    for (int i = 0; i < 3; i++)
        assert_int_equal(run(i)->setup.hidden, 16);
}

static void several_seeds_are_several_runs_of_each(void **state)
{
    (void)state;
    say("set seed 5; compare clip off norm; seeds 3; train 4");
    assert_int_equal(app.session.count, 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(run(i)->setup.seed, 5 + i / 2);
    assert_printed("runs",
                   "clip off | clip by norm | clip off, seed 6 | clip by norm, seed 6 | clip off, seed 7 | clip "
                   "by norm, seed 7");
    say("seeds 1");
    assert_int_equal(app.session.count, 2);
    say("compare off; seeds 5; train 2"); // of one net too
    assert_int_equal(app.session.count, 5);
    say("set seed 999999999");
    assert_int_equal(run(1)->setup.seed, 0); // seeds go round
}

static void what_is_set_is_printed_and_of_what_is_compared_each_value(void **state)
{
    (void)state;
    say("compare cells; match weights");
    assert_int_not_equal(run(0)->setup.hidden, 8);
    char *text = printed("settings");
    assert_non_null(strstr(text, "; cell rnn | lstm | gru; "));
    assert_non_null(strstr(text, "; hidden 8; ")); // as the slider in the panel
    free(text);
}

static void a_run_that_goes_on_alone_tells_a_value_that_was_not_the_nets_own(void **state)
{
    (void)state;
    say("compare gain 0.5 1.5; train 1; compare off");
    assert_string_equal(app.message, "the network goes on with gain 0.5; before the comparison it was off");
    say("set gain 1.5; compare gain 0.5 1.5; train 1");
    app.message[0] = 0;
    say("compare off");
    assert_string_equal(app.message, "");
    assert_true(run(0)->setup.gain == 1.5);
}

static void a_run_that_goes_on_alone_tells_that_its_units_are_others(void **state)
{
    (void)state;
    say("set cell gru; set hidden 64; compare cells; match weights");
    int units = run(2)->setup.hidden;
    assert_int_not_equal(units, 64);
    char told[160];
    snprintf(told, sizeof told, "GRU goes on with the %d hidden units it was compared with; before there were 64",
             units);
    say("train 1; compare off");
    assert_string_equal(app.message, told);
    assert_int_equal(app.session.hidden, units);
    say("undo");
    assert_int_equal(app.session.hidden, 64);
    say("set cell gru");
    assert_string_equal(app.message, told);
    say("set hidden 64; compare cells; set hidden 5");
    app.message[0] = 0;
    say("compare off; compare hidden 4 5; set hidden 4");
    assert_string_equal(app.message, "");
}

// ---- settings ---------------------------------------------------------------------------------------------------
static void settings_act_on_all(void **state)
{
    (void)state;
    say("compare cells; train 5; set threshold 0.5; set hidden 6; train 2; toggle clip");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(run(i)->setup.hidden, 6);
        assert_int_equal(run(i)->setup.clip, CLIP_OFF);
        assert_float_equal(run(i)->setup.threshold, 0.5, 0);
        assert_int_equal(run(i)->setup.cell, i);
    }
}

static void to_set_what_is_compared_is_to_go_on_with_that_run_alone(void **state)
{
    (void)state;
    say("compare cells; train 9");
    unsigned long lstm = run_hash(run(1));
    say("set cell lstm");
    assert_int_equal(app.session.count, 1);
    assert_int_equal(run_hash(run(0)), lstm);
    say("toggle compare; train 3");
    assert_int_equal(app.session.count, 3);
    lstm = run_hash(run(1));
    say("toggle compare"); // back to what it was before
    assert_int_equal(app.session.count, 1);
    assert_int_equal(run_hash(run(0)), lstm);
    say("compare gain 0.5 1; set gain 2");
    assert_int_equal(app.session.count, 1);
    assert_float_equal(run(0)->setup.gain, 2, 0);
}

static void one_line_restores_the_moment(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "compare cells; train 12; step -9",
        "set hidden 5; compare cells; match weights; train 3; set learning_rate 0.03; train 4; op -20",
        "set cell gru; compare update_bias 0 2; seeds 3; train 5",
        "set threshold 0.2; compare clip off norm; train 3; set threshold 0.1; train 2; seek 4 6",
        "compare cells; train 5; compare off; train 2",
        "seeds 3; train 5; op -3",
        FIRST_BREAKS "train 30; op -9",
        FIRST_BREAKS "train 30; set threshold 0.5; train 5; weight weight_hh_l0 1 2 0.5; train 5; seek 38 17",
        FIRST_BREAKS "train 30; set threshold 0.5; train 5; seek 20; set threshold 2; train 5",
    };
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        say("reset; set T 6");
        go_on(moments[i]);
        char *line = printed("state"), *hash = printed("hash"), *place = printed("place"), *runs = printed("runs");
        say("reset; set cell lstm; train 2");
        go_on(line);
        assert_printed("state", line);
        assert_printed("hash", hash);
        assert_printed("place", place);
        assert_printed("runs", runs);
        free(line), free(hash), free(place), free(runs);
    }
}

// ---- chosen from a list -------------------------------------------------------------------------------------------
// Press what the list of values shows under this text.
static void press_value(const char *text)
{
    DrawList list;
    app_draw(&app, 1440, 900, -1, &list);
    for (int i = 0; i < list.count; i++) {
        if (list.shapes[i].kind != SHAPE_TEXT || strcmp(list.shapes[i].text, text) != 0)
            continue;
        for (int j = i + 1; j < list.count && j <= i + 8; j++) {
            const Hot *hot = list.shapes[j].kind == SHAPE_HOT ? list.shapes[j].hot : NULL;
            if (!hot || !hot->press ||
                (strncmp(hot->press, "compare ", 8) != 0 && strncmp(hot->press, "set gain", 8) != 0))
                continue;
            char line[256];
            snprintf(line, sizeof line, "%s", hot->press);
            say(line);
            return;
        }
    }
    fail_msg("no value \"%s\" can be pressed", text);
}

// Every text on the screen, a line each.
static const char *all_texts(DrawList *list)
{
    const char *all = "\n";
    app_draw(&app, 1440, 900, -1, list);
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT)
            all = draw_print(list, "%s%s\n", all, list->shapes[i].text);
    return all;
}

static void the_list_of_values_is_headed_by_the_words_that_were_pressed(void **state)
{
    (void)state;
    DrawList list;
    Err err;
    Fonts *fonts = start_with_fonts();
    for (const Setting *setting = settings; setting->name; setting++) {
        char line[128], head[128];
        snprintf(line, sizeof line, "open compare %s", setting->name);
        if (!app_do(&app, line, &err))
            continue;
        snprintf(head, sizeof head, "\n%s: 2 to 4 values\n", setting->label);
        assert_non_null(strstr(all_texts(&list), head));
    }
    end_with(fonts);
}

static void all_seeds_that_run_are_named(void **state)
{
    (void)state;
    DrawList list;
    Fonts *fonts = start_with_fonts();
    say("compare cells; train 1");
    assert_non_null(strstr(all_texts(&list), "seed 11, 1 update\n"));
    assert_non_null(strstr(all_texts(&list), "\nseed 11, data"));
    say("seeds 3; train 2");
    assert_non_null(strstr(all_texts(&list), "seeds 11–13, 2 updates\n"));
    assert_non_null(strstr(all_texts(&list), "\nseeds 11–13, data"));
    assert_null(strstr(all_texts(&list), "seed 11,"));
    end_with(fonts);
}

static void values_come_in_and_go_out_by_a_press(void **state)
{
    (void)state;
    Fonts *fonts = start_with_fonts();
    say("open compare gain");
    press_value("1.5"); // beside off, which the network has
    assert_int_equal(app.session.comparison.lanes, 2);
    say("open compare gain");
    press_value("0.5");
    say("open compare gain");
    press_value("1");
    assert_int_equal(app.session.comparison.lanes, 4);
    assert_float_equal(app.session.comparison.value[1], 0.5, 0); // in order
    say("open compare gain");
    press_value("off");
    press_value("1");
    assert_printed("runs", "gain 0.5 | gain 1.5");
    press_value("1.5");
    assert_int_equal(app.session.count, 1);
    assert_float_equal(run(0)->setup.gain, 0.5, 0);
    end_with(fonts);
}

// Whatever is offered can be compared, in every cell.
static void all_that_is_offered_can_be_compared(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++)
        for (const Setting *setting = settings; setting->name; setting++) {
            char line[128];
            Err err;
            snprintf(line, sizeof line, "reset; set hidden 3; set T 4; set cell %s", cell_types[cell]->name);
            say(line);
            Setup shared = session_setup(&app.session);
            snprintf(line, sizeof line, "open compare %s", setting->name);
            assert_int_equal(app_do(&app, line, &err), comparison_suits(setting, &shared, &err));
        }
}

// ---- a run that breaks --------------------------------------------------------------------------------------------
static void a_run_that_breaks_is_named_and_rests_while_the_others_go_on(void **state)
{
    (void)state;
    go_on("set activation relu; set T 60; set optimizer sgd; set clip off; compare gain 0.5 4; train 400");
    const Broken *broken = session_broken(&app.session);
    assert_non_null(broken);
    assert_ptr_equal(broken, &run(1)->broken);
    assert_memory_equal(app.message, "gain 4: update ", 15);
    assert_non_null(strstr(app.message, "; the others go on"));
    assert_true(app.not_finite);
    assert_int_equal(run(0)->at.update, 400);
    assert_int_equal(run(1)->at.update, broken->update);
    char line[40];
    snprintf(line, sizeof line, "seek %ld", broken->update - 1);
    say(line);
    assert_all_at_the_same_place();
    assert_null(session_broken(&app.session));
}

static void where_the_first_breaks_another_leads(void **state)
{
    (void)state;
    go_on(FIRST_BREAKS "train 40");
    const long broke = run(0)->broken.update;
    assert_in_range(broke, 2, 30);
    assert_ptr_equal(session_lead(&app.session), run(1));
    assert_int_equal(run(1)->done, 40);
    assert_false(session_working(&app.session));
    go_on("update 2; step -3");
    assert_int_equal(run(1)->at.update, 42);
    assert_int_equal(run(0)->broken.update, broke);
    go_on("latest; update -1; op -1");
    assert_int_equal(run(1)->at.update, 41);
    assert_int_equal(run(1)->at.op, run_last_op(run(1)) - 1);
    assert_false(app_do(&app, "seek 43", &(Err){0}));
    say("seek 1");
    assert_all_at_the_same_place();
    assert_ptr_equal(session_lead(&app.session), run(0));
    go_on("train 60");
    assert_int_equal(run(0)->broken.update, broke);
    assert_int_equal(run(1)->done, 61);
}

static void what_is_set_while_a_run_rests_acts_in_it_no_sooner_than_in_the_others(void **state)
{
    (void)state;
    go_on(FIRST_BREAKS "train 40");
    const long broke = run(0)->broken.update;
    const unsigned long before = run_hash(run(1));
    go_on("set threshold 0.5; train 10; undo");
    assert_true(run(0)->setup.threshold == 1 && run(1)->setup.threshold == 1);
    assert_int_equal(run_hash(run(1)), before);
    go_on("redo; train 10; seek 1");
    assert_true(run(0)->setup.threshold == 1 && run(1)->setup.threshold == 1);
    go_on("train 49");
    assert_int_equal(run(0)->broken.update, broke);
    assert_true(session_setup(&app.session).threshold == 0.5);
    const unsigned long told = run_hash(run(1));
    go_on("weight weight_hh_l0 1 1 0.25; train 5; undo");
    assert_int_equal(run(0)->broken.update, broke);
    assert_int_equal(run_hash(run(1)), told);
}

static void where_all_break_nothing_goes_on(void **state)
{
    (void)state;
    go_on("set activation linear; set gain 2; set optimizer sgd; set clip off; set learning_rate 0.05; "
          "compare learning_rate 0.05 0.1; train 40");
    assert_true(session_ended(&app.session));
    assert_false(app_do(&app, "train 1", &(Err){0}));
    say("update -10");
    assert_false(session_ended(&app.session));
}

// ---- time ---------------------------------------------------------------------------------------------------------
static void the_time_of_an_update_is_measured_by_the_platforms_clock(void **state)
{
    (void)state;
    say("compare cells");
    assert_true(update_seconds(&app, 0) == 0); // not known yet
    say("train 5");
    for (int i = 0; i < 3; i++) // each slice is one look at the clock
        assert_true(fabs(update_seconds(&app, i) - world.per_look * (double)run_slices(run(i))) < 1e-9);
    say("set hidden 4");
    assert_true(update_seconds(&app, 0) == 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_run_is_what_it_would_be_alone),
        TEST(all_have_the_same_data),
        TEST(a_walk_keeps_them_together_and_ends_on_the_same_bits),
        TEST(at_the_end_of_a_time_step_all_are_at_its_end),
        TEST(stopping_leaves_no_run_an_update_ahead),
        TEST(runs_differ_in_one_setting_and_bear_its_name),
        TEST(what_cannot_be_compared_is_refused),
        TEST(no_setting_that_only_plays_or_shows_is_compared),
        TEST(memory_is_counted_over_all_runs),
        TEST(weights_are_matched_as_nearly_as_units_allow),
        TEST(several_seeds_are_several_runs_of_each),
        TEST(what_is_set_is_printed_and_of_what_is_compared_each_value),
        TEST(a_run_that_goes_on_alone_tells_a_value_that_was_not_the_nets_own),
        TEST(a_run_that_goes_on_alone_tells_that_its_units_are_others),
        TEST(settings_act_on_all),
        TEST(to_set_what_is_compared_is_to_go_on_with_that_run_alone),
        TEST(one_line_restores_the_moment),
        TEST(values_come_in_and_go_out_by_a_press),
        TEST(the_list_of_values_is_headed_by_the_words_that_were_pressed),
        TEST(all_seeds_that_run_are_named),
        TEST(all_that_is_offered_can_be_compared),
        TEST(a_run_that_breaks_is_named_and_rests_while_the_others_go_on),
        TEST(where_the_first_breaks_another_leads),
        TEST(what_is_set_while_a_run_rests_acts_in_it_no_sooner_than_in_the_others),
        TEST(where_all_break_nothing_goes_on),
        TEST(the_time_of_an_update_is_measured_by_the_platforms_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
