// BPTT against central differences: every kind of row by itself, then every cell with every activation and loss.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "network.h"
#include "nn/gradcheck.h"
#include "nn/kernels.h"
#include "tolerance.h"

// ---- a row by itself ----------------------------------------------------------------------
enum { B = 2, N_A = 3, N_B = 4, N = 5, MOST = 16 };

// A row whose operands and weights are all there, whether its kind looks at them or not.
typedef struct {
    Real y[MOST * B], a[MOST * B], b[MOST * B];
    Real dy[MOST * B], da[MOST * B], db[MOST * B];
    Real w[2][N * MOST], transposed[2][N * MOST], dw[2][N * MOST], bias[2][N], start[N], dbias[2][N];
    Real target[MOST * B];
    int label[B], scored_count;
    unsigned char scored[B];
    int length[B];
    Weights weights[2];
    Given given;
    Work work;
} Bench;

static void fill(Real *v, size_t count, Rng *rng)
{
    for (size_t i = 0; i < count; i++)
        v[i] = (Real)rng_normal(rng);
}

static Weights bench_weights(Bench *bench, int i)
{
    const ptrdiff_t panel = (ptrdiff_t)kernels_here()[0]->panel,
                    m = (ptrdiff_t)(i == 0 ? bench->work.n_a : bench->work.n_b);
    return (Weights){
        bench->w[i], {bench->w[i], m, panel}, {bench->transposed[i], N, panel}, bench->dw[i], bench->dbias[i]};
}

static void bench_lengths(OpKind kind, Work *work)
{
    const OpType *type = &op_types[kind];
    work->B = B;
    work->rows = 1;
    work->n_a = N_A;
    work->n_b = type->weighted == 2 || kind == OP_CONCAT ? N_B : N_A;
    work->n = type->weighted > 0 && !type->by_vector ? N : kind == OP_CONCAT ? N_A + N_B : kind == OP_LOSS ? 1 : N_A;
}

static void bench_make(Bench *bench, OpKind kind, LossKind loss)
{
    Rng rng = rng_make(7, rng_stream(op_types[kind].name));
    *bench = (Bench){.label = {1, 2}, .scored = {1, 0}, .length = {1, 1}};
    Work *work = &bench->work;
    bench_lengths(kind, work);
    fill(bench->a, MOST * B, &rng);
    fill(bench->b, MOST * B, &rng);
    fill(bench->dy, MOST * B, &rng);
    fill(bench->target, MOST * B, &rng);
    for (int i = 0; i < 2; i++) {
        fill(bench->w[i], N * MOST, &rng);
        fill(bench->bias[i], N, &rng);
    }
    work->y = bench->y, work->a = bench->a, work->b = bench->b;
    work->dy = bench->dy, work->da = bench->da, work->db = bench->db;
    for (int i = 0; i < 2; i++)
        bench->weights[i] = bench_weights(bench, i);
    work->edge = bench->b, work->edge_grad = bench->db;
    bench->given = (Given){.x = bench->a,
                           .length = bench->length,
                           .last = 1,
                           .target = {loss, bench->target, bench->label, bench->scored},
                           .scored = &bench->scored_count};
    work->on_a = &bench->weights[0], work->on_b = &bench->weights[1];
    work->start = bench->start;
    work->given = &bench->given;
}

static void bench_backward(Bench *bench, OpKind kind)
{
    kernels_here()[0]->row[kind].backward(&bench->work);
    if (kernels_here()[0]->row[kind].gather)
        kernels_here()[0]->row[kind].gather(&bench->work, (Steps){.count = 1});
}

