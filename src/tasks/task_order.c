#include "tasks/parts.h"

#include <stdio.h>

#include "base/math.h"

// Temporal order (Hochreiter & Schmidhuber 1997, in the form of Pascanu, Mikolov & Bengio 2013): a P or Q comes
// in [0.1 T, 0.2 T) and one in [0.5 T, 0.6 T), distractors elsewhere; at the end is asked which two, in order.
enum { DISTRACTORS = 4, SPECIALS = 2, SYMBOLS = DISTRACTORS + SPECIALS, CLASSES = SPECIALS * SPECIALS };
static const char *const names[SYMBOLS] = {"k", "m", "s", "v", "P", "Q"};
static const char *const orders[CLASSES] = {"P\u2192P", "P\u2192Q", "Q\u2192P", "Q\u2192Q"};

// A time step in [low/10 T, (low+1)/10 T), the paper counting from 0; short sequences leave one to choose.
static int place(Rng *rng, int T, int low)
{
    int from = low * T / 10, to = (low + 1) * T / 10;
    return 1 + from + (to > from ? rng_below(rng, to - from) : 0);
}

static int special(Rng *rng, Batch *batch, int b, int t)
{
    int which = rng_below(rng, SPECIALS);
    batch_x(batch, t, b)[symbol_at(batch, t, b)] = 0;
    symbol_put(batch, t, b, DISTRACTORS + which);
    return which;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T, first = place(rng, T, 1), second = place(rng, T, 5);
    for (int t = 1; t <= T; t++)
        symbol_put(batch, t, b, rng_below(rng, DISTRACTORS));
    int a = special(rng, batch, b, first);
    class_ask(batch, T, b, SPECIALS * a + special(rng, batch, b, second));
}

static double baseline(const Batch *batch)
{
    (void)batch;
    return math_log(CLASSES);
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    const char *role = symbol_at(batch, t, b) < DISTRACTORS ? "" : t <= batch->dims.T / 2 ? "first" : "second";
    snprintf(text, TASK_TEXT, "%s", role);
}

const Task task_order = {
    .name = "order",
    .title = "Temporal order",
    .what = "Two special symbols come far apart; which came first and which second is asked at the last time step.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_MANY_TO_ONE,
    .loss = LOSS_CROSS_ENTROPY,
    .X = SYMBOLS,
    .Y = CLASSES,
    .least_T = 4,
    .last = true,
    .baseline = baseline,
    .fill = fill,
    .input_role = input_role,
    .symbols = names,
    .classes = orders,
};
