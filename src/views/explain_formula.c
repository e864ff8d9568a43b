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

const char *explain_formula(const Equation *equation, bool diag, Arena *arena)
{
    static const char *const signs[] = {
        [JOIN_PLUS] = " + ", [JOIN_MINUS] = " - ", [JOIN_TIMES] = " \\odot ", [JOIN_PRODUCT] = "\\,"};
    const char *text = "";
    for (int i = 0; i < equation->count; i++) {
        Join join = equation->operand[i].join;
        bool number = i > 0 && equation->operand[i - 1].rows == 1 && equation->operand[i - 1].columns == 1;
        const char *sign = join == JOIN_TIMES && (diag || number) ? "\\," : signs[join];
        sign = i > 0 ? sign : join == JOIN_MINUS ? "-" : "";
        text = arena_print(arena, "%s%s%s", text, sign, operand_formula(equation, i, diag, arena));
    }
    return with(equation->apply, text, arena);
}
