#include <math.h>
#include <string.h>

#include "base/words.h"
#include "ui/formula.h"
#include "ui/widgets.h"
#include "views/inspect.h"

enum { WIDE = 400, TITLE_HEIGHT = 24, NOTE_LINE = 15, FACT_HEIGHT = 20 };
static const float LEADING = 1.6f, INDENT = 14, LEAST = 11; // LEAST: px of a formula

float inspect_least(const Inspector *in)
{
    return in->room.w < WIDE ? 8 : 11;
}

static float width_of(const Inspector *in, float size, const char *text)
{
    return formula_width(in->out->fonts, in->out->arena, size, text);
}

static bool formula_line(Inspector *in, float size, float indent, const char *text)
{
    float height = size * LEADING;
    if (in->room.h < height)
        return false;
    Rect line = rect_cut_top(&in->room, height);
    draw_clip(in->out, line);
    terms_draw(&in->terms, draw_print(in->out, "in formula %d", in->formulas++), INK_TEXT, size, line.x + indent,
               line.y + size * 1.08f, text, NULL, in->out);
    draw_unclip(in->out);
    return true;
}

// ---- broken into lines ------------------------------------------------------------------------------------------
static bool begins_term(const Equation *equation, int i)
{
    return equation->operand[i].join == JOIN_PLUS || equation->operand[i].join == JOIN_MINUS;
}

// What is named by how it is made, "p_i \odot c_5", is not said twice.
static bool says_itself(const Inspector *in, const Equation *equation, bool diag)
{
    return !strcmp(equation->result.formula, explain_formula(equation, diag, in->out->arena));
}

static const char *line_text(const Inspector *in, const Equation *equation, int first, int end, bool diag)
{
    const char *part = explain_formula_part(equation, first, end, diag, in->out->arena);
    return first > 0 || says_itself(in, equation, diag)
               ? part
               : draw_print(in->out, "%s %s %s", equation->result.formula, equation->in_part ? "\\gets" : "=", part);
}

// A line a term, and more where a term is longer than a line: then before a factor.
static void draw_lines(Inspector *in, const Equation *equation, bool diag)
{
    const float most = 12;
    for (int first = 0, end; first < equation->count; first = end) {
        float indent = first == 0 ? 0 : begins_term(equation, first) ? INDENT : 2 * INDENT, room = in->room.w - indent;
        for (end = first + 1; end < equation->count && !begins_term(equation, end); end++)
            if (width_of(in, LEAST, line_text(in, equation, first, end + 1, diag)) > room)
                break;
        const char *text = line_text(in, equation, first, end, diag);
        float wide = width_of(in, most, text);
        if (!formula_line(in, wide > room ? most * room / wide : most, indent, text))
            return;
    }
}

bool inspect_formula_fits(const Inspector *in, const Equation *equation, bool diag)
{
    return width_of(in, LEAST, line_text(in, equation, 0, equation->count, diag)) <= in->room.w;
}

// What an equation is, at the end of its line, or below it where there is no room for that.
static void draw_what(Inspector *in, const char *what, Rect line, float taken)
{
    static const float APART = 12;
    if (in->room.y == line.y) // there was no room for the equation itself
        return;
    if (taken + APART + draw_width(in->out, TYPE_CAPTION, what) > line.w)
        inspect_note(in, what);
    else
        draw_text(in->out, INK_SOFT, TYPE_CAPTION, line.x + line.w, (line.y + in->room.y) / 2 + 5, ALIGN_RIGHT, what);
}

void inspect_formula(Inspector *in, const Equation *equation, bool diag, float size)
{
    const Rect line = in->room;
    const char *text = line_text(in, equation, 0, equation->count, diag);
    float width = width_of(in, size, text), fitting = width > in->room.w ? size * in->room.w / width : size;
    if (fitting >= LEAST)
        formula_line(in, fitting, 0, text);
    else
        draw_lines(in, equation, diag);
    if (equation->what)
        draw_what(in, equation->what, line, width);
}

// As high as it is, for it may hold fractions.
void inspect_line(Inspector *in, const char *formula, float size)
{
    enum { APART = 5 };
    Formula laid;
    Err err;
    float wide = width_of(in, size, formula);
    if (wide > in->room.w)
        size = fmaxf(inspect_least(in), size * in->room.w / wide);
    formula_layout(in->out->fonts, in->out->arena, INK_TEXT, size, formula, &laid, &err);
    if (in->room.h < laid.ascent + laid.descent + APART)
        return;
    Rect line = rect_cut_top(&in->room, laid.ascent + laid.descent + APART);
    draw_formula(in->out, INK_TEXT, size, line.x, line.y + laid.ascent + APART / 2.0f, ALIGN_LEFT, formula);
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
    in->fact = (Rect){.h = 0};
    if (in->room.h < FACT_HEIGHT)
        return;
    in->fact = rect_cut_top(&in->room, FACT_HEIGHT);
    label = draw_width(in->out, TYPE_BODY, label) <= room ? label : less;
    value_row(in->out, in->fact, label, value, ink, TYPE_STRONG);
}

// What it is, and once it is pointed at its exact value and where that comes from.
void inspect_fact_tip(const Inspector *in, const char *name, const char *what, const char *exact)
{
    DrawList *out = in->out;
    uint32_t id = hot_id(draw_print(out, "fact %s", name));
    if (in->fact.h > 0)
        draw_hot(out, (Hot){.id = id,
                            .area = in->fact,
                            .tip = hot_asked(out, id) ? draw_print(out, "%s\n%s", what, exact) : what,
                            .pointed = {0, NONE, NONE}});
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
