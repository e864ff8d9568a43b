#include <math.h>

#include "base/words.h"
#include "views/gradient.h"

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

static bool fits(const Bars *bars, Type type, const char *text, float room)
{
    return draw_width(bars->out, type, text) <= room;
}

// A mark stands where the axis ends.
static float mark_above(const Bars *bars, const Bar *bar)
{
    bool beyond = bar->norm < BARS_LOW || bar->norm > BARS_HIGH;
    return bars->values.logarithmic && beyond ? 4 : 0;
}

// The share nearest to the bar, the value above it. Where not all values have room none is shown, so that no bar looks
// more important than its neighbours; the marked one says its own aside.
static void number_bar(Bars *bars, int t, bool valued)
{
    const Bar *bar = bar_at(bars, t);
    float *top = &bars->top[t - bars->axis.first], x = axis_centre(bars->axis, t), foot = mark_above(bars, bar);
    char value[NUMBER_SIZE];
    const char *share = share_text(bars, bar->norm);
    bool shared = share && fits(bars, TYPE_CAPTION, share, bars->axis.dx - 1);
    if (shared)
        draw_text(bars->out, INK_SOFT, TYPE_CAPTION, x, *top - SHARE_UP - foot, ALIGN_CENTRE, share);
    if (valued)
        draw_text(bars->out, INK_BACKWARD, TYPE_VALUE, x, *top - (shared ? VALUE_UP : SHARE_UP) - foot, ALIGN_CENTRE,
                  number_short(value, bar->norm));
    if (shared || valued)
        *top -= (float)(shared && valued ? NUMBERS_HEIGHT : NUMBERS_HEIGHT / 2) + foot;
}

void bars_mark(Bars *bars, int t, const char *words)
{
    TimeAxis axis = bars->axis;
    Rect plot = bars->values.area;
    float width = draw_width(bars->out, TYPE_VALUE, words), y = plot.y + plot.h;
    float x = fminf(fmaxf(axis_centre(axis, t) - width / 2, plot.x), plot.x + plot.w - width);
    for (int i = axis.first; i <= axis.last; i++)
        if (axis_left(axis, i + 1) > x && axis_left(axis, i) < x + width)
            y = fminf(y, bars->top[i - axis.first]);
    for (int i = axis.first; i <= axis.last; i++)
        if (axis_left(axis, i + 1) > x && axis_left(axis, i) < x + width)
            bars->top[i - axis.first] = y - NUMBERS_HEIGHT / 2;
    draw_text(bars->out, INK_BACKWARD, TYPE_VALUE, x, y - SHARE_UP, ALIGN_LEFT, words);
}

// Where columns are too narrow for numbers, the marked one says its own above all bars that it passes over.
static void number_marked(Bars *bars, int t)
{
    char text[NUMBER_SIZE];
    if (bar_at(bars, t)->kind == BAR_KNOWN)
        bars_mark(bars, t, draw_print(bars->out, "t = %d: %s", t, number_short(text, bar_at(bars, t)->norm)));
}

const char *bars_share(const Bars *bars, int t)
{
    return bar_at(bars, t)->kind == BAR_KNOWN ? share_text(bars, bar_at(bars, t)->norm) : NULL;
}

static bool values_fit(const Bars *bars)
{
    char text[NUMBER_SIZE];
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        if (bar_at(bars, t)->kind == BAR_KNOWN &&
            !fits(bars, TYPE_VALUE, number_short(text, bar_at(bars, t)->norm), bars->axis.dx - 2))
            return false;
    return true;
}

static void number_bars(Bars *bars)
{
    bool valued = values_fit(bars);
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        if (bar_at(bars, t)->kind == BAR_KNOWN)
            number_bar(bars, t, valued);
    if (!valued && axis_shows(bars->axis, bars->snapshot->t))
        number_marked(bars, bars->snapshot->t);
}

