#include <math.h>

#include "base/words.h"
#include "views/exact.h"
#include "views/gradient.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/scope.h"
#include "views/terms.h"

enum { RADIUS = 3, MARK = 5, ZONE_LEAST = 16 }; // without room for its name a zone above would say nothing
static const float PALE = 0.84f;                // of the bars that are not marked

// ---- zones ------------------------------------------------------------------------------------------------------
static void draw_zone(const Bars *bars, Ink ink, float top, float bottom)
{
    Rect plot = bars->values.area;
    if (bottom - top >= 1)
        draw_rect(bars->out, ink, (Rect){plot.x, top, plot.w, bottom - top}, 0);
}

void bars_zones(const Bars *bars)
{
    Rect plot = bars->values.area;
    if (!bars_zoned(bars))
        return;
    draw_zone(bars, INK_VANISHING, value_y(bars->values, VANISHING * bars->reference), plot.y + plot.h);
    float exploding = value_y(bars->values, EXPLODING * bars->reference);
    if (exploding - plot.y >= ZONE_LEAST)
        draw_zone(bars, INK_EXPLODING, plot.y, exploding);
}

// ---- bars -------------------------------------------------------------------------------------------------------
static void draw_unknown(const Bars *bars, int t)
{
    Rect bar = bar_rect(bars, t);
    float y = floorf(bar.y) - 0.5f;
    draw_dashes(bars->out, INK_FAINT, bar.x, y, bar.x + bar.w, y, 1, 2);
}

static bool has_mark(const Bars *bars, int t)
{
    return bars->values.logarithmic && bar_at(bars, t)->kind == BAR_KNOWN && axis_class(bars->axis) <= COLUMN_MIDDLE;
}

// A bar that goes on beyond the axis bears a tip that points there.
static void draw_beyond(const Bars *bars, int t)
{
    Rect plot = bars->values.area;
    const Bar *bar = bar_at(bars, t);
    float x = axis_centre(bars->axis, t), half = MARK;
    if (!has_mark(bars, t))
        return;
    float foot = plot.y + plot.h;
    Point up[3] = {{x - half, plot.y}, {x + half, plot.y}, {x, plot.y - MARK}};
    Point down[3] = {{x - half, foot - MARK}, {x + half, foot - MARK}, {x, foot}};
    if (bar->norm > BARS_HIGH)
        draw_polygon(bars->out, INK_BACKWARD, up, 3);
    if (bar->norm < BARS_LOW)
        draw_polygon(bars->out, INK_BACKWARD, down, 3);
}

// Of a bar that ends below the axis the mark alone is seen.
static void draw_bar(const Bars *bars, int t)
{
    Rect rect = bar_rect(bars, t);
    bool below = has_mark(bars, t) && bar_at(bars, t)->norm < BARS_LOW;
    bool broken = bar_at(bars, t)->kind == BAR_NOT_FINITE;
    bool marked = t == bars->snapshot->t;
    uint8_t before = draw_fade(bars->out, broken ? 0.3f : marked ? 1 : PALE);
    if (rect.h > 0 && !below)
        draw_rect(bars->out, broken ? INK_WARNING : INK_BACKWARD, rect, fminf(RADIUS, rect.w / 5));
    bars->out->alpha = before;
    draw_beyond(bars, t);
}

static void draw_columns(const Bars *bars)
{
    for (int t = bars->axis.first; t <= bars->axis.last; t++) {
        if (bar_at(bars, t)->kind == BAR_UNKNOWN)
            draw_unknown(bars, t);
        else
            draw_bar(bars, t);
    }
}

// ---- several columns a pixel ------------------------------------------------------------------------------------
static int pixel_of(const Bars *bars, int t)
{
    return (int)(axis_left(bars->axis, t) - bars->axis.x0);
}

