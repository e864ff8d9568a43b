#include <math.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/widgets.h"
#include "views/gradient.h"
#include "views/views.h"

enum { VALUE_UP = 17, SHARE_UP = 5, NUMBERS_HEIGHT = 29 }; // baselines above a bar, and what they take
static const Type TYPE_VALUE = {FACE_SEMIBOLD, 11};
static const Type TYPE_COLUMN = {FACE_WORDS, 12};

// ---- numbers above the bars -------------------------------------------------------------------------------------
static const char *share_text(const Bars *bars, double norm)
{
    char text[NUMBER_SIZE];
    double percent = 100 * norm / bars->reference;
    if (!(bars->reference > 0))
        return NULL;
    if (percent >= 1 && percent < 1000)
        return draw_print(bars->out, "%.0f %%", percent);
    if (percent >= 0.001 && percent < 1)
        return draw_print(bars->out, "%.*f %%", percent >= 0.1 ? 1 : percent >= 0.01 ? 2 : 3, percent);
    return draw_print(bars->out, "%s %%", number_short(text, percent));
}

// The numbers of all columns or of none, so that they are compared and not searched for; the marked one always tries.
static bool fits(const Bars *bars, Type type, const char *text, float room)
{
    return draw_width(bars->out, type, text) <= room;
}

static void number_bar(Bars *bars, int t, float room)
{
    const Bar *bar = bar_at(bars, t);
    float *top = &bars->top[t - bars->axis.first], x = axis_centre(bars->axis, t);
    char text[NUMBER_SIZE];
    if (bar->kind == BAR_NOT_FINITE) {
        draw_text(bars->out, INK_WARNING, TYPE_STRONG, x, *top - SHARE_UP, ALIGN_CENTRE,
                  isnan(bar->norm) ? "NaN" : "∞");
        *top -= NUMBERS_HEIGHT / 2;
        return;
    }
    const char *value = bar->kind == BAR_KNOWN ? number_short(text, bar->norm) : NULL;
    const char *share = value ? share_text(bars, bar->norm) : NULL;
    if (!value || !fits(bars, TYPE_VALUE, value, room))
        return;
    bool both = share && fits(bars, TYPE_CAPTION, share, room);
    float foot = bar->norm < BARS_LOW && bars->values.logarithmic ? 6 : 0; // above the mark
    if (bar->norm > BARS_HIGH && bars->values.logarithmic)
        foot = 4;
    if (both)
        draw_text(bars->out, INK_SOFT, TYPE_CAPTION, x, *top - SHARE_UP - foot, ALIGN_CENTRE, share);
    draw_text(bars->out, INK_BACKWARD, TYPE_VALUE, x, *top - (both ? VALUE_UP : SHARE_UP) - foot, ALIGN_CENTRE, value);
    *top -= (both ? NUMBERS_HEIGHT : NUMBERS_HEIGHT / 2) + foot;
}

// ---- words where there are no bars ------------------------------------------------------------------------------
static void run_words(Bars *bars, int first, int last, BarKind kind)
{
    static const char *const long_words[] = {
        [BAR_NONE] = "no scored step after it", [BAR_UNDERFLOW] = "underflow", [BAR_ZERO] = "0"};
    static const char *const short_words[] = {[BAR_NONE] = "none", [BAR_UNDERFLOW] = "underflow", [BAR_ZERO] = "0"};
    Rect plot = bars->values.area;
    float left = axis_left(bars->axis, first), room = axis_left(bars->axis, last + 1) - left - 4;
    const char *words = fits(bars, TYPE_CAPTION, long_words[kind], room) ? long_words[kind] : short_words[kind];
    if (!fits(bars, TYPE_CAPTION, words, room))
        return;
    draw_text(bars->out, kind == BAR_UNDERFLOW ? INK_BACKWARD : INK_FAINT, TYPE_CAPTION, left + 2 + room / 2,
              plot.y + plot.h - 5, ALIGN_CENTRE, words);
    for (int t = first; t <= last; t++)
        bars->top[t - bars->axis.first] -= NUMBERS_HEIGHT / 2;
}

static void draw_runs(Bars *bars)
{
    for (int t = bars->axis.first, end; t <= bars->axis.last; t = end + 1) {
        BarKind kind = bar_at(bars, t)->kind;
        for (end = t; end < bars->axis.last && bar_at(bars, end + 1)->kind == kind; end++)
            ;
        if (kind == BAR_NONE || kind == BAR_UNDERFLOW || kind == BAR_ZERO)
            run_words(bars, t, end, kind);
    }
}

// ---- names of the zones -----------------------------------------------------------------------------------------
// The leftmost place where `width` px of columns have nothing as high as `bottom`; below 0: there is none.
static float free_place(const Bars *bars, float width, float bottom)
{
    float left = bars->axis.x0;
    for (int t = bars->axis.first; t <= bars->axis.last; t++) {
        if (bars->top[t - bars->axis.first] < bottom)
            left = axis_left(bars->axis, t + 1);
        else if (axis_left(bars->axis, t + 1) - left >= width)
            return left;
    }
    return -1;
}

