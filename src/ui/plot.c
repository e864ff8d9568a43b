#include "ui/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "base/words.h"

enum { LABEL_APART = 24, TICKS_MOST = 32 }; // px from label to label

static const double LN_10 = 2.302585092994045684;

// The number nearest to 10^n, as every machine reads it.
static double ten_to(int n)
{
    char text[16];
    snprintf(text, sizeof text, "1e%d", n);
    return strtod(text, NULL);
}

// The largest n with 10^n <= value; value > 0 and finite. The logarithm may miss by one where value is a power of ten.
static int power_below(double value)
{
    int n = (int)floor(math_log(value) / LN_10);
    if (ten_to(n + 1) <= value)
        n++;
    return ten_to(n) > value ? n - 1 : n;
}

static int power_above(double value)
{
    int n = power_below(value);
    return ten_to(n) < value ? n + 1 : n;
}

// The smallest of 1, 2, 5, 10, 20, 50 … (or of its tenths) that is not below `least`.
static double round_step(double least)
{
    int n = power_below(least);
    double step = ten_to(n);
    for (int i = 0; step < least; i++)
        step = i == 0 ? 2 * ten_to(n) : i == 1 ? 5 * ten_to(n) : ten_to(n + 1);
    return step;
}

// ---- where a value stands -----------------------------------------------------
float value_y(ValueAxis axis, double value)
{
    double low = axis.low, high = axis.high;
    if (axis.logarithmic) {
        value = math_log(value > 0 ? value : 0);
        low = math_log(low);
        high = math_log(high);
    }
    double part = (value - low) / (high - low);
    part = part > 0 ? part : 0; // and NaN
    part = part < 1 ? part : 1;
    return axis.area.y + axis.area.h * (float)(1 - part);
}

// ---- round numbers --------------------------------------------------------------
// Multiples of `step` are counted, not added up, so that 0.1 · 3 is as near to 0.3 as can be.
static int linear_ticks(ValueAxis axis, double *ticks, int most)
{
    double step = round_step((axis.high - axis.low) / (most - 1));
    double slack = step * 1e-9; // a bound that is itself a multiple counts, however it was rounded
    int count = 0;
    for (double n = ceil((axis.low - slack) / step); n * step <= axis.high + slack && count < most; n++)
        ticks[count++] = n * step + 0; // + 0 makes -0 a 0
    return count;
}

static int power_ticks(ValueAxis axis, double *ticks, int most)
{
    double decades = (math_log(axis.high) - math_log(axis.low)) / LN_10;
    int every = (int)round_step(fmax(1, decades / (most - 1) - 1e-9));
    int count = 0;
    for (int n = power_above(axis.low); n <= power_below(axis.high) && count < most; n++)
        if (n % every == 0)
            ticks[count++] = ten_to(n);
    return count;
}

int value_ticks(ValueAxis axis, double *ticks, int most)
{
    return axis.logarithmic ? power_ticks(axis, ticks, most) : linear_ticks(axis, ticks, most);
}

// Bounds are asked for values as training yields them, not finite ones too.
static double finite(double value, double least)
{
    return value == value ? fmin(fmax(value, least), 1e300) : least;
}

// At most about ten steps lie between the bounds; equal bounds are drawn apart first.
void value_bounds(double *low, double *high)
{
    *low = finite(*low, -1e300);
    *high = finite(*high, *low);
    if (!(*high > *low)) {
        double half = *low != 0 ? 0.5 * math_abs(*low) : 0.5;
        *low -= half;
        *high = *low + 2 * half;
    }
    double step = round_step((*high - *low) / 10);
    *low = floor(*low / step + 1e-9) * step;
    *high = ceil(*high / step - 1e-9) * step;
}

void value_bounds_log(double *low, double *high)
{
    int from = power_below(finite(*low, 1e-300)), to = power_above(finite(*high, 1e-300));
    *low = ten_to(from);
    *high = ten_to(to > from ? to : from + 1);
}

// ---- lines and labels -------------------------------------------------------------
// 1e-3 as 1e−3, -2 as −2.
static const char *with_true_minus(DrawList *out, const char *text)
{
    const char *minus = strchr(text, '-');
    if (!minus)
        return draw_print(out, "%s", text);
    return draw_print(out, "%.*s−%s", (int)(minus - text), text, minus + 1);
}

static const char *power_label(DrawList *out, double tick)
{
    int n = power_below(tick);
    if (n < -2 || n > 2)
        return with_true_minus(out, draw_print(out, "1e%d", n));
    return draw_print(out, "%.*f", n < 0 ? -n : 0, tick);
}

