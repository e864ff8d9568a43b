// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/words.h"
#include "picture.h"

// The gradient bars: what they show, and what they say where there is nothing to show.
extern const View view_gradient;
static const Rect usual = {264, 70, 828, 228};

static const Shape *next_bar(const DrawList *list, int *at)
{
    for (; *at < list->count; (*at)++)
        if (list->shapes[*at].kind == SHAPE_RECT && list->shapes[*at].ink == INK_BACKWARD)
            return &list->shapes[(*at)++];
    return NULL;
}

static double norm_of(const Run *run, int slot, int t, int b)
{
    const double *grad = tape_grad(&shares_of(run->shares, 0)->tape, t, slot) + b * run->program.dims.H;
    double sum = 0;
    for (int i = 0; i < run->program.dims.H; i++)
        sum += grad[i] * grad[i];
    return sqrt(sum);
}

static double fraction(const Shape *bar, float foot, float height)
{
    return ((double)foot - (double)bar->y / 64) / (double)height;
}

static void bars_are_as_high_as_the_logarithm_of_the_norm(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[1], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    snapshot.gradient_of_memory = true;
    DrawList list = desk_draw(desk, &view_gradient, &snapshot, usual);
    const float top = usual.y + 34, foot = usual.y + usual.h - 24;
    int at = 0;
    for (int t = 1; t <= 12; t++) {
        const Shape *bar = next_bar(&list, &at);
        double norm = norm_of(&desk->run, desk->run.program.memory, t, 1);
        assert_non_null(bar);
        assert_true(fabs(fraction(bar, foot, foot - top) - (log10(norm) + 8) / 12) < 0.001);
    }
    desk_stop(desk);
}

static void zones_lie_a_thousandth_below_and_a_thousand_times_above_the_last_scored_step(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    const Rect tall = {264, 70, 828, 428}, low = {264, 70, 828, 130};
    DrawList list = desk_draw(desk, &view_gradient, &snapshot, tall);
    const Shape *vanishing = first_with_ink(&list, SHAPE_RECT, INK_VANISHING);
    const Shape *exploding = first_with_ink(&list, SHAPE_RECT, INK_EXPLODING);
    const float top = tall.y + 34, foot = tall.y + tall.h - 24;
    double reference = log10(norm_of(&desk->run, desk->run.program.state, 12, 0));
    assert_true(fabs(fraction(vanishing, foot, foot - top) - (reference - 3 + 8) / 12) < 0.001);
    float bottom = (float)(exploding->y + exploding->h) / 64;
    assert_true(fabs((double)((foot - bottom) / (foot - top)) - (reference + 3 + 8) / 12) < 0.001);
    list = desk_draw(desk, &view_gradient, &snapshot, low); // where its name has no room
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_EXPLODING));
    desk_stop(desk);
}

static DrawList bars_of(Desk *desk)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    return desk_draw(desk, &view_gradient, &snapshot, usual);
}

// Puts one number into the gradient of a slot at t.
static void put_gradient(Desk *desk, int slot, int t, double value)
{
    double *grad = tape_grad(&shares_of(desk->run.shares, 0)->tape, t, slot);
    memset(grad, 0, sizeof *grad * (size_t)(desk->run.program.dims.B * desk->run.program.dims.H));
    grad[0] = value;
}

static void a_zero_says_where_it_comes_from(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    const Program *p = &desk->run.program;
    int before = p->rows[p->slots[p->state].delay].y;
    desk_seek(desk, 1, run_last_op(&desk->run));
    DrawList list = bars_of(desk);
    assert_false(says(&list, "underflow"));
    put_gradient(desk, p->state, 3, 0);
    put_gradient(desk, before, 4, 1e-260);
    list = bars_of(desk);
    assert_true(says(&list, "underflow"));
    put_gradient(desk, before, 4, 0);
    list = bars_of(desk);
    assert_false(says(&list, "underflow"));
    assert_true(says(&list, "0"));
    desk_stop(desk);
}

static void after_the_last_scored_step_there_is_none(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run) - 1);
    for (int b = 0; b < 2; b++) {
        *batch_scored(&desk->run.batch, 12, b) = 0;
        *batch_scored(&desk->run.batch, 9, b) = 1;
    }
    for (int t = 10; t <= 12; t++)
        put_gradient(desk, desk->run.program.state, t, 0);
    DrawList list = bars_of(desk);
    assert_true(says(&list, "no scored step after it"));
    assert_false(says(&list, "underflow"));
    desk_stop(desk);
}

static void numbers_beyond_the_axis_have_a_mark_and_their_exponent(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    put_gradient(desk, desk->run.program.state, 2, 1e-23);
    put_gradient(desk, desk->run.program.state, 3, 3e9);
    put_gradient(desk, desk->run.program.state, 4, INFINITY);
    DrawList list = bars_of(desk);
    int marks = 0;
    for (int i = 0; i < list.count; i++)
        marks += list.shapes[i].kind == SHAPE_POLYGON;
    assert_int_equal(marks, 2);
    assert_true(says(&list, "1e−23"));
    assert_true(says(&list, "3e9"));
    assert_true(says(&list, "∞"));
    check_picture(desk, &view_gradient, usual, &list);
    desk_stop(desk);
}

static void before_the_backward_pass_the_bars_say_when_they_come(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, 20);
    DrawList list = bars_of(desk);
    assert_true(says(&list, "comes with the backward pass"));
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_BACKWARD));
    desk_stop(desk);
}

