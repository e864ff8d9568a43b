#include <math.h>

#include "base/words.h"
#include "views/exact.h"
#include "views/graph.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/place.h"
#include "views/scope.h"

// ---- what a press says ------------------------------------------------------------------------------------------
void graph_hot(const Graph *graph, const char *name, Rect area, const char *press, const char *tip, Pointed pointed)
{
    if (!graph->pinned || graph_asked(graph, name))
        draw_hot(graph->out, (Hot){.id = hot_id(name), .area = area, .press = press, .tip = tip, .pointed = pointed});
}

bool graph_asked(const Graph *graph, const char *name)
{
    return hot_asked(graph->out, hot_id(name));
}

const char *press_select(const Graph *graph, int t, int unit)
{
    int selected = graph->snapshot->selected_unit > 0 ? graph->snapshot->selected_unit : 1;
    return draw_print(graph->out, "select %d %d", shown_t(graph, t), unit == NONE ? selected : unit + 1);
}

const char *press_known(const Graph *graph, long op, int t)
{
    long update = graph->snapshot->run->at.update;
    return update > 0 ? draw_print(graph->out, "seek %ld %ld", update, op) : press_select(graph, t, NONE);
}

const char *press_step(const Graph *graph, int t)
{
    const Program *p = graph->program;
    const Row *state = &p->rows[p->slots[graph->snapshot->state].producer];
    const Pass *pass = &p->passes[state->pass];
    Place end = {.phase = PHASE_FORWARD, .pass = state->pass, .t = t, .row = pass->first_row + pass->row_count - 1};
    if (graph_backward(graph) && !graph->snapshot->probe) {
        end.phase = PHASE_BACKWARD;
        end.row = pass->first_row;
    }
    return press_known(graph, program_op(p, end), t);
}

// ---- what is pointed at -----------------------------------------------------------------------------------------
const char *tip_of_gradient(const Graph *graph, const Lane *lane, int t, bool asked)
{
    double norm = lane_norm(graph, lane, t);
    int after = snapshot_after(graph->snapshot, t);
    double later = lane_norm(graph, lane, after);
    if (!(norm >= 0) && norm == norm)
        return "";
    const char *factor = factor_text(graph, later, norm);
    const char *share = factor ? draw_print(graph->out, ", %s of t = %d", factor, shown_t(graph, after)) : "";
    const char *tip = draw_print(graph->out, "\n‖∂L/∂%s‖ at t = %s: %s%s", lane->sign,
                                 place_t(graph->snapshot, t, graph->out), exact_text(graph->out, norm), share);
    return asked ? draw_print(graph->out, "%s%s%s", tip, scope_factor(later, norm, graph->out),
                              scope_gradient(graph->snapshot, lane->slot, t, NONE, graph->out))
                 : tip;
}

// The least and the largest over some time steps.
static const char *tip_of_gradients(const Graph *graph, const Lane *lane, int first, int last)
{
    double low = INFINITY, high = -INFINITY;
    for (int t = first; t <= last; t++) {
        double norm = lane_norm(graph, lane, t);
        low = norm >= 0 ? fmin(low, norm) : low;
        high = norm >= 0 ? fmax(high, norm) : high;
    }
    return high < 0 ? "" : draw_print(graph->out, "\n‖∂L/∂%s‖: %s", lane->sign, exact_range(graph->out, low, high));
}

// What full colour means is the same all over, and is told where it is not 1.
static const char *tip_of_scale(const Graph *graph, const Lane *lane)
{
    char scale[NUMBER_SIZE];
    return lane->scale == 1 ? "" : draw_print(graph->out, "\ncolours: ±%s", number_short(scale, lane->scale));
}

static const char *tip_of_values(const Graph *graph, const Lane *lane, int t, const Real *values, int unit)
{
    int units = graph->program->dims.H;
    if (unit != NONE)
        return draw_print(graph->out, "t = %d, %s unit %d = %s", shown_t(graph, t), lane->sign, unit + 1,
                          exact_text(graph->out, values[unit]));
    if (units == 1)
        return draw_print(graph->out, "t = %d, %s = %s", shown_t(graph, t), lane->sign,
                          exact_text(graph->out, *values));
    return draw_print(graph->out, "t = %d, %s state %s, %d units", shown_t(graph, t), lane->word, lane->sign, units);
}

const char *tip_of_state(const Graph *graph, const Lane *lane, int t, int unit, bool asked)
{
    const Real *values = snapshot_value(graph->snapshot, lane->slot, t);
    if (!values)
        return draw_print(graph->out, "t = %d, %s is not computed yet", shown_t(graph, t), lane->sign);
    const char *made = asked ? scope_value(graph->snapshot, lane->slot, t, unit, graph->out) : "";
    return draw_print(graph->out, "%s%s%s%s%s", tip_of_values(graph, lane, t, values, unit),
                      layer_in_tip(graph->snapshot, lane->slot, graph->out), tip_of_scale(graph, lane), made,
                      tip_of_gradient(graph, lane, t, asked));
}

// A row at t on the way forward or back: what an edge carries.
const char *tip_of_edge(const Graph *graph, const char *what, int row, int t, bool backward, bool asked)
{
    return asked ? draw_print(graph->out, "%s%s", what, scope_row(graph->snapshot, row, t, backward, NONE, graph->out))
                 : what;
}

const char *tip_of_states(const Graph *graph, const Lane *lane, int first, int last, bool pointed)
{
    const char *range = pointed ? slot_range(graph->snapshot, lane->slot, first, last, graph->out) : NULL;
    if (!range)
        return tip_of_column(graph, first, last, pointed);
    return draw_print(graph->out, "%s state %s, t = %d to %d%s\n%s%s%s", lane->word, lane->sign, shown_t(graph, first),
                      shown_t(graph, last), layer_in_tip(graph->snapshot, lane->slot, graph->out), range,
                      tip_of_scale(graph, lane), tip_of_gradients(graph, lane, first, last));
}

const char *tip_of_column(const Graph *graph, int first, int last, bool pointed)
{
    const char *tip =
        first == last ? place_in_all(graph->snapshot, first, graph->out)
                      : draw_print(graph->out, "time steps t = %d to %d", shown_t(graph, first), shown_t(graph, last));
    if (snapshot_padding(graph->snapshot, first))
        return draw_print(graph->out, "%s: padding, the sequence ends at t = %d", tip,
                          shown_t(graph, snapshot_length(graph->snapshot)));
    for (int i = 0; pointed && i < graph->lane_count; i++) {
        const Lane *lane = &graph->lanes[i];
        tip = draw_print(graph->out, "%s%s", tip,
                         first == last ? tip_of_gradient(graph, lane, first, false)
                                       : tip_of_gradients(graph, lane, first, last));
    }
    return tip;
}
