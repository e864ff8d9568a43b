// Shares of a batch, computed by any number of threads: the same bits, and what one tape computes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <string.h>

#include "network.h"
#include "nn/optimizer.h"
#include "nn/shares.h"

static Net net_of(const CellType *cell, int B)
{
    return (Net){
        .cell = cell,
        .activation = OP_TANH,
        .loss = LOSS_MSE,
        .dims = {.T = 7, .B = B, .X = 5, .H = 130, .Y = 3, .L = 1},
        .bias = true,
    };
}

static void train(Network *n, int threads, int updates, Real *weights)
{
    Shares *shares = shares_make(&n->program, threads, &n->arena);
    for (int i = 0; i < updates; i++) {
        shares_run(shares, &n->params, &n->batch);
        for (size_t k = 0; k < n->params.count; k++)
            n->params.value[k] -= n->params.grad[k] / 10;
    }
    memcpy(weights, n->params.value, n->params.count * sizeof *weights);
    shares_free(shares);
}

static void any_number_of_threads_computes_the_same_bits(void **state)
{
    (void)state;
    static const int batches[] = {1, 9, 64, 71};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            Real *weights[6];
            size_t count = 0;
            Arena arena = arena_make(1 << 16);
            for (int threads = 1; threads <= 5; threads++) {
                const Net net = net_of(cell_types[cell], batches[i]);
                Network n;
                network_make(&n, &net, 3);
                count = n.params.count;
                weights[threads] = arena_new(&arena, Real, count);
                train(&n, threads, 4, weights[threads]);
                network_free(&n);
            }
            for (int threads = 2; threads <= 5; threads++)
                assert_memory_equal(weights[threads], weights[1], count * sizeof(Real));
            arena_free(&arena);
        }
}

static void shares_compute_what_one_tape_computes(void **state)
{
    (void)state;
    const double tolerance = sizeof(Real) == sizeof(float) ? 1e-5 : 1e-13;
    for (int cell = 0; cell_types[cell]; cell++) {
        const Net net = net_of(cell_types[cell], 70);
        Network n;
        network_make(&n, &net, 3);
        Real *grad = arena_new(&n.arena, Real, n.params.count);
        tape_run(&n.tape, &n.params, &n.batch);
        memcpy(grad, n.params.grad, n.params.count * sizeof *grad);
        Shares *shares = shares_make(&n.program, 2, &n.arena);
        const double loss = shares_run(shares, &n.params, &n.batch);
        const double largest = vector_norm(grad, n.params.count);
        assert_true(fabs(loss - n.tape.loss) <= tolerance * n.tape.loss);
        for (size_t i = 0; i < n.params.count; i++)
            assert_true(fabs((double)n.params.grad[i] - (double)grad[i]) <= tolerance * largest);
        shares_free(shares);
        network_free(&n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_computes_the_same_bits),
        cmocka_unit_test(shares_compute_what_one_tape_computes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
