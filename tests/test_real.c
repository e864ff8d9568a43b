// The fast build's elementary functions in float, against the library's in double.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/real.h"

// How far a float is off, in units of the last place of the right value.
static double ulps(float found, double right)
{
    const double magnitude = fmax(fabs(right), 0x1p-126);
    return fabs((double)found - right) / ldexp(1, ilogb(magnitude) - 23);
}

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

static const struct {
    const char *name;
    Real (*function)(Real);
    double (*right)(double);
    double low, high;
} functions[] = {
    {"exp", real_exp, exp, -86, 88},
    {"sigmoid", real_sigmoid, sigmoid, -86, 86},
    {"tanh", real_tanh, tanh, -30, 30},
    {"log", real_log, log, 1e-30, 1e30},
};

static void check(size_t i, float x)
{
    const float y = functions[i].function(x);
    if (!(ulps(y, functions[i].right((double)x)) <= 3))
        fail_msg("%s(%a) = %a, not %a", functions[i].name, (double)x, (double)y, functions[i].right((double)x));
}

static void functions_are_within_3_ulp(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const double low = functions[i].low, high = functions[i].high;
        for (int k = 0; k <= 400000; k++)
            check(i, (float)(low + (high - low) * k / 400000));
        for (double x = 1e-30; x <= high; x *= 1.001) {
            check(i, (float)x);
            if (-x >= low)
                check(i, (float)-x);
        }
    }
}

static void their_ends_are_the_limits(void **state)
{
    (void)state;
    assert_true(real_exp(INFINITY) == INFINITY && real_exp(100) == INFINITY && real_exp(0) == 1);
    assert_true(real_exp(-INFINITY) < 1e-37f);
    assert_true(real_sigmoid(INFINITY) == 1 && real_sigmoid(-INFINITY) < 1e-37f && real_sigmoid(0) == 0.5f);
    assert_true(real_tanh(INFINITY) == 1 && real_tanh(-INFINITY) == -1);
    assert_true(real_tanh(0) == 0 && signbit(real_tanh(-0.0f)));
}

static void nan_stays(void **state)
{
    (void)state;
    assert_true(isnan(real_exp(NAN)) && isnan(real_sigmoid(NAN)) && isnan(real_tanh(NAN)) && isnan(real_log(NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_within_3_ulp),
        cmocka_unit_test(their_ends_are_the_limits),
        cmocka_unit_test(nan_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
