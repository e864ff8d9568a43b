// What the weights start from and how they change: initialisation, spectral radius, clipping, optimizers.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "network.h"
#include "nn/optimizer.h"
#include "tolerance.h"

// Numbers whose squares neither build can hold.
#define HUGE (FAST_BUILD ? 1e30 : 1e200)
#define TINY (FAST_BUILD ? 1e-30 : 1e-200)

static bool near(double found, double expected, double exact)
{
    return fabs(found - expected) <= tolerance(exact) * fmax(1, fabs(expected));
}

// ---- spectral radius ----------------------------------------------------------------------------
static void spectral_radius_of_known_matrices(void **state)
{
    (void)state;
    static const struct {
        Real w[9];
        int n;
        double radius;
    } cases[] = {
        {{(Real)(0.6), (Real)(-0.8), (Real)(0.8), (Real)(0.6)}, 2, 1}, // a rotation: a pair of complex eigenvalues
        {{(Real)(1.8), (Real)(-2.4), (Real)(2.4), (Real)(1.8)}, 2, 3}, // the same, three times as large
        {{0.5, 0, 0, 0, -2, 0, 0, 0, 1}, 3, 2},                        // a diagonal: the largest magnitude
        {{1.5, 100, 0, 1.5}, 2, 1.5},                                  // a Jordan block, far from normal
        {{(Real)TINY, 0, 0, (Real)(TINY / 10)}, 2, TINY},
        {{(Real)HUGE, 0, 0, (Real)(HUGE / 10)}, 2, HUGE},
        {{0, 1, 2, 0, 0, 3, 0, 0, 0}, 3, 0}, // nilpotent
        {{0, 0, 0, 0}, 2, 0},
        {{-7}, 1, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Real scratch[18];
        const double radius = spectral_radius(cases[i].w, cases[i].n, scratch);
        if (!(fabs(radius - cases[i].radius) <= tolerance(1e-9) * cases[i].radius))
            fail_msg("case %zu: %.17g, not %.17g", i, radius, cases[i].radius);
    }
}

// ---- initialisation -------------------------------------------------------------------------------
static Net net_of(const CellType *cell, bool bias)
{
    return (Net){
        .cell = cell,
        .activation = OP_TANH,
        .loss = LOSS_MSE,
        .dims = {.T = 2, .B = 1, .X = 3, .H = 16, .Y = 2, .L = 1},
        .bias = bias,
    };
}

static void network_init(Network *n, const CellType *cell, Init init)
{
    const Net net = net_of(cell, true);
    network_make(n, &net, 1);
    params_init(&n->params, &n->program, &init);
}

static const Real *tensor_named(const Network *n, const char *name)
{
    return params_value(&n->params, &n->program, program_tensor(&n->program, name));
}

static void weights_are_uniform_within_one_over_root_H(void **state)
{
    (void)state;
    Network n;
    network_init(&n, cell_types[cell_index("lstm")], (Init){1, NAN, NAN, NAN, INIT_PYTORCH});
    double low = 0, high = 0, squares = 0;
    for (size_t i = 0; i < n.params.count; i++) {
        low = fmin(low, n.params.value[i]);
        high = fmax(high, n.params.value[i]);
        squares += n.params.value[i] * n.params.value[i];
    }
    assert_true(low >= -0.25 && low < -0.248);
    assert_true(high <= 0.25 && high > 0.248);
    assert_true(near(squares / (double)n.params.count, 0.25 * 0.25 / 3, 1e-3));
    network_free(&n);
}

static void cells_with_one_seed_share_what_they_have_in_common(void **state)
{
    (void)state;
    Network rnn, gru;
    network_init(&rnn, cell_types[cell_index("rnn")], (Init){1, NAN, NAN, NAN, INIT_PYTORCH});
    network_init(&gru, cell_types[cell_index("gru")], (Init){1, NAN, NAN, NAN, INIT_PYTORCH});
    assert_memory_equal(tensor_named(&rnn, "out.weight"), tensor_named(&gru, "out.weight"), 32 * sizeof(Real));
    params_init(&gru.params, &gru.program, &(Init){2, NAN, NAN, NAN, INIT_PYTORCH});
    assert_memory_not_equal(tensor_named(&rnn, "out.weight"), tensor_named(&gru, "out.weight"), 32 * sizeof(Real));
    network_free(&rnn);
    network_free(&gru);
}

static void gain_is_the_spectral_radius_of_every_recurrent_block(void **state)
{
    (void)state;
    static const double gains[] = {0, 0.5, 1, 4};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof gains / sizeof *gains; i++) {
            Network n;
            Real scratch[2 * 16 * 16];
            network_init(&n, cell_types[cell], (Init){1, gains[i], NAN, NAN, INIT_PYTORCH});
            for (int block = 0; block < cell_types[cell]->blocks; block++) {
                const Real *w = tensor_named(&n, "rnn.weight_hh_l0") + block * 16 * 16;
                assert_true(near(spectral_radius(w, 16, scratch), gains[i], 1e-9));
            }
            network_free(&n);
        }
}

