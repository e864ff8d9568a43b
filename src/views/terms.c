#include "views/terms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "nn/op.h"
#include "ui/formula.h"
#include "views/equation.h"
#include "views/scope.h"

// ---- which there are --------------------------------------------------------------------------------------------
Pointed term_pointed(const Snapshot *snapshot, int slot, int t)
{
    const Program *p = snapshot->program;
    const Row *row = &p->rows[p->slots[slot].producer];
    if (!op_types[row->kind].delays)
        return (Pointed){t, slot, NONE};
    int before = p->passes[row->pass].reverse ? t + 1 : t - 1;
    return (Pointed){before > p->dims.T ? 0 : before, row->a, NONE};
}

Pointed term_seen(const Snapshot *snapshot)
{
    if (snapshot->pointed_slot == NONE || snapshot->pointed_t < 1)
        return (Pointed){snapshot->pointed_t, snapshot->pointed_slot, NONE};
    return term_pointed(snapshot, snapshot->pointed_slot, snapshot->pointed_t);
}

// What begins the first time step stands at t = 0, behind the last one in reverse, and so does what leads to it.
bool term_is_pointed(const Snapshot *snapshot, Pointed pointed, int weight)
{
    if (weight > 0)
        return snapshot->pointed_weight == weight;
    Pointed here = term_seen(snapshot);
    return pointed.slot != NONE && here.slot == pointed.slot && here.t == pointed.t;
}

static void add(Terms *terms, const char *text, Pointed pointed, int weight)
{
    for (int i = 0; i < terms->count; i++)
        if (strcmp(terms->term[i].text, text) == 0)
            return;
    terms->term[terms->count++] = (Term){text, pointed, weight};
}

static bool is_letter(const char *text) // and not an expression
{
    return !strchr(text, ' ') && strchr(text, '_');
}

static bool is_beside(const Snapshot *snapshot, const ProgramSlot *slot)
{
    return slot->of_cell == NONE || (slot->layer == snapshot->layer && slot->reverse == snapshot->reverse);
}

// A state of another layer or direction says which: h^{(1)}_{8}, h^{\gets}_{8}.
static void add_state(Terms *terms, int slot, const char *text, Pointed pointed, Arena *arena)
{
    const ProgramSlot *of = &terms->snapshot->program->slots[slot];
    if (of->slot.role != ROLE_STATE)
        return;
    add(terms, arena_print(arena, "%c^{(%d)}%s", *text, of->layer + 1, text + 1), pointed, 0);
    if (of->layer == terms->snapshot->layer)
        add(terms, arena_print(arena, "%c^{%s}%s", *text, of->reverse ? "\\gets" : "\\to", text + 1), pointed, 0);
}

static void add_values(Terms *terms, int t, Arena *arena)
{
    const Program *p = terms->snapshot->program;
    for (int slot = 0; slot < p->slot_count; slot++) {
        const char *text = equation_slot(terms->snapshot, slot, t, arena);
        Pointed pointed = term_pointed(terms->snapshot, slot, t);
        if (!is_letter(text))
            continue;
        if (is_beside(terms->snapshot, &p->slots[slot]))
            add(terms, text, pointed, 0);
        add_state(terms, slot, text, pointed, arena);
    }
}

static void add_weight(Terms *terms, int row, bool of_b, Arena *arena)
{
    const Row *r = &terms->snapshot->program->rows[row];
    int weight = (of_b ? r->weight_b : r->weight_a) + 1;
    if (weight > 0 && !op_types[r->kind].by_vector)
        add(terms, equation_weight(terms->snapshot, row, of_b, arena), (Pointed){0, NONE, NONE}, weight);
}

static void add_weights(Terms *terms, Arena *arena)
{
    const Program *p = terms->snapshot->program;
    for (int row = 0; row < p->row_count; row++) {
        if (!is_beside(terms->snapshot, &p->slots[p->rows[row].y]))
            continue;
        add_weight(terms, row, true, arena);
        add_weight(terms, row, false, arena);
        if (equation_joins(terms->snapshot, row)) // of the two that it joins the one that carries on
            add(terms, equation_joined_weight(terms->snapshot, row, arena), (Pointed){0, NONE, NONE},
                p->rows[row].weight_b + 1);
    }
}

Terms terms_around(const Snapshot *snapshot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    const int states = 3, weights = 3;
    Terms terms = {.snapshot = snapshot};
    if (snapshot->playing) // then it is too much for every picture, and nobody can point
        return terms;
    terms.term = arena_new(arena, Term, 3 * states * p->slot_count + weights * p->row_count);
    add_values(&terms, t, arena);
    for (int beside = t - 1; beside <= t + 1; beside += 2)
        if (beside >= 1 && beside <= p->dims.T)
            add_values(&terms, beside, arena);
    add_weights(&terms, arena);
    return terms;
}

// ---- in a formula -----------------------------------------------------------------------------------------------
static bool goes_on(char next) // a longer name would stand there
{
    return next == '_' || isalpha((unsigned char)next);
}