// ---- words where there are no bars ------------------------------------------------------------------------------
// What is said over columns of one kind, in full and in short.
static const struct {
    const char *full, *less;
    Ink ink;
} run_words[] = {
    [BAR_NONE] = {"no scored step after it", "none", INK_FAINT},
    [BAR_ZERO] = {"0", "0", INK_FAINT},
    [BAR_UNDERFLOW] = {"underflow", "underflow", INK_BACKWARD},
    [BAR_NOT_FINITE] = {"no longer finite", "∞", INK_WARNING},
};

static void say_of_run(Bars *bars, int first, int last, BarKind kind)
{
    Rect plot = bars->values.area;
    float left = axis_left(bars->axis, first), room = axis_left(bars->axis, last + 1) - left - 4;
    float y = kind == BAR_NOT_FINITE ? plot.y + 14 : plot.y + plot.h - 5;
    const char *words = run_words[kind].full;
    if (!fits(bars, TYPE_CAPTION, words, room))
        words = run_words[kind].less;
    if (!fits(bars, TYPE_CAPTION, words, room))
        return;
    draw_text(bars->out, run_words[kind].ink, TYPE_CAPTION, left + 2 + room / 2, y, ALIGN_CENTRE, words);
    for (int t = first; t <= last; t++)
        bars->top[t - bars->axis.first] -= NUMBERS_HEIGHT / 2;
}

static void say_of_runs(Bars *bars)
{
    for (int t = bars->axis.first, end; t <= bars->axis.last; t = end + 1) {
        BarKind kind = bar_at(bars, t)->kind;
        for (end = t; end < bars->axis.last && bar_at(bars, end + 1)->kind == kind; end++)
            ;
        if (kind != BAR_UNKNOWN && kind != BAR_KNOWN)
            say_of_run(bars, t, end, kind);
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
typedef struct {
    const char *text;
    Type type;
    float x, half; // its middle, and half its width
} ColumnNumber;

static ColumnNumber column_number(const Bars *bars, int t)
{
    Type type = {t == bars->snapshot->t ? FACE_BOLD : FACE_WORDS, TYPE_COLUMN.size};
    const char *text = draw_print(bars->out, "%d", t);
    float half = draw_width(bars->out, type, text) / 2;
    return (ColumnNumber){text, type, fminf(axis_centre(bars->axis, t), bars->area.x + bars->area.w - half - 6), half};
}

static bool touch(ColumnNumber a, ColumnNumber b)
{
    const float apart = 4;
    return fabsf(a.x - b.x) < a.half + b.half + apart;
}

// The marked one always, the others where they leave it room.
static void number_columns(const Bars *bars)
{
    TimeAxis axis = bars->axis;
    int here = axis_shows(axis, bars->snapshot->t) ? bars->snapshot->t : 0;
    ColumnNumber marked = column_number(bars, here), before = {.x = -1e6f};
    float y = bars->area.y + bars->area.h - (bars->texts ? 8 : 6);
    int every = axis_label_every(axis, 2 * column_number(bars, axis.last).half + 8);
    for (int t = axis.first; t <= axis.last; t++) {
        if (t != here && !axis_labels(axis, t, every))
            continue;
        ColumnNumber number = column_number(bars, t);
        if (t != here && (touch(number, before) || (here && touch(number, marked))))
            continue;
        draw_text(bars->out, t == here ? INK_TEXT : INK_SOFT, number.type, number.x, y, ALIGN_CENTRE, number.text);
        before = number;
    }
}

void bars_numbers(Bars *bars)
{
    Rect plot = bars->values.area;
    say_of_runs(bars);
    if (bars->texts)
        number_bars(bars);
    if (bars->texts)
        name_zones(bars);
    number_columns(bars);
    if (!bars->any)
        draw_text(bars->out, INK_FAINT, (Type){FACE_WORDS, 14}, plot.x + plot.w / 2, plot.y + plot.h / 2 + 5,
                  ALIGN_CENTRE, "comes with the backward pass");
}
