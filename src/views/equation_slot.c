#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "views/equation.h"

// A slot's formula, its \t put in.
static bool is_time(const char *at) // "\t" that is no longer name such as "\tanh"
{
    return at[0] == '\\' && at[1] == 't' && !isalpha((unsigned char)at[2]);
}

static bool slot_reversed(const Program *p, int slot)
{
    return p->passes[p->rows[p->slots[slot].producer].pass].reverse;
}

static const char *with_time(const char *formula, const char *now, const char *before, Arena *arena)
{
    Text text = text_make(arena);
    const char *at = formula, *from = at;
    for (; *at; at++) {
        if (!is_time(at))
            continue;
        bool of_before = strncmp(at + 2, "-1", 2) == 0;
        const char *time = of_before ? before : now;
        text_put(&text, from, (size_t)(at - from));
        text_put(&text, time, strlen(time));
        from = at + (of_before ? 4 : 2);
        at = from - 1;
    }
    text_put(&text, from, strlen(from));
    return text.text;
}

// Every \t becomes the time step, every \t-1 the one that came before it in its pass.
const char *equation_slot(const Snapshot *snapshot, int slot, int t, Arena *arena)
{
    const Program *p = snapshot->program;
    const int before = slot_reversed(p, slot) ? t + 1 : t - 1;
    return with_time(p->slots[slot].slot.formula, arena_print(arena, "%d", snapshot_t(snapshot, t)),
                     arena_print(arena, "%d", snapshot_t(snapshot, before)), arena);
}

const char *equation_slot_at_any_t(const Snapshot *snapshot, int slot, Arena *arena)
{
    const Program *p = snapshot->program;
    return with_time(p->slots[slot].slot.formula, "t", slot_reversed(p, slot) ? "t+1" : "t-1", arena);
}
