#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "sim/record.h"

// Update u has the loss u, and no norm when u is a multiple of 10.
static void put(Record *record, long from, long to)
{
    for (long u = from; u <= to; u++)
        record_put(record, u, (double[CURVES]){(double)u, u % 10 ? 1 / (double)u : NAN, -(double)u});
}

static void values_come_back_as_they_were_put(void **state)
{
    (void)state;
    Record *record = record_make();
    double value;
    assert_int_equal(record_last(record), 0);
    assert_false(record_get(record, CURVE_LOSS, 0, &value));
    assert_false(record_get(record, CURVE_LOSS, 1, &value));
    put(record, 1, 5000);
    assert_int_equal(record_last(record), 5000);
    for (long u = 1; u <= 5000; u++) {
        assert_true(record_get(record, CURVE_LOSS, u, &value));
        assert_true(value == (double)u);
        assert_int_equal(record_get(record, CURVE_NORM, u, &value), u % 10 != 0);
        assert_true(record_get(record, CURVE_CLIPPED, u, &value));
        assert_true(value == -(double)u);
    }
    assert_false(record_get(record, CURVE_LOSS, 5001, &value));
    record_free(record);
}

static void a_span_is_the_least_greatest_and_mean_of_what_is_finite(void **state)
{
    (void)state;
    Record *record = record_make();
    Span span;
    put(record, 1, 5000);
    static const long spans[][2] = {{1, 5000}, {1, 1024}, {1024, 1025}, {7, 7}, {1000, 4000}, {4999, 5000}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        long first = spans[i][0], last = spans[i][1];
        assert_true(record_span(record, CURVE_LOSS, first, last, &span));
        assert_true(span.low == (double)first && span.high == (double)last);
        assert_true(fabs(span.mean - (double)(first + last) / 2) < 1e-9);
    }
    assert_true(record_span(record, CURVE_LOSS, -5, 1000000, &span)); // what is not there does not count
    assert_true(span.low == 1 && span.high == 5000);
    assert_false(record_span(record, CURVE_NORM, 20, 20, &span)); // not finite
    assert_false(record_span(record, CURVE_LOSS, 5001, 6000, &span));
    assert_false(record_span(record, CURVE_LOSS, 9, 8, &span));
    record_free(record);
}

static void the_mean_of_huge_values_is_finite(void **state)
{
    (void)state;
    Record *record = record_make();
    Span span;
    for (long u = 1; u <= 3000; u++)
        record_put(record, u, (double[CURVES]){1e308, 1e308, 1e308});
    assert_true(record_span(record, CURVE_NORM, 1, 3000, &span));
    assert_true(span.high == 1e308 && fabs(span.mean / 1e308 - 1) < 1e-9);
    record_free(record);
}

static void a_cut_forgets_what_lay_after(void **state)
{
    (void)state;
    static const long cuts[] = {3000, 2048, 1, 0};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        Record *record = record_make();
        double value;
        put(record, 1, 4000);
        record_cut(record, 5000);
        assert_int_equal(record_last(record), 4000);
        record_cut(record, cuts[i]);
        assert_int_equal(record_last(record), cuts[i]);
        assert_false(record_get(record, CURVE_LOSS, cuts[i] + 1, &value));
        put(record, cuts[i] + 1, 4500);
        for (long u = 1; u <= 4500; u++) {
            assert_true(record_get(record, CURVE_LOSS, u, &value));
            assert_true(value == (double)u);
        }
        record_free(record);
    }
}

static void old_updates_are_kept_as_blocks(void **state)
{
    (void)state;
    const long exact = (long)RECORD_BLOCK * RECORD_EXACT, more = 3 * RECORD_BLOCK;
    Record *record = record_make();
    double value;
    Span span;
    put(record, 1, exact + more);
    assert_false(record_get(record, CURVE_LOSS, more, &value));
    assert_true(record_get(record, CURVE_LOSS, more + 1, &value));
    assert_true(record_span(record, CURVE_LOSS, 5, 5, &span)); // its whole block
    assert_true(span.low == 1 && span.high == RECORD_BLOCK);
    assert_true(record_span(record, CURVE_LOSS, 1, exact + more, &span));
    assert_true(span.low == 1 && span.high == (double)(exact + more));

    record_cut(record, RECORD_BLOCK + 5); // within an old block: what it held is no longer known
    assert_false(record_get(record, CURVE_LOSS, RECORD_BLOCK + 5, &value));
    put(record, RECORD_BLOCK + 6, exact + more);
    assert_true(record_get(record, CURVE_LOSS, more + 1, &value));
    assert_true(value == (double)(more + 1));
    record_free(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_were_put),
        cmocka_unit_test(a_span_is_the_least_greatest_and_mean_of_what_is_finite),
        cmocka_unit_test(the_mean_of_huge_values_is_finite),
        cmocka_unit_test(a_cut_forgets_what_lay_after),
        cmocka_unit_test(old_updates_are_kept_as_blocks),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
