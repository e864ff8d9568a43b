// What the kinds of rows do, forward and backward side by side: the engine's arithmetic. A new kind is added here.
//
// This file is compiled once per instruction set, by the kernels_….c that include it, for which reason it has no guard.
// They define KERNELS, the table's name, SET, the set's, and what product.h wants. Every set gives the same bits: the
// loops are the same, only more of their turns are taken at once.
#include <string.h>

#include "base/real.h"
#include "nn/gather.h"
#include "nn/kernels.h"
#include "nn/loss_code.h"
#include "nn/product.h"

// All numbers of y, all sequences together. What a row writes is none of what it reads elsewhere.
#if defined __GNUC__ && !defined __clang__
#define EACH(i) _Pragma("GCC ivdep") for (size_t i = 0, all_ = r->B * r->n; i < all_; i++)
#else
#define EACH(i) for (size_t i = 0, all_ = r->B * r->n; i < all_; i++)
#endif

// Rows that chains are made of are compiled into these, too.
#define ELEMENTWISE static inline __attribute__((always_inline)) void

// What a gradient is before the row adds to it.
static inline Real da_before(const Work *r, size_t i)
{
    return r->da_is_new ? 0 : r->da[i];
}

static inline Real db_before(const Work *r, size_t i)
{
    return r->db_is_new ? 0 : r->db[i];
}

// ---- y = the input of this time step ------------------------------------------
static void input_forward(const Work *r)
{
    memcpy(r->y, r->given->x, r->B * r->n * sizeof *r->y);
}

// ---- y = a at the time step before ---------------------------------------------
// A sequence that ends before T starts its reverse pass at its own end, and padding starts from there as well.
static int outside(const Work *r, size_t b)
{
    return r->given->last > r->given->length[b];
}

static void delay_forward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        memcpy(r->y + b * r->n, (outside(r, b) ? r->edge : r->a) + b * r->n, r->n * sizeof *r->y);
}

// Numbers so small that they would soon be subnormal are slow and say nothing: they end here.
static void delay_backward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        const bool out = outside(r, b), is_new = r->da_is_new && !out;
        Real *da = out ? r->edge_grad : r->da;
        for (size_t i = b * r->n; i < (b + 1) * r->n; i++)
            da[i] = (is_new ? 0 : da[i]) + (real_abs(r->dy[i]) < REAL_NOTHING ? 0 : r->dy[i]);
        if (r->da_is_new && out)
            memset(r->da + b * r->n, 0, r->n * sizeof *r->da);
    }
}

// ---- what both weighted kinds have in common --------------------------------------------
// y = start + W a, or y += W a. Where the y of a single sequence lie side by side, they are one long row's.
static void add_product(const Work *r, const Real *start, const Real *a, size_t n_a, const Weights *weights)
{
    const size_t joined = r->B == 1 && r->y_apart == r->n ? r->rows : 1;
    for (size_t row = 0; row < r->rows; row += joined)
        product(&(Product){
            .y = r->y + row * r->y_apart,
            .count = r->B,
            .n = r->n * joined,
            .y_stride = r->n,
            .start = start ? start + row * r->n : NULL,
            .row = in_row(weights->transposed.at, row * r->n, weights->transposed.panel),
            .row_step = weights->transposed.step,
            .row_panel = weights->transposed.panel,
            .c = a,
            .c_output = (ptrdiff_t)n_a,
            .c_step = 1,
            .m = n_a,
            .rounds = 1,
        });
}

// da += Wᵀ dy, the last row's share first, as if the rows were run back one by one
static void add_transposed_product(const Work *r, Real *da, bool is_new, size_t n_a, const Weights *weights)
{
    const size_t last = r->rows - 1;
    const Panels *panels = &weights->straight;
    product(&(Product){
        .y = da,
        .is_new = is_new,
        .count = r->B,
        .n = n_a,
        .y_stride = n_a,
        .row = panels->at + (ptrdiff_t)(last * r->n) * panels->step,
        .row_step = panels->step,
        .row_round = -(ptrdiff_t)r->n * panels->step,
        .row_panel = panels->panel,
        .c = r->dy + last * r->dy_apart,
        .c_output = (ptrdiff_t)r->n,
        .c_step = 1,
        .c_round = -(ptrdiff_t)r->dy_apart,
        .m = r->n,
        .rounds = r->rows,
    });
}

// ---- y = b_ih + b_hh + W a + U b --------------------------------------------------
static void affine_forward(const Work *r)
{
    add_product(r, r->start, r->a, r->n_a, r->on_a);
    add_product(r, NULL, r->b, r->n_b, r->on_b);
}

static void affine_backward(const Work *r)
{
    if (!r->a_given)
        add_transposed_product(r, r->da, r->da_is_new, r->n_a, r->on_a);
    add_transposed_product(r, r->db, r->db_is_new, r->n_b, r->on_b);
}

