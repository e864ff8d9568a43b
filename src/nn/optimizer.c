#include "nn/optimizer.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

// ---- w ← w − η g ------------------------------------------------------------------------
static void sgd_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const Real rate = (Real)learning_rate;
    for (size_t i = 0; i < o->count; i++)
        w[i] -= rate * g[i];
}

// clang-format off
static const OptimizerType sgd = {
    .name = "sgd", .title = "SGD", .change = sgd_change,
    .formula = { "w_n = w_{n-1} - \\eta\\,\\hat{g}" },
};
// clang-format on

// ---- a velocity, and where it leads ---------------------------------------------------------
static const Real MOMENTUM = (Real)0.9;

static void momentum_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const Real rate = (Real)learning_rate;
    Real *restrict v = o->moment[0];
    for (size_t i = 0; i < o->count; i++) {
        v[i] = MOMENTUM * v[i] + g[i];
        w[i] -= rate * v[i];
    }
}

static void nesterov_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const Real rate = (Real)learning_rate;
    Real *restrict v = o->moment[0];
    for (size_t i = 0; i < o->count; i++) {
        v[i] = MOMENTUM * v[i] + g[i];
        w[i] -= rate * (g[i] + MOMENTUM * v[i]);
    }
}

// clang-format off
static const OptimizerType momentum = {
    .name = "momentum", .title = "momentum", .change = momentum_change, .moments = 1, .letter = { "v" },
    .formula = { "v_n = 0.9\\,v_{n-1} + \\hat{g}", "w_n = w_{n-1} - \\eta\\,v_n" },
};
static const OptimizerType nesterov = {
    .name = "nesterov", .title = "Nesterov", .change = nesterov_change, .moments = 1, .letter = { "v" },
    .formula = { "v_n = 0.9\\,v_{n-1} + \\hat{g}",
                 "w_n = w_{n-1} - \\eta\\,(\\hat{g} + 0.9\\,v_n)" },
};
// clang-format on

// ---- steps of about one size in every direction -----------------------------------------------
static const Real EPSILON = (Real)1e-8;

static void rmsprop_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const double alpha = 0.99;
    const Real old_s = (Real)alpha, new_s = (Real)(1 - alpha), rate = (Real)learning_rate;
    Real *restrict s = o->moment[0];
    for (size_t i = 0; i < o->count; i++) {
        s[i] = s[i] * old_s + new_s * g[i] * g[i];
        w[i] -= rate * g[i] / (real_sqrt(s[i]) + EPSILON);
    }
}

// clang-format off
static const OptimizerType rmsprop = {
    .name = "rmsprop", .title = "RMSprop", .change = rmsprop_change, .moments = 1, .letter = { "s" },
    .formula = { "s_n = 0.99\\,s_{n-1} + 0.01\\,\\hat{g}^2",
                 "w_n = w_{n-1} - \\frac{\\eta\\,\\hat{g}}{\\sqrt{s_n} + 10^{-8}}" },
};
// clang-format on

// ---- Adam: Kingma & Ba 2015, in the order of operations of torch.optim.Adam ----------------
static void adam_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const double beta_1 = 0.9, beta_2 = 0.999;
    const Real new_m = (Real)(1 - beta_1), old_v = (Real)beta_2, new_v = (Real)(1 - beta_2);
    Real *restrict m = o->moment[0];
    Real *restrict v = o->moment[1];
    o->power[0] *= beta_1;
    o->power[1] *= beta_2;
    const Real step = (Real)(learning_rate / (1 - o->power[0]));
    const Real correction = (Real)sqrt(1 - o->power[1]);
    for (size_t i = 0; i < o->count; i++) {
        m[i] += new_m * (g[i] - m[i]);
        v[i] = v[i] * old_v + new_v * g[i] * g[i];
        w[i] -= step * m[i] / (real_sqrt(v[i]) / correction + EPSILON);
    }
}

static void adamw_change(Optimizer *o, Real *w, const Real *g, double learning_rate)
{
    const double weight_decay = 0.01;
    const Real kept = (Real)(1 - learning_rate * weight_decay);
    for (size_t i = 0; i < o->count; i++)
        w[i] *= kept;
    adam_change(o, w, g, learning_rate);
}

#define ADAM_MOMENTS "m_n = 0.9\\,m_{n-1} + 0.1\\,\\hat{g}", "v_n = 0.999\\,v_{n-1} + 0.001\\,\\hat{g}^2"
#define ADAM_CHANGE  "\\frac{\\eta\\,m_n / (1 - 0.9^n)}{\\sqrt{v_n / (1 - 0.999^n)} + 10^{-8}}"

