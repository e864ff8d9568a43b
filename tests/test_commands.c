// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "base/file.h"
#include "base/rng.h"
#include "sim/netfile.h"
#include "stage.h"

static void must_refuse(const char *line, const char *says)
{
    Err err;
    if (app_do(&app, line, &err))
        fail_msg("%s was not refused", line);
    if (says)
        assert_string_equal(err.text, says);
    assert_int_not_equal(err.text[0], 0);
}

static char *copy_of(const char *name)
{
    return strdup(null_print(&app, &world, name));
}

// ---- what is refused --------------------------------------------------------------------------------------------
static void bad_lines_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"fly 3", "there is no command \"fly\""},
        {"trian 3", "there is no command \"trian\", did you mean \"train\"?"},
        {"train", "train takes 1 number"},
        {"train x", "\"x\" is not a whole number"},
        {"train 1.5", "\"1.5\" is not a whole number"},
        {"train 0", "train takes 1 to 1000000000"},
        {"train 99999999999999999999", "\"99999999999999999999\" is not a whole number"},
        {"seek", "seek takes 1 or 2 numbers"},
        {"seek 3", "there is no update 3 yet, the last one is 0"},
        {"seek -1", "seek takes 0 or more"},
        {"select 9", "select takes T UNIT, next, previous, down or up"},
        {"select x 1", "\"x\" is not a whole number"},
        {"select 13 1", "t must be 1 to 12 and unit 1 to 8, or 0 for none"},
        {"show 17", "the batch has sequences 1 to 16"},
        {"play 1", "play takes nothing"},
        {"set T", "set takes NAME VALUE"},
        {"set hiden 3", "there is no setting \"hiden\", did you mean \"hidden\"?"},
        {"set T 0", "T must be 1 to 1000"},
        {"set gain much", "gain must be 0 to 4, or off, not \"much\""},
        {"set T abc", "T must be 1 to 1000, not \"abc\""},
        {"set learning_rate 2", "learning_rate must be 0.00001 to 1"},
        {"set cell lstm; set T 978; set batch 50; set hidden 152",
         "T 978, hidden 152 and batch 50 would need 2.000004 GiB; the limit is 2 GiB"},
        {"reset; set cell lstm; set T 966; set batch 50; set hidden 154",
         "T 966, hidden 154 and batch 50 would need 2.001 GiB; the limit is 2 GiB"},
        {"reset; fly", "there is no command \"fly\""},
        {"theme drak", "theme takes light|dark, not \"drak\", did you mean \"dark\"?"},
        {"bars", "bars takes log|linear"},
        {"view grahp", "there is no view \"grahp\", did you mean \"graph\"?"},
        {"axis 3 2", "the time axis goes from 1 to 12, and FIRST is at most LAST"},
        {"view x", "there is no view \"x\"; there are: graph hidden gates gradient loss norm program inspector cell "
                   "slices weights lane clip backward"},
        {"axis 3", "axis takes FIRST LAST, fit, in, out, left or right"},
        {"gradient c", "the cell rnn has no memory c"},
        {"layer 2", "the network has layers 1 to 1"},
        {"layer 1 backward", "the network reads forward only, see the setting bidirectional"},
        {"layer 1 up", "a direction is forward or backward, not \"up\""},
        {"layer top", "layer takes N [forward|backward], next or follow, not \"top\""},
        {"layer next 1", "layer next takes nothing more"},
        {"scale 9", "scale takes 0.5 to 4"},
        {"group Netwrok", "there is no group \"Netwrok\", did you mean \"Network\"?"},
        {"open choice T", "T has no list of choices"},
        {"toggle theem", "there is nothing \"theem\" to toggle, did you mean \"theme\"?"},
        {"print los", "there is nothing \"los\" to print, did you mean \"loss\"?"},
        {"print foo",
         "there is nothing \"foo\" to print; there are: loss baseline accuracy gradient_norm clipped_norm "
         "update op weights dh dc state_norms direct_path loss_norms weight_shares weight_norms eigenvalues "
         "eigenvalue_angles singular_values jacobian_eigenvalues jacobian_singular_values runs losses norms "
         "accuracies weight_counts kept settings place probe pytorch state journal hash"},
        {"page next", "no lesson is open"},
        {"lesson nowhere.md", "cannot read \"nowhere.md\": no such file"},
        {"record x.txt", "record writes a .csv file, not \"x.txt\""},
        {"record /nowhere/x.csv", "cannot write \"/nowhere/x.csv\": no such folder"},
        {"shot x.gif", "shot saves a .png or .svg file, not \"x.gif\""},
        {"shot x.png grap", "there is no view \"grap\", did you mean \"graph\"?"},
        {"shot x.png", "no pictures can be made here"},
        {"load x.pt", "load takes a .safetensors file, not \"x.pt\""},
        {"load nowhere.safetensors", "cannot read \"nowhere.safetensors\": no such file"},
        {"save /nowhere/x.safetensors", "cannot write \"/nowhere/x.safetensors\": no such folder"},
        {"trace x.safetensors", "trace takes IN.safetensors OUT.safetensors"},
        {"trace x.safetensors x.safetensors", "trace would overwrite \"x.safetensors\", which it reads"},
        {"set freeze f=1", "the cell rnn has no gate f"},
        {"set carry on", "carry needs sequences without end, and those of the task recall end"},
        {"check loss", "a claim compares with <, <=, >, >=, == or !=, not \"\""},
        {"set \"T 3", "unclosed quote"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_refuse(cases[i].line, cases[i].says);
}

