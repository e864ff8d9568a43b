#include <math.h>

#include "base/words.h"
#include "ui/widgets.h"
#include "views/curves.h"
#include "views/gauge.h"
#include "views/views.h"

// The clip gauge: how long the gradients of the last updates were, a histogram for each network, and the threshold as a
// line that can be dragged. What lies beyond it was clipped.
enum {
    UPDATES = 200,
    TITLE = 18,
    ROW_WORDS = 15,
    HANDLE = 5,
};

// ---- what is measured -------------------------------------------------------------------------------------------
static int lanes_of(const Snapshot *snapshot)
{
    return snapshot->session ? snapshot->session->comparison.lanes : 1;
}

static const Run *run_of(const Snapshot *snapshot, int lane)
{
    return snapshot->session ? &snapshot->session->runs[lane] : snapshot->run;
}

static bool any_limits_norm(const Snapshot *snapshot)
{
    bool any = false;
    for (int lane = 0; lane < lanes_of(snapshot); lane++)
        any = any || gauge_limits_norm(run_of(snapshot, lane));
    return any;
}

static long updates_read(const Run *run)
{
    long read = run->at.update > run->done ? run->done : run->at.update;
    long kept = record_last(run->record);
    return read < kept ? read : kept;
}

// A norm that the scale holds in any case: the threshold, or the last norm where the threshold is none.
static double middle_of(const Gauge *gauge)
{
    double norm;
    const Run *run = gauge->snapshot->run;
    bool none = !gauge->threshold && record_get(run->record, CURVE_NORM, gauge->last, &norm) && norm > 0;
    return none ? norm : run->setup.threshold;
}

static void find_bounds(Gauge *gauge)
{
    double threshold = middle_of(gauge);
    gauge->low = threshold / 1.5; // with something at either side, to drag it to
    gauge->high = threshold * 1.5;
    for (int lane = 0; lane < lanes_of(gauge->snapshot); lane++) {
        Span span;
        if (!record_span(run_of(gauge->snapshot, lane)->record, CURVE_NORM, gauge->first, gauge->last, &span))
            continue;
        gauge->low = fmin(gauge->low, span.low);
        gauge->high = fmax(gauge->high, span.high);
    }
    gauge->low = fmax(gauge->low, threshold * 1e-3);         // what is less stands at the left end
    gauge->high = fmin(gauge->high * 1.05, threshold * 1e3); // and what is more at the right one
    value_bounds_log(&gauge->low, &gauge->high);
    double decades = log(gauge->high / gauge->low) / GAUGE_LN_10;
    gauge->bins = (int)(decades * GAUGE_PER_DECADE + 0.5);
    gauge->bins = gauge->bins > GAUGE_BINS ? GAUGE_BINS : gauge->bins;
}

static double part_of(const Gauge *gauge, double norm)
{
    double part = norm > 0 ? log(norm / gauge->low) / log(gauge->high / gauge->low) : 0;
    return part > 0 ? part < 1 ? part : 1 : 0;
}

float gauge_x(const Gauge *gauge, double norm)
{
    return gauge->field.x + gauge->field.w * (float)part_of(gauge, norm);
}

static bool was_clipped(const Run *run, long update, double norm)
{
    const double rounding = 1e-9;
    double after;
    return record_get(run->record, CURVE_CLIPPED, update, &after) && after < norm * (1 - rounding);
}

static Histogram count_norms(const Gauge *gauge, const Run *run)
{
    Histogram histogram = {.count = 0};
    for (long update = gauge->first; update <= gauge->last; update++) {
        double norm;
        if (!record_get(run->record, CURVE_NORM, update, &norm))
            continue;
        int bin = (int)(part_of(gauge, norm) * gauge->bins);
        bin = bin < gauge->bins ? bin : gauge->bins - 1;
        bool clipped = was_clipped(run, update, norm);
        bool above = gauge_limits_norm(run) ? norm > run->setup.threshold : clipped;
        histogram.all[bin]++;
        histogram.above[bin] += above && run->setup.clip != CLIP_OFF;
        histogram.clipped[bin] += clipped;
        histogram.count++;
        histogram.above_count += above;
        histogram.clipped_count += clipped;
        histogram.most = histogram.all[bin] > histogram.most ? histogram.all[bin] : histogram.most;
    }
    return histogram;
}

