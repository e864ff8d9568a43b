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
#include "app/screen.h"
#include "frames.h"

// What can be pressed or dragged says what it is, and which key does the same.
static const char *const moments[] = {
    "train 2",
    "set cell lstm; train 3; step -4",
    "set task letters; set layers 2; set bidirectional on; more network; more training",
    "set cell gru; fold on; slices on; play",
    "hints on",
    "lesson \"" SOURCE_DIR "/lessons/01-watch-it-learn.md\"; page 2"};

static bool is_link(const Hot *hot) // of a lesson's text: its words say what it does
{
    return lesson_shown(&app) && hot->area.y > 52 && hot->area.x < 380;
}

static int wrong;

static void check_tip(const Hot *hot, const char *moment)
{
    const char *line = hot->press ? hot->press : hot->drag, *key = hot->press ? key_of_line(hot->press) : NULL;
    bool there = hot->tip && *hot->tip, named = there && (!key || strstr(tip_shown(&list, hot), key_shown(&list, key)));
    if (!there)
        print_error("%s: \"%s\" has no tip\n", moment, line);
    else if (!named)
        print_error("%s: the tip of \"%s\" does not name its key: %s\n", moment, line, hot->tip);
    wrong += !there || !named;
}

static void every_control_says_what_it_is_and_its_key(void **state)
{
    (void)state;
    int controls = 0;
    for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
        say("reset; hints off; fold off; slices off");
        say(moments[m]);
        frame();
        for (int i = 0; i < list.count; i++) {
            const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
            if (!hot || !hot->focusable || !(hot->press || hot->drag) || is_link(hot))
                continue;
            check_tip(hot, moments[m]);
            controls++;
        }
    }
    assert_true(controls > 100);
    assert_int_equal(wrong, 0);
}

// ---- lists and pages over the window ----------------------------------------------------------------------------
static const struct {
    int width, height;
} sizes[] = {{1024, 700}, {1440, 900}, {2560, 1600}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static int layer(void)
{
    int found = -1;
    for (int i = 0; i < list.count; i++)
        found = list.shapes[i].kind == SHAPE_LAYER ? i : found;
    return found;
}

// Texts within the window and none over another.
static void check_texts(const char *what, int width, int height)
{
    enum { MOST = 400 };
    static Rect rects[MOST];
    int count = 0;
    for (int i = layer() + 1; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        if (shape->kind != SHAPE_TEXT || count == MOST)
            continue;
        Rect rect = {px(shape->x), px(shape->y) - shape->type.size * 0.7f, draw_width(&list, shape->type, shape->text),
                     shape->type.size * 0.7f};
        rect.x -= shape->align == ALIGN_RIGHT ? rect.w : shape->align == ALIGN_CENTRE ? rect.w / 2 : 0;
        if (rect.x < 0 || rect.x + rect.w > (float)width || rect.y < 0 || rect.y + rect.h > (float)height)
            fail_msg("%s at %d×%d: \"%s\" leaves the window", what, width, height, shape->text);
        for (int j = 0; j < count; j++)
            if (rect.x < rects[j].x + rects[j].w && rects[j].x < rect.x + rect.w && rect.y < rects[j].y + rects[j].h &&
                rects[j].y < rect.y + rect.h)
                fail_msg("%s at %d×%d: \"%s\" lies over another text", what, width, height, shape->text);
        rects[count++] = rect;
    }
    assert_true(count > 1);
}

static bool shown(const char *text)
{
    for (int i = layer() + 1; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT && strcmp(list.shapes[i].text, text) == 0)
            return true;
    return false;
}

static void the_page_of_keys_is_whole_and_readable_at_every_size(void **state)
{
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        say("open keys");
        app_draw(&app, sizes[i].width, sizes[i].height, -1, &list);
        check_texts("open keys", sizes[i].width, sizes[i].height);
        for (const KeyBinding *binding = key_bindings; binding->key; binding++)
            if (!shown(key_shown(&list, binding->key)) || !shown(binding->title) || !shown(binding->group))
                fail_msg("%s is not on the page of keys", binding->key);
        for (int n = layer() + 1; n < list.count; n++)
            if (list.shapes[n].kind == SHAPE_TEXT)
                assert_true(list.shapes[n].type.size >= 11);
        say("open none");
    }
}

static void every_list_fits_the_window_or_scrolls(void **state)
{
    (void)state;
    char line[64];
    static const char *const others[] = {"stride", "scale", "view", "export"};
    frame();
    for (int i = 0; i < SIZES; i++) {
        for (const Setting *setting = settings; setting->name; setting++) {
            if (setting->kind != KIND_CHOICE)
                continue;
            snprintf(line, sizeof line, "open choice %s", setting->name);
            say(line);
            app_draw(&app, sizes[i].width, sizes[i].height, -1, &list);
            check_texts(line, sizes[i].width, sizes[i].height);
            say("open none");
        }
        for (size_t n = 0; n < sizeof others / sizeof *others; n++) {
            snprintf(line, sizeof line, "open choice %s", others[n]);
            say(line);
            app_draw(&app, sizes[i].width, sizes[i].height, -1, &list);
            check_texts(line, sizes[i].width, sizes[i].height);
            say("open none");
        }
    }
}

// More lessons than the window is high.
static bool read_index(void *context, const char *path, Arena *text_arena, char **text, size_t *size, Err *err)
{
    (void)context, (void)path, (void)err;
    const char *all = "";
    for (int i = 1; i <= 60; i++)
        all = arena_print(text_arena, "%s%02d.md Lesson %d\n", all, i, i);
    *text = arena_print(text_arena, "%s", all);
    *size = strlen(all);
    return true;
}

static void a_list_longer_than_the_window_scrolls_to_what_has_the_keyboard(void **state)
{
    (void)state;
    app.platform.read_file = read_index;
    app.platform.lessons = "lessons";
    frame();
    say("open lessons");
    settle();
    for (int i = 0; i < 60; i++) {
        const Hot *hot = NULL;
        for (int n = 0; n < list.count; n++)
            if (list.shapes[n].kind == SHAPE_HOT && list.shapes[n].hot->id == app.hands.focus)
                hot = list.shapes[n].hot;
        char expected[32];
        snprintf(expected, sizeof expected, "lesson \"%02d.md\"", i + 1);
        assert_string_equal(hot->press, expected);
        assert_true(hot->area.y >= 0 && hot->area.y + hot->area.h <= HEIGHT);
        assert_ptr_equal(draw_hot_at(&list, hot->area.x + 5, hot->area.y + 5), hot);
        app_key(&app, "down");
        settle();
    }
    app_pointer(&app, 1200, 400);
    app_wheel(&app, 0, -1, false);
    settle();
    assert_int_equal(app.popup, POPUP_LESSONS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(every_control_says_what_it_is_and_its_key),
        TEST(the_page_of_keys_is_whole_and_readable_at_every_size),
        TEST(every_list_fits_the_window_or_scrolls),
        TEST(a_list_longer_than_the_window_scrolls_to_what_has_the_keyboard),
    };
#undef TEST
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
