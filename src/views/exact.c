#include "views/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"

#define MINUS "\u2212"

static const char *of_size(DrawList *out, double size)
{
    char digits[NUMBER_SIZE];
    number_exact(digits, size);
    const char *e = strchr(digits, 'e');
    if (!e)
        return draw_print(out, "%s", digits);
    int power = atoi(e + 1);
    return draw_print(out, "%.*se%s%d", (int)(e - digits), digits, power < 0 ? MINUS : "", abs(power));
}

const char *exact_text(DrawList *out, double value)
{
    if (isnan(value))
        return "NaN";
    const char *size = isinf(value) ? "∞" : of_size(out, fabs(value));
    return signbit(value) ? draw_print(out, MINUS "%s", size) : size;
}

const char *exact_range(DrawList *out, double low, double high)
{
    return low == high ? exact_text(out, low) : draw_print(out, "%s … %s", exact_text(out, low), exact_text(out, high));
}
