#include <math.h>

#include "base/math.h"
#include "nn/op.h"
#include "views/cell_parts.h"
#include "views/exact.h"
#include "views/inspect.h"

// What computes a slot, and its values beside it.
enum { STRIP_UNITS = 16, TIP_UNITS = 6 };

// ---- values on wires -------------------------------------------------------------------------------------------
static double largest_of(const Real *value, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
        most = math_abs(value[i]) > most ? math_abs(value[i]) : most;
    return most;
}

// The units of a slot, or of its gradient, as a strip; scaled where they are not within −1 … 1.
static void draw_strip(const Cell *cell, int slot, Rect rect)
{
    int length = cell->program->slots[slot].length, count = length < STRIP_UNITS ? length : STRIP_UNITS;
    const Real *grad = cell->backward ? snapshot_grad(cell->snapshot, slot, cell->t) : NULL;
    const Real *value = grad ? grad : snapshot_value(cell->snapshot, slot, cell->t);
    double most = value ? largest_of(value, length) : 0, scale = grad || most > 1 ? most : 1;
    if (!value)
        return;
    double *shown = arena_new(cell->out->arena, double, count);
    for (int i = 0; i < count; i++)
        shown[i] = scale > 0 && isfinite(scale) ? value[i * length / count] / scale : value[i];
    draw_rect(cell->out, INK_CARD, rect_inset(rect, -1), 2);
    draw_grid(cell->out, rect,
              (Grid){.value = shown,
                     .rows = 1,
                     .columns = count,
                     .row_stride = count,
                     .column_stride = 1,
                     .ramp = cell_at(cell, slot)->role == ROLE_GATE && !grad ? RAMP_UNIT : RAMP_SIGNED,
                     .gap = rect.w >= 3 * (float)count ? 1 : 0});
    draw_frame(cell->out, grad ? INK_BACKWARD : INK_HAIRLINE, rect_inset(rect, -1), 2, 1);
}

// Above the box where the wire goes up, else on the wire; a gate's letter stands beside it, or above.
void cell_values(const Cell *cell, int slot)
{
    enum { WIDTH = 26, HEIGHT = 6, LETTER = 11, LEAST = 10 };
    Point at = cell_centre(cell, slot);
    Way way = {0};
    bool lettered = cell_at(cell, slot)->role == ROLE_GATE || cell_at(cell, slot)->role == ROLE_CANDIDATE;
    float width = fminf(WIDTH, cell->dx - LETTER), x = at.x + cell->dx * 0.5f, y = at.y;
    if (width < LEAST || cell->dy < 22 || cell_outside(cell, slot) || cell_sums(cell, slot))
        return;
    bool upright = cell_wire_from(cell, slot, &way) && way_is_upright(&way);
    if (upright) {
        x = at.x;
        y = at.y + (way.point[1].y < at.y ? -1 : 1) * (cell_half_height(cell, slot) + HEIGHT);
    }
    draw_strip(cell, slot, (Rect){x - width / 2, y - HEIGHT / 2, width, HEIGHT});
    if (lettered)
        draw_formula(cell->out, INK_TEXT, 12, upright ? x - width / 2 - 3 : x, upright ? y + 4 : y - HEIGHT - 2,
                     upright ? ALIGN_RIGHT : ALIGN_CENTRE, cell_at(cell, slot)->name);
}

// ---- what computes a slot --------------------------------------------------------------------------------------
static bool is_present(const Cell *cell, int slot)
{
    const Place *place = &cell->snapshot->place;
    return !cell->snapshot->probe && place->t == cell->t && place->row == cell->program->slots[slot].producer;
}

static const char *number_tip(const Cell *cell, const char *tip, const char *what, const Real *value, int length)
{
    int shown = length < TIP_UNITS ? length : TIP_UNITS;
    if (!value)
        return draw_print(cell->out, "%s\n%s not computed yet", tip, what);
    tip = draw_print(cell->out, "%s\n%s", tip, what);
    for (int i = 0; i < shown; i++)
        tip = draw_print(cell->out, "%s%s %s", tip, i ? "," : "", exact_text(cell->out, value[i]));
    return shown < length ? draw_print(cell->out, "%s, …", tip) : tip;
}

