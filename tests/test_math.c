// Our own exp, log, tanh, sigmoid and sin against the library's long double.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "base/math.h"
#include "base/rng.h"

enum { POINTS = 2000000, HASHED = 100000, MARKS = 6 };
static const double MOST_ULP = 2;

static long double sigmoid_long(long double x)
{
    long double e = expl(-fabsl(x));
    return (x < 0 ? e : 1) / (1 + e);
}

// Where a function is tried: all doubles, the range where something happens, and the neighbours of the places
// where its formula changes: multiples of `step`, and `marks`.
typedef struct {
    const char *name;
    double (*ours)(double);
    long double (*reference)(long double);
    double low, high;
    double step;
    double marks[MARKS];
    uint64_t hash; // of the results' bits, the same with every compiler and at every level of optimisation
} Case;

static const double LN2 = 0.6931471805599453, PI = 3.141592653589793;

// clang-format off
static const Case cases[] = {
    { "exp",     math_exp,     expl,         -750, 715, LN2 / 2, { 0, 709.782712893384, -708.3964185322641, -745.1332191019412, -746, 710 }, 0x420FCBC92296EC2Fu },
    { "log",     math_log,     logl,         0,    4,   0.25,    { 1, 0.7071067811865476, 1.4142135623730951, DBL_MIN, DBL_TRUE_MIN, DBL_MAX }, 0x4A69C354693CD653u },
    { "tanh",    math_tanh,    tanhl,        -21,  21,  LN2 / 4, { 0, 0.549, -0.549, 20, -20, DBL_MIN }, 0xF7E5BAB8A9B0D34Cu },
    { "sigmoid", math_sigmoid, sigmoid_long, -750, 40,  LN2 / 2, { 0, -708.3964185322641, -745.1332191019412, 36, -1, 1 }, 0x4496D00905244D16u },
    { "sin",     math_sin,     sinl,         -1e6, 1e6, PI / 4,  { 0, 1e6, -1e6, PI, -PI / 2, DBL_MIN }, 0x21722F025D35B4CDu },
};
// clang-format on

static double uniform(Rng *rng, double low, double high)
{
    return low + (high - low) * rng_uniform(rng);
}

static double neighbour(Rng *rng, double x)
{
    return math_from_bits(math_bits(x) + (uint64_t)rng_below(rng, 2001) - 1000);
}

// The next point, of a kind in turn; may be NaN or out of the function's domain.
static double point(const Case *c, int n, Rng *rng)
{
    switch (n % 5) {
    case 0:
        return math_from_bits(rng_next(rng));
    case 1:
        return uniform(rng, c->low, c->high);
    case 2:
        return neighbour(rng, c->step * rint(uniform(rng, c->low, c->high) / c->step));
    case 3:
        return neighbour(rng, c->marks[rng_below(rng, MARKS)]);
    }
    int exponent = rng_below(rng, 60) - 50; // around 1, every size alike
    return ldexp(uniform(rng, -2, 2), exponent);
}

static int in_domain(const Case *c, double x)
{
    if (c->ours == math_sin)
        return fabs(x) <= 1e6;
    return isfinite(x) && (c->ours != math_log || x > 0);
}

// The distance in units of the last place that a double as large as the reference has.
static double ulps(double ours, long double reference)
{
    int last = reference == 0 ? -1074 : ilogbl(reference) - 52;
    long double finite = isinf(ours) ? copysignl(0x1p1024L, ours) : (long double)ours;
    if (isinf(ours) && fabsl(reference) >= 0x1p1024L)
        return 0;
    return (double)ldexpl(fabsl(finite - reference), -(last < -1074 ? -1074 : last > 971 ? 971 : last));
}

static void at_most_2_ulp_off(void **state)
{
    const Case *c = *state;
    Rng rng = rng_make(1, rng_stream(c->name));
    double worst = 0, worst_x = 0;
    for (int n = 0; n < POINTS; n++) {
        double x = point(c, n, &rng);
        if (!in_domain(c, x))
            continue;
        double off = ulps(c->ours(x), c->reference(x));
        if (!(off <= worst)) {
            worst = off;
            worst_x = x;
        }
    }
    if (!(worst <= MOST_ULP))
        fail_msg("%s(%.17g) is %.3f ulp off", c->name, worst_x, worst);
    print_message("           %s is at most %.3f ulp off, at %.17g\n", c->name, worst, worst_x);
}

