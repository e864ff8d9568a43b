#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "nn/analysis.h"
#include "nn/optimizer.h"
#include "sim/run.h"

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

// ---- the Jacobian ---------------------------------------------------------------------------------------------------
// The forward rows of one time step with one number of the state before moved.
static void state_after(const Run *run, int t, int moved, double by, double *out)
{
    const Program *p = &run->program;
    Run copy = *run; // shares the tape: what is moved is put back
    int place = 0, written = 0;
    for (int row = 0; row < p->row_count; row++) {
        Work work = tape_work(&copy.tape, &copy.params, &copy.batch, row, t);
        op_types[p->rows[row].kind].forward((work.scored = &(int){0}, &work));
        if (!op_types[p->rows[row].kind].delays)
            continue;
        if (moved >= place && moved < place + H)
            tape_value(&copy.tape, t, p->rows[row].y)[H + moved - place] += by; // sequence 2
        place += H;
    }
    for (int row = 0; row < p->row_count; row++)
        if (op_types[p->rows[row].kind].delays) {
            memcpy(out + written, tape_value(&copy.tape, t, p->rows[row].a) + H, H * sizeof *out);
            written += H;
        }
}

static void the_jacobian_is_that_of_moved_states(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        Arena arena = arena_make(1 << 16);
        Jacobian jacobian = analysis_jacobian(&run.tape, &run.batch, 4, 1, &arena);
        assert_int_equal(jacobian.size, analysis_state_size(&run.program));
        for (int j = 0; j < jacobian.size; j++) {
            double above[2 * H], below[2 * H], h = 1e-5;
            state_after(&run, 4, j, h, above);
            state_after(&run, 4, j, -h, below);
            for (int i = 0; i < jacobian.size; i++)
                close(jacobian.value[i * jacobian.size + j], (above[i] - below[i]) / (2 * h), 1e-8);
        }
        arena_free(&arena);
        run_free(&run);
    }
}

// ---- σ₁ --------------------------------------------------------------------------------------------------------
// One-sided Jacobi rotations (Hestenes 1958): columns are turned until all stand at right angles.
static double rotated(double *a, int n)
{
    for (int sweep = 0; sweep < 60; sweep++)
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++) {
                double pp = 0, qq = 0, pq = 0;
                for (int i = 0; i < n; i++) {
                    pp += a[i * n + p] * a[i * n + p];
                    qq += a[i * n + q] * a[i * n + q];
                    pq += a[i * n + p] * a[i * n + q];
                }
                if (fabs(pq) <= 1e-17 * sqrt(pp * qq))
                    continue;
                double z = (qq - pp) / (2 * pq), t = (z < 0 ? -1 : 1) / (fabs(z) + sqrt(1 + z * z));
                double c = 1 / sqrt(1 + t * t), s = c * t;
                for (int i = 0; i < n; i++) {
                    double x = a[i * n + p], y = a[i * n + q];
                    a[i * n + p] = c * x - s * y;
                    a[i * n + q] = s * x + c * y;
                }
            }
    double most = 0;
    for (int p = 0; p < n; p++) {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += a[i * n + p] * a[i * n + p];
        most = sqrt(sum) > most ? sqrt(sum) : most;
    }
    return most;
}

static void the_largest_singular_value_is_that_of_jacobi_rotations(void **state)
{
    (void)state;
    enum { MOST = 24 };
    Arena arena = arena_make(1 << 14);
    uint64_t random = 7;
    for (int n = 1; n <= MOST; n++) {
        double a[MOST * MOST], copy[MOST * MOST];
        for (int i = 0; i < n * n; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            a[i] = copy[i] = (double)(random >> 40) / (1 << 23) - 1;
        }
        close(largest_singular_value(a, n, n, &arena), rotated(copy, n), 1e-9);
    }
    assert_true(largest_singular_value((double[4]){0}, 2, 2, &arena) == 0);
    assert_float_equal(largest_singular_value((double[]){3, 0, 0, 0, -5, 0}, 2, 3, &arena), 5, 1e-12);
    arena_free(&arena);
}

// Of the plain linear network every Jacobian is W_hh itself.
static void the_jacobian_of_a_linear_network_is_its_matrix(void **state)
{
    (void)state;
    Run run = started(0, OP_IDENTITY);
    Arena arena = arena_make(1 << 16);
    Jacobian jacobian = analysis_jacobian(&run.tape, &run.batch, 3, 0, &arena);
    const double *w = params_value(&run.params, &run.program, program_tensor(&run.program, "rnn.weight_hh_l0"));
    for (int i = 0; i < H * H; i++)
        assert_true(jacobian.value[i] == w[i]);
    arena_free(&arena);
    run_free(&run);
}

// ---- slices ----------------------------------------------------------------------------------------------------
static void slices_sum_to_the_gradient(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        Arena arena = arena_make(1 << 16);
        GradSlice slices[T];
        double *gradient = arena_new(&arena, double, run.params.count), shares = 0;
        analysis_slices(&run.tape, &run.batch, slices, gradient);
        for (size_t i = 0; i < run.params.count; i++)
            close(gradient[i], run.params.grad[i], 1e-12);
        for (int t = 0; t < T; t++) {
            shares += slices[t].share;
            assert_true(slices[t].norm > 0);
        }
        close(shares, 1, 1e-12);
        arena_free(&arena);
        run_free(&run);
    }
}

// What is asked leaves everything as it was.
static void analysis_changes_nothing(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Run run = started(cell, OP_TANH);
        Arena arena = arena_make(1 << 16);
        size_t numbers = run.tape.column * (T + 2);
        double *kept = arena_new(&arena, double, 2 * numbers + run.params.count), *gradient = kept + 2 * numbers;
        GradSlice slices[T];
        memcpy(kept, run.tape.value, numbers * sizeof *kept);
        memcpy(kept + numbers, run.tape.grad, numbers * sizeof *kept);
        unsigned long hash = run_hash(&run);
        analysis_jacobian(&run.tape, &run.batch, 3, 1, &arena);
        analysis_slices(&run.tape, &run.batch, slices, gradient);
        for (int row = 0; row < run.program.row_count; row++)
            analysis_sent(&run.tape, &run.batch, row, 3, 1, &arena);
        assert_memory_equal(kept, run.tape.value, numbers * sizeof *kept);
        assert_memory_equal(kept + numbers, run.tape.grad, numbers * sizeof *kept);
        assert_true(hash == run_hash(&run));
        arena_free(&arena);
        run_free(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_jacobian_is_that_of_moved_states),
        cmocka_unit_test(the_largest_singular_value_is_that_of_jacobi_rotations),
        cmocka_unit_test(the_jacobian_of_a_linear_network_is_its_matrix),
        cmocka_unit_test(slices_sum_to_the_gradient),
        cmocka_unit_test(analysis_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
