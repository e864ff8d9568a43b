// The time axis, value axes and curves: where they draw and what they write.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "desk.h"
#include "ui/axis.h"
#include "ui/plot.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- the time axis -----------------------------------------------------------------
static void the_centre_of_a_column_lies_in_that_column(void **state)
{
    (void)state;
    Rng rng = rng_make(1, rng_stream("axes"));
    for (int walk = 0; walk < 2000; walk++) {
        int first = 1 + rng_below(&rng, 900), last = first + rng_below(&rng, 1000);
        TimeAxis axis = axis_fit(first, last, (float)(400 * rng_uniform(&rng)), 50 + (float)(3800 * rng_uniform(&rng)));
        for (int t = first; t <= last; t++) {
            assert_int_equal(axis_at(axis, axis_centre(axis, t)), t);
            assert_true(axis_left(axis, t) < axis_centre(axis, t) && axis_shows(axis, t));
        }
        assert_int_equal(axis_at(axis, axis_left(axis, first) - 0.01f), 0);
        assert_int_equal(axis_at(axis, axis_left(axis, last + 1) + 0.01f), 0);
    }
}

static void columns_fill_the_width(void **state)
{
    (void)state;
    TimeAxis axis = axis_fit(3, 14, 100, 600);
    assert_true(axis.dx == 50);
    assert_true(axis_left(axis, 3) == 100 && axis_left(axis, 15) == 700);
}

// Labels are `width` wide and centred on their columns.
static void labels_keep_apart(TimeAxis axis, float width)
{
    int every = axis_label_every(axis, width), before = 0;
    for (int t = axis.first; t <= axis.last; t++) {
        if (!axis_labels(axis, t, every))
            continue;
        if (before && axis_centre(axis, t) - axis_centre(axis, before) < width * 0.9999f)
            fail_msg("t = %d and %d of %d touch", before, t, axis.last);
        before = t;
    }
    assert_false(axis_labels(axis, axis.first - 1, every));
    assert_false(axis_labels(axis, axis.last + 1, every));
}

static void labels_of_time_steps_never_touch(void **state)
{
    (void)state;
    static const float widths[] = {120, 608, 826, 3700}, labels[] = {7, 18, 30};
    for (int last = 1; last <= 1000; last++)
        for (size_t w = 0; w < COUNT(widths); w++)
            for (size_t l = 0; l < COUNT(labels); l++) {
                labels_keep_apart(axis_fit(1, last, 0, widths[w]), labels[l]);
                labels_keep_apart(axis_fit((last + 1) / 2, last, 0, widths[w]), labels[l]);
            }
}

