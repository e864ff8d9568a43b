#ifndef BASE_MATH_H
#define BASE_MATH_H

#include <float.h>
#include <math.h> // INFINITY and NAN; nothing here calls the library
#include <stdint.h>
#include <string.h>

_Static_assert(FLT_EVAL_METHOD == 0, "double arithmetic must round to double, or the bits differ between machines");

// Our own elementary functions, at most 2 ulp off, built from +, -, *, / and bit moves alone, so that every
// machine and compiler gives the same bits. Special values as in C99 Annex F. They are defined here to be
// inlined; exp, tanh and sigmoid are free of branches, so that a loop over them becomes vector code.
//
// All work alike: bring x into a small interval around 0 (the lost low digits go along as a second number),
// sum the Taylor series there, and go back. Coefficients are written as the fractions they are.
static inline double math_exp(double x); // 0 below -745.13, +inf above 709.78
static inline double math_log(double x); // natural; -inf at 0, NaN below
static inline double math_tanh(double x);
static inline double math_sigmoid(double x); // 1 / (1 + exp(-x))
static inline double math_sin(double x);     // |x| up to 1e6, NaN beyond

// ---- bits ------------------------------------------------------------------------------------------------
static inline uint64_t math_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double math_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static const uint64_t MATH_SIGN = (uint64_t)1 << 63;

static inline double math_abs(double x)
{
    return math_from_bits(math_bits(x) & ~MATH_SIGN);
}

// x with the sign of s.
static inline double math_signed_as(double s, double x)
{
    return math_from_bits((math_bits(x) & ~MATH_SIGN) | (math_bits(s) & MATH_SIGN));
}

// when ? a : b, by a mask, where gcc would make `? :` a jump and the loop around it no vector code.
static inline double math_choose(int when, double a, double b)
{
    uint64_t mask = (uint64_t)0 - (uint64_t)(when != 0);
    return math_from_bits((math_bits(a) & mask) | (math_bits(b) & ~mask));
}

// From 2^52 to 2^53 the doubles are the whole numbers: adding this leaves no room for a fraction, and the whole
// number stands in the lowest bits. |x| below 2^51.
static const double MATH_WHOLE = 0x1.8p52;

static inline double math_nearest(double x)
{
    return (x + MATH_WHOLE) - MATH_WHOLE;
}

// 2^k for a whole k from -1022 to 1023: k plus the bias of 1023, moved into the exponent's place.
static inline double math_two_to(double k)
{
    return math_from_bits(math_bits(k + (MATH_WHOLE + 1023)) << 52);
}

// ---- exp -------------------------------------------------------------------------------------------------
// ln 2 in two parts. The first has 32 significant bits, so that a whole number below 2^21 times it is exact.
static const double MATH_LN2_HIGH = 0x1.62e42feep-1, MATH_LN2_LOW = 0x1.a39ef35793c76p-33;

// x = k ln 2 + r + low with |r| <= ln(2) / 2; low is what r lost by rounding.
typedef struct {
    double k, r, low;
} MathReduced;

static inline MathReduced math_reduce(double x)
{
    double k = math_nearest(x * 0x1.71547652b82fep0); // 1 / ln 2
    double high = x - k * MATH_LN2_HIGH, r = high - k * MATH_LN2_LOW;
    return (MathReduced){k, r, (high - r) - k * MATH_LN2_LOW};
}

