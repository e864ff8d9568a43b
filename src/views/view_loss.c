#include "base/words.h"
#include "views/curves.h"
#include "views/views.h"

// The loss per scored step of every update, beside what one gets without looking at the input.
static const char *loss_tip(const Curves *curves, Curve curve, long update)
{
    if (update == 0)
        return "loss per scored step; nothing is learnt yet";
    return draw_print(curves->out, "update %ld\nloss per scored step %s\n%s", update,
                      curve_value(curves, curve, update), curve_source(curves, curve));
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    static const Curve curve[] = {CURVE_LOSS};
    const Run *run = snapshot->run;
    double baseline = run->baseline;
    Curves curves;
    if (!curves_begin(snapshot, area,
                      (CurvesLook){.title = "LOSS PER UPDATE", .curve = curve, .count = 1, .level = baseline}, &curves,
                      out))
        return;
    char text[NUMBER_SIZE];
    bool compared = curves_compared(snapshot);
    if (compared)
        curves_lanes(&curves, CURVE_LOSS);
    if (compared)
        curves_labels(&curves, CURVE_LOSS);
    else
        curves_line(&curves, CURVE_LOSS, curves_run_ink(run), 2);
    curves_level(&curves, INK_SOFT, baseline,
                 draw_print(out, "%s: %s", run->task->baseline_name, number_short(text, baseline)));
    curves_end(&curves, "loss", (CurvesTip){CURVE_LOSS, compared ? curves_lanes_tip : loss_tip});
}

const View view_loss = {
    .name = "loss",
    .title = "Loss",
    .what = "The loss per scored step at every update.",
    .framed = true,
    .least_height = 80,
    .draw = draw,
};
