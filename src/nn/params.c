#include "nn/params.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "nn/op.h"
#include "nn/optimizer.h"

Params params_make(const Program *program, Arena *arena)
{
    const size_t square = (size_t)program->dims.H * (size_t)program->dims.H;
    return (Params){
        .value = arena_new(arena, Real, program->weight_count + PRODUCT_SPARE),
        .grad = arena_new(arena, Real, program->weight_count + PRODUCT_SPARE),
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
