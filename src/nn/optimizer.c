#include "nn/optimizer.h"

#include <math.h>
#include <string.h>

// ---- w ← w − η g ------------------------------------------------------------------------
static void sgd_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const Real rate = (Real)learning_rate;
    for (size_t i = 0; i < o->count; i++)
        w[i] -= rate * g[i];
}

static const OptimizerType sgd = {"sgd", "SGD", 0, sgd_change};

// ---- Adam: Kingma & Ba 2015, in the order of operations of torch.optim.Adam ----------------
static void adam_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const double beta_1 = 0.9, beta_2 = 0.999;
    const Real epsilon = (Real)1e-8, new_m = (Real)(1 - beta_1), old_v = (Real)beta_2, new_v = (Real)(1 - beta_2);
    Real *restrict m = o->moment[0];
    Real *restrict v = o->moment[1];
    o->power[0] *= beta_1;
    o->power[1] *= beta_2;
    const Real step = (Real)(learning_rate / (1 - o->power[0]));
    const Real correction = (Real)sqrt(1 - o->power[1]);
    for (size_t i = 0; i < o->count; i++) {
        m[i] += new_m * (g[i] - m[i]);
        v[i] = v[i] * old_v + new_v * g[i] * g[i];
        w[i] -= step * m[i] / (real_sqrt(v[i]) / correction + epsilon);
    }
}

static const OptimizerType adam = {"adam", "Adam", 2, adam_change};

const OptimizerType *const optimizer_types[] = {&sgd, &adam, NULL};

Optimizer optimizer_make(size_t weight_count, Arena *arena)
{
    Optimizer optimizer = {.count = weight_count};
    for (int i = 0; i < MOMENTS_MOST; i++)
        optimizer.moment[i] = arena_new(arena, Real, weight_count);
    optimizer_reset(&optimizer);
    return optimizer;
}

void optimizer_reset(Optimizer *optimizer)
{
    for (int i = 0; i < MOMENTS_MOST; i++) {
        memset(optimizer->moment[i], 0, optimizer->count * sizeof *optimizer->moment[i]);
        optimizer->power[i] = 1;
    }
}

// ---- norm and clipping -------------------------------------------------------------------
static double root_of_squares(const Real *v, size_t count, double scale)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += ((double)v[i] * scale) * ((double)v[i] * scale);
    return sqrt(sum) / scale;
}

double vector_norm(const Real *v, size_t count)
{
    const double norm = root_of_squares(v, count, 1);
    if (norm > 0x1p-400 && norm < 0x1p+500)
        return norm;
    return norm > 1 ? root_of_squares(v, count, 0x1p-600) : root_of_squares(v, count, 0x1p+600);
}

double clip_gradient(Real *g, size_t count, ClipKind kind, double threshold, double norm)
{
    if (kind == CLIP_OFF || !(norm > threshold) || isinf(norm))
        return norm;
    const Real scale = (Real)(threshold / norm);
    for (size_t i = 0; i < count; i++)
        g[i] *= scale;
    return threshold;
}
