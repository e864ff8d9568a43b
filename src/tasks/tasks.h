#ifndef TASKS_TASKS_H
#define TASKS_TASKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rng.h"
#include "nn/batch.h"

// A task makes the sequences and says what they mean: texts and roles, never pictures. A new task is a file
// task_x.c and its name in tasks.c.
//
// Baseline: the loss per scored step of the best answer that does not look at the input.
enum { TASK_TEXT = 24 };

#define VALUE_NEAR 0.1 // a value is right when each output is within this of its target

typedef struct {
    const char *name;    // "recall", in command lines
    const char *title;   // "Recall the first symbol"
    const char *what;    // one sentence for the tip
    const char *measure; // "accuracy" (of classes) or "error" (of values, mean |ŷ − y|): what `print accuracy` gives
    const char *baseline_name; // "guessing", "always answer 1"
    LossKind loss;
    int X, Y;
    int least_T; // a shorter sequence makes no sense and is refused
    double (*baseline)(int T);
    void (*fill)(Rng *rng, Batch *batch, int b); // one sequence into a cleared batch

    // Texts for the eye; each writes at most TASK_TEXT bytes, "" where there is nothing to say.
    void (*input_text)(const Batch *batch, int t, int b, char *text);
    void (*input_role)(const Batch *batch, int t, int b, char *text); // "to remember", "marked"; mostly ""
    void (*target_text)(const Batch *batch, int t, int b, char *text);
    void (*answer_text)(const double *y, char *text); // y (Y), before softmax
    bool (*answer_is_right)(const double *y, const Batch *batch, int t, int b);
} Task;

extern const Task *const tasks[]; // ends with NULL

int task_index(const char *name); // or NONE

// The batch of update u is a function of (seed, u); stream names keep training, probe and test data apart.
void task_fill(const Task *task, unsigned long seed, const char *stream, long u, Batch *batch);

// What `measure` is the mean of over the scored steps: of a class 1 for right and 0 for wrong, of values |ŷ − y|.
double task_score(const Task *task, const double *y, const Batch *batch, int t, int b);

#endif
