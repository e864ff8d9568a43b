#include "tasks/parts.h"

// Short memory, asked all the time: the answer is the symbol of DELAY time steps before.
enum { DELAY = 3 };

static void fill(Rng *rng, Batch *batch, int b)
{
    for (int t = 1; t <= batch->dims.T; t++) {
        symbol_put(batch, t, b, rng_below(rng, LETTERS));
        if (t > DELAY)
            class_ask(batch, t, b, symbol_at(batch, t - DELAY, b));
    }
}

static int symbol_in_stream(uint64_t key, long n)
{
    Rng rng = rng_at(key, n);
    return rng_below(&rng, LETTERS);
}

static void fill_window(uint64_t key, long window, Batch *batch, int b)
{
    for (int t = 1; t <= batch->dims.T; t++) {
        long n = place_in_stream(batch, window, t);
        symbol_put(batch, t, b, symbol_in_stream(key, n));
        if (n >= DELAY)
            class_ask(batch, t, b, symbol_in_stream(key, n - DELAY));
    }
}

const Task task_echo = {
    .name = "echo",
    .title = "Echo three steps later",
    .what = "Each symbol is to be repeated three time steps later.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_ALIGNED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = LETTERS,
    .Y = LETTERS,
    .least_T = DELAY + 1,
    .last = true,
    .baseline = letters_baseline,
    .fill = fill,
    .fill_window = fill_window,
    .symbols = letter_names,
    .classes = letter_names,
};
