#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "base/words.h"
#include "ui/formula.h"
#include "ui/widgets.h"
#include "views/equation.h"
#include "views/exact.h"
#include "views/views.h"

// The time step that is looked at, as its equations: one line a row of the program, the row of the last operation
// marked. Behind each what came out, and on the way back how long the gradient is there.
enum {
    PADDING = 16,
    TITLE_HEIGHT = 28,
    WORDS_HEIGHT = 22,
    FACT_HEIGHT = 18,
    ROW_HEIGHT = 21,
    ROW_LEAST = 15,
    HEADS_HEIGHT = 15,
    NUMBER_WIDTH = 58,
    EQUATION_APART = 8,
    NARROW = 280, // of the whole card
};

typedef struct {
    const Snapshot *snapshot;
    const Program *program;
    DrawList *out;
    Rect rest;     // what is not drawn on yet
    int t;         // the time step shown
    bool backward; // gradients are shown
    bool narrow;   // then they take the place of the values
} Card;

// ---- where the reader is ----------------------------------------------------------------------------------------
static int shown_step(const Snapshot *snapshot)
{
    int last = snapshot_last_scored(snapshot);
    if (snapshot->t > 0)
        return snapshot->t;
    if (snapshot->place.t > 0)
        return snapshot->place.t;
    return last > 0 ? last : snapshot->program->dims.T;
}

static bool gradients_shown(const Snapshot *snapshot)
{
    return snapshot->known > snapshot->program->pass_ops;
}

// The time step that the backward pass was at before t; 0: it starts there.
static int step_after(const Program *p, int t)
{
    int later = p->passes[p->rows[p->slots[p->state].producer].pass].reverse ? t - 1 : t + 1;
    return later >= 1 && later <= p->dims.T ? later : 0;
}

static const char *words_of_backward(const Card *card)
{
    int later = step_after(card->program, card->t);
    if (later == 0)
        return draw_print(card->out, "Back from the end, at t = %d", card->t);
    if (card->narrow)
        return draw_print(card->out, "Back from t = %d to t = %d", later, card->t);
    return draw_print(card->out, "Back through time, from t = %d to t = %d", later, card->t);
}

static const char *words_of_place(const Card *card)
{
    const Snapshot *s = card->snapshot;
    if (s->probe)
        return draw_print(card->out, "The probe sequence at t = %d", card->t);
    if (s->place.t > 0 && s->place.t != card->t)
        return draw_print(card->out, "Time step t = %d", card->t);
    switch (s->place.phase) {
    case PHASE_FORWARD:
        return draw_print(card->out, "Forward, at t = %d", card->t);
    case PHASE_BACKWARD:
        return words_of_backward(card);
    case PHASE_CLIP:
        return "The norm of the gradient is taken";
    case PHASE_CHANGE:
        return "The weights have changed";
    default:
        return s->run->at.update == 0 ? "The fresh network" : "An update begins";
    }
}

static void draw_words(Card *card)
{
    Rect line = rect_cut_top(&card->rest, WORDS_HEIGHT);
    bool forward = card->snapshot->place.phase == PHASE_FORWARD, back = card->snapshot->place.phase == PHASE_BACKWARD;
    Ink ink = card->snapshot->probe ? INK_TEXT : forward ? INK_FORWARD : back ? INK_BACKWARD : INK_TEXT;
    Type type = {FACE_SEMIBOLD, 14};
    const char *words = words_of_place(card);
    if (draw_width(card->out, type, words) > line.w)
        type.size = 12;
    draw_text(card->out, ink, type, line.x, line.y + 13, ALIGN_LEFT, draw_cut(card->out, type, words, line.w));
}

// ---- how the gradient came here ---------------------------------------------------------------------------------
// The label in full, or what is left of it where the value takes the room.
static void draw_fact(Card *card, const char *label, const char *less, const char *value, Ink ink)
{
    float room = card->rest.w - draw_width(card->out, TYPE_STRONG, value) - 8;
    label = draw_width(card->out, TYPE_BODY, label) <= room ? label : less;
    value_row(card->out, rect_cut_top(&card->rest, FACT_HEIGHT), label, value, ink, TYPE_STRONG);
}

static bool state_norm(const Card *card, int t, double *norm)
{
    return t > 0 && snapshot_grad_norm(card->snapshot, card->program->state, t, norm) && isfinite(*norm);
}

static const char *times(const Card *card, double factor)
{
    char text[NUMBER_SIZE];
    return draw_print(card->out, "× %s", number_short(text, factor));
}

