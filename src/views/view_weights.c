#include <math.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/plot.h"
#include "ui/widgets.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/views.h"
#include "views/weight_maps.h"
#include "views/weights.h"

// Every tensor of weights as a heat map, all on one scale: a line a layer and direction, the readout at the end of the
// last. Where there is no room for all lines, the layer looked at has one. Below, the weight that is chosen.
enum {
    EDGE = 12,
    HEAD = 31,    // title and key
    GATES = 30,   // at the left of a line: what the blocks of rows make
    LAYERS = 58,  // with the name of the layer over it
    FOOT = 46,    // the chosen weight
    BETWEEN = 16, // maps
    BETWEEN_NARROW = 7,
    NARROW = 420, // a card without the names of gates
    MAP_LEAST = 10,
    LINE_LEAST = 52,
    KEY = 62,
    MAPS_MOST = 8, // in a line
};

typedef struct {
    int tensor[MAPS_MOST], count;
    const Pass *pass;
} Line;

// ---- the scale --------------------------------------------------------------------------------------------------
static double scale_of(const Params *params)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < params->count; i++) {
        double size = math_abs((double)params->value[i]);
        high = isfinite(size) && size > high ? size : high;
    }
    if (high == 0)
        return 1;
    value_bounds(&low, &high);
    return high;
}

// ---- lines ------------------------------------------------------------------------------------------------------
static Line line_of(const WeightMaps *w, const Pass *pass, bool last)
{
    Line line = {.count = 0, .pass = pass};
    for (int i = 0; i < w->program->tensor_count && line.count < MAPS_MOST; i++) {
        const Tensor *tensor = &w->program->tensors[i];
        bool readout = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT;
        bool here = tensor->layer == pass->layer && tensor->reverse == pass->reverse;
        if (readout ? last : here)
            line.tensor[line.count++] = i;
    }
    return line;
}

// The passes of layers; where the last only reads out, it has no line.
static int lines_of(const WeightMaps *w, Line *lines, int most, bool all)
{
    int count = 0;
    for (int i = 0; i < w->program->pass_count && count < most; i++) {
        const Pass *pass = &w->program->passes[i];
        bool looked_at = pass->layer == w->snapshot->layer && pass->reverse == w->snapshot->reverse;
        Line line = line_of(w, pass, false);
        bool twice =
            count > 0 && lines[count - 1].pass->layer == pass->layer && lines[count - 1].pass->reverse == pass->reverse;
        if (line.count > 0 && !twice && (all || looked_at))
            lines[count++] = line;
    }
    if (count > 0)
        lines[count - 1] = line_of(w, lines[count - 1].pass, true);
    return count;
}

// ---- a line -----------------------------------------------------------------------------------------------------
static float least_width(const WeightMaps *w, const Tensor *tensor, WeightOver over)
{
    return fmaxf(weight_over_width(w, tensor, over), MAP_LEAST);
}

static float least_of_all(const WeightMaps *w, const Line *line, WeightOver over)
{
    float least = 0;
    for (int i = 0; i < line->count; i++)
        least += least_width(w, &w->program->tensors[line->tensor[i]], over);
    return least;
}

// Each has room for what stands over it; what is left goes to those with many columns.
static WeightOver widths_of(const WeightMaps *w, const Line *line, float room, float *width)
{
    WeightOver over = WEIGHT_SHAPE;
    while (over > WEIGHT_BARE && least_of_all(w, line, over) > room)
        over--;
    float left = room - least_of_all(w, line, over), wanted = 0;
    for (int i = 0; i < line->count; i++) {
        const Tensor *tensor = &w->program->tensors[line->tensor[i]];
        width[i] = least_width(w, tensor, over);
        wanted += fmaxf(WEIGHT_CELL_MOST * (float)tensor->columns - width[i], 0);
    }
    float part = wanted > 0 ? fminf(fmaxf(left, 0) / wanted, 1) : 0;
    for (int i = 0; i < line->count; i++) {
        const Tensor *tensor = &w->program->tensors[line->tensor[i]];
        width[i] += part * fmaxf(WEIGHT_CELL_MOST * (float)tensor->columns - width[i], 0);
    }
    return over;
}

static void draw_gates(const WeightMaps *w, const Line *line, Rect area)
{
    int first = line->tensor[0], blocks = w->program->net.cell->blocks;
    float high = fminf(area.h, WEIGHT_CELL_MOST * (float)w->program->tensors[first].rows) / (float)blocks;
    for (int block = 0; block < blocks && high >= 12; block++)
        draw_formula(w->out, INK_SOFT, 13, area.x + area.w - 6, area.y + high * ((float)block + 0.5f) + 4, ALIGN_RIGHT,
                     weights_gate(w->program, first, block));
}

