// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/lines.h"
#include "app/palette.h"
#include "base/rng.h"
#include "nn/cells.h"
#include "stage.h"
#include "views/views.h"

enum { WIDTH = 1440, HEIGHT = 900 };

static DrawList list;

static void frame(void)
{
    app.changed = true;
    app_frame(&app, 0.01, WIDTH, HEIGHT, &list);
}

static void press_key(const char *key)
{
    app_key(&app, key);
    frame();
}

static void type(const char *text)
{
    app_text(&app, text);
    frame();
}

static void open_palette(void)
{
    frame();
    type(":");
    assert_int_equal(app.popup, POPUP_PALETTE);
    assert_string_equal(app.palette.field.text, "");
}

static const Offers *offered(void)
{
    arena_reset(&arena);
    return palette_offers(&app, &arena);
}

static int place_of(const char *line)
{
    const Offers *offers = offered();
    for (int i = 0; i < offers->count; i++)
        if (strcmp(offers->offer[i].line, line) == 0)
            return i;
    return OFFERS_MOST;
}

// ---- everything can be found ------------------------------------------------------------------------------------
// In sight without scrolling, at the least height too.
enum { IN_SIGHT = 9 };

static void must_find(const char *typed, const char *line)
{
    say("palette");
    type(typed);
    int place = place_of(line);
    if (place >= IN_SIGHT)
        fail_msg("\"%s\" finds %s only in place %d", typed, line, place + 1);
    assert_true(app.palette.seen > place);
}

static void must_find_all(const char *name, const char *title, const char *line)
{
    must_find(name, line);
    must_find(title, line);
}

static void every_command_is_found_by_its_name_and_its_title(void **state)
{
    (void)state;
    frame();
    for (const Command *command = commands; command->name; command++) {
        must_find_all(command->name, command->title, command->name);
        must_find(command->what, command->name);
        say("palette");
        type(command->name);
        assert_int_equal(place_of(command->name), 0);
    }
}

static void every_setting_is_found_by_its_name_its_title_and_its_help(void **state)
{
    (void)state;
    char line[64];
    frame();
    for (const Setting *setting = settings; setting->name; setting++) {
        snprintf(line, sizeof line, "set %s", setting->name);
        must_find_all(setting->name, setting->label, line);
        must_find_all(line, setting->what, line);
    }
    must_find("learning rate", "set learning_rate");
    must_find("LEARNING", "set learning_rate");
    must_find("lr", "set learning_rate");
    must_find("rate lea", "set learning_rate");
    must_find("lerning_rate", "set learning_rate");
}

static void every_choice_view_task_and_cell_is_found(void **state)
{
    (void)state;
    char line[64];
    frame();
    for (const Setting *setting = settings; setting->name; setting++)
        for (int i = 0; setting->kind == KIND_CHOICE && setting->choice(i); i++) {
            snprintf(line, sizeof line, "set %s %s", setting->name, setting->choice(i));
            must_find(line, line);
            must_find(setting->choice_title(i), line);
        }
    for (int i = 0; views[i]; i++) {
        snprintf(line, sizeof line, "view %s", views[i]->name);
        must_find_all(line, views[i]->title, line);
    }
    for (const Printable *printable = printables; printable->name; printable++) {
        snprintf(line, sizeof line, "print %s", printable->name);
        must_find(line, line);
    }
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        must_find(binding->line, binding->line);
}

static void every_lesson_is_found(void **state)
{
    (void)state;
    char line[512];
    app.platform.lessons = SOURCE_DIR "/lessons";
    frame();
    say("palette");
    assert_true(app.lesson_count > 0);
    for (int i = 0; i < app.lesson_count; i++) {
        snprintf(line, sizeof line, "lesson %s", app.lessons[i].file);
        must_find_all(app.lessons[i].title, app.lessons[i].file, line);
    }
}

// ---- typing -----------------------------------------------------------------------------------------------------
static void what_is_typed_goes_to_it_and_no_key_binding_fires(void **state)
{
    (void)state;
    open_palette();
    world.echoed[0] = 0;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        if (strlen(binding->key) == 1 || strcmp(binding->key, "space") == 0)
            type(strcmp(binding->key, "space") ? binding->key : " ");
        else if (strcmp(binding->key, "return") && strcmp(binding->key, "escape") && strcmp(binding->key, "ctrl+k"))
            press_key(binding->key);
        assert_int_equal(app.popup, POPUP_PALETTE);
    }
    assert_string_equal(world.echoed, "");
    assert_false(app.quit || app.playing || app.dark || app.present);
    press_key("escape");
    assert_int_equal(app.popup, POPUP_NONE);
}

// Keys may come faster than pictures.
static void nothing_typed_behind_the_colon_is_lost(void **state)
{
    (void)state;
    frame();
    app_text(&app, ":");
    app_text(&app, "t");
    app_text(&app, "heme dark");
    app_key(&app, "return");
    frame();
    assert_int_equal(app.popup, POPUP_NONE);
    assert_true(app.dark);
}

