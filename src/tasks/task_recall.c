#include "tasks/parts.h"

#include <stdio.h>

// The latch problem of Bengio, Simard & Frasconi 1994 with symbols: the first one is asked at the end, all
// others distract.
static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T;
    for (int t = 1; t <= T; t++) {
        symbol_put(batch, t, b, rng_below(rng, LETTERS));
        class_answer(batch, t, b, symbol_at(batch, 1, b));
    }
    class_ask(batch, T, b, symbol_at(batch, 1, b));
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    (void)batch, (void)b;
    snprintf(text, TASK_TEXT, "%s", t == 1 ? "to remember" : "");
}

const Task task_recall = {
    .name = "recall",
    .title = "Recall the first symbol",
    .what = "The first symbol is asked at the last time step; all others only distract.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_MANY_TO_ONE,
    .loss = LOSS_CROSS_ENTROPY,
    .X = LETTERS,
    .Y = LETTERS,
    .least_T = 1,
    .last = true,
    .all = true,
    .baseline = letters_baseline,
    .fill = fill,
    .input_role = input_role,
    .symbols = letter_names,
    .classes = letter_names,
};