// exp(r + low) - 1 - r. Pairs instead of one long chain, for the processor works on them at once.
static inline double math_exp_rest(double r, double low)
{
    double r2 = r * r, r4 = r2 * r2;
    double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    double c = (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
    return r2 * (a + r4 * (b + r4 * c)) + low;
}

// exp(x) = high + low, low being what high lost by rounding.
static inline double math_exp_parts(double x, double *low)
{
    x = math_choose(x > 710, 710, x);   // the result is inf
    x = math_choose(x < -746, -746, x); // the result is 0
    MathReduced to = math_reduce(x);
    double top = 1 + to.r, rest = ((1 - top) + to.r) + math_exp_rest(to.r, to.low);
    double high = top + rest;
    double half = math_nearest(to.k * 0.5); // in two steps, for 2^k itself may be no normal number
    double scale1 = math_two_to(half), scale2 = math_two_to(to.k - half);
    *low = ((top - high) + rest) * scale1 * scale2;
    return high * scale1 * scale2;
}

static inline double math_exp(double x)
{
    double low;
    return math_exp_parts(x, &low);
}

// ---- tanh and sigmoid ------------------------------------------------------------------------------------
// (n + n_low) / (d + d_low), where about_1_d is 1 / d to a few digits.
static inline double math_quotient(double n, double n_low, double d, double d_low, double about_1_d)
{
    double q = n / d;
    return q + (n_low - q * d_low) * about_1_d;
}

// With e = exp(2|x|) - 1: tanh|x| = e / (e + 2), which keeps all digits near 0, = 1 - 2 / (e + 2), better far off.
static inline double math_tanh(double x)
{
    double a = math_abs(x);
    a = math_choose(a > 20, 20, a); // the result is 1
    MathReduced to = math_reduce(2 * a);
    double two_k = math_two_to(to.k), one_less = two_k - 1, r = two_k * to.r;
    double top = one_less + r, rest = ((one_less - top) + r) + two_k * math_exp_rest(to.r, to.low);
    double e = top + rest, e_low = (top - e) + rest;
    double d = 2 + e, d_low = ((2 - d) + e) + e_low;
    int near = a < 0.549; // tanh is 1/2, e is 2
    double n = math_choose(near, e, -2), n_low = math_choose(near, e_low, 0);
    double y = math_quotient(n, n_low, d, math_choose(near, d_low, 0), 0.5 - 0.25 * e + 0.08 * e * e);
    return math_signed_as(x, math_choose(near, y, 1 + y));
}

// With e = exp(-|x|), which never overflows: 1 / (1 + e) for x >= 0 and e / (1 + e) below.
static inline double math_sigmoid(double x)
{
    double e_low, e = math_exp_parts(-math_abs(x), &e_low);
    double d = 1 + e, d_low = ((1 - d) + e) + e_low;
    return math_quotient(math_choose(x < 0, e, 1), math_choose(x < 0, e_low, 0), d, d_low, 1 - 0.5 * e);
}

// ---- log -------------------------------------------------------------------------------------------------
// x = 2^k m with m from sqrt(1/2) to sqrt(2), f = m - 1, s = f / (2 + f):
// log m = 2 atanh s = 2 (s + s^3/3 + s^5/5 + ...) = f - f^2/2 + s (f^2/2 + 2 s^2/3 + 2 s^4/5 + ...)
static inline double math_log(double x)
{
    static const uint64_t least = 0x3FE6A09E667F3BCDu; // the bits of sqrt(1/2)
    double tiny = x < DBL_MIN ? 1 : 0;
    uint64_t bits = math_bits(x * (tiny != 0 ? 0x1p54 : 1));
    uint64_t above = bits - least + ((uint64_t)1023 << 52); // the biased k stands on top
    double k = (double)(int)(above >> 52) - 1023 - 54 * tiny;
    double f = math_from_bits((above & 0xFFFFFFFFFFFFFu) + least) - 1;

    double s = f / (2 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
    double a = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
    double b = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17));
    double series = z * (a + z4 * (b + z4 * (2.0 / 19 + z * (2.0 / 21))));
    double half_square = 0.5 * f * f;
    double y = k * MATH_LN2_HIGH + (f - (half_square - (s * (half_square + series) + k * MATH_LN2_LOW)));

    y = x < INFINITY ? y : x; // inf, NaN
    y = x < 0 ? NAN : y;
    return x == 0 ? -INFINITY : y;
}

// ---- sin -------------------------------------------------------------------------------------------------
// pi/2 in parts of 33 bits and a rest, so that a whole number below 2^20 times a part is exact (Cody & Waite 1980).
static const double MATH_HALF_PI_1 = 0x1.921fb544p0, MATH_HALF_PI_2 = 0x1.0b4611a6p-34,
                    MATH_HALF_PI_3 = 0x1.3198a2ep-69, MATH_HALF_PI_4 = 0x1.b839a252049c1p-104;

// sin(r + low) and cos(r + low) for |r| <= pi/4 and a low far below r's last digit.
static inline double math_sin_near_0(double r, double low)
{
    double z = r * r, z2 = z * z, z4 = z2 * z2;
    double a = (-1.0 / 6 + z * (1.0 / 120)) + z2 * (-1.0 / 5040 + z * (1.0 / 362880));
    double b = (-1.0 / 39916800 + z * (1.0 / 6227020800)) + z2 * (-1.0 / 1307674368000 + z * (1.0 / 355687428096000));
    return r + (r * z * (a + z4 * b) + low * (1 - 0.5 * z));
}

static inline double math_cos_near_0(double r, double low)
{
    double z = r * r, z2 = z * z, z4 = z2 * z2;
    double a = (1.0 / 24 + z * (-1.0 / 720)) + z2 * (1.0 / 40320 + z * (-1.0 / 3628800));
    double b = (1.0 / 479001600 + z * (-1.0 / 87178291200)) + z2 * (1.0 / 20922789888000);
    double half = 0.5 * z, top = 1 - half;
    return top + (((1 - top) - half) + (z2 * (a + z4 * b) - r * low));
}

static inline double math_sin(double x)
{
    double n = math_nearest(x * 0x1.45f306dc9c883p-1); // 2 / pi
    double x1 = x - n * MATH_HALF_PI_1;
    double x2 = x1 - n * MATH_HALF_PI_2, lost2 = (x1 - x2) - n * MATH_HALF_PI_2;
    double x3 = x2 - n * MATH_HALF_PI_3, lost3 = (x2 - x3) - n * MATH_HALF_PI_3;
    double rest = (lost2 + lost3) - n * MATH_HALF_PI_4;
    double r = x3 + rest, low = (x3 - r) + rest;

    uint64_t quarter = math_bits(n + MATH_WHOLE) & 3; // of the circle
    double y = quarter & 1 ? math_cos_near_0(r, low) : math_sin_near_0(r, low);
    y = quarter & 2 ? -y : y;
    y = x == 0 ? x : y; // keeps -0
    return math_abs(x) <= 1e6 ? y : NAN;
}

#endif
