#include <math.h>

#include "base/math.h"
#include "views/exact.h"
#include "views/gauge.h"
#include "views/scope.h"

// What the clip gauge says where it is pointed at.
static const Snapshot *snapshot_of(const Gauge *gauge, int lane)
{
    return gauge->snapshot->lanes ? &gauge->snapshot->lanes[lane] : gauge->snapshot;
}

// Wherever one presses, the threshold comes there, if it has a place.
static Hot dragging(const Gauge *gauge, uint32_t id, Rect area, const char *tip)
{
    return (Hot){.id = id,
                 .area = area,
                 .drag = gauge->threshold ? "set threshold %s" : NULL,
                 .track = gauge->field,
                 .low = fmax(gauge->low, 1e-3),
                 .high = fmin(gauge->high, 1e3),
                 .logarithmic = true,
                 .value = gauge->snapshot->run->setup.threshold,
                 .tip = tip,
                 .pointed = {0, NONE, NONE}};
}

// ---- a bar ----------------------------------------------------------------------------------------------------------
// Bins are counted from 1e-12 on, so that one that is pinned stays the same when the scale becomes another.
static long first_part(const Gauge *gauge)
{
    const double lowest = -12;
    return lround((math_log(gauge->low) / GAUGE_LN_10 - lowest) * GAUGE_PER_DECADE) + 1;
}

static double bin_from(const Gauge *gauge, int bin)
{
    return gauge->low * math_exp(GAUGE_LN_10 * bin / GAUGE_PER_DECADE);
}

static const char *limits(const Gauge *gauge, int bin)
{
    const char *from = scope_number(gauge->out, bin_from(gauge, bin)),
               *to = scope_number(gauge->out, bin_from(gauge, bin + 1));
    return bin == 0                 ? draw_print(gauge->out, "‖g‖ up to %s", to)
           : bin == gauge->bins - 1 ? draw_print(gauge->out, "‖g‖ from %s", from)
                                    : draw_print(gauge->out, "‖g‖ from %s to %s", from, to);
}

static const char *bin_tip(const Gauge *gauge, const Run *run, const Histogram *histogram, int bin)
{
    const char *tip =
        draw_print(gauge->out, "%s\n%d of the last %d gradients, %s %%", limits(gauge, bin), histogram->all[bin],
                   histogram->count, scope_number(gauge->out, gauge_percent(histogram->all[bin], histogram->count)));
    return run->setup.clip == CLIP_OFF ? tip
                                       : draw_print(gauge->out, "%s\n%d of these %s", tip, histogram->clipped[bin],
                                                    gauge_limits_norm(run) ? "were clipped" : "had numbers cut");
}

static Rect bin_area(const Gauge *gauge, Rect bars, int bin)
{
    float width = bars.w / (float)gauge->bins;
    return (Rect){bars.x + width * (float)bin, bars.y, width, bars.h};
}

static void pinned_bins(const Gauge *gauge, const Run *run, const Histogram *histogram, Rect bars, uint32_t id)
{
    int pin = 0;
    for (long part; (part = hot_pinned(gauge->out, id, &pin)) > 0;) {
        int bin = (int)(part - first_part(gauge));
        if (bin >= 0 && bin < gauge->bins)
            draw_hot(gauge->out, (Hot){.id = id,
                                       .area = bin_area(gauge, bars, bin),
                                       .tip = bin_tip(gauge, run, histogram, bin),
                                       .pointed = {0, NONE, NONE},
                                       .part = part});
    }
}

void gauge_bars_hot(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram, Rect bars)
{
    uint32_t id = hot_id(draw_print(gauge->out, "gauge %d", lane + 1));
    int bin =
        gauge->out->hover == id && gauge->snapshot->pointed_unit < gauge->bins ? gauge->snapshot->pointed_unit : NONE;
    pinned_bins(gauge, run, histogram, bars, id);
    if (bin != NONE)
        draw_frame(gauge->out, INK_FOCUS, bin_area(gauge, bars, bin), 1, 1);
    Hot hot = dragging(gauge, id, bars,
                       bin != NONE ? bin_tip(gauge, run, histogram, bin) : "how many gradients were how long");
    hot.rows = 1;
    hot.columns = gauge->bins;
    hot.part = bin == NONE ? 0 : first_part(gauge) + bin;
    draw_hot(gauge->out, hot);
}

// ---- the words over the bars ----------------------------------------------------------------------------------------
bool gauge_cosine_known(const Run *run)
{
    return run->setup.clip != CLIP_OFF && run_taped(run) && run->at.op >= run_last_op(run) - 1 && isfinite(run->cosine);
}

// Of the gradient and of what clipping makes of it, over all weights.
typedef struct {
    double dot, g, clipped; // ⟨g, ĝ⟩, ‖g‖², ‖ĝ‖²
} ClipSums;

static bool add_tensor(const Snapshot *snapshot, int tensor, ClipSums *sums, Arena *arena)
{
    const Tensor *w = &snapshot->run->program.tensors[tensor];
    Explanation made = explain_clip(snapshot, tensor, arena);
    if (made.count == 0)
        return false;
    const Equation *equation = &made.equation[0];
    const Real *g = equation->operand[equation->count - 1].value, *clipped = equation->result.value;
    for (long i = 0; i < (long)w->rows * w->columns; i++) {
        sums->dot += (double)g[i] * (double)clipped[i];
        sums->g += (double)g[i] * (double)g[i];
        sums->clipped += (double)clipped[i] * (double)clipped[i];
    }
    return true;
}