static void check_total_bias(const CellType *cell, int block, double total, Init init)
{
    Network n, plain;
    network_init(&n, cell, init);
    network_init(&plain, cell, (Init){init.seed, NAN, NAN, NAN, INIT_PYTORCH});
    const Real *ih = tensor_named(&n, "rnn.bias_ih_l0"), *hh = tensor_named(&n, "rnn.bias_hh_l0");
    for (int i = 0; i < cell->blocks * 16; i++)
        if (i / 16 == block)
            assert_true(ih[i] == total && hh[i] == 0);
        else
            assert_true(ih[i] == tensor_named(&plain, "rnn.bias_ih_l0")[i]);
    network_free(&n);
    network_free(&plain);
}

static void forget_and_update_bias_are_total_biases_of_their_gates(void **state)
{
    (void)state;
    for (int i = 0; cell_types[i]; i++) {
        check_total_bias(cell_types[i], cell_types[i]->forget_block, 1.5, (Init){1, NAN, 1.5, NAN, INIT_PYTORCH});
        check_total_bias(cell_types[i], cell_types[i]->update_block, -2, (Init){1, NAN, NAN, -2, INIT_PYTORCH});
    }
}

// ---- what else they can start from ------------------------------------------------------------------
static Network network_of_kind(InitKind kind, const char *cell)
{
    Network n;
    network_init(&n, cell_types[cell_index(cell)], (Init){1, NAN, NAN, NAN, kind});
    return n;
}

static void every_kind_but_pytorchs_starts_with_biases_of_0(void **state)
{
    (void)state;
    for (InitKind kind = INIT_XAVIER; kind < INIT_KINDS; kind++) {
        Network n = network_of_kind(kind, "peephole");
        for (int i = 0; i < 64; i++)
            assert_true(tensor_named(&n, "rnn.bias_ih_l0")[i] == 0 && tensor_named(&n, "rnn.bias_hh_l0")[i] == 0);
        assert_true(tensor_named(&n, "rnn.weight_scale_l0")[5] == 0);
        assert_true(tensor_named(&n, "rnn.weight_ih_l0")[5] != 0);
        network_free(&n);
    }
}

// Row i of a block times row j of it.
static double rows_product(const Real *block, int i, int j)
{
    double sum = 0;
    for (int k = 0; k < 16; k++)
        sum += block[i * 16 + k] * block[j * 16 + k];
    return sum;
}

static void orthogonal_and_identity_hold_for_every_recurrent_block(void **state)
{
    (void)state;
    Network orthogonal = network_of_kind(INIT_ORTHOGONAL, "lstm"), identity = network_of_kind(INIT_IDENTITY, "lstm");
    for (int block = 0; block < 4; block++)
        for (int i = 0; i < 16; i++)
            for (int j = 0; j < 16; j++) {
                const Real *of_identity = tensor_named(&identity, "rnn.weight_hh_l0") + block * 256;
                const Real *of_orthogonal = tensor_named(&orthogonal, "rnn.weight_hh_l0") + block * 256;
                assert_true(of_identity[i * 16 + j] == (i == j));
                assert_true(near(rows_product(of_orthogonal, i, j), i == j, 1e-14));
            }
    network_free(&orthogonal);
    network_free(&identity);
}

static double mean_square(const Real *w, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += w[i] * w[i];
    return sum / (double)count;
}

// Of the recurrent weights, 16 rows and 16 columns a block: variances 2/(16 + 16) and 1/16, and of W_ih 0.001².
static void weights_have_the_variance_their_kind_says(void **state)
{
    (void)state;
    Network xavier = network_of_kind(INIT_XAVIER, "lstm"), normal = network_of_kind(INIT_NORMAL, "lstm");
    Network identity = network_of_kind(INIT_IDENTITY, "lstm");
    assert_true(near(16 * mean_square(tensor_named(&xavier, "rnn.weight_hh_l0"), 1024), 1, 0.1));
    assert_true(near(16 * mean_square(tensor_named(&normal, "rnn.weight_hh_l0"), 1024), 1, 0.1));
    assert_true(near(1e6 * mean_square(tensor_named(&identity, "rnn.weight_ih_l0"), 192), 1, 0.3));
    network_free(&xavier);
    network_free(&normal);
    network_free(&identity);
}