static void labels_are_1_and_multiples_and_the_last(void **state)
{
    (void)state;
    static const struct {
        int last, every;
        const char *labels;
    } cases[] = {
        {5, 1, "1 2 3 4 5 "},  {9, 2, "1 4 6 8 "}, {30, 5, "1 5 10 15 20 25 30 "},
        {14, 5, "1 5 10 14 "}, {13, 5, "1 5 10 "}, {4, 5, "1 "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char labels[64] = "";
        for (int t = 1; t <= cases[i].last; t++)
            if (axis_labels(axis_fit(1, cases[i].last, 0, 100), t, cases[i].every))
                snprintf(labels + strlen(labels), sizeof labels - strlen(labels), "%d ", t);
        assert_string_equal(labels, cases[i].labels);
    }
}

static void columns_are_of_a_class_by_their_width(void **state)
{
    (void)state;
    static const struct {
        float dx;
        ColumnClass class;
    } cases[] = {{60, COLUMN_WIDE},  {34, COLUMN_WIDE},  {33, COLUMN_MIDDLE}, {9, COLUMN_MIDDLE},
                 {8, COLUMN_NARROW}, {1, COLUMN_NARROW}, {0.5f, COLUMN_DENSE}};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(axis_class(axis_fit(1, 10, 0, 10 * cases[i].dx)), cases[i].class);
}

static void labels_of_time_are_round_from_zero_too(void **state)
{
    (void)state;
    TimeAxis axis = axis_fit(1, 12, 0, 100);
    axis.from_zero = true;
    for (int t = 1; t <= 12; t++) // shown as 0 5 10, and 11 has no room
        assert_int_equal(axis_labels(axis, t, 5), t == 1 || t == 6 || t == 11);
}

// ---- value axes ----------------------------------------------------------------------
static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

// The digits of a number, 1 <= mantissa < 10.
static double mantissa(double value)
{
    double m = value / pow(10, floor(log10(value)));
    return m > 9.999999 ? m / 10 : m;
}

static ValueAxis random_axis(Rng *rng, bool logarithmic)
{
    double low = logarithmic ? pow(10, -9 + 12 * rng_uniform(rng)) : 200 * (rng_uniform(rng) - 0.5);
    double range = pow(10, -4 + 8 * rng_uniform(rng));
    Rect area = {40, 20, 200, 20 + (float)(300 * rng_uniform(rng))};
    return (ValueAxis){area, low, logarithmic ? low * (1 + range) : low + range, logarithmic};
}

static void ticks_are_round_and_lie_within_the_bounds(void **state)
{
    (void)state;
    Rng rng = rng_make(2, rng_stream("ticks"));
    for (int walk = 0; walk < 2000; walk++) {
        ValueAxis axis = random_axis(&rng, walk % 2);
        double ticks[12], slack = (axis.high - axis.low) * 1e-8;
        int most = 2 + rng_below(&rng, 11), count = value_ticks(axis, ticks, most);
        assert_true(count <= most);
        for (int i = 0; i < count; i++) {
            assert_true(ticks[i] >= axis.low - slack && ticks[i] <= axis.high + slack);
            if (axis.logarithmic)
                assert_true(is_near(mantissa(ticks[i]), 1));
        }
        for (int i = 1; i < count && !axis.logarithmic; i++) {
            double m = mantissa(ticks[i] - ticks[i - 1]);
            assert_true(fabs(m - 1) < 1e-3 || fabs(m - 2) < 1e-3 || fabs(m - 5) < 1e-3);
        }
    }
}

static void labels_of_values_never_touch(void **state)
{
    (void)state;
    Rng rng = rng_make(3, rng_stream("grids"));
    for (int walk = 0; walk < 1000; walk++) {
        DrawList list = begin();
        value_grid(&list, random_axis(&rng, walk % 2), walk % 3 == 0);
        float before = INFINITY;
        for (int i = 0; i < list.count; i++) {
            if (list.shapes[i].kind != SHAPE_TEXT)
                continue;
            assert_true(px(list.shapes[i].y) <= before - 23); // 24 px, on whole pixels
            before = px(list.shapes[i].y);
        }
    }
}

static void labels_are_written_as_a_reader_writes_them(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        bool logarithmic;
        const char *labels;
    } cases[] = {
        {1e-4, 1e3, true, "1e−4 1e−3 0.01 0.1 1 10 100 1e3 "}, {1e-8, 1e4, true, "1e−8 1e−6 1e−4 0.01 1 100 1e4 "},
        {-1, 2, false, "−1.0 −0.5 0.0 0.5 1.0 1.5 2.0 "},      {0, 100, false, "0 20 40 60 80 100 "},
        {0.1, 0.3, false, "0.10 0.15 0.20 0.25 0.30 "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        DrawList list = begin();
        char labels[200] = "";
        value_grid(&list, (ValueAxis){{0, 0, 100, 200}, cases[i].low, cases[i].high, cases[i].logarithmic}, false);
        for (int k = 0; k < list.count; k++)
            if (list.shapes[k].kind == SHAPE_TEXT)
                snprintf(labels + strlen(labels), sizeof labels - strlen(labels), "%s ", list.shapes[k].text);
        assert_string_equal(labels, cases[i].labels);
    }
}

static void bounds_become_round_and_still_hold(void **state)
{
    (void)state;
    static const struct {
        double low, high, round_low, round_high;
        bool logarithmic;
    } cases[] = {
        {0.13, 0.97, 0.1, 1, false},  {0, 1, 0, 1, false},
        {-3, 41, -5, 45, false},      {2, 2, 1, 3, false},
        {0, 0, -0.5, 0.5, false},     {0.02, 0.3, 0.01, 1, true},
        {1, 1, 1, 10, true},          {1e-3, 1e-3, 1e-3, 1e-2, true},
        {1e-5, 1e4, 1e-5, 1e4, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        double low = cases[i].low, high = cases[i].high;
        (cases[i].logarithmic ? value_bounds_log : value_bounds)(&low, &high);
        assert_true(fabs(low - cases[i].round_low) < 1e-9 && fabs(high - cases[i].round_high) < 1e-9);
    }
}

static void bounds_of_what_is_not_finite_are_finite(void **state)
{
    (void)state;
    static const double odd[] = {NAN, INFINITY, -INFINITY, 0, -1, 1e308, 1e-320};
    for (size_t a = 0; a < COUNT(odd); a++)
        for (size_t b = 0; b < COUNT(odd); b++) {
            double low = odd[a], high = odd[b], log_low = low, log_high = high;
            value_bounds(&low, &high);
            value_bounds_log(&log_low, &log_high);
            assert_true(isfinite(low) && isfinite(high) && low < high);
            assert_true(isfinite(log_high) && 0 < log_low && log_low < log_high);
        }
}

static void values_are_cut_to_the_area(void **state)
{
    (void)state;
    ValueAxis linear = {{0, 10, 100, 100}, -1, 1, false}, logarithmic = {{0, 10, 100, 100}, 0.01, 1, true};
    assert_true(value_y(linear, 0) == 60 && value_y(linear, 7) == 10 && value_y(linear, -INFINITY) == 110);
    assert_true(fabsf(value_y(logarithmic, 0.1) - 60) < 1e-3f);
    assert_true(value_y(logarithmic, 0) == 110 && value_y(logarithmic, NAN) == 110 &&
                value_y(logarithmic, INFINITY) == 10);
}

// ---- curves --------------------------------------------------------------------------
static void a_curve_has_at_most_one_point_a_pixel(void **state)
{
    (void)state;
    CurvePoint points[5000];
    for (int i = 0; i < 5000; i++)
        points[i] = (CurvePoint){i % 7, i % 7 + 1, i % 7 + 0.5};
    DrawList list = begin();
    plot_curve(&list, INK_RUN_RNN, (ValueAxis){{0, 0, 200, 100}, 0, 8, false}, points, 5000, 0, 200 / 5000.0f, 1.5f);
    assert_true(first_of(&list, SHAPE_POLYLINE)->point_count <= 201);
    assert_true(count_of(&list, SHAPE_RECT) <= 201 && count_of(&list, SHAPE_RECT) >= 199);
}

static void what_is_not_known_is_a_gap_in_the_curve(void **state)
{
    (void)state;
    CurvePoint points[9];
    for (int i = 0; i < 9; i++)
        points[i] = (CurvePoint){1, 1, i == 3 || i == 5 ? NAN : 1};
    DrawList list = begin();
    plot_curve(&list, INK_RUN_RNN, (ValueAxis){{0, 0, 90, 100}, 0, 2, false}, points, 9, 0, 10, 1.5f);
    assert_int_equal(count_of(&list, SHAPE_POLYLINE), 2); // 0 1 2 and 6 7 8
    assert_int_equal(count_of(&list, SHAPE_CIRCLE), 1);   // 4
    assert_int_equal(count_of(&list, SHAPE_RECT), 0);     // low is high
    plot_curve(&list, INK_RUN_RNN, (ValueAxis){{0, 0, 90, 100}, 0, 2, false}, points, 0, 0, 10, 1.5f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_centre_of_a_column_lies_in_that_column),
        cmocka_unit_test(columns_fill_the_width),
        cmocka_unit_test(labels_of_time_steps_never_touch),
        cmocka_unit_test(labels_are_1_and_multiples_and_the_last),
        cmocka_unit_test(labels_of_time_are_round_from_zero_too),
        cmocka_unit_test(columns_are_of_a_class_by_their_width),
        cmocka_unit_test(ticks_are_round_and_lie_within_the_bounds),
        cmocka_unit_test(labels_of_values_never_touch),
        cmocka_unit_test(labels_are_written_as_a_reader_writes_them),
        cmocka_unit_test(bounds_become_round_and_still_hold),
        cmocka_unit_test(bounds_of_what_is_not_finite_are_finite),
        cmocka_unit_test(values_are_cut_to_the_area),
        cmocka_unit_test(a_curve_has_at_most_one_point_a_pixel),
        cmocka_unit_test(what_is_not_known_is_a_gap_in_the_curve),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
