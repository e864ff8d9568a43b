#ifndef TASKS_TASKS_H
#define TASKS_TASKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rng.h"
#include "nn/batch.h"

// A task makes the sequences and says what they mean: texts and roles, never pictures. A new task is a file
// task_x.c and its name in tasks.c.
//
// Baseline: the loss per scored step of the best answer that does not look at the input, only at t.
enum { TASK_TEXT = 24 };

// When a sequence is read and when it is answered. With T = 1 the first is one-to-one.
typedef enum {
    FORM_MANY_TO_ONE, // answered at the end
    FORM_ONE_TO_MANY, // read at t = 1, nothing but zeros after it
    FORM_ALIGNED,     // answered as it is read
    FORM_DELAYED,     // read first, then answered while there is nothing to read
    FORM_FUTURE       // answered before what decides it is read
} TaskForm;

#define VALUE_NEAR 0.1 // a value is right when each output is within this of its target

typedef struct {
    const char *name;    // "recall", in command lines
    const char *title;   // "Recall the first symbol"
    const char *what;    // one sentence for the tip
    const char *measure; // "accuracy" (of classes) or "error" (of values, mean |ŷ − y|): what `print accuracy` gives
    const char *baseline_name; // "guessing", "always answer 1"
    TaskForm form;
    LossKind loss;
    int X, Y;
    int least_T; // a shorter sequence makes no sense and is refused

    // It may be scored at each sequence's last time step alone, at all of them: there is an answer, and not always the
    // same one.
    bool last, all;
    double (*baseline)(const Batch *batch);      // for its T, its text and what is scored
    void (*fill)(Rng *rng, Batch *batch, int b); // one sequence into a cleared batch

    // Of a task whose sequences go on without end: its window, of T time steps, from 0. A function of (key, window);
    // NULL: sequences end. It takes its random numbers from rng_at.
    void (*fill_window)(uint64_t key, long window, Batch *batch, int b);

    // Texts for the eye. Names of the symbols (X) that are read one-hot, and of the classes (Y); NULL: there are none,
    // and input_text says what is read, while targets and answers are values. A function writes at most TASK_TEXT
    // bytes.
    const char *const *symbols, *const *classes;
    void (*input_text)(const Batch *batch, int t, int b, char *text);
    void (*input_role)(const Batch *batch, int t, int b, char *text); // "to remember", "marked"; or NULL

    // NULL: the class that is asked, each output within VALUE_NEAR of its target.
    bool (*answer_is_right)(const Real *y, const Batch *batch, int t, int b);
} Task;

extern const Task *const tasks[]; // ends with NULL

int task_index(const char *name); // or NONE

// The batch of update u is a function of (seed, u); stream names keep training, probe and test data apart.
void task_fill(const Task *task, unsigned long seed, const char *stream, long u, Batch *batch);

// The same of endless sequences: update u reads on where u − 1 ended, sequence by sequence.
void task_fill_window(const Task *task, unsigned long seed, long u, Batch *batch);

// "" where there is nothing to say: behind the end of a sequence, at t that is not scored.
void task_input_text(const Task *task, const Batch *batch, int t, int b, char *text);
void task_input_role(const Task *task, const Batch *batch, int t, int b, char *text);
void task_target_text(const Task *task, const Batch *batch, int t, int b, char *text);
void task_answer_text(const Task *task, const Real *y, char *text); // y (Y), before softmax
bool task_answer_is_right(const Task *task, const Real *y, const Batch *batch, int t, int b);

bool task_can_score(const Task *task, Scoring scoring);

// A text as the task letters reads it: a to z, capitals as small letters, . ! ? as a stop, all else as a blank. Returns
// how many symbols were written, at most as many as bytes.
size_t letters_read(const char *bytes, size_t size, unsigned char *symbol);

// What `measure` is the mean of over the scored steps: of a class 1 for right and 0 for wrong, of values |ŷ − y|.
double task_score(const Task *task, const Real *y, const Batch *batch, int t, int b);

#endif