static void a_bar_tells_its_exact_value(void **state)
{
    Desk *desk = *state;
    char exact[NUMBER_SIZE];
    desk_start(desk, cell_types[1], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    DrawList list = bars_of(desk);
    number_exact(exact, norm_of(&desk->run, desk->run.program.state, 5, 0));
    assert_non_null(strstr(hot_named(&list, "bar 5")->tip, exact));
    assert_string_equal(hot_named(&list, "bar 5")->press, "select 5 1");
    desk_stop(desk);
}

static const Hot *hot_over(DrawList *list, float x)
{
    const Hot *hot = draw_hot_at(list, x, usual.y + usual.h / 2);
    assert_non_null(hot);
    return hot;
}

static void where_the_last_scored_step_is_off_the_axis_there_are_no_zones(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    for (int t = 1; t <= 12; t++)
        put_gradient(desk, desk->run.program.state, t, 1e-40 * pow(0.1, t));
    DrawList list = bars_of(desk);
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_EXPLODING));
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_VANISHING));
    assert_true(says(&list, "all below 1e−8"));
    assert_false(says(&list, "exploding"));
    assert_non_null(strstr(hot_named(&list, "bar 3")->tip, "exploding, more than a thousand times"));
    put_gradient(desk, desk->run.program.state, 4, 1);
    list = bars_of(desk);
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_EXPLODING));
    assert_true(says(&list, "t = 12, by which the others are measured, is below 1e−8"));
    put_gradient(desk, desk->run.program.state, 12, 1e-8);
    list = bars_of(desk);
    assert_non_null(first_with_ink(&list, SHAPE_RECT, INK_EXPLODING));
    put_gradient(desk, desk->run.program.state, 12, 1e9);
    list = bars_of(desk);
    assert_null(first_with_ink(&list, SHAPE_RECT, INK_VANISHING));
    assert_true(says(&list, "is above 1e4"));
    desk_stop(desk);
}

static void narrow_columns_tell_the_first_the_last_and_the_marked_number(void **state)
{
    static const int lengths[] = {20, 50, 200};
    Desk *desk = *state;
    for (int i = 0; i < 3; i++) {
        int T = lengths[i];
        desk_start(desk, cell_types[0], "recall", T, 8);
        desk_seek(desk, 1, run_last_op(&desk->run));
        for (int t = 1; t <= T; t++)
            put_gradient(desk, desk->run.program.state, t, pow(0.1, 7 - 7.0 * t / T) * 1.23);
        put_gradient(desk, desk->run.program.state, 1, 3.21e-7);
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        snapshot.t = T / 2;
        DrawList list = desk_draw(desk, &view_gradient, &snapshot, usual);
        assert_true(says(&list, "3.21e−7"));
        assert_true(says(&list, draw_print(&list, "t = %d: 0.000389", T / 2)));
        assert_true(says(&list, "1.23"));
        check_picture(desk, &view_gradient, usual, &list);
        desk_stop(desk);
    }
}

static void vanished_bars_keep_their_exponents(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    for (int t = 1; t <= 12; t++)
        put_gradient(desk, desk->run.program.state, t, 1.66 * pow(0.1, 130 - t)); // "1.66e−129" is wider than a column
    DrawList list = bars_of(desk);
    for (int t = 1; t <= 12; t++)
        assert_true(says(&list, draw_print(&list, "e−%d", 130 - t)));
    check_picture(desk, &view_gradient, usual, &list);
    desk_stop(desk);
}

static void dense_columns_tell_their_range(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 1000, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    for (int t = 1; t <= 1000; t++)
        put_gradient(desk, desk->run.program.state, t, t);
    DrawList list = bars_of(desk);
    const float x = usual.x + VIEW_MARGIN + (usual.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT) / 2;
    const Hot *hot = hot_over(&list, x);
    assert_true(hot->area.w <= 6);
    int first = hot->pointed.t, last = 0;
    assert_in_range(first, 490, 500);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList pointed = draw_begin(&desk->arena, desk->fonts);
    pointed.hover = hot->id;
    view_gradient.draw(&snapshot, axis_fit(1, 1000, usual.x + VIEW_MARGIN, 720), usual, &pointed);
    const char *tip = hot_over(&pointed, x)->tip;
    assert_int_equal(sscanf(strstr(tip, " to "), " to %d", &last), 1);
    assert_in_range(last, first + 1, first + 8);
    assert_non_null(strstr(tip, draw_print(&pointed, "\n%d … %d", first, last)));
    desk_stop(desk);
}

static void the_last_column_s_number_keeps_off_the_border(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 1000, 8);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    for (int t = 0; t <= 1000; t += 1000) { // marked, it is bold
        snapshot.t = t;
        DrawList list = desk_draw(desk, &view_gradient, &snapshot, usual);
        Rect place = place_of(&list, "1000");
        assert_true(place.x + place.w <= usual.x + usual.w - 7.5f);
    }
    desk_stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_as_high_as_the_logarithm_of_the_norm),
        cmocka_unit_test(zones_lie_a_thousandth_below_and_a_thousand_times_above_the_last_scored_step),
        cmocka_unit_test(a_zero_says_where_it_comes_from),
        cmocka_unit_test(after_the_last_scored_step_there_is_none),
        cmocka_unit_test(numbers_beyond_the_axis_have_a_mark_and_their_exponent),
        cmocka_unit_test(before_the_backward_pass_the_bars_say_when_they_come),
        cmocka_unit_test(a_bar_tells_its_exact_value),
        cmocka_unit_test(where_the_last_scored_step_is_off_the_axis_there_are_no_zones),
        cmocka_unit_test(narrow_columns_tell_the_first_the_last_and_the_marked_number),
        cmocka_unit_test(vanished_bars_keep_their_exponents),
        cmocka_unit_test(dense_columns_tell_their_range),
        cmocka_unit_test(the_last_column_s_number_keeps_off_the_border),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
