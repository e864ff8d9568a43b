// Controls, tips and running text: where they draw, and what a press says.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "desk.h"
#include "ui/widgets.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- controls --------------------------------------------------------------------------
static const Rect area = {20, 40, 208, 40};

static Button play(void)
{
    return (Button){"it", "Play", "press it", "what it does", false, INK_ACTIVE, false, false};
}

static Slider gain(void)
{
    return (Slider){"it", "gain", "1.00", "press it %s", "what it does", 1, 0, 4, false, false, INK_ACTIVE, false};
}

static void do_button(DrawList *out)
{
    button(out, area, play());
}

static void do_sign(DrawList *out)
{
    for (int sign = SIGN_PLAY; sign < SIGN_LESS; sign++) {
        Button other = play();
        other.off = true;
        button_sign(out, area, other, (Sign)sign);
    }
    button_sign(out, area, play(), SIGN_LESS);
}

static void do_chosen_segment(DrawList *out)
{
    Button chosen = play();
    chosen.chosen = true;
    button_segment(out, area, chosen);
}

static void do_menu(DrawList *out)
{
    button_sign(out, area, play(), SIGN_DOWN);
}

static void do_slider(DrawList *out)
{
    slider(out, area, gain());
}

static void do_slider_track(DrawList *out)
{
    slider_track(out, area, gain());
}

static void do_switch(DrawList *out)
{
    switch_row(out, area, "it", "clip", "press it", "what it does", true, INK_CLIP);
}

static void do_switch_off(DrawList *out)
{
    switch_row(out, area, "it", "bias", "press it", "what it does", false, INK_ACTIVE);
}

static void do_choice(DrawList *out)
{
    choice_row(out, area, "it", "optimizer", "SGD", "press it", "what it does");
}

static void do_fold(DrawList *out)
{
    fold_row(out, area, "it", "MORE", "press it", false);
}

static void (*const controls[])(DrawList *out) = {do_button,       do_sign,   do_chosen_segment, do_menu,   do_slider,
                                                  do_slider_track, do_switch, do_switch_off,     do_choice, do_fold};

static void each_control_leaves_one_hot_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(controls); i++) {
        DrawList list = begin();
        controls[i](&list);
        assert_int_equal(count_of(&list, SHAPE_HOT), 1);
        const Hot *hot = draw_hot_at(&list, area.x + area.w / 2, area.y + area.h / 2);
        assert_non_null(hot);
        assert_true(hot->id == hot_id("it") && hot->focusable);
        assert_string_equal(hot->press ? hot->press : hot->drag, hot->press ? "press it" : "press it %s");
        assert_true(hot->pointed.slot == -1 && hot->pointed.unit == -1);
    }
}

static void the_keyboard_the_pointer_and_a_press_can_be_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(controls); i++) {
        DrawList rest = begin(), seen = draw_begin(&arena, fonts), hovered = draw_begin(&arena, fonts);
        seen.focus = hovered.hover = hot_id("it");
        controls[i](&rest);
        controls[i](&seen);
        controls[i](&hovered);
        assert_string_not_equal(draw_dump(&rest, &arena), draw_dump(&hovered, &arena));
        int rings = 0;
        for (int k = 0; k < seen.count; k++)
            rings += seen.shapes[k].kind == SHAPE_FRAME && seen.shapes[k].ink == INK_FOCUS;
        assert_int_equal(rings, 1);
    }
}

static void what_is_off_cannot_be_pressed_and_is_pale(void **state)
{
    (void)state;
    DrawList list = begin();
    Button off = play();
    off.off = true;
    list.focus = hot_id("it");
    button(&list, area, off);
    assert_int_equal(count_of(&list, SHAPE_HOT), 0);
    assert_true(first_of(&list, SHAPE_RECT)->alpha < 128);
    assert_int_equal(list.alpha, 255);
}

static void a_knob_stays_on_its_track(void **state)
{
    (void)state;
    static const double values[] = {-5, 0, 1, 4, 99, NAN, INFINITY};
    for (size_t i = 0; i < COUNT(values); i++)
        for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
            DrawList list = begin();
            Slider odd = gain();
            odd.value = values[i];
            odd.low = logarithmic ? 0.1 : 0;
            odd.logarithmic = logarithmic;
            slider(&list, area, odd);
            const Shape *knob = first_of(&list, SHAPE_CIRCLE);
            assert_true(px(knob->x - knob->radius) >= area.x && px(knob->x + knob->radius) <= area.x + area.w);
        }
}