static void a_whole_line_can_be_typed(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *claim;
    } cases[] = {
        {"train 7", "update == 7"},
        {"set cell lstm; train 2; op -3", "op > 3"},
        {"T 20", "op == 0"},
        {"  seek 0  ", "update == 0"},
    };
    char claim[64];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        open_palette();
        type(cases[i].typed);
        press_key("return");
        assert_int_equal(app.popup, POPUP_NONE);
        snprintf(claim, sizeof claim, "check %s", cases[i].claim);
        say(claim);
    }
    assert_int_equal(app.session.runs[0].setup.T, 20);
}

static void what_is_refused_stays_with_the_reason_and_a_remedy(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *says, *mended;
    } cases[] = {
        {"theem dark", "there is no command \"theem\", did you mean \"theme\"?", "theme dark"},
        {"set task copyy", "there is no task \"copyy\", did you mean \"copy\"?", "set task copy"},
        {"set leraning_rate 0.1", "there is no setting \"leraning_rate\", did you mean \"learning_rate\"?",
         "set learning_rate 0.1"},
        {"theme drak", "did you mean \"dark\"?", "theme dark"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        open_palette();
        type(cases[i].typed);
        const Offers *offers = offered();
        assert_string_equal(offers->offer[0].line, cases[i].mended);
        if (strcmp(offers->offer[0].kind, "mended") == 0) // else it is near enough to be found
            assert_non_null(strstr(offers->offer[0].what, cases[i].says));
        press_key("return"); // takes the remedy
        assert_int_equal(app.popup, POPUP_NONE);
    }
    open_palette();
    type("set learning_rate 5");
    press_key("return");
    assert_int_equal(app.popup, POPUP_PALETTE);
    assert_string_equal(app.palette.said, "learning_rate must be 0.00001 to 1");
    assert_string_equal(app.palette.field.text, "set learning_rate 5");
    press_key("backspace");
    assert_string_equal(app.palette.said, "");
    type("0.5");
    press_key("return");
    assert_int_equal(app.popup, POPUP_NONE);
    assert_true(app.session.runs[0].setup.learning_rate == 0.5);
}

static void a_line_that_lacks_something_goes_on(void **state)
{
    (void)state;
    open_palette();
    type("learn");
    press_key("return");
    assert_string_equal(app.palette.field.text, "set learning_rate ");
    press_key("return");
    assert_string_equal(app.palette.said, "set learning_rate takes 0.00001 to 1");
    type("0.25");
    press_key("return");
    assert_true(app.session.runs[0].setup.learning_rate == 0.25);
    open_palette();
    type("set ta");
    press_key("tab");
    assert_string_equal(app.palette.field.text, "set task ");
    type("si");
    press_key("tab");
    assert_string_equal(app.palette.field.text, "set task sine");
    press_key("return");
    assert_string_equal(app.session.runs[0].task->name, "sine");
}

static void behind_a_semicolon_another_command_is_found(void **state)
{
    (void)state;
    open_palette();
    type("train 3; dark");
    const Offers *offers = offered();
    assert_string_equal(offers->offer[0].line, "theme dark");
    press_key("return");
    say("check update == 3");
    assert_true(app.dark);
    open_palette();
    type("load \"a;b\"");
    assert_string_equal(palette_typed(&app), "load \"a;b\"");
}

static void arrows_go_through_the_rows(void **state)
{
    (void)state;
    open_palette();
    type("set cell ");
    const Offers *offers = offered();
    int gru = place_of("set cell gru");
    assert_true(gru > 0 && gru < offers->count);
    for (int i = 0; i < gru; i++)
        press_key("down");
    assert_int_equal(app.palette.chosen, gru);
    press_key("up");
    press_key("down");
    press_key("return");
    assert_string_equal(cell_types[app.session.runs[0].setup.cell]->name, "gru");
    open_palette();
    type("s");
    for (int i = 0; i < 500; i++)
        press_key(i % 7 ? "down" : "pagedown");
    assert_int_equal(app.palette.chosen, offered()->count - 1);
    assert_true(app.palette.first + app.palette.seen == app.palette.chosen + 1);
    for (int i = 0; i < 500; i++)
        press_key("pageup");
    assert_int_equal(app.palette.chosen + app.palette.first, 0);
}