// Where the numbers come from, for the chosen unit: on the way back what arrives × the slope = what leaves.
static const char *with_sources(const Cell *cell, int slot, const char *tip)
{
    int chosen = cell->snapshot->selected_unit > 0 ? cell->snapshot->selected_unit - 1 : 0;
    Explanation explanation =
        explain_row(cell->snapshot, cell->program->slots[slot].producer, cell->t, cell->backward, cell->out->arena);
    for (int i = 0; i < explanation.count; i++) {
        const Equation *equation = &explanation.equation[i];
        const char *numbers = chosen < equation->result.rows ? inspect_unit(cell->out, equation, chosen) : NULL;
        const char *ends = cell->backward ? "slope × arriving = leaving" : "its parts";
        if (numbers)
            tip = draw_print(cell->out, "%s\nunit %d, %s: %s", tip, chosen + 1, ends, numbers);
    }
    return tip;
}

static const char *tip_of(const Cell *cell, int slot, bool whole)
{
    const Slot *of = cell_at(cell, slot);
    int length = cell->program->slots[slot].length;
    const char *tip = of->means ? draw_print(cell->out, "%s: %s", of->what, of->means) : of->what;
    if (!whole)
        return tip;
    tip = number_tip(cell, tip, "value", snapshot_value(cell->snapshot, slot, cell->t), length);
    tip = with_sources(cell, slot, tip);
    return cell->backward ? number_tip(cell, tip, "gradient", snapshot_grad(cell->snapshot, slot, cell->t), length)
                          : tip;
}

static void node_hot(const Cell *cell, int slot, Rect area)
{
    const Row *row = &cell->program->rows[cell->program->slots[slot].producer];
    Place place = {cell->backward ? PHASE_BACKWARD : PHASE_FORWARD, row->pass, cell->t,
                   cell->program->slots[slot].producer};
    const char *name = draw_print(cell->out, "cell %s", cell_at(cell, slot)->name);
    long update = cell->snapshot->run->at.update;
    draw_hot(cell->out,
             (Hot){.id = hot_id(name),
                   .area = area,
                   .press = update > 0 ? draw_print(cell->out, "seek %ld %ld", update, program_op(cell->program, place))
                                       : NULL,
                   .tip = tip_of(cell, slot, hot_asked(cell->out, hot_id(name))),
                   .pointed = {cell->t, slot, NONE}});
}

static const char *sign_of(OpKind kind)
{
    return op_types[kind].weighted > 0 ? "W" : kind == OP_MUL ? "×" : kind == OP_IDENTITY ? "=" : op_types[kind].sign;
}

void cell_node(const Cell *cell, int slot)
{
    Point at = cell_centre(cell, slot);
    OpKind kind = cell_kind(cell, slot);
    float w = cell_half_width(cell, slot), h = cell_half_height(cell, slot);
    bool round = kind == OP_MUL || kind == OP_ADD, present = is_present(cell, slot);
    bool there = snapshot_value(cell->snapshot, slot, cell->t), pointed = cell->snapshot->pointed_slot == slot;
    Rect box = {at.x - w, at.y - h, 2 * w, 2 * h};
    Ink frame = present ? (cell->backward ? INK_BACKWARD : INK_FORWARD) : there ? INK_NODE_FRAME : INK_FAINT;
    draw_rect(cell->out, present ? INK_HERE : round ? INK_NODE : INK_CONTROL, box, round ? w : 4);
    draw_frame(cell->out, pointed ? INK_FOCUS : frame, box, round ? w : 4, present || pointed ? 2.5f : 1);
    Type type = {round ? FACE_SEMIBOLD : FACE_WORDS, fmaxf(cell->least, fminf(round ? 13 : 11, 1.35f * h))};
    const char *sign = sign_of(kind);
    if (draw_width(cell->out, type, sign) > 2 * w - 2)
        type.size *= (2 * w - 2) / draw_width(cell->out, type, sign);
    if (type.size >= cell->least || cell->area.w < CELL_WIDE)
        draw_text(cell->out, there ? INK_TEXT : INK_FAINT, type, at.x, at.y + type.size * 0.36f, ALIGN_CENTRE, sign);
    node_hot(cell, slot, box);
}
