#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/formula.h"
#include "views/cell_parts.h"

// The numbers on the wires: a strip with a slot's units, a letter beside it where it is a gate's, and the number of
// the chosen unit. Each takes the first place that nothing else has taken, or none.
enum { STRIP_WIDTH = 26, STRIP_HEIGHT = 6, STRIP_LEAST = 12, STRIP_UNITS = 16, LETTER_SIZE = 12, NUMBER_HEIGHT = 10 };

// ---- room -------------------------------------------------------------------------------------------------------
static bool apart(Rect a, Rect b)
{
    return a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h;
}

static Rect around(Point a, Point b)
{
    const float half = 1.5f; // of a wire's width
    return (Rect){fminf(a.x, b.x) - half, fminf(a.y, b.y) - half, fabsf(a.x - b.x) + 2 * half,
                  fabsf(a.y - b.y) + 2 * half};
}

static bool off_wires(const Cell *cell, Rect rect, int own)
{
    for (int i = 0; i < cell->wire_count; i++)
        for (int k = 0; k + 1 < cell->wires[i].count && cell->wires[i].from != own; k++)
            if (!apart(rect, around(cell->wires[i].point[k], cell->wires[i].point[k + 1])))
                return false;
    return true;
}

static bool off_stands(const Cell *cell, Rect rect)
{
    for (int i = 0; i < cell->stand_count; i++) {
        const Stand *stand = &cell->stands[i];
        Rect box = {stand->at.x - stand->w - 1, stand->at.y - stand->h - 1, 2 * stand->w + 2, 2 * stand->h + 2};
        if (!stand->outside && !apart(rect, box))
            return false;
    }
    return true;
}

bool cell_free(const Cell *cell, Rect rect, int own)
{
    const Rect *area = &cell->area;
    if (rect.x < area->x || rect.y < area->y || rect.x + rect.w > area->x + area->w ||
        rect.y + rect.h > area->y + area->h)
        return false;
    for (int i = 0; i < cell->taken_count; i++)
        if (!apart(rect, cell->taken[i]))
            return false;
    return off_stands(cell, rect) && off_wires(cell, rect, own);
}

void cell_take(Cell *cell, Rect rect)
{
    cell->taken[cell->taken_count++] = rect;
}

// ---- strips -----------------------------------------------------------------------------------------------------
static double largest_of(const Real *value, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
        most = math_abs(value[i]) > most ? math_abs(value[i]) : most;
    return most;
}

// The units of a slot, or of its gradient; scaled where they are not within −1 … 1.
static void draw_strip(const Cell *cell, const Stand *stand, Rect rect, const Real *value, bool grad)
{
    int length = cell->program->slots[stand->slot].length, count = length < STRIP_UNITS ? length : STRIP_UNITS;
    double most = largest_of(value, length), scale = grad || most > 1 ? most : 1;
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
                     .ramp = cell_slot_of(cell, stand)->role == ROLE_GATE && !grad ? RAMP_UNIT : RAMP_SIGNED,
                     .gap = rect.w >= 3 * (float)count ? 1 : 0});
    draw_frame(cell->out, grad ? INK_BACKWARD : INK_HAIRLINE, rect_inset(rect, -1), 2, 1);
}

static bool is_lettered(const Cell *cell, const Stand *stand)
{
    Role role = cell_slot_of(cell, stand)->role;
    return role == ROLE_GATE || role == ROLE_CANDIDATE;
}

static bool take_if_free(Cell *cell, Rect rect, int own)
{
    bool is_free = cell_free(cell, rect, own);
    if (is_free)
        cell_take(cell, rect);
    return is_free;
}

// Just behind the node, on the first stretch of one of its wires that is long enough and that nothing crosses.
static bool place_on_wire(Cell *cell, int own, float width, float height, Rect *strip)
{
    enum { HEAD = 9, BEFORE = 4 };
    for (int i = 0; i < cell->wire_count; i++) {
        const Wire *wire = &cell->wires[i];
        Point a = wire->point[0], b = wire->point[1];
        bool level = fabsf(a.y - b.y) < 0.5f;
        float length = level ? b.x - a.x : b.y - a.y, size = level ? width : height, way = length < 0 ? -1 : 1;
        if (wire->from != own || way * length < size + BEFORE + (wire->count == 2 ? HEAD : 2))
            continue;
        Point at = {level ? a.x + way * (BEFORE + size / 2) : a.x, level ? a.y : a.y + way * (BEFORE + size / 2)};
        *strip = (Rect){at.x - width / 2, at.y - height / 2, width, height};
        if (take_if_free(cell, rect_inset(*strip, -1), own))
            return true;
    }
    return false;
}

// A box carries its strip on its head.
static bool place_above(Cell *cell, int own, float width, float height, Rect *strip)
{
    const Stand *stand = &cell->stands[own];
    *strip = (Rect){stand->at.x - width / 2, stand->at.y - stand->h - height - 3, width, height};
    return !stand->round && take_if_free(cell, rect_inset(*strip, -1), own);
}