static void affine_gather(const Work *r, Steps steps)
{
    const Gathered on[] = {
        {{r->a, r->B, r->n_a, steps.apart}, r->on_a},
        {{r->b, r->B, r->n_b, steps.apart}, r->on_b},
    };
    gather(r, on, 2, steps);
}

// ---- y = bias + M a ---------------------------------------------------------------
static void linear_forward(const Work *r)
{
    add_product(r, r->start, r->a, r->n_a, r->on_a);
}

static void linear_backward(const Work *r)
{
    if (!r->a_given)
        add_transposed_product(r, r->da, r->da_is_new, r->n_a, r->on_a);
}

static void linear_gather(const Work *r, Steps steps)
{
    gather(r, &(Gathered){{r->a, r->B, r->n_a, steps.apart}, r->on_a}, 1, steps);
}

// ---- y = σ(a) -----------------------------------------------------------------------
ELEMENTWISE sigmoid_forward(const Work *r)
{
    EACH (i)
        r->y[i] = real_sigmoid(r->a[i]);
}

ELEMENTWISE sigmoid_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i) + r->dy[i] * (r->y[i] * (1 - r->y[i]));
}

// ---- y = tanh(a) --------------------------------------------------------------------
ELEMENTWISE tanh_forward(const Work *r)
{
    EACH (i)
        r->y[i] = real_tanh(r->a[i]);
}

ELEMENTWISE tanh_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i) + r->dy[i] * (1 - r->y[i] * r->y[i]);
}

// ---- y = max(a, 0); the slope at 0 is 0; a NaN stays one -------------------------------
ELEMENTWISE relu_forward(const Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] <= 0 ? 0 : r->a[i];
}

ELEMENTWISE relu_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i) + (r->a[i] <= 0 ? 0 : r->dy[i]);
}

// ---- y = a ----------------------------------------------------------------------------
ELEMENTWISE identity_forward(const Work *r)
{
    EACH (i)
        r->y[i] = r->a[i];
}

ELEMENTWISE identity_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i) + r->dy[i];
}

// ---- y = a + b ------------------------------------------------------------------------
ELEMENTWISE add_forward(const Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] + r->b[i];
}

ELEMENTWISE add_backward(const Work *r)
{
    EACH (i) {
        r->da[i] = da_before(r, i) + r->dy[i];
        r->db[i] = db_before(r, i) + r->dy[i];
    }
}

// ---- y = a ⊙ b ------------------------------------------------------------------------
ELEMENTWISE mul_forward(const Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] * r->b[i];
}

ELEMENTWISE mul_backward(const Work *r)
{
    EACH (i) {
        r->da[i] = da_before(r, i) + r->dy[i] * r->b[i];
        r->db[i] = db_before(r, i) + r->dy[i] * r->a[i];
    }
}

// ---- y = 1 − a ------------------------------------------------------------------------
ELEMENTWISE one_minus_forward(const Work *r)
{
    EACH (i)
        r->y[i] = 1 - r->a[i];
}

ELEMENTWISE one_minus_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i) - r->dy[i];
}

// ---- y = [a; b] -----------------------------------------------------------------------
static void concat_forward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        memcpy(r->y + b * r->n, r->a + b * r->n_a, r->n_a * sizeof *r->y);
        memcpy(r->y + b * r->n + r->n_a, r->b + b * r->n_b, r->n_b * sizeof *r->y);
    }
}

static void concat_backward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        const Real *dy = r->dy + b * r->n;
        for (size_t j = 0, i = b * r->n_a; j < r->n_a; j++, i++)
            r->da[i] = da_before(r, i) + dy[j];
        for (size_t j = 0, i = b * r->n_b; j < r->n_b; j++, i++)
            r->db[i] = db_before(r, i) + dy[r->n_a + j];
    }
}

// ---- y = p ⊙ a, p the same for all sequences --------------------------------------------
static void scale_forward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0; j < r->n; j++)
            r->y[b * r->n + j] = r->on_a->w[j] * r->a[b * r->n + j];
}

static void scale_backward(const Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0, i = b * r->n; j < r->n; j++, i++)
            r->da[i] = da_before(r, i) + r->dy[i] * r->on_a->w[j];
}

static void scale_gather(const Work *r, Steps steps)
{
    for (size_t u = 0; u < steps.count; u++) {
        const Real *of_a = r->a + (ptrdiff_t)u * steps.apart, *of_dy = r->dy + (ptrdiff_t)u * steps.dy_apart;
        for (size_t b = 0; b < r->B; b++) {
            const Real *dy = of_dy + b * r->n, *a = of_a + b * r->n;
            for (size_t j = 0; j < r->n; j++)
                r->on_a->dw[j] += dy[j] * a[j];
        }
    }
}

