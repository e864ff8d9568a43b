#include <math.h>
#include <string.h>

#include "base/words.h"
#include "ui/formula.h"
#include "views/curves.h"
#include "views/gradient.h"
#include "views/heatmap.h"
#include "views/labels.h"
#include "views/lane.h"
#include "views/layers.h"
#include "views/padding.h"
#include "views/place.h"
#include "views/views.h"
#include "views/weights.h"

// The way back on one page, for a projector: one formula, the network as boxes, the gradient's length as bars with its
// share of the last scored step's, and what becomes of it from step to step.
enum { EDGE = 12, HEAD = 26, STRIP = 38, FOOT = 24, ABOVE = 18, BELOW = 18, RADIUS = 3 };
enum { HIGH = 240, AROUND = 8, STRIP_HIGH = 50 }; // where there is room: more around the boxes, and higher ones
static const Type TYPE_SHARE = {FACE_SEMIBOLD, 11}, TYPE_COLUMN = {FACE_WORDS, 11}, TYPE_TOLD = {FACE_BOLD, 13};

typedef struct {
    Bars bars;
    Rect head, strip, foot;
    bool high;
    int far; // the time step furthest back whose gradient is known; 0: none is
} Page;

// The other way round in the direction that reads from the end: its gradient goes back to the last time step.
static int furthest_known(const Bars *bars)
{
    int T = bars->snapshot->program->dims.T, far = 0;
    for (int turn = 1; turn <= T; turn++) {
        int t = bars->snapshot->reverse ? turn : T + 1 - turn;
        far = bar_at(bars, t)->kind == BAR_KNOWN ? t : far;
    }
    return far;
}

static Page lay_page(const Snapshot *snapshot, Rect area, DrawList *out)
{
    Rect rest = area;
    rect_cut_left(&rest, EDGE);
    rect_cut_right(&rest, EDGE);
    Page page = {.head = rect_cut_top(&rest, HEAD), .high = area.h >= HIGH};
    rect_cut_top(&rest, page.high ? AROUND : 0);
    page.strip = rect_cut_top(&rest, page.high ? STRIP_HIGH : STRIP);
    page.foot = rect_cut_bottom(&rest, FOOT);
    page.bars = (Bars){.snapshot = snapshot, .area = rest, .out = out, .slot = snapshot->state, .sign = "h"};
    if (snapshot->memory != NONE) { // along it the gradient goes back most directly
        page.bars.slot = snapshot->memory;
        page.bars.sign = "c";
    }
    page.bars.axis = axis_fit(1, snapshot->program->dims.T, rest.x, rest.w);
    page.bars.last = snapshot_last_read(snapshot);
    page.bars.above = ABOVE;
    page.bars.below = BELOW;
    bars_measure(&page.bars);
    bars_place(&page.bars, 0);
    page.far = furthest_known(&page.bars);
    return page;
}

// ---- the formula ----------------------------------------------------------------------------------------------------
static const char *length_of(const Page *page)
{
    return draw_print(page->bars.out, "\\norm{\\partial L/\\partial %s_t}", page->bars.sign);
}

// The one %s of a formula is what the weights on the way are called.
static const char *with_weights(const Snapshot *snapshot, const char *formula, DrawList *out)
{
    const char *at = strstr(formula, "%s");
    return draw_print(out, "%.*s%s%s", (int)(at - formula), formula, weights_formula(snapshot, WEIGHT_HH), at + 2);
}

// In the direction that reads from the end, what comes after t is t-1.
static const char *in_direction(const Page *page, const char *formula)
{
    char *turned = arena_print(page->bars.out->arena, "%s", formula);
    for (char *at = turned; page->bars.snapshot->reverse && (at = strstr(at, "t+1")); at++)
        at[1] = '-';
    return turned;
}

