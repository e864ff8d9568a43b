// Analyses, each against an independent computation: differences, the paper's formulas, or what training computes
// anyway.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "network.h"
#include "nn/analysis.h"
#include "nn/direct_path.h"
#include "nn/explained.h"
#include "nn/jacobian.h"
#include "nn/optimizer.h"
#include "nn/spectrum.h"
#include "tolerance.h"

enum { T = 7, H = 5, LAYERS = 2, STATE_MOST = LAYERS * 2 * H };

static void start(Network *n, const CellType *cell)
{
    const Net net = {.cell = cell,
                     .activation = OP_TANH,
                     .loss = LOSS_CROSS_ENTROPY,
                     .dims = {.T = T, .B = 2, .X = 3, .H = H, .Y = 3, .L = LAYERS},
                     .bias = true};
    network_make(n, &net, 5);
    for (size_t i = 0; i < n->params.count; i++)
        n->params.value[i] *= 2; // so that gradients neither vanish nor are all alike
    tape_run(&n->tape, &n->params, &n->batch);
}

static Analysis *analysed(Network *n, int pass, int b)
{
    Err err;
    Analysis *analysis = analysis_make(&n->tape, &n->params, &n->batch, pass, b, &n->arena, &err);
    assert_non_null(analysis);
    double before = -1;
    do {
        assert_true(analysis_progress(analysis) > before);
        before = analysis_progress(analysis);
    } while (analysis_work(analysis));
    assert_true(analysis_progress(analysis) == 1);
    return analysis;
}

// ---- Jacobians ----------------------------------------------------------------------------------
static bool carries(const Network *n, int pass, const ProgramSlot *slot)
{
    return slot->delay != NONE && n->program.rows[slot->delay].pass == pass;
}

// The state of sequence b at t as one vector, in the order of the slots.
static int gather(const Network *n, int pass, int t, int b, Real *state)
{
    int count = 0;
    for (int slot = 0; slot < n->program.slot_count; slot++) {
        const ProgramSlot *s = &n->program.slots[slot];
        for (int i = 0; i < s->length && carries(n, pass, s); i++)
            state[count++] = tape_value(&n->tape, t, slot)[b * s->length + i];
    }
    return count;
}

static void nudge(const Network *n, int pass, int t, int b, int which, double by)
{
    int count = 0;
    for (int slot = 0; slot < n->program.slot_count; slot++) {
        const ProgramSlot *s = &n->program.slots[slot];
        for (int i = 0; i < s->length && carries(n, pass, s); i++)
            if (count++ == which)
                tape_value(&n->tape, t, slot)[b * s->length + i] += (Real)by;
    }
}

static int step_of(const Network *n, int pass, int turn)
{
    return n->program.passes[pass].reverse ? T + 1 - turn : turn;
}

// The state after `turn` steps of a pass when that after `from` is changed in one number, by running those between.
static void run_on(Network *n, int pass, int from, int turn, int which, double by, Real *state)
{
    nudge(n, pass, step_of(n, pass, from), 1, which, by);
    for (int i = from + 1; i <= turn; i++)
        tape_forward(&n->tape, &n->batch, pass, step_of(n, pass, i));
    gather(n, pass, step_of(n, pass, turn), 1, state);
    nudge(n, pass, step_of(n, pass, from), 1, which, -by); // h_0 stays as it is
    tape_run_forward(&n->tape, &n->params, &n->batch);
}

static void differences(Network *n, int pass, int from, int turn, Real *out)
{
    const double distance = FAST_BUILD ? SLOPE_DISTANCE : 1e-5;
    Real above[STATE_MOST], below[STATE_MOST];
    const int size = state_size(&n->program, pass);
    for (int j = 0; j < size; j++) {
        run_on(n, pass, from, turn, j, distance, above);
        run_on(n, pass, from, turn, j, -distance, below);
        for (int i = 0; i < size; i++)
            out[i * size + j] = (Real)(((double)above[i] - (double)below[i]) / (2 * distance));
    }
}

