#include "sim/choices.h"

#include <stddef.h>

#include "nn/optimizer.h"
#include "tasks/tasks.h"

const char *task_name(int i)
{
    return tasks[i] ? tasks[i]->name : NULL;
}

const char *task_title(int i)
{
    return tasks[i] ? tasks[i]->title : NULL;
}

const char *task_what(int i)
{
    return tasks[i] ? tasks[i]->what : NULL;
}

const char *cell_name(int i)
{
    return cell_types[i] ? cell_types[i]->name : NULL;
}

const char *cell_title(int i)
{
    return cell_types[i] ? cell_types[i]->title : NULL;
}

const char *cell_what(int i)
{
    return cell_types[i] ? cell_types[i]->paper : NULL;
}

const char *optimizer_name(int i)
{
    return optimizer_types[i] ? optimizer_types[i]->name : NULL;
}

const char *optimizer_title(int i)
{
    return optimizer_types[i] ? optimizer_types[i]->title : NULL;
}

// ---- lists of their own ----------------------------------------------------------------------------------
// clang-format off
static const struct {
    const char *name, *title;
    OpKind kind;
} activations[] = {
    { "tanh",    "tanh",    OP_TANH },
    { "relu",    "ReLU",    OP_RELU },
    { "sigmoid", "sigmoid", OP_SIGMOID },
    { "linear",  "linear",  OP_IDENTITY },
    { 0 },
};

static const struct {
    const char *name, *title;
} clips[] = {
    [CLIP_OFF]  = { "off",  "off" },
    [CLIP_NORM] = { "norm", "by norm" },
    [CLIP_VALUE] = { "value", "by value" },
    { 0 },
};

static const struct {
    const char *name, *title;
} scorings[] = {
    [SCORE_TASK] = { "task", "the task's own" },
    [SCORE_LAST] = { "last", "the last one" },
    [SCORE_ALL]  = { "all",  "all" },
    { 0 },
};

static const struct {
    const char *name, *title, *gate;
    OpKind kind;
} freezes[] = {
    { "none", "none",  NULL, OP_IDENTITY },
    { "f=0",  "f = 0", "f",  OP_ZERO },
    { "f=1",  "f = 1", "f",  OP_ONE },
    { "i=0",  "i = 0", "i",  OP_ZERO },
    { "i=1",  "i = 1", "i",  OP_ONE },
    { "o=0",  "o = 0", "o",  OP_ZERO },
    { "o=1",  "o = 1", "o",  OP_ONE },
    { "r=0",  "r = 0", "r",  OP_ZERO },
    { "r=1",  "r = 1", "r",  OP_ONE },
    { "z=0",  "z = 0", "z",  OP_ZERO },
    { "z=1",  "z = 1", "z",  OP_ONE },
    { 0 },
};

static const struct {
    const char *name, *title;
} notations[] = {
    [NOTATION_PYTORCH] = { "pytorch", "W_ih, W_hh" },
    [NOTATION_UVW]     = { "uvw",     "U, V, W" },
    [NOTATION_CONCAT]  = { "concat",  "W·[h, x]" },
    { 0 },
};
// clang-format on

const char *activation_name(int i)
{
    return activations[i].name;
}

const char *activation_title(int i)
{
    return activations[i].title;
}

OpKind activation_kind(int i)
{
    return activations[i].kind;
}

const char *freeze_name(int i)
{
    return freezes[i].name;
}

const char *freeze_title(int i)
{
    return freezes[i].title;
}

// Not every slot of that name is a gate: the z of a vanilla network is a sum.
int freeze_slot(int i, const CellType *cell)
{
    int slot = freezes[i].gate ? cell_slot(cell, freezes[i].gate) : NONE;
    return slot != NONE && cell->slots[slot].role == ROLE_GATE ? slot : NONE;
}

OpKind freeze_kind(int i)
{
    return freezes[i].kind;
}

const char *notation_name(int i)
{
    return notations[i].name;
}

const char *notation_title(int i)
{
    return notations[i].title;
}

const char *first_index_name(int i)
{
    static const char *const names[] = {"0", "1", NULL};
    return names[i];
}

const char *scored_name(int i)
{
    return scorings[i].name;
}

const char *scored_title(int i)
{
    return scorings[i].title;
}

const char *clip_name(int i)
{
    return clips[i].name;
}

const char *clip_title(int i)
{
    return clips[i].title;
}
