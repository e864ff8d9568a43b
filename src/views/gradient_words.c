#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "views/gradient.h"
#include "views/place.h"

enum { TEXT_UP = 5, SHARE_HEIGHT = 12, VALUE_HEIGHT = 16, WORDS_HEIGHT = 14 }; // baselines, and what lines take
static const Type TYPE_VALUE = {FACE_SEMIBOLD, 11};
static const Type TYPE_COLUMN = {FACE_WORDS, 12}, TYPE_COLUMN_MARKED = {FACE_BOLD, 12};

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

static bool is_beyond(const Bars *bars, const Bar *bar)
{
    return bars->values.logarithmic && (bar->norm < BARS_LOW || bar->norm > BARS_HIGH);
}

// Beyond the axis it is the exponent that matters.
static const char *value_text(const Bars *bars, int t)
{
    char text[NUMBER_SIZE];
    const Bar *bar = bar_at(bars, t);
    const char *full = draw_print(bars->out, "%s", number_short(text, bar->norm));
    if (!is_beyond(bars, bar) || fits(bars, TYPE_VALUE, full, bars->axis.dx - 2))
        return full;
    return draw_print(bars->out, "%s", number_short(text, strtod(draw_print(bars->out, "%.0e", bar->norm), NULL)));
}

// ---- shares: nearest to the bar, or to the mark of one that goes on beyond the axis
static void share_bar(Bars *bars, int t)
{
    const Bar *bar = bar_at(bars, t);
    float *top = &bars->top[t - bars->axis.first];
    const char *share = share_text(bars, bar->norm);
    *top -= is_beyond(bars, bar) ? 4 : 0;
    if (!share || !fits(bars, TYPE_CAPTION, share, bars->axis.dx - 1))
        return;
    draw_text(bars->out, INK_SOFT, TYPE_CAPTION, axis_centre(bars->axis, t), *top - TEXT_UP, ALIGN_CENTRE, share);
    *top -= SHARE_HEIGHT;
}

// ---- values: above all that stands in the columns which they pass over
typedef struct {
    LabelRow row;
    float *top; // what is highest with the values
    float floats_most;
} Values;

static void put_value(Bars *bars, Values *values, int t, const char *words)
{
    TimeAxis axis = bars->axis;
    LabelRow *row = &values->row;
    float half = draw_width(bars->out, TYPE_VALUE, words) / 2, y = bars->top[t - axis.first], own = y;
    float x = fmaxf(fminf(axis_centre(axis, t), row->right - half), row->left + half);
    int first = t, last = t;
    while (first > axis.first && axis_left(axis, first) > x - half)
        first--;
    while (last < axis.last && axis_left(axis, last + 1) < x + half)
        last++;
    for (int i = first; i <= last; i++)
        y = fminf(y, bars->top[i - axis.first]);
    if (own - y > values->floats_most || !label_put(row, INK_BACKWARD, TYPE_VALUE, x, y - TEXT_UP, words))
        return;
    for (int i = first; i <= last; i++)
        values->top[i - axis.first] = y - VALUE_HEIGHT;
}

void bars_mark(Bars *bars, int t, const char *words)
{
    Rect plot = bars->values.area;
    Values values = {.row = label_row(bars->out, plot.x, plot.x + plot.w, 0), .top = bars->top, .floats_most = plot.h};
    put_value(bars, &values, t, words);
}

const char *bars_share(const Bars *bars, int t)
{
    return bar_at(bars, t)->kind == BAR_KNOWN ? share_text(bars, bar_at(bars, t)->norm) : NULL;
}

static bool values_fit(const Bars *bars)
{
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        if (bar_at(bars, t)->kind == BAR_KNOWN && !fits(bars, TYPE_VALUE, value_text(bars, t), bars->axis.dx - 2))
            return false;
    return true;
}

static int first_known(const Bars *bars, int from, int step)
{
    int t = from;
    while (axis_shows(bars->axis, t) && bar_at(bars, t)->kind != BAR_KNOWN)
        t += step;
    return t;
}

