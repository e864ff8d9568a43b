#include <math.h>

#include "views/gradient.h"
#include "views/views.h"

const Bar *bar_at(const Bars *bars, int t)
{
    return &bars->bar[t - bars->axis.first];
}

// ---- what is known ----------------------------------------------------------------------------------------------
// The backward pass had something to carry over to t, and cut it off because it was so small.
static bool cut_off(const Bars *bars, int t)
{
    const Program *p = bars->snapshot->program;
    int carrier = p->slots[bars->slot].delay;
    if (carrier == NONE)
        return false;
    int before = p->rows[carrier].y, later = p->passes[p->rows[carrier].pass].reverse ? t - 1 : t + 1;
    double norm;
    bool inside = later >= 1 && later <= p->dims.T;
    return inside && snapshot_grad_norm(bars->snapshot, before, later, &norm) && norm != 0;
}

// Nothing that is scored can be reached from t. A layer that both directions stand above reaches all.
static bool nothing_after(const Bars *bars, int t)
{
    const Snapshot *s = bars->snapshot;
    bool reaches_all = s->program->net.bidirectional && s->layer + 1 < s->program->dims.L;
    return bars->last == 0 || (!reaches_all && (s->reverse ? t < bars->last : t > bars->last));
}

static Bar measure(const Bars *bars, int t, bool below)
{
    Bar bar = {BAR_UNKNOWN, 0};
    if (snapshot_padding(bars->snapshot, t))
        return (Bar){BAR_PADDING, 0};
    if (!snapshot_grad_norm(bars->snapshot, bars->slot, t, &bar.norm))
        return bar;
    if (!isfinite(bar.norm))
        bar.kind = BAR_NOT_FINITE;
    else if (bar.norm != 0)
        bar.kind = BAR_KNOWN;
    else if (nothing_after(bars, t))
        bar.kind = BAR_NONE;
    else
        bar.kind = below || cut_off(bars, t) ? BAR_UNDERFLOW : BAR_ZERO;
    return bar;
}

// In the order of the backward pass, for what comes behind an underflow is one as well.
void bars_measure(Bars *bars)
{
    int T = bars->snapshot->program->dims.T, columns = bars->axis.last - bars->axis.first + 1;
    bool below = false, reverse = bars->snapshot->reverse;
    bars->bar = arena_new(bars->out->arena, Bar, columns);
    bars->top = arena_new(bars->out->arena, float, columns);
    for (int turn = 1; turn <= T; turn++) {
        int t = reverse ? turn : T + 1 - turn;
        Bar bar = measure(bars, t, below);
        below = bar.kind == BAR_UNDERFLOW;
        if (axis_shows(bars->axis, t))
            bars->bar[t - bars->axis.first] = bar;
        if (t == bars->last && bar.kind == BAR_KNOWN)
            bars->reference = bar.norm;
        bars->any = bars->any || (bar.kind != BAR_UNKNOWN && bar.kind != BAR_PADDING);
    }
}

// ---- where it stands --------------------------------------------------------------------------------------------
double bars_largest(const Bars *bars)
{
    double most = 0;
    for (int t = bars->axis.first; t <= bars->axis.last; t++)
        if (bar_at(bars, t)->kind == BAR_KNOWN)
            most = fmax(most, bar_at(bars, t)->norm);
    return most;
}

void bars_place(Bars *bars, double most)
{
    float width = bars->axis.dx * (float)(bars->axis.last - bars->axis.first + 1);
    Rect plot = {bars->axis.x0, bars->area.y + bars->above, width, bars->area.h - bars->above - bars->below};
    bars->values = (ValueAxis){plot, BARS_LOW, BARS_HIGH, true};
    if (!bars->snapshot->linear)
        return;
    bars->values = (ValueAxis){plot, 0, most > 0 ? most : bars_largest(bars), false};
    if (!(bars->values.high > 0))
        bars->values.high = 1;
    value_bounds(&bars->values.low, &bars->values.high);
}

// How much of a column a bar fills, as the width of columns leaves room for space between bars.
static float bar_width(const Bars *bars)
{
    float dx = bars->axis.dx;
    switch (axis_class(bars->axis)) {
    case COLUMN_WIDE:
        return fminf(0.58f * dx, 60);
    case COLUMN_MIDDLE:
        return 0.68f * dx;
    default:
        return dx >= 3 ? dx - 1 : dx;
    }
}

Rect bar_rect(const Bars *bars, int t)
{
    Rect plot = bars->values.area;
    const Bar *bar = bar_at(bars, t);
    float foot = plot.y + plot.h, width = bar_width(bars);
    float top = foot;
    if (bar->kind == BAR_KNOWN)
        top = fminf(value_y(bars->values, bar->norm), foot - BAR_LEAST);
    if (bar->kind == BAR_NOT_FINITE)
        top = plot.y;
    return (Rect){axis_centre(bars->axis, t) - width / 2, top, width, foot - top};
}

// The zones are measured by the last scored step, so they exist once its gradient does. Where that lies beyond the
// axis they would colour all of it and say nothing of the bars.
bool bars_zoned(const Bars *bars)
{
    bool beyond = bars->reference < BARS_LOW || bars->reference > BARS_HIGH;
    return bars->reference > 0 && !(bars->values.logarithmic && beyond);
}
