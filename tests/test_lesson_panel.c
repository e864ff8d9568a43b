// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "app/screen.h"
#include "base/file.h"
#include "stage.h"
#include "ui/formula.h"

// The panel of a lesson: what its words look like, and what is shown beside them.
enum { WIDTH = 1440, HEIGHT = 900, PANEL = 380 };

static DrawList list;

static void draw(void)
{
    app_draw(&app, WIDTH, HEIGHT, -1, &list);
}

static void open_lesson(const char *text)
{
    Err err;
    const char *path = BINARY_DIR "/panel.md";
    assert_true(file_write(path, text, strlen(text), &err));
    null_say(&app, "lesson \"" BINARY_DIR "/panel.md\"");
    draw();
}

static const Shape *words(const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, part))
            return &list.shapes[i];
    return NULL;
}

// ---- words ------------------------------------------------------------------------------------------------------
static void emphasis_is_italic_and_strong_is_bold(void **state)
{
    (void)state;
    open_lesson("# T\n\nplain *slanted* and **strong**\n");
    assert_int_equal(words("plain")->type.face, FACE_WORDS);
    assert_int_equal(words("slanted")->type.face, FACE_WORDS_ITALIC);
    assert_int_equal(words("strong")->type.face, FACE_SEMIBOLD);
}

static void nothing_runs_out_of_the_panel(void **state)
{
    (void)state;
    static const char long_formula[] =
        "# T\n\n$$\\frac{\\partial L}{\\partial h} = W^\\top \\diag(1 - h_t^2) + W^\\top \\diag(1 - h_t^2) + "
        "W^\\top \\diag(1 - h_t^2) + W^\\top \\diag(1 - h_t^2)$$\n";
    const char *const texts[] = {
        "# T\n\nA Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung.\n",
        "# T\n\nInline $a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12}$.\n",
        long_formula,
        "# T\n\n[Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa](<train 1>)\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        open_lesson(texts[i]);
        for (int s = 0; s < list.count; s++) {
            const Shape *shape = &list.shapes[s];
            float x = (float)shape->x / 64, width = 0;
            Err err;
            Formula formula;
            if (shape->kind == SHAPE_TEXT)
                width = draw_width(&list, shape->type, shape->text);
            else if (shape->kind == SHAPE_FORMULA &&
                     formula_layout(fonts, list.arena, INK_TEXT, shape->type.size, shape->text, &formula, &err))
                width = formula.width;
            x -= shape->align == ALIGN_CENTRE ? width / 2 : shape->align == ALIGN_RIGHT ? width : 0;
            if (x < PANEL && x > 20 && shape->y / 64 > 120 && shape->y / 64 < 800 && x + width > PANEL - 10)
                fail_msg("\"%s\" ends at %.0f px", shape->text, (double)(x + width));
        }
    }
}

static void a_link_breaks_between_words_and_stays_one_thing(void **state)
{
    (void)state;
    open_lesson(
        "# T\n\nSome words, and then [a link that says so much that it goes over three lines at the very least, "
        "for so it does](<train 1>), and the rest.\n");
    int parts = 0, focusable = 0;
    uint32_t id = 0;
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (!hot || !hot->press || strcmp(hot->press, "train 1") != 0 || hot->area.x > PANEL)
            continue;
        assert_true(parts == 0 || hot->id == id);
        id = hot->id;
        parts++;
        focusable += hot->focusable;
    }
    assert_in_range(parts, 3, 4);
    assert_int_equal(focusable, 1);
    assert_int_equal(words("Some")->y, words("a link")->y); // it begins in the line before it
}

static void a_full_stop_begins_no_line(void **state)
{
    (void)state;
    char text[256] = "# T\n\n";
    for (int length = 1; length < 60; length++) {
        strcpy(text + 5, "");
        for (int i = 0; i < length; i++)
            strcat(text, i % 7 == 6 ? " " : "i");
        strcat(text, "x *end*.\n");
        open_lesson(text);
        assert_int_equal(words("end")->y, words(".")->y);
    }
}

// ---- scrolling --------------------------------------------------------------------------------------------------
static const char *long_lesson(void)
{
    static char text[8000];
    strcpy(text, "# T\n\n");
    for (int i = 0; i < 40; i++)
        strcat(text, "A paragraph of its own.\n\n");
    return strcat(text, "[The end](<train 1>)\n");
}

static void frame(void)
{
    for (int i = 0; i < 10; i++)
        app_frame(&app, 1.0 / 60, WIDTH, HEIGHT, &list);
}

static int scrollbars(void)
{
    int count = 0;
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        count +=
            shape->kind == SHAPE_RECT && shape->w == 5 * 64 && shape->x > 64 * (PANEL - 12) && shape->x < 64 * PANEL;
    }
    return count;
}

static void a_page_that_does_not_fit_shows_so_and_scrolls(void **state)
{
    (void)state;
    open_lesson("# T\n\nShort.\n");
    assert_int_equal(scrollbars(), 0);
    open_lesson(long_lesson());
    assert_int_equal(scrollbars(), 1);
    frame();
    null_say(&app, "scroll 3");
    assert_true(app.hands.lesson_scroll > 0);
    null_say(&app, "scroll -10");
    assert_float_equal(app.hands.lesson_scroll, 0, 0);
    null_say(&app, "scroll 10000");
    assert_float_equal(app.hands.lesson_scroll, app.hands.lesson_scroll_most, 0);
    frame();
    assert_in_range(words("The end")->y / 64, 600, 828);
    app_pointer(&app, 100, 400);
    app_wheel(&app, 0, 2, false);
    assert_true(app.hands.lesson_scroll < app.hands.lesson_scroll_most);
}

static void a_link_that_gets_the_keyboard_comes_into_sight(void **state)
{
    (void)state;
    open_lesson(long_lesson());
    frame();
    for (int i = 0; i < 100 && app.hands.lesson_scroll == 0; i++) {
        app_key(&app, "tab");
        frame();
    }
    assert_in_range(words("The end")->y / 64, 100, 828);
}

// ---- a run that broke -------------------------------------------------------------------------------------------
static void a_lesson_shows_a_run_that_broke_and_the_way_back(void **state)
{
    (void)state;
    open_lesson("# T\n\n```do\nset activation linear\nset gain 1.6\nset clip off\nset optimizer sgd\n"
                "set learning_rate 0.5\ntrain 20\n```\n");
    assert_non_null(words("No longer finite"));
    const Hot *back = NULL, *finish = NULL;
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        back = hot && hot->id == hot_id("back 10") ? hot : back;
        finish = hot && hot->id == hot_id("page on") ? hot : finish;
    }
    assert_string_equal(back->press, "update -10");
    assert_true(back->area.x + back->area.w < PANEL);
    assert_true(back->area.y + back->area.h < finish->area.y);
    null_say(&app, "update -10");
    draw();
    assert_null(words("No longer finite"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(emphasis_is_italic_and_strong_is_bold),
        CASE(nothing_runs_out_of_the_panel),
        CASE(a_link_breaks_between_words_and_stays_one_thing),
        CASE(a_full_stop_begins_no_line),
        CASE(a_page_that_does_not_fit_shows_so_and_scrolls),
        CASE(a_link_that_gets_the_keyboard_comes_into_sight),
        CASE(a_lesson_shows_a_run_that_broke_and_the_way_back),
    };
    return cmocka_run_group_tests_name("lesson panel", tests, open_fonts, close_fonts);
}