// Full up to the smallest of the columns that share a pixel, pale from there to the largest. *t moves behind them.
static void draw_pixel(const Bars *bars, int *t)
{
    Rect plot = bars->values.area;
    int pixel = pixel_of(bars, *t);
    float lowest = plot.y, highest = plot.y + plot.h, foot = highest;
    bool marked = false, known = false;
    for (; *t <= bars->axis.last && pixel_of(bars, *t) == pixel; (*t)++) {
        Rect rect = bar_rect(bars, *t);
        lowest = fmaxf(lowest, rect.y);
        highest = fminf(highest, rect.y);
        marked = marked || *t == bars->snapshot->t;
        known = known || bar_at(bars, *t)->kind != BAR_UNKNOWN;
    }
    if (!known)
        return;
    float x = plot.x + (float)pixel, width = fminf(1, plot.x + plot.w - x);
    uint8_t before = draw_fade(bars->out, marked ? 1 : PALE);
    if (foot > lowest)
        draw_rect(bars->out, INK_BACKWARD, (Rect){x, lowest, width, foot - lowest}, 0);
    draw_fade(bars->out, 0.45f);
    if (lowest > highest)
        draw_rect(bars->out, INK_BACKWARD, (Rect){x, highest, width, lowest - highest}, 0);
    bars->out->alpha = before;
}

// What is not known is one dotted line, for the backward pass goes one way.
static void draw_dense(const Bars *bars)
{
    Rect plot = bars->values.area;
    float y = floorf(plot.y + plot.h) - 0.5f;
    for (int t = bars->axis.first; t <= bars->axis.last;)
        draw_pixel(bars, &t);
    for (int t = bars->axis.first, end; t <= bars->axis.last; t = end + 1) {
        for (end = t; end <= bars->axis.last && bar_at(bars, end)->kind == BAR_UNKNOWN; end++)
            ;
        if (end > t)
            draw_dashes(bars->out, INK_FAINT, axis_left(bars->axis, t), y, axis_left(bars->axis, end), y, 1, 2);
    }
}

// Of the bar, or of the mark that it goes on beyond the axis.
static float top_of(const Bars *bars, int t)
{
    Rect plot = bars->values.area, rect = bar_rect(bars, t);
    const Bar *bar = bar_at(bars, t);
    if (!has_mark(bars, t))
        return rect.y;
    return bar->norm > BARS_HIGH ? plot.y - MARK : bar->norm < BARS_LOW ? plot.y + plot.h - MARK : rect.y;
}

// What is pointed at elsewhere: the node of that state, or a term with its gradient.
static void draw_pointed(const Bars *bars)
{
    Pointed seen = term_seen(bars->snapshot);
    if (seen.slot != bars->slot || seen.t < 1 || !axis_shows(bars->axis, seen.t))
        return;
    Rect bar = bar_rect(bars, seen.t);
    const float least = 6; // px, so that one without a height is marked at its foot
    float height = fmaxf(bar.h, least), width = fmaxf(bar.w, least);
    draw_frame(bars->out, INK_FOCUS,
               (Rect){bar.x - (width - bar.w) / 2 - 2, bar.y + bar.h - height - 2, width + 4, height + 2}, RADIUS,
               1.5f);
}

void bars_draw(Bars *bars)
{
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        bars->top[t - bars->axis.first] = top_of(bars, t);
    if (axis_class(bars->axis) == COLUMN_DENSE)
        draw_dense(bars);
    else
        draw_columns(bars);
    draw_pointed(bars);
}

// ---- hots -------------------------------------------------------------------------------------------------------
static const char *const kind_words[] = {
    [BAR_UNKNOWN] = "not computed yet: it comes with the backward pass",
    [BAR_KNOWN] = "",
    [BAR_NONE] = "0: what it leads to is not scored",
    [BAR_ZERO] = "0: no unit lets anything through",
    [BAR_UNDERFLOW] = "underflow: what came here was below 1e−250, and such numbers are made 0",
    [BAR_NOT_FINITE] = "no longer finite",
    [BAR_PADDING] = "padding: the sequence has ended",
};

static const char *zone_of(const Bars *bars, double norm)
{
    return norm < VANISHING * bars->reference   ? ": vanishing, less than a thousandth"
           : norm > EXPLODING * bars->reference ? ": exploding, more than a thousand times"
                                                : "";
}

