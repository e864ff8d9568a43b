#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "views/gradient.h"

// ---- the scale --------------------------------------------------------------------------------------------------
// As short as can be, for the margin is narrow: 100, 0.05, 2.5e−4.
static const char *tick_text(const Bars *bars, double tick)
{
    char text[NUMBER_SIZE];
    if (tick == 0 || (tick >= 0.01 && tick < 1000))
        return draw_print(bars->out, "%s", number_short(text, tick));
    const char *digits = draw_print(bars->out, "%.1e", tick), *e = strchr(digits, 'e');
    int shown = strncmp(e - 2, ".0", 2) == 0 ? 1 : 3, power = atoi(e + 1);
    return draw_print(bars->out, "%.*se%s%d", shown, digits, power < 0 ? "−" : "", abs(power));
}

static void draw_tick(const Bars *bars, double tick)
{
    enum { SCALE_WIDTH = 28 };
    Rect plot = bars->values.area;
    const char *text = tick_text(bars, tick);
    float y = floorf(value_y(bars->values, tick)) + 0.5f; // one row of pixels, not two pale ones
    draw_line(bars->out, INK_GRIDLINE, plot.x, y, plot.x + plot.w, y, 1);
    if (draw_width(bars->out, TYPE_CAPTION, text) <= SCALE_WIDTH)
        draw_text(bars->out, INK_FAINT, TYPE_CAPTION, plot.x - 6, y + 4, ALIGN_RIGHT, text);
}

// The logarithmic axis is always the same one: 1 stands on it, and both its ends.
void bars_scale(const Bars *bars)
{
    enum { POWERS = 7, LEAST_APART = 15, APART = 24, TICKS = 16 };
    static const double powers[POWERS] = {1e-8, 1e-6, 1e-4, 1e-2, 1, 1e2, 1e4};
    double ticks[TICKS];
    float height = bars->values.area.h;
    int every = height >= (POWERS - 1) * LEAST_APART ? 1
                : height >= 3 * LEAST_APART          ? 2
                                                     : 4,
        room = 2 + (int)(height / APART);
    int count = value_ticks(bars->values, ticks, room < TICKS ? room : TICKS);
    if (bars->values.logarithmic)
        for (int i = 0; i < POWERS; i += every)
            draw_tick(bars, powers[i]);
    else
        for (int i = 0; i < count; i++)
            draw_tick(bars, ticks[i]);
}
