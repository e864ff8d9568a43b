#include "views/gradient.h"
#include "views/views.h"

// How long the gradient is at every time step: the 2-norm of the total derivative of the shown sequence's own loss
// with respect to the state there. Backward goes from right to left; vanishing and exploding are seen as a slope.

static Bars bars_of(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    const Program *p = snapshot->program;
    Bars bars = {.snapshot = snapshot, .axis = axis, .area = area, .out = out};
    bool of_memory = snapshot->gradient_of_memory && p->memory != NONE;
    bars.slot = of_memory ? p->memory : p->state;
    bars.sign = of_memory ? "c" : "h";
    bars.last = snapshot_last_scored(snapshot);
    bars.texts = area.h >= BARS_TEXTS_LEAST;
    bars_measure(&bars);
    bars_place(&bars);
    return bars;
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    Bars bars = bars_of(snapshot, axis, area, out);
    bars_zones(&bars);
    if (bars.any)
        value_grid(out, bars.values, false);
    bars_draw(&bars);
    bars_numbers(&bars);
    bars_margin(&bars);
    bars_hots(&bars);
}

const View view_gradient = {
    .name = "gradient",
    .title = "Gradient",
    .what = "The length of the loss's gradient with respect to the state at every time step.",
    .on_time_axis = true,
    .least_height = 76,
    .draw = draw,
};
