#include "views/cell.h"

#include <math.h>

#include "base/math.h"
#include "nn/op.h"
#include "ui/formula.h"
#include "views/equation.h"
#include "views/exact.h"
#include "views/inspect.h"
#include "views/place.h"

enum { WIDE = 400, SIDE = 30, EDGE = 6, STRIP_UNITS = 16, TIP_UNITS = 6 };
static const float PALE = 0.3f;

typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect area;
    int t;
    bool backward;
    int lanes, columns;
    int input_lane;   // the lowest: where the input comes in
    float dx, dy;     // px from column to column, from lane to lane
    float least;      // size of text
    float box, small; // half the width of a box, radius of a node
} Cell;

bool cell_has_gates(const Program *program)
{
    for (int slot = 0; slot < program->slot_count; slot++)
        if (program->slots[slot].slot.role == ROLE_GATE)
            return true;
    return false;
}

// ---- places ---------------------------------------------------------------------------------------------------------
static const Slot *slot_at(const Cell *cell, int slot)
{
    return &cell->program->slots[slot].slot;
}

// In the cell's diagram, and of the layer that is shown.
static bool is_inside(const Cell *cell, int slot)
{
    if (slot == NONE)
        return false;
    const ProgramSlot *of = &cell->program->slots[slot];
    const ProgramSlot *state = &cell->program->slots[cell->program->state];
    return of->slot.lane != NONE && of->layer == state->layer && of->reverse == state->reverse;
}

static bool comes_from_outside(const Cell *cell, int slot)
{
    return slot_at(cell, slot)->role == ROLE_INPUT || slot_at(cell, slot)->role == ROLE_BEFORE;
}

static OpKind kind_of(const Cell *cell, int slot)
{
    return cell->program->rows[cell->program->slots[slot].producer].kind;
}

static bool is_sum(const Cell *cell, int slot)
{
    return op_types[kind_of(cell, slot)].weighted > 0;
}

static Point centre(const Cell *cell, int slot)
{
    const Slot *at = slot_at(cell, slot);
    return (Point){cell->area.x + SIDE + cell->dx * ((float)at->column + 0.5f),
                   cell->area.y + EDGE + cell->dy * ((float)at->lane + 0.5f)};
}

static void measure(Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!is_inside(cell, slot))
            continue;
        const Slot *at = slot_at(cell, slot);
        cell->lanes = at->lane + 1 > cell->lanes ? at->lane + 1 : cell->lanes;
        cell->columns = at->column + 1 > cell->columns ? at->column + 1 : cell->columns;
        cell->input_lane = at->role == ROLE_INPUT ? at->lane : cell->input_lane;
    }
    cell->dx = (cell->area.w - 2 * SIDE) / (float)cell->columns;
    cell->dy = (cell->area.h - 2 * EDGE) / (float)cell->lanes;
    cell->least = cell->area.w < WIDE ? 8 : 11;
    cell->box = fminf(17, cell->dx * 0.44f);
    cell->small = fminf(9, fminf(cell->dx, cell->dy) * 0.32f);
}

// Half the height of what stands at a slot's place.
static float half_height(const Cell *cell, int slot)
{
    return fminf(cell->small + 1, cell->dy * 0.32f) * (comes_from_outside(cell, slot) ? 0 : 1);
}

static float half_width(const Cell *cell, int slot)
{
    bool node = kind_of(cell, slot) == OP_MUL || kind_of(cell, slot) == OP_ADD;
    return comes_from_outside(cell, slot) ? 0 : node ? cell->small : cell->box;
}

// ---- wires -----------------------------------------------------------------------------------------------------
typedef struct {
    Point point[4];
    int count;
} Way;

static void way_add(Way *way, float x, float y)
{
    const Point *last = way->count > 0 ? &way->point[way->count - 1] : NULL;
    if (!last || fabsf(last->x - x) + fabsf(last->y - y) > 0.5f)
        way->point[way->count++] = (Point){x, y};
}

// What all sums read runs below them: the state before beside its own lane where that is low enough.
static float rail_of(const Cell *cell, int from, int to)
{
    bool below = slot_at(cell, from)->lane > slot_at(cell, to)->lane;
    float input = cell->area.y + EDGE + cell->dy * ((float)cell->input_lane + 0.5f);
    return below ? centre(cell, from).y : input - cell->dy * 0.45f;
}

// From a rail up into a sum: the state left of the middle, the input right of it.
static Way way_from_rail(const Cell *cell, int from, int to)
{
    Point a = centre(cell, from), b = centre(cell, to);
    float rail = rail_of(cell, from, to),
          both = cell->program->rows[cell->program->slots[to].producer].b != NONE ? 4 : 0;
    float x = b.x + (slot_at(cell, from)->role == ROLE_INPUT ? both : -both);
    Way way = {.count = 0};
    if (slot_at(cell, from)->lane == slot_at(cell, to)->lane) {
        way_add(&way, a.x, a.y);
        way_add(&way, b.x - half_width(cell, to), b.y);
        return way;
    }
    way_add(&way, a.x, a.y);
    way_add(&way, a.x, rail);
    way_add(&way, x, rail);
    way_add(&way, x, b.y + half_height(cell, to));
    return way;
}