static const char *cosine_text(const Snapshot *snapshot, DrawList *out)
{
    const Run *run = snapshot->run;
    ClipSums sums = {0, 0, 0};
    const char *text = draw_print(out, "\ncosine of update %ld: %s", run->at.update, scope_number(out, run->cosine));
    for (int tensor = 0; tensor < run->program.tensor_count; tensor++)
        if (!add_tensor(snapshot, tensor, &sums, out->arena))
            return text;
    return draw_print(out, "%s\n⟨g, ĝ⟩ / (‖g‖ × ‖ĝ‖)\n%s / (%s × %s) = %s\n%s", text, scope_number(out, sums.dot),
                      scope_number(out, sqrt(sums.g)), scope_number(out, sqrt(sums.clipped)),
                      scope_number(out, run->cosine),
                      run->setup.clip == CLIP_NORM ? "clipping by norm keeps the direction"
                                                   : "clipping by value cuts single numbers, and so can turn it");
}

// Of clipping by value: a gradient is counted if any of its numbers was cut, by the threshold as it was then.
static const char *cut_tip(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram)
{
    DrawList *out = gauge->out;
    double cut = gauge_percent(histogram->clipped_count, histogram->count);
    const char *tip = draw_print(
        out, "%d of the last %d gradients had numbers that were cut: %s %%\nthey are cut to ±θ, θ = %s",
        histogram->clipped_count, histogram->count, scope_number(out, cut), exact_text(out, run->setup.threshold));
    return gauge_cosine_known(run) ? draw_print(out, "%s%s", tip, cosine_text(snapshot_of(gauge, lane), out)) : tip;
}

static const char *words_tip(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram)
{
    DrawList *out = gauge->out;
    if (!gauge_limits_norm(run))
        return cut_tip(gauge, lane, run, histogram);
    double above = gauge_percent(histogram->above_count, histogram->count),
           clipped = gauge_percent(histogram->clipped_count, histogram->count);
    const char *tip = draw_print(out, "%d of the last %d gradients are above θ = %s: %s %%", histogram->above_count,
                                 histogram->count, exact_text(out, run->setup.threshold), scope_number(out, above));
    if (run->setup.clip == CLIP_OFF)
        return tip;
    tip = draw_print(out, "%s\n%d were clipped: %s %%", tip, histogram->clipped_count, scope_number(out, clipped));
    return gauge_cosine_known(run) ? draw_print(out, "%s%s", tip, cosine_text(snapshot_of(gauge, lane), out)) : tip;
}

void gauge_words_hot(const Gauge *gauge, int lane, const Run *run, const Histogram *histogram, Rect words)
{
    const char *name = draw_print(gauge->out, "gauge words %d", lane + 1);
    draw_hot(gauge->out, (Hot){.id = hot_id(name),
                               .area = words,
                               .tip = hot_asked(gauge->out, hot_id(name)) ? words_tip(gauge, lane, run, histogram)
                                                                          : "how many gradients were clipped",
                               .pointed = {0, NONE, NONE}});
}

// ---- the threshold --------------------------------------------------------------------------------------------------
static const char *threshold_tip(const Gauge *gauge)
{
    const Run *run = gauge->snapshot->run;
    DrawList *out = gauge->out;
    double threshold = run->setup.threshold;
    static const char *const does[] = {
        [CLIP_OFF] = "drag the threshold: clipping is off, and longer gradients are only counted",
        [CLIP_NORM] = "drag the threshold: longer gradients are clipped to it",
        [CLIP_VALUE] = "drag the threshold: where the gradient is clipped by value, its numbers are cut to ±θ",
    };
    const char *tip = draw_print(out, "θ = %s\n%s", exact_text(out, threshold), does[run->setup.clip]);
    if (!gauge_cosine_known(run) || run->setup.clip != CLIP_NORM)
        return tip;
    if (!(run->norm > threshold))
        return draw_print(out, "%s\nupdate %ld: ‖g‖ = %s, and nothing is clipped", tip, run->at.update,
                          exact_text(out, run->norm));
    return draw_print(out, "%s\nupdate %ld: g is made shorter by θ / ‖g‖\n%s / %s = %s", tip, run->at.update,
                      scope_number(out, threshold), scope_number(out, run->norm),
                      scope_number(out, threshold / run->norm));
}

// Its line, which is narrow, and the numbers of the scale under it.
void gauge_threshold_hots(const Gauge *gauge)
{
    enum { HALF = 5 };
    Rect field = gauge->field;
    uint32_t id = hot_id("threshold line");
    const char *tip = threshold_tip(gauge);
    float x = gauge_x(gauge, gauge->snapshot->run->setup.threshold);
    Hot foot = dragging(gauge, id, (Rect){field.x, field.y + field.h, field.w, GAUGE_FOOT}, tip);
    foot.focusable = true;
    draw_hot(gauge->out, dragging(gauge, id, (Rect){x - HALF, field.y, 2 * HALF, field.h}, tip));
    draw_hot(gauge->out, foot);
}
