#include "ui/widgets.h"
#include "views/gradient.h"
#include "views/layers.h"
#include "views/padding.h"
#include "views/views.h"

// How long the gradient is at every time step: the 2-norm of the total derivative of the shown sequence's own loss
// with respect to the state there. Backward goes from right to left; vanishing and exploding are seen as a slope.

// ---- the margin -------------------------------------------------------------------------------------------------
enum { MARGIN_LEFT = 9, MARGIN_NAME = 12, SEGMENT_WIDTH = 27, SEGMENT_HEIGHT = 20 };

static void draw_segments(const Bars *bars, float y, const Button segments[2])
{
    for (int i = 0; i < 2; i++)
        button_segment(
            bars->out,
            (Rect){bars->area.x + MARGIN_LEFT + (float)(i * SEGMENT_WIDTH), y, SEGMENT_WIDTH, SEGMENT_HEIGHT},
            segments[i]);
}

static void axis_segments(const Bars *bars, float y)
{
    bool linear = bars->snapshot->linear;
    draw_segments(bars, y,
                  (Button[2]){
                      {.name = "bars log",
                       .text = "log",
                       .line = "bars log",
                       .tip = "a tenth is as far from 1 as 1 from 10",
                       .chosen = !linear,
                       .ink = INK_ACTIVE},
                      {.name = "bars linear",
                       .text = "lin",
                       .line = "bars linear",
                       .tip = "twice as long is twice as high",
                       .chosen = linear,
                       .ink = INK_ACTIVE},
                  });
}

static void state_segments(const Bars *bars, float y)
{
    bool of_memory = bars->slot == bars->snapshot->memory;
    draw_segments(bars, y,
                  (Button[2]){
                      {.name = "gradient c",
                       .text = "c",
                       .line = "gradient c",
                       .tip = "with respect to the cell state c",
                       .chosen = of_memory,
                       .ink = INK_ACTIVE},
                      {.name = "gradient h",
                       .text = "h",
                       .line = "gradient h",
                       .tip = "with respect to the hidden state h",
                       .chosen = !of_memory,
                       .ink = INK_ACTIVE},
                  });
}

// Baselines and where the segments begin, px below the area's top.
typedef struct {
    float name, formula, segments;
    Type type; // of the name
} MarginPlaces;

// From the top, as much as there is room for; the scale's numbers stand at the right end.
static void draw_margin(const Bars *bars)
{
    static const MarginPlaces roomy = {23, 43, 54, {FACE_SEMIBOLD, 13}}, low = {15, 32, 39, {FACE_SEMIBOLD, 12}};
    const MarginPlaces *at = bars->area.h >= 150 ? &roomy : &low;
    float x = bars->area.x + MARGIN_NAME, y = bars->area.y + at->segments, bottom = bars->area.y + bars->area.h - 3;
    draw_text(bars->out, INK_BACKWARD, at->type, x, bars->area.y + at->name, ALIGN_LEFT, "gradient");
    draw_formula(bars->out, INK_BACKWARD, 14, x, bars->area.y + at->formula, ALIGN_LEFT,
                 draw_print(bars->out, "\\norm{\\partial L/\\partial %s_t}", bars->sign));
    if (bars->snapshot->memory != NONE && y + SEGMENT_HEIGHT <= bottom) {
        state_segments(bars, y);
        y += SEGMENT_HEIGHT + 4;
    }
    if (y + SEGMENT_HEIGHT <= bottom) {
        axis_segments(bars, y);
        y += SEGMENT_HEIGHT + 4;
    }
    if (y + 11 <= bottom && layers_several(bars->snapshot))
        draw_text(bars->out, INK_SOFT, TYPE_CAPTION, x, y + 10, ALIGN_LEFT,
                  layer_name(bars->snapshot->program, bars->snapshot->layer, bars->snapshot->reverse, bars->out));
}

// ---- the view ---------------------------------------------------------------------------------------------------
static Bars bars_of(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    Bars bars = {.snapshot = snapshot, .axis = axis, .area = area, .out = out};
    bool of_memory = snapshot->gradient_of_memory && snapshot->memory != NONE;
    bars.slot = of_memory ? snapshot->memory : snapshot->state;
    bars.sign = of_memory ? "c" : "h";
    bars.last = snapshot_last_read(snapshot);
    bars.texts = area.h >= BARS_TEXTS_LEAST;
    bars.above = bars.texts ? 34 : 9;
    bars.below = bars.texts ? 24 : 20;
    bars_measure(&bars);
    bars_place(&bars, 0);
    return bars;
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    Bars bars = bars_of(snapshot, axis, area, out);
    Rect plot = bars.values.area;
    bars_zones(&bars);
    if (bars.any)
        bars_scale(&bars);
    bars_draw(&bars);
    padding_draw(snapshot, axis, "gradient", plot.y, plot.h, out);
    bars_numbers(&bars);
    draw_margin(&bars);
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
