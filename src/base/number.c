#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"

#define MINUS      "\u2212"
#define THIN_SPACE "\u2009"

static void drop_trailing_zeros(char *digits)
{
    if (!strchr(digits, '.'))
        return;
    char *last = digits + strlen(digits) - 1;
    while (*last == '0')
        *last-- = 0;
    if (*last == '.')
        *last = 0;
}

const char *number_short(char text[NUMBER_SIZE], double value)
{
    if (isnan(value))
        return strcpy(text, "not a number");
    const char *sign = value < 0 ? MINUS : "";
    double size = fabs(value);
    if (isinf(value)) {
        snprintf(text, NUMBER_SIZE, "%s∞", sign);
        return text;
    }
    char digits[16];
    snprintf(digits, sizeof digits, "%.2e", size); // rounds; 999.9 becomes 1.00e+03
    int power = atoi(strchr(digits, 'e') + 1);
    double rounded = strtod(digits, NULL);
    if (power >= -4 && power < 6) {
        snprintf(digits, sizeof digits, "%.*f", power < 2 ? 2 - power : 0, rounded);
        drop_trailing_zeros(digits);
        snprintf(text, NUMBER_SIZE, "%s%s", sign, digits);
        return text;
    }
    *strchr(digits, 'e') = 0;
    drop_trailing_zeros(digits);
    snprintf(text, NUMBER_SIZE, "%s%se%s%d", sign, digits, power < 0 ? MINUS : "", abs(power));
    return text;
}

const char *number_exact(char text[NUMBER_SIZE], double value)
{
    if (isnan(value))
        return strcpy(text, "nan"); // printf may write "-nan"
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return text;
}

// A thin blank between thousands, as ISO 80000-1 writes them.
const char *number_grouped(char text[NUMBER_SIZE], long value)
{
    unsigned long rest = value < 0 ? 0 - (unsigned long)value : (unsigned long)value;
    char plain[NUMBER_SIZE], *out = text;
    int count = snprintf(plain, sizeof plain, "%lu", rest);
    if (value < 0)
        out = stpcpy(out, MINUS);
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out = stpcpy(out, THIN_SPACE);
        *out++ = plain[i];
    }
    *out = 0;
    return text;
}
