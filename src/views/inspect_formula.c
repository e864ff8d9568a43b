#include <math.h>

#include "base/words.h"
#include "ui/formula.h"
#include "ui/widgets.h"
#include "views/inspect.h"

enum { WIDE = 400, TITLE_HEIGHT = 24, NOTE_LINE = 15, FACT_HEIGHT = 20 };
static const float LEADING = 1.6f, INDENT = 14;

float inspect_least(const Inspector *in)
{
    return in->room.w < WIDE ? 8 : 11;
}

static float width_of(const Inspector *in, float size, const char *text)
{
    Formula formula;
    Err err;
    formula_layout(in->out->fonts, in->out->arena, INK_TEXT, size, text, &formula, &err);
    return formula.width;
}

static bool formula_line(Inspector *in, float size, float indent, const char *text)
{
    float height = size * LEADING;
    if (in->room.h < height)
        return false;
    Rect line = rect_cut_top(&in->room, height);
    draw_clip(in->out, line);
    draw_formula(in->out, INK_TEXT, size, line.x + indent, line.y + size * 1.08f, ALIGN_LEFT, text);
    draw_unclip(in->out);
    return true;
}

// ---- broken before plus signs -----------------------------------------------------------------------------------
// The operands from `first` to the end of their term, as an equation of their own.
static Equation term_from(const Equation *equation, int first)
{
    Equation term = {.result = equation->result};
    equation_add(&term, equation->operand[first]);
    for (int i = first + 1; i < equation->count; i++) {
        Join join = equation->operand[i].join;
        if (join == JOIN_PLUS || join == JOIN_MINUS)
            break;
        equation_add(&term, equation->operand[i]);
    }
    return term;
}

static void draw_terms(Inspector *in, const Equation *equation, bool diag, const char *sign)
{
    for (int first = 0; first < equation->count;) {
        Equation term = term_from(equation, first);
        const char *right = explain_formula(&term, diag, in->out->arena);
        const char *text = first == 0
                               ? draw_print(in->out, "%s %s %s", equation->result.formula, sign, right)
                               : draw_print(in->out, "%s %s", term.operand[0].join == JOIN_PLUS ? "+" : "", right);
        float indent = first == 0 ? 0 : INDENT, room = in->room.w - indent, wide = width_of(in, 12, text);
        float size = wide > room ? fmaxf(inspect_least(in), 12 * room / wide) : 12;
        if (!formula_line(in, size, indent, text))
            return;
        first += term.count;
    }
}

void inspect_formula(Inspector *in, const Equation *equation, bool diag, float size)
{
    const char *sign = equation->in_part ? "\\gets" : "=";
    const char *text = draw_print(in->out, "%s %s %s", equation->result.formula, sign,
                                  explain_formula(equation, diag, in->out->arena));
    float width = width_of(in, size, text), fitting = width > in->room.w ? size * in->room.w / width : size;
    float least = fmaxf(inspect_least(in), 9.5f);
    if (fitting >= least || equation->apply != APPLY_NOTHING)
        formula_line(in, fmaxf(fitting, least), 0, text);
    else
        draw_terms(in, equation, diag, sign);
}

// ---- words --------------------------------------------------------------------------------------------------------
void inspect_title(Inspector *in, Ink ink, const char *title, const char *shorter)
{
    Type type = {FACE_SEMIBOLD, 14};
    if (in->room.h < TITLE_HEIGHT)
        return;
    Rect line = rect_cut_top(&in->room, TITLE_HEIGHT);
    const char *words = draw_width(in->out, type, title) > line.w && shorter ? shorter : title;
    if (draw_width(in->out, type, words) > line.w)
        type.size = 12;
    draw_text(in->out, ink, type, line.x, line.y + 14, ALIGN_LEFT, draw_cut(in->out, type, words, line.w));
}

void inspect_note(Inspector *in, const char *note)
{
    float height = paragraph(in->out, INKS, TYPE_CAPTION, in->room, NOTE_LINE, note);
    if (height <= in->room.h)
        paragraph(in->out, INK_SOFT, TYPE_CAPTION, rect_cut_top(&in->room, height), NOTE_LINE, note);
}

// The label in full, or what is left of it where the value takes the room.
void inspect_fact(Inspector *in, const char *label, const char *less, const char *value, Ink ink)
{
    float room = in->room.w - draw_width(in->out, TYPE_STRONG, value) - 8;
    if (in->room.h < FACT_HEIGHT)
        return;
    label = draw_width(in->out, TYPE_BODY, label) <= room ? label : less;
    value_row(in->out, rect_cut_top(&in->room, FACT_HEIGHT), label, value, ink, TYPE_STRONG);
}

const char *inspect_times(const Inspector *in, double factor)
{
    char text[NUMBER_SIZE];
    return draw_print(in->out, "× %s", number_short(text, factor));
}

const char *inspect_number(const Inspector *in, double value)
{
    char text[NUMBER_SIZE];
    return draw_print(in->out, "%s", number_short(text, value));
}