static void up_in_an_empty_field_brings_back_what_was_said(void **state)
{
    (void)state;
    static const char *const said[] = {"train 2", "theme dark", "set T 9"};
    for (size_t i = 0; i < 3; i++) {
        open_palette();
        type(said[i]);
        press_key("return");
    }
    open_palette();
    press_key("up");
    assert_string_equal(app.palette.field.text, "set T 9");
    press_key("up");
    press_key("up");
    press_key("up");
    assert_string_equal(app.palette.field.text, "train 2");
    press_key("down");
    assert_string_equal(app.palette.field.text, "theme dark");
    press_key("down");
    press_key("down");
    assert_string_equal(app.palette.field.text, "");
    press_key("up");
    type("0"); // edited, arrows mean the rows again
    assert_string_equal(app.palette.field.text, "set T 90");
    press_key("up");
    assert_string_equal(app.palette.field.text, "set T 90");
    press_key("return");
    assert_int_equal(app.session.runs[0].setup.T, 90);
}

static void a_line_waits_for_what_is_being_done(void **state)
{
    (void)state;
    app_say(&app, "train 100000", NULL);
    frame();
    type(":");
    type("theme dark");
    press_key("return");
    assert_true(app.dark && app_busy(&app)); // acts at once
    type(":");
    type("set cell gru");
    press_key("return");
    assert_int_equal(lines_waiting(&app), 1);
    press_key("escape");
    frame(); // the update begun is done,
    frame(); // and the next, whose values can be read
    assert_false(app_busy(&app));
}

static void what_is_printed_is_seen(void **state)
{
    (void)state;
    open_palette();
    type("print weights");
    press_key("return");
    assert_non_null(strstr(app.message, "weights "));
}

// ---- the pointer ------------------------------------------------------------------------------------------------
static void click(float x, float y)
{
    app_pointer(&app, x, y);
    app_press(&app, false);
    frame();
    app_release(&app);
    frame();
}

static const Hot *row(const char *line)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == offer_id(&(Offer){.line = line}))
            return list.shapes[i].hot;
    fail_msg("no row says %s", line);
    return NULL;
}

static void a_press_chooses_a_row_and_one_outside_closes(void **state)
{
    (void)state;
    open_palette();
    type("set cell ");
    Rect area = row("set cell lstm")->area;
    click(area.x + 20, area.y + 20);
    assert_int_equal(app.popup, POPUP_NONE);
    assert_int_equal(app.session.runs[0].setup.cell, 1);
    open_palette();
    type("batch");
    area = row("set batch")->area;
    click(area.x + 20, area.y + 20);
    assert_string_equal(app.palette.field.text, "set batch ");
    Rect field = app.palette.area;
    click(field.x + 2, field.y + 20); // in the field: the cursor goes there
    assert_int_equal(app.popup, POPUP_PALETTE);
    assert_int_equal(app.palette.field.at, 0);
    app_pointer(&app, field.x + 2, field.y + 20);
    app_press(&app, false);
    app_pointer(&app, field.x + 300, field.y + 20);
    app_release(&app);
    assert_int_equal(app.palette.field.at, strlen("set batch "));
    assert_int_equal(app.palette.field.from, 0);
    click(20, HEIGHT - 20.0f);
    assert_int_equal(app.popup, POPUP_NONE);
}

static void the_wheel_goes_through_the_rows(void **state)
{
    (void)state;
    open_palette();
    app_pointer(&app, WIDTH / 2.0f, 300);
    for (int i = 0; i < 8; i++) {
        app_wheel(&app, 0, -1, false);
        frame();
    }
    assert_int_equal(app.palette.chosen, 24);
    assert_true(app.palette.first > 0);
    assert_int_equal(app.axis_last, 0); // and nothing behind it moves
}

// ---- the clipboard ----------------------------------------------------------------------------------------------
static void the_field_copies_cuts_and_pastes(void **state)
{
    (void)state;
    open_palette();
    type("train 12");
    press_key("ctrl+shift+left");
    press_key("ctrl+c");
    assert_string_equal(world.clipboard, "12");
    press_key("ctrl+x");
    assert_string_equal(app.palette.field.text, "train ");
    press_key("ctrl+v");
    press_key("ctrl+v");
    assert_string_equal(app.palette.field.text, "train 1212");
}

static void many_lines_are_pasted_as_one(void **state)
{
    (void)state;
    strcpy(world.clipboard, "# a script\ntrain 3;  # three\r\n\n  set text \"#;\" ;\n\ttheme dark\n");
    frame();
    press_key("ctrl+v");
    assert_string_equal(app.palette.field.text, "train 3; set text \"#;\"; theme dark");
    press_key("escape");
    strcpy(world.clipboard, " \n");
    press_key("ctrl+v");
    assert_string_equal(app.message, "the clipboard is empty");
    memset(world.clipboard, 'x', FIELD_MOST + 1);
    world.clipboard[FIELD_MOST + 1] = 0;
    open_palette();
    press_key("ctrl+v");
    assert_string_equal(app.palette.said, "the clipboard holds 262145 characters, more than fit here");
    app.platform.paste = NULL;
    press_key("ctrl+v");
    assert_string_equal(app.palette.said, "there is no clipboard here");
}

