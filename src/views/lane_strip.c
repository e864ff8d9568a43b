#include <math.h>

#include "views/graph.h"
#include "views/heatmap.h"
#include "views/lane.h"
#include "views/scope.h"

// The graph of a lane: a box a time step, between two of them the gradient that goes back, or what goes forward as long
// as there is none; between high boxes both, as arrows. Narrow columns have no boxes, but a band as thick as the
// gradient is long.
enum {
    BOX_WIDEST = 30,
    BOX_HIGHEST = 45,
    BOX_LEAST = 3,
    INPUTS = 34,
    UNITS_LEAST = 6,
    GRADIENT_MOST = 7,
    GAP_LEAST = 9
};

static float box_width(const LaneRows *lane)
{
    float width = floorf(lane->axis.dx * 0.62f);
    return width > BOX_WIDEST ? BOX_WIDEST : width;
}

// Between high boxes, where there is room for arrowheads.
static bool has_arrows(const LaneRows *lane)
{
    return lane->high && lane->axis.dx - box_width(lane) >= GAP_LEAST;
}

static Rect box_of(const LaneRows *lane, int t)
{
    float width = box_width(lane), height = lane->inputs ? lane->strip.h - INPUTS : lane->strip.h - 4;
    height = fminf(height, has_arrows(lane) ? BOX_HIGHEST : BOX_WIDEST);
    return (Rect){floorf(axis_centre(lane->axis, t) - width / 2), floorf(lane->strip.y) + 1, width, floorf(height)};
}

static int state_of(const LaneRows *lane)
{
    return lane->snapshot->state;
}

// ---- boxes --------------------------------------------------------------------------------------------------------
// Units as small squares, in two columns where there is room; where they would be less than a pixel, those that share
// one show the largest of them.
static void draw_column_of(const LaneRows *lane, Rect area, const Real *values, int units)
{
    int cells = units < (int)area.h ? units : (int)area.h;
    double *cell = arena_new(lane->out->arena, double, cells);
    for (int unit = 0; unit < units; unit++) {
        double value = values[unit] / lane->scale, *most = &cell[(long)unit * cells / units];
        *most = value != value || fabs(value) > fabs(*most) ? value : *most;
    }
    draw_grid(lane->out, area,
              (Grid){.value = cell, .rows = cells, .columns = 1, .row_stride = 1, .ramp = RAMP_SIGNED});
}

static void draw_units_of(const LaneRows *lane, Rect box, const Real *values)
{
    int units = lane->snapshot->program->dims.H;
    int columns = units >= 4 && box.w >= 2 * UNITS_LEAST ? 2 : 1, rows = (units + columns - 1) / columns;
    if (box.w < 1 || box.h < 1)
        return;
    for (int column = 0; column < columns; column++) {
        int from = column * rows, count = from + rows > units ? units - from : rows;
        Rect part = {box.x + box.w / (float)columns * (float)column, box.y, box.w / (float)columns,
                     box.h * (float)count / (float)rows};
        draw_column_of(lane, part, values + from, count);
    }
}

static Ink frame_ink(const LaneRows *lane, int t)
{
    Place place = lane->snapshot->place;
    bool here = !lane->snapshot->probe && place.row != NONE && place.t == t;
    return !here ? INK_NODE_FRAME : place.phase == PHASE_BACKWARD ? INK_BACKWARD : INK_FORWARD;
}

static void draw_box(const LaneRows *lane, int t)
{
    Rect box = box_of(lane, t);
    const Real *values = snapshot_value(lane->snapshot, state_of(lane), t);
    Ink frame = values ? frame_ink(lane, t) : INK_HAIRLINE;
    float radius = fminf(4, box.w / 4);
    draw_rect(lane->out, INK_NODE, box, radius);
    if (values)
        draw_units_of(lane, rect_inset(box, fminf(3, box.w / 4)), values);
    draw_frame(lane->out, frame, box, radius, frame == INK_FORWARD || frame == INK_BACKWARD ? 2 : 1);
}

// ---- from box to box ----------------------------------------------------------------------------------------------
// What reaches h_t on its way back comes over the edge behind t, in the direction that is looked at.
static void draw_edge(const LaneRows *lane, int left)
{
    int t = lane->snapshot->reverse ? left + 1 : left;
    Rect from = box_of(lane, left), to = box_of(lane, left + 1);
    double norm;
    float x = from.x + from.w, width = to.x - x, y = from.y + from.h / 2;
    bool known = snapshot_grad_norm(lane->snapshot, state_of(lane), t, &norm);
    float thick = known && norm > 0 ? fminf(backward_width(norm), GRADIENT_MOST) : known ? 0 : 1.5f;
    Ink ink = known ? gradient_ink(norm) : INK_FORWARD;
    if (!known && !snapshot_value(lane->snapshot, state_of(lane), t)) {
        ink = INK_HAIRLINE;
        thick = 1;
    }
    if (thick > 0)
        draw_rect(lane->out, ink, (Rect){x, y - thick / 2, width, thick}, 0);
}

