#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "nn/optimizer.h"
#include "sim/setup.h"

static const Setting *named(const char *name)
{
    Err err;
    const Setting *setting = setting_find(name, &err);
    assert_non_null(setting);
    return setting;
}

static int choices(const Setting *setting)
{
    int count = 0;
    while (setting->choice(count))
        count++;
    return count;
}

static bool is_number(const Setting *setting)
{
    return setting->kind == KIND_WHOLE || setting->kind == KIND_REAL;
}

// ---- the table -------------------------------------------------------------------------------------------
static void every_setting_has_words_and_a_default_within_its_bounds(void **state)
{
    (void)state;
    Err err;
    Setup setup = setup_default();
    for (const Setting *setting = settings; setting->name; setting++) {
        assert_true(strlen(setting->label) > 0 && strlen(setting->what) > 0);
        assert_ptr_equal(setting_find(setting->name, &err), setting);
        assert_true(setting_get(&setup, setting) == setting->initial);
        assert_true(setting->initial == SETTING_OFF ? setting->can_be_off
                                                    : setting->initial >= setting->low || setting->kind == KIND_CHOICE);
        assert_int_equal(setting->choice != NULL, setting->kind == KIND_CHOICE);
        assert_int_equal(setting->choice_title != NULL, setting->kind == KIND_CHOICE);
    }
}

static void the_defaults_are_those_of_the_first_screen(void **state)
{
    (void)state;
    static const char *const defaults[][2] = {
        {"task", "recall"},     {"cell", "rnn"},        {"activation", "tanh"}, {"T", "12"},
        {"hidden", "8"},        {"batch", "16"},        {"bias", "on"},         {"gain", "off"},
        {"forget_bias", "off"}, {"update_bias", "off"}, {"optimizer", "adam"},  {"learning_rate", "0.01"},
        {"clip", "norm"},       {"threshold", "1"},     {"speed", "20"},
    };
    Setup setup = setup_default();
    char text[SETTING_TEXT];
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        const Setting *setting = named(defaults[i][0]);
        assert_string_equal(setting_text(setting, setting_get(&setup, setting), text), defaults[i][1]);
    }
}

// ---- reading and writing ---------------------------------------------------------------------------------
static void bad_words_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *name, *word, *says;
    } cases[] = {
        {"learning_rate", "2", "learning_rate must be 0.00001 to 1"},
        {"learning_rate", "0", "learning_rate must be 0.00001 to 1"},
        {"learning_rate", "x", "learning_rate must be 0.00001 to 1, not \"x\""},
        {"learning_rate", "", "learning_rate must be 0.00001 to 1, not \"\""},
        {"learning_rate", "nan", "learning_rate must be 0.00001 to 1, not \"nan\""},
        {"learning_rate", "off", "learning_rate must be 0.00001 to 1, not \"off\""},
        {"gain", "5", "gain must be 0 to 4, or off"},
        {"T", "0", "T must be 1 to 1000"},
        {"T", "2.5", "T must be a whole number, not 2.5"},
        {"T", "99999999999999999999", "T must be 1 to 1000"},
        {"seed", "-1", "seed must be 0 to 999999999"},
        {"bias", "yes", "bias must be on or off, not \"yes\""},
        {"cell", "lstn",
         "there is no cell \"lstn\", did you mean \"lstm\"? There are: rnn lstm gru lstm1997 "
         "peephole coupled gru2014 mgu"},
        {"clip", "sometimes", "there is no clip \"sometimes\"; there are: off norm value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Err err;
        double value;
        assert_false(setting_read(named(cases[i].name), cases[i].word, &value, &err));
        assert_string_equal(err.text, cases[i].says);
    }
}

static void an_unknown_setting_is_refused_with_the_nearest_name(void **state)
{
    (void)state;
    Err err;
    assert_null(setting_find("lerning_rate", &err));
    assert_string_equal(err.text, "there is no setting \"lerning_rate\", did you mean \"learning_rate\"?");
    assert_null(setting_find("elephant", &err));
    assert_string_equal(err.text, "there is no setting \"elephant\"");
}