static void a_refusal_in_a_file_names_line_and_column(void **state)
{
    (void)state;
    Err err;
    app_say(&app, "train 2\n# words\ntrain 1;  fly\nquit\n", "walk.txt");
    assert_false(app_finish(&app, &err));
    assert_string_equal(err.text, "walk.txt:3:11: there is no command \"fly\"");
    assert_true(app.refused);
    assert_false(app.quit);
    app_say(&app, "train 1\n  set \"T\n", "quote.txt");
    assert_false(app_finish(&app, &err));
    assert_string_equal(err.text, "quote.txt:2:7: unclosed quote");
}

static int least_arguments(const char *arguments)
{
    int count = (int)strcspn(arguments, "?");
    return count - 2 * (strchr(arguments, '*') != NULL);
}

static void with_words(char line[512], const char *name, int count, const char *word)
{
    size_t at = (size_t)snprintf(line, 512, "%s", name);
    for (int i = 0; i < count; i++)
        at += (size_t)snprintf(line + at, 512 - at, " %s", word);
}

static void every_command_refuses_wrong_arguments_and_changes_nothing(void **state)
{
    (void)state;
    char line[512];
    say("train 3; op 5; set learning_rate 0.5");
    char *before = copy_of("state"), *hash = copy_of("hash");
    for (const Command *command = commands; command->name; command++) {
        const char *kinds = command->arguments;
        if (least_arguments(kinds) > 0)
            must_refuse(command->name, NULL);
        with_words(line, command->name, WORDS_MOST, "1");
        must_refuse(line, NULL);
        if (!strchr(kinds, '*')) {
            with_words(line, command->name, (int)strlen(kinds) + 1 - (strchr(kinds, '?') != NULL), "1");
            must_refuse(line, NULL);
        }
        with_words(line, command->name, (int)strcspn(kinds, "?*"), "no-such-thing");
        if (*kinds && *kinds != '?')
            must_refuse(line, NULL);
        if (*kinds == 'n' && command->high > 0) {
            with_words(line, command->name, (int)strcspn(kinds, "?"), "9000000000000000000");
            must_refuse(line, NULL);
        }
    }
    assert_string_equal(null_print(&app, &world, "state"), before);
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    free(before);
    free(hash);
}

