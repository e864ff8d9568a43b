#include <math.h>

#include "nn/op.h"
#include "views/cell_parts.h"
#include "views/exact.h"
#include "views/scope.h"

// What computes a slot: a box with what it does, or a node with a sign.
enum { TIP_UNITS = 6, LEAST_IN_VIEW = 11 };

// ---- tips -------------------------------------------------------------------------------------------------------
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

const char *cell_tip(const Cell *cell, const Stand *stand, bool whole)
{
    const Slot *of = cell_slot_of(cell, stand);
    int length = cell->program->slots[stand->slot].length;
    const char *tip = of->means ? draw_print(cell->out, "%s: %s", of->what, of->means) : of->what;
    if (!whole)
        return tip;
    tip = number_tip(cell, tip, "value", snapshot_value(cell->snapshot, stand->slot, cell->t), length);
    if (cell->backward)
        tip = number_tip(cell, tip, "gradient", snapshot_grad(cell->snapshot, stand->slot, cell->t), length);
    return draw_print(cell->out, "%s%s", tip,
                      scope_row(cell->snapshot, cell->program->slots[stand->slot].producer, cell->t, cell->backward,
                                NONE, cell->out));
}

static void node_hot(const Cell *cell, const Stand *stand, Rect area)
{
    const Row *row = cell_row(cell, stand);
    Place place = {cell->backward ? PHASE_BACKWARD : PHASE_FORWARD, row->pass, cell->t,
                   cell->program->slots[stand->slot].producer};
    const char *name = draw_print(cell->out, "cell %s", cell_slot_of(cell, stand)->name);
    long update = cell->snapshot->run->at.update;
    draw_hot(cell->out,
             (Hot){.id = hot_id(name),
                   .area = area,
                   .press = update > 0 ? draw_print(cell->out, "seek %ld %ld", update, program_op(cell->program, place))
                                       : NULL,
                   .tip = cell_tip(cell, stand, hot_asked(cell->out, hot_id(name))),
                   .pointed = {cell->t, stand->slot, NONE}});
}

// ---- nodes ------------------------------------------------------------------------------------------------------
static bool is_present(const Cell *cell, const Stand *stand)
{
    const Place *place = &cell->snapshot->place;
    return !cell->snapshot->probe && place->t == cell->t && place->row == cell->program->slots[stand->slot].producer;
}

static const char *sign_of(OpKind kind)
{
    return op_types[kind].by_vector      ? "p"
           : op_types[kind].weighted > 0 ? "W"
           : kind == OP_MUL              ? "×"
           : kind == OP_IDENTITY         ? "="
                                         : op_types[kind].sign;
}

static void draw_sign(const Cell *cell, const Stand *stand, Ink ink)
{
    const char *sign = sign_of(cell_row(cell, stand)->kind);
    float most = (stand->round ? 13 : 11) * fmaxf(1, cell->scale), room = 2 * stand->w - 3;
    Type type = {stand->round ? FACE_SEMIBOLD : FACE_WORDS, fmaxf(cell->least, fminf(most, 1.35f * stand->h))};
    float width = draw_width(cell->out, type, sign);
    type.size *= width > room ? room / width : 1;
    if (type.size >= cell->least || cell->least < LEAST_IN_VIEW)
        draw_text(cell->out, ink, type, stand->at.x, stand->at.y + type.size * 0.36f, ALIGN_CENTRE, sign);
}

static void draw_node(const Cell *cell, const Stand *stand)
{
    bool present = is_present(cell, stand), there = snapshot_value(cell->snapshot, stand->slot, cell->t),
         pointed = cell->snapshot->pointed_slot == stand->slot;
    Rect box = {stand->at.x - stand->w, stand->at.y - stand->h, 2 * stand->w, 2 * stand->h};
    float radius = stand->round ? stand->w : 4;
    Ink frame = present ? (cell->backward ? INK_BACKWARD : INK_FORWARD) : there ? INK_NODE_FRAME : INK_FAINT;
    draw_rect(cell->out, present ? INK_HERE : stand->round ? INK_NODE : INK_CONTROL, box, radius);
    draw_frame(cell->out, pointed ? INK_FOCUS : frame, box, radius, present || pointed ? 2.5f : 1);
    draw_sign(cell, stand, there ? INK_TEXT : INK_FAINT);
    node_hot(cell, stand, box);
}

void cell_nodes(const Cell *cell)
{
    for (int i = 0; i < cell->stand_count; i++)
        if (!cell->stands[i].outside)
            draw_node(cell, &cell->stands[i]);
}
