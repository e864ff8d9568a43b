#include <math.h>
#include <stdlib.h>

#include "base/words.h"
#include "nn/half.h"
#include "ui/plot.h"
#include "ui/widgets.h"
#include "views/exact.h"
#include "views/heatmap.h"
#include "views/labels.h"
#include "views/place.h"
#include "views/views.h"

// The weights are the same at every time step, so what vanishes? Their gradient is a sum over time steps, g = Σ g_t,
// and of this sum the early terms: a bar a term, ‖g_t‖, and above it what share of g it makes, ⟨g_t, g⟩ / ‖g‖².
enum { HEAD = 24, FOOT = 18, MARGIN = 12, LINE = 13, SHARE_ROOM = 16, NORMS_LEAST = 112, APART = 4, TITLE_LEAST = 90 };
static const double DECADES = 1e-8;

typedef struct {
    const Snapshot *snapshot;
    const GradSlice *slice; // of t is slice[t - 1]
    TimeAxis axis;
    Rect area;
    DrawList *out;
    ValueAxis values;
    bool norms; // there is room for them above the shares
} Slices;

static bool is_shown(const Slices *s, int t)
{
    double norm = s->slice[t - 1].norm;
    return snapshot_slice_known(s->snapshot, t) && isfinite(norm) && norm > 0;
}

// ---- the scale --------------------------------------------------------------------------------------------------
static bool measure(Slices *s)
{
    double low = INFINITY, high = 0;
    for (int t = 1; t <= s->snapshot->program->dims.T; t++)
        if (is_shown(s, t)) {
            low = fmin(low, s->slice[t - 1].norm);
            high = fmax(high, s->slice[t - 1].norm);
        }
    if (high == 0)
        return false;
    low = fmax(low, high * DECADES);
    s->norms = s->area.h >= NORMS_LEAST;
    float above = SHARE_ROOM + (s->norms ? LINE : 0);
    s->values = (ValueAxis){.logarithmic = !s->snapshot->linear};
    s->values.area = (Rect){s->axis.x0, s->area.y + HEAD + above,
                            s->axis.dx * (float)(s->axis.last - s->axis.first + 1), s->area.h - HEAD - above - FOOT};
    if (s->values.logarithmic)
        value_bounds_log(&low, &high);
    else
        low = 0, value_bounds(&low, &high);
    s->values.low = low;
    s->values.high = high;
    return true;
}

// ---- bars -------------------------------------------------------------------------------------------------------
// At most one bar a pixel: of columns that fall together the longest.
static int longest_beside(const Slices *s, int first, int *next)
{
    int most = first;
    float x = floorf(axis_left(s->axis, first));
    for (*next = first; *next <= s->axis.last && floorf(axis_left(s->axis, *next)) == x; ++*next)
        if (is_shown(s, *next) && (!is_shown(s, most) || s->slice[*next - 1].norm > s->slice[most - 1].norm))
            most = *next;
    return most;
}

static float top_of(const Slices *s, int t)
{
    return fminf(value_y(s->values, s->slice[t - 1].norm), s->values.area.y + s->values.area.h - 2);
}

static void draw_bar(const Slices *s, int t)
{
    float width = fmaxf(s->axis.dx * 0.58f, 1), top = top_of(s, t), x = axis_centre(s->axis, t);
    draw_rect(s->out, INK_BACKWARD, (Rect){x - width / 2, top, width, s->values.area.y + s->values.area.h - top},
              width >= 6 ? 3 : 0);
}

// One digit where it is less than a tenth of a percent.
static const char *share_text(const Slices *s, double share)
{
    char text[NUMBER_SIZE];
    double percent = 100 * share, size = fabs(percent);
    percent = size >= 0.1 ? round(10 * percent) / 10 : strtod(draw_print(s->out, "%.0e", percent), NULL);
    return size < 1e-4 ? "0 %" : draw_print(s->out, "%s %%", number_short(text, percent));
}

static const char *norm_text(const Slices *s, int t)
{
    char text[NUMBER_SIZE];
    return draw_print(s->out, "%s", number_short(text, s->slice[t - 1].norm));
}