// With its measure, or where that has no room, by its name alone.
static void name_zone(const Bars *bars, float top, float bottom, const char *name, const char *measure)
{
    enum { LINE = 16, INSET = 6 };
    const char *words = draw_print(bars->out, "%s: %s t = %d", name, measure, bars->last);
    if (bottom - top < LINE)
        return;
    for (int i = 0; i < 2; i++, words = name) {
        float x = free_place(bars, draw_width(bars->out, TYPE_CAPTION, words) + 2 * INSET, top + LINE);
        if (x < 0)
            continue;
        draw_text(bars->out, INK_SOFT, TYPE_CAPTION, x + INSET, top + LINE - 4, ALIGN_LEFT, words);
        return;
    }
}

static void name_zones(const Bars *bars)
{
    Rect plot = bars->values.area;
    if (!(bars->reference > 0))
        return;
    name_zone(bars, value_y(bars->values, VANISHING * bars->reference), plot.y + plot.h, "vanishing",
              "less than a thousandth of");
    name_zone(bars, plot.y, value_y(bars->values, EXPLODING * bars->reference), "exploding",
              "more than a thousand times");
}

// ---- the columns' numbers ---------------------------------------------------------------------------------------
static void number_columns(const Bars *bars)
{
    TimeAxis axis = bars->axis;
    float y = bars->area.y + bars->area.h - (bars->texts ? 8 : 6), end = 0;
    const char *widest = draw_print(bars->out, "%d", axis.last);
    int every = axis_label_every(axis, draw_width(bars->out, TYPE_COLUMN, widest) + 8);
    for (int t = axis.first; t <= axis.last; t++) {
        if (!axis_labels(axis, t, every))
            continue;
        bool marked = t == bars->snapshot->t;
        Type type = {marked ? FACE_BOLD : FACE_WORDS, TYPE_COLUMN.size};
        const char *text = draw_print(bars->out, "%d", t);
        float half = draw_width(bars->out, type, text) / 2;
        float x = fminf(axis_centre(axis, t), bars->area.x + bars->area.w - half - 1);
        if (x - half < end)
            continue;
        draw_text(bars->out, marked ? INK_TEXT : INK_SOFT, type, x, y, ALIGN_CENTRE, text);
        end = x + half + 3;
    }
}

void bars_numbers(Bars *bars)
{
    Rect plot = bars->values.area;
    float room = bars->axis.dx - 2;
    for (int t = bars->axis.first; bars->texts && room > 0 && t <= bars->axis.last; t++)
        number_bar(bars, t, room);
    draw_runs(bars);
    if (bars->texts)
        name_zones(bars);
    number_columns(bars);
    if (!bars->any)
        draw_text(bars->out, INK_FAINT, (Type){FACE_WORDS, 14}, plot.x + plot.w / 2, plot.y + plot.h / 2 + 5,
                  ALIGN_CENTRE, "comes with the backward pass");
}

// ---- the margin -------------------------------------------------------------------------------------------------
enum { MARGIN_LEFT = 9, MARGIN_NAME = 12, SEGMENT_WIDTH = 27, SEGMENT_HEIGHT = 20 };

static void draw_segments(const Bars *bars, float y, const Button segments[2])
{
    for (int i = 0; i < 2; i++)
        button_segment(
            bars->out,
            (Rect){bars->area.x + MARGIN_LEFT + (float)(i * SEGMENT_WIDTH), y, SEGMENT_WIDTH, SEGMENT_HEIGHT},
            segments[i]);
}

static void axis_segments(const Bars *bars, float y)
{
    bool linear = bars->snapshot->linear;
    draw_segments(bars, y,
                  (Button[2]){
                      {.name = "bars log",
                       .text = "log",
                       .line = "bars log",
                       .tip = "a tenth is as far from 1 as 1 from 10",
                       .chosen = !linear,
                       .ink = INK_ACTIVE},
                      {.name = "bars linear",
                       .text = "lin",
                       .line = "bars linear",
                       .tip = "twice as long is twice as high",
                       .chosen = linear,
                       .ink = INK_ACTIVE},
                  });
}

static void state_segments(const Bars *bars, float y)
{
    bool of_memory = bars->slot == bars->snapshot->program->memory;
    draw_segments(bars, y,
                  (Button[2]){
                      {.name = "gradient c",
                       .text = "c",
                       .line = "gradient c",
                       .tip = "with respect to the cell state c",
                       .chosen = of_memory,
                       .ink = INK_ACTIVE},
                      {.name = "gradient h",
                       .text = "h",
                       .line = "gradient h",
                       .tip = "with respect to the hidden state h",
                       .chosen = !of_memory,
                       .ink = INK_ACTIVE},
                  });
}

// From the top, as much as there is room for; the scale's numbers stand at the right end.
void bars_margin(const Bars *bars)
{
    enum { HEAD = 52, HEAD_LOW = 38, EACH = SEGMENT_HEIGHT + 4 };
    float x = bars->area.x + MARGIN_NAME, head = bars->area.h >= 140 ? HEAD : HEAD_LOW;
    float y = bars->area.y + head, bottom = bars->area.y + bars->area.h - 4;
    draw_text(bars->out, INK_BACKWARD, TYPE_STRONG, x, bars->area.y + (head - 34 + 5), ALIGN_LEFT, "gradient");
    draw_formula(bars->out, INK_BACKWARD, 15, x, bars->area.y + (head - 11), ALIGN_LEFT,
                 draw_print(bars->out, "\\norm{\\partial L/\\partial %s_t}", bars->sign));
    if (bars->snapshot->program->memory != NONE && y + SEGMENT_HEIGHT <= bottom) {
        state_segments(bars, y);
        y += EACH;
    }
    if (y + SEGMENT_HEIGHT <= bottom)
        axis_segments(bars, y);
}
