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

Plan plan_make(const Program *program, Arena *arena)
{
    Plan plan = {
        .groups = arena_new(arena, Group, program->row_count),
        .start = arena_new(arena, int, program->pass_count + 1),
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
