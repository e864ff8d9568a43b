#include "tasks/parts.h"

#include <stdio.h>

#include "base/math.h"

// Running parity: whether the number of ones read so far is odd. Each bit can turn the answer over, so nothing but a
// state that is kept exactly will do.
enum { EVEN, ODD, CLASSES };
static const char *const names[CLASSES] = {"even", "odd"};

static void fill(Rng *rng, Batch *batch, int b)
{
    int parity = EVEN;
    for (int t = 1; t <= batch->dims.T; t++) {
        int bit = rng_below(rng, 2);
        *batch_x(batch, t, b) = (Real)bit;
        parity ^= bit;
        class_ask(batch, t, b, parity);
    }
}

static double baseline(const Batch *batch)
{
    (void)batch;
    return math_log(CLASSES);
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    snprintf(text, TASK_TEXT, "%s", *batch_x(batch, t, b) > 0 ? "1" : "0");
}

const Task task_parity = {
    .name = "parity",
    .title = "Odd or even",
    .what = "Whether the number of ones so far is odd is asked at every time step.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_ALIGNED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = 1,
    .Y = CLASSES,
    .least_T = 1,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_text = input_text,
    .classes = names,
};
