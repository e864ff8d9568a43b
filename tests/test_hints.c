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
#include "app/hints.h"
#include "app/screen.h"
#include "frames.h"

static bool says(const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strstr(list.shapes[i].text, part))
            return true;
    return false;
}

static void first_start(void)
{
    hints_first_start(&app);
    app_say(&app, "play", NULL); // as the window begins
    frame();
    app_say(&app, "pause", NULL);
}

static void a_first_start_shows_them_and_a_second_does_not(void **state)
{
    (void)state;
    hints_first_start(&app);
    app_say(&app, "play", NULL);
    frame();
    frame();
    assert_int_equal(app.hint, 1);
    assert_true(says("1 of 3"));
    char kept[64];
    snprintf(kept, sizeof kept, "%s", world.kept);
    assert_true(*kept);
    end(NULL);
    start(NULL);
    snprintf(world.kept, sizeof world.kept, "%s", kept);
    first_start();
    frame();
    assert_int_equal(app.hint, 0);
    assert_false(says("of 3"));
}

static void each_goes_when_what_it_says_is_done(void **state)
{
    (void)state;
    say("train 2");
    app.frames = 0;
    hints_first_start(&app);
    frame();
    assert_int_equal(app.hint, 1);
    app_text(&app, " ");
    frame();
    assert_int_equal(app.hint, 2);
    app_text(&app, " ");
    settle();
    frame();
    assert_true(says("2 of 3"));
    app_key(&app, "right");
    settle();
    assert_int_equal(app.hint, 3);
    point_at(hot_saying("theme dark"));
    world.seconds += 1;
    frame();
    frame();
    assert_int_equal(app.hint, 0);
}

static void buttons_go_on_and_end_them(void **state)
{
    (void)state;
    say("hints on");
    frame();
    click(hot_saying("hints next"));
    assert_int_equal(app.hint, 2);
    click(hot_saying("hints next"));
    click(hot_saying("hints next"));
    assert_int_equal(app.hint, 0);
    say("hints on");
    frame();
    click(hot_saying("hints off"));
    assert_int_equal(app.hint, 0);
    say("hints on");
    frame();
    app_key(&app, "escape");
    settle();
    assert_int_equal(app.hint, 0);
    say("hints next");
    assert_int_equal(app.hint, 0);
}

static void where_nothing_can_be_kept_it_says_so(void **state)
{
    (void)state;
    world.keeps_nothing = true;
    hints_first_start(&app);
    assert_int_equal(app.hint, 1);
    assert_string_equal(app.message, "the hints will come again next time: cannot write \"hints\": no such folder");
    assert_false(app.message_bad);
}

static void without_a_window_there_are_none(void **state)
{
    (void)state;
    say("train 1; shot x.png");
    assert_int_equal(app.hint, 0);
    assert_string_equal(world.kept, "");
    app.platform.recall = NULL; // a platform that keeps nothing at all
    hints_first_start(&app);
    assert_int_equal(app.hint, 0);
}

// They name the keys as the table has them, and lie within the window beside what they point at.
static void they_fit_every_window(void **state)
{
    (void)state;
    static const struct {
        int width, height;
    } sizes[] = {{1024, 700}, {1440, 900}, {2560, 1600}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int hint = 1; hint <= 3; hint++) {
            app.hint = hint;
            app_draw(&app, sizes[i].width, sizes[i].height, -1, &list);
            const Hot *box = NULL;
            for (int n = 0; n < list.count; n++)
                if (list.shapes[n].kind == SHAPE_HOT && list.shapes[n].hot->id == hot_id("hint"))
                    box = list.shapes[n].hot;
            assert_non_null(box);
            assert_true(box->area.x >= 0 && box->area.x + box->area.w <= (float)sizes[i].width);
            assert_true(box->area.y >= 0 && box->area.y + box->area.h <= (float)sizes[i].height);
            for (int n = list.count - 1; list.shapes[n].hot != box; n--)
                if (list.shapes[n].kind == SHAPE_TEXT)
                    assert_true(rect_holds(box->area, px(list.shapes[n].x), px(list.shapes[n].y)));
            app.last.count = 0;
        }
    app.hint = 1;
    app_draw(&app, 1440, 900, -1, &list);
    assert_true(says("Space plays"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_first_start_shows_them_and_a_second_does_not),
        TEST(each_goes_when_what_it_says_is_done),
        TEST(buttons_go_on_and_end_them),
        TEST(where_nothing_can_be_kept_it_says_so),
        TEST(without_a_window_there_are_none),
        TEST(they_fit_every_window),
    };
#undef TEST
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