// Up first and then across; what goes down goes across first. So no wire runs through a box of the cells here.
static Way way_between(const Cell *cell, int from, int to)
{
    Point a = centre(cell, from), b = centre(cell, to);
    Way way = {.count = 0};
    bool across_first = a.y < b.y || comes_from_outside(cell, from);
    float side = b.x > a.x ? 1 : b.x < a.x ? -1 : 0, up = b.y < a.y ? -1 : b.y > a.y ? 1 : 0;
    if (is_sum(cell, to) && comes_from_outside(cell, from))
        return way_from_rail(cell, from, to);
    if (across_first || up == 0) {
        way_add(&way, a.x + side * half_width(cell, from), a.y + (side == 0 ? up * half_height(cell, from) : 0));
        way_add(&way, up == 0 ? b.x - side * half_width(cell, to) : b.x, a.y);
        way_add(&way, up == 0 ? b.x - side * half_width(cell, to) : b.x, b.y - up * half_height(cell, to));
        return way;
    }
    way_add(&way, a.x, a.y - half_height(cell, from));
    way_add(&way, a.x, side == 0 ? b.y + half_height(cell, to) : b.y);
    way_add(&way, side == 0 ? b.x : b.x - side * half_width(cell, to), side == 0 ? b.y + half_height(cell, to) : b.y);
    return way;
}

// What has not happened is pale; what has come back is vermilion, its arrow at the other end.
static void draw_way(const Cell *cell, int slot, const Way *way, bool arrow)
{
    bool back = cell->backward && snapshot_grad(cell->snapshot, slot, cell->t);
    bool there = snapshot_value(cell->snapshot, slot, cell->t) != NULL;
    float width = slot_at(cell, slot)->role == ROLE_MEMORY ? 2.5f : 1.5f;
    uint8_t before = draw_fade(cell->out, back || (there && !cell->backward) ? 1 : PALE);
    Ink ink = back ? INK_BACKWARD : INK_FORWARD;
    int last = way->count - 1;
    for (int i = 0; i < last; i++) {
        Point a = way->point[i], b = way->point[i + 1];
        bool head = arrow && i == (back ? 0 : last - 1) && fabsf(a.x - b.x) + fabsf(a.y - b.y) > 7;
        if (head)
            draw_arrow(cell->out, ink, back ? b.x : a.x, back ? b.y : a.y, back ? a.x : b.x, back ? a.y : b.y, width);
        else
            draw_line(cell->out, ink, a.x, a.y, b.x, b.y, width);
    }
    draw_fade(cell->out, (float)before / 255);
}

static void draw_wires(const Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!is_inside(cell, slot) || comes_from_outside(cell, slot))
            continue;
        const Row *row = &cell->program->rows[cell->program->slots[slot].producer];
        for (int operand = 0; operand < op_types[row->kind].operands; operand++) {
            int from = operand ? row->b : row->a;
            Way way = is_inside(cell, from) ? way_between(cell, from, slot) : (Way){.count = 0};
            draw_way(cell, from, &way, true);
        }
    }
}

// As large as fits, or 0 where that is too small to be read.
static float label_size(const Cell *cell, const char *text, float room)
{
    const float most = 13;
    Formula formula;
    Err err;
    formula_layout(cell->out->fonts, cell->out->arena, INK_TEXT, most, text, &formula, &err);
    float size = formula.width > room ? most * room / formula.width : most;
    return size < cell->least || cell->dy < most + 3 ? 0 : size;
}

// In from the left edge, out to the right one.
static void draw_end(const Cell *cell, int slot, bool out)
{
    Point at = centre(cell, slot);
    float from = out ? at.x + half_width(cell, slot) : cell->area.x, to = out ? cell->area.x + cell->area.w : at.x;
    const char *name = equation_slot(cell->snapshot, slot, cell->t, cell->out->arena);
    Way way = {{{from, at.y}, {to, at.y}}, 2};
    draw_way(cell, slot, &way, out);
    bool there = snapshot_value(cell->snapshot, slot, cell->t);
    float room = out ? to - 8 - at.x - cell->box : at.x + cell->dx / 2 - cell->box - from,
          size = label_size(cell, name, room);
    if (size > 0)
        draw_formula(cell->out, there ? INK_TEXT : INK_FAINT, size, out ? to - 8 : from + 1, at.y - 6,
                     out ? ALIGN_RIGHT : ALIGN_LEFT, name);
}

static void draw_ends(const Cell *cell)
{
    for (int slot = 0; slot < cell->program->slot_count; slot++) {
        if (!is_inside(cell, slot))
            continue;
        if (comes_from_outside(cell, slot))
            draw_end(cell, slot, false);
        if (cell->program->slots[slot].delay != NONE)
            draw_end(cell, slot, true);
    }
}

