#include "nn/plan.h"

#include "nn/op.h"

// The next row multiplies what the group multiplies, by the next block, and its y lies behind the group's.
static bool goes_on_product(const Program *p, const Group *group, const Row *row)
{
    const Row *first = &p->rows[group->first];
    const int k = group->count;
    return row->kind == first->kind && op_types[row->kind].weighted > 0 && !op_types[row->kind].by_vector &&
           row->a == first->a && row->b == first->b && row->a != row->b && row->weight_a == first->weight_a &&
           row->block_a == first->block_a + k && row->weight_b == first->weight_b &&
           (row->b == NONE || row->block_b == first->block_b + k) && row->y == first->y + k &&
           p->slots[row->y].length == p->slots[first->y].length;
}

static bool goes_on_chain(const Program *p, const Group *group, const Row *row)
{
    const Row *first = &p->rows[group->first];
    return op_types[row->kind].elementwise && op_types[first->kind].elementwise &&
           p->slots[row->y].length == p->slots[first->y].length;
}

static bool joins(const Program *p, Group *group, int row)
{
    const Row *next = &p->rows[row];
    if (goes_on_product(p, group, next))
        group->kind = GROUP_PRODUCT;
    else if (goes_on_chain(p, group, next))
        group->kind = GROUP_CHAIN;
    else
        return false;
    group->count++;
    return true;
}

// ---- who is the first to add to a gradient ------------------------------------------------------------
// Rows run back from the last on, but what a row carries to the time step before was added before that ran back.
static bool runs_back_before(const Program *p, int row, int other)
{
    const bool delays = op_types[p->rows[row].kind].delays, other_delays = op_types[p->rows[other].kind].delays;
    if (p->rows[row].pass != p->rows[other].pass || delays == other_delays)
        return row > other;
    return delays;
}

static int first_to_add(const Program *p, int slot)
{
    int first = NONE;
    for (int row = 0; row < p->row_count; row++)
        if ((p->rows[row].a == slot || p->rows[row].b == slot) && (first == NONE || runs_back_before(p, row, first)))
            first = row;
    return first;
}

static First *find_first(const Program *p, Arena *arena)
{
    First *first = arena_new(arena, First, p->row_count);
    for (int slot = 0; slot < p->slot_count; slot++) {
        const int row = first_to_add(p, slot);
        if (row != NONE && p->rows[row].a == slot)
            first[row].a = true;
        else if (row != NONE)
            first[row].b = true;
    }
    return first;
}

Plan plan_make(const Program *program, Arena *arena)
{
    Plan plan = {
        .groups = arena_new(arena, Group, program->row_count),
        .start = arena_new(arena, int, program->pass_count + 1),
        .first = find_first(program, arena),
    };
    int count = 0;
    for (int pass = 0; pass < program->pass_count; pass++) {
        const Pass *of = &program->passes[pass];
        plan.start[pass] = count;
        for (int row = of->first_row; row < of->first_row + of->row_count; row++)
            if (row == of->first_row || !joins(program, &plan.groups[count - 1], row))
                plan.groups[count++] = (Group){GROUP_ROW, row, 1};
    }
    plan.start[program->pass_count] = count;
    return plan;
}