// As many decimals as the step between ticks has.
static const char *linear_label(DrawList *out, double tick, double step)
{
    int n = power_below(step * (1 + 1e-9));
    char text[NUMBER_SIZE];
    bool plain = n >= -5 && math_abs(tick) < 1e6;
    return plain ? with_true_minus(out, draw_print(out, "%.*f", n < 0 ? -n : 0, tick))
                 : draw_print(out, "%s", number_short(text, tick));
}

// Labels stand left of the area on their lines, or inside at its right just above them.
static void draw_label(DrawList *out, ValueAxis axis, float y, bool right, const char *text)
{
    if (right)
        draw_text(out, INK_FAINT, TYPE_CAPTION, axis.area.x + axis.area.w - 4, y - 4, ALIGN_RIGHT, text);
    else
        draw_text(out, INK_FAINT, TYPE_CAPTION, axis.area.x - 6, y + 4, ALIGN_RIGHT, text);
}

void value_grid(DrawList *out, ValueAxis axis, bool labels_right)
{
    double ticks[TICKS_MOST];
    int room = (int)(axis.area.h / LABEL_APART) + 1;
    int count = room < 2 ? 0 : value_ticks(axis, ticks, room < TICKS_MOST ? room : TICKS_MOST);
    double step = count > 1 ? ticks[1] - ticks[0] : axis.high - axis.low;
    for (int i = 0; i < count; i++) {
        float y = floorf(value_y(axis, ticks[i])) + 0.5f; // one row of pixels, not two pale ones
        draw_line(out, INK_GRIDLINE, axis.area.x, y, axis.area.x + axis.area.w, y, 1);
        draw_label(out, axis, y, labels_right,
                   axis.logarithmic ? power_label(out, ticks[i]) : linear_label(out, ticks[i], step));
    }
}

// ---- curves -----------------------------------------------------------------------
// What one pixel column shows: the points that fall into it as one, NaN left out.
typedef struct {
    CurvePoint point; // mean is NaN where there was nothing
    float x;
} CurveColumn;

static CurvePoint points_join(const CurvePoint *points, int count)
{
    CurvePoint all = {INFINITY, -INFINITY, 0};
    int known = 0;
    for (int i = 0; i < count; i++) {
        if (points[i].mean != points[i].mean)
            continue;
        all.low = fmin(all.low, points[i].low);
        all.high = fmax(all.high, points[i].high);
        all.mean += points[i].mean;
        known++;
    }
    all.mean = known ? all.mean / known : NAN;
    return all;
}

static int curve_columns(const CurvePoint *points, int count, float x0, float dx, CurveColumn *columns)
{
    int made = 0;
    for (int from = 0, to; from < count; from = to) {
        float pixel = floorf(dx * (float)from);
        to = from + 1;
        while (to < count && floorf(dx * (float)to) <= pixel)
            to++;
        columns[made].x = x0 + dx * 0.5f * (float)(from + to - 1);
        columns[made++].point = points_join(points + from, to - from);
    }
    return made;
}

// Pale bars from low to high, 1 px wide.
static void draw_spread(DrawList *out, Ink ink, ValueAxis axis, const CurveColumn *columns, int count)
{
    uint8_t before = draw_fade(out, 0.35f);
    for (int i = 0; i < count; i++) {
        CurvePoint point = columns[i].point;
        if (point.mean != point.mean || !(point.low < point.high))
            continue;
        float top = value_y(axis, point.high), bottom = value_y(axis, point.low);
        draw_rect(out, ink, (Rect){floorf(columns[i].x), top, 1, bottom - top}, 0);
    }
    out->alpha = before;
}

// A line through the means that stand side by side; a mean alone is a dot, thicker than the line so that it is seen.
static void draw_means(DrawList *out, Ink ink, ValueAxis axis, const CurveColumn *columns, int count, float width)
{
    Point *line = arena_new(out->arena, Point, count);
    int length = 0;
    for (int i = 0; i <= count; i++) {
        if (i < count && columns[i].point.mean == columns[i].point.mean) {
            line[length++] = (Point){columns[i].x, value_y(axis, columns[i].point.mean)};
            continue;
        }
        if (length == 1)
            draw_circle(out, ink, line[0].x, line[0].y, 1.5f * width);
        if (length > 1)
            draw_polyline(out, ink, line, length, width);
        length = 0;
    }
}

void plot_curve(DrawList *out, Ink ink, ValueAxis axis, const CurvePoint *points, int count, float x0, float dx,
                float width)
{
    if (count < 1)
        return;
    CurveColumn *columns = arena_new(out->arena, CurveColumn, count);
    int made = curve_columns(points, count, x0, dx, columns);
    draw_spread(out, ink, axis, columns, made);
    draw_means(out, ink, axis, columns, made, width);
}