// ---- norm and clipping ------------------------------------------------------------------------------
static void a_norm_neither_overflows_nor_vanishes(void **state)
{
    (void)state;
    static const struct {
        Real v[3];
        double norm;
    } cases[] = {
        {{3, 0, -4}, 5},
        {{(Real)(3 * HUGE), 0, (Real)(4 * HUGE)}, 5 * HUGE},
        {{(Real)(3 * TINY), (Real)(4 * TINY), 0}, 5 * TINY},
        {{0, 0, 0}, 0},
        {{(Real)(HUGE * 1e8), 0, 0}, HUGE * 1e8},
        {{(Real)HUGE, INFINITY, 0}, INFINITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double norm = vector_norm(cases[i].v, 3);
        assert_true(norm == cases[i].norm || fabs(norm / cases[i].norm - 1) < tolerance(1e-15));
    }
    assert_true(isnan(vector_norm((const Real[]){1, NAN, 2}, 3)));
}

static void clipping_shortens_only_what_is_too_long_and_keeps_its_direction(void **state)
{
    (void)state;
    for (double threshold = 0.5; threshold < 100; threshold *= 2) {
        Real g[] = {3, -4, 12};
        const double norm = vector_norm(g, 3);
        const double after = clip_gradient(g, 3, CLIP_NORM, threshold, norm);
        assert_true(after == fmin(norm, threshold));
        assert_true(near(vector_norm(g, 3), after, 1e-15));
        assert_true(near(g[0] / g[2], 0.25, 1e-15) && near(g[1] / g[2], -1.0 / 3, 1e-15));
        if (threshold >= norm)
            assert_true(g[0] == 3 && g[1] == -4 && g[2] == 12);
    }
}

static void clipping_by_value_cuts_each_number_and_tells_the_norm_after(void **state)
{
    (void)state;
    Real g[] = {3, -4, 0.5};
    const double norm = vector_norm(g, 3);
    assert_true(near(clipped_norm(g, 3, CLIP_VALUE, 1, norm), 1.5, 1e-15));
    assert_true(g[0] == 3);
    assert_true(near(clip_gradient(g, 3, CLIP_VALUE, 1, norm), 1.5, 1e-15));
    assert_true(g[0] == 1 && g[1] == -1 && g[2] == 0.5);
    assert_true(clip_gradient(g, 3, CLIP_VALUE, 2, 1.5) == 1.5);
}

static void without_clipping_and_without_a_finite_norm_the_gradient_stays(void **state)
{
    (void)state;
    Real g[] = {3, -4};
    assert_true(clip_gradient(g, 2, CLIP_OFF, 1, 5) == 5);
    assert_true(isinf(clip_gradient(g, 2, CLIP_NORM, 1, INFINITY)));
    assert_true(isnan(clip_gradient(g, 2, CLIP_NORM, 1, NAN)));
    assert_true(g[0] == 3 && g[1] == -4);
}

// ---- optimizers ---------------------------------------------------------------------------------------
static const OptimizerType *optimizer_named(const char *name)
{
    int i = 0;
    while (strcmp(optimizer_types[i]->name, name) != 0)
        i++;
    return optimizer_types[i];
}

static void sgd_goes_down_the_gradient(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 12);
    Optimizer o = optimizer_make(2, &arena);
    Real w[] = {1, 2};
    optimizer_named("sgd")->change(&o, w, (const Real[]){10, -20}, 0.1);
    assert_true(w[0] == 0 && w[1] == 4);
    arena_free(&arena);
}

// Algorithm 1 of Kingma & Ba 2015, word for word.
static void adam_is_the_papers_algorithm(void **state)
{
    (void)state;
    enum { COUNT = 5 };
    Arena arena = arena_make(1 << 12);
    Optimizer o = optimizer_make(COUNT, &arena);
    Rng rng = rng_make(1, 2);
    Real w[COUNT] = {0};
    double plain[COUNT] = {0}, m[COUNT] = {0}, v[COUNT] = {0};
    for (int n = 1; n <= 200; n++) {
        Real g[COUNT];
        for (int i = 0; i < COUNT; i++) {
            g[i] = (Real)(rng_normal(&rng) * pow(10, i - 2));
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * (double)g[i] * (double)g[i];
            plain[i] -= 0.01 * (m[i] / (1 - pow(0.9, n))) / (sqrt(v[i] / (1 - pow(0.999, n))) + 1e-8);
        }
        optimizer_named("adam")->change(&o, w, g, 0.01);
        for (int i = 0; i < COUNT; i++)
            assert_true(near(w[i], plain[i], 1e-12));
    }
    arena_free(&arena);
}

static void every_optimizer_starts_anew_after_reset(void **state)
{
    (void)state;
    static const Real g[] = {1, -2, 3};
    Arena arena = arena_make(1 << 12);
    for (int i = 0; optimizer_types[i]; i++) {
        Optimizer o = optimizer_make(3, &arena);
        Real first[3] = {0}, again[3] = {0};
        optimizer_types[i]->change(&o, first, g, 0.1);
        optimizer_reset(&o);
        optimizer_types[i]->change(&o, again, g, 0.1);
        assert_memory_equal(first, again, sizeof first);
    }
    arena_free(&arena);
}

