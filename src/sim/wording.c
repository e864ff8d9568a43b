#include "sim/wording.h"

int wording_t(const Setup *setup, int t)
{
    return t - 1 + setup->first_index;
}

long wording_typed(const Setup *setup, long typed)
{
    return typed + 1 - setup->first_index;
}

Notation wording_of_weights(const Setup *setup)
{
    return (Notation)setup->notation;
}
