#include <math.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/formula.h"
#include "ui/plot.h"
#include "ui/widgets.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/views.h"
#include "views/weights.h"

// Every tensor of weights as a heat map, all on one scale: a line a layer and direction, the readout at the end of the
// last. Where there is no room for all lines, the layer looked at has one. Below, the weight that is chosen.
enum {
    EDGE = 12,
    HEAD = 26,    // title and key
    LABEL = 18,   // over a map: its name and shape
    GATES = 30,   // at the left of a line: what the blocks of rows make
    LAYERS = 58,  // with the name of the layer over it
    FOOT = 46,    // the chosen weight
    BETWEEN = 16, // maps
    BETWEEN_NARROW = 7,
    NARROW = 420,   // a card without the names of gates
    NAME = 14,      // a formula's size
    AFTER_NAME = 5, // before the shape
    MAP_LEAST = 10,
    LINE_LEAST = 52,
    CELL_MOST = 30,
    KEY = 62,
    MAPS_MOST = 8, // in a line
};

typedef struct {
    const Snapshot *snapshot;
    const Run *run;
    const Program *program;
    DrawList *out;
    double scale; // the magnitude that is drawn as 1
} WeightMaps;

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

// ---- a map ------------------------------------------------------------------------------------------------------
// Cells would be smaller than a pixel: the largest magnitude stands for those that are joined.
static double joined(const Real *value, const Tensor *tensor, int row, int rows, int column, int columns)
{
    long R = tensor->rows, C = tensor->columns;
    long top = row * R / rows, bottom = (row + 1) * R / rows, left = column * C / columns,
         right = (column + 1) * C / columns;
    double most = 0;
    for (long r = top; r < bottom; r++)
        for (long c = left; c < right; c++) {
            double here = (double)value[r * C + c];
            most = here != here || math_abs(here) > math_abs(most) ? here : most;
        }
    return most;
}

static int cells_in(float pixels, int count)
{
    int most = pixels < 1 ? 1 : (int)pixels;
    return count < most ? count : most;
}

static void draw_cells(const WeightMaps *w, const Tensor *tensor, Rect map)
{
    int rows = cells_in(map.h, tensor->rows), columns = cells_in(map.w, tensor->columns);
    double *cell = arena_new(w->out->arena, double, (size_t)rows *(size_t)columns);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            cell[row * columns + column] =
                joined(w->run->params.value + tensor->offset, tensor, row, rows, column, columns) / w->scale;
    bool apart = map.h / (float)rows >= 6 && map.w / (float)columns >= 6;
    draw_grid(w->out, map,
              (Grid){.value = cell,
                     .rows = rows,
                     .columns = columns,
                     .row_stride = columns,
                     .column_stride = 1,
                     .ramp = RAMP_SIGNED,
                     .gap = apart ? 1 : 0});
    draw_frame(w->out, INK_HAIRLINE, rect_inset(map, -1), 2, 1);
}

static Rect cell_rect(const Tensor *tensor, Rect map, int row, int column)
{
    float w = map.w / (float)tensor->columns, h = map.h / (float)tensor->rows;
    return (Rect){map.x + w * (float)(column - 1), map.y + h * (float)(row - 1), w, h};
}

// At least so large that it is seen, and within the card's clip in any case.
static void frame_cell(const WeightMaps *w, Ink ink, const Tensor *tensor, Rect map, WeightPlace place)
{
    Rect cell = cell_rect(tensor, map, place.row, place.column);
    float wider = fmaxf(5 - cell.w, 0) / 2, higher = fmaxf(5 - cell.h, 0) / 2;
    draw_frame(w->out, ink,
               (Rect){cell.x - wider - 1, cell.y - higher - 1, cell.w + 2 * wider + 2, cell.h + 2 * higher + 2}, 1,
               1.5f);
}

static void draw_chosen(const WeightMaps *w, int tensor, Rect map)
{
    if (w->snapshot->weight == NONE)
        return;
    WeightPlace place = weight_place(w->program, (size_t)w->snapshot->weight);
    if (place.tensor == tensor)
        frame_cell(w, INK_TEXT, &w->program->tensors[tensor], map, place);
}

static void draw_hot_map(const WeightMaps *w, int index, Rect map)
{
    const Tensor *tensor = &w->program->tensors[index];
    const char *name = weights_name(tensor);
    uint32_t id = hot_id(draw_print(w->out, "weights %s", name));
    int cell = w->out->hover == id ? w->snapshot->pointed_unit : NONE;
    bool there = cell >= 0 && cell < tensor->rows * tensor->columns;
    WeightPlace place = {index, there ? cell / tensor->columns + 1 : 1, there ? cell % tensor->columns + 1 : 1};
    if (there)
        frame_cell(w, INK_FOCUS, tensor, map, place);
    const char *tip = there ? weights_tip(w->snapshot, place, w->out)
                            : draw_print(w->out, "%s, %s", name, weights_shape(tensor, w->out));
    if (w->out->focus == id)
        draw_frame(w->out, INK_FOCUS, rect_inset(map, -3), 4, 2);
    draw_hot(w->out, (Hot){.id = id,
                           .area = map,
                           .press = draw_print(w->out, "choose %s", name),
                           .tip = tip,
                           .rows = tensor->rows,
                           .columns = tensor->columns,
                           .pointed = {0, NONE, NONE},
                           .focusable = true});
}