// The factor against the time step that it came from, and what it is the sum of.
static const char *bar_sources(const Bars *bars, int t)
{
    int after = snapshot_after(bars->snapshot, t);
    double later;
    bool known = after >= 1 && after <= snapshot_length(bars->snapshot) &&
                 snapshot_grad_norm(bars->snapshot, bars->slot, after, &later);
    return draw_print(bars->out, "%s%s", known ? scope_factor(later, bar_at(bars, t)->norm, bars->out) : "",
                      scope_gradient(bars->snapshot, bars->slot, t, NONE, bars->out));
}

// What the mark at the end of a bar says.
static const char *beyond_words(const Bars *bars, double norm)
{
    if (!bars->values.logarithmic || (norm >= BARS_LOW && norm <= BARS_HIGH))
        return "";
    return norm > BARS_HIGH ? "\nthe mark: the bar goes on, the axis ends at 1e4"
                            : "\nthe mark: it is smaller still, the axis begins at 1e−8";
}

static const char *bar_tip(const Bars *bars, int t, bool asked)
{
    const Bar *bar = bar_at(bars, t);
    char share[NUMBER_SIZE];
    const char *head = draw_print(bars->out, "‖∂L/∂%s‖ at t = %d%s", bars->sign, shown_t(bars, t),
                                  layer_in_tip(bars->snapshot, bars->slot, bars->out));
    if (bar->kind != BAR_KNOWN)
        return draw_print(bars->out, "%s\n%s", head, kind_words[bar->kind]);
    const char *tip =
        draw_print(bars->out, "%s\n%s%s", head, exact_text(bars->out, bar->norm), beyond_words(bars, bar->norm));
    if (bars->reference > 0)
        tip =
            draw_print(bars->out, "%s\n%s %% of t = %d%s", tip, number_short(share, 100 * bar->norm / bars->reference),
                       shown_t(bars, bars->last), zone_of(bars, bar->norm));
    return asked ? draw_print(bars->out, "%s%s", tip, bar_sources(bars, t)) : tip;
}

// The least and the largest of several columns.
static const char *range_tip(const Bars *bars, int first, int last)
{
    const char *head =
        draw_print(bars->out, "‖∂L/∂%s‖, t = %d to %d", bars->sign, shown_t(bars, first), shown_t(bars, last));
    double low = INFINITY, high = -INFINITY;
    for (int t = first; t <= last; t++) {
        const Bar *bar = bar_at(bars, t);
        if (bar->kind == BAR_UNKNOWN || bar->kind == BAR_NOT_FINITE || bar->kind == BAR_PADDING)
            continue;
        low = fmin(low, bar->norm);
        high = fmax(high, bar->norm);
    }
    if (!(low <= high))
        return draw_print(bars->out, "%s\n%s", head, kind_words[bar_at(bars, first)->kind]);
    return draw_print(bars->out, "%s\n%s%s", head, exact_range(bars->out, low, high),
                      bars->reference > 0 && zone_of(bars, low) == zone_of(bars, high) ? zone_of(bars, low) : "");
}

static void hot_over(const Bars *bars, int first, int last)
{
    enum { HEADROOM = 28 };
    Rect plot = bars->values.area;
    float left = axis_left(bars->axis, first), above = bars->texts ? HEADROOM : 0;
    uint32_t id = hot_id(draw_print(bars->out, "bar %d", first));
    const char *tip = first == last ? bar_tip(bars, first, hot_asked(bars->out, id))
                      : hot_asked(bars->out, id)
                          ? range_tip(bars, first, last)
                          : draw_print(bars->out, "t = %d to %d", shown_t(bars, first), shown_t(bars, last));
    draw_hot(bars->out, (Hot){.id = id,
                              .area = {left, plot.y - above, axis_left(bars->axis, last + 1) - left, plot.h + above},
                              .press = select_column(bars->snapshot, first, bars->out),
                              .tip = tip,
                              .pointed = {first, bars->slot, NONE}});
}

void bars_hots(const Bars *bars)
{
    int together = columns_together(bars->axis);
    for (int t = bars->axis.first; t <= bars->axis.last; t += together)
        hot_over(bars, t, t + together - 1 < bars->axis.last ? t + together - 1 : bars->axis.last);
}
