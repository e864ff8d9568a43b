#include "tasks/parts.h"

#include <stdio.h>

#include "base/math.h"

// Copy memory (Hochreiter & Schmidhuber 1997, in the form of Arjovsky, Shah & Bengio 2016): symbols, blanks, a sign to
// begin, and then the symbols are asked in their order while blanks are read. Until then the answer is to be blank.
// Ten symbols of eight; short sequences have fewer, a quarter of T.
enum { SYMBOLS = 8, BLANK = SYMBOLS, SIGN, INPUTS, CLASSES = BLANK + 1, LONGEST = 10 };
static const char *const names[INPUTS] = {"e", "g", "k", "m", "p", "q", "s", "u", "\u00B7", "!"};

static int count_for(int T)
{
    int count = T / 4;
    return count < 1 ? 1 : count > LONGEST ? LONGEST : count;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T, count = count_for(T);
    for (int t = 1; t <= T; t++) {
        int symbol = t <= count ? rng_below(rng, SYMBOLS) : t == T - count ? SIGN : BLANK;
        symbol_put(batch, t, b, symbol);
        class_ask(batch, t, b, t > T - count ? symbol_at(batch, t - (T - count), b) : BLANK);
    }
}

static double baseline(const Batch *batch)
{
    const int T = batch->dims.T;
    return batch->scoring == SCORE_LAST ? math_log(SYMBOLS) : count_for(T) * math_log(SYMBOLS) / T;
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    int symbol = symbol_at(batch, t, b);
    snprintf(text, TASK_TEXT, "%s", symbol < SYMBOLS ? "to copy" : symbol == SIGN ? "begin" : "");
}

const Task task_copy = {
    .name = "copy",
    .title = "Copy what was read",
    .what = "A few symbols are read; after a long blank they are to be repeated in their order.",
    .measure = "accuracy",
    .baseline_name = "guessing the symbols",
    .form = FORM_DELAYED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = INPUTS,
    .Y = CLASSES,
    .least_T = 3,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_role = input_role,
    .symbols = names,
    .classes = names,
};