static void bounds_are_allowed_and_what_lies_beyond_is_not(void **state)
{
    (void)state;
    for (const Setting *setting = settings; setting->name; setting++) {
        if (!is_number(setting))
            continue;
        Err err;
        char word[64];
        double value, beyond = setting->kind == KIND_WHOLE ? 1 : 1e-6;
        const double within[] = {setting->low, setting->high},
                     outside[] = {setting->low - beyond, setting->high + beyond};
        for (int i = 0; i < 2; i++) {
            snprintf(word, sizeof word, "%.17g", within[i]);
            assert_true(setting_read(setting, word, &value, &err));
            assert_true(value == within[i]);
            snprintf(word, sizeof word, "%.17g", outside[i]);
            assert_false(setting_read(setting, word, &value, &err));
            assert_non_null(strstr(err.text, setting->name)); // and says which
        }
    }
}

static double random_value(const Setting *setting, Rng *rng)
{
    if (setting->can_be_off && rng_below(rng, 4) == 0)
        return SETTING_OFF;
    if (setting->kind == KIND_CHOICE)
        return rng_below(rng, choices(setting));
    if (setting->kind == KIND_SWITCH)
        return rng_below(rng, 2);
    if (setting->kind == KIND_WHOLE)
        return setting->low + rng_below(rng, (int)(setting->high - setting->low) + 1);
    return setting->low + (setting->high - setting->low) * rng_uniform(rng);
}

static void a_walk_through_all_values_reads_back_what_was_written(void **state)
{
    (void)state;
    Rng rng = rng_make(1, 1);
    Setup setup = setup_default(), again = setup_default();
    for (int step = 0; step < 200; step++)
        for (const Setting *setting = settings; setting->name; setting++) {
            char text[SETTING_TEXT], shown[SETTING_TEXT];
            double value;
            Err err;
            setting_put(&setup, setting, random_value(setting, &rng));
            setting_text(setting, setting_get(&setup, setting), text);
            assert_true(setting_read(setting, text, &value, &err));
            setting_put(&again, setting, value);
            assert_true(setting_get(&again, setting) == setting_get(&setup, setting));
            assert_true(strlen(setting_show(setting, value, shown)) > 0);
        }
    for (const Setting *setting = settings; setting->name; setting++) // no setting lies on another
        assert_true(setting_get(&again, setting) == setting_get(&setup, setting));
}

static void values_are_shown_for_the_eye(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double value;
        const char *shown;
    } cases[] = {
        {"speed", 20, "20/s"},
        {"speed", 0, "full"},
        {"cell", 1, "LSTM"},
        {"gain", SETTING_OFF, "off"},
        {"learning_rate", 0.01, "0.01"},
        {"forget_bias", -1, "\u22121"},
        {"T", 12, "12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[SETTING_TEXT];
        assert_string_equal(setting_show(named(cases[i].name), cases[i].value, text), cases[i].shown);
    }
}

// ---- what a setup makes ----------------------------------------------------------------------------------
static Setup with(const char *name, double value)
{
    Setup setup = setup_default();
    setting_put(&setup, named(name), value);
    return setup;
}

static void each_cell_has_the_settings_that_it_understands(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        bool activation, forget_bias, update_bias;
    } cases[] = {
        {"rnn", true, false, false},       {"lstm", false, true, false},     {"gru", false, false, true},
        {"lstm1997", false, false, false}, {"peephole", false, true, false}, {"coupled", false, true, false},
        {"gru2014", false, false, true},   {"mgu", false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Setup setup = with("cell", cell_index(cases[i].cell));
        assert_int_equal(named("activation")->applies(&setup), cases[i].activation);
        assert_int_equal(named("forget_bias")->applies(&setup), cases[i].forget_bias);
        assert_int_equal(named("update_bias")->applies(&setup), cases[i].update_bias);
    }
}