// ---- a network's row ----------------------------------------------------------------------------------------------
static void draw_bin(const Gauge *gauge, const Histogram *histogram, Rect row, int bin)
{
    float width = row.w / (float)gauge->bins, x = row.x + width * (float)bin;
    float height = row.h / (float)histogram->most, all = height * (float)histogram->all[bin];
    float above = height * (float)histogram->above[bin];
    if (all > above)
        draw_rect(gauge->out, INK_BACKWARD, (Rect){x + 0.5f, row.y + row.h - all, width - 1, all - above}, 0);
    if (above > 0)
        draw_rect(gauge->out, INK_CLIP, (Rect){x + 0.5f, row.y + row.h - above, width - 1, above}, 0);
}

// "12 % clipped"; what the threshold would do now is told too, where that was not done.
static const char *count_words(const Gauge *gauge, const Run *run, const Histogram *histogram)
{
    double above = gauge_percent(histogram->above_count, histogram->count);
    double clipped = gauge_percent(histogram->clipped_count, histogram->count);
    if (run->setup.clip == CLIP_OFF)
        return draw_print(gauge->out, "%.0f %% above θ", above);
    if (!gauge_limits_norm(run))
        return draw_print(gauge->out, "%.0f %% had numbers cut", clipped);
    if (histogram->above_count == histogram->clipped_count)
        return draw_print(gauge->out, "%.0f %% clipped", clipped);
    return draw_print(gauge->out, "%.0f %% above θ, %.0f %% were clipped", above, clipped);
}

// With the cosine between this update's gradient and what clipping makes of it, once that is known.
static const char *row_words(const Gauge *gauge, const Run *run, const Histogram *histogram)
{
    char cosine[NUMBER_SIZE];
    const char *words = count_words(gauge, run, histogram);
    if (!gauge_cosine_known(run))
        return words;
    return draw_print(gauge->out, "%s · cosine %s", words, number_short(cosine, run->cosine));
}

// The name left of the words, where several are compared; its threshold through the bars, below both.
static void draw_row(Gauge *gauge, int lane, Rect row)
{
    const Run *run = run_of(gauge->snapshot, lane);
    Histogram histogram = count_norms(gauge, run);
    Rect bars = row;
    rect_cut_top(&bars, ROW_WORDS);
    for (int bin = 0; bin < gauge->bins && histogram.most > 0; bin++)
        draw_bin(gauge, &histogram, bars, bin);
    gauge_bars_hot(gauge, lane, run, &histogram, bars);
    if (gauge_limits_norm(run))
        draw_rect(gauge->out, INK_CLIP, (Rect){gauge_x(gauge, run->setup.threshold) - 1, bars.y, 2, bars.h}, 0);
    const char *name = lanes_of(gauge->snapshot) > 1 ? lane_name(gauge->snapshot, lane, gauge->out) : "";
    const char *words =
        draw_cut(gauge->out, TYPE_CAPTION, row_words(gauge, run, &histogram), row.w - (*name ? row.w / 3 : 12));
    float right = row.x + row.w - 6, width = draw_width(gauge->out, TYPE_CAPTION, words);
    draw_text(gauge->out, INK_TEXT, TYPE_CAPTION, right, row.y + 12, ALIGN_RIGHT, words);
    gauge_words_hot(gauge, lane, run, &histogram, (Rect){right - width, row.y, width, ROW_WORDS});
    draw_text(gauge->out, lane_ink(gauge->snapshot, lane), TYPE_SECTION, row.x + 6, row.y + 12, ALIGN_LEFT,
              draw_cut(gauge->out, TYPE_SECTION, name, right - width - 8 - row.x - 6));
}

static void draw_rows(Gauge *gauge)
{
    int lanes = lanes_of(gauge->snapshot);
    float height = gauge->field.h / (float)lanes;
    for (int lane = 0; lane < lanes; lane++) {
        float y = gauge->field.y + height * (float)lane;
        if (lane > 0)
            draw_rect(gauge->out, INK_GRIDLINE, (Rect){gauge->field.x, y, gauge->field.w, 1}, 0);
        draw_row(gauge, lane, (Rect){gauge->field.x, y, gauge->field.w, height});
    }
}