static void put_known(Bars *bars, Values *values, int t)
{
    if (axis_shows(bars->axis, t) && bar_at(bars, t)->kind == BAR_KNOWN)
        put_value(bars, values, t, value_text(bars, t));
}

// The marked bar says which one it is; those at the ends come next, and then whoever finds room beside them, as long as
// a number can be told to be of its bar.
static void number_some(Bars *bars, Values *values)
{
    const float columns_most = 2.3f, floats_most = 14;
    TimeAxis axis = bars->axis;
    int here = bars->snapshot->t;
    if (axis_shows(axis, here) && bar_at(bars, here)->kind == BAR_KNOWN)
        put_value(bars, values, here, draw_print(bars->out, "t = %d: %s", shown_t(bars, here), value_text(bars, here)));
    put_known(bars, values, first_known(bars, axis.last, -1));
    put_known(bars, values, first_known(bars, axis.first, 1));
    values->floats_most = floats_most;
    for (int t = axis.last; t >= axis.first && axis_class(axis) <= COLUMN_MIDDLE; t--)
        if (fits(bars, TYPE_VALUE, value_text(bars, t), columns_most * axis.dx))
            put_known(bars, values, t);
}

static void number_bars(Bars *bars)
{
    Rect plot = bars->values.area;
    int count = bars->axis.last - bars->axis.first + 1;
    bool all = values_fit(bars);
    Values values = {.row = label_row(bars->out, plot.x, plot.x + plot.w, all ? 0 : 6), .floats_most = plot.h};
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        if (bar_at(bars, t)->kind == BAR_KNOWN)
            share_bar(bars, t);
    values.top = arena_new(bars->out->arena, float, count);
    memcpy(values.top, bars->top, sizeof *values.top * (size_t)count);
    for (int t = bars->axis.first; t <= bars->axis.last && all; t++)
        put_known(bars, &values, t);
    if (!all)
        number_some(bars, &values);
    bars->top = values.top;
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
    [BAR_PADDING] = {"padding", "", INK_FAINT},
};

