#include "tasks/tasks.h"

#include <stdio.h>

// The smallest task there can be, always built so that it cannot rot. To add a task, copy this file to
// src/tasks/task_name.c, change it, and put its name into the list in tasks.c: menu, tests and pictures follow.
//
// One number goes in at each time step, 1, and the answer at the last is to be 0.
static double baseline(const Batch *batch)
{
    (void)batch;
    return 0;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    (void)rng; // draw from it what differs between sequences
    for (int t = 1; t <= batch->dims.T; t++)
        *batch_x(batch, t, b) = 1;
    *batch_target(batch, batch->dims.T, b) = 0;
    *batch_scored(batch, batch->dims.T, b) = 1;
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    snprintf(text, TASK_TEXT, "%.0f", *batch_x(batch, t, b));
}

extern const Task task_null; // tests name it; the real ones are named in tasks.c

const Task task_null = {
    .name = "null",
    .title = "Answer nothing",
    .what = "The answer at the last time step is to be 0.",
    .measure = "error",
    .baseline_name = "always answer 0",
    .form = FORM_MANY_TO_ONE,
    .loss = LOSS_MSE,
    .X = 1,
    .Y = 1,
    .least_T = 1,
    .last = true,
    .baseline = baseline,
    .fill = fill,
    .input_text = input_text,
};
