#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/hands.h"

// A slider's way from low to high, and the short decimals on it. A logarithmic one that begins at 0 goes by the
// logarithm of value + 1.
static double scale_of(const Hot *hot, double value)
{
    if (!hot->logarithmic)
        return value;
    return hot->low > 0 ? log(value) : log1p(value);
}

static double unscale(const Hot *hot, double scaled)
{
    if (!hot->logarithmic)
        return scaled;
    return hot->low > 0 ? exp(scaled) : expm1(scaled);
}

static double within(const Hot *hot, double value)
{
    return !(value > hot->low) ? hot->low : value > hot->high ? hot->high : value;
}

// The distance between the values that a drag can reach, a power of ten: a hundredth of the way, or two digits.
static int decimals(const Hot *hot, double value)
{
    double span = hot->logarithmic ? fabs(value) : hot->high - hot->low;
    double power = span > 0 ? floor(log10(span)) : 0;
    int places = (int)(hot->logarithmic ? 1 - power : 2 - power);
    return places < 0 ? 0 : places > 12 ? 12 : places;
}

static const char *written(const Hot *hot, double value, int places, char text[NUMBER_SIZE])
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", hot->whole ? 0 : places, within(hot, value));
    return number_exact(text, within(hot, strtod(digits, NULL)));
}

const char *hot_value(const Hot *hot, double part, char text[NUMBER_SIZE])
{
    double low = scale_of(hot, hot->low), high = scale_of(hot, hot->high);
    double cut = !(part > 0) ? 0 : part > 1 ? 1 : part;
    double value = unscale(hot, low + cut * (high - low));
    return written(hot, value, decimals(hot, value), text);
}

enum { NUDGES = 50 }; // from one end to the other

// A nudge always moves, if only by the last decimal shown.
const char *hot_nudged(const Hot *hot, long steps, char text[NUMBER_SIZE])
{
    double from = within(hot, hot->value);
    double low = scale_of(hot, hot->low), high = scale_of(hot, hot->high);
    double value = unscale(hot, scale_of(hot, from) + (double)steps * (high - low) / NUDGES);
    int places = decimals(hot, from);
    double least = hot->whole ? 1 : pow(10, -places);
    if (fabs(value - from) < fabs((double)steps) * least)
        value = from + (double)steps * least;
    return written(hot, value, places, text);
}
