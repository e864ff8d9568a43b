#include "views/weight_maps.h"

#include <math.h>

#include "base/math.h"
#include "ui/formula.h"
#include "views/weights.h"

enum {
    NAME = 14,      // a formula's size
    AFTER_NAME = 5, // before the shape
};

// ---- its cells ----------------------------------------------------------------------------------------------------
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

// ---- what is pointed at -------------------------------------------------------------------------------------------
// A cell's index from 0, row by row, and back.
static WeightPlace place_in(const WeightMaps *w, int tensor, int cell)
{
    int columns = w->program->tensors[tensor].columns;
    return (WeightPlace){tensor, cell / columns + 1, cell % columns + 1};
}

static int cells_of(const Tensor *tensor)
{
    return tensor->rows * tensor->columns;
}

static void pinned_hots(const WeightMaps *w, int index, Rect map, uint32_t id)
{
    const Tensor *tensor = &w->program->tensors[index];
    int pin = 0;
    for (long part; (part = hot_pinned(w->out, id, &pin)) > 0;) {
        if (part > cells_of(tensor))
            continue;
        WeightPlace place = place_in(w, index, (int)part - 1);
        draw_hot(w->out, (Hot){.id = id,
                               .area = cell_rect(tensor, map, place.row, place.column),
                               .tip = weights_tip(w->snapshot, place, w->out),
                               .pointed = {0, NONE, NONE},
                               .part = part});
    }
}

static const char *map_tip(const WeightMaps *w, int index, int cell)
{
    const Tensor *tensor = &w->program->tensors[index];
    return cell != NONE ? weights_tip(w->snapshot, place_in(w, index, cell), w->out)
                        : draw_print(w->out, "%s, %s", weights_name(tensor), weights_shape(tensor, w->out));
}

static void map_hot(const WeightMaps *w, int index, Rect map)
{
    const Tensor *tensor = &w->program->tensors[index];
    const char *name = weights_name(tensor);
    uint32_t id = hot_id(draw_print(w->out, "weights %s", name));
    int cell = w->out->hover == id && w->snapshot->pointed_unit < cells_of(tensor) ? w->snapshot->pointed_unit : NONE;
    if (cell != NONE)
        frame_cell(w, INK_FOCUS, tensor, map, place_in(w, index, cell));
    if (w->out->focus == id)
        draw_frame(w->out, INK_FOCUS, rect_inset(map, -3), 4, 2);
    pinned_hots(w, index, map, id);
    draw_hot(w->out, (Hot){.id = id,
                           .area = map,
                           .press = draw_print(w->out, "choose %s", name),
                           .tip = map_tip(w, index, cell),
                           .rows = tensor->rows,
                           .columns = tensor->columns,
                           .pointed = {0, NONE, NONE},
                           .focusable = true,
                           .part = cell + 1});
}

// ---- a map --------------------------------------------------------------------------------------------------------
float weight_over_width(const WeightMaps *w, const Tensor *tensor, WeightOver over)
{
    float name = formula_width(w->out->fonts, w->out->arena, NAME, weights_formula(w->snapshot, tensor->kind));
    float shape = draw_width(w->out, TYPE_CAPTION, weights_shape(tensor, w->out));
    return over == WEIGHT_SHAPE ? name + AFTER_NAME + shape : over == WEIGHT_NAMED ? name : 0;
}

static void draw_over(const WeightMaps *w, const Tensor *tensor, Rect label, WeightOver over)
{
    if (over >= WEIGHT_NAMED)
        draw_formula(w->out, INK_TEXT, NAME, label.x, label.y + 12, ALIGN_LEFT,
                     weights_formula(w->snapshot, tensor->kind));
    if (over == WEIGHT_SHAPE)
        draw_text(w->out, INK_SOFT, TYPE_CAPTION, label.x + weight_over_width(w, tensor, WEIGHT_NAMED) + AFTER_NAME,
                  label.y + 12, ALIGN_LEFT, weights_shape(tensor, w->out));
}

void weight_map(const WeightMaps *w, int index, Rect area, WeightOver over)
{
    const Tensor *tensor = &w->program->tensors[index];
    draw_over(w, tensor, rect_cut_top(&area, WEIGHT_LABEL), over);
    Rect map = {area.x, area.y, fminf(area.w, WEIGHT_CELL_MOST * (float)tensor->columns),
                fminf(area.h, WEIGHT_CELL_MOST * (float)tensor->rows)};
    draw_cells(w, tensor, map);
    draw_chosen(w, index, map);
    map_hot(w, index, map);
}
