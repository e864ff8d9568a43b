#include "nn/carry.h"

#include <string.h>

static bool is_carried(const Program *program, int slot)
{
    return program->slots[slot].delay != NONE;
}

static size_t numbers_in(const Program *program, int slot)
{
    return (size_t)program->dims.B * (size_t)program->slots[slot].length;
}

size_t carry_count(const Program *program)
{
    size_t count = 0;
    for (int slot = 0; slot < program->slot_count; slot++)
        if (is_carried(program, slot))
            count += numbers_in(program, slot);
    return count;
}

static const Real *give(const Tape *tape, const Real *carried)
{
    const Program *program = tape->program;
    for (int slot = 0; slot < program->slot_count; slot++) {
        if (!is_carried(program, slot))
            continue;
        memcpy(tape_value(tape, 0, slot), carried, numbers_in(program, slot) * sizeof *carried);
        carried += numbers_in(program, slot);
    }
    return carried;
}

static Real *take(const Tape *tape, Real *carried)
{
    const Program *program = tape->program;
    for (int slot = 0; slot < program->slot_count; slot++) {
        if (!is_carried(program, slot))
            continue;
        memcpy(carried, tape_value(tape, program->dims.T, slot), numbers_in(program, slot) * sizeof *carried);
        carried += numbers_in(program, slot);
    }
    return carried;
}

void carry_give(const Shares *shares, const Real *carried)
{
    const Tape *tape[SHARES_MOST];
    const int count = shares_tapes(shares, tape);
    for (int i = 0; i < count; i++)
        carried = give(tape[i], carried);
}

void carry_take(const Shares *shares, Real *carried)
{
    const Tape *tape[SHARES_MOST];
    const int count = shares_tapes(shares, tape);
    for (int i = 0; i < count; i++)
        carried = take(tape[i], carried);
}
