#include "tasks/parts.h"

#include <stdio.h>

#include "base/math.h"

// The latch or two-sequence problem (Bengio, Simard & Frasconi 1994; Hochreiter & Schmidhuber 1997): the first value is
// 1 or −1, noise follows, and at the end is asked which of the two it was.
enum { MINUS, PLUS, CLASSES };
static const char *const signs[CLASSES] = {"\u2212", "+"};
static const double NOISE = 0.4472135954999579; // standard deviation, √0.2

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T, class = rng_below(rng, CLASSES);
    *batch_x(batch, 1, b) = class == PLUS ? 1 : -1;
    for (int t = 2; t <= T; t++)
        *batch_x(batch, t, b) = (Real)(NOISE * rng_normal(rng));
    for (int t = 1; t <= T; t++)
        class_answer(batch, t, b, class);
    class_ask(batch, T, b, class);
}

static double baseline(const Batch *batch)
{
    (void)batch;
    return math_log(CLASSES);
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    text_value(text, *batch_x(batch, t, b));
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    (void)batch, (void)b;
    snprintf(text, TASK_TEXT, "%s", t == 1 ? "to remember" : "");
}

const Task task_latch = {
    .name = "latch",
    .title = "Plus or minus, through noise",
    .what = "The first value is 1 or \u22121 and noise follows; which it was is asked at the last time step.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_MANY_TO_ONE,
    .loss = LOSS_CROSS_ENTROPY,
    .X = 1,
    .Y = CLASSES,
    .least_T = 1,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_text = input_text,
    .input_role = input_role,
    .classes = signs,
};