// ---- numbers above the bars -------------------------------------------------------------------------------------
// The norm, where the card is high enough for it, over the share. A number that is wider than its column stands where
// its neighbours leave it room: the marked one first, then the longest bar.
static void put_numbers(const Slices *s, LabelRow *row, int t, bool with_norm)
{
    const Type strong = {FACE_SEMIBOLD, 11};
    float x = axis_centre(s->axis, t), y = top_of(s, t) - 5;
    bool shares = snapshot_shares_known(s->snapshot);
    const char *share = shares ? share_text(s, s->slice[t - 1].share) : NULL,
               *norm = with_norm ? norm_text(s, t) : NULL;
    float half =
        fmaxf(share ? draw_width(s->out, TYPE_CAPTION, share) : 0, norm ? draw_width(s->out, strong, norm) : 0) / 2;
    x = fmaxf(fminf(x, row->right - half), row->left + half);
    if ((!share && !norm) || !label_free(row, x - half, x + half))
        return;
    label_take(row, x - half, x + half);
    for (int other = s->axis.first; other <= s->axis.last; other++) // above all bars that it passes over
        if (is_shown(s, other) && axis_left(s->axis, other + 1) > x - half && axis_left(s->axis, other) < x + half)
            y = fminf(y, top_of(s, other) - 5);
    if (share)
        draw_text(s->out, INK_SOFT, TYPE_CAPTION, x, y, ALIGN_CENTRE, share);
    if (norm)
        draw_text(s->out, INK_BACKWARD, strong, x, share ? y - LINE : y, ALIGN_CENTRE, norm);
}

static int longest_of(const Slices *s)
{
    int most = s->axis.first;
    for (int t = s->axis.first; t <= s->axis.last; t++)
        if (is_shown(s, t) && (!is_shown(s, most) || s->slice[t - 1].norm > s->slice[most - 1].norm))
            most = t;
    return most;
}

static bool has_room(const Slices *s, int t)
{
    return draw_width(s->out, TYPE_CAPTION, share_text(s, s->slice[t - 1].share)) + APART <= s->axis.dx;
}

static bool has_room_for_norm(const Slices *s, int t)
{
    return s->norms && draw_width(s->out, (Type){FACE_SEMIBOLD, 11}, norm_text(s, t)) + APART <= s->axis.dx;
}

static void draw_numbers(const Slices *s)
{
    LabelRow row = label_row(s->out, s->values.area.x, s->values.area.x + s->values.area.w, APART);
    int marked = s->snapshot->t, longest = longest_of(s);
    if (axis_shows(s->axis, marked) && is_shown(s, marked))
        put_numbers(s, &row, marked, s->norms);
    if (longest != marked && is_shown(s, longest))
        put_numbers(s, &row, longest, s->norms);
    for (int t = s->axis.first; t <= s->axis.last && s->axis.dx > APART; t++)
        if (is_shown(s, t) && t != marked && t != longest && has_room(s, t))
            put_numbers(s, &row, t, has_room_for_norm(s, t));
}

static void draw_bars(const Slices *s)
{
    for (int t = s->axis.first, next; t <= s->axis.last; t = next) {
        int most = longest_beside(s, t, &next);
        if (is_shown(s, most))
            draw_bar(s, most);
    }
    draw_numbers(s);
}

// ---- tips and columns -------------------------------------------------------------------------------------------
static double share_from(const Slices *s, int t)
{
    double sum = 0;
    for (int later = t; later <= s->snapshot->program->dims.T; later++)
        sum += s->slice[later - 1].share;
    return sum;
}

static const char *tip_of(const Slices *s, int t)
{
    DrawList *out = s->out;
    const int at = snapshot_t(s->snapshot, t);
    if (!snapshot_slice_known(s->snapshot, t))
        return draw_print(out, "t = %d: what this time step adds to the gradient comes with the backward pass", at);
    const char *tip = draw_print(out, "what t = %d adds to the gradient of all weights\n‖g_t‖ = %s", at,
                                 exact_text(out, s->slice[t - 1].norm));
    if (!snapshot_shares_known(s->snapshot))
        return tip;
    return draw_print(out, "%s\nits share of g: %s, %s\nfrom here to the end: %s", tip,
                      exact_text(out, s->slice[t - 1].share), share_text(s, s->slice[t - 1].share),
                      share_text(s, share_from(s, t)));
}

// Its last digit stays within the card.
static void draw_number(const Slices *s, int t)
{
    const char *text = draw_print(s->out, "%d", snapshot_t(s->snapshot, t));
    float half = draw_width(s->out, TYPE_CAPTION, text) / 2, right = s->area.x + s->area.w - 2 - half;
    draw_text(s->out, INK_SOFT, TYPE_CAPTION, fminf(axis_centre(s->axis, t), right), s->area.y + s->area.h - 5,
              ALIGN_CENTRE, text);
}