static void draw_facts(Card *card)
{
    char before[NUMBER_SIZE], now[NUMBER_SIZE];
    double norm, later, last;
    int from = step_after(card->program, card->t), scored = snapshot_last_scored(card->snapshot);
    if (!state_norm(card, card->t, &norm))
        return;
    number_short(now, norm);
    if (!state_norm(card, from, &later)) {
        draw_fact(card, "length of the gradient", "its length", draw_print(card->out, "%s", now), INK_BACKWARD);
        return;
    }
    draw_fact(card, "length of the gradient", card->narrow ? "" : "its length",
              draw_print(card->out, "%s → %s", number_short(before, later), now), INK_BACKWARD);
    if (later > 0)
        draw_fact(card, "this step multiplies it by", "this step", times(card, norm / later), INK_TEXT);
    if (scored != from && scored != card->t && state_norm(card, scored, &last) && last > 0)
        draw_fact(card, draw_print(card->out, "since t = %d", scored), "since", times(card, norm / last), INK_TEXT);
}

// ---- rows -------------------------------------------------------------------------------------------------------
// Small numbers with two digits, so that they fit their column.
static const char *length_text(const Card *card, const double *value, int length)
{
    char text[NUMBER_SIZE];
    double norm = vector_norm(value, (size_t)length);
    if (isnan(norm))
        return "NaN";
    if (norm < 1e-3)
        norm = strtod(draw_print(card->out, "%.1e", norm), NULL);
    return draw_print(card->out, "%s", number_short(text, norm));
}

static const char *numbers_tip(const Card *card, const char *name, const double *value, int length)
{
    enum { SHOWN = 8 };
    const char *text = draw_print(card->out, "%s:", name);
    for (int i = 0; value && i < length && i < SHOWN; i++)
        text = draw_print(card->out, "%s%s%s", text, i ? ", " : " ", exact_text(card->out, value[i]));
    return !value           ? draw_print(card->out, "%s not computed yet", text)
           : length > SHOWN ? draw_print(card->out, "%s, …", text)
                            : text;
}

static void row_hot(const Card *card, Rect line, int row, const double *value, const double *grad)
{
    const ProgramSlot *slot = &card->program->slots[card->program->rows[row].y];
    Place place = {card->backward ? PHASE_BACKWARD : PHASE_FORWARD, card->program->rows[row].pass, card->t, row};
    long update = card->snapshot->run->at.update;
    const char *press = draw_print(card->out, "seek %ld %ld", update, program_op(card->program, place));
    const char *name = draw_print(card->out, "row %d", row);
    bool pointed = card->out->hover == hot_id(name);
    const char *tip = draw_print(card->out, "%s", slot->slot.what);
    if (pointed) {
        tip = draw_print(card->out, "%s\n%s", tip, numbers_tip(card, "value", value, slot->length));
        tip = card->backward ? draw_print(card->out, "%s\n%s", tip, numbers_tip(card, "gradient", grad, slot->length))
                             : tip;
    }
    draw_hot(card->out, (Hot){.id = hot_id(name),
                              .area = line,
                              .press = update > 0 ? press : NULL,
                              .tip = tip,
                              .pointed = {card->t, card->program->rows[row].y, NONE},
                              .focusable = update > 0});
}

static bool is_present(const Card *card, int row)
{
    const Place *place = &card->snapshot->place;
    return !card->snapshot->probe && place->t == card->t && place->row == row;
}

typedef const char *Equation(const Program *program, int row, int t, Arena *arena);

static const char *equation_text(const Card *card, int row, Equation *equation)
{
    int slot = card->program->rows[row].y;
    if (slot == card->program->loss && !snapshot_scored(card->snapshot, card->t))
        return draw_print(card->out, "%s = 0 \\text{, not scored}",
                          equation_slot(card->program, slot, card->t, card->out->arena));
    return equation(card->program, row, card->t, card->out->arena);
}

static float width_at(const Card *card, float size, const char *text)
{
    Formula formula;
    Err err;
    formula_layout(card->out->fonts, card->out->arena, INK_TEXT, size, text, &formula, &err);
    return formula.width;
}

// As large as fits, but never too small to be read; then rather less of it.
static void draw_equation(const Card *card, Rect room, Ink ink, float y, int row)
{
    const float most = room.h >= 18 ? 13 : 12, least = 10;
    const char *text = equation_text(card, row, card->narrow ? equation_brief : equation_of);
    if (width_at(card, least, text) > room.w)
        text = equation_text(card, row, equation_cut);
    float size = fminf(most, fmaxf(least, most * room.w / width_at(card, most, text)));
    draw_clip(card->out, room);
    draw_formula(card->out, ink, size, room.x, y, ALIGN_LEFT, text);
    draw_unclip(card->out);
}

