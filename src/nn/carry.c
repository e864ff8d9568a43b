#include "nn/carry.h"

#include <string.h>

static bool is_carried(const Program *program, int slot)
{
    return program->slots[slot].delay != NONE;
}

static size_t length_of(const Program *program, int slot)
{
    return (size_t)program->slots[slot].length;
}

size_t carry_count(const Program *program)
{
    size_t count = 0;
    for (int slot = 0; slot < program->slot_count; slot++)
        if (is_carried(program, slot))
            count += (size_t)program->dims.B * length_of(program, slot);
    return count;
}

void carry_take(const Tape *tape, int first, int B, Real *carried)
{
    const Program *p = tape->program;
    for (int slot = 0; slot < p->slot_count; slot++) {
        const size_t n = length_of(p, slot);
        if (!is_carried(p, slot))
            continue;
        memcpy(carried + (size_t)first * n, tape_value(tape, p->dims.T, slot), (size_t)p->dims.B * n * sizeof *carried);
        carried += (size_t)B * n;
    }
}

void carry_give(const Tape *tape, int first, int B, const Real *carried)
{
    const Program *p = tape->program;
    for (int slot = 0; slot < p->slot_count; slot++) {
        const size_t n = length_of(p, slot);
        if (!is_carried(p, slot))
            continue;
        memcpy(tape_value(tape, 0, slot), carried + (size_t)first * n, (size_t)p->dims.B * n * sizeof *carried);
        carried += (size_t)B * n;
    }
}
