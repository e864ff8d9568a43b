#ifndef TESTS_TOLERANCE_H
#define TESTS_TOLERANCE_H

#include <float.h>

#include "base/real.h"

// How far apart two ways to compute the same numbers may come, of the largest of them. A test says what it allows the
// exact build; the fast build's numbers have seven digits, and over some fifty time steps of sums of some ten numbers
// each a hundred or two of their roundings gather.
static const double FLOAT_TOLERANCE = 200 * FLT_EPSILON; // 2.4e-5

static inline double tolerance(double exact)
{
    return FAST_BUILD && exact < FLOAT_TOLERANCE ? FLOAT_TOLERANCE : exact;
}

// A slope taken from differences of sums, of the largest of its tensor: their rounding is divided by the distance, and
// a loss is up to twenty times as large as slopes are. The nearer the more rounding, the farther the more curvature:
// float stands hundreds of times farther off.
static const double SLOPE_DISTANCE = FAST_BUILD ? 2e-2 : 1e-4;

static inline double slope_tolerance(double exact)
{
    return FAST_BUILD ? 20 * FLOAT_TOLERANCE / SLOPE_DISTANCE : exact; // 2.4e-2
}

#endif