// clang-format off
static const OptimizerType adam = {
    .name = "adam", .title = "Adam", .change = adam_change, .moments = 2, .corrects = true, .letter = { "m", "v" },
    .formula = { ADAM_MOMENTS, "w_n = w_{n-1} - " ADAM_CHANGE },
};
static const OptimizerType adamw = {
    .name = "adamw", .title = "AdamW", .change = adamw_change, .moments = 2, .corrects = true, .letter = { "m", "v" },
    .formula = { ADAM_MOMENTS, "w_n = (1 - 0.01\\,\\eta)\\,w_{n-1} - " ADAM_CHANGE },
};
// clang-format on

const OptimizerType *const optimizer_types[] = {&sgd, &momentum, &nesterov, &rmsprop, &adam, &adamw, NULL};

Optimizer optimizer_make(size_t weight_count, Arena *arena)
{
    Optimizer optimizer = {.decayed = 1, .count = weight_count};
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
    optimizer->type = NULL;
}

void optimizer_change(Optimizer *optimizer, const OptimizerType *type, Real *w, const Real *g, double learning_rate,
                      double decay)
{
    if (optimizer->type != type)
        optimizer_reset(optimizer);
    optimizer->type = type;
    type->change(optimizer, w, g, learning_rate * optimizer->decayed);
    optimizer->decayed *= decay;
}

// ---- norm and clipping -------------------------------------------------------------------
// Each addition waits for the one before: the fast build takes several sums side by side.
static double root_of_squares(const Real *v, size_t count, double scale)
{
    enum { SUMS = sizeof(Real) < sizeof(double) ? 16 : 1 };
    double sum[SUMS] = {0};
    size_t i = 0;
    for (; i + SUMS <= count; i += SUMS)
        for (size_t s = 0; s < SUMS; s++)
            sum[s] += ((double)v[i + s] * scale) * ((double)v[i + s] * scale);
    for (; i < count; i++)
        sum[0] += ((double)v[i] * scale) * ((double)v[i] * scale);
    for (size_t s = 1; s < SUMS; s++)
        sum[0] += sum[s];
    return sqrt(sum[0]) / scale;
}

double vector_norm(const Real *v, size_t count)
{
    const double norm = root_of_squares(v, count, 1);
    if (norm > 0x1p-400 && norm < 0x1p+500)
        return norm;
    return norm > 1 ? root_of_squares(v, count, 0x1p-600) : root_of_squares(v, count, 0x1p+600);
}

static bool is_clipped(ClipKind kind, double threshold, double norm)
{
    return kind != CLIP_OFF && norm > threshold && !isinf(norm);
}

static double within(double g, double threshold)
{
    return g > threshold ? threshold : g < -threshold ? -threshold : g;
}

double clipped_norm(const Real *g, size_t count, ClipKind kind, double threshold, double norm)
{
    if (!is_clipped(kind, threshold, norm) || kind == CLIP_NORM)
        return is_clipped(kind, threshold, norm) ? threshold : norm;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += within((double)g[i], threshold) * within((double)g[i], threshold);
    return sqrt(sum);
}

double clip_gradient(Real *g, size_t count, ClipKind kind, double threshold, double norm)
{
    const double after = clipped_norm(g, count, kind, threshold, norm);
    if (!is_clipped(kind, threshold, norm))
        return norm;
    const Real scale = (Real)(threshold / norm);
    for (size_t i = 0; i < count; i++)
        g[i] = kind == CLIP_NORM ? g[i] * scale : (Real)within((double)g[i], threshold);
    return after;
}

// Clipped piece by piece in a copy, so that whatever clipping does is measured and nothing is allocated.
double clip_cosine(const Real *g, size_t count, ClipKind kind, double threshold, double norm)
{
    enum { PIECE = 64 };
    Real piece[PIECE];
    double product = 0, square = 0;
    for (size_t from = 0; from < count; from += PIECE) {
        size_t length = count - from < PIECE ? count - from : PIECE;
        memcpy(piece, g + from, length * sizeof *piece);
        clip_gradient(piece, length, kind, threshold, norm);
        for (size_t i = 0; i < length; i++) {
            product += (double)g[from + i] * piece[i];
            square += (double)piece[i] * piece[i];
        }
    }
    return product / (norm * sqrt(square));
}
