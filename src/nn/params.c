#include "nn/params.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/rng.h"
#include "nn/op.h"
#include "nn/optimizer.h"

Params params_make(const Program *program, Arena *arena)
{
    const size_t square = (size_t)program->dims.H * (size_t)program->dims.H;
    return (Params){
        .value = arena_new(arena, Real, program->weight_count + PRODUCT_SPARE),
        .grad = arena_new(arena, Real, program->weight_count),
        .scratch = arena_new(arena, Real, 2 * square),
        .count = program->weight_count,
    };
}

const Real *params_value(const Params *params, const Program *program, int tensor)
{
    return params->value + program->tensors[tensor].offset;
}

// ---- spectral radius -----------------------------------------------------------------
static void square_of(Real *restrict out, const Real *restrict w, size_t n)
{
    memset(out, 0, n * n * sizeof *out);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < n; j++)
                out[i * n + j] += w[i * n + k] * w[k * n + j];
}

// After k squarings the matrix is w^(2^k) but for the factors taken out, whose logarithms add up to
// log ‖w^(2^k)‖ / 2^k. 40 squarings leave an error of about log(condition) / 2^40.
double spectral_radius(const Real *w, int n, Real *scratch)
{
    const size_t side = (size_t)n, count = side * side;
    Real *now = scratch, *next = scratch + count;
    double log_radius = 0, share = 1;
    memcpy(now, w, count * sizeof *now);
    for (int k = 0; k <= 40; k++, share /= 2) {
        const double norm = vector_norm(now, count);
        if (!(norm > 0))
            return norm; // 0, or NaN
        log_radius += share * math_log(norm);
        for (size_t i = 0; i < count; i++)
            now[i] /= (Real)norm;
        square_of(next, now, side);
        Real *const swapped = now;
        now = next;
        next = swapped;
    }
    return math_exp(log_radius);
}

// ---- what the weights start from --------------------------------------------------------
static void fill_uniform(Real *value, size_t count, double bound, Rng rng)
{
    for (size_t i = 0; i < count; i++)
        value[i] = (Real)(bound * (2 * rng_uniform(&rng) - 1));
}

static void set_gain(Real *block, int H, double gain, Real *scratch)
{
    const size_t count = (size_t)H * (size_t)H;
    const double radius = spectral_radius(block, H, scratch);
    if (radius > 0)
        for (size_t i = 0; i < count; i++)
            block[i] *= (Real)(gain / radius);
}

// The gate's total bias b_ih + b_hh becomes `value`.
static void set_bias(Real *value, const Tensor *tensor, int H, int block, double total)
{
    const double share = tensor->kind == BIAS_IH ? total : 0;
    for (int j = 0; j < H; j++)
        value[block * H + j] = (Real)share;
}

void params_init(Params *params, const Program *program, const Init *init)
{
    const CellType *cell = program->net.cell;
    const int H = program->dims.H;
    for (int i = 0; i < program->tensor_count; i++) {
        const Tensor *tensor = &program->tensors[i];
        Real *value = params->value + tensor->offset;
        const bool cell_bias = tensor->kind == BIAS_IH || tensor->kind == BIAS_HH;
        fill_uniform(value, (size_t)tensor->rows * (size_t)tensor->columns, 1 / sqrt(H),
                     rng_make(init->seed, rng_stream(tensor->name)));
        if (tensor->kind == WEIGHT_HH && !isnan(init->gain))
            for (int block = 0; block < cell->blocks; block++)
                set_gain(value + block * H * H, H, init->gain, params->scratch);
        if (cell_bias && cell->forget_block != NONE && !isnan(init->forget_bias))
            set_bias(value, tensor, H, cell->forget_block, init->forget_bias);
        if (cell_bias && cell->update_block != NONE && !isnan(init->update_bias))
            set_bias(value, tensor, H, cell->update_block, init->update_bias);
    }
}
