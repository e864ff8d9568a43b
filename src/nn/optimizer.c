#include "nn/optimizer.h"

#include <math.h>
#include <string.h>

// ---- w ← w − η g ------------------------------------------------------------------------
static void sgd_change(Optimizer *o, double *w, const double *g, double learning_rate)
{
    for (size_t i = 0; i < o->count; i++)
        w[i] -= learning_rate * g[i];
}

static const OptimizerType sgd = {"sgd", "SGD", 0, sgd_change};

// ---- Adam: Kingma & Ba 2015, in the order of operations of torch.optim.Adam ----------------
static void adam_change(Optimizer *o, double *w, const double *g, double learning_rate)
{
    static const double beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-8;
    double *restrict m = o->moment[0];
    double *restrict v = o->moment[1];
    o->power[0] *= beta_1;
    o->power[1] *= beta_2;
    const double step = learning_rate / (1 - o->power[0]);
    const double correction = sqrt(1 - o->power[1]);
    for (size_t i = 0; i < o->count; i++) {
        m[i] += (1 - beta_1) * (g[i] - m[i]);
        v[i] = v[i] * beta_2 + (1 - beta_2) * g[i] * g[i];
        w[i] -= step * m[i] / (sqrt(v[i]) / correction + epsilon);
    }
}

static const OptimizerType adam = {"adam", "Adam", 2, adam_change};

const OptimizerType *const optimizer_types[] = {&sgd, &adam, NULL};

Optimizer optimizer_make(size_t weight_count, Arena *arena)
{
    Optimizer optimizer = {.count = weight_count};
    for (int i = 0; i < MOMENTS_MOST; i++)
        optimizer.moment[i] = arena_new(arena, double, weight_count);
    optimizer_reset(&optimizer);
    return optimizer;
}

void optimizer_reset(Optimizer *optimizer)
{
    for (int i = 0; i < MOMENTS_MOST; i++) {
        memset(optimizer->moment[i], 0, optimizer->count * sizeof *optimizer->moment[i]);
        optimizer->power[i] = 1;
    }
    optimizer->type = NULL;
}

void optimizer_change(Optimizer *optimizer, const OptimizerType *type, double *w, const double *g, double learning_rate)
{
    if (optimizer->type != type)
        optimizer_reset(optimizer);
    optimizer->type = type;
    type->change(optimizer, w, g, learning_rate);
}

// ---- norm and clipping -------------------------------------------------------------------
static double root_of_squares(const double *v, size_t count, double scale)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (v[i] * scale) * (v[i] * scale);
    return sqrt(sum) / scale;
}

double vector_norm(const double *v, size_t count)
{
    const double norm = root_of_squares(v, count, 1);
    if (norm > 0x1p-400 && norm < 0x1p+500)
        return norm;
    return norm > 1 ? root_of_squares(v, count, 0x1p-600) : root_of_squares(v, count, 0x1p+600);
}

double clip_gradient(double *g, size_t count, ClipKind kind, double threshold, double norm)
{
    if (kind == CLIP_OFF || !(norm > threshold) || isinf(norm))
        return norm;
    for (size_t i = 0; i < count; i++)
        g[i] *= threshold / norm;
    return threshold;
}

// Clipped piece by piece in a copy, so that whatever clipping does is measured and nothing is allocated.
double clip_cosine(const double *g, size_t count, ClipKind kind, double threshold, double norm)
{
    enum { PIECE = 64 };
    double piece[PIECE], product = 0, square = 0;
    for (size_t from = 0; from < count; from += PIECE) {
        size_t length = count - from < PIECE ? count - from : PIECE;
        memcpy(piece, g + from, length * sizeof *piece);
        clip_gradient(piece, length, kind, threshold, norm);
        for (size_t i = 0; i < length; i++) {
            product += g[from + i] * piece[i];
            square += piece[i] * piece[i];
        }
    }
    return product / (norm * sqrt(square));
}
