#include "tasks/parts.h"

#include "base/math.h"

// Forecast: x_t = sin(φ + ω t) + NOISE · n_t, and the answer at t is x_{t+1}. Phase and frequency differ from
// sequence to sequence. One value tells neither, so the first answer is not scored.
static const double TWO_PI = 6.283185307179586;
static const double NOISE = 0.05;               // standard deviation
static const double SHORTEST = 8, LONGEST = 16; // periods, in time steps

static double drawn_frequency(Rng *rng)
{
    double low = TWO_PI / LONGEST, high = TWO_PI / SHORTEST;
    return low + (high - low) * rng_uniform(rng);
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T;
    double phase = TWO_PI * rng_uniform(rng);
    double frequency = drawn_frequency(rng);
    for (int t = 1; t <= T + 1; t++) {
        double x = math_sin(phase + frequency * t) + NOISE * rng_normal(rng);
        if (t <= T)
            *batch_x(batch, t, b) = (Real)x;
        if (t > 1)
            (t > 2 ? value_ask : value_answer)(batch, t - 1, b, x);
    }
}

// Far along, the phase is reduced turn by turn: the sine of a large number would lose its digits.
static double value_in_stream(uint64_t key, long n)
{
    Rng whole = rng_at(key, NOWHERE), noise = rng_at(key, n);
    double turns = rng_uniform(&whole), each = drawn_frequency(&whole) / TWO_PI;
    turns += each * (double)(n + 1);
    turns -= (double)(long)turns;
    return math_sin(TWO_PI * turns) + NOISE * rng_normal(&noise);
}

static void fill_window(uint64_t key, long window, Batch *batch, int b)
{
    for (int t = 1; t <= batch->dims.T; t++) {
        long n = place_in_stream(batch, window, t);
        *batch_x(batch, t, b) = (Real)value_in_stream(key, n);
        (n > 0 ? value_ask : value_answer)(batch, t, b, value_in_stream(key, n + 1));
    }
}

// The mean, 0, is the best constant. Its error is the variance: 1/2 of a sine with any phase, and the noise's.
static double baseline(const Batch *batch)
{
    (void)batch;
    return 0.5 + NOISE * NOISE;
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    text_value(text, *batch_x(batch, t, b));
}

const Task task_sine = {
    .name = "sine",
    .title = "Forecast a noisy sine",
    .what = "The next value of a noisy sine is asked at every time step but the first.",
    .measure = "error",
    .baseline_name = "always answer 0",
    .form = FORM_ALIGNED,
    .loss = LOSS_MSE,
    .X = 1,
    .Y = 1,
    .least_T = 2,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .fill_window = fill_window,
    .input_text = input_text,
};