static void a_task_refuses_sequences_that_are_too_short(void **state)
{
    (void)state;
    Err err = {0};
    char says[96];
    for (int i = 0; tasks[i]; i++) {
        Setup setup = with("task", i);
        setup.T = tasks[i]->least_T;
        assert_true(setup_check(&setup, &err));
        setup.T--;
        if (setup.T < 1)
            continue;
        assert_false(setup_check(&setup, &err));
        snprintf(says, sizeof says, "T must be at least %d for the task %s", setup.T + 1, tasks[i]->name);
        assert_string_equal(err.text, says);
    }
}

static void carry_is_refused_where_no_sequence_goes_on(void **state)
{
    (void)state;
    Err err;
    Setup setup = with("task", task_index("recall"));
    setup.carry = true;
    assert_false(setup_check(&setup, &err));
    assert_string_equal(err.text, "carry needs sequences without end, and those of the task recall end");
    setup.task = task_index("letters");
    assert_true(setup_check(&setup, &err));
    setup.bidirectional = true;
    assert_false(setup_check(&setup, &err));
    assert_string_equal(err.text, "a bidirectional network carries no state: it also reads from the end");
}

static void what_is_scored_must_have_an_answer(void **state)
{
    (void)state;
    static const struct {
        const char *task;
        int scored;
        const char *says;
    } cases[] = {
        {"order", SCORE_ALL,
         "scored all does not fit the task order, it fits recall latch parity copy sine reber letters words spell "
         "agree; scored task fits all"},
        {"reber", SCORE_LAST,
         "scored last does not fit the task reber, it fits recall latch echo parity copy adding order sine letters "
         "words agree; scored task fits all"},
        {"echo", SCORE_LAST, ""},
        {"agree", SCORE_ALL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Err err = {""};
        Setup setup = with("task", task_index(cases[i].task));
        setup.scored = cases[i].scored;
        assert_int_equal(setup_check(&setup, &err), !*cases[i].says);
        assert_string_equal(err.text, cases[i].says);
        setup_mend(&setup);
        assert_int_equal(setup.scored, *cases[i].says ? SCORE_TASK : cases[i].scored);
    }
}

static void what_would_need_over_2_gib_is_refused(void **state)
{
    (void)state;
    Err err;
    Setup setup = with("cell", cell_index("lstm"));
    setup.T = 1000;
    setup.hidden = 256;
    setup.batch = 64;
    assert_false(setup_check(&setup, &err));
    assert_non_null(strstr(err.text, FAST_BUILD ? "T 1000, hidden 256 and batch 64 would need 2."
                                                : "T 1000, hidden 256 and batch 64 would need 4."));
    assert_non_null(strstr(err.text, "GiB; the limit is 2 GiB"));
    setup.batch = 8;
    assert_true(setup_check(&setup, &err));
}

static void more_of_anything_needs_more_memory(void **state)
{
    (void)state;
    Setup setup = setup_default();
    const double bytes = setup_bytes(&setup);
    static const char *const names[] = {"T", "hidden", "batch"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Setup more = with(names[i], 2 * setting_get(&setup, named(names[i])));
        assert_true(setup_bytes(&more) > bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_setting_has_words_and_a_default_within_its_bounds),
        cmocka_unit_test(the_defaults_are_those_of_the_first_screen),
        cmocka_unit_test(bad_words_say_what_is_wrong),
        cmocka_unit_test(an_unknown_setting_is_refused_with_the_nearest_name),
        cmocka_unit_test(bounds_are_allowed_and_what_lies_beyond_is_not),
        cmocka_unit_test(a_walk_through_all_values_reads_back_what_was_written),
        cmocka_unit_test(values_are_shown_for_the_eye),
        cmocka_unit_test(each_cell_has_the_settings_that_it_understands),
        cmocka_unit_test(a_task_refuses_sequences_that_are_too_short),
        cmocka_unit_test(carry_is_refused_where_no_sequence_goes_on),
        cmocka_unit_test(what_is_scored_must_have_an_answer),
        cmocka_unit_test(what_would_need_over_2_gib_is_refused),
        cmocka_unit_test(more_of_anything_needs_more_memory),
    };
    return cmocka_run_group_tests_name("setup", tests, NULL, NULL);
}
