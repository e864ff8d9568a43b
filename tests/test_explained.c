#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "nn/explained.h"
#include "nn/half.h"
#include "nn/optimizer.h"
#include "sim/weights.h"
#include "tolerance.h"

enum { T = 6, H = 5 };

static Run started(int cell, OpKind activation)
{
    Run run;
    Err err;
    Setup setup = setup_default();
    setup.cell = cell;
    setup.activation = activation == OP_IDENTITY ? 3 : 0;
    setup.T = T;
    setup.hidden = H;
    setup.batch = 3;
    setup.task = 1;
    assert_true(run_start(&run, &setup, &err));
    assert_true(run_step_ops(&run, 1, &err));
    run_finish(&run);
    return run;
}

static void close(double a, double b, double within)
{
    if (!(fabs(a - b) <= within * (1 + fabs(b))))
        fail_msg("%.17g is not %.17g", a, b);
}

// ---- slices ----------------------------------------------------------------------------------------------------
static void slices_sum_to_the_gradient(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        Arena arena = arena_make(1 << 16);
        GradSlice slices[T];
        Real *gradient = arena_new(&arena, Real, run.params.count);
        double shares = 0;
        explained_slices((const Tape *[]){&shares_of(run.shares, 0)->tape}, 1, slices, gradient);
        for (size_t i = 0; i < run.params.count; i++)
            close(gradient[i], run.params.grad[i], tolerance(1e-12));
        for (int t = 0; t < T; t++) {
            shares += slices[t].share;
            assert_true(slices[t].norm > 0);
        }
        close(shares, 1, tolerance(1e-12));
        arena_free(&arena);
        run_free(&run);
    }
}

static void half_of_the_gradient_is_the_fewest_time_steps_in_a_row_that_make_it(void **state)
{
    (void)state;
    static const struct {
        double share[T];
        Half half;
    } cases[] = {
        {{0.677, 0.1, 0.1, 0.1, 0.02, 0.003}, {1, 1}}, // asked early, or read from the end
        {{0.003, 0.02, 0.1, 0.1, 0.1, 0.677}, {6, 6}}, // asked at the end
        {{0.02, 0.08, 0.1, 0.2, 0.25, 0.35}, {5, 6}},  // fewer and fewer before it
        {{0.3, 0.3, 0.1, 0.1, 0.1, 0.1}, {1, 2}},      // the first
        {{0.1, 0.1, 0.3, 0.3, 0.1, 0.1}, {3, 4}},      // between
        {{0.25, 0.25, 0, 0, 0.25, 0.25}, {5, 6}},      // of two as short the latest
        {{-0.5, 0.4, 0.4, -0.3, 0.4, 0.6}, {6, 6}},    // some go against it
        {{0, 0, 0, 0, 0, 0}, {0, 0}},                  // no gradient
        {{NAN, NAN, NAN, NAN, NAN, NAN}, {0, 0}},      // none that can be told
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GradSlice slices[T];
        for (int t = 0; t < T; t++)
            slices[t] = (GradSlice){.share = cases[i].share[t]};
        Half half = half_of_gradient(slices, T);
        assert_int_equal(half.first, cases[i].half.first);
        assert_int_equal(half.last, cases[i].half.last);
    }
}

static void every_weight_s_slices_sum_to_its_gradient(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        const Tape *const tape = &shares_of(run.shares, 0)->tape;
        for (size_t i = 0; i < run.params.count; i++) {
            WeightPlace place = weight_place(&run.program, i);
            double slice[T], sum = 0;
            explained_weight(&tape, 1, (WeightAt){place.tensor, place.row - 1, place.column - 1}, slice);
            for (int t = 0; t < T; t++)
                sum += slice[t];
            close(sum, run.params.grad[i], tolerance(1e-12));
        }
        run_free(&run);
    }
}

// What is asked leaves everything as it was.
static void explaining_changes_nothing(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        Arena arena = arena_make(1 << 16);
        size_t numbers = shares_of(run.shares, 0)->tape.column * (T + 2);
        Real *kept = arena_new(&arena, Real, 2 * numbers + run.params.count), *gradient = kept + 2 * numbers;
        GradSlice slices[T];
        memcpy(kept, shares_of(run.shares, 0)->tape.value, numbers * sizeof *kept);
        memcpy(kept + numbers, shares_of(run.shares, 0)->tape.grad, numbers * sizeof *kept);
        uint64_t hash = run_hash(&run);
        explained_slices((const Tape *[]){&shares_of(run.shares, 0)->tape}, 1, slices, gradient);
        for (int row = 0; row < run.program.row_count; row++)
            explained_sent(&shares_of(run.shares, 0)->tape, &run.batch, row, 3, 1, &arena);
        assert_memory_equal(kept, shares_of(run.shares, 0)->tape.value, numbers * sizeof *kept);
        assert_memory_equal(kept + numbers, shares_of(run.shares, 0)->tape.grad, numbers * sizeof *kept);
        assert_true(hash == run_hash(&run));
        arena_free(&arena);
        run_free(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_sum_to_the_gradient),
        cmocka_unit_test(half_of_the_gradient_is_the_fewest_time_steps_in_a_row_that_make_it),
        cmocka_unit_test(every_weight_s_slices_sum_to_its_gradient),
        cmocka_unit_test(explaining_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