// The direct way of each cell; where there are others, they are left to the dots.
static const char *formula_of(const Page *page)
{
    const Program *p = page->bars.snapshot->program;
    static const struct {
        const char *cell, *formula;
    } ways[] = {
        {"lstm1997", "\\partial L/\\partial c_t = \\partial L/\\partial c_{t+1} + \\ldots"},
        {"peephole", "\\partial L/\\partial c_t = f_{t+1} \\odot \\partial L/\\partial c_{t+1} + \\ldots"},
        {"coupled", "\\partial L/\\partial c_t = f_{t+1} \\odot \\partial L/\\partial c_{t+1} + \\ldots"},
        {"gru2014", "\\partial L/\\partial h_t = z_{t+1} \\odot \\partial L/\\partial h_{t+1} + \\ldots"},
        {"mgu", "\\partial L/\\partial h_t = (1 - f_{t+1}) \\odot \\partial L/\\partial h_{t+1} + \\ldots"},
        {"rnn", "\\partial L/\\partial h_t = %s^{\\top} \\diag(\\phi'(z_{t+1})) \\, \\partial L/\\partial h_{t+1}"},
        {"lstm", "\\partial L/\\partial c_t = f_{t+1} \\odot \\partial L/\\partial c_{t+1} + \\ldots"},
        {"gru", "\\partial L/\\partial h_t = z_{t+1} \\odot \\partial L/\\partial h_{t+1} + \\ldots"},
        {NULL, NULL},
    };
    int i = 0;
    while (ways[i].cell && strcmp(ways[i].cell, p->net.cell->name) != 0)
        i++;
    if (!ways[i].formula)
        return length_of(page);
    const char *formula = in_direction(page, ways[i].formula);
    return strstr(formula, "%s") ? with_weights(page->bars.snapshot, formula, page->bars.out) : formula;
}

// And of which layer and direction, where there are several; that stands where there is no room for both. May be NULL.
static const char *words_of(const Page *page, float room)
{
    DrawList *out = page->bars.out;
    const Snapshot *s = page->bars.snapshot;
    const char *way = "the gradient on its way back", *layer = layer_words(s, out);
    const char *words[] = {*layer ? draw_print(out, "%s · %s", way, layer) : way, layer,
                           layer_name(s->program, s->layer, s->reverse, out)};
    for (int i = 0; i < 3; i++)
        if (draw_width(out, TYPE_BODY, words[i]) <= room)
            return words[i];
    return NULL;
}

static void draw_head(const Page *page)
{
    DrawList *out = page->bars.out;
    Rect head = page->head;
    const char *formula = formula_of(page);
    float size = 14, width = formula_width(out->fonts, out->arena, size, formula);
    if (width > head.w) {
        formula = length_of(page);
        width = formula_width(out->fonts, out->arena, size, formula);
    }
    draw_formula(out, INK_BACKWARD, size, head.x + head.w, head.y + 19, ALIGN_RIGHT, formula);
    const char *words = words_of(page, head.w - width - 16);
    if (words)
        draw_text(out, INK_SOFT, TYPE_BODY, head.x, head.y + 19, ALIGN_LEFT, words);
}

// ---- boxes and bars -------------------------------------------------------------------------------------------------
static void draw_strip(const Page *page)
{
    LaneRows lane = {.snapshot = page->bars.snapshot,
                     .axis = page->bars.axis,
                     .out = page->bars.out,
                     .scale = heatmap_scale(page->bars.snapshot, page->bars.snapshot->state),
                     .strip = page->strip,
                     .high = page->high,
                     .ink = lane_ink(page->bars.snapshot, page->bars.snapshot->lane)};
    lane_strip(&lane);
}

static void draw_bar(const Bars *bars, int t)
{
    Rect rect = bar_rect(bars, t);
    if (bar_at(bars, t)->kind == BAR_KNOWN)
        draw_rect(bars->out, INK_BACKWARD, rect, fminf(RADIUS, rect.w / 5));
    if (bar_at(bars, t)->kind == BAR_UNKNOWN)
        draw_dashes(bars->out, INK_FAINT, rect.x, rect.y - 0.5f, rect.x + rect.w, rect.y - 0.5f, 1, 2);
}

// Above all bars that a share's words reach over.
static float share_baseline(const Page *page, int t, const char *share)
{
    const Bars *bars = &page->bars;
    const float width = draw_width(bars->out, TYPE_SHARE, share), end = page->bars.area.x + page->bars.area.w - width;
    float left = fmaxf(page->bars.area.x, fminf(axis_centre(bars->axis, t) - width / 2, end)),
          top = bar_rect(bars, t).y;
    for (int other = bars->axis.first; other <= bars->axis.last; other++) {
        Rect rect = bar_rect(bars, other);
        if (rect.x < left + width && rect.x + rect.w > left)
            top = fminf(top, rect.y);
    }
    return top - 5;
}