static void say_of_run(Bars *bars, int first, int last, BarKind kind)
{
    Rect plot = bars->values.area;
    float left = axis_left(bars->axis, first), room = axis_left(bars->axis, last + 1) - left - 4;
    float y = kind == BAR_NOT_FINITE ? plot.y + 14 : plot.y + plot.h - 5;
    const char *words = kind == BAR_NONE && bars->snapshot->reverse ? "no scored step before it" : run_words[kind].full;
    if (!fits(bars, TYPE_CAPTION, words, room))
        words = run_words[kind].less;
    if (!fits(bars, TYPE_CAPTION, words, room))
        return;
    draw_text(bars->out, run_words[kind].ink, TYPE_CAPTION, left + 2 + room / 2, y, ALIGN_CENTRE, words);
    for (int t = first; t <= last; t++)
        bars->top[t - bars->axis.first] -= WORDS_HEIGHT;
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

// The longest of some words that finds a place, from the top of a strip on.
static void say_within(const Bars *bars, float top, float bottom, const char *const *words, int count)
{
    enum { LINE = 16, INSET = 6 };
    if (bottom - top < LINE)
        return;
    for (int i = 0; i < count; i++) {
        float x = free_place(bars, draw_width(bars->out, TYPE_CAPTION, words[i]) + 2 * INSET, top + LINE);
        if (x < 0)
            continue;
        draw_text(bars->out, INK_SOFT, TYPE_CAPTION, x + INSET, top + LINE - 4, ALIGN_LEFT, words[i]);
        return;
    }
}

// With its measure, or where that has no room, by its name alone.
static void name_zone(const Bars *bars, float top, float bottom, const char *name, const char *measure)
{
    const char *words[] = {draw_print(bars->out, "%s: %s t = %d", name, measure, shown_t(bars, bars->last)), name};
    say_within(bars, top, bottom, words, 2);
}

static bool all_beyond(const Bars *bars, bool below)
{
    for (int t = bars->axis.first; t <= bars->axis.last; t++) {
        const Bar *bar = bar_at(bars, t);
        bool inside = below ? bar->norm >= BARS_LOW : bar->norm <= BARS_HIGH;
        if (bar->kind == BAR_NOT_FINITE || (bar->kind == BAR_KNOWN && inside))
            return false;
    }
    return true;
}

// Why there are no zones.
static void name_beyond(const Bars *bars)
{
    Rect plot = bars->values.area;
    bool below = bars->reference < BARS_LOW;
    const char *where = below ? "below 1e−8" : "above 1e4";
    const char *all = draw_print(bars->out, "all %s", where);
    const char *one =
        draw_print(bars->out, "t = %d, by which the others are measured, is %s", shown_t(bars, bars->last), where);
    const char *less = draw_print(bars->out, "t = %d is %s", shown_t(bars, bars->last), where);
    bool every = all_beyond(bars, below);
    say_within(bars, plot.y, plot.y + plot.h, every ? (const char *[]){all, all} : (const char *[]){one, less}, 2);
}

static void name_zones(const Bars *bars)
{
    Rect plot = bars->values.area;
    if (!bars_zoned(bars)) {
        if (bars->reference > 0)
            name_beyond(bars);
        return;
    }
    name_zone(bars, value_y(bars->values, VANISHING * bars->reference), plot.y + plot.h, "vanishing",
              "less than a thousandth of");
    name_zone(bars, plot.y, value_y(bars->values, EXPLODING * bars->reference), "exploding",
              "more than a thousand times");
}

// ---- the columns' numbers ---------------------------------------------------------------------------------------
static void number_column(const Bars *bars, LabelRow *labels, int t)
{
    bool marked = t == bars->snapshot->t;
    float y = bars->area.y + bars->area.h - (bars->texts ? 8 : 6);
    label_put(labels, marked ? INK_TEXT : INK_SOFT, marked ? TYPE_COLUMN_MARKED : TYPE_COLUMN,
              axis_centre(bars->axis, t), y, draw_print(bars->out, "%d", shown_t(bars, t)));
}

// The marked one always, the others where they leave it room.
static void number_columns(const Bars *bars)
{
    TimeAxis axis = bars->axis;
    float right = bars->area.x + bars->area.w - LABEL_INSET;
    LabelRow labels = label_row(bars->out, axis.x0 - LABEL_INSET, right, 4);
    int every = axis_label_every(axis, draw_width(bars->out, TYPE_COLUMN, draw_print(bars->out, "%d", axis.last)) + 8);
    if (axis_shows(axis, bars->snapshot->t))
        number_column(bars, &labels, bars->snapshot->t);
    for (int t = axis.first; t <= axis.last; t++)
        if (place_labelled(bars->snapshot, axis, t, every) && t != bars->snapshot->t)
            number_column(bars, &labels, t);
}

// Over the columns that will have some.
static void say_that_none_is_known(const Bars *bars)
{
    const Type type = {FACE_WORDS, 14};
    const char *words =
        place_has_gradients(bars->snapshot) ? "the backward pass comes here later" : "comes with the backward pass";
    Rect plot = bars->values.area;
    int length = snapshot_length(bars->snapshot);
    float end = axis_left(bars->axis, (length < bars->axis.last ? length : bars->axis.last) + 1);
    if (fits(bars, type, words, end - plot.x))
        draw_text(bars->out, INK_FAINT, type, (plot.x + end) / 2, plot.y + plot.h / 2 + 5, ALIGN_CENTRE, words);
}

void bars_numbers(Bars *bars)
{
    say_of_runs(bars);
    if (bars->texts)
        number_bars(bars);
    if (bars->texts)
        name_zones(bars);
    number_columns(bars);
    if (!bars->any)
        say_that_none_is_known(bars);
}
