#include "views/equation.h"

#include <ctype.h>
#include <string.h>

#include "nn/op.h"

// ---- slots ------------------------------------------------------------------------------------------------------
static bool is_time(const char *at) // "\t" that is no longer name such as "\tanh"
{
    return at[0] == '\\' && at[1] == 't' && !isalpha((unsigned char)at[2]);
}

static bool slot_reversed(const Program *p, int slot)
{
    return p->passes[p->rows[p->slots[slot].producer].pass].reverse;
}

// Every \t of a slot's formula becomes the time step, every \t-1 the one that came before it in its pass.
const char *equation_slot(const Program *program, int slot, int t, Arena *arena)
{
    const char *text = "", *at = program->slots[slot].slot.formula, *from = at;
    for (; *at; at++) {
        if (!is_time(at))
            continue;
        bool before = strncmp(at + 2, "-1", 2) == 0;
        int step = !before ? t : slot_reversed(program, slot) ? t + 1 : t - 1;
        text = arena_print(arena, "%s%.*s%d", text, (int)(at - from), from, step);
        from = at + (before ? 4 : 2);
        at = from - 1;
    }
    return arena_print(arena, "%s%s", text, from);
}

// ---- weights ----------------------------------------------------------------------------------------------------
// The gate or candidate that a sum leads to, along those who read it first.
static const char *gate_of(const Program *p, int slot)
{
    for (int steps = 0; steps < p->row_count; steps++) {
        const ProgramSlot *at = &p->slots[slot];
        if (at->slot.role == ROLE_GATE || at->slot.role == ROLE_CANDIDATE)
            return at->slot.name;
        if (at->consumer == NONE)
            break;
        slot = p->rows[at->consumer].y;
    }
    return "h";
}

// "ih" where there is one block, "if" for the block of f; layers are not told apart, for one is shown at a time.
static const char *weight_index(const Program *p, const Row *row, int weight, Arena *arena)
{
    bool from_input = p->tensors[weight].kind == WEIGHT_IH;
    int letter = p->net.cell->blocks > 1 ? *gate_of(p, row->y) : 'h';
    return p->tensors[weight].kind == WEIGHT_OUT ? "out" : arena_print(arena, "%s%c", from_input ? "i" : "h", letter);
}

static const char *product(const Program *p, const Row *row, int weight, int bias, int slot, int t, Arena *arena)
{
    const char *index = weight_index(p, row, weight, arena), *a = equation_slot(p, slot, t, arena);
    if (bias == NONE)
        return arena_print(arena, "W_{%s} %s", index, a);
    return arena_print(arena, "W_{%s} %s + b_{%s}", index, a, index);
}

// ---- right sides ------------------------------------------------------------------------------------------------
// A sum or difference within a product stands in brackets.
static const char *factor(const char *text, Arena *arena)
{
    bool sum = strstr(text, " + ") || strstr(text, " - ");
    return sum && *text != '(' ? arena_print(arena, "(%s)", text) : text;
}

static const char *loss_side(const Program *p, const char *answer, int t, Arena *arena)
{
    if (p->net.loss == LOSS_CROSS_ENTROPY)
        return arena_print(arena, "-\\ln \\text{softmax}(%s)_{y}", answer);
    return arena_print(arena, "\\text{mean}\\,(%s - y_{%d})^2", answer, t);
}

static const char *right_side(const Program *p, const Row *row, int t, Arena *arena)
{
    const char *a = row->a == NONE ? "" : equation_slot(p, row->a, t, arena);
    const char *b = row->b == NONE ? "" : equation_slot(p, row->b, t, arena);
    switch (row->kind) {
    case OP_INPUT:
        return "\\text{input}";
    case OP_DELAY:
        return "\\text{from the step before}";
    case OP_AFFINE:
        a = product(p, row, row->weight_a, row->bias_a, row->a, t, arena);
        b = product(p, row, row->weight_b, row->bias_b, row->b, t, arena);
        return arena_print(arena, "%s + %s", a, b);
    case OP_LINEAR:
        return product(p, row, row->weight_a, row->bias_a, row->a, t, arena);
    case OP_SIGMOID:
        return arena_print(arena, "\\sigma(%s)", a);
    case OP_TANH:
        return arena_print(arena, "\\tanh %s", a);
    case OP_RELU:
        return arena_print(arena, "\\max(0, %s)", a);
    case OP_ADD:
        return arena_print(arena, "%s + %s", a, b);
    case OP_MUL:
        return arena_print(arena, "%s \\odot %s", factor(a, arena), factor(b, arena));
    case OP_ONE_MINUS:
        return arena_print(arena, "1 - %s", a);
    case OP_CONCAT:
        return arena_print(arena, "[%s; %s]", a, b);
    case OP_LOSS:
        return loss_side(p, a, t, arena);
    default:
        return a; // OP_IDENTITY
    }
}

static bool has_biases(const Row *row)
{
    return row->kind == OP_AFFINE && row->bias_a != NONE;
}

static const char *from_input(const Program *p, const Row *row, int t, Arena *arena)
{
    return arena_print(arena, "%s = %s", equation_slot(p, row->y, t, arena),
                       product(p, row, row->weight_a, NONE, row->a, t, arena));
}

// W x + U h + b, as books write it.
const char *equation_brief(const Program *program, int row, int t, Arena *arena)
{
    const Row *r = &program->rows[row];
    if (r->kind == OP_DELAY)
        return arena_print(arena, "%s = \\text{from before}", equation_slot(program, r->y, t, arena));
    if (!has_biases(r))
        return equation_of(program, row, t, arena);
    return arena_print(arena, "%s + %s + b_%c", from_input(program, r, t, arena),
                       product(program, r, r->weight_b, NONE, r->b, t, arena), *gate_of(program, r->y));
}

const char *equation_cut(const Program *program, int row, int t, Arena *arena)
{
    const Row *r = &program->rows[row];
    if (r->kind != OP_AFFINE)
        return equation_of(program, row, t, arena);
    return arena_print(arena, "%s + \\ldots", from_input(program, r, t, arena));
}

// What comes from the input, and below it what comes from the step before.
bool equation_halves(const Program *program, int row, int t, Arena *arena, const char *halves[2])
{
    const Row *r = &program->rows[row];
    if (r->kind != OP_AFFINE)
        return false;
    halves[0] = arena_print(arena, "%s = %s", equation_slot(program, r->y, t, arena),
                            product(program, r, r->weight_a, r->bias_a, r->a, t, arena));
    halves[1] = arena_print(arena, "+\\: %s", product(program, r, r->weight_b, r->bias_b, r->b, t, arena));
    return true;
}

// A part of the chain has no letter of its own: it is its expression.
const char *equation_of(const Program *program, int row, int t, Arena *arena)
{
    const Row *r = &program->rows[row];
    const char *left = equation_slot(program, r->y, t, arena), *right = right_side(program, r, t, arena);
    return strcmp(left, right) == 0 ? right : arena_print(arena, "%s = %s", left, right);
}