static void draw_pass(const WeightMaps *w, const Line *line, Rect area)
{
    float width[MAPS_MOST];
    Rect gates = rect_cut_left(&area, area.w < NARROW ? 0 : layers_several(w->snapshot) ? LAYERS : GATES);
    float between = area.w < NARROW ? BETWEEN_NARROW : BETWEEN;
    const char *name = layer_name(w->program, line->pass->layer, line->pass->reverse, w->out);
    WeightOver over = widths_of(w, line, area.w - between * (float)(line->count - 1), width);
    if (gates.w > 0) {
        if (*name)
            draw_text(w->out, INK_SOFT, TYPE_CAPTION, gates.x, gates.y + 12, ALIGN_LEFT,
                      draw_cut(w->out, TYPE_CAPTION, name, gates.w));
        rect_cut_top(&gates, WEIGHT_LABEL);
        draw_gates(w, line, gates);
    }
    for (int i = 0; i < line->count; i++) {
        weight_map(w, line->tensor[i], rect_cut_left(&area, width[i]), over);
        rect_cut_left(&area, between);
    }
}

// ---- the head and the foot --------------------------------------------------------------------------------------
static void draw_head(const WeightMaps *w, Rect area)
{
    char number[NUMBER_SIZE];
    const char *title = "Weights",
               *count = draw_print(w->out, "%s numbers", number_grouped(number, (long)w->program->weight_count));
    draw_text(w->out, INK_TEXT, TYPE_STRONG, area.x, area.y + 15, ALIGN_LEFT, title);
    draw_text(w->out, INK_SOFT, TYPE_CAPTION, area.x + draw_width(w->out, TYPE_STRONG, title) + 8, area.y + 15,
              ALIGN_LEFT, count);
    Rect key = {area.x + area.w - KEY, area.y + 2, KEY, area.h};
    heatmap_key(w->out, &key, RAMP_SIGNED, w->scale);
}

// In brief; its tip tells it exactly.
static void draw_gradient(const WeightMaps *w, WeightPlace place, Rect area)
{
    const char *words = draw_print(w->out, "gradient %s", weights_gradient(w->snapshot, place, false, w->out));
    const char *shown = draw_cut(w->out, TYPE_BODY, words, area.w);
    draw_text(w->out, INK_BACKWARD, TYPE_BODY, area.x, area.y + 34, ALIGN_LEFT, shown);
    draw_hot(w->out, (Hot){.id = hot_id("weight gradient"),
                           .area = {area.x, area.y + 21, draw_width(w->out, TYPE_BODY, shown), 18},
                           .tip = weights_tip(w->snapshot, place, w->out),
                           .pointed = {0, NONE, NONE}});
}

static void draw_foot(const WeightMaps *w, Rect area)
{
    if (w->snapshot->weight == NONE) {
        draw_text(w->out, INK_FAINT, TYPE_BODY, area.x, area.y + area.h / 2 + 5, ALIGN_LEFT,
                  draw_cut(w->out, TYPE_BODY,
                           "press a weight to set it by hand; Alt and the arrow keys go from one to the next", area.w));
        return;
    }
    char text[WEIGHT_TEXT];
    WeightPlace place = weight_place(w->program, (size_t)w->snapshot->weight);
    double value = (double)w->run->params.value[w->snapshot->weight], most = fmax(2, w->scale);
    const char *line = weight_text(w->program, place, text), *changed = weights_changed(w->snapshot, place, w->out);
    slider(w->out, rect_cut_left(&area, fminf(area.w * 0.45f, 320)),
           (Slider){.name = "weight",
                    .label = line,
                    .shown = number_short((char[NUMBER_SIZE]){0}, value),
                    .drag = draw_print(w->out, "weight %s %%s", line),
                    .tip = weights_tip(w->snapshot, place, w->out),
                    .value = value,
                    .low = -most,
                    .high = most,
                    .ink = INK_ACTIVE});
    rect_cut_left(&area, BETWEEN);
    const char *way = weights_way(w->program, place, w->out);
    way = *changed ? draw_print(w->out, "%s, %s", way, changed) : way;
    draw_text(w->out, INK_SOFT, TYPE_BODY, area.x, area.y + 14, ALIGN_LEFT, draw_cut(w->out, TYPE_BODY, way, area.w));
    draw_gradient(w, place, area);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    WeightMaps w = {snapshot, snapshot->run, &snapshot->run->program, out, scale_of(&snapshot->run->params)};
    enum { LINES_MOST = 8 };
    Line lines[LINES_MOST];
    Rect rest = rect_inset(area, EDGE);
    draw_head(&w, rect_cut_top(&rest, HEAD));
    draw_foot(&w, rect_cut_bottom(&rest, FOOT));
    rect_cut_bottom(&rest, 8);
    int count = lines_of(&w, lines, LINES_MOST, true);
    if (count > 1 && rest.h / (float)count < LINE_LEAST)
        count = lines_of(&w, lines, LINES_MOST, false);
    float gap = 8, height = (rest.h - gap * (float)(count - 1)) / (float)count;
    for (int i = 0; i < count; i++) {
        draw_pass(&w, &lines[i], rect_cut_top(&rest, height));
        rect_cut_top(&rest, gap);
    }
}

const View view_weights = {
    .name = "weights",
    .title = "Weights",
    .what = "Every matrix and bias as a heat map; a weight can be chosen and set by hand.",
    .least_height = 150,
    .draw = draw,
};
