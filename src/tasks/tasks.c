#include "tasks/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

extern const Task task_recall, task_latch, task_echo, task_parity, task_copy, task_adding, task_order, task_sine;
extern const Task task_reber, task_letters, task_words, task_spell, task_agree;

const Task *const tasks[] = {
    &task_recall, &task_latch, &task_echo,    &task_parity, &task_copy,  &task_adding, &task_order,
    &task_sine,   &task_reber, &task_letters, &task_words,  &task_spell, &task_agree,  NULL,
};

int task_index(const char *name)
{
    for (int i = 0; tasks[i]; i++)
        if (strcmp(tasks[i]->name, name) == 0)
            return i;
    return NONE;
}

// Each sequence has a stream of its own, so that the first one is the same however many a batch holds.
void task_fill(const Task *task, unsigned long seed, const char *stream, long u, Batch *batch)
{
    Rng updates = rng_make(seed, rng_stream(stream));
    updates.counter = (uint64_t)u;
    uint64_t key = rng_next(&updates);
    batch_clear(batch);
    for (int b = 0; b < batch->dims.B; b++) {
        Rng rng = rng_make(key, (uint64_t)b);
        task->fill(&rng, batch, b);
    }
}

void task_fill_window(const Task *task, unsigned long seed, long u, Batch *batch)
{
    batch_clear(batch);
    for (int b = 0; b < batch->dims.B; b++) {
        Rng sequences = rng_make(seed, rng_stream("stream"));
        sequences.counter = (uint64_t)b;
        task->fill_window(rng_next(&sequences), u - 1, batch, b);
    }
}

bool task_can_score(const Task *task, Scoring scoring)
{
    return scoring == SCORE_TASK || (scoring == SCORE_LAST ? task->last : task->all);
}

// ---- texts ---------------------------------------------------------------------------------------------------
void task_input_text(const Task *task, const Batch *batch, int t, int b, char *text)
{
    text[0] = 0;
    if (t > batch->length[b])
        return;
    if (task->symbols)
        snprintf(text, TASK_TEXT, "%s", task->symbols[symbol_at(batch, t, b)]);
    else
        task->input_text(batch, t, b, text);
}

void task_input_role(const Task *task, const Batch *batch, int t, int b, char *text)
{
    text[0] = 0;
    if (task->input_role && t <= batch->length[b])
        task->input_role(batch, t, b, text);
}

void task_target_text(const Task *task, const Batch *batch, int t, int b, char *text)
{
    text[0] = 0;
    if (!*batch_scored(batch, t, b))
        return;
    if (task->classes)
        snprintf(text, TASK_TEXT, "%s", task->classes[*batch_label(batch, t, b)]);
    else
        text_value(text, (double)*batch_target(batch, t, b));
}

void task_answer_text(const Task *task, const Real *y, char *text)
{
    if (task->classes)
        snprintf(text, TASK_TEXT, "%s", task->classes[class_of(y, task->Y)]);
    else
        text_value(text, (double)*y);
}

// ---- right answers -------------------------------------------------------------------------------------------
static bool each_is_near(const Real *y, const Real *target, int count)
{
    for (int i = 0; i < count; i++)
        if (!(fabs((double)(y[i] - target[i])) <= VALUE_NEAR)) // so that NaN is wrong
            return false;
    return true;
}

bool task_answer_is_right(const Task *task, const Real *y, const Batch *batch, int t, int b)
{
    if (task->answer_is_right)
        return task->answer_is_right(y, batch, t, b);
    if (task->loss == LOSS_CROSS_ENTROPY)
        return class_of(y, task->Y) == *batch_label(batch, t, b);
    return each_is_near(y, batch_target(batch, t, b), task->Y);
}

double task_score(const Task *task, const Real *y, const Batch *batch, int t, int b)
{
    if (task->loss == LOSS_CROSS_ENTROPY)
        return task_answer_is_right(task, y, batch, t, b) ? 1 : 0;
    const Real *target = batch_target(batch, t, b);
    double sum = 0;
    for (int i = 0; i < batch->dims.Y; i++)
        sum += fabs(y[i] - target[i]);
    return sum / batch->dims.Y;
}
