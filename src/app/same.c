#include "app/play.h"
#include "app/screen.h"

#include <string.h>

#include "base/words.h"
#include "views/curves.h"

// The strip of a comparison: what is the same in all networks, what differs, how large they are and how long an update
// takes each; and the switches that make it fair.
enum { PADDING = 16, LINE = 22, TITLE = 26, SWITCH = 28, BETWEEN = 9, SEEDS_WORD = 48, SEED_WIDTH = 30 };

typedef struct {
    App *app;
    DrawList *out;
    Rect rest;
} Same;

static const Comparison *comparison_of(const Same *same)
{
    return &same->app->session.comparison;
}

static const char *spaced(DrawList *out, const char *name)
{
    char *text = arena_print(out->arena, "%s", name);
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return text;
}

static void put_row(Same *same, const char *label, const char *value, const char *tip)
{
    Rect row = rect_cut_top(&same->rest, LINE);
    float room = row.w - draw_width(same->out, TYPE_BODY, label) - 10;
    Type type = draw_width(same->out, TYPE_STRONG, value) <= room ? TYPE_STRONG : TYPE_SECTION;
    value_row(same->out, row, label, draw_cut(same->out, type, value, room), INK_TEXT, type);
    draw_hot(same->out, (Hot){.id = hot_id(draw_print(same->out, "same %s", label)),
                              .area = row,
                              .tip = tip,
                              .pointed = {0, NONE, NONE}});
}

// ---- rows -------------------------------------------------------------------------------------------------------
// As many as there is room for; a pointer finds all of them.
static void put_what_is_the_same(Same *same)
{
    static const char *const names[] = {"learning_rate", "clip", "cell", "optimizer", "task"};
    DrawList *out = same->out;
    char seeds[SEEDS_TEXT];
    const char *text = draw_print(out, "%s, data", session_seeds(&same->app->session, seeds)), *all = text;
    float room = same->rest.w - draw_width(out, TYPE_BODY, "same") - 10;
    bool cut = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i], comparison_of(same)->setting->name))
            continue;
        const char *longer = draw_print(out, "%s, %s", text, spaced(out, names[i]));
        all = draw_print(out, "%s, %s", all, spaced(out, names[i]));
        cut = cut || draw_width(out, TYPE_STRONG, longer) > room;
        text = cut ? text : longer;
    }
    put_row(same, "same", text,
            draw_print(out, "%s\nthe same sequences in the same order, each weight drawn from the same random numbers",
                       all));
}

// The same number of weights may still be the same hidden size.
static bool sizes_differ(const Same *same)
{
    const Session *session = &same->app->session;
    for (int lane = 1; lane < session->comparison.lanes; lane++)
        if (session->runs[lane].setup.hidden != session->runs[0].setup.hidden)
            return true;
    return false;
}

static void put_what_differs(Same *same)
{
    const Comparison *comparison = comparison_of(same);
    const char *name = spaced(same->out, comparison->setting->name);
    bool sized = sizes_differ(same) && strcmp(comparison->setting->name, "hidden") != 0;
    put_row(same, "differs", sized ? draw_print(same->out, "%s, hidden units", name) : name, comparison->setting->what);
}

typedef const char *Item(Same *same, int lane);

// An item a lane; with their names where there is room for all.
static const char *list(Same *same, const char *label, Item *item)
{
    DrawList *out = same->out;
    const char *text = "", *named = "";
    for (int lane = 0; lane < comparison_of(same)->lanes; lane++) {
        const char *dot = lane ? " · " : "", *value = item(same, lane);
        text = draw_print(out, "%s%s%s", text, dot, value);
        named = draw_print(out, "%s%s%s %s", named, dot, lane_name(&same->app->snapshot, lane, out), value);
    }
    float room = same->rest.w - draw_width(out, TYPE_BODY, label) - 10;
    return draw_width(out, TYPE_STRONG, named) <= room ? named : text;
}

static const char *hidden_item(Same *same, int lane)
{
    return draw_print(same->out, "%d", same->app->session.runs[lane].setup.hidden);
}

static bool all_the_same(Same *same, Item *item)
{
    for (int lane = 1; lane < comparison_of(same)->lanes; lane++)
        if (strcmp(item(same, lane), item(same, 0)) != 0)
            return false;
    return true;
}

static const char *list_or_each(Same *same, const char *label, Item *item)
{
    return all_the_same(same, item) ? draw_print(same->out, "%s each", item(same, 0)) : list(same, label, item);
}

static const char *weights_item(Same *same, int lane)
{
    char number[NUMBER_SIZE];
    return draw_print(same->out, "%s",
                      number_grouped(number, (long)same->app->session.runs[lane].program.weight_count));
}

static const char *thousands_item(Same *same, int lane)
{
    char number[NUMBER_SIZE];
    double weights = (double)same->app->session.runs[lane].program.weight_count;
    return weights < 1000
               ? weights_item(same, lane)
               : draw_print(same->out, "%sk", number_short(number, (double)(long)(weights / 100 + 0.5) / 10));
}