// ---- the scale and the threshold ----------------------------------------------------------------------------------
static void draw_scale(const Gauge *gauge)
{
    float y = gauge->field.y + gauge->field.h + 12, free = gauge->field.x;
    for (double power = gauge->low; power < gauge->high * 1.5; power *= 10) {
        const char *text = power >= 0.01 && power < 1000 ? draw_print(gauge->out, "%g", power)
                                                         : draw_print(gauge->out, "1e%s%.0f", power < 1 ? "−" : "",
                                                                      fabs(round(log(power) / GAUGE_LN_10)));
        float width = draw_width(gauge->out, TYPE_CAPTION, text), x = gauge_x(gauge, power) - width / 2;
        float most = gauge->field.x + gauge->field.w - width;
        x = x < gauge->field.x ? gauge->field.x : x > most ? most : x;
        bool taken = x + width > gauge->shown.x - 4 && x < gauge->shown.x + gauge->shown.w + 4;
        if (x < free || taken)
            continue;
        draw_text(gauge->out, INK_FAINT, TYPE_CAPTION, x, y, ALIGN_LEFT, text);
        free = x + width + 6;
    }
}

// Its name stands among the numbers of the scale, for it is one of them.
static void draw_threshold(Gauge *gauge)
{
    char number[NUMBER_SIZE];
    Rect field = gauge->field;
    double threshold = gauge->snapshot->run->setup.threshold;
    float x = gauge_x(gauge, threshold);
    const char *words = draw_print(gauge->out, "θ = %s", number_short(number, threshold));
    float width = draw_width(gauge->out, TYPE_SECTION, words), left = x - width / 2;
    left = fmaxf(field.x, fminf(left, field.x + field.w - width));
    gauge->shown = (Rect){left, field.y + field.h, width, GAUGE_FOOT};
    draw_circle(gauge->out, INK_CLIP, x, field.y + field.h, HANDLE);
    draw_text(gauge->out, INK_CLIP, TYPE_SECTION, left, field.y + field.h + 14, ALIGN_LEFT, words);
    gauge_threshold_hots(gauge);
}

// ---- the view -----------------------------------------------------------------------------------------------------
static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    Gauge gauge = {.snapshot = snapshot, .out = out, .field = area, .last = updates_read(curves_lead(snapshot))};
    rect_cut_top(&gauge.field, TITLE);
    rect_cut_bottom(&gauge.field, GAUGE_FOOT);
    gauge.first = gauge.last > UPDATES ? gauge.last - UPDATES + 1 : 1;
    curves_other(out, area, "curve", "gauge off", "the norm of every update");
    const char *title = gauge.last > UPDATES ? draw_print(out, "LAST %d GRADIENT NORMS", UPDATES) : "GRADIENT NORMS";
    draw_text(out, INK_FAINT, TYPE_SECTION, area.x, area.y + 10, ALIGN_LEFT,
              draw_cut(out, TYPE_SECTION, title, area.w - CURVES_SCALE - CURVES_OTHER));
    draw_rect(out, INK_CARD, gauge.field, 0);
    draw_frame(out, INK_HAIRLINE, rect_inset(gauge.field, 0.5f), 0, 1);
    if (gauge.last == 0) {
        draw_text(out, INK_FAINT, TYPE_BODY, area.x + area.w / 2, gauge.field.y + gauge.field.h / 2 + 5, ALIGN_CENTRE,
                  draw_cut(out, TYPE_BODY, "comes with the first update", area.w - 8));
        return;
    }
    gauge.threshold = any_limits_norm(snapshot);
    find_bounds(&gauge);
    draw_rows(&gauge);
    if (gauge.threshold)
        draw_threshold(&gauge);
    draw_scale(&gauge);
}

const View view_clip = {
    .name = "clip",
    .title = "Clip gauge",
    .what = "How long the gradients of the last updates were, and where clipping begins.",
    .least_height = 90,
    .framed = true,
    .draw = draw,
};
