#include "tasks/tasks.h"

#include <math.h>
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

double task_score(const Task *task, const Real *y, const Batch *batch, int t, int b)
{
    if (task->loss == LOSS_CROSS_ENTROPY)
        return task->answer_is_right(y, batch, t, b) ? 1 : 0;
    const Real *target = batch_target(batch, t, b);
    double sum = 0;
    for (int i = 0; i < batch->dims.Y; i++)
        sum += fabs(y[i] - target[i]);
    return sum / batch->dims.Y;
}