// ---- the tables -------------------------------------------------------------------------------------------------
static void every_command_has_its_words(void **state)
{
    (void)state;
    Err err;
    for (const Command *command = commands; command->name; command++) {
        assert_non_null(command->run);
        assert_true(strlen(command->title) > 0 && strlen(command->what) > 0);
        assert_int_equal(*command->arguments == 0, *command->usage == 0);
        assert_ptr_equal(command_find(command->name, &err), command);
    }
    world.printed[0] = 0;
    say("help");
    assert_non_null(strstr(world.printed, "train N  Trains until N more updates are done."));
}

static void every_key_says_a_command_and_no_key_is_said_twice(void **state)
{
    (void)state;
    Err err;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(binding->line, " "), binding->line);
        assert_non_null(command_find(name, &err));
        assert_true(strlen(binding->title) > 0 && strlen(binding->group) > 0);
        for (const KeyBinding *other = key_bindings; other < binding; other++)
            assert_string_not_equal(other->key, binding->key);
    }
}

static void a_menu_finds_the_key_of_its_line(void **state)
{
    (void)state;
    assert_string_equal(key_of_line("set cell lstm"), "2");
    assert_string_equal(key_of_line("step 1"), "shift+right");
    assert_string_equal(key_of_line("theme dark"), "t");
    assert_string_equal(key_of_line("pause"), "space");
    assert_string_equal(key_of_line("set clip off"), "c");
    assert_null(key_of_line("set T 3"));
}

static void every_toggle_goes_there_and_back(void **state)
{
    (void)state;
    say("set cell lstm");
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        if (strncmp(binding->line, "toggle ", 7) != 0)
            continue;
        App before = app;
        char *settings_before = copy_of("settings");
        say(binding->line);
        bool changed = app.playing != before.playing || app.dark != before.dark || app.folded != before.folded ||
                       app.linear != before.linear || app.slices != before.slices || app.view != before.view ||
                       app.gradient_of_memory != before.gradient_of_memory || app.present != before.present ||
                       strcmp(null_print(&app, &world, "settings"), settings_before) != 0;
        assert_true(changed);
        say(binding->line);
        assert_string_equal(null_print(&app, &world, "settings"), settings_before);
        free(settings_before);
    }
    say("toggle gain; train 1; check gradient_norm != 0");
}

// ---- print ------------------------------------------------------------------------------------------------------
static void every_printable_prints_one_line_of_json(void **state)
{
    (void)state;
    app.json = true;
    const char *const moments[] = {"reset", "train 3", "op 30"};
    for (size_t i = 0; i < 3; i++) {
        say(moments[i]);
        for (const Printable *printable = printables; printable->name; printable++) {
            char line[64];
            snprintf(line, sizeof line, "print %s", printable->name);
            world.printed[0] = 0;
            say(line);
            assert_int_equal(strcspn(world.printed, "\n") + 1, strlen(world.printed));
            cJSON *json = cJSON_Parse(world.printed);
            assert_non_null(json);
            assert_non_null(cJSON_GetObjectItemCaseSensitive(json, printable->name));
            cJSON_Delete(json);
        }
    }
}

static void numbers_are_not_printed_before_they_exist(void **state)
{
    (void)state;
    assert_string_equal(null_print(&app, &world, "loss"), "-");
    say("op 3");
    assert_string_equal(null_print(&app, &world, "loss"), "-");
    assert_string_equal(null_print(&app, &world, "place"), "update 1 op 3 forward t 1 row z");
    say("step 12");
    assert_string_not_equal(null_print(&app, &world, "loss"), "-");
    assert_string_equal(null_print(&app, &world, "gradient_norm"), "-");
    say("update 1");
    assert_string_not_equal(null_print(&app, &world, "gradient_norm"), "-");
    assert_string_not_equal(null_print(&app, &world, "clipped_norm"), "-");
}