// Of several in one the tip is that of the longest bar.
static void column_hot(const Slices *s, int first, int last)
{
    int t = first;
    for (int other = first; other <= last; other++)
        t = is_shown(s, other) && s->slice[other - 1].norm > s->slice[t - 1].norm ? other : t;
    uint32_t id = hot_id(draw_print(s->out, "slice %d", first));
    float left = axis_left(s->axis, first);
    draw_hot(
        s->out,
        (Hot){.id = id,
              .area = {left, s->area.y + HEAD, axis_left(s->axis, last + 1) - left, s->area.h - HEAD},
              .press = draw_print(s->out, "select %d %d", snapshot_t(s->snapshot, t), s->snapshot->selected_unit),
              .tip = hot_asked(s->out, id) ? tip_of(s, t) : draw_print(s->out, "t = %d", snapshot_t(s->snapshot, t)),
              .pointed = {t, NONE, NONE}});
}

static void draw_columns(const Slices *s)
{
    int every = axis_label_every(s->axis, draw_width(s->out, TYPE_CAPTION, "1000") + 6);
    for (int t = s->axis.first; t <= s->axis.last; t++)
        if (place_labelled(s->snapshot, s->axis, t, every))
            draw_number(s, t);
    for (int t = s->axis.first, next; t <= s->axis.last; t = next) {
        next = t + columns_together(s->axis) <= s->axis.last ? t + columns_together(s->axis) : s->axis.last + 1;
        column_hot(s, t, next - 1);
    }
}

// ---- half of it ---------------------------------------------------------------------------------------------------
// The time steps by the shortest of their names.
static const char *steps_named(const Slices *s, Half half)
{
    const int T = s->snapshot->program->dims.T, count = half.last - half.first + 1;
    const int from = snapshot_t(s->snapshot, half.first), to = snapshot_t(s->snapshot, half.last);
    if (count == 1)
        return half.last == T ? "the last time step" : draw_print(s->out, "t = %d alone", to);
    if (half.last == T)
        return draw_print(s->out, "the last %d time steps", count);
    return half.first == 1 ? draw_print(s->out, "the first %d time steps", count)
                           : draw_print(s->out, "t = %d to t = %d", from, to);
}

static void draw_half(const Slices *s)
{
    const Half half = half_of_gradient(s->slice, s->snapshot->program->dims.T);
    if (!snapshot_shares_known(s->snapshot) || half.first == 0)
        return;
    const bool more = half.first == half.last && s->slice[half.last - 1].share > 0.5;
    const char *words =
        draw_print(s->out, "%s of the gradient comes from %s", more ? "more than half" : "half", steps_named(s, half));
    int first = half.first > s->axis.first ? half.first : s->axis.first,
        last = half.last < s->axis.last ? half.last : s->axis.last;
    float right = s->area.x + s->area.w - MARGIN, y = s->area.y + HEAD;
    draw_text(s->out, INK_BACKWARD, TYPE_STRONG, right, s->area.y + 17, ALIGN_RIGHT,
              draw_cut(s->out, TYPE_STRONG, words, s->area.w - VIEW_MARGIN - MARGIN));
    if (first <= last)
        draw_line(s->out, INK_BACKWARD, axis_left(s->axis, first), y, axis_left(s->axis, last + 1), y, 2);
}

static void draw_margin(const Slices *s)
{
    float x = s->area.x + MARGIN;
    draw_text(s->out, INK_BACKWARD, TYPE_STRONG, x, s->area.y + 17, ALIGN_LEFT, "dL/dW by t");
    if (s->area.h >= TITLE_LEAST)
        draw_formula(s->out, INK_BACKWARD, 13, x, s->area.y + 36, ALIGN_LEFT, "\\norm{g_t}");
}

static const char *why_nothing(const Slices *s)
{
    if (place_has_gradients(s->snapshot) && !s->slice)
        return draw_print(s->out, "too large to be opened by time step: %.1g multiplications, at most %.0g",
                          explained_slices_cost(s->snapshot->program), snapshot_slices_most);
    return "comes with the backward pass";
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    Slices s = {.snapshot = snapshot, .axis = axis, .area = area, .out = out, .slice = NULL};
    if (place_has_gradients(snapshot))
        s.slice = snapshot_slices(snapshot);
    draw_margin(&s);
    if (!s.slice || !measure(&s)) {
        draw_text(out, INK_FAINT, TYPE_BODY, area.x + area.w / 2, area.y + area.h / 2 + 8, ALIGN_CENTRE,
                  draw_cut(out, TYPE_BODY, why_nothing(&s), area.w - 2 * VIEW_MARGIN));
        return;
    }
    value_grid(out, s.values, false);
    draw_half(&s);
    draw_bars(&s);
    draw_columns(&s);
}

const View view_slices = {
    .name = "slices",
    .title = "Gradient of the weights by time step",
    .what = "What each time step adds to the gradient of the weights, and which of them make half of it.",
    .on_time_axis = true,
    .least_height = 100,
    .draw = draw,
};
