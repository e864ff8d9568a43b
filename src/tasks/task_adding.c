#include "tasks/parts.h"

#include <stdio.h>

// The adding problem (Hochreiter & Schmidhuber 1997): of T values two are marked, one in each half; the answer
// at the end is their sum.
enum { VALUE, MARK, INPUTS };

static double mark(Batch *batch, int b, int t)
{
    Real *x = batch_x(batch, t, b);
    x[MARK] = 1;
    return x[VALUE];
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T, half = T / 2;
    int first = 1 + rng_below(rng, half);
    int second = half + 1 + rng_below(rng, T - half);
    for (int t = 1; t <= T; t++)
        batch_x(batch, t, b)[VALUE] = (Real)rng_uniform(rng);
    double sum = mark(batch, b, first);
    value_ask(batch, T, b, sum + mark(batch, b, second));
}

// The sum of two uniform numbers has mean 1 and variance 2/12.
static double baseline(const Batch *batch)
{
    (void)batch;
    return 1.0 / 6;
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    text_value(text, batch_x(batch, t, b)[VALUE]);
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    snprintf(text, TASK_TEXT, "%s", batch_x(batch, t, b)[MARK] > 0 ? "marked" : "");
}

const Task task_adding = {
    .name = "adding",
    .title = "Add the two marked numbers",
    .what = "Two of the numbers are marked; their sum is asked at the last time step.",
    .measure = "error",
    .baseline_name = "always answer 1",
    .form = FORM_MANY_TO_ONE,
    .loss = LOSS_MSE,
    .X = INPUTS,
    .Y = 1,
    .least_T = 2,
    .last = true,
    .baseline = baseline,
    .fill = fill,
    .input_text = input_text,
    .input_role = input_role,
};