// Where there is no room on a wire, beside it or beside the node.
static bool place_beside(Cell *cell, int own, float width, float height, Rect *strip)
{
    const Stand *stand = &cell->stands[own];
    Point at = stand->at;
    float aside = stand->w + 4 + (is_lettered(cell, stand) ? LETTER_SIZE : 0);
    const Point places[] = {{at.x + 4, at.y - stand->h - height - 2},
                            {at.x + aside, at.y - height / 2},
                            {at.x - aside - width, at.y - height / 2},
                            {at.x - 4 - width, at.y - stand->h - height - 2}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        *strip = (Rect){places[i].x, places[i].y, width, height};
        if (take_if_free(cell, rect_inset(*strip, -1), NONE))
            return true;
    }
    return false;
}

static bool place_strip(Cell *cell, int own, Rect *strip)
{
    float most = STRIP_WIDTH * cell->scale, height = STRIP_HEIGHT * fmaxf(1, cell->scale * 0.8f);
    for (float width = most; width >= STRIP_LEAST; width -= 4)
        if (place_above(cell, own, width, height, strip) || place_on_wire(cell, own, width, height, strip) ||
            place_beside(cell, own, width, height, strip))
            return true;
    return false;
}

// ---- what is written beside strips ------------------------------------------------------------------------------
static void draw_letter(Cell *cell, int own, Rect strip)
{
    const char *letter = cell_letter(cell, &cell->stands[own]);
    float size = LETTER_SIZE * fmaxf(1, fminf(1.5f, cell->scale)), foot = strip.y + strip.h + 1.5f;
    Ink ink = snapshot_value(cell->snapshot, cell->stands[own].slot, cell->t) ? INK_TEXT : INK_FAINT;
    Formula set;
    Err err;
    formula_layout(cell->out->fonts, cell->out->arena, ink, size, letter, &set, &err);
    float base = fminf(strip.y + strip.h / 2 + size * 0.25f, foot - set.descent);
    Rect left = {strip.x - set.width - 4, base - set.ascent, set.width, set.ascent + set.descent}, right = left;
    right.x = strip.x + strip.w + 4;
    bool beside = strip.x + strip.w < cell->stands[own].at.x; // then it stands between the two
    Rect place = beside || !cell_free(cell, left, NONE) ? right : left;
    if (take_if_free(cell, place, NONE))
        draw_formula(cell->out, ink, size, place.x, base, ALIGN_LEFT, letter);
}

// Of the chosen unit: beside the wire above the strip, else over or under it.
static void draw_number(Cell *cell, int own, Rect strip, const Real *value, bool grad)
{
    int unit = cell->snapshot->selected_unit - 1;
    char text[NUMBER_SIZE];
    if (unit < 0 || unit >= cell->program->slots[cell->stands[own].slot].length)
        return;
    Type type = {FACE_SEMIBOLD, fmaxf(cell->least + 1, fminf(13, 9.5f * cell->scale))};
    number_short(text, strtod(draw_print(cell->out, "%.1e", value[unit]), NULL)); // what fits between two wires
    float width = draw_width(cell->out, type, text), high = NUMBER_HEIGHT * type.size / 9.5f;
    float above = strip.y - high - 3, under = strip.y + strip.h + 2, x = strip.x + strip.w / 2;
    Rect places[] = {{x + 3, above, width, high},
                     {x - width / 2, above, width, high},
                     {x - width / 2, under, width, high},
                     {x - 3 - width, above, width, high},
                     {strip.x + strip.w + 3, strip.y + strip.h / 2 - high / 2, width, high},
                     {strip.x - 3 - width, strip.y + strip.h / 2 - high / 2, width, high}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (take_if_free(cell, places[i], NONE)) {
            draw_text(cell->out, grad ? INK_BACKWARD : INK_FORWARD, type, places[i].x, places[i].y + high - 1.5f,
                      ALIGN_LEFT, text);
            return;
        }
}

// What a sum with weights gives stands in the gate above it already squashed, and gets no strip of its own.
static bool has_strip(const Cell *cell, const Stand *stand)
{
    return !stand->outside && !cell_sums(cell, stand);
}

void cell_values(Cell *cell)
{
    Rect *strips = arena_new(cell->out->arena, Rect, cell->stand_count);
    bool *placed = arena_new(cell->out->arena, bool, cell->stand_count);
    for (int i = 0; i < cell->stand_count; i++)
        placed[i] = has_strip(cell, &cell->stands[i]) && place_strip(cell, i, &strips[i]);
    for (int i = 0; i < cell->stand_count; i++)
        if (placed[i] && is_lettered(cell, &cell->stands[i]))
            draw_letter(cell, i, strips[i]);
    for (int i = 0; i < cell->stand_count; i++) {
        int slot = cell->stands[i].slot;
        const Real *grad = cell->backward ? snapshot_grad(cell->snapshot, slot, cell->t) : NULL;
        const Real *value = grad ? grad : snapshot_value(cell->snapshot, slot, cell->t);
        if (!placed[i] || !value)
            continue;
        draw_strip(cell, &cell->stands[i], strips[i], value, grad != NULL);
        draw_number(cell, i, strips[i], value, grad != NULL);
    }
}