// Σ dy · y: what backward differentiates.
static double bench_sum(Bench *bench, OpKind kind)
{
    const size_t m[2] = {bench->work.n_a, bench->work.n_b};
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < N; j++)
            for (size_t k = 0; k < m[i]; k++)
                bench->transposed[i][k * N + j] = bench->w[i][j * m[i] + k];
    for (size_t j = 0; j < N; j++)
        bench->start[j] = bench->bias[0][j] + (op_types[kind].weighted == 2 ? bench->bias[1][j] : 0);
    kernels_here()[0]->row[kind].forward(&bench->work);
    double sum = 0;
    for (size_t i = 0; i < bench->work.B * bench->work.n; i++)
        sum += bench->dy[i] * bench->y[i];
    return sum;
}

static void check_differences(Bench *bench, OpKind kind, Real *v, const Real *dv, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Real kept = v[i], distance = (Real)SLOPE_DISTANCE;
        v[i] = kept + distance;
        const double above = bench_sum(bench, kind);
        v[i] = kept - distance;
        const double below = bench_sum(bench, kind);
        v[i] = kept;
        const double slope = (above - below) / (2 * (double)distance);
        if (!(fabs(slope - dv[i]) < slope_tolerance(1e-7)))
            fail_msg("%s: backward says %.9g, differences say %.9g", op_types[kind].name, dv[i], slope);
    }
}

static void check_row(OpKind kind, LossKind loss)
{
    Bench bench;
    const OpType *type = &op_types[kind];
    bench_make(&bench, kind, loss);
    const Work *work = &bench.work;
    bench_sum(&bench, kind);
    bench_backward(&bench, kind);
    check_differences(&bench, kind, bench.a, bench.da, B * work->n_a);
    if (type->operands == 2)
        check_differences(&bench, kind, bench.b, bench.db, B * work->n_b);
    for (int i = 0; i < type->weighted; i++) {
        const size_t columns = type->by_vector ? 1 : i == 0 ? work->n_a : work->n_b;
        check_differences(&bench, kind, bench.w[i], bench.dw[i], work->n * columns);
        check_differences(&bench, kind, bench.bias[i], bench.dbias[i], N);
    }
}

static void every_kind_of_row_agrees_with_differences(void **state)
{
    (void)state;
    for (OpKind kind = 0; kind < OP_KINDS; kind++)
        if (kernels_here()[0]->row[kind].backward) {
            check_row(kind, LOSS_MSE);
            check_row(kind, LOSS_CROSS_ENTROPY);
        }
}

static void backward_adds_to_what_is_there(void **state)
{
    (void)state;
    for (OpKind kind = 0; kind < OP_KINDS; kind++) {
        if (!kernels_here()[0]->row[kind].backward)
            continue;
        Bench once, twice;
        bench_make(&once, kind, LOSS_MSE);
        bench_sum(&once, kind);
        bench_backward(&once, kind);
        bench_make(&twice, kind, LOSS_MSE);
        bench_sum(&twice, kind);
        bench_backward(&twice, kind);
        bench_backward(&twice, kind);
        for (size_t i = 0; i < B * N_A; i++)
            assert_true(fabs(twice.da[i] - 2 * once.da[i]) < tolerance(1e-12));
        for (size_t i = 0; i < N * N_A; i++)
            assert_true(fabs(twice.dw[0][i] - 2 * once.dw[0][i]) < tolerance(1e-12));
    }
}

// 1e-250 in double, 1e-30 in float.
static void a_gradient_next_to_nothing_ends_at_a_time_step(void **state)
{
    (void)state;
    const Real nothing = (Real)(FAST_BUILD ? 1e-30 : 1e-250), less = nothing * (Real)0.9, more = nothing * (Real)1.1;
    Bench bench;
    bench_make(&bench, OP_DELAY, LOSS_MSE);
    bench.dy[0] = less;
    bench.dy[1] = -less;
    bench.dy[2] = -more;
    bench_backward(&bench, OP_DELAY);
    assert_true(bench.da[0] == 0 && bench.da[1] == 0 && bench.da[2] == -more);
}

// ---- whole networks -----------------------------------------------------------------------
static bool chooses_activation(const CellType *cell)
{
    for (int i = 0; i < cell->op_count; i++)
        if (cell->ops[i].kind == OP_ACTIVATION)
            return true;
    return false;
}

