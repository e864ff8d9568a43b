#include <math.h>
#include <stdlib.h>

#include "base/words.h"
#include "ui/formula.h"
#include "views/equation.h"
#include "views/exact.h"
#include "views/program_card.h"
#include "views/scope.h"

// One row of the program as a line: its equation, how long its value is, and on the way back how long the gradient.
enum { EQUATION_APART = 8, PART_APART = 3 };

static const RowLook looks[] = {
    {28, 15, {FACE_WORDS, 13}, 68}, {18, 13, {FACE_WORDS, 11}, 62}, {0, 12, {FACE_WORDS, 11}, 62}};
enum { BROKEN_LEAST = 34 }; // px; from there on a long equation may take two lines

const RowLook *program_look(const ProgramCard *card, float height)
{
    const RowLook *look = looks + card->narrow; // which has no room for the largest
    while (height < look->least)
        look++;
    return look;
}

// ---- numbers ----------------------------------------------------------------------------------------------------
// Small numbers with two digits, so that they fit their column.
static const char *length_text(const ProgramCard *card, const Real *value, int length)
{
    char text[NUMBER_SIZE];
    double norm = vector_norm(value, (size_t)length);
    if (isnan(norm))
        return "NaN";
    if (norm < 1e-3)
        norm = strtod(draw_print(card->out, "%.1e", norm), NULL);
    return draw_print(card->out, "%s", number_short(text, norm));
}

static const char *numbers_tip(const ProgramCard *card, const char *name, const Real *value, int length)
{
    enum { SHOWN = 8 };
    const char *text = draw_print(card->out, "%s:", name);
    for (int i = 0; value && i < length && i < SHOWN; i++)
        text = draw_print(card->out, "%s%s%s", text, i ? ", " : " ", exact_text(card->out, value[i]));
    return !value           ? draw_print(card->out, "%s not computed yet", text)
           : length > SHOWN ? draw_print(card->out, "%s, …", text)
                            : text;
}

// Goes to the operation; NULL: no update has begun.
const char *program_row_press(const ProgramCard *card, int row)
{
    Place place = {card->backward ? PHASE_BACKWARD : PHASE_FORWARD, card->program->rows[row].pass, card->t, row};
    long update = card->snapshot->run->at.update;
    return update > 0 ? draw_print(card->out, "seek %ld %ld", update, program_op(card->program, place)) : NULL;
}

// What goes back into a state from this time step is all of its gradient only where nothing else reads it: at the edge.
static bool is_part(const ProgramCard *card, int row)
{
    const Row *r = &card->program->rows[row];
    int before = card->program->passes[r->pass].reverse ? card->t + 1 : card->t - 1;
    return r->kind == OP_DELAY && before >= 1 && before <= card->program->dims.T;
}

static bool is_unscored(const ProgramCard *card, int slot)
{
    return slot == card->program->loss && !snapshot_scored(card->snapshot, card->t);
}

static const char *gradient_tip(const ProgramCard *card, int row, const Real *grad)
{
    const Row *r = &card->program->rows[row];
    int length = card->program->slots[r->y].length;
    const char *name = "gradient";
    if (is_unscored(card, r->y))
        return "does not count in the loss";
    if (is_part(card, row))
        name = draw_print(
            card->out, "the part of ∂L/∂%s at t = %d that comes through t = %d", card->program->slots[r->a].slot.name,
            snapshot_t(card->snapshot, card->program->passes[r->pass].reverse ? card->t + 1 : card->t - 1),
            snapshot_t(card->snapshot, card->t));
    return numbers_tip(card, name, grad, length);
}

static void row_hot(const ProgramCard *card, Rect line, int row, const Real *value, const Real *grad)
{
    const ProgramSlot *slot = &card->program->slots[card->program->rows[row].y];
    const char *name = draw_print(card->out, "row %d", row), *tip = slot->slot.what;
    if (hot_asked(card->out, hot_id(name))) {
        tip = draw_print(card->out, "%s\n%s", tip, numbers_tip(card, "value", value, slot->length));
        tip = card->backward ? draw_print(card->out, "%s\n%s", tip, gradient_tip(card, row, grad)) : tip;
        tip = draw_print(card->out, "%s%s", tip,
                         scope_row(card->snapshot, row, card->t, card->backward && grad, NONE, card->out));
    }
    draw_hot(card->out, (Hot){.id = hot_id(name),
                              .area = line,
                              .press = program_row_press(card, row),
                              .tip = tip,
                              .pointed = term_pointed(card->snapshot, card->program->rows[row].y, card->t),
                              .of_term = true,
                              .focusable = card->snapshot->run->at.update > 0});
}

// ---- equations --------------------------------------------------------------------------------------------------
bool program_row_present(const ProgramCard *card, int row)
{
    const Place *place = &card->snapshot->place;
    return !card->snapshot->probe && place->t == card->t && place->row == row;
}

typedef const char *RowText(const Snapshot *snapshot, int row, int t, Arena *arena);

static const char *equation_text(const ProgramCard *card, int row, RowText *equation)
{
    int slot = card->program->rows[row].y;
    if (is_unscored(card, slot))
        return draw_print(card->out, "%s = 0 \\text{, not scored}",
                          equation_slot(card->snapshot, slot, card->t, card->out->arena));
    return equation(card->snapshot, row, card->t, card->out->arena);
}

static float width_at(const ProgramCard *card, float size, const char *text)
{
    return formula_width(card->out->fonts, card->out->arena, size, text);
}

