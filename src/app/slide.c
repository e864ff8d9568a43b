#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/hands.h"

// A slider's way from low to high, and the round values on it. A logarithmic one that begins at 0 goes by the
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

// What a part of the way is worth at a value, made round: 1 or 5 times a power of ten, so that wholes and halves of
// every power can be reached. 1 at least where values are whole.
static double round_step(const Hot *hot, double value, double part)
{
    double way = part * (scale_of(hot, hot->high) - scale_of(hot, hot->low));
    double worth = !hot->logarithmic ? way : way * (hot->low > 0 ? value : value + 1);
    double power = worth > 0 ? pow(10, floor(log10(worth))) : 1e-12, times = worth / power;
    const double slack = 1e-9;
    double step = power * (times <= 1 + slack ? 1 : times <= 5 + slack ? 5 : 10);
    return hot->whole && step < 1 ? 1 : step;
}

static double rounded(double value, double step)
{
    return round(value / step) * step;
}

// Without the digits that a product of powers of ten leaves behind.
static const char *written(const Hot *hot, double value, double step, char text[NUMBER_SIZE])
{
    char digits[64];
    int places = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
    snprintf(digits, sizeof digits, "%.*f", places, value);
    return number_exact(text, within(hot, strtod(digits, NULL)));
}

// As finely as the track has pixels. The ends are what they are, round or not.
const char *hot_value(const Hot *hot, double part, char text[NUMBER_SIZE])
{
    static const double USUAL_LENGTH = 192; // px
    double length = (double)(hot->upright ? hot->track.h : hot->track.w), low = scale_of(hot, hot->low);
    if (!(part > 0) || part >= 1)
        return number_exact(text, part >= 1 ? hot->high : hot->low);
    double value = unscale(hot, low + part * (scale_of(hot, hot->high) - low));
    double step = round_step(hot, value, 1 / (length >= 1 ? length : USUAL_LENGTH));
    return written(hot, rounded(value, step), step, text);
}

enum { NUDGES = 100 }; // from one end to the other, or a little more

// A nudge always moves.
const char *hot_nudged(const Hot *hot, long steps, char text[NUMBER_SIZE])
{
    double from = within(hot, hot->value), part = 1.0 / NUDGES, low = scale_of(hot, hot->low);
    double way = (double)steps * part * (scale_of(hot, hot->high) - low);
    double value = within(hot, unscale(hot, scale_of(hot, from) + way));
    double step = round_step(hot, value, part), to = rounded(value, step);
    bool still = steps > 0 ? to < from + step / 1e6 : to > from - step / 1e6;
    if (still)
        to = rounded(from, step) + (steps > 0 ? step : -step);
    return written(hot, to, step, text);
}