static void check_network(const Net *net)
{
    Network n;
    network_make(&n, net, 3);
    const GradCheck found = gradcheck(&n.tape, &n.params, &n.batch);
    if (!(found.worst < slope_tolerance(5e-7)))
        fail_msg("%s, %s, loss %d, bias %d, %d layers, %d ways: %s[%zu] is off by %g", net->cell->name,
                 op_types[net->activation].name, net->loss, net->bias, net->dims.L, net->bidirectional ? 2 : 1,
                 n.program.tensors[found.tensor].name, found.weight, found.worst);
    if (net->activation != OP_RELU)
        assert_int_equal(found.skipped, 0);
    assert_true(found.skipped * 20 <= n.params.count);
    network_free(&n);
}

static void gradient_matches_differences(void **state)
{
    // In float differences must be taken so far apart that kinks of ReLU lie everywhere between; golden holds it then.
    static const OpKind activations[] = {OP_TANH, OP_SIGMOID, OP_IDENTITY, OP_RELU};
    const int kinds = FAST_BUILD ? 3 : 4;
    const CellType *cell = *state;
    for (int variant = 0; variant < 16; variant++)
        for (int i = 0; i < (chooses_activation(cell) ? kinds : 1); i++) {
            const Net net = {
                .cell = cell,
                .activation = activations[i],
                .loss = variant & 1 ? LOSS_CROSS_ENTROPY : LOSS_MSE,
                .bias = (variant & 2) != 0,
                .bidirectional = (variant & 8) != 0,
                .dims = {.T = 6, .B = 2, .X = 3, .H = 4, .Y = 3, .L = variant & 4 ? 2 : 1},
            };
            check_network(&net);
        }
}

// A kernel that adds a little to one number of the readout's gradient: that weight is named, and how far it is off.
enum { SPOILT = 5 };
static void (*true_gather)(const Work *work, Steps steps);

static void spoilt_gather(const Work *work, Steps steps)
{
    true_gather(work, steps);
    work->on_a->dw[SPOILT] += (Real)1e-3;
}

static void gradcheck_names_the_weight_whose_gradient_is_wrong(void **state)
{
    (void)state;
    Network n;
    const Net net = {.cell = cell_types[cell_index("rnn")],
                     .activation = OP_TANH,
                     .loss = LOSS_MSE,
                     .bias = true,
                     .dims = {.T = 6, .B = 2, .X = 3, .H = 4, .Y = 3, .L = 1}};
    network_make(&n, &net, 3);
    Kernels spoilt = *n.tape.kernels;
    true_gather = spoilt.row[OP_LINEAR].gather;
    spoilt.row[OP_LINEAR].gather = spoilt_gather;
    n.tape.kernels = &spoilt;
    const GradCheck found = gradcheck(&n.tape, &n.params, &n.batch);
    assert_string_equal(n.program.tensors[found.tensor].name, "out.weight");
    assert_int_equal(found.weight, SPOILT);
    assert_true(found.worst > 1e-4 && found.worst < 1e-1);
    network_free(&n);
}

int main(void)
{
    struct CMUnitTest tests[32] = {
        cmocka_unit_test(every_kind_of_row_agrees_with_differences),
        cmocka_unit_test(backward_adds_to_what_is_there),
        cmocka_unit_test(a_gradient_next_to_nothing_ends_at_a_time_step),
        cmocka_unit_test(gradcheck_names_the_weight_whose_gradient_is_wrong),
    };
    size_t count = 4;
    for (int i = 0; cell_types[i]; i++)
        tests[count++] = (struct CMUnitTest){cell_types[i]->title, gradient_matches_differences, 0, 0,
                                             (void *)(uintptr_t)cell_types[i]};
    return _cmocka_run_group_tests("gradients", tests, count, 0, 0);
}
