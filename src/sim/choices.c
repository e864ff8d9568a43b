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

const char *cell_name(int i)
{
    return cell_types[i] ? cell_types[i]->name : NULL;
}

const char *cell_title(int i)
{
    return cell_types[i] ? cell_types[i]->title : NULL;
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

const char *clip_name(int i)
{
    return clips[i].name;
}

const char *clip_title(int i)
{
    return clips[i].title;
}