// ---- the same bits everywhere ---------------------------------------------------------------------------
static uint64_t hash_of(const Real *v, size_t count) // FNV-1a
{
    const unsigned char *bytes = (const unsigned char *)v;
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < count * sizeof *v; i++)
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    return hash;
}

static uint64_t hash_after_training(const CellType *cell, LossKind loss, const Kernels *kernels)
{
    Net net = net_of(cell, true);
    net.loss = loss;
    net.dims = (Dims){.T = 20, .B = 3, .X = 5, .H = 13, .Y = 4, .L = 1}; // not multiples of a vector's width
    Network n;
    network_make(&n, &net, 1);
    n.tape.kernels = kernels;
    params_init(&n.params, &n.program, &(Init){1, 1.2, 1, NAN, INIT_PYTORCH});
    Optimizer adam = optimizer_make(n.params.count, &n.arena);
    for (int update = 0; update < 50; update++) {
        tape_run(&n.tape, &n.params, &n.batch);
        clip_gradient(n.params.grad, n.params.count, CLIP_NORM, 1, vector_norm(n.params.grad, n.params.count));
        optimizer_named("adam")->change(&adam, n.params.value, n.params.grad, 0.01);
    }
    const uint64_t hash = hash_of(n.params.value, n.params.count);
    network_free(&n);
    return hash;
}

static void training_gives_these_bits_on_every_machine(void **state)
{
    const Kernels *kernels = *state;
    static const struct {
        const char *cell;
        uint64_t hash[2]; // mse, cross-entropy
    } expected[] = {
        {"rnn", {0x0c1fc108982187b8, 0xfb05c82e374a1f54}},      {"lstm", {0xbffe59f9f0ecc7db, 0x65556a3ddb625037}},
        {"gru", {0x7b0a81d2d1c49034, 0x22a060677d413aba}},      {"lstm1997", {0xb0ef3619552bd3b3, 0xcf6b2cb74c20640d}},
        {"peephole", {0x9c9966d9855a46ac, 0xe63f9b37e284b0ba}}, {"coupled", {0xeb60749894607fe6, 0x7280e0f1ec0dd6a0}},
        {"gru2014", {0xd7068d5170a8b14a, 0xc178450bdd9894d5}},  {"mgu", {0x93990afa8f40f5c2, 0x000c02a9da96e531}},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        for (LossKind loss = LOSS_MSE; loss <= LOSS_CROSS_ENTROPY; loss++) {
            const uint64_t hash = hash_after_training(cell_types[cell_index(expected[i].cell)], loss, kernels);
            if (hash != expected[i].hash[loss])
                fail_msg("%s, loss %d, %s: 0x%llx", expected[i].cell, (int)loss, kernels->set,
                         (unsigned long long)hash);
        }
}

int main(void)
{
    struct CMUnitTest tests[32] = {
        cmocka_unit_test(spectral_radius_of_known_matrices),
        cmocka_unit_test(weights_are_uniform_within_one_over_root_H),
        cmocka_unit_test(cells_with_one_seed_share_what_they_have_in_common),
        cmocka_unit_test(gain_is_the_spectral_radius_of_every_recurrent_block),
        cmocka_unit_test(forget_and_update_bias_are_total_biases_of_their_gates),
        cmocka_unit_test(every_kind_but_pytorchs_starts_with_biases_of_0),
        cmocka_unit_test(orthogonal_and_identity_hold_for_every_recurrent_block),
        cmocka_unit_test(weights_have_the_variance_their_kind_says),
        cmocka_unit_test(a_norm_neither_overflows_nor_vanishes),
        cmocka_unit_test(clipping_shortens_only_what_is_too_long_and_keeps_its_direction),
        cmocka_unit_test(clipping_by_value_cuts_each_number_and_tells_the_norm_after),
        cmocka_unit_test(without_clipping_and_without_a_finite_norm_the_gradient_stays),
        cmocka_unit_test(sgd_goes_down_the_gradient),
        cmocka_unit_test(adam_is_the_papers_algorithm),
        cmocka_unit_test(every_optimizer_starts_anew_after_reset),
    };
    size_t count = 0;
    while (tests[count].name)
        count++;
    for (int i = 0; kernels_here()[i] && !FAST_BUILD; i++) // with every instruction set of this machine
        tests[count++] = (struct CMUnitTest){kernels_here()[i]->set, training_gives_these_bits_on_every_machine, 0, 0,
                                             (void *)(uintptr_t)kernels_here()[i]};
    return _cmocka_run_group_tests("weights", tests, count, 0, 0);
}