static void a_slider_drags_from_low_to_high(void **state)
{
    (void)state;
    for (int high = 0; high < 2; high++) {
        DrawList list = begin();
        Slider end = gain();
        end.value = high ? end.high : end.low;
        slider(&list, area, end);
        const Hot *hot = first_of(&list, SHAPE_HOT)->hot;
        assert_true(px(first_of(&list, SHAPE_CIRCLE)->x) == hot->track.x + (high ? hot->track.w : 0));
        assert_true(hot->low == 0 && hot->high == 4 && hot->value == end.value && !hot->press);
    }
}

// ---- running text and tips ---------------------------------------------------------------
static const char prose[] =
    "One unit, one weight, one bias. Where the state sits on a knife’s edge the loss is a wall: "
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze.\n\nNext.";

static void assert_letters_equal(const char *a, const char *b)
{
    do {
        a += strspn(a, " \n");
        b += strspn(b, " \n");
        assert_int_equal(*a, *b);
    } while (*a++ && *b++);
}

static void running_text_keeps_its_width_and_loses_no_letter(void **state)
{
    (void)state;
    for (float width = 5; width < 700; width += 13) {
        DrawList list = begin();
        char letters[sizeof prose] = "";
        float height = paragraph(&list, INK_TEXT, TYPE_BODY, (Rect){0, 0, width, 0}, 20, prose);
        assert_true(height == 20 * (float)list.count);
        for (int i = 0; i < list.count; i++) {
            const char *line = list.shapes[i].text;
            bool one_letter = strlen(line) <= 3; // of UTF-8: a line holds at least one, however narrow
            assert_true(one_letter || draw_width(&list, TYPE_BODY, line) <= width);
            strcat(letters, line);
        }
        assert_letters_equal(letters, prose);
    }
}

static void running_text_can_be_measured_without_drawing(void **state)
{
    (void)state;
    DrawList list = begin();
    Rect column = {0, 0, 200, 0};
    float measured = paragraph(&list, INKS, TYPE_BODY, column, 20, prose);
    assert_int_equal(list.count, 0);
    assert_true(measured == paragraph(&list, INK_TEXT, TYPE_BODY, column, 20, prose));
    assert_true(paragraph(&list, INK_TEXT, TYPE_BODY, column, 20, "") == 0);
    assert_true(paragraph(&list, INK_TEXT, TYPE_BODY, column, 20, "one line\n") == 20);
}

static void a_tip_stays_within_the_window(void **state)
{
    (void)state;
    static const Rect window = {0, 0, 1024, 700};
    Rng rng = rng_make(4, rng_stream("tips"));
    for (int walk = 0; walk < 300; walk++) {
        DrawList list = begin();
        float x = (float)(1024 * rng_uniform(&rng)), y = (float)(700 * rng_uniform(&rng));
        Rect about = {x - 30, y - 12, 60, 24};
        tip_box(&list, window, about, x, y, walk % 2 ? prose : "short");
        const Shape *box = first_of(&list, SHAPE_RECT);
        assert_true(px(box->x) >= 0 && px(box->x + box->w) <= 1024 && px(box->y) >= 0 && px(box->y + box->h) <= 700);
        assert_true(px(box->w) <= 320 + 21);
        assert_true(px(box->x) >= about.x + about.w || px(box->x + box->w) <= about.x ||
                    px(box->y) >= about.y + about.h || px(box->y + box->h) <= about.y);
    }
}

static void a_long_label_leaves_its_value_room(void **state)
{
    (void)state;
    DrawList list = begin();
    value_row(&list, area, "a label that is far longer than there is room for", "0.0833", INK_BACKWARD, TYPE_STRONG);
    const Shape *label = &list.shapes[0], *value = &list.shapes[1];
    assert_true(px(label->x) + draw_width(&list, TYPE_BODY, label->text) <
                px(value->x) - draw_width(&list, TYPE_STRONG, value->text));
    assert_string_equal(value->text, "0.0833");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_control_leaves_one_hot_with_its_line),
        cmocka_unit_test(the_keyboard_the_pointer_and_a_press_can_be_seen),
        cmocka_unit_test(what_is_off_cannot_be_pressed_and_is_pale),
        cmocka_unit_test(a_knob_stays_on_its_track),
        cmocka_unit_test(a_slider_drags_from_low_to_high),
        cmocka_unit_test(running_text_keeps_its_width_and_loses_no_letter),
        cmocka_unit_test(running_text_can_be_measured_without_drawing),
        cmocka_unit_test(a_tip_stays_within_the_window),
        cmocka_unit_test(a_long_label_leaves_its_value_room),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