// ---- a moment, copied and pasted --------------------------------------------------------------------------------
static void walk_on(Rng *rng)
{
    static const char *const lines[] = {
        "train 3",
        "train 11",
        "op -7",
        "step -5",
        "update -2",
        "set clip off",
        "set clip norm",
        "set T 7",
        "set optimizer sgd",
        "set optimizer adam",
        "set cell lstm",
        "set hidden 5",
        "set threshold .5",
        "set decay .99",
        "set seed 3",
        "set layers 2",
        "set task echo",
        "latest",
    };
    char line[64];
    if (rng_below(rng, 3) == 0)
        snprintf(line, sizeof line, "set learning_rate 0.0%d; train 2", 1 + rng_below(rng, 98));
    else
        snprintf(line, sizeof line, "%s", lines[rng_below(rng, (int)(sizeof lines / sizeof *lines))]);
    Err err;
    app_say(&app, line, NULL);
    if (!app_finish(&app, &err) && !strstr(err.text, "there is no update") && !strstr(err.text, "T must be"))
        fail_msg("%s: %s", line, err.text);
}

static void paste_into(App *other, NullWorld *other_world)
{
    Err err;
    DrawList picture;
    null_start(other, other_world, fonts);
    strcpy(other_world->clipboard, world.clipboard);
    app_frame(other, 0.01, WIDTH, HEIGHT, &picture);
    app_key(other, "ctrl+v");
    app_key(other, "return");
    assert_string_equal(other->palette.said, "");
    assert_true(app_finish(other, &err));
}

static void a_copied_moment_is_pasted_exactly(void **state)
{
    (void)state;
    static NullWorld other_world;
    App other;
    char hash[32], place[128];
    Rng rng = rng_make(3, rng_stream("moments"));
    frame();
    for (int i = 0; i < 60; i++) {
        walk_on(&rng);
        snprintf(hash, sizeof hash, "%s", null_print(&app, &world, "hash"));
        snprintf(place, sizeof place, "%s", null_print(&app, &world, "place"));
        press_key("ctrl+c");
        assert_null(strchr(world.clipboard, '\n'));
        paste_into(&other, &other_world);
        assert_string_equal(null_print(&other, &other_world, "hash"), hash);
        assert_string_equal(null_print(&other, &other_world, "place"), place);
        app_free(&other);
    }
}

// ---- the picture ------------------------------------------------------------------------------------------------
static void it_stays_within_the_window_and_its_texts_apart(void **state)
{
    (void)state;
    static const char *const typed[] = {"", "set", "no such thing at all", "set learning_rate 5", "what"};
    static const struct {
        int width, height;
    } sizes[] = {{1024, 700}, {1440, 900}, {2560, 1600}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
            open_palette();
            type(typed[i]);
            if (i == 3)
                press_key("return");
            app_draw(&app, sizes[s].width, sizes[s].height, -1, &list);
            int from = 0;
            for (int n = 0; n < list.count; n++)
                from = list.shapes[n].kind == SHAPE_LAYER ? n : from;
            for (int n = from + 1; n < list.count; n++) {
                const Shape *shape = &list.shapes[n];
                if (shape->kind != SHAPE_TEXT)
                    continue;
                float width = draw_width(&list, shape->type, shape->text), x = px(shape->x);
                x -= shape->align == ALIGN_RIGHT ? width : 0;
                assert_true(x >= 0 && x + width <= (float)sizes[s].width);
                assert_true(px(shape->y) < (float)sizes[s].height - 40);
            }
            app.last.count = 0;
            press_key("escape");
        }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(every_command_is_found_by_its_name_and_its_title),
        TEST(every_setting_is_found_by_its_name_its_title_and_its_help),
        TEST(every_choice_view_task_and_cell_is_found),
        TEST(every_lesson_is_found),
        TEST(what_is_typed_goes_to_it_and_no_key_binding_fires),
        TEST(nothing_typed_behind_the_colon_is_lost),
        TEST(a_whole_line_can_be_typed),
        TEST(what_is_refused_stays_with_the_reason_and_a_remedy),
        TEST(a_line_that_lacks_something_goes_on),
        TEST(behind_a_semicolon_another_command_is_found),
        TEST(arrows_go_through_the_rows),
        TEST(up_in_an_empty_field_brings_back_what_was_said),
        TEST(a_line_waits_for_what_is_being_done),
        TEST(what_is_printed_is_seen),
        TEST(a_press_chooses_a_row_and_one_outside_closes),
        TEST(the_wheel_goes_through_the_rows),
        TEST(the_field_copies_cuts_and_pastes),
        TEST(many_lines_are_pasted_as_one),
        TEST(a_copied_moment_is_pasted_exactly),
        TEST(it_stays_within_the_window_and_its_texts_apart),
    };
#undef TEST
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
