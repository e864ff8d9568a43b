#include <math.h>

#include "base/words.h"
#include "views/gradient.h"
#include "views/lane.h"
#include "views/padding.h"

// The gradient bars of a lane: those of the gradient view, with the words that a comparison needs.
enum { ABOVE = 22, ABOVE_LOW = 16, BELOW = 18, WORDS = 30 };

static Bars measured(const LaneRows *lane, const Snapshot *snapshot)
{
    bool of_memory = snapshot->gradient_of_memory && snapshot->memory != NONE;
    Bars bars = {.snapshot = snapshot, .axis = lane->axis, .area = lane->bars, .out = lane->out};
    bars.slot = of_memory ? snapshot->memory : snapshot->state;
    bars.sign = of_memory ? "c" : "h";
    bars.last = snapshot_last_read(snapshot);
    bars.above = lane->low ? ABOVE_LOW : ABOVE;
    bars.below = BELOW;
    bars_measure(&bars);
    return bars;
}

// A linear axis goes up to the largest of all lanes.
static double largest_of_all(const LaneRows *lane)
{
    const Snapshot *snapshot = lane->snapshot;
    double most = 0;
    for (int i = 0; snapshot->session && i < snapshot->session->comparison.lanes; i++) {
        Bars bars = measured(lane, &snapshot->lanes[i]);
        most = fmax(most, bars_largest(&bars));
    }
    return most;
}

// The time step that is marked; or else where something is to be kept, or the first.
static int told_step(const Snapshot *snapshot, TimeAxis axis)
{
    char role[TASK_TEXT] = "";
    if (axis_shows(axis, snapshot->t))
        return snapshot->t;
    for (int t = axis.first; t <= axis.last; t++) {
        snapshot_input_role(snapshot, t, role);
        if (role[0])
            return t;
    }
    return axis.first;
}

static void tell_share(const LaneRows *lane, Bars *bars)
{
    int t = told_step(lane->snapshot, lane->axis);
    const char *share = bars_share(bars, t);
    if (share && t != bars->last)
        bars_mark(bars, t, draw_print(lane->out, "at t = %d: %s", shown_t(bars, t), share));
}

static void draw_words(const LaneRows *lane, const Bars *bars)
{
    float y = lane->bars.y + (lane->brief ? 36
                              : lane->low ? 6
                                          : 11),
          room = lane->name.w - 28; // the scale's numbers stand at the right
    draw_formula(lane->out, INK_BACKWARD, 14, lane->margin, y, ALIGN_LEFT,
                 draw_print(lane->out, "\\norm{\\partial L/\\partial %s_t}", bars->sign));
    const char *words = draw_print(lane->out, "%% of t = %d", shown_t(bars, bars->last));
    if (draw_width(lane->out, TYPE_CAPTION, words) > room)
        words = "% of the last";
    if (bars->last && bars->reference > 0 && lane->bars.h >= (lane->brief ? 36 + 24 : ABOVE + BELOW + WORDS))
        draw_text(lane->out, INK_SOFT, TYPE_CAPTION, lane->margin, y + 18, ALIGN_LEFT,
                  draw_cut(lane->out, TYPE_CAPTION, words, room));
}

void lane_bars(const LaneRows *lane)
{
    Bars bars = measured(lane, lane->snapshot);
    bars_place(&bars, lane->snapshot->linear ? largest_of_all(lane) : 0);
    bars_zones(&bars);
    if (bars.any && !lane->brief)
        bars_scale(&bars);
    bars_draw(&bars);
    padding_draw(lane->snapshot, lane->axis, "gradient", bars.values.area.y, bars.values.area.h, lane->out);
    bars_numbers(&bars);
    tell_share(lane, &bars);
    draw_words(lane, &bars);
    bars_hots(&bars);
}