static bool values_shown(const Card *card)
{
    return !card->backward || !card->narrow;
}

// What marks a row: that the reader stands there, that the pointer does, that the keyboard does.
static void draw_ground(const Card *card, Rect line, int row, Ink way)
{
    uint32_t id = hot_id(draw_print(card->out, "row %d", row));
    Rect ground = {line.x - 8, line.y, line.w + 16, line.h};
    if (card->out->hover == id)
        draw_rect(card->out, INK_CONTROL, ground, 4);
    if (is_present(card, row)) {
        draw_rect(card->out, INK_HERE, ground, 4);
        draw_rect(card->out, way, (Rect){ground.x, line.y + 2, 3, line.h - 4}, 1.5f);
    }
    if (card->out->focus == id)
        draw_frame(card->out, INK_FOCUS, ground, 4, 2);
}

// Right-aligned, at most so wide as its column; returns its left end.
static float draw_length(const Card *card, Ink ink, float right, float y, const double *value, int length)
{
    const char *text = length_text(card, value, length);
    draw_text(card->out, ink, TYPE_CAPTION, right, y, ALIGN_RIGHT, text);
    return right - draw_width(card->out, TYPE_CAPTION, text);
}

static void draw_row(const Card *card, Rect line, int row)
{
    int slot = card->program->rows[row].y, length = card->program->slots[slot].length;
    const double *value = snapshot_value(card->snapshot, slot, card->t);
    const double *grad = card->backward ? snapshot_grad(card->snapshot, slot, card->t) : NULL;
    bool present = is_present(card, row);
    Ink way = card->backward ? INK_BACKWARD : INK_FORWARD, ink = present ? way : value ? INK_TEXT : INK_FAINT;
    float y = line.y + line.h / 2 + 4, right = line.x + line.w, end = right;
    draw_ground(card, line, row, way);
    if (grad)
        end = draw_length(card, INK_BACKWARD, right, y, grad, length);
    if (value && values_shown(card))
        end = draw_length(card, INK_SOFT, card->backward ? right - NUMBER_WIDTH : right, y, value, length);
    draw_equation(card, (Rect){line.x, line.y, end - EQUATION_APART - line.x, line.h}, ink, y, row);
    row_hot(card, line, row, value, grad);
}

static void draw_heads(Card *card)
{
    Rect line = rect_cut_top(&card->rest, HEADS_HEIGHT);
    float right = line.x + line.w, y = line.y + 10;
    if (values_shown(card))
        draw_text(card->out, INK_FAINT, TYPE_CAPTION, right - (card->backward ? NUMBER_WIDTH : 0), y, ALIGN_RIGHT,
                  "length");
    if (card->backward)
        draw_text(card->out, INK_BACKWARD, TYPE_CAPTION, right, y, ALIGN_RIGHT, "gradient");
}

// All rows, or as many around the present one as fit.
static void draw_rows(Card *card)
{
    int count = card->program->row_count, present = 0;
    float height = fminf(ROW_HEIGHT, fmaxf(ROW_LEAST, floorf(card->rest.h / (float)count)));
    int fit = (int)(card->rest.h / height);
    for (int row = 0; row < count; row++)
        present = is_present(card, row) ? row : present;
    int first = present - fit / 2;
    first = first + fit > count ? count - fit : first;
    first = first < 0 ? 0 : first;
    for (int row = first; row < count && row < first + fit; row++)
        draw_row(card, rect_cut_top(&card->rest, height), row);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    (void)axis;
    Card card = {.snapshot = snapshot,
                 .program = snapshot->program,
                 .out = out,
                 .t = shown_step(snapshot),
                 .backward = gradients_shown(snapshot)};
    card.narrow = area.w < NARROW;
    card.rest = (Rect){area.x + PADDING, area.y, area.w - 2 * PADDING, area.h - 8};
    card_title(out, area, "THIS TIME STEP");
    rect_cut_top(&card.rest, TITLE_HEIGHT);
    draw_words(&card);
    if (card.backward && area.h >= 240)
        draw_facts(&card);
    draw_heads(&card);
    draw_rows(&card);
}

const View view_program = {
    .name = "program",
    .title = "This time step",
    .what = "The equations of the time step that is looked at, and what came out of each.",
    .least_height = 130,
    .draw = draw,
};
