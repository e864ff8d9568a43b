#include "sim/weights.h"

#include "base/words.h"
#include "sim/history.h"

#include <stdio.h>
#include <string.h>

// ---- names -----------------------------------------------------------------------------------------------
static const char *behind_dot(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot ? dot + 1 : name;
}

static int tensor_called(const Program *program, const char *name)
{
    for (int i = 0; i < program->tensor_count; i++) {
        const Tensor *tensor = &program->tensors[i];
        if (strcmp(tensor->name, name) == 0 || strcmp(weights_name(tensor), name) == 0)
            return i;
    }
    return NONE;
}

static bool refuse_name(const Program *program, const char *name, Err *err)
{
    char list[512] = "";
    Nearest nearest = nearest_to(name);
    for (int i = 0; i < program->tensor_count; i++) {
        const char *there = weights_name(&program->tensors[i]);
        nearest_offer(&nearest, there);
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, " %s", there);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        return refuse(err, "there are no weights \"%s\", did you mean \"%s\"?", name, best);
    return refuse(err, "there are no weights \"%s\"; there are:%s", name, list);
}

bool weight_find(const Program *program, const char *name, long row, long column, WeightPlace *place, Err *err)
{
    int found = tensor_called(program, name);
    if (found == NONE)
        return refuse_name(program, name, err);
    const Tensor *tensor = &program->tensors[found];
    if (row < 1 || row > tensor->rows || column < 1 || column > tensor->columns)
        return refuse(err, "%s has rows 1 to %d and columns 1 to %d, not row %ld and column %ld", tensor->name,
                      tensor->rows, tensor->columns, row, column);
    *place = (WeightPlace){found, (int)row, (int)column};
    return true;
}

// ---- places ----------------------------------------------------------------------------------------------
size_t weight_index(const Program *program, WeightPlace place)
{
    const Tensor *tensor = &program->tensors[place.tensor];
    return tensor->offset + (size_t)(place.row - 1) * (size_t)tensor->columns + (size_t)(place.column - 1);
}

WeightPlace weight_place(const Program *program, size_t index)
{
    int i = program->tensor_count - 1;
    while (i > 0 && program->tensors[i].offset > index)
        i--;
    size_t within = index - program->tensors[i].offset, columns = (size_t)program->tensors[i].columns;
    return (WeightPlace){i, (int)(within / columns) + 1, (int)(within % columns) + 1};
}

const char *weights_name(const Tensor *tensor)
{
    bool readout = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT;
    return readout ? tensor->name : behind_dot(tensor->name);
}

const char *weight_text(const Program *program, WeightPlace place, char text[WEIGHT_TEXT])
{
    snprintf(text, WEIGHT_TEXT, "%s %d %d", weights_name(&program->tensors[place.tensor]), place.row, place.column);
    return text;
}

// ---- in every run ----------------------------------------------------------------------------------------
static bool refuse_in(const Session *session, int run, Err *err)
{
    char lane[LANE_TEXT];
    Err why = *err;
    return refuse(err, "%s: %s", session_name(session, run, lane), why.text);
}

static size_t weight_in(const Run *run, const char *name, long row, long column)
{
    WeightPlace place;
    Err none;
    weight_find(&run->program, name, row, column, &place, &none);
    return weight_index(&run->program, place);
}

// As a setting: runs that rest would heed it if they came so far.
bool session_set_weight(Session *session, const char *name, long row, long column, double value, Err *err)
{
    WeightPlace place;
    for (int i = 0; i < session->count; i++)
        if (!weight_find(&session->runs[i].program, name, row, column, &place, err))
            return session->count == 1 ? false : refuse_in(session, i, err);
    const Run *lead = session_lead(session);
    const bool same = lead->params.value[weight_in(lead, name, row, column)] == (Real)value;
    for (int i = 0; i < session->count; i++) {
        Run *run = &session->runs[i];
        if (!session_rests(session, i) && !run_set_weight(run, weight_in(run, name, row, column), value, err))
            return false;
    }
    for (int i = 0; i < session->count && !same; i++)
        if (session_rests(session, i))
            history_change_later(&session->runs[i], (Change){.update = lead->done + 1,
                                                             .weight = weight_in(&session->runs[i], name, row, column),
                                                             .value = value});
    return true;
}