// What stands over a map: as much of it as there is room for over all maps of a line.
typedef enum { OVER_NOTHING, OVER_NAME, OVER_SHAPE } Over;

static float over_width(const WeightMaps *w, const Tensor *tensor, Over over)
{
    float name = formula_width(w->out->fonts, w->out->arena, NAME, weights_formula(w->snapshot, tensor->kind));
    float shape = draw_width(w->out, TYPE_CAPTION, weights_shape(tensor, w->out));
    return over == OVER_SHAPE ? name + AFTER_NAME + shape : over == OVER_NAME ? name : 0;
}

static void draw_over(const WeightMaps *w, const Tensor *tensor, Rect label, Over over)
{
    if (over >= OVER_NAME)
        draw_formula(w->out, INK_TEXT, NAME, label.x, label.y + 12, ALIGN_LEFT,
                     weights_formula(w->snapshot, tensor->kind));
    if (over == OVER_SHAPE)
        draw_text(w->out, INK_SOFT, TYPE_CAPTION, label.x + over_width(w, tensor, OVER_NAME) + AFTER_NAME, label.y + 12,
                  ALIGN_LEFT, weights_shape(tensor, w->out));
}

static void draw_map(const WeightMaps *w, int index, Rect area, Over over)
{
    const Tensor *tensor = &w->program->tensors[index];
    draw_over(w, tensor, rect_cut_top(&area, LABEL), over);
    Rect map = {area.x, area.y, fminf(area.w, CELL_MOST * (float)tensor->columns),
                fminf(area.h, CELL_MOST * (float)tensor->rows)};
    draw_cells(w, tensor, map);
    draw_chosen(w, index, map);
    draw_hot_map(w, index, map);
}

// ---- a line -----------------------------------------------------------------------------------------------------
static float least_width(const WeightMaps *w, const Tensor *tensor, Over over)
{
    return fmaxf(over_width(w, tensor, over), MAP_LEAST);
}

static float least_of_all(const WeightMaps *w, const Line *line, Over over)
{
    float least = 0;
    for (int i = 0; i < line->count; i++)
        least += least_width(w, &w->program->tensors[line->tensor[i]], over);
    return least;
}

// Each has room for what stands over it; what is left goes to those with many columns.
static Over widths_of(const WeightMaps *w, const Line *line, float room, float *width)
{
    Over over = OVER_SHAPE;
    while (over > OVER_NOTHING && least_of_all(w, line, over) > room)
        over--;
    float left = room - least_of_all(w, line, over), wanted = 0;
    for (int i = 0; i < line->count; i++) {
        const Tensor *tensor = &w->program->tensors[line->tensor[i]];
        width[i] = least_width(w, tensor, over);
        wanted += fmaxf(CELL_MOST * (float)tensor->columns - width[i], 0);
    }
    float part = wanted > 0 ? fminf(fmaxf(left, 0) / wanted, 1) : 0;
    for (int i = 0; i < line->count; i++) {
        const Tensor *tensor = &w->program->tensors[line->tensor[i]];
        width[i] += part * fmaxf(CELL_MOST * (float)tensor->columns - width[i], 0);
    }
    return over;
}

static void draw_gates(const WeightMaps *w, const Line *line, Rect area)
{
    int first = line->tensor[0], blocks = w->program->net.cell->blocks;
    float high = fminf(area.h, CELL_MOST * (float)w->program->tensors[first].rows) / (float)blocks;
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
    Over over = widths_of(w, line, area.w - between * (float)(line->count - 1), width);
    if (gates.w > 0) {
        if (*name)
            draw_text(w->out, INK_SOFT, TYPE_CAPTION, gates.x, gates.y + 12, ALIGN_LEFT,
                      draw_cut(w->out, TYPE_CAPTION, name, gates.w));
        rect_cut_top(&gates, LABEL);
        draw_gates(w, line, gates);
    }
    for (int i = 0; i < line->count; i++) {
        draw_map(w, line->tensor[i], rect_cut_left(&area, width[i]), over);
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
    draw_text(w->out, INK_BACKWARD, TYPE_BODY, area.x, area.y + 34, ALIGN_LEFT,
              draw_cut(w->out, TYPE_BODY,
                       draw_print(w->out, "gradient %s", weights_gradient(w->snapshot, place, w->out)), area.w));
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
