#include "views/equation.h"

#include <string.h>

#include "nn/op.h"
#include "sim/wording.h"

// ---- operands -------------------------------------------------------------------------------------------------------
// An operand from another layer or direction says which: h^{(1)}_{8}, h^{\gets}_{8}.
static const char *operand(const Snapshot *s, const Row *row, int slot, int t, Arena *arena)
{
    const ProgramSlot *y = &s->program->slots[row->y], *a = &s->program->slots[slot];
    const char *text = equation_slot(s, slot, t, arena);
    bool other_layer = a->layer != y->layer, direction = row->kind == OP_CONCAT;
    if (a->slot.role != ROLE_STATE || (!other_layer && !direction))
        return text;
    const char *which = direction ? (a->reverse ? "\\gets" : "\\to") : arena_print(arena, "(%d)", a->layer + 1);
    return arena_print(arena, "%c^{%s}%s", *text, which, text + 1);
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

static bool is_gated(const Program *p)
{
    return p->net.cell->blocks > 1;
}

// "ih" where there is one block, "if" for the block of f; layers are not told apart, for one is shown at a time.
static const char *index_in_pytorch(const Program *p, const Row *row, int weight, Arena *arena)
{
    bool from_input = p->tensors[weight].kind == WEIGHT_IH;
    int letter = is_gated(p) ? *gate_of(p, row->y) : 'h';
    return p->tensors[weight].kind == WEIGHT_OUT ? "out" : arena_print(arena, "%s%c", from_input ? "i" : "h", letter);
}

// "f,h" for what of the block of f multiplies h; "h" where there is one block.
static const char *index_of_part(const Program *p, const Row *row, int weight, Arena *arena)
{
    const char *of = p->tensors[weight].kind == WEIGHT_IH ? "x" : "h";
    return is_gated(p) ? arena_print(arena, "%c,%s", *gate_of(p, row->y), of) : of;
}

static const char *matrix_name(const Snapshot *s, const Row *row, int weight, Arena *arena)
{
    const Program *p = s->program;
    TensorKind kind = p->tensors[weight].kind;
    switch (wording_of_weights(&s->run->setup)) {
    case NOTATION_UVW:
        if (kind == WEIGHT_OUT || !is_gated(p))
            return kind == WEIGHT_OUT ? "V" : kind == WEIGHT_IH ? "U" : "W";
        return arena_print(arena, "%c_%c", kind == WEIGHT_IH ? 'U' : 'W', *gate_of(p, row->y));
    case NOTATION_CONCAT:
        return kind == WEIGHT_OUT ? "W_y" : arena_print(arena, "W_{%s}", index_of_part(p, row, weight, arena));
    default:
        return arena_print(arena, "W_{%s}", index_in_pytorch(p, row, weight, arena));
    }
}

// Of a matrix that stands alone; the two biases of a sum are one where PyTorch is not followed.
static const char *bias_name(const Snapshot *s, const Row *row, int weight, Arena *arena)
{
    const Program *p = s->program;
    if (wording_of_weights(&s->run->setup) == NOTATION_PYTORCH)
        return arena_print(arena, "b_{%s}", index_in_pytorch(p, row, weight, arena));
    return p->tensors[weight].kind == WEIGHT_OUT ? "b_y"
                                                 : arena_print(arena, "b_{%s}", index_of_part(p, row, weight, arena));
}

const char *equation_weight(const Snapshot *snapshot, int row, bool of_b, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    if (op_types[r->kind].by_vector)
        return arena_print(arena, "p_{%s}", gate_of(snapshot->program, r->y));
    return matrix_name(snapshot, r, of_b ? r->weight_b : r->weight_a, arena);
}

const char *equation_bias(const Snapshot *snapshot, int row, bool of_b, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    return bias_name(snapshot, r, of_b ? r->weight_b : r->weight_a, arena);
}

const char *equation_operand(const Snapshot *snapshot, int row, bool of_b, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    return operand(snapshot, r, of_b ? r->b : r->a, t, arena);
}

const char *equation_joined_states(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    return arena_print(arena, "[%s; %s]", equation_operand(snapshot, row, false, t, arena),
                       equation_operand(snapshot, row, true, t, arena));
}

bool equation_joins(const Snapshot *snapshot, int row)
{
    return snapshot->program->rows[row].kind == OP_AFFINE &&
           wording_of_weights(&snapshot->run->setup) == NOTATION_CONCAT;
}

bool equation_one_bias(const Snapshot *snapshot, int row)
{
    const Row *r = &snapshot->program->rows[row];
    return r->kind == OP_AFFINE && r->bias_a != NONE && wording_of_weights(&snapshot->run->setup) != NOTATION_PYTORCH;
}

static const char *gated(const Snapshot *s, const Row *row, char letter, Arena *arena)
{
    return is_gated(s->program) ? arena_print(arena, "%c_%c", letter, *gate_of(s->program, row->y))
                                : arena_print(arena, "%c", letter);
}

const char *equation_joined_weight(const Snapshot *snapshot, int row, Arena *arena)
{
    return gated(snapshot, &snapshot->program->rows[row], 'W', arena);
}

const char *equation_joined_bias(const Snapshot *snapshot, int row, Arena *arena)
{
    return gated(snapshot, &snapshot->program->rows[row], 'b', arena);
}

const char *equation_joined_vector(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    return arena_print(arena, "[%s, %s]", operand(snapshot, r, r->b, t, arena), operand(snapshot, r, r->a, t, arena));
}

static const char *product(const Snapshot *s, const Row *row, bool of_b, bool biased, int t, Arena *arena)
{
    int weight = of_b ? row->weight_b : row->weight_a, bias = of_b ? row->bias_b : row->bias_a;
    const char *name = matrix_name(s, row, weight, arena), *a = operand(s, row, of_b ? row->b : row->a, t, arena);
    if (bias == NONE || !biased)
        return arena_print(arena, "%s %s", name, a);
    return arena_print(arena, "%s %s + %s", name, a, bias_name(s, row, weight, arena));
}

// ---- right sides ------------------------------------------------------------------------------------------------
// A sum or difference within a product stands in brackets.
static const char *factor(const char *text, Arena *arena)
{
    bool sum = strstr(text, " + ") || strstr(text, " - ");
    return sum && *text != '(' ? arena_print(arena, "(%s)", text) : text;
}

static const char *loss_side(const Snapshot *s, const char *answer, int t, Arena *arena)
{
    if (s->program->net.loss == LOSS_CROSS_ENTROPY)
        return arena_print(arena, "-\\ln \\text{softmax}(%s)_{y}", answer);
    return arena_print(arena, "\\text{mean}\\,(%s - y_{%d})^2", answer, snapshot_t(s, t));
}

static int row_index(const Snapshot *s, const Row *row)
{
    return (int)(row - s->program->rows);
}

static const char *plus_bias(const Snapshot *s, const Row *row, const char *sum, Arena *arena)
{
    return row->bias_a == NONE ? sum
                               : arena_print(arena, "%s + %s", sum, equation_joined_bias(s, row_index(s, row), arena));
}

static const char *affine_side(const Snapshot *s, const Row *row, int t, Arena *arena)
{
    bool pytorch = wording_of_weights(&s->run->setup) == NOTATION_PYTORCH;
    int index = row_index(s, row);
    if (equation_joins(s, index))
        return plus_bias(s, row,
                         arena_print(arena, "%s \\cdot %s", equation_joined_weight(s, index, arena),
                                     equation_joined_vector(s, index, t, arena)),
                         arena);
    const char *sum = arena_print(arena, "%s + %s", product(s, row, false, pytorch, t, arena),
                                  product(s, row, true, pytorch, t, arena));
    return pytorch ? sum : plus_bias(s, row, sum, arena);
}

static const char *right_side(const Snapshot *s, const Row *row, int t, Arena *arena)
{
    const char *a = row->a == NONE ? "" : operand(s, row, row->a, t, arena);
    const char *b = row->b == NONE ? "" : operand(s, row, row->b, t, arena);
    switch (row->kind) {
    case OP_INPUT:
        return "\\text{input}";
    case OP_DELAY:
        return "\\text{from the step before}";
    case OP_AFFINE:
        return affine_side(s, row, t, arena);
    case OP_LINEAR:
        return product(s, row, false, true, t, arena);
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
    case OP_SCALE:
        return arena_print(arena, "p_{%s} \\odot %s", gate_of(s->program, row->y), a);
    case OP_ZERO:
        return "0";
    case OP_ONE:
        return "1";
    case OP_LOSS:
        return loss_side(s, a, t, arena);
    default:
        return a; // OP_IDENTITY
    }
}

static const char *from_input(const Snapshot *s, const Row *row, int t, bool biased, Arena *arena)
{
    return arena_print(arena, "%s = %s", equation_slot(s, row->y, t, arena), product(s, row, false, biased, t, arena));
}

// W x + U h + b, as books write it.
const char *equation_brief(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    bool pytorch = wording_of_weights(&snapshot->run->setup) == NOTATION_PYTORCH;
    if (r->kind == OP_DELAY)
        return arena_print(arena, "%s = \\text{from before}", equation_slot(snapshot, r->y, t, arena));
    if (r->kind != OP_AFFINE || r->bias_a == NONE || !pytorch)
        return equation_of(snapshot, row, t, arena);
    return arena_print(arena, "%s + %s + b_%c", from_input(snapshot, r, t, false, arena),
                       product(snapshot, r, true, false, t, arena), *gate_of(snapshot->program, r->y));
}

const char *equation_cut(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    if (r->kind != OP_AFFINE)
        return equation_of(snapshot, row, t, arena);
    if (equation_joins(snapshot, row))
        return arena_print(arena, "%s = %s \\cdot %s", equation_slot(snapshot, r->y, t, arena),
                           equation_joined_weight(snapshot, row, arena),
                           equation_joined_vector(snapshot, row, t, arena));
    return arena_print(arena, "%s + \\ldots", from_input(snapshot, r, t, false, arena));
}

// What comes from the input, and below it what comes from the step before.
bool equation_halves(const Snapshot *snapshot, int row, int t, Arena *arena, const char *halves[2])
{
    const Row *r = &snapshot->program->rows[row];
    bool pytorch = wording_of_weights(&snapshot->run->setup) == NOTATION_PYTORCH;
    if (r->kind != OP_AFFINE || equation_joins(snapshot, row))
        return false;
    const char *second = product(snapshot, r, true, pytorch, t, arena);
    halves[0] = from_input(snapshot, r, t, pytorch, arena);
    halves[1] = arena_print(arena, "+\\: %s", pytorch ? second : plus_bias(snapshot, r, second, arena));
    return true;
}

// A part of the chain has no letter of its own: it is its expression.
const char *equation_of(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    const char *left = equation_slot(snapshot, r->y, t, arena), *right = right_side(snapshot, r, t, arena);
    return strcmp(left, right) == 0 ? right : arena_print(arena, "%s = %s", left, right);
}