static void claims_hold_or_say_why_not(void **state)
{
    (void)state;
    Err err;
    say("train 2");
    assert_true(claim_holds(&app, "loss > 0.1", &err));
    assert_true(claim_holds(&app, "update == 2", &err));
    assert_true(claim_holds(&app, "dh 1 < dh 12", &err));
    assert_true(claim_holds(&app, "clipped_norm <= gradient_norm", &err));
    static const struct {
        const char *claim, *says;
    } cases[] = {
        {"update > 2", "update > 2 does not hold: it is 2"},
        {"los < 1", "there is nothing \"los\" to print, did you mean \"loss\"?"},
        {"hash < 1", "hash is not a number"},
        {"dh < 1", "dh needs a time step, as in dh 1 < 0.1"},
        {"dh 13 < 1", "dh has no entry 13"},
        {"update < 1 2", "\"2\" is too much for a claim"},
        {"update", "a claim compares with <, <=, >, >=, == or !=, not \"\""},
        {"update <", "a claim is NAME [T] < NUMBER, with <, <=, >, >=, == or !="},
        {"", "there is no claim"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(claim_holds(&app, cases[i].claim, &err));
        assert_string_equal(err.text, cases[i].says);
    }
    say("op 1");
    assert_false(claim_holds(&app, "loss < 9", &err));
    assert_string_equal(err.text, "loss < 9: this is not known yet");
}

static void record_writes_a_row_an_update(void **state)
{
    (void)state;
    say("train 3; record x.csv");
    assert_int_equal(strncmp(world.written, "update,loss,gradient_norm,clipped_norm\n1,", 41), 0);
    int rows = 0;
    for (const char *at = world.written; *at; at++)
        rows += *at == '\n';
    assert_int_equal(rows, 4);
}

// ---- the line that restores a moment ----------------------------------------------------------------------------
static void walk_on(Rng *rng)
{
    static const char *const lines[] = {
        "train 3",
        "train 17",
        "op 7",
        "op -11",
        "step 2",
        "step -5",
        "update -2",
        "update 1",
        "seek 0",
        "seek 2",
        "set clip off",
        "set clip norm",
        "set learning_rate 0.03",
        "set learning_rate 0.2",
        "set threshold 0.5",
        "set optimizer sgd",
        "set optimizer adam",
        "set gain 1.2",
        "set gain off",
        "set cell lstm",
        "set cell rnn",
        "set hidden 5",
        "set batch 3",
        "set T 7",
        "latest",
        "set seed 9",
        "set speed 50",
        "play; pause",
        "go 2",
        "stride op",
        "set layers 2",
        "set layers 1",
        "set bidirectional on",
        "set bidirectional off",
        "set optimizer nesterov",
        "set decay 0.99",
        "set clip value",
        "set init orthogonal",
        "set freeze f=1",
        "set freeze none",
        "set task letters",
        "set carry on",
        "set carry off",
        "set task spell",
        "set cell coupled",
    };
    Err err;
    int i = rng_below(rng, (int)(sizeof lines / sizeof *lines));
    app_say(&app, lines[i], NULL);
    if (app_finish(&app, &err))
        return;
    bool no_update = strstr(err.text, "there is no update"), no_gate = strstr(err.text, "has no gate");
    bool no_carry = strstr(err.text, "carr"), too_short = strstr(err.text, "T must be at least");
    if (!no_update && !no_gate && !no_carry && !too_short)
        fail_msg("%s: %s", lines[i], err.text);
}

static void the_printed_state_leads_to_the_same_bits(void **state)
{
    (void)state;
    Rng rng = rng_make(7, rng_stream("walk"));
    NullWorld other_world;
    App other;
    for (int i = 0; i < 200; i++) {
        walk_on(&rng);
        char *line = copy_of("state"), *hash = copy_of("hash"), *place = copy_of("place"),
             *settings_now = copy_of("settings");
        Err err;
        null_start(&other, &other_world, NULL);
        app_say(&other, line, NULL);
        if (!app_finish(&other, &err))
            fail_msg("%s: %s", line, err.text);
        if (strcmp(null_print(&other, &other_world, "hash"), hash) != 0)
            fail_msg("not the same bits after %s: %s", world.echoed, line);
        assert_string_equal(null_print(&other, &other_world, "place"), place);
        assert_string_equal(null_print(&other, &other_world, "settings"), settings_now);
        assert_string_equal(null_print(&other, &other_world, "state"), line);
        app_free(&other);
        free(line), free(hash), free(place), free(settings_now);
    }
}

static void a_setting_that_stays_as_it_is_keeps_the_training(void **state)
{
    (void)state;
    say("train 5; set cell rnn; set hidden 8; check update == 5");
    say("set cell gru; check update == 0");
}

static void a_live_change_is_part_of_the_state(void **state)
{
    (void)state;
    say("train 2; set clip off; train 2; op 3; set learning_rate 0.5; update 1");
    assert_string_equal(null_print(&app, &world, "state"),
                        "reset; train 2; set clip off; train 2; set learning_rate 0.5; train 1");
    say("seek 3");
    assert_string_equal(null_print(&app, &world, "state"), "reset; train 2; set clip off; train 1");
    say("reset");
    assert_string_equal(null_print(&app, &world, "state"), "reset");
}

// Its moments belong to it until another one changes the weights.
static void an_optimizer_that_is_taken_back_changes_nothing(void **state)
{
    (void)state;
    char hash[64];
    say("train 3; set optimizer sgd; set optimizer adam; train 2; check update == 5");
    snprintf(hash, sizeof hash, "%s", null_print(&app, &world, "hash"));
    say("reset; train 5");
    assert_string_equal(null_print(&app, &world, "hash"), hash);
}

static void a_restart_keeps_the_settings(void **state)
{
    (void)state;
    say("set gain 1.5; train 4; set clip off; train 1; restart");
    assert_string_equal(null_print(&app, &world, "state"), "reset; set clip off; set gain 1.5");
}

// ---- networks in files --------------------------------------------------------------------------------------------
static void a_network_that_was_loaded_is_part_of_the_state(void **state)
{
    (void)state;
    static const char path[] = BINARY_DIR "/loaded.safetensors";
    Arena scratch = arena_make(1 << 12);
    Err err;
    size_t size;
    say("set cell gru; set hidden 3; train 5");
    const char *bytes = netfile_save(&app.session.runs[0], &scratch, &size);
    assert_true(file_write(path, bytes, size, &err));
    say("set T 5; set cell rnn; train 2; load \"" BINARY_DIR "/loaded.safetensors\"; check update == 0; train 3; op 4");
    char *line = copy_of("state"), *hash = copy_of("hash");
    say("reset");
    say(line);
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    assert_string_equal(null_print(&app, &world, "state"), line);
    assert_non_null(strstr(line, "load \""));
    say("set hidden 4");
    assert_null(strstr(null_print(&app, &world, "state"), "load"));
    free(line), free(hash);
    arena_free(&scratch);
}

static void a_text_that_is_learnt_is_part_of_the_state(void **state)
{
    (void)state;
    say("text \"" SOURCE_DIR "/CHANGELOG.md\"; set T 8; train 3");
    char *line = copy_of("state"), *hash = copy_of("hash"), *baseline = copy_of("baseline");
    say("text; train 3");
    assert_string_not_equal(null_print(&app, &world, "baseline"), baseline);
    say(line);
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    assert_string_equal(null_print(&app, &world, "state"), line);
    must_refuse("text nowhere.txt", "cannot read \"nowhere.txt\": no such file");
    say("set task recall; train 1");
    free(line), free(hash);
    line = copy_of("state"), hash = copy_of("hash");
    say(line);
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    free(line), free(hash), free(baseline);
}

// What many steps do to the state lies beside the gradient bars; a loss is the sum of its shares.
static void analyses_are_printed_when_an_update_is_read(void **state)
{
    (void)state;
    double sum = 0;
    assert_string_equal(null_print(&app, &world, "state_norms"), "-");
    say("set cell lstm; set T 6; train 2");
    const char *at = null_print(&app, &world, "weight_shares");
    for (int t = 1; t <= 6; t++) {
        char *end;
        sum += strtod(at, &end);
        at = end;
    }
    assert_true(sum > 1 - 1e-12 && sum < 1 + 1e-12);
    at = strrchr(null_print(&app, &world, "state_norms"), ' ');
    assert_string_equal(at, " 1"); // of the last scored step on itself
}

static void learn(const char *text)
{
    static const char path[] = BINARY_DIR "/learnt.txt";
    Err err;
    assert_true(file_write(path, text, strlen(text), &err));
    say("text \"" BINARY_DIR "/learnt.txt\"");
}

// As its help says.
static void a_text_is_small_letters_a_stop_and_blanks(void **state)
{
    (void)state;
    learn("Ab?c d.");
    char *hash = copy_of("baseline");
    learn("ab! 9");
    assert_string_not_equal(null_print(&app, &world, "baseline"), hash);
    learn("0,aB.C-7\xc3\xa4 d!");
    assert_string_equal(null_print(&app, &world, "baseline"), hash);
    free(hash);
    Err err;
    assert_true(file_write(BINARY_DIR "/digits.txt", "1 2, 3", 6, &err));
    must_refuse("text \"" BINARY_DIR "/digits.txt\"",
                "\"" BINARY_DIR "/digits.txt\" holds no text: only a to z and . ! ? count, all else is a blank");
}

static void the_state_says_the_task_of_a_text_once(void **state)
{
    (void)state;
    static const char *const tasks_after[] = {"", "; set task spell", "; set task recall"};
    learn("two words");
    for (size_t i = 0; i < 3; i++) {
        char line[64];
        snprintf(line, sizeof line, "train 1%s", tasks_after[i]);
        say(line);
        char *told = copy_of("state"), *hash = copy_of("hash");
        const char *first = strstr(told, "set task ");
        assert_non_null(first);
        assert_null(strstr(first + 1, "set task "));
        say("reset; text");
        say(told);
        assert_string_equal(null_print(&app, &world, "hash"), hash);
        assert_string_equal(null_print(&app, &world, "state"), told);
        free(told), free(hash);
    }
}

static void gradcheck_prints_the_worst_error_and_its_weight(void **state)
{
    (void)state;
    char tensor[64];
    double worst = 1;
    world.printed[0] = 0;
    say("train 3; gradcheck");
    assert_int_equal(sscanf(world.printed, "gradcheck worst %lf at %63s", &worst, tensor), 2);
    assert_true(worst < 1e-6);
    say("set hidden 200");
    must_refuse("gradcheck", NULL);
}

// ---- what is shown ----------------------------------------------------------------------------------------------
static void what_is_shown_follows_its_commands(void **state)
{
    (void)state;
    say("select 3 2; axis 2 9; show 4; bars linear; stride op; fold on; theme dark; scale 1.5; present on");
    assert_int_equal(app.selected_t, 3);
    assert_int_equal(app.axis_last, 9);
    assert_int_equal(app.show_b, 3);
    assert_true(app.linear && app.folded && app.dark && app.present && app.stride == STRIDE_OP);
    say("set T 2; set batch 2");
    assert_int_equal(app.selected_t, 0);
    assert_int_equal(app.axis_last, 0);
    assert_int_equal(app.show_b, 0);
    say("scale up");
    assert_true(app.scale > 1.5);
    say("open choice task");
    assert_int_equal(app.popup, POPUP_CHOICE);
    assert_string_equal(app.popup_choice, "task");
    say("open keys; stop");
    assert_int_equal(app.popup, POPUP_NONE);
    say("group network; more Network");
    assert_int_equal(app.closed_groups, 1);
    assert_int_equal(app.more_groups, 1);
    say("reset");
    assert_true(app.dark && !app.folded && !app.linear);
}

static void a_layer_stays_chosen_while_there_is_one(void **state)
{
    (void)state;
    say("set layers 2; set bidirectional on; layer 1 backward");
    assert_true(app.layer == 1 && app.reverse);
    say("layer next");
    assert_true(app.layer == 2 && !app.reverse);
    say("layer 2 backward; set layers 1");
    assert_true(app.layer == 0 && !app.reverse);
    say("layer 1 backward; set bidirectional off");
    assert_true(app.layer == 0 && !app.reverse);
    say("set layers 3; layer 2; layer follow");
    assert_int_equal(app.layer, 0);
}

// ---- how things are called
// ----------------------------------------------------------------------------------------
static void time_steps_are_typed_as_they_are_counted(void **state)
{
    (void)state;
    Err err;
    must_refuse("set first_index 0; select 12 1", "t must be 0 to 11, or -1 for none, and unit 1 to 8, or 0 for none");
    must_refuse("axis 0 12", "the time axis goes from 0 to 11, and FIRST is at most LAST");
    say("train 1; select 0 3; axis 2 5");
    assert_int_equal(app.selected_t, 1);
    assert_int_equal(app.selected_unit, 3);
    assert_int_equal(app.axis_first, 3);
    assert_int_equal(app.axis_last, 6);
    say("select -1 0");
    assert_int_equal(app.selected_t, 0);
    assert_true(claim_holds(&app, "dh 11 > dh 0", &err));
    assert_false(claim_holds(&app, "dh 12 > 0", &err));
    assert_string_equal(err.text, "dh has no entry 12");
    say("seek 1 3");
    assert_non_null(strstr(null_print(&app, &world, "place"), " t 0 "));
    say("set first_index 1");
    assert_non_null(strstr(null_print(&app, &world, "place"), " t 1 "));
}

static void how_things_are_called_is_kept_and_is_no_part_of_training(void **state)
{
    (void)state;
    say("train 5");
    char *hash = copy_of("hash");
    say("set notation uvw; set first_index 0");
    assert_int_equal(app.session.runs[0].at.update, 5); // no restart
    assert_string_equal(null_print(&app, &world, "hash"), hash);
    assert_non_null(strstr(null_print(&app, &world, "state"), "set notation uvw; set first_index 0"));
    say("seek 2");
    assert_int_equal(app.session.runs[0].setup.first_index, 0);
    say("set T 10");
    assert_int_equal(app.session.runs[0].setup.notation, NOTATION_UVW);
    free(hash);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(bad_lines_say_what_is_wrong),
        CASE(a_refusal_in_a_file_names_line_and_column),
        CASE(every_command_refuses_wrong_arguments_and_changes_nothing),
        CASE(every_command_has_its_words),
        CASE(every_key_says_a_command_and_no_key_is_said_twice),
        CASE(a_menu_finds_the_key_of_its_line),
        CASE(every_toggle_goes_there_and_back),
        CASE(every_printable_prints_one_line_of_json),
        CASE(numbers_are_not_printed_before_they_exist),
        CASE(claims_hold_or_say_why_not),
        CASE(record_writes_a_row_an_update),
        CASE(the_printed_state_leads_to_the_same_bits),
        CASE(a_setting_that_stays_as_it_is_keeps_the_training),
        CASE(a_live_change_is_part_of_the_state),
        CASE(an_optimizer_that_is_taken_back_changes_nothing),
        CASE(a_restart_keeps_the_settings),
        CASE(a_network_that_was_loaded_is_part_of_the_state),
        CASE(a_text_that_is_learnt_is_part_of_the_state),
        CASE(analyses_are_printed_when_an_update_is_read),
        CASE(a_text_is_small_letters_a_stop_and_blanks),
        CASE(the_state_says_the_task_of_a_text_once),
        CASE(gradcheck_prints_the_worst_error_and_its_weight),
        CASE(what_is_shown_follows_its_commands),
        CASE(a_layer_stays_chosen_while_there_is_one),
        CASE(time_steps_are_typed_as_they_are_counted),
        CASE(how_things_are_called_is_kept_and_is_no_part_of_training),
    };
    return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
