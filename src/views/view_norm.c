#include "base/words.h"
#include "views/curves.h"
#include "views/scope.h"
#include "views/views.h"

// The norm of the gradient of all weights at every update, before and after clipping.
enum { LEGEND = 20 };

static bool clips(const Run *run)
{
    return run->setup.clip != CLIP_OFF;
}

// By value single numbers are limited: the threshold is no norm.
static bool limits_norm(const Run *run)
{
    return run->setup.clip == CLIP_NORM;
}

static void draw_legend(Rect area, DrawList *out)
{
    float y = area.y + area.h - 4;
    const char *before = "before clipping", *after = "after clipping";
    float x = area.x + draw_width(out, TYPE_SECTION, before) + 20;
    draw_text(out, INK_BACKWARD, TYPE_SECTION, area.x, y, ALIGN_LEFT, before);
    if (x + draw_width(out, TYPE_SECTION, after) <= area.x + area.w)
        draw_text(out, INK_CLIP, TYPE_SECTION, x, y, ALIGN_LEFT, after);
}

static void link_to_gauge(Rect area, DrawList *out)
{
    curves_other(out, area, "gauge", "gauge on", "how many gradients are clipped, and a threshold to drag");
}

// What clipping did to the gradient of an update.
static const char *clip_words(const Curves *curves, long update)
{
    const double rounding = 1e-9;
    const Run *run = curves->snapshot->run;
    DrawList *out = curves->out;
    double norm, after;
    if (!record_get(run->record, CURVE_NORM, update, &norm) || !record_get(run->record, CURVE_CLIPPED, update, &after))
        return "";
    if (!(after < norm * (1 - rounding)))
        return ", nothing was clipped";
    if (!limits_norm(run))
        return ", of the numbers cut to ±θ";
    return draw_print(out, "\ng is multiplied by θ / ‖g‖\n%s / %s = %s", scope_number(out, after),
                      scope_number(out, norm), scope_number(out, after / norm));
}

static const char *norm_tip(const Curves *curves, Curve curve, long update)
{
    if (update == 0)
        return "norm of the gradient of all weights; nothing is learnt yet";
    const char *tip = draw_print(curves->out, "update %ld\n‖g‖ %s\n%s", update, curve_value(curves, curve, update),
                                 curve_source(curves, curve));
    if (!clips(curves->snapshot->run))
        return tip;
    return draw_print(curves->out, "%s\nafter clipping %s%s", tip, curve_value(curves, CURVE_CLIPPED, update),
                      clip_words(curves, update));
}

// Of several runs the norm before clipping, with the threshold that they share: that of the first that clips by norm.
static const Run *first_that(const Session *session, bool (*does)(const Run *run))
{
    for (int i = 0; i < session->count; i++)
        if (does(&session->runs[i]))
            return &session->runs[i];
    return NULL;
}

static void draw_compared(const Snapshot *snapshot, Rect area, DrawList *out)
{
    static const Curve norm[] = {CURVE_NORM};
    const Setting *differs = snapshot->session->comparison.setting;
    const Run *clipping = first_that(snapshot->session, limits_norm);
    bool shared = clipping && !(differs && differs->at == offsetof(Setup, threshold));
    double threshold = shared ? clipping->setup.threshold : 0;
    char theta[NUMBER_SIZE];
    Curves curves;
    CurvesLook look = {.title =
                           first_that(snapshot->session, clips) ? "GRADIENT NORM, BEFORE CLIPPING" : "GRADIENT NORM",
                       .curve = norm,
                       .count = 1,
                       .level = threshold,
                       .logarithmic = true,
                       .aside = CURVES_OTHER};
    link_to_gauge(area, out);
    if (!curves_begin(snapshot, area, look, &curves, out))
        return;
    curves_lanes(&curves, CURVE_NORM);
    curves_labels(&curves, CURVE_NORM);
    if (shared)
        curves_level(&curves, INK_CLIP, threshold, draw_print(out, "θ = %s", number_short(theta, threshold)));
    curves_end(&curves, "norm", (CurvesTip){CURVE_NORM, curves_lanes_tip});
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    if (curves_compared(snapshot)) {
        draw_compared(snapshot, area, out);
        return;
    }
    static const Curve all[] = {CURVE_NORM, CURVE_CLIPPED};
    const Run *run = snapshot->run;
    bool clipped = clips(run);
    CurvesLook look = {.title = "GRADIENT NORM",
                       .curve = all,
                       .count = clipped ? 2 : 1,
                       .level = limits_norm(run) ? run->setup.threshold : 0,
                       .logarithmic = true,
                       .below = clipped ? LEGEND : 0,
                       .aside = CURVES_OTHER};
    Curves curves;
    link_to_gauge(area, out);
    bool any = curves_begin(snapshot, area, look, &curves, out);
    if (clipped)
        draw_legend(area, out);
    if (!any)
        return;
    char theta[NUMBER_SIZE];
    curves_line(&curves, CURVE_NORM, INK_BACKWARD, 2);
    if (clipped)
        curves_below(&curves, CURVE_CLIPPED, CURVE_NORM, INK_CLIP, 2);
    if (limits_norm(run))
        curves_level(&curves, INK_CLIP, run->setup.threshold,
                     draw_print(out, "θ = %s", number_short(theta, run->setup.threshold)));
    curves_end(&curves, "norm", (CurvesTip){CURVE_NORM, norm_tip});
}

const View view_norm = {
    .name = "norm",
    .title = "Gradient norm",
    .what = "The length of the whole gradient at every update, before and after clipping.",
    .framed = true,
    .least_height = 90,
    .draw = draw,
};