static void put_weights(Same *same)
{
    DrawList *out = same->out;
    const char *label = "weights", *text = list_or_each(same, label, weights_item);
    float room = same->rest.w - draw_width(out, TYPE_BODY, label) - 10;
    const char *tip = "all numbers that are trained, in each network";
    for (int lane = 0; lane < comparison_of(same)->lanes; lane++)
        tip = draw_print(out, "%s\n%s: %s", tip, lane_name(&same->app->snapshot, lane, out), weights_item(same, lane));
    put_row(same, label, draw_width(out, TYPE_SECTION, text) <= room ? text : list(same, label, thousands_item), tip);
}

// The fastest is 1.
static const char *time_item(Same *same, int lane)
{
    char number[NUMBER_SIZE];
    double least = 0;
    for (int i = 0; i < comparison_of(same)->lanes; i++) {
        double seconds = update_seconds(same->app, i);
        least = least == 0 || (seconds > 0 && seconds < least) ? seconds : least;
    }
    double seconds = update_seconds(same->app, lane);
    return least > 0 && seconds > 0
               ? draw_print(same->out, "%s", number_short(number, (double)(long)(seconds / least * 10 + 0.5) / 10))
               : "–";
}

static const char *milliseconds(Same *same)
{
    char number[NUMBER_SIZE];
    const char *text = "measured here, computing only";
    for (int lane = 0; lane < comparison_of(same)->lanes; lane++)
        text = draw_print(same->out, "%s\n%s: %s ms", text, lane_name(&same->app->snapshot, lane, same->out),
                          number_short(number, 1e3 * update_seconds(same->app, lane)));
    return text;
}

static void put_times(Same *same)
{
    const char *label = "time per update", *times = list(same, label, time_item);
    if (draw_width(same->out, TYPE_BODY, label) + draw_width(same->out, TYPE_STRONG, times) + 10 > same->rest.w)
        label = "time";
    put_row(same, label, list(same, label, time_item), milliseconds(same));
}

// ---- switches -----------------------------------------------------------------------------------------------------
static void draw_match(Same *same) // the first side's words are the longest
{
    static const struct {
        const char *text, *brief, *line, *tip;
    } sides[] = {
        {"same hidden size", "hidden", "match hidden", "as many hidden units in each network"},
        {"same weights", "weights", "match weights",
         "the one with the most weights keeps its hidden units, the others get as many as come nearest to its weights"},
    };
    Rect row = rect_cut_top(&same->rest, SWITCH);
    float width = (row.w - 4) / 2;
    bool brief = draw_width(same->out, TYPE_STRONG, sides[0].text) > width - 12;
    for (int i = 0; i < 2; i++)
        button_segment(same->out, (Rect){row.x + (width + 4) * (float)i, row.y, width, row.h},
                       (Button){.name = sides[i].line,
                                .text = brief ? sides[i].brief : sides[i].text,
                                .line = sides[i].line,
                                .tip = sides[i].tip,
                                .chosen = (comparison_of(same)->match == MATCH_WEIGHTS) == (i == 1),
                                .ink = INK_ACTIVE});
}

static void draw_seeds(Same *same)
{
    static const int seeds[] = {1, 3, 5};
    Rect row = rect_cut_top(&same->rest, SWITCH);
    draw_text(same->out, INK_SOFT, TYPE_BODY, row.x, row.y + 18, ALIGN_LEFT, "seeds");
    for (int i = 0; i < 3; i++) {
        const char *line = draw_print(same->out, "seeds %d", seeds[i]);
        button_segment(
            same->out, (Rect){row.x + SEEDS_WORD + (float)(i * (SEED_WIDTH + 4)), row.y + 1, SEED_WIDTH, row.h - 3},
            (Button){.name = line,
                     .text = draw_print(same->out, "%d", seeds[i]),
                     .line = line,
                     .tip = seeds[i] == 1 ? "one run each"
                                          : "the curves show the median of so many seeds, and pale their range",
                     .chosen = comparison_of(same)->seeds == seeds[i],
                     .ink = INK_ACTIVE});
    }
}

void same_draw(App *app, Rect area, DrawList *out)
{
    Same same = {app, out, area};
    card(out, area);
    rect_cut_left(&same.rest, PADDING);
    rect_cut_right(&same.rest, PADDING);
    Rect title = rect_cut_top(&same.rest, TITLE + 4);
    draw_text(out, INK_FAINT, TYPE_SECTION, title.x, title.y + 22, ALIGN_LEFT, "SAME AND DIFFERENT");
    put_what_is_the_same(&same);
    put_what_differs(&same);
    put_row(&same, "hidden units", list_or_each(&same, "hidden units", hidden_item), "hidden units of each network");
    put_weights(&same);
    put_times(&same);
    rect_cut_top(&same.rest, BETWEEN);
    draw_match(&same);
    rect_cut_top(&same.rest, BETWEEN / 2);
    draw_seeds(&same);
}