// Those that are marked and at the ends first, for the others stand only where they leave room.
static void draw_numbers(const Page *page, bool columns)
{
    const Bars *bars = &page->bars;
    TimeAxis axis = bars->axis;
    Rect plot = bars->values.area;
    LabelRow row = label_row(bars->out, page->bars.area.x, page->bars.area.x + page->bars.area.w, 5);
    bool reverse = bars->snapshot->reverse;
    int near = reverse ? axis.first : axis.last, far = reverse ? axis.last : axis.first;
    int order[3] = {bars->snapshot->t, near, page->far > 0 ? page->far : far};
    float widest = draw_width(bars->out, TYPE_COLUMN, draw_print(bars->out, "%d", axis.last)) + 8;
    int every = axis_label_every(axis, widest);
    for (int i = 0; i < 3 + axis.last; i++) {
        int t = i < 3 ? order[i] : axis.last - (i - 3);
        bool again = i >= 3 && (t == order[0] || t == order[1] || t == order[2]);
        bool repeated = (i == 1 && t == order[0]) || (i == 2 && (t == order[0] || t == order[1]));
        bool in_turn = i < 3 || !columns || axis_labels(axis, t, every);
        if (!axis_shows(axis, t) || again || repeated || !in_turn)
            continue;
        const char *share = columns ? NULL : bars_share(bars, t);
        if (columns)
            label_put(&row, t == order[0] ? INK_TEXT : INK_SOFT, TYPE_COLUMN, axis_centre(axis, t),
                      plot.y + plot.h + 13, draw_print(bars->out, "%d", shown_t(bars, t)));
        else if (share && (i < 3 || draw_width(bars->out, TYPE_SHARE, share) <= axis.dx))
            label_put(&row, INK_TEXT, TYPE_SHARE, axis_centre(axis, t), share_baseline(page, t, share), share);
    }
}

static void draw_bars(const Page *page)
{
    const Bars *bars = &page->bars;
    Rect plot = bars->values.area;
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        draw_bar(bars, t);
    draw_rect(bars->out, INK_TEXT, (Rect){plot.x, plot.y + plot.h, plot.w, 1}, 0);
    draw_numbers(page, false);
    draw_numbers(page, true);
}

// ---- what is told ---------------------------------------------------------------------------------------------------
static int steps_back(const Page *page)
{
    return page->bars.snapshot->reverse ? page->far - page->bars.last : page->bars.last - page->far;
}

// The mean factor of a step back: of so many steps the root of what is left.
static double factor_of(const Page *page)
{
    return exp(log(bar_at(&page->bars, page->far)->norm / page->bars.reference) / steps_back(page));
}

static const char *why_nothing(const Page *page)
{
    const Snapshot *s = page->bars.snapshot;
    if (!place_has_gradients(s))
        return "the gradient comes with the backward pass";
    return snapshot_shares_known(s) ? "no gradient to compare with others" : "the backward pass is on its way";
}

static void draw_foot(const Page *page)
{
    char number[NUMBER_SIZE];
    const Bars *bars = &page->bars;
    DrawList *out = bars->out;
    float y = page->foot.y + 18, x = page->foot.x, right = x + page->foot.w;
    if (!page->far || steps_back(page) <= 0 || !(bars->reference > 0)) {
        draw_text(out, INK_FAINT, TYPE_BODY, x, y, ALIGN_LEFT,
                  draw_cut(out, TYPE_BODY, why_nothing(page), page->foot.w));
        return;
    }
    const char *factor = draw_print(out, "× %s per time step", number_short(number, factor_of(page)));
    draw_text(out, INK_BACKWARD, TYPE_TOLD, right, y, ALIGN_RIGHT, draw_cut(out, TYPE_TOLD, factor, page->foot.w));
    right -= draw_width(out, TYPE_TOLD, factor) + 16;
    const char *words[] = {draw_print(out, "t = %d gets", shown_t(bars, page->far)), bars_share(bars, page->far),
                           draw_print(out, "of the gradient at t = %d", shown_t(bars, bars->last))};
    for (int i = 0; i < 3; i++) {
        Type type = i == 1 ? TYPE_TOLD : TYPE_BODY;
        float width = draw_width(out, type, words[i]);
        if (x + width > right)
            return;
        draw_text(out, i == 1 ? INK_BACKWARD : INK_SOFT, type, x, y, ALIGN_LEFT, words[i]);
        x += width + 6;
    }
}

// ---- the view -------------------------------------------------------------------------------------------------------
static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    Page page = lay_page(snapshot, area, out);
    Rect plot = page.bars.values.area;
    draw_head(&page);
    padding_draw(snapshot, page.bars.axis, "backward", page.strip.y, plot.y + plot.h - page.strip.y, out);
    draw_strip(&page);
    draw_bars(&page);
    draw_foot(&page);
    bars_hots(&page.bars);
}

const View view_backward = {
    .name = "backward",
    .title = "The way back",
    .what = "How much of the gradient comes back to every time step, on one page.",
    .least_height = 160,
    .draw = draw,
};
