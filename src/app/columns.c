#include "app/columns.h"

#include <math.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/play.h"

static Dims dims_of(const App *app)
{
    return app->session.runs[0].program.dims;
}

static const Setup *setup_of(const App *app)
{
    return &app->session.runs[0].setup;
}

// ---- which are shown ------------------------------------------------------------------------------------------
Columns columns_shown(const App *app)
{
    int T = dims_of(app).T;
    bool fit = app->axis_first < 1 || app->axis_last > T || app->axis_last < app->axis_first;
    return fit ? (Columns){1, T} : (Columns){app->axis_first, app->axis_last};
}

static int count_of(Columns columns)
{
    return columns.last - columns.first + 1;
}

static Columns pushed_inside(long first, int count, int T)
{
    first = first > T - count + 1 ? T - count + 1 : first;
    first = first < 1 ? 1 : first;
    return (Columns){(int)first, (int)first + count - 1};
}

Columns columns_from(const App *app, long first)
{
    return pushed_inside(first, count_of(columns_shown(app)), dims_of(app).T);
}

Columns columns_zoomed(const App *app, double by, double part)
{
    enum { SHOWN_LEAST = 3 };
    Columns shown = columns_shown(app);
    int T = dims_of(app).T, count = count_of(shown), wanted = (int)lround(count * fmin(by, 1e3));
    if (wanted == count)
        wanted += by < 1 ? -1 : 1;
    wanted = wanted < SHOWN_LEAST ? SHOWN_LEAST : wanted;
    wanted = wanted > T ? T : wanted;
    return pushed_inside(shown.first + lround(part * (count - wanted)), wanted, T);
}

static void show(App *app, Columns columns)
{
    bool all = columns.first == 1 && columns.last == dims_of(app).T;
    app->axis_first = all ? 0 : columns.first;
    app->axis_last = all ? 0 : columns.last;
}

// ---- select ---------------------------------------------------------------------------------------------------
// What is marked now: by keys before, by the operation that is read, or by a press.
static int marked_now(const App *app)
{
    const Run *run = session_lead(&app->session);
    Place place = program_place(&run->program, run_taped(run) ? run->at.op : 0);
    bool by_place = app->hands.pointing != POINTING_KEYS && !play_by_updates(app) && place.t > 0;
    return by_place ? place.t : app->selected_t;
}

static int within(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

// The keys go from column to column and from unit to unit; the first press marks where they begin.
static void go_by_keys(App *app, int columns, int units)
{
    Dims dims = dims_of(app);
    Columns shown = columns_shown(app);
    int t = marked_now(app), unit = app->selected_unit;
    t = t == 0 ? (columns < 0 ? dims.T : 1) : within(t + columns, dims.T);
    app->selected_t = t;
    app->selected_unit = within(unit + (unit > 0 ? units : 1), dims.H);
    if (t < shown.first || t > shown.last)
        show(app, columns_from(app, t < shown.first ? t : shown.first + t - shown.last));
    hands_point(app, POINTING_KEYS);
}

static bool select_by_name(App *app, const char *name, Err *err)
{
    static const struct {
        const char *name;
        int columns, units;
    } ways[] = {{"next", 1, 0}, {"previous", -1, 0}, {"down", 0, 1}, {"up", 0, -1}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0) {
            go_by_keys(app, ways[i].columns, ways[i].units);
            return true;
        }
    return refuse(err, "select takes T UNIT, next, previous, down or up");
}

static bool refuse_column(const App *app, Err *err)
{
    Dims dims = dims_of(app);
    int first = wording_t(setup_of(app), 1), last = wording_t(setup_of(app), dims.T);
    if (first == 1)
        return refuse(err, "t must be 1 to %d and unit 1 to %d, or 0 for none", last, dims.H);
    return refuse(err, "t must be %d to %d, or %d for none, and unit 1 to %d, or 0 for none", first, last, first - 1,
                  dims.H);
}

bool do_select(App *app, const Words *words, Err *err)
{
    Dims dims = dims_of(app);
    long t;
    if (words->count == 2)
        return select_by_name(app, words->word[1], err);
    if (!words_whole(words->word[1], &t))
        return refuse(err, "\"%s\" is not a whole number", words->word[1]);
    long unit = argument_whole(words, 2);
    t = wording_typed(setup_of(app), t);
    if (t < 0 || t > dims.T || unit < 0 || unit > dims.H)
        return refuse_column(app, err);
    app->selected_t = (int)t;
    app->selected_unit = (int)unit;
    return true;
}

// ---- axis -----------------------------------------------------------------------------------------------------
// Where the marked column is among those shown, 0 … 1; the middle where none is.
static double part_of_mark(const App *app)
{
    Columns shown = columns_shown(app);
    int t = marked_now(app);
    bool there = t >= shown.first && t <= shown.last;
    return there ? (t - shown.first + 0.5) / count_of(shown) : 0.5;
}

static bool axis_by_name(App *app, const char *name, Err *err)
{
    static const double NEARER = 0.8;
    Columns shown = columns_shown(app);
    int by = (count_of(shown) + 3) / 4;
    if (strcmp(name, "fit") == 0)
        show(app, (Columns){1, dims_of(app).T});
    else if (strcmp(name, "in") == 0)
        show(app, columns_zoomed(app, NEARER, part_of_mark(app)));
    else if (strcmp(name, "out") == 0)
        show(app, columns_zoomed(app, 1 / NEARER, part_of_mark(app)));
    else if (strcmp(name, "left") == 0)
        show(app, columns_from(app, shown.first - by));
    else if (strcmp(name, "right") == 0)
        show(app, columns_from(app, shown.first + by));
    else
        return refuse(err, "axis takes FIRST LAST, fit, in, out, left or right");
    return true;
}

bool do_axis(App *app, const Words *words, Err *err)
{
    long first, last, T = dims_of(app).T;
    if (words->count == 2)
        return axis_by_name(app, words->word[1], err);
    if (!words_whole(words->word[1], &first))
        return refuse(err, "\"%s\" is not a whole number", words->word[1]);
    first = wording_typed(setup_of(app), first);
    last = wording_typed(setup_of(app), argument_whole(words, 2));
    if (first < 1 || last > T || first > last)
        return refuse(err, "the time axis goes from %d to %d, and FIRST is at most LAST", wording_t(setup_of(app), 1),
                      wording_t(setup_of(app), (int)T));
    app->axis_first = (int)first;
    app->axis_last = (int)last;
    return true;
}