// What is not there yet has no arrow back, and a pale one forward, in the direction that is looked at.
static void draw_arrows(const LaneRows *lane, int left)
{
    Rect from = box_of(lane, left), to = box_of(lane, left + 1);
    double norm;
    bool reverse = lane->snapshot->reverse;
    int before = reverse ? left + 1 : left, after = snapshot_after(lane->snapshot, before);
    float west = from.x + from.w + 1, east = to.x - 1, back = from.y + from.h * 0.3f, on = from.y + from.h * 0.75f;
    float x = reverse ? east : west, end = reverse ? west : east;
    bool read = snapshot_value(lane->snapshot, state_of(lane), after) != NULL;
    draw_wide_arrow(lane->out, read ? INK_FORWARD : INK_HAIRLINE, 1.5f, 1.5f, (Point){x, on}, (Point){end, on});
    if (snapshot_grad_norm(lane->snapshot, state_of(lane), before, &norm) && norm > 0)
        draw_backward(lane->out, norm, GRADIENT_MOST, (Point){end, back}, (Point){x, back});
}

static void draw_boxes(const LaneRows *lane)
{
    int length = snapshot_length(lane->snapshot), last = lane->axis.last < length ? lane->axis.last : length;
    for (int t = lane->axis.first; t < last; t++)
        if (has_arrows(lane))
            draw_arrows(lane, t);
        else
            draw_edge(lane, t);
    for (int t = lane->axis.first; t <= last; t++)
        draw_box(lane, t);
}

// ---- narrow columns -----------------------------------------------------------------------------------------------
// Columns that share a pixel are one, as thick as the largest of their gradients.
static void draw_band(const LaneRows *lane)
{
    TimeAxis axis = lane->axis;
    Rect box = box_of(lane, axis.first);
    float middle = box.y + box.h / 2, end = axis_left(axis, axis.last + 1);
    draw_rect(lane->out, INK_HAIRLINE, (Rect){axis.x0, middle - 0.5f, end - axis.x0, 1}, 0);
    for (int t = axis.first; t <= axis.last;) {
        float left = axis_left(axis, t), most = 0, right = left;
        for (; t <= axis.last && right < left + 1; t++, right = axis_left(axis, t)) {
            double norm;
            if (snapshot_grad_norm(lane->snapshot, state_of(lane), t, &norm) && norm > 0)
                most = fmaxf(most, fminf(backward_width(norm), GRADIENT_MOST));
        }
        if (most > 0)
            draw_rect(lane->out, INK_BACKWARD, (Rect){left, middle - most / 2, right - left, most}, 0);
    }
}

// ---- inputs -------------------------------------------------------------------------------------------------------
static void draw_input(const LaneRows *lane, LabelRow *labels, int t)
{
    char text[TASK_TEXT];
    Rect box = box_of(lane, t);
    float foot = box.y + box.h, x = axis_centre(lane->axis, t);
    bool read = snapshot_input_text(lane->snapshot, t, text);
    if (!text[0] || !label_put(labels, read ? INK_TEXT : INK_FAINT, TYPE_SECTION, x, foot + 26, text))
        return;
    draw_arrow(lane->out, read ? INK_FORWARD : INK_FAINT, x, foot + 15, x, foot + 3, 1.5f);
}

static bool has_role(const LaneRows *lane, int t)
{
    char role[TASK_TEXT];
    snapshot_input_role(lane->snapshot, t, role);
    return role[0] != 0;
}

// What is to be kept in mind first, then as many others as there is room for.
static void draw_inputs(const LaneRows *lane)
{
    const int T = lane->snapshot->program->dims.T;
    LabelRow labels = label_row(lane->out, lane->axis.x0, axis_left(lane->axis, lane->axis.last + 1), 5);
    bool any = false;
    for (int t = 1; t <= T; t++) {
        bool kept = has_role(lane, t);
        any = any || kept;
        if (kept && axis_shows(lane->axis, t))
            draw_input(lane, &labels, t);
    }
    for (int t = lane->axis.first; t <= lane->axis.last && !any; t++)
        draw_input(lane, &labels, t);
}

static void box_hot(const LaneRows *lane, int t)
{
    const Snapshot *s = lane->snapshot;
    uint32_t id = hot_id(draw_print(lane->out, "lane %d", t));
    const char *tip = draw_print(lane->out, "time step t = %d", snapshot_t(lane->snapshot, t));
    if (hot_asked(lane->out, id) && snapshot_value(s, state_of(lane), t))
        tip = draw_print(lane->out, "%s%s%s", tip, scope_value(s, state_of(lane), t, NONE, lane->out),
                         scope_gradient(s, state_of(lane), t, NONE, lane->out));
    draw_hot(lane->out, (Hot){.id = id,
                              .area = {axis_left(lane->axis, t), lane->strip.y, lane->axis.dx, lane->strip.h},
                              .press = select_column(s, t, lane->out),
                              .tip = tip,
                              .pointed = {t, state_of(lane), NONE}});
}

// ---- the strip ----------------------------------------------------------------------------------------------------
void lane_strip(const LaneRows *lane)
{
    if (box_width(lane) >= BOX_LEAST)
        draw_boxes(lane);
    else
        draw_band(lane);
    if (lane->inputs && box_width(lane) >= BOX_LEAST)
        draw_inputs(lane);
    for (int t = lane->axis.first; t <= lane->axis.last && box_width(lane) >= BOX_LEAST; t++)
        box_hot(lane, t);
}
