#include "base/words.h"
#include "views/curves.h"
#include "views/views.h"

// The norm of the gradient of all weights at every update, before and after clipping.
enum { LEGEND = 20 };

static bool clips(const Run *run)
{
    return run->setup.clip != CLIP_OFF;
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

static const char *norm_tip(const Curves *curves)
{
    if (curves->read == 0)
        return "norm of the gradient of all weights; nothing is learnt yet";
    long update = curves_pointed(curves, "norm");
    const char *tip = draw_print(curves->out, "update %ld\n‖g‖ %s", update, curve_value(curves, CURVE_NORM, update));
    if (!clips(curves->snapshot->run))
        return tip;
    return draw_print(curves->out, "%s\nclipped %s", tip, curve_value(curves, CURVE_CLIPPED, update));
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    static const Curve all[] = {CURVE_NORM, CURVE_CLIPPED};
    const Run *run = snapshot->run;
    bool clipped = clips(run);
    CurvesLook look = {.title = "GRADIENT NORM PER UPDATE",
                       .curve = all,
                       .count = clipped ? 2 : 1,
                       .level = clipped ? run->setup.threshold : 0,
                       .logarithmic = true,
                       .below = clipped ? LEGEND : 0};
    Curves curves;
    bool any = curves_begin(snapshot, area, look, &curves, out);
    if (clipped)
        draw_legend(area, out);
    if (!any)
        return;
    char theta[NUMBER_SIZE];
    curves_line(&curves, CURVE_NORM, INK_BACKWARD, 2);
    if (clipped) {
        curves_below(&curves, CURVE_CLIPPED, CURVE_NORM, INK_CLIP, 2);
        curves_level(&curves, INK_CLIP, run->setup.threshold,
                     draw_print(out, "θ = %s", number_short(theta, run->setup.threshold)));
    }
    curves_end(&curves, "norm", norm_tip(&curves));
}

const View view_norm = {
    .name = "norm",
    .title = "Gradient norm",
    .what = "The length of the whole gradient at every update, before and after clipping.",
    .framed = true,
    .least_height = 90,
    .draw = draw,
};