// ---- values on wires -------------------------------------------------------------------------------------------
static double largest_of(const double *value, int count)
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
    const double *grad = cell->backward ? snapshot_grad(cell->snapshot, slot, cell->t) : NULL;
    const double *value = grad ? grad : snapshot_value(cell->snapshot, slot, cell->t);
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
                     .ramp = slot_at(cell, slot)->role == ROLE_GATE && !grad ? RAMP_UNIT : RAMP_SIGNED,
                     .gap = rect.w >= 3 * (float)count ? 1 : 0});
    draw_frame(cell->out, grad ? INK_BACKWARD : INK_HAIRLINE, rect_inset(rect, -1), 2, 1);
}

// The wire that leaves a slot where its values are shown half way: the first that goes up or down, else the first.
static bool is_upright(const Way *way)
{
    return way->count > 1 && fabsf(way->point[0].x - way->point[1].x) < 1;
}

static bool wire_from(const Cell *cell, int slot, Way *way)
{
    bool found = false;
    for (int to = 0; to < cell->program->slot_count; to++) {
        if (!is_inside(cell, to) || comes_from_outside(cell, to))
            continue;
        const Row *row = &cell->program->rows[cell->program->slots[to].producer];
        if (row->a != slot && row->b != slot)
            continue;
        const Way leaving = way_between(cell, slot, to);
        if (!found || (is_upright(&leaving) && !is_upright(way)))
            *way = leaving;
        found = true;
    }
    return found;
}

// Above the box where the wire goes up, else on the wire; a gate's letter stands beside it, or above.
static void draw_values(const Cell *cell, int slot)
{
    enum { WIDTH = 26, HEIGHT = 6, LETTER = 11, LEAST = 10 };
    Point at = centre(cell, slot);
    Way way = {0};
    bool lettered = slot_at(cell, slot)->role == ROLE_GATE || slot_at(cell, slot)->role == ROLE_CANDIDATE;
    float width = fminf(WIDTH, cell->dx - LETTER), x = at.x + cell->dx * 0.5f, y = at.y;
    if (width < LEAST || cell->dy < 22 || comes_from_outside(cell, slot) || is_sum(cell, slot))
        return;
    bool upright = wire_from(cell, slot, &way) && is_upright(&way);
    if (upright) {
        x = at.x;
        y = at.y + (way.point[1].y < at.y ? -1 : 1) * (half_height(cell, slot) + HEIGHT);
    }
    draw_strip(cell, slot, (Rect){x - width / 2, y - HEIGHT / 2, width, HEIGHT});
    if (lettered)
        draw_formula(cell->out, INK_TEXT, 12, upright ? x - width / 2 - 3 : x, upright ? y + 4 : y - HEIGHT - 2,
                     upright ? ALIGN_RIGHT : ALIGN_CENTRE, slot_at(cell, slot)->name);
}

// ---- what computes a slot --------------------------------------------------------------------------------------
static bool is_present(const Cell *cell, int slot)
{
    const Place *place = &cell->snapshot->place;
    return !cell->snapshot->probe && place->t == cell->t && place->row == cell->program->slots[slot].producer;
}

static const char *number_tip(const Cell *cell, const char *tip, const char *what, const double *value, int length)
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
    const Slot *of = slot_at(cell, slot);
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
    const char *name = draw_print(cell->out, "cell %s", slot_at(cell, slot)->name);
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

static void draw_node(const Cell *cell, int slot)
{
    Point at = centre(cell, slot);
    OpKind kind = kind_of(cell, slot);
    float w = half_width(cell, slot), h = half_height(cell, slot);
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
    if (type.size >= cell->least || cell->area.w < WIDE)
        draw_text(cell->out, there ? INK_TEXT : INK_FAINT, type, at.x, at.y + type.size * 0.36f, ALIGN_CENTRE, sign);
    node_hot(cell, slot, box);
}

void cell_draw(const Snapshot *snapshot, int t, Rect area, DrawList *out)
{
    Cell cell = {.snapshot = snapshot, .program = snapshot->program, .out = out, .area = area, .t = t};
    cell.backward = place_has_gradients(snapshot);
    measure(&cell);
    draw_rect(out, INK_PANEL, (Rect){area.x + SIDE / 2, area.y, area.w - SIDE, area.h}, 10);
    draw_frame(out, INK_HAIRLINE, (Rect){area.x + SIDE / 2, area.y, area.w - SIDE, area.h}, 10, 1);
    draw_wires(&cell);
    draw_ends(&cell);
    for (int slot = 0; slot < cell.program->slot_count; slot++)
        if (is_inside(&cell, slot) && !comes_from_outside(&cell, slot)) {
            draw_values(&cell, slot);
            draw_node(&cell, slot);
        }
}
