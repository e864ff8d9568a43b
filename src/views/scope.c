#include "views/scope.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "views/exact.h"

#define MINUS "\u2212"
enum { DIGITS = 6 }; // of the numbers that are put in; a value by itself is told exactly

// ---- formulas as plain words ------------------------------------------------------------------------------------
static const struct {
    const char *name, *plain;
} plain_words[] = {
    {"partial", "∂"}, {"odot", "⊙"},   {"ldots", "…"}, {"sigma", "σ"}, {"gets", "←"},
    {"to", "→"},      {"sum", "∑"},    {"theta", "θ"}, {"text", ""},   {"hat", ""},
    {"backward", ""}, {"forward", ""}, {"clip", ""},   {",", " "},     {"softmax", "softmax"},
};

// What has a letter of its own with its hat.
static const char *hatted(const char *at)
{
    return strncmp(at, "\\hat{y}", 7) == 0 ? "ŷ" : strncmp(at, "\\hat{g}", 7) == 0 ? "ĝ" : NULL;
}

static const char *plain_of(const char *name, size_t length, Arena *arena)
{
    for (size_t i = 0; i < sizeof plain_words / sizeof *plain_words; i++)
        if (strlen(plain_words[i].name) == length && strncmp(plain_words[i].name, name, length) == 0)
            return plain_words[i].plain;
    return arena_print(arena, "%.*s", (int)length, name); // tanh, diag, ln
}

const char *scope_plain(const char *formula, Arena *arena)
{
    char *text = arena_print(arena, "%s", "");
    for (const char *at = formula; *at;) {
        size_t length = 1;
        if (*at == '^' && strncmp(at + 1, "\\top", 4) == 0) {
            text = arena_print(arena, "%sᵀ", text);
            length = strlen("^\\top");
        } else if (*at == '^' && at[1] == '2') {
            text = arena_print(arena, "%s²", text);
            length = 2;
        } else if (hatted(at)) {
            text = arena_print(arena, "%s%s", text, hatted(at));
            length = strlen("\\hat{y}");
        } else if (*at != '\\') {
            text = *at == '{' || *at == '}' ? text : arena_print(arena, "%s%c", text, *at);
        } else {
            while (isalpha((unsigned char)at[length]))
                length++;
            length += length == 1;
            bool spaced = at[length] == ' '; // it only ends the name of what is not a sign between two others
            const char *word = plain_of(at + 1, length - 1, arena);
            bool named = isalpha((unsigned char)*word) && at[length] == '\\';
            text = arena_print(arena, "%s%s%s", text, word, named ? " " : "");
            length += spaced && (!strcmp(word, "∂") || !*word);
        }
        at += length;
    }
    return text;
}

// ---- numbers put in ---------------------------------------------------------------------------------------------
const char *scope_number(DrawList *out, double value)
{
    return exact_text(out, strtod(draw_print(out, "%.*g", DIGITS, value), NULL));
}

static double at(const Operand *operand, int row, int column)
{
    return operand->value[row * operand->row_stride + column * operand->column_stride];
}

static bool is_number(const Operand *operand)
{
    return operand->rows == 1 && operand->columns == 1;
}

static bool begins_term(const Equation *equation, int i)
{
    return equation->operand[i].join == JOIN_PLUS || equation->operand[i].join == JOIN_MINUS;
}

static int end_of_term(const Equation *equation, int first)
{
    int end = first + 1;
    while (end < equation->count && !begins_term(equation, end))
        end++;
    return end;
}

static bool has_product(const Equation *equation, int first, int end)
{
    bool product = false;
    for (int i = first; i < end; i++)
        product = product || equation->operand[i].columns > 1 || equation->operand[i].join == JOIN_PRODUCT;
    return product;
}

static double mean_square(const Operand *operand)
{
    double sum = 0;
    for (int i = 0; i < operand->rows; i++)
        sum += at(operand, i, 0) * at(operand, i, 0);
    return sum / operand->rows;
}

// ln Σ exp of a vector, off its largest so that nothing overflows.
static double log_sum(const Operand *operand)
{
    double most = -INFINITY, sum = 0;
    for (int i = 0; i < operand->rows; i++)
        most = fmax(most, at(operand, i, 0));
    for (int i = 0; i < operand->rows; i++)
        sum += math_exp(at(operand, i, 0) - most);
    return most + math_log(sum);
}

static double element(const Operand *operand, int unit)
{
    switch (operand->apply) {
    case APPLY_MEAN_SQUARE:
        return mean_square(operand);
    case APPLY_SOFTMAX:
        return math_exp(at(operand, unit, 0) - log_sum(operand));
    case APPLY_LOG_SOFTMAX:
        return at(operand, unit, 0) - log_sum(operand);
    default:
        return at(operand, is_number(operand) ? 0 : unit, 0);
    }
}

// A term with a matrix, worked out from the right; a matrix stands only before what it multiplies.
static double worked_out(const Equation *equation, int first, int end, int unit)
{
    const Operand *operand = &equation->operand[first];
    if (first + 1 == end)
        return element(operand, unit);
    if (equation->operand[first + 1].join != JOIN_PRODUCT)
        return element(operand, unit) * worked_out(equation, first + 1, end, unit);
    double sum = 0;
    for (int k = 0; k < operand->columns; k++)
        sum += at(operand, unit, k) * worked_out(equation, first + 1, end, k);
    return sum;
}