static void same_bits_everywhere(void **state)
{
    const Case *c = *state;
    Rng rng = rng_make(2, rng_stream(c->name));
    uint64_t hash = 0;
    for (int n = 0; n < HASHED; n++) {
        double x = point(c, n, &rng);
        if (in_domain(c, x))
            hash = hash * 0x100000001B3u + math_bits(c->ours(x));
    }
    if (hash != c->hash)
        fail_msg("%s: the hash is 0x%016llXu", c->name, (unsigned long long)hash);
}

static void special_values_are_those_of_annex_f(void **state)
{
    (void)state;
    static const struct {
        double (*function)(double);
        double x, y;
    } specials[] = {
        {math_exp, 0.0, 1},
        {math_exp, -0.0, 1},
        {math_exp, INFINITY, INFINITY},
        {math_exp, -INFINITY, 0},
        {math_exp, 709.79, INFINITY},
        {math_exp, -745.14, 0},
        {math_exp, NAN, NAN},
        {math_exp, 1e300, INFINITY},
        {math_exp, -1e300, 0},
        {math_log, 1, 0},
        {math_log, 0.0, -INFINITY},
        {math_log, -0.0, -INFINITY},
        {math_log, -1, NAN},
        {math_log, -INFINITY, NAN},
        {math_log, INFINITY, INFINITY},
        {math_log, NAN, NAN},
        {math_log, -DBL_MIN, NAN},
        {math_tanh, 0.0, 0.0},
        {math_tanh, -0.0, -0.0},
        {math_tanh, INFINITY, 1},
        {math_tanh, -INFINITY, -1},
        {math_tanh, NAN, NAN},
        {math_tanh, 1e300, 1},
        {math_tanh, DBL_TRUE_MIN, DBL_TRUE_MIN},
        {math_sigmoid, 0.0, 0.5},
        {math_sigmoid, -0.0, 0.5},
        {math_sigmoid, INFINITY, 1},
        {math_sigmoid, -INFINITY, 0},
        {math_sigmoid, NAN, NAN},
        {math_sigmoid, 1e300, 1},
        {math_sin, 0.0, 0.0},
        {math_sin, -0.0, -0.0},
        {math_sin, INFINITY, NAN},
        {math_sin, -INFINITY, NAN},
        {math_sin, NAN, NAN},
        {math_sin, DBL_TRUE_MIN, DBL_TRUE_MIN},
        {math_sin, 1.1e6, NAN},
        {math_sin, 1e300, NAN},
    };
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        double y = specials[i].function(specials[i].x);
        int same = isnan(specials[i].y) ? isnan(y) : math_bits(y) == math_bits(specials[i].y);
        if (!same)
            fail_msg("row %zu: f(%g) is %g, not %g", i, specials[i].x, y, specials[i].y);
    }
}

static void odd_functions_are_odd(void **state)
{
    (void)state;
    Rng rng = rng_make(3, 0);
    for (int n = 0; n < 10000; n++) {
        double x = uniform(&rng, -25, 25);
        assert_true(math_bits(math_tanh(-x)) == math_bits(-math_tanh(x)));
        assert_true(math_bits(math_sin(-x)) == math_bits(-math_sin(x)));
    }
}

int main(void) // two tests for each function, and the special values
{
    enum { FUNCTIONS = sizeof cases / sizeof *cases };
    static const struct {
        const char *claim;
        CMUnitTestFunction test;
    } claims[] = {{"is_at_most_2_ulp_off", at_most_2_ulp_off}, {"has_the_same_bits_everywhere", same_bits_everywhere}};
    static char names[2 * FUNCTIONS][60];
    struct CMUnitTest tests[2 * FUNCTIONS + 2];
    int count = 0;
    for (; count < 2 * FUNCTIONS; count++) {
        const Case *c = &cases[count / 2];
        snprintf(names[count], sizeof names[count], "%s_%s", c->name, claims[count % 2].claim);
        tests[count] = (struct CMUnitTest){names[count], claims[count % 2].test, 0, 0, (void *)(uintptr_t)c};
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(special_values_are_those_of_annex_f);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(odd_functions_are_odd);
    return _cmocka_run_group_tests("math", tests, (size_t)count, 0, 0);
}
