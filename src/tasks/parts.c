#include "tasks/parts.h"

#include <math.h>
#include <stdio.h>

#include "base/math.h"

// ---- one-hot input -----------------------------------------------------------------------------------------
void symbol_put(Batch *batch, int t, int b, int symbol)
{
    batch_x(batch, t, b)[symbol] = 1;
}

int symbol_at(const Batch *batch, int t, int b)
{
    return class_of(batch_x(batch, t, b), batch->dims.X);
}

// ---- endless sequences ---------------------------------------------------------------------------------------
Rng rng_at(uint64_t key, long n)
{
    return rng_make(key, (uint64_t)n);
}

long place_in_stream(const Batch *batch, long window, int t)
{
    return window * batch->dims.T + t - 1;
}

// ---- frequencies -----------------------------------------------------------------------------------------------
double entropy_of(const double *count, int classes, double *sum)
{
    double entropy = 0;
    *sum = 0;
    for (int i = 0; i < classes; i++)
        *sum += count[i];
    for (int i = 0; i < classes; i++)
        if (count[i] > 0)
            entropy -= count[i] / *sum * math_log(count[i] / *sum);
    return entropy;
}

// ---- a right class, a right value --------------------------------------------------------------------------
static void score(Batch *batch, int t, int b, bool by_task)
{
    const bool of_scoring[] = {
        [SCORE_TASK] = by_task,
        [SCORE_LAST] = t == batch->length[b],
        [SCORE_ALL] = true,
    };
    *batch_scored(batch, t, b) = of_scoring[batch->scoring];
}

void class_ask(Batch *batch, int t, int b, int label)
{
    *batch_label(batch, t, b) = label;
    score(batch, t, b, true);
}

void class_answer(Batch *batch, int t, int b, int label)
{
    *batch_label(batch, t, b) = label;
    score(batch, t, b, false);
}

int class_of(const Real *y, int classes)
{
    int best = 0;
    for (int i = 1; i < classes; i++)
        if (y[i] > y[best])
            best = i;
    return best;
}

void value_ask(Batch *batch, int t, int b, double target)
{
    *batch_target(batch, t, b) = (Real)target;
    score(batch, t, b, true);
}

void value_answer(Batch *batch, int t, int b, double target)
{
    *batch_target(batch, t, b) = (Real)target;
    score(batch, t, b, false);
}

// ---- texts -------------------------------------------------------------------------------------------------
void text_value(char *text, double value)
{
    bool minus = value <= -0.005; // what is shown as 0.00 has no sign
    if (fabs(value) < 1e6)
        snprintf(text, TASK_TEXT, "%s%.2f", minus ? "\u2212" : "", fabs(value));
    else
        snprintf(text, TASK_TEXT, "%s%.2g", minus ? "\u2212" : "", fabs(value));
}

// ---- the four letters of the tasks that only tell symbols apart -----------------------------------------------
const char *const letter_names[LETTERS] = {"p", "k", "m", "s"};

double letters_baseline(const Batch *batch)
{
    (void)batch;
    return math_log(LETTERS);
}
