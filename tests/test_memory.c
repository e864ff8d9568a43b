// Memory: what training needs beside the numbers that it cannot do without stays below half of them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "nn/shares.h"
#include "sim/run.h"

// Values and gradients of the tape; weights, their gradients and moments.
static double necessary(const Program *p)
{
    const double tape = 2.0 * p->dims.T * p->dims.B * (double)p->step_length;
    const double weights = (double)p->weight_count * (2 + MOMENTS_MOST);
    return sizeof(Real) * (tape + weights);
}

static void check(const char *what, const Program *program, size_t bytes)
{
    if (!((double)bytes <= 1.5 * necessary(program)))
        fail_msg("%s, T %d, B %d, H %d: %zu bytes are %.2f times what is necessary", what, program->dims.T,
                 program->dims.B, program->dims.H, bytes, (double)bytes / necessary(program));
}

static const struct {
    int X, H, T, B;
} sizes[] = {{8, 32, 50, 8}, {16, 64, 100, 16}, {64, 128, 100, 32}, {16, 32, 20, 128}};

static void check_engine(const CellType *cell, size_t size)
{
    const Net net = {
        .cell = cell,
        .activation = OP_TANH,
        .loss = LOSS_MSE,
        .dims = {.T = sizes[size].T, .B = sizes[size].B, .X = sizes[size].X, .H = sizes[size].H, .Y = 8, .L = 1},
        .bias = true,
    };
    Arena arena = arena_make(1 << 10);
    const Program program = program_make(&net, &arena);
    params_make(&program, &arena);
    optimizer_make(program.weight_count, &arena);
    batch_make(net.dims, &arena);
    shares_free(shares_make(&program, 1, &arena));
    check(cell->title, &program, arena_bytes(&arena));
    arena_free(&arena);
}

static void an_engine_needs_at_most_half_as_much_again(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
            check_engine(cell_types[cell], size);
}

// With the probe, one sequence more; the states that its history keeps come on top, each as large as its numbers.
static void a_run_needs_at_most_half_as_much_again(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++)
        for (int large = 0; large <= 1; large++) {
            Setup setup = setup_default();
            Run run;
            Err err;
            setup.cell = cell;
            setup.T = large ? 100 : 50;
            setup.hidden = large ? 64 : 32;
            setup.batch = large ? 32 : 16;
            assert_true(run_start(&run, &setup, &err));
            const size_t before = arena_bytes(&run.arena);
            check(cell_types[cell]->title, &run.program, before);
            run_train(&run, 3);
            run_finish(&run);
            assert_int_equal(arena_bytes(&run.arena), before); // an update takes none
            run_free(&run);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engine_needs_at_most_half_as_much_again),
        cmocka_unit_test(a_run_needs_at_most_half_as_much_again),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