static void the_jacobian_of_a_step_agrees_with_differences(void **state)
{
    Network n;
    start(&n, *state);
    Analysis *analysis = analysed(&n, 0, 1);
    Real expected[STATE_MOST * STATE_MOST];
    for (int t = 1; t <= T; t++) {
        int size;
        const Real *found = analysis_jacobian(analysis, t, &size);
        differences(&n, 0, t - 1, t, expected);
        for (int i = 0; i < size * size; i++)
            assert_true(fabs(found[i] - expected[i]) < slope_tolerance(1e-8));
    }
    network_free(&n);
}

static void the_norm_over_many_steps_agrees_with_differences(void **state)
{
    Network n;
    start(&n, *state);
    Analysis *analysis = analysed(&n, 0, 1);
    Real expected[STATE_MOST * STATE_MOST], scratch[2 * STATE_MOST];
    const int size = state_size(&n.program, 0);
    for (int k = 0; k < T; k += 2)
        for (int t = k + 1; t <= T; t += 2) {
            differences(&n, 0, k, t, expected);
            const double norm = matrix_norm(expected, size, size, scratch);
            assert_true(fabs(analysis_norm(analysis, t, k) - norm) < slope_tolerance(1e-7));
        }
    assert_true(isnan(analysis_norm(analysis, 2, 5)));
    network_free(&n);
}

// ---- the direct path ----------------------------------------------------------------------------
static void the_direct_path_is_the_product_of_gates(void **state)
{
    const CellType *cell = *state;
    Network n;
    start(&n, cell);
    Analysis *analysis = analysed(&n, 0, 1);
    bool constant;
    const int gate = direct_path_gate(&n.program, pass_memory(&n.program, 0), &constant);
    assert_int_equal(constant, strcmp(cell->name, "lstm1997") == 0);
    assert_int_equal(gate == NONE, constant || strcmp(cell->name, "rnn") == 0);
    if (gate == NONE) {
        assert_true(constant ? analysis_direct(analysis, T, 1) == 1 : isnan(analysis_direct(analysis, T, 1)));
    } else {
        double largest = 0;
        for (int i = 0; i < H; i++) {
            double path = 1;
            for (int t = 3; t <= T; t++)
                path *= tape_value(&n.tape, t, gate)[H + i];
            largest = fmax(largest, path);
        }
        assert_true(fabs(analysis_direct(analysis, T, 2) / largest - 1) < tolerance(1e-12));
    }
    network_free(&n);
}

// ---- losses and shares ---------------------------------------------------------------------------
// With one step scored, the loss of that step is all of the loss.
static void a_losss_gradient_is_bptts_when_it_is_the_only_one(void **state)
{
    Network n;
    start(&n, *state);
    Analysis *analysis = analysed(&n, 0, 1);
    for (int t = 1; t <= T; t++) {
        if (!*batch_scored(&n.batch, t, 1)) {
            assert_true(isnan(analysis_loss(analysis, t, 1)));
            continue;
        }
        Batch one = n.batch;
        one.scored = arena_new(&n.arena, unsigned char, T * 2);
        *batch_scored(&one, t, 1) = 1;
        tape_run(&n.tape, &n.params, &one);
        for (int k = 0; k <= T; k++) {
            const double norm = vector_norm(tape_grad(&n.tape, k, n.program.state) + H, H);
            assert_true(fabs(analysis_loss(analysis, t, k) - norm) <= tolerance(1e-13) * norm);
        }
    }
    network_free(&n);
}

static void the_shares_of_the_time_steps_sum_to_one(void **state)
{
    Network n;
    start(&n, *state);
    Analysis *analysis = analysed(&n, 0, 0);
    double sum = 0;
    for (int t = 1; t <= T; t++) {
        assert_true(analysis_slice_norm(analysis, 0, t) > 0);
        sum += analysis_share(analysis, 0, t);
    }
    assert_true(fabs(sum - 1) < tolerance(1e-12));
    network_free(&n);
}

