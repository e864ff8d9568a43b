#include "bench_engine.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "base/words.h"
#include "nn/optimizer.h"
#include "nn/shares.h"

// ---- what is asked for ------------------------------------------------------------------------------------
typedef struct {
    const char *cell;
    const Kernels *kernels;
    bool whole;
    double X, H, T, B, threads, seconds;
} Asked;

static bool read_number(const char *word, double low, double high, double *value, Err *err, const char *name)
{
    if (!words_real(word, value) || *value < low || *value > high)
        return refuse(err, "%s must be %g to %g, not %s", name, low, high, word);
    return true;
}

static bool read_set(const char *word, const Kernels **kernels, Err *err)
{
    for (int i = 0; kernels_here()[i]; i++)
        if (strcmp(kernels_here()[i]->set, word) == 0) {
            *kernels = kernels_here()[i];
            return true;
        }
    return refuse(err, "this machine has no instruction set \"%s\"", word);
}

static bool read_option(Asked *asked, const char *name, const char *value, Err *err)
{
    const struct {
        const char *name;
        double *number, low, high;
    } options[] = {
        {"--X", &asked->X, 1, 4096},
        {"--H", &asked->H, 1, 4096},
        {"--T", &asked->T, 1, 100000},
        {"--B", &asked->B, 1, 65536},
        {"--seconds", &asked->seconds, 0, 1e4},
        {"--threads", &asked->threads, 1, 64},
    };
    if (strcmp(name, "--cell") == 0) {
        asked->cell = value;
        return cell_index(value) != NONE || refuse(err, "there is no cell \"%s\"", value);
    }
    if (strcmp(name, "--tape") == 0) {
        asked->whole = strcmp(value, "whole") == 0;
        return asked->whole || strcmp(value, "lean") == 0 || refuse(err, "a tape is lean or whole, not \"%s\"", value);
    }
    if (strcmp(name, "--set") == 0)
        return read_set(value, &asked->kernels, err);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(name, options[i].name) == 0)
            return read_number(value, options[i].low, options[i].high, options[i].number, err, name);
    return refuse(err, "there is no option \"%s\"", name);
}

static bool read_options(Asked *asked, int count, char **arguments, Err *err)
{
    *asked = (Asked){
        .cell = "lstm", .kernels = kernels_here()[0], .X = 16, .H = 64, .T = 100, .B = 16, .threads = 1, .seconds = 1};
    for (int i = 0; i < count; i += 2)
        if (i + 1 == count)
            return refuse(err, "%s needs a value", arguments[i]);
        else if (!read_option(asked, arguments[i], arguments[i + 1], err))
            return false;
    return true;
}

// ---- the work -----------------------------------------------------------------------------------------------
typedef struct {
    Arena arena;
    Program program;
    Params params;
    Optimizer optimizer;
    Batch batch;
    Shares *shares;
    double loss;
} Training;

static void fill_at_random(Batch *batch)
{
    const size_t steps = (size_t)batch->dims.T * (size_t)batch->dims.B, count = steps * (size_t)batch->dims.X;
    Rng rng = rng_make(1, rng_stream("bench"));
    for (size_t i = 0; i < count; i++) {
        batch->x[i] = (Real)(2 * rng_uniform(&rng) - 1);
        batch->target[i] = (Real)(2 * rng_uniform(&rng) - 1);
    }
    memset(batch->scored, 1, steps);
}

static void make_shares(Training *t, const Asked *asked)
{
    t->shares = shares_make(&t->program, (int)asked->threads, &t->arena);
    shares_lean(t->shares, !asked->whole);
    for (int b = 0; b < t->program.dims.B;) {
        Share *share = shares_of(t->shares, b);
        share->tape.kernels = asked->kernels;
        b += share->program.dims.B;
    }
}

static void end(Training *t)
{
    shares_free(t->shares);
    arena_free(&t->arena);
}

static void begin(Training *t, const Asked *asked)
{
    const Net net = {
        .cell = cell_types[cell_index(asked->cell)],
        .activation = OP_TANH,
        .loss = LOSS_MSE,
        .dims = {.T = (int)asked->T,
                 .B = (int)asked->B,
                 .X = (int)asked->X,
                 .H = (int)asked->H,
                 .Y = (int)asked->X,
                 .L = 1},
        .bias = true,
    };
    const Init init = {.seed = 1, .gain = NAN, .forget_bias = NAN, .update_bias = NAN};
    t->arena = arena_make(1 << 10);
    t->program = program_make(&net, &t->arena);
    t->params = params_make(&t->program, &t->arena);
    t->optimizer = optimizer_make(t->params.count, &t->arena);
    t->batch = batch_make(net.dims, &t->arena);
    make_shares(t, asked);
    params_init(&t->params, &t->program, &init);
    fill_at_random(&t->batch);
}

static void update(Training *t)
{
    Params *p = &t->params;
    t->loss = shares_run(t->shares, p, &t->batch);
    clip_gradient(p->grad, p->count, CLIP_NORM, 1, vector_norm(p->grad, p->count));
    optimizer_types[0]->change(&t->optimizer, p->value, p->grad, 0.01);
}

// ---- the clock ------------------------------------------------------------------------------------------------
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// Updates a second over at least so many seconds. The clock is asked ever more rarely, for it takes time too.
static double rate(Training *t, double seconds)
{
    const double start = now();
    double spent = 0;
    long done = 0;
    for (long more = 1; done == 0 || spent < seconds; more = done / 4 + 1) {
        for (long i = 0; i < more; i++)
            update(t);
        done += more;
        spent = now() - start;
    }
    return (double)done / spent;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Floating-point operations of the products of one update: 2 for a multiplication and an addition, the input needs no
// gradient.
static double flop(const Program *p)
{
    const double T = p->dims.T, B = p->dims.B, X = p->dims.X, H = p->dims.H, G = p->net.cell->blocks;
    return T * B * (4 * G * H * X + 6 * G * H * H + 6 * H * X);
}

int bench_engine(int count, char **arguments)
{
    enum { SAMPLES = 7 };
    double sample[SAMPLES];
    Asked asked;
    Err err;
    Training t;
    if (!read_options(&asked, count, arguments, &err)) {
        fprintf(stderr, "bench engine: %s\n", err.text);
        return 1;
    }
    begin(&t, &asked);
    rate(&t, asked.seconds / 20); // caches and the processor's clock warm up
    for (int i = 0; i < SAMPLES; i++)
        sample[i] = rate(&t, asked.seconds / SAMPLES);
    qsort(sample, SAMPLES, sizeof *sample, by_size);
    const double median = sample[SAMPLES / 2];
    printf(
        "{\"cell\": \"%s\", \"set\": \"%s\", \"X\": %g, \"H\": %g, \"T\": %g, \"B\": %g, \"updates_per_second\": %.6g, "
        "\"gflops\": %.4g, \"bytes\": %zu, \"loss\": %.17g}\n",
        asked.cell, asked.kernels->set, asked.X, asked.H, asked.T, asked.B, median, median * flop(&t.program) / 1e9,
        arena_bytes(&t.arena), t.loss);
    end(&t);
    return 0;
}