// ---- y = 0 or y = 1: a gate that is held --------------------------------------------------
ELEMENTWISE zero_forward(const Work *r)
{
    EACH (i)
        r->y[i] = 0;
}

// Nothing flows through it.
ELEMENTWISE zero_backward(const Work *r)
{
    EACH (i)
        r->da[i] = da_before(r, i);
}

ELEMENTWISE one_forward(const Work *r)
{
    EACH (i)
        r->y[i] = 1;
}

ELEMENTWISE one_backward(const Work *r)
{
    zero_backward(r);
}

// ---- y = L_t of the answer a; 0 where the step is not scored ----------------------------
static void loss_forward(const Work *r)
{
    const Target *target = &r->given->target;
    for (size_t b = 0; b < r->B; b++) {
        r->y[b] = target->scored[b] ? loss_of(target, b, r->a + b * r->n_a, r->n_a) : 0;
        *r->given->scored += target->scored[b] ? 1 : 0;
    }
}

static void loss_backward(const Work *r)
{
    const Target *target = &r->given->target;
    if (r->da_is_new)
        memset(r->da, 0, r->B * r->n_a * sizeof *r->da);
    for (size_t b = 0; b < r->B; b++)
        if (target->scored[b])
            loss_gradient(target, b, r->a + b * r->n_a, r->n_a, r->dy[b], r->da + b * r->n_a);
}

// ---- chains -------------------------------------------------------------------------------
#define ELEMENTWISE_KINDS(X)                                                                                           \
    X(OP_SIGMOID, sigmoid)                                                                                             \
    X(OP_TANH, tanh)                                                                                                   \
    X(OP_RELU, relu)                                                                                                   \
    X(OP_IDENTITY, identity)                                                                                           \
    X(OP_ADD, add)                                                                                                     \
    X(OP_MUL, mul)                                                                                                     \
    X(OP_ONE_MINUS, one_minus)                                                                                         \
    X(OP_ZERO, zero)                                                                                                   \
    X(OP_ONE, one)

// Numbers that are taken at once: all slots of a cell, values and gradients, fit the fastest cache.
enum { STRIP = 256 };

// A row of a chain, from the number `first` on. It never gets a place in memory, for all that runs it is inlined.
static inline __attribute__((always_inline)) Work strip_of(const Chain *chain, int row, ptrdiff_t first)
{
    Work strip = chain->work[row];
    work_put(&strip, &chain->work[row], &chain->bound[row], chain->by, first);
    strip.B = 1;
    strip.n = chain->numbers - (size_t)first < STRIP ? chain->numbers - (size_t)first : STRIP;
    return strip;
}

#define FORWARD(KIND, name)                                                                                            \
    case KIND:                                                                                                         \
        name##_forward(&strip);                                                                                        \
        break;
#define BACKWARD(KIND, name)                                                                                           \
    case KIND:                                                                                                         \
        name##_backward(&strip);                                                                                       \
        break;

static void chain_forward(const Chain *chain)
{
    for (size_t first = 0; first < chain->numbers; first += STRIP)
        for (int row = 0; row < chain->count; row++) {
            const Work strip = strip_of(chain, row, (ptrdiff_t)first);
            switch (chain->rows[row].kind) {
                ELEMENTWISE_KINDS(FORWARD)
            default:
                break;
            }
        }
}

static void chain_backward(const Chain *chain)
{
    for (size_t first = 0; first < chain->numbers; first += STRIP)
        for (int row = chain->count - 1; row >= 0; row--) {
            const Work strip = strip_of(chain, row, (ptrdiff_t)first);
            switch (chain->rows[row].kind) {
                ELEMENTWISE_KINDS(BACKWARD)
            default:
                break;
            }
        }
}

#define IN_TABLE(KIND, name) [KIND] = {name##_forward, name##_backward, NULL},

// clang-format off
const Kernels KERNELS = {
    .set = SET,
    .panel = PANEL,
    .chain_forward = chain_forward,
    .chain_backward = chain_backward,
    .row = {
        ELEMENTWISE_KINDS(IN_TABLE)
        [OP_INPUT]     = { input_forward,     NULL,               NULL },
        [OP_DELAY]     = { delay_forward,     delay_backward,     NULL },
        [OP_AFFINE]    = { affine_forward,    affine_backward,    affine_gather },
        [OP_LINEAR]    = { linear_forward,    linear_backward,    linear_gather },
        [OP_CONCAT]    = { concat_forward,    concat_backward,    NULL },
        [OP_SCALE]     = { scale_forward,     scale_backward,     scale_gather },
        [OP_LOSS]      = { loss_forward,      loss_backward,      NULL },
    },
};
// clang-format on