// By another way: rows gathered one time step at a time, from a backward pass that is done, over a batch that holds
// this sequence alone.
static void the_inspectors_slices_are_the_same(void **state)
{
    Network n;
    const Net net = {.cell = *state,
                     .activation = OP_TANH,
                     .loss = LOSS_MSE,
                     .bias = true,
                     .dims = {.T = T, .B = 1, .X = 3, .H = H, .Y = 3, .L = LAYERS}};
    GradSlice slices[T];
    network_make(&n, &net, 6);
    tape_run(&n.tape, &n.params, &n.batch);
    Analysis *analysis = analysed(&n, 0, 0);
    explained_slices((const Tape *[]){&n.tape}, 1, slices, NULL);
    for (int t = 1; t <= T; t++) {
        assert_true(fabs(analysis_slice_norm(analysis, 0, t) - slices[t - 1].norm) <=
                    tolerance(1e-12) * slices[t - 1].norm);
        assert_true(fabs(analysis_share(analysis, 0, t) - slices[t - 1].share) <= tolerance(1e-12));
    }
    network_free(&n);
}

// ---- both ways ------------------------------------------------------------------------------------
static void start_both_ways(Network *n)
{
    const Net net = {.cell = cell_types[cell_index("lstm")],
                     .activation = OP_TANH,
                     .loss = LOSS_MSE,
                     .bidirectional = true,
                     .dims = {.T = T, .B = 2, .X = 3, .H = H, .Y = 3, .L = LAYERS}};
    network_make(n, &net, 5);
    tape_run(&n->tape, &n->params, &n->batch);
}

static void each_pass_of_a_bidirectional_network_acts_from_its_own_edge_on(void **state)
{
    (void)state;
    Network n;
    start_both_ways(&n);
    Real expected[STATE_MOST * STATE_MOST], scratch[2 * STATE_MOST];
    for (int pass = 0; pass < 2 * LAYERS; pass++) { // then comes that of the answers
        const Analysis *analysis = analysed(&n, pass, 1);
        const int size = state_size(&n.program, pass);
        for (int from = 0; from < T; from += 2)
            for (int turn = from + 1; turn <= T; turn += 3) {
                const int t = analysis_step(analysis, turn), k = analysis_step(analysis, from);
                assert_int_equal(t, step_of(&n, pass, turn));
                differences(&n, pass, from, turn, expected);
                const double norm = matrix_norm(expected, size, size, scratch);
                assert_true(fabs(analysis_norm(analysis, t, k) - norm) < slope_tolerance(1e-7));
                assert_true(isnan(analysis_norm(analysis, k, t)));
            }
    }
    network_free(&n);
}

static void the_direct_path_of_a_pass_in_reverse_goes_through_its_own_gates(void **state)
{
    (void)state;
    Network n;
    start_both_ways(&n);
    const int pass = 2 * LAYERS - 1;
    const Analysis *analysis = analysed(&n, pass, 1);
    const int gate = program_slot(&n.program, "f.l1.reverse");
    double largest = 0;
    for (int i = 0; i < H; i++) {
        double path = 1;
        for (int t = T - 1; t >= 2; t--)
            path *= tape_value(&n.tape, t, gate)[H + i];
        largest = fmax(largest, path);
    }
    assert_true(n.program.passes[pass].reverse && largest > 0);
    assert_true(fabs(analysis_direct(analysis, 2, T) / largest - 1) < tolerance(1e-12));
    network_free(&n);
}

// With one step scored, the loss of that step is all of the loss.
static void a_losss_gradient_reaches_both_passes(void **state)
{
    (void)state;
    Network n;
    start_both_ways(&n);
    Batch one = n.batch;
    one.scored = arena_new(&n.arena, unsigned char, T * 2);
    *batch_scored(&one, T, 1) = 1;
    for (int pass = 2 * LAYERS - 2; pass < 2 * LAYERS; pass++) {
        const Analysis *analysis = analysed(&n, pass, 1);
        tape_run(&n.tape, &n.params, &one);
        for (int turn = 0; turn <= T; turn++) {
            const int k = analysis_step(analysis, turn);
            const double norm = vector_norm(tape_grad(&n.tape, k, pass_state(&n.program, pass)) + H, H);
            assert_true(fabs(analysis_loss(analysis, T, k) - norm) <= tolerance(1e-13) * norm);
        }
        tape_run(&n.tape, &n.params, &n.batch);
    }
    network_free(&n);
}

