#ifndef BASE_REAL_H
#define BASE_REAL_H

#include "base/math.h"

// The numbers that networks are made of. The build that gives the same bits everywhere computes in double; the fast
// one (UNROLL_FAST) in float, with elementary functions of its own that are 3 ulp off at most and, like those of
// math.h, free of branches.
#ifdef UNROLL_FAST
typedef float Real;

#define REAL_NOTHING 1e-30f // a gradient below this ends where it crosses a time step

static inline uint32_t real_bits(Real x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline Real real_from_bits(uint32_t bits)
{
    Real x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline Real real_abs(Real x)
{
    return real_from_bits(real_bits(x) & 0x7FFFFFFFu);
}

static inline Real real_choose(int when, Real a, Real b)
{
    const uint32_t mask = (uint32_t)0 - (uint32_t)(when != 0);
    return real_from_bits((real_bits(a) & mask) | (real_bits(b) & ~mask));
}

// exp(x) = 2^k (1 + rest) for x from -87 to 89, with |ln(1 + rest)| <= ln(2) / 2; above 88.8 2^k is inf.
static inline Real real_exp_parts(Real x, Real *rest)
{
    const Real whole = 0x1.8p23f, k = (x * 0x1.715476p0f + whole) - whole;
    const Real r = (x - k * 0x1.62ep-1f) - k * 0x1.0bfbe8p-15f; // ln 2 in two parts, the first of 12 bits
    const Real r2 = r * r, r4 = r2 * r2;
    const Real a = (1.0f / 2 + r * (1.0f / 6)) + r2 * (1.0f / 24 + r * (1.0f / 120));
    *rest = r + r2 * (a + r4 * (1.0f / 720 + r * (1.0f / 5040)));
    return real_from_bits(real_bits(k + (whole + 127)) << 23);
}

static inline Real real_exp(Real x)
{
    x = real_choose(x > 89, 89, x);
    x = real_choose(x < -87, -87, x);
    Real rest, scale = real_exp_parts(x, &rest);
    return scale + scale * rest;
}

// 1 / (1 + e) for x >= 0 and e / (1 + e) below, with e = exp(-|x|), which never overflows.
static inline Real real_sigmoid(Real x)
{
    const Real e = real_exp(-real_abs(x));
    return real_choose(x < 0, e, 1) / (1 + e);
}

// e / (e + 2) with e = exp(2|x|) - 1.
static inline Real real_tanh(Real x)
{
    Real a = real_abs(x), rest;
    a = real_choose(a > 10, 10, a); // the result is 1
    const Real scale = real_exp_parts(2 * a, &rest), e = (scale - 1) + scale * rest;
    return real_from_bits(real_bits(e / (e + 2)) | (real_bits(x) & 0x80000000u));
}

static inline Real real_log(Real x)
{
    return (Real)math_log((double)x);
}

static inline Real real_sqrt(Real x)
{
    return sqrtf(x);
}

#else
typedef double Real;

#define REAL_NOTHING 1e-250

static inline Real real_abs(Real x)
{
    return math_abs(x);
}

static inline Real real_exp(Real x)
{
    return math_exp(x);
}

static inline Real real_sigmoid(Real x)
{
    return math_sigmoid(x);
}

static inline Real real_tanh(Real x)
{
    return math_tanh(x);
}

static inline Real real_log(Real x)
{
    return math_log(x);
}

static inline Real real_sqrt(Real x)
{
    return sqrt(x);
}
#endif

enum { FAST_BUILD = sizeof(Real) < sizeof(double) };

#endif
