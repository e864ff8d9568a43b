#include "nn/direct_path.h"

static int slot_of_pass(const Program *program, int pass, int slot)
{
    const Pass *of = &program->passes[pass];
    return program->net.bidirectional ? program_cell_slot(program, program->slots[slot].of_cell, of->layer, of->reverse)
                                      : slot;
}

int pass_state(const Program *program, int pass)
{
    return slot_of_pass(program, pass, program->state);
}

int pass_memory(const Program *program, int pass)
{
    return slot_of_pass(program, pass, program->memory != NONE ? program->memory : program->state);
}

static int other_factor(const Row *row, int memory_before)
{
    if (row->kind != OP_MUL)
        return NONE;
    return row->a == memory_before ? row->b : row->b == memory_before ? row->a : NONE;
}

// The memory is a sum; one term is the memory before, or a gate times it.
int direct_path_gate(const Program *program, int memory, bool *constant)
{
    const Row *sum = &program->rows[program->slots[memory].producer];
    const int before = program->rows[program->slots[memory].delay].y;
    *constant = sum->kind == OP_ADD && (sum->a == before || sum->b == before);
    if (sum->kind != OP_ADD || *constant)
        return NONE;
    const int gate = other_factor(&program->rows[program->slots[sum->a].producer], before);
    return gate != NONE ? gate : other_factor(&program->rows[program->slots[sum->b].producer], before);
}