// The slice of a step scored alone at t = 1 is all there is.
static void a_bidirectional_network_is_opened_pass_by_pass(void **state)
{
    (void)state;
    Network n;
    start_both_ways(&n);
    Analysis *analysis = analysed(&n, 0, 1);
    double sum = 0;
    for (int pass = 0; pass < n.program.pass_count; pass++)
        for (int t = 1; t <= T; t++)
            sum += analysis_share(analysis, pass, t);
    assert_true(fabs(sum - 1) < tolerance(1e-12));
    network_free(&n);
}

static void padding_is_no_time_step_of_a_sequence(void **state)
{
    (void)state;
    enum { LENGTH = 4 };
    Network n;
    start_both_ways(&n);
    Real expected[STATE_MOST * STATE_MOST], scratch[2 * STATE_MOST];
    n.batch.length[1] = LENGTH;
    for (int t = LENGTH + 1; t <= T; t++)
        *batch_scored(&n.batch, t, 1) = 0;
    tape_run(&n.tape, &n.params, &n.batch);
    for (int pass = 0; pass < 2 * LAYERS; pass++) { // then comes that of the answers
        const Analysis *analysis = analysed(&n, pass, 1);
        const int size = state_size(&n.program, pass), edge = analysis_step(analysis, 0);
        assert_int_equal(analysis_length(analysis), LENGTH);
        double sum = 0;
        for (int of = 0; of < n.program.pass_count; of++)
            for (int t = 1; t <= T; t++)
                sum += analysis_share(analysis, of, t);
        assert_true(fabs(sum - 1) < tolerance(1e-12));
        for (int t = 1; t <= LENGTH; t++) {
            differences(&n, pass, 0, step_of(&n, pass, t), expected); // the turn of t, through all padding
            const double norm = matrix_norm(expected, size, size, scratch);
            assert_true(fabs(analysis_norm(analysis, t, edge) - norm) < slope_tolerance(1e-7));
        }
        for (int t = LENGTH + 1; t <= T; t++) {
            assert_true(isnan(analysis_norm(analysis, t, t)) && isnan(analysis_direct(analysis, t, t)));
            assert_true(isnan(analysis_loss(analysis, t, 1)) && analysis_share(analysis, pass, t) == 0);
        }
    }
    network_free(&n);
}

static void what_would_take_too_long_is_refused(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    const Net net = {.cell = cell_types[cell_index("lstm")],
                     .activation = OP_TANH,
                     .loss = LOSS_MSE,
                     .dims = {.T = 200, .B = 1, .X = 3, .H = 128, .Y = 3, .L = 1}};
    Err err;
    Network n;
    network_make(&n, &net, 5);
    assert_null(analysis_make(&n.tape, &n.params, &n.batch, 0, 0, &arena, &err));
    assert_non_null(strstr(err.text, "GFLOP; the limit is 20"));
    network_free(&n);
    arena_free(&arena);
}

