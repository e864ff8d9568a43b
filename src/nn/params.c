#include "nn/params.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "nn/kernels.h"
#include "nn/optimizer.h"

Params params_make(const Program *program, Arena *arena)
{
    const size_t square = (size_t)program->dims.H * (size_t)program->dims.H;
    return (Params){
        .value = arena_new(arena, double, program->weight_count),
        .grad = arena_new(arena, double, program->weight_count),
        .scratch = arena_new(arena, double, 2 * square),
        .count = program->weight_count,
    };
}

const double *params_value(const Params *params, const Program *program, int tensor)
{
    return params->value + program->tensors[tensor].offset;
}

// ---- spectral radius -----------------------------------------------------------------
static void square_of(double *out, const double *w, size_t n)
{
    memset(out, 0, n * n * sizeof *out);
    for (size_t i = 0; i < n; i++)
        add_rows(out + i * n, n, (Rows){w, n}, (Rows){w + i * n, 1}, n);
}

// After k squarings the matrix is w^(2^k) but for the factors taken out, whose logarithms add up to
// log ‖w^(2^k)‖ / 2^k. 40 squarings leave an error of about log(condition) / 2^40.
double spectral_radius(const double *w, int n, double *scratch)
{
    const size_t side = (size_t)n, count = side * side;
    double *now = scratch, *next = scratch + count;
    double log_radius = 0, share = 1;
    memcpy(now, w, count * sizeof *now);
    for (int k = 0; k <= 40; k++, share /= 2) {
        const double norm = vector_norm(now, count);
        if (!(norm > 0))
            return norm; // 0, or NaN
        log_radius += share * math_log(norm);
        for (size_t i = 0; i < count; i++)
            now[i] /= norm;
        square_of(next, now, side);
        double *const swapped = now;
        now = next;
        next = swapped;
    }
    return math_exp(log_radius);
}
