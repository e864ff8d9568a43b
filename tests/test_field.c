// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "desk.h"
#include "ui/field.h"

static Field field;

static int start(void **state)
{
    (void)state;
    field = field_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    field_free(&field);
    return 0;
}

// What it holds, with | where the cursor is and [ ] around what is selected.
static const char *shown(void)
{
    static char text[256];
    size_t length = 0, low = field.at < field.from ? field.at : field.from, high = field.at + field.from - low;
    for (size_t i = 0; i <= field.length; i++) {
        if (low != high && i == low)
            text[length++] = '[';
        if (low != high && i == high)
            text[length++] = ']';
        if (i == field.at)
            text[length++] = '|';
        text[length++] = field.text[i];
    }
    return text;
}

// Keys divided by blanks; what is no key of a field is typed.
static void keys(const char *list)
{
    char key[64];
    for (const char *at = list; *at; at += strspn(at, " ")) {
        snprintf(key, sizeof key, "%.*s", (int)strcspn(at, " "), at);
        if (!field_key(&field, key))
            field_type(&field, key);
        at += strcspn(at, " ");
    }
}

static void keys_do_what_they_do_in_every_field(void **state)
{
    (void)state;
    static const struct {
        const char *text, *keys, *shown;
    } cases[] = {
        {"", "a b c", "abc|"},
        {"set T 20", "backspace backspace 5", "set T 5|"},
        {"set T 20", "home delete delete", "|t T 20"},
        {"set T 20", "left left x", "set T x|20"},
        {"set T 20", "ctrl+left ctrl+left", "set |T 20"},
        {"set T 20", "home ctrl+right ctrl+right", "set T| 20"},
        {"set T 20", "ctrl+backspace", "set T |"},
        {"set T 20", "ctrl+backspace ctrl+backspace", "set |"},
        {"set T 20", "home ctrl+delete", "| T 20"},
        {"a;b", "ctrl+left", "a;|b"},
        {"set T 20", "ctrl+u", "|"},
        {"set T 20", "ctrl+w", "set T |"},
        {"set T 20", "shift+left shift+left", "set T [|20]"},
        {"set T 20", "ctrl+shift+left 7", "set T 7|"},
        {"set T 20", "shift+home backspace", "|"},
        {"set T 20", "home shift+end", "[set T 20]|"},
        {"set T 20", "ctrl+a x", "x|"},
        {"set T 20", "ctrl+a left", "|set T 20"},
        {"set T 20", "ctrl+a right", "set T 20|"},
        {"set T 20", "home shift+right shift+right left", "|set T 20"},
        {"set T 20", "home shift+right shift+right right", "se|t T 20"},
        {"naïve ‖x‖", "left left backspace", "naïve |x‖"},
        {"θ", "backspace backspace", "|"},
        {"θρ", "home right delete", "θ|"},
        {"", "backspace delete left right home end ctrl+left ctrl+right ctrl+backspace ctrl+delete", "|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        field_set(&field, cases[i].text);
        keys(cases[i].keys);
        assert_string_equal(shown(), cases[i].shown);
    }
    assert_false(field_key(&field, "f5"));
    assert_false(field_key(&field, "alt+left"));
    assert_false(field_key(&field, "return"));
}

static void what_is_selected_can_be_taken(void **state)
{
    (void)state;
    field_set(&field, "set cell lstm");
    assert_string_equal(field_selected(&field, &arena), "");
    keys("ctrl+shift+left");
    assert_string_equal(field_selected(&field, &arena), "lstm");
    field_drop_selected(&field);
    assert_string_equal(field.text, "set cell ");
}

static void a_full_field_takes_nothing_more_and_keeps_what_it_holds(void **state)
{
    (void)state;
    char *long_text = arena_alloc(&arena, FIELD_MOST + 2);
    memset(long_text, 'x', FIELD_MOST);
    assert_true(field_type(&field, long_text));
    assert_false(field_type(&field, "y"));
    assert_int_equal(field.length, FIELD_MOST);
    keys("ctrl+a");
    assert_true(field_type(&field, "y"));
    assert_string_equal(field.text, "y");
    long_text[FIELD_MOST] = 'x';
    assert_false(field_type(&field, long_text));
}

// The cursor never stands inside a letter, and the text is what a plain model of it says.
static void a_random_walk_keeps_text_and_cursor_whole(void **state)
{
    (void)state;
    static const char *const moves[] = {
        "a",         "θ",      " ",    "left", "right",  "ctrl+left",   "ctrl+right", "shift+left",       "shift+right",
        "backspace", "delete", "home", "end",  "ctrl+w", "ctrl+delete", "shift+home", "ctrl+shift+right", "‖",
        ";",         "ctrl+a"};
    Rng rng = rng_make(5, rng_stream("field"));
    for (int i = 0; i < 20000; i++) {
        keys(moves[rng_below(&rng, (int)(sizeof moves / sizeof *moves))]);
        if (rng_below(&rng, 20) == 0)
            field_type(&field, " ");
        assert_int_equal(strlen(field.text), field.length);
        assert_true(field.at <= field.length && field.from <= field.length);
        assert_int_not_equal(field.text[field.at] & 0xC0, 0x80);
        assert_int_not_equal(field.text[field.from] & 0xC0, 0x80);
        if (field.length > 300)
            field_set(&field, "");
    }
}

static float cursor_at(const DrawList *list)
{
    const Shape *last = NULL;
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_RECT)
            last = &list->shapes[i];
    return px(last->x);
}

static void the_cursor_is_always_in_sight(void **state)
{
    (void)state;
    const Type type = {FACE_WORDS, 16};
    const Rect area = {40, 10, 300, 40};
    for (int i = 0; i < 1200; i++) {
        keys(i % 7 ? "w" : "θ");
        if (i % 50 == 0)
            keys("ctrl+left");
        DrawList list = begin();
        field_draw(&list, area, type, &field, "");
        assert_true(cursor_at(&list) >= area.x && cursor_at(&list) <= area.x + area.w);
    }
    keys("home");
    DrawList list = begin();
    field_draw(&list, area, type, &field, "");
    assert_float_equal(cursor_at(&list), area.x, 0.1f);
}

static void a_press_puts_the_cursor_where_it_points(void **state)
{
    (void)state;
    const Type type = {FACE_WORDS, 16};
    const Rect area = {40, 10, 300, 40};
    field_set(&field, "set T 20");
    field_point(fonts, area, type, &field, area.x - 5, false);
    assert_string_equal(shown(), "|set T 20");
    field_point(fonts, area, type, &field, area.x + 280, true);
    assert_string_equal(shown(), "[set T 20]|");
    float width = (float)font_width(fonts, FACE_WORDS, 16, "set");
    field_point(fonts, area, type, &field, area.x + width + 1, false);
    assert_string_equal(shown(), "set| T 20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_do_what_they_do_in_every_field, start, end),
        cmocka_unit_test_setup_teardown(what_is_selected_can_be_taken, start, end),
        cmocka_unit_test_setup_teardown(a_full_field_takes_nothing_more_and_keeps_what_it_holds, start, end),
        cmocka_unit_test_setup_teardown(a_random_walk_keeps_text_and_cursor_whole, start, end),
        cmocka_unit_test_setup_teardown(the_cursor_is_always_in_sight, start, end),
        cmocka_unit_test_setup_teardown(a_press_puts_the_cursor_where_it_points, start, end),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
