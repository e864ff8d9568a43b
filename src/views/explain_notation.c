#include "nn/explained.h"
#include "views/equation.h"
#include "views/explain.h"

// What other notations than PyTorch's see as one: W for [h, x], and the two biases of a sum.
typedef struct {
    const Real *value;
    int rows, columns;
    long row_stride, column_stride;
} Block;

static void copy_beside(Real *to, int columns, int from, const Block *block)
{
    for (int i = 0; i < block->rows; i++)
        for (int j = 0; j < block->columns; j++)
            to[i * columns + from + j] = block->value[i * block->row_stride + j * block->column_stride];
}

static Block block_of(const Operand *operand)
{
    return (Block){operand->value, operand->rows, operand->columns, operand->row_stride, operand->column_stride};
}

Operand operand_joined_weights(const Snapshot *snapshot, int row, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    Operand of_h = operand_weights(snapshot, r, true, false, arena),
            of_x = operand_weights(snapshot, r, false, false, arena);
    int columns = of_h.columns + of_x.columns;
    Real *joined = arena_new(arena, Real, of_h.rows * columns);
    Block h = block_of(&of_h), x = block_of(&of_x);
    copy_beside(joined, columns, 0, &h);
    copy_beside(joined, columns, h.columns, &x);
    return operand_own(equation_joined_weight(snapshot, row, arena), joined, of_h.rows, columns);
}

Operand operand_joined_vector(const Snapshot *snapshot, int row, int t, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    const Real *h = snapshot_value(snapshot, r->b, t), *x = snapshot_value(snapshot, r->a, t);
    int n_h = snapshot->program->slots[r->b].length, n_x = snapshot->program->slots[r->a].length;
    Real *joined = h && x ? arena_new(arena, Real, n_h + n_x) : NULL;
    for (int i = 0; joined && i < n_h + n_x; i++)
        joined[i] = i < n_h ? h[i] : x[i - n_h];
    return operand_own(equation_joined_vector(snapshot, row, t, arena), joined, n_h + n_x, 1);
}

Operand operand_both_biases(const Snapshot *snapshot, int row, Arena *arena)
{
    const Row *r = &snapshot->program->rows[row];
    int n = snapshot->program->slots[r->y].length;
    const Real *a = explained_weights(snapshot->tape, r->bias_a, r->block_a, n, arena),
               *b = explained_weights(snapshot->tape, r->bias_b, r->block_b, n, arena);
    Real *sum = arena_new(arena, Real, n);
    for (int i = 0; i < n; i++)
        sum[i] = a[i] + b[i];
    return operand_own(equation_joined_bias(snapshot, row, arena), sum, n, 1);
}
