#include "nn/layout.h"

#include "nn/op.h"

// ---- what an update comes back to ---------------------------------------------------------------------
static bool read_elsewhere(const Program *p, int slot)
{
    const int pass = p->rows[p->slots[slot].producer].pass;
    for (int i = 0; i < p->row_count; i++) {
        const Row *row = &p->rows[i];
        if ((row->a == slot || row->b == slot) && (row->pass != pass || op_types[row->kind].delays))
            return true;
    }
    return false;
}

static bool read_on_the_way_back(const Program *p, int slot)
{
    for (int i = 0; i < p->row_count; i++) {
        const Row *row = &p->rows[i];
        const OpType *type = &op_types[row->kind];
        if ((row->y == slot && type->back.y) || (row->a == slot && type->back.a) || (row->b == slot && type->back.b))
            return true;
    }
    return false;
}

static Keeping value_keeping(const Program *p, int slot)
{
    return slot == p->loss || read_elsewhere(p, slot) || read_on_the_way_back(p, slot) ? KEPT_VALUE : PASSING;
}

static Keeping grad_keeping(const Program *p, int slot)
{
    if (slot == p->input)
        return PASSING; // nobody asks for it
    if (slot == p->loss || read_elsewhere(p, slot))
        return KEPT_GRAD;
    return op_types[p->rows[p->slots[slot].producer].kind].weighted ? GATHERED : PASSING;
}

// ---- places ----------------------------------------------------------------------------------------------
// Slots begin at cache lines, those that are shorter at some part of one. Many are read at the same place of each at
// once: where they are long enough to fill the fastest cache's places several times over, they must not all begin at
// the same of these.
static size_t room(const Program *p, int slot, bool lean)
{
    enum { LINE = 64 / sizeof(Real), PART = 16 / sizeof(Real), MANY = 64 };
    const size_t numbers = (size_t)p->dims.B * (size_t)p->slots[slot].length;
    size_t lines = (numbers + LINE - 1) / LINE;
    if (numbers < LINE)
        return (numbers + PART - 1) / PART * PART;
    while (lean && lines >= MANY && (lines % 32 < 9 || lines % 32 > 23))
        lines++;
    return lines * LINE;
}

static Spot lay(Layout *layout, Keeping keeping, size_t numbers)
{
    const Spot spot = {keeping, layout->column[keeping]};
    layout->column[keeping] += numbers;
    return spot;
}

// The y of a product's rows lie one behind the other, which takes that all are kept alike.
static void keep_alike(const Program *p, const Group *group, Keeping *of_slot, Keeping longest)
{
    bool alike = true;
    const Row *row = &p->rows[group->first];
    for (int i = 0; i < group->count; i++)
        alike = alike && of_slot[row[i].y] == of_slot[row->y];
    for (int i = 0; i < group->count && !alike; i++)
        of_slot[row[i].y] = longest;
}

static void find_keepings(const Program *p, const Plan *plan, bool lean, Keeping *value, Keeping *grad)
{
    for (int slot = 0; slot < p->slot_count; slot++) {
        value[slot] = lean ? value_keeping(p, slot) : KEPT_VALUE;
        grad[slot] = lean ? grad_keeping(p, slot) : KEPT_GRAD;
    }
    for (int g = 0; g < plan->start[p->pass_count]; g++)
        if (plan->groups[g].kind == GROUP_PRODUCT) {
            keep_alike(p, &plan->groups[g], value, KEPT_VALUE);
            keep_alike(p, &plan->groups[g], grad, KEPT_GRAD);
        }
}

static unsigned char keeping_of(const Spot *spots, int slot, const Row *row)
{
    return (unsigned char)spots[slot == NONE ? row->y : slot].keeping;
}

static Bound bound_of(const Layout *layout, const Row *row)
{
    return (Bound){
        .y = keeping_of(layout->value, row->y, row),
        .a = keeping_of(layout->value, row->a, row),
        .b = keeping_of(layout->value, row->b, row),
        .dy = keeping_of(layout->grad, row->y, row),
        .da = keeping_of(layout->grad, row->a, row),
        .db = keeping_of(layout->grad, row->b, row),
    };
}

// What products read beyond the end of a tape's part lies in memory too.
static void lay_parts(Layout *layout, const Program *p)
{
    for (int keeping = 0; keeping < KEEPINGS; keeping++) {
        const int steps = keeping == PASSING ? 1 : keeping == GATHERED ? layout->chunk : p->dims.T + 2;
        layout->begin[keeping] = layout->size;
        layout->size += (size_t)steps * layout->column[keeping] + PRODUCT_SPARE;
    }
}

// Time steps that hold so many sequences together, if there are so many.
static int chunk_of(const Dims *dims)
{
    const int steps = dims->B < GATHERED_AT_ONCE ? GATHERED_AT_ONCE / dims->B : 1;
    return steps < dims->T ? steps : dims->T;
}

Layout layout_make(const Program *p, const Plan *plan, bool lean, Arena *arena)
{
    Layout layout = {
        .lean = lean,
        .bound = arena_new(arena, Bound, p->row_count),
        .value = arena_new(arena, Spot, p->slot_count),
        .grad = arena_new(arena, Spot, p->slot_count),
        .chunk = chunk_of(&p->dims),
    };
    Keeping *value = arena_new(arena, Keeping, p->slot_count), *grad = arena_new(arena, Keeping, p->slot_count);
    find_keepings(p, plan, lean, value, grad);
    for (int slot = 0; slot < p->slot_count; slot++)
        layout.value[slot] = lay(&layout, value[slot], room(p, slot, lean));
    for (int slot = 0; slot < p->slot_count; slot++)
        layout.grad[slot] = lay(&layout, grad[slot], room(p, slot, lean));
    for (int row = 0; row < p->row_count; row++)
        layout.bound[row] = bound_of(&layout, &p->rows[row]);
    lay_parts(&layout, p);
    return layout;
}