// The term that stands here; the longest, for W is the beginning of W_f.
static int term_at(const Terms *terms, const char *formula, const char *at)
{
    int found = NONE;
    size_t longest = 0;
    if (at > formula && (isalpha((unsigned char)at[-1]) || at[-1] == '\\' || at[-1] == '_' || at[-1] == '^'))
        return NONE;
    for (int i = 0; i < terms->count; i++) {
        if (*terms->term[i].text != *at) // nearly all of them, and asked at every letter
            continue;
        size_t length = strlen(terms->term[i].text);
        if (length > longest && strncmp(at, terms->term[i].text, length) == 0 && !goes_on(at[length])) {
            found = i;
            longest = length;
        }
    }
    return found;
}

// With what is raised behind it: h_{8}^2, W^\top.
static size_t with_power(const char *at, size_t length)
{
    if (at[length] != '^')
        return length;
    if (at[length + 1] == '{')
        return length + 1 + strcspn(at + length + 1, "}") + 1;
    size_t command = at[length + 1] == '\\' ? 1 : 0, letters = 1;
    while (command && isalpha((unsigned char)at[length + 2 + letters - 1]))
        letters++;
    return length + 1 + command + (command ? letters - 1 : 1);
}

// The gradient of a term is a term too: \partial L/\partial h_{8}.
static const char gradient_of[] = "\\partial L/\\partial ";

const char *terms_linked(const Terms *terms, const char *formula, Arena *arena)
{
    Text text = text_make(arena);
    for (const char *at = formula; *at;) {
        size_t before = strncmp(at, gradient_of, strlen(gradient_of)) == 0 ? strlen(gradient_of) : 0;
        int term = term_at(terms, formula, at + before);
        size_t length = term == NONE ? 1 : before + with_power(at + before, strlen(terms->term[term].text));
        if (term == NONE)
            text_put(&text, at, 1);
        else
            text_add(&text, "\\link{%d%s}{%.*s}", term, before ? " gradient" : "", (int)length, at);
        at += length;
    }
    return text.text;
}

// ---- drawn ------------------------------------------------------------------------------------------------------
static const char *tip_of(const Terms *terms, const Term *term, bool gradient, DrawList *out)
{
    const Snapshot *s = terms->snapshot;
    if (term->weight > 0)
        return gradient ? "the gradient of the weights of these arrows"
                        : "the weights of these arrows, the same at every time step";
    const char *what = scope_slot(s, term->pointed.slot, gradient, out);
    return term->pointed.t < 1 ? what : draw_print(out, "%s, t = %d", what, snapshot_t(s, term->pointed.t));
}

static const char *press_of(const Terms *terms, const Term *term, const char *press, DrawList *out)
{
    int unit = terms->snapshot->selected_unit;
    if (press || term->pointed.t < 1)
        return press;
    return draw_print(out, "select %d %d", snapshot_t(terms->snapshot, term->pointed.t), unit > 0 ? unit : 1);
}

static Rect link_rect(const FormulaLink *link, float x, float y)
{
    return (Rect){x + link->x - 1, y + link->y - 1, link->w + 2, link->h + 2};
}

static void draw_marks(const Terms *terms, const Formula *laid, float x, float y, DrawList *out)
{
    for (int i = 0; i < laid->link_count; i++) {
        const Term *term = &terms->term[atoi(laid->links[i].name)];
        if (!term_is_pointed(terms->snapshot, term->pointed, term->weight))
            continue;
        Rect rect = link_rect(&laid->links[i], x, y);
        draw_rect(out, INK_HERE, rect, 3);
        draw_frame(out, INK_FOCUS, rect, 3, 1);
    }
}

static void draw_hots(const Terms *terms, const Formula *laid, const char *name, float x, float y, const char *press,
                      DrawList *out)
{
    for (int i = 0; i < laid->link_count; i++) {
        const Term *term = &terms->term[atoi(laid->links[i].name)];
        draw_hot(out, (Hot){.id = hot_id(draw_print(out, "term %s %d", name, i)),
                            .area = link_rect(&laid->links[i], x, y),
                            .press = press_of(terms, term, press, out),
                            .tip = tip_of(terms, term, strchr(laid->links[i].name, ' ') != NULL, out),
                            .pointed = term->pointed,
                            .weight = term->weight,
                            .of_term = true});
    }
}

void terms_draw(const Terms *terms, const char *name, Ink ink, float size, float x, float y, const char *formula,
                const char *press, DrawList *out)
{
    Formula laid;
    Err err;
    if (terms->count == 0) {
        draw_formula(out, ink, size, x, y, ALIGN_LEFT, formula);
        return;
    }
    formula_layout(out->fonts, out->arena, ink, size, terms_linked(terms, formula, out->arena), &laid, &err);
    draw_marks(terms, &laid, x, y, out);
    draw_formula(out, ink, size, x, y, ALIGN_LEFT, formula);
    draw_hots(terms, &laid, name, x, y, press, out);
}
