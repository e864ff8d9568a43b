#include "views/explain.h"

#include <string.h>

// ---- as a formula -------------------------------------------------------------------------------------------------
static const char *const applied[] = {
    [APPLY_NOTHING] = "%s",
    [APPLY_SIGMOID] = "\\sigma(%s)",
    [APPLY_TANH] = "\\tanh(%s)",
    [APPLY_RELU] = "\\max(0, %s)",
    [APPLY_SOFTMAX] = "\\softmax(%s)",
    [APPLY_LOG_SOFTMAX] = "\\ln\\softmax(%s)",
    [APPLY_MEAN_SQUARE] = "\\text{mean}(%s^2)",
    [APPLY_WITHIN] = "\\clip{\\max(-\\theta, \\min(\\theta,} %s\\clip{))}",
};

static const char *with(Apply apply, const char *text, Arena *arena)
{
    const char *at = strstr(applied[apply], "%s");
    return arena_print(arena, "%.*s%s%s", (int)(at - applied[apply]), applied[apply], text, at + 2);
}

static const char *in_brackets(const char *text, Arena *arena)
{
    bool sum = strstr(text, " + ") || strstr(text, " - ");
    return sum && *text != '(' ? arena_print(arena, "(%s)", text) : text;
}

static const char *operand_formula(const Equation *equation, int i, bool diag, Arena *arena)
{
    const Operand *operand = &equation->operand[i];
    bool before = i + 1 < equation->count && equation->operand[i + 1].join == JOIN_TIMES;
    bool joined = before || (i > 0 && (operand->join == JOIN_TIMES || operand->join == JOIN_PRODUCT));
    const char *text = with(operand->apply, operand->formula, arena);
    if (diag && before && operand->rows > 1)
        return arena_print(arena, *text == '(' ? "\\diag%s" : "\\diag(%s)", text);
    return joined && operand->apply == APPLY_NOTHING && !operand->backward ? in_brackets(text, arena) : text;
}

// What joins an operand to the one before it; at the start of a line a plus is told, with the room that one between two
// operands has, a product goes without saying.
static const char *sign_before(const Equation *equation, int i, bool first, bool diag)
{
    static const char *const signs[] = {
        [JOIN_PLUS] = " + ", [JOIN_MINUS] = " - ", [JOIN_TIMES] = " \\odot ", [JOIN_PRODUCT] = "\\,"};
    Join join = equation->operand[i].join;
    bool number = i > 0 && equation->operand[i - 1].rows == 1 && equation->operand[i - 1].columns == 1;
    if (i == 0)
        return join == JOIN_MINUS ? "-" : "";
    if (join == JOIN_TIMES && (diag || number))
        return first ? "" : "\\,";
    static const char *const begins[] = {
        [JOIN_PLUS] = "+\\,", [JOIN_MINUS] = "-\\,", [JOIN_TIMES] = " \\odot ", [JOIN_PRODUCT] = ""};
    return first ? begins[join] : signs[join];
}

const char *explain_formula_part(const Equation *equation, int first, int end, bool diag, Arena *arena)
{
    const char *text = "", *around = applied[equation->apply], *hole = strstr(around, "%s");
    for (int i = first; i < end; i++)
        text = arena_print(arena, "%s%s%s", text, sign_before(equation, i, i == first, diag),
                           operand_formula(equation, i, diag, arena));
    text = first == 0 ? arena_print(arena, "%.*s%s", (int)(hole - around), around, text) : text;
    return end == equation->count ? arena_print(arena, "%s%s", text, hole + 2) : text;
}

const char *explain_formula(const Equation *equation, bool diag, Arena *arena)
{
    return explain_formula_part(equation, 0, equation->count, diag, arena);
}