// A press on a term goes where one on its row goes.
static void draw_terms(const ProgramCard *card, int row, int line, Ink ink, float size, float x, float y,
                       const char *text)
{
    terms_draw(&card->terms, draw_print(card->out, "in row %d, %d", row, line), ink, size, x, y, text,
               program_row_press(card, row), card->out);
}

// As large as fits, but never too small to be read; then rather less of it.
static void draw_in_line(const ProgramCard *card, Rect room, Ink ink, float y, int row)
{
    const float most = program_look(card, room.h)->formula, least = 11;
    const char *text = equation_text(card, row, card->narrow ? equation_brief : equation_of);
    if (width_at(card, least, text) > room.w)
        text = equation_text(card, row, equation_cut);
    float size = fminf(most, fmaxf(least, most * room.w / width_at(card, most, text)));
    draw_terms(card, row, 0, ink, size, room.x, y, text);
}

// A long sum in two lines, where one would be smaller.
static bool draw_in_two(const ProgramCard *card, Rect room, Ink ink, float y, int row)
{
    enum { APART = 17, INDENT = 14 };
    const float most = program_look(card, room.h)->formula;
    const char *halves[2];
    if (room.h < BROKEN_LEAST || !equation_halves(card->snapshot, row, card->t, card->out->arena, halves) ||
        width_at(card, most, equation_text(card, row, equation_of)) <= room.w)
        return false;
    float widest = fmaxf(width_at(card, most, halves[0]), INDENT + width_at(card, most, halves[1]));
    float size = fminf(most, most * room.w / widest);
    draw_terms(card, row, 0, ink, size, room.x, y - APART / 2.0f, halves[0]);
    draw_terms(card, row, 1, ink, size, room.x + INDENT, y + APART / 2.0f, halves[1]);
    return true;
}

static void draw_equation(const ProgramCard *card, Rect room, Ink ink, float y, int row)
{
    draw_clip(card->out, room);
    if (!draw_in_two(card, room, ink, y, row))
        draw_in_line(card, room, ink, y, row);
    draw_unclip(card->out);
}

// ---- a row ------------------------------------------------------------------------------------------------------
bool program_values_shown(const ProgramCard *card)
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
    if (program_row_present(card, row)) {
        draw_rect(card->out, INK_HERE, ground, 4);
        draw_rect(card->out, way, (Rect){ground.x, line.y + 2, 3, line.h - 4}, 1.5f);
    }
    if (card->out->focus == id)
        draw_frame(card->out, INK_FOCUS, ground, 4, 2);
}

// Right-aligned, at most so wide as its column; returns its left end.
static float draw_length(const ProgramCard *card, Ink ink, float right, float y, Type type, const char *text)
{
    draw_text(card->out, ink, type, right, y, ALIGN_RIGHT, text);
    return right - draw_width(card->out, type, text);
}

// Pale, in two digits or, behind zeros, one, so that the word has room.
static float draw_part(const ProgramCard *card, float right, float y, const RowLook *look, const Real *grad, int length)
{
    char text[NUMBER_SIZE];
    double norm = vector_norm(grad, (size_t)length);
    double rounded = strtod(draw_print(card->out, norm < 0.1 ? "%.0e" : "%.1e", norm), NULL);
    const char *number = isfinite(norm) ? number_short(text, rounded) : length_text(card, grad, length);
    uint8_t before = draw_fade(card->out, 0.6f);
    float end = draw_length(card, INK_BACKWARD, right, y, look->number, number);
    float word = end - PART_APART - draw_width(card->out, TYPE_CAPTION, "part");
    if (word >= right - look->number_width + 2)
        end = draw_length(card, INK_BACKWARD, end - PART_APART, y, TYPE_CAPTION, "part");
    card->out->alpha = before;
    return end;
}

static float draw_gradient(const ProgramCard *card, Rect line, float y, int row, const Real *grad)
{
    const RowLook *look = program_look(card, line.h);
    int length = card->program->slots[card->program->rows[row].y].length;
    if (is_part(card, row))
        return draw_part(card, line.x + line.w, y, look, grad, length);
    return draw_length(card, INK_BACKWARD, line.x + line.w, y, look->number, length_text(card, grad, length));
}

void program_row(const ProgramCard *card, Rect line, int row)
{
    const RowLook *look = program_look(card, line.h);
    int slot = card->program->rows[row].y, length = card->program->slots[slot].length;
    const Real *value = snapshot_value(card->snapshot, slot, card->t);
    bool graded = card->backward && !is_unscored(card, slot), present = program_row_present(card, row);
    const Real *grad = graded ? snapshot_grad(card->snapshot, slot, card->t) : NULL;
    Ink way = card->backward ? INK_BACKWARD : INK_FORWARD, ink = present ? way : value ? INK_TEXT : INK_FAINT;
    float y = line.y + line.h / 2 + 4, right = line.x + line.w, end = right;
    draw_ground(card, line, row, way);
    if (grad)
        end = draw_gradient(card, line, y, row, grad);
    if (value && program_values_shown(card))
        end = draw_length(card, INK_SOFT, card->backward ? right - look->number_width : right, y, look->number,
                          length_text(card, value, length));
    row_hot(card, line, row, value, grad); // below those of its terms
    draw_equation(card, (Rect){line.x, line.y, end - EQUATION_APART - line.x, line.h}, ink, y, row);
}
