#include <math.h>
#include <stdlib.h>

#include "base/words.h"
#include "ui/formula.h"
#include "views/equation.h"
#include "views/exact.h"
#include "views/program_card.h"

// One line a row of the program: its equation, how long its value is, and on the way back how long the gradient.
enum { ROW_HEIGHT = 21, ROW_LEAST = 15, HEADS_HEIGHT = 15, NUMBER_WIDTH = 58, EQUATION_APART = 8 };

// Small numbers with two digits, so that they fit their column.
static const char *length_text(const ProgramCard *card, const double *value, int length)
{
    char text[NUMBER_SIZE];
    double norm = vector_norm(value, (size_t)length);
    if (isnan(norm))
        return "NaN";
    if (norm < 1e-3)
        norm = strtod(draw_print(card->out, "%.1e", norm), NULL);
    return draw_print(card->out, "%s", number_short(text, norm));
}

static const char *numbers_tip(const ProgramCard *card, const char *name, const double *value, int length)
{
    enum { SHOWN = 8 };
    const char *text = draw_print(card->out, "%s:", name);
    for (int i = 0; value && i < length && i < SHOWN; i++)
        text = draw_print(card->out, "%s%s%s", text, i ? ", " : " ", exact_text(card->out, value[i]));
    return !value           ? draw_print(card->out, "%s not computed yet", text)
           : length > SHOWN ? draw_print(card->out, "%s, …", text)
                            : text;
}

static void row_hot(const ProgramCard *card, Rect line, int row, const double *value, const double *grad)
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

static bool is_present(const ProgramCard *card, int row)
{
    const Place *place = &card->snapshot->place;
    return !card->snapshot->probe && place->t == card->t && place->row == row;
}

typedef const char *Equation(const Program *program, int row, int t, Arena *arena);

static const char *equation_text(const ProgramCard *card, int row, Equation *equation)
{
    int slot = card->program->rows[row].y;
    if (slot == card->program->loss && !snapshot_scored(card->snapshot, card->t))
        return draw_print(card->out, "%s = 0 \\text{, not scored}",
                          equation_slot(card->program, slot, card->t, card->out->arena));
    return equation(card->program, row, card->t, card->out->arena);
}

static float width_at(const ProgramCard *card, float size, const char *text)
{
    Formula formula;
    Err err;
    formula_layout(card->out->fonts, card->out->arena, INK_TEXT, size, text, &formula, &err);
    return formula.width;
}

// As large as fits, but never too small to be read; then rather less of it.
static void draw_equation(const ProgramCard *card, Rect room, Ink ink, float y, int row)
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

static bool values_shown(const ProgramCard *card)
{
    return !card->backward || !card->narrow;
}

// What marks a row: that the reader stands there, that the pointer does, that the keyboard does.
static void draw_ground(const ProgramCard *card, Rect line, int row, Ink way)
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
static float draw_length(const ProgramCard *card, Ink ink, float right, float y, const double *value, int length)
{
    const char *text = length_text(card, value, length);
    draw_text(card->out, ink, TYPE_CAPTION, right, y, ALIGN_RIGHT, text);
    return right - draw_width(card->out, TYPE_CAPTION, text);
}

static void draw_row(const ProgramCard *card, Rect line, int row)
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

static void draw_heads(ProgramCard *card)
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
static void draw_fitting(ProgramCard *card)
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

void program_rows(ProgramCard *card)
{
    draw_heads(card);
    draw_fitting(card);
}