static const char *factors(const Equation *equation, int first, int end, int unit, DrawList *out)
{
    const char *text = "";
    for (int i = first; i < end; i++)
        text = draw_print(out, "%s%s%s", text, i > first ? " × " : "",
                          scope_number(out, element(&equation->operand[i], unit)));
    return text;
}

static const char *term_text(const Equation *equation, int first, int end, int unit, DrawList *out)
{
    if (has_product(equation, first, end))
        return scope_number(out, worked_out(equation, first, end, unit));
    return factors(equation, first, end, unit, out);
}

static bool can_be_put_in(const Equation *equation)
{
    bool can = equation->result.columns == 1 && equation->result.value != NULL && equation->count > 0;
    for (int i = 0; i < equation->count; i++)
        can = can && equation->operand[i].value != NULL;
    return can;
}

static const char *const applied[] = {[APPLY_NOTHING] = "",
                                      [APPLY_SIGMOID] = "σ",
                                      [APPLY_TANH] = "tanh",
                                      [APPLY_RELU] = "max(0, ·)",
                                      [APPLY_SOFTMAX] = "softmax",
                                      [APPLY_LOG_SOFTMAX] = "ln softmax",
                                      [APPLY_MEAN_SQUARE] = "mean square",
                                      [APPLY_WITHIN] = "cut to ±θ"};

static const char *unit_line(const Equation *equation, int unit, DrawList *out)
{
    const char *text = "";
    for (int first = 0, end; first < equation->count; first = end) {
        end = end_of_term(equation, first);
        const char *term = term_text(equation, first, end, unit, out);
        bool minus = equation->operand[first].join == JOIN_MINUS, negative = strncmp(term, MINUS, strlen(MINUS)) == 0;
        term += negative && (first > 0 || minus) ? strlen(MINUS) : 0;
        minus = minus != (negative && (first > 0 || minus));
        const char *sign = first == 0 ? (minus ? MINUS : "") : minus ? " " MINUS " " : " + ";
        text = draw_print(out, "%s%s%s", text, sign, term);
    }
    if (equation->apply != APPLY_NOTHING)
        text = draw_print(out, "%s(%s)", applied[equation->apply], text);
    const char *result = scope_number(out, at(&equation->result, unit, 0));
    if (equation->result.rows == 1 && strcmp(text, result) == 0)
        return ""; // a sum that is worked out in one: the formula alone says more
    return equation->result.rows == 1 ? draw_print(out, "\n%s = %s", text, result)
                                      : draw_print(out, "\nunit %d: %s = %s", unit + 1, text, result);
}

// ---- slots in words ---------------------------------------------------------------------------------------------
// Some are named by a noun, "forget gate", some by "what is written anew".
const char *scope_slot(const Snapshot *snapshot, int slot, bool gradient, DrawList *out)
{
    const char *what = snapshot->program->slots[slot].slot.what;
    return !gradient ? what : draw_print(out, "gradient of %s%s", strncmp(what, "what ", 5) == 0 ? "" : "the ", what);
}

// ---- equations --------------------------------------------------------------------------------------------------
const char *scope_equation(const Snapshot *snapshot, const Equation *equation, int unit, DrawList *out)
{
    const char *formula = draw_print(out, "%s %s %s", equation->result.formula, equation->in_part ? "\\gets" : "=",
                                     explain_formula(equation, false, out->arena));
    const char *text = draw_print(out, "\n%s", scope_plain(formula, out->arena));
    int rows = equation->result.rows, chosen = unit != NONE ? unit : snapshot->selected_unit - 1;
    if (!can_be_put_in(equation))
        return text;
    if (chosen >= 0 && chosen < rows)
        return draw_print(out, "%s%s", text, unit_line(equation, chosen, out));
    return draw_print(out, "%s%s%s", text, unit_line(equation, 0, out), rows > 1 ? ", …" : "");
}

// Of what a row sends back to its weights, which is as large as they are, there is no line a unit.
const char *scope_row(const Snapshot *snapshot, int row, int t, bool backward, int unit, DrawList *out)
{
    Explanation explanation = explain_row(snapshot, row, t, backward, out->arena);
    const char *text = "";
    for (int i = 0; i < explanation.count; i++)
        if (explanation.equation[i].result.columns == 1)
            text = draw_print(out, "%s%s", text, scope_equation(snapshot, &explanation.equation[i], unit, out));
    return explanation.note ? draw_print(out, "%s\n%s", text, explanation.note) : text;
}

const char *scope_value(const Snapshot *snapshot, int slot, int t, int unit, DrawList *out)
{
    return scope_row(snapshot, snapshot->program->slots[slot].producer, t, false, unit, out);
}

const char *scope_gradient(const Snapshot *snapshot, int slot, int t, int unit, DrawList *out)
{
    if (t < 1 || t > snapshot->program->dims.T || !snapshot_grad(snapshot, slot, t))
        return "";
    Explanation explanation = explain_gradient(snapshot, slot, t, out->arena);
    return explanation.count > 0 ? scope_equation(snapshot, &explanation.equation[0], unit, out) : "";
}

const char *scope_factor(double arriving, double leaving, DrawList *out)
{
    if (!(arriving > 0) || !(leaving >= 0) || isinf(arriving) || isinf(leaving))
        return "";
    return draw_print(out, "\narriving %s × %s = leaving %s", scope_number(out, arriving),
                      scope_number(out, leaving / arriving), scope_number(out, leaving));
}