// ---- spectra -------------------------------------------------------------------------------------
static void spectra_of_known_matrices(void **state)
{
    (void)state;
    static const Real rotation[] = {0, -2, 2, 0}, shear[] = {3, 0, 4, 5};
    Arena arena = arena_make(1 << 12);
    Eigenvalue eigenvalues[2];
    double singular[2];
    Real scratch[4];
    Err err;
    if (!spectrum_here()) {
        assert_false(spectrum_singular(shear, 2, singular, &arena, &err));
        assert_non_null(strstr(err.text, "not in this build"));
    } else {
        assert_true(spectrum_eigenvalues(rotation, 2, eigenvalues, &arena, &err));
        assert_true(fabs(eigenvalues[0].im - 2) < 1e-14 && fabs(eigenvalues[1].im + 2) < 1e-14);
        assert_true(spectrum_singular(shear, 2, singular, &arena, &err));
        assert_true(fabs(singular[0] - sqrt(45)) < 1e-13 && fabs(singular[1] - sqrt(5)) < 1e-13);
        assert_false(spectrum_singular((const Real[]){NAN}, 1, singular, &arena, &err));
    }
    assert_true(fabs(matrix_norm(shear, 2, 2, scratch) - sqrt(45)) < tolerance(1e-13));
    arena_free(&arena);
}

// ρ by repeated squaring and ‖·‖₂ by power iteration, which use no library, against LAPACK.
static void the_engines_own_radius_and_norm_agree_with_lapack(void **state)
{
    (void)state;
    enum { N = 12 };
    Real w[N * N], scratch[2 * N * N];
    double singular[N];
    Eigenvalue eigenvalues[N];
    Arena arena = arena_make(1 << 12);
    Err err;
    Rng rng = rng_make(4, rng_stream("spectrum"));
    for (int i = 0; i < 20 && spectrum_here(); i++) {
        for (int j = 0; j < N * N; j++)
            w[j] = (Real)rng_normal(&rng);
        assert_true(spectrum_singular(w, N, singular, &arena, &err));
        assert_true(spectrum_eigenvalues(w, N, eigenvalues, &arena, &err));
        const double radius = sqrt(eigenvalues[0].re * eigenvalues[0].re + eigenvalues[0].im * eigenvalues[0].im);
        assert_true(fabs(spectral_radius(w, N, scratch) / radius - 1) < tolerance(1e-9));
        assert_true(fabs(matrix_norm(w, N, N, scratch) / singular[0] - 1) < tolerance(1e-9));
    }
    arena_free(&arena);
}

static const struct {
    const char *name;
    CMUnitTestFunction test;
} claims[] = {
    {"the Jacobian of a step agrees with differences", the_jacobian_of_a_step_agrees_with_differences},
    {"the norm over many steps agrees with differences", the_norm_over_many_steps_agrees_with_differences},
    {"the direct path is the product of gates", the_direct_path_is_the_product_of_gates},
    {"a loss's gradient is BPTT's when it is the only one", a_losss_gradient_is_bptts_when_it_is_the_only_one},
    {"the shares of the time steps sum to one", the_shares_of_the_time_steps_sum_to_one},
    {"the inspector's slices are the same", the_inspectors_slices_are_the_same},
};

static int check_claims(const CellType *cell)
{
    enum { CLAIMS = sizeof claims / sizeof *claims };
    struct CMUnitTest tests[CLAIMS] = {0};
    for (size_t i = 0; i < CLAIMS; i++)
        tests[i] = (struct CMUnitTest){
            .name = claims[i].name, .test_func = claims[i].test, .initial_state = (void *)(uintptr_t)cell};
    return _cmocka_run_group_tests(cell->name, tests, CLAIMS, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pass_of_a_bidirectional_network_acts_from_its_own_edge_on),
        cmocka_unit_test(the_direct_path_of_a_pass_in_reverse_goes_through_its_own_gates),
        cmocka_unit_test(a_losss_gradient_reaches_both_passes),
        cmocka_unit_test(a_bidirectional_network_is_opened_pass_by_pass),
        cmocka_unit_test(padding_is_no_time_step_of_a_sequence),
        cmocka_unit_test(what_would_take_too_long_is_refused),
        cmocka_unit_test(spectra_of_known_matrices),
        cmocka_unit_test(the_engines_own_radius_and_norm_agree_with_lapack),
    };
    int failed = cmocka_run_group_tests_name("analysis", tests, NULL, NULL);
    for (int i = 0; cell_types[i]; i++)
        failed += check_claims(cell_types[i]);
    return failed;
}
