#include "nn/op.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "nn/kernels.h"

// All numbers of y, all sequences together.
#define EACH(i) for (size_t i = 0, all_ = r->B * r->n; i < all_; i++)

// ---- y = the input of this time step ------------------------------------------
static void input_forward(Work *r)
{
    memcpy(r->y, r->x, r->B * r->n * sizeof *r->y);
}

// ---- y = a at the time step before ---------------------------------------------
// A sequence that ends before T starts its reverse pass at its own end, and padding starts from there as well.
static bool outside(const Work *r, size_t b)
{
    return r->edge.last > r->edge.length[b];
}

static void delay_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        memcpy(r->y + b * r->n, (outside(r, b) ? r->edge.value : r->a) + b * r->n, r->n * sizeof *r->y);
}

// Numbers so small that they would soon be subnormal are slow and say nothing: they end here.
static void delay_backward(Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        double *da = outside(r, b) ? r->edge.grad : r->da;
        for (size_t i = b * r->n; i < (b + 1) * r->n; i++)
            da[i] += fabs(r->dy[i]) < 1e-250 ? 0 : r->dy[i];
    }
}

// ---- y += W a, and what both weighted kinds have in common -----------------------
static void product_forward(double *y, const double *a, size_t n_a, const Weights *weights, const Work *r)
{
    const Rows rows = {weights->transposed, weights->stride};
    for (size_t b = 0; b < r->B; b++)
        add_rows(y + b * r->n, r->n, rows, (Rows){a + b * n_a, 1}, n_a);
}

static void product_backward(double *da, const double *a, size_t n_a, const Weights *weights, const Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        add_rows(da + b * n_a, n_a, (Rows){weights->w, n_a}, (Rows){r->dy + b * r->n, 1}, r->n);
    for (size_t j = 0; j < r->n; j++)
        add_rows(weights->dw + j * n_a, n_a, (Rows){a, n_a}, (Rows){r->dy + j, r->n}, r->B);
    if (weights->dbias)
        for (size_t b = 0; b < r->B; b++)
            for (size_t j = 0; j < r->n; j++)
                weights->dbias[j] += r->dy[b * r->n + j];
}

// ---- y = W a + b_ih + U b + b_hh; each sum starts at its bias --------------------
static void affine_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0; j < r->n; j++)
            r->y[b * r->n + j] = r->on_a.bias ? r->on_a.bias[j] + r->on_b.bias[j] : 0;
    product_forward(r->y, r->a, r->n_a, &r->on_a, r);
    product_forward(r->y, r->b, r->n_b, &r->on_b, r);
}

static void affine_backward(Work *r)
{
    product_backward(r->da, r->a, r->n_a, &r->on_a, r);
    product_backward(r->db, r->b, r->n_b, &r->on_b, r);
}

// ---- y = M a + bias ---------------------------------------------------------------
static void linear_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0; j < r->n; j++)
            r->y[b * r->n + j] = r->on_a.bias ? r->on_a.bias[j] : 0;
    product_forward(r->y, r->a, r->n_a, &r->on_a, r);
}

static void linear_backward(Work *r)
{
    product_backward(r->da, r->a, r->n_a, &r->on_a, r);
}

// ---- y = σ(a) -----------------------------------------------------------------------
static void sigmoid_forward(Work *r)
{
    EACH (i)
        r->y[i] = math_sigmoid(r->a[i]);
}

static void sigmoid_backward(Work *r)
{
    EACH (i)
        r->da[i] += r->dy[i] * (r->y[i] * (1 - r->y[i]));
}

// ---- y = tanh(a) --------------------------------------------------------------------
static void tanh_forward(Work *r)
{
    EACH (i)
        r->y[i] = math_tanh(r->a[i]);
}

static void tanh_backward(Work *r)
{
    EACH (i)
        r->da[i] += r->dy[i] * (1 - r->y[i] * r->y[i]);
}

// ---- y = max(a, 0); the slope at 0 is 0; a NaN stays one -------------------------------
static void relu_forward(Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] <= 0 ? 0 : r->a[i];
}

static void relu_backward(Work *r)
{
    EACH (i)
        r->da[i] += r->a[i] <= 0 ? 0 : r->dy[i];
}

// ---- y = a ----------------------------------------------------------------------------
static void identity_forward(Work *r)
{
    EACH (i)
        r->y[i] = r->a[i];
}

static void identity_backward(Work *r)
{
    EACH (i)
        r->da[i] += r->dy[i];
}

// ---- y = a + b ------------------------------------------------------------------------
static void add_forward(Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] + r->b[i];
}

static void add_backward(Work *r)
{
    EACH (i) {
        r->da[i] += r->dy[i];
        r->db[i] += r->dy[i];
    }
}

// ---- y = a ⊙ b ------------------------------------------------------------------------
static void mul_forward(Work *r)
{
    EACH (i)
        r->y[i] = r->a[i] * r->b[i];
}

static void mul_backward(Work *r)
{
    EACH (i) {
        r->da[i] += r->dy[i] * r->b[i];
        r->db[i] += r->dy[i] * r->a[i];
    }
}

// ---- y = 1 − a ------------------------------------------------------------------------
static void one_minus_forward(Work *r)
{
    EACH (i)
        r->y[i] = 1 - r->a[i];
}

static void one_minus_backward(Work *r)
{
    EACH (i)
        r->da[i] -= r->dy[i];
}

// ---- y = [a; b] -----------------------------------------------------------------------
static void concat_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        memcpy(r->y + b * r->n, r->a + b * r->n_a, r->n_a * sizeof *r->y);
        memcpy(r->y + b * r->n + r->n_a, r->b + b * r->n_b, r->n_b * sizeof *r->y);
    }
}

static void concat_backward(Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        const double *dy = r->dy + b * r->n;
        for (size_t j = 0; j < r->n_a; j++)
            r->da[b * r->n_a + j] += dy[j];
        for (size_t j = 0; j < r->n_b; j++)
            r->db[b * r->n_b + j] += dy[r->n_a + j];
    }
}

// ---- y = p ⊙ a, p the same for all sequences --------------------------------------------
static void scale_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0; j < r->n; j++)
            r->y[b * r->n + j] = r->on_a.w[j] * r->a[b * r->n + j];
}

static void scale_backward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        for (size_t j = 0; j < r->n; j++) {
            const size_t i = b * r->n + j;
            r->da[i] += r->dy[i] * r->on_a.w[j];
            r->on_a.dw[j] += r->dy[i] * r->a[i];
        }
}

// ---- y = 0 or y = 1: a gate that is held --------------------------------------------------
static void zero_forward(Work *r)
{
    EACH (i)
        r->y[i] = 0;
}

static void one_forward(Work *r)
{
    EACH (i)
        r->y[i] = 1;
}

// ---- y = L_t of the answer a; 0 where the step is not scored ----------------------------
static void loss_forward(Work *r)
{
    for (size_t b = 0; b < r->B; b++) {
        r->y[b] = r->target.scored[b] ? loss_of(&r->target, b, r->a + b * r->n_a, r->n_a) : 0;
        *r->scored += r->target.scored[b] ? 1 : 0;
    }
}

static void loss_backward(Work *r)
{
    for (size_t b = 0; b < r->B; b++)
        if (r->target.scored[b])
            loss_gradient(&r->target, b, r->a + b * r->n_a, r->n_a, r->dy[b], r->da + b * r->n_a);
}

// clang-format off
const OpType op_types[OP_KINDS] = {
    //                  name         sign    operands weighted vector delays
    [OP_INPUT]      = { "input",      "",     0,       0,       false, false, input_forward,     NULL },
    [OP_DELAY]      = { "delay",      "",     1,       0,       false, true,  delay_forward,     delay_backward },
    [OP_AFFINE]     = { "affine",     "+",    2,       2,       false, false, affine_forward,    affine_backward },
    [OP_LINEAR]     = { "linear",     "",     1,       1,       false, false, linear_forward,    linear_backward },
    [OP_SIGMOID]    = { "sigmoid",    "σ",    1,       0,       false, false, sigmoid_forward,   sigmoid_backward },
    [OP_TANH]       = { "tanh",       "tanh", 1,       0,       false, false, tanh_forward,      tanh_backward },
    [OP_RELU]       = { "relu",       "relu", 1,       0,       false, false, relu_forward,      relu_backward },
    [OP_IDENTITY]   = { "identity",   "",     1,       0,       false, false, identity_forward,  identity_backward },
    [OP_ADD]        = { "add",        "+",    2,       0,       false, false, add_forward,       add_backward },
    [OP_MUL]        = { "mul",        "⊙",    2,       0,       false, false, mul_forward,       mul_backward },
    [OP_ONE_MINUS]  = { "one_minus",  "1 −",  1,       0,       false, false, one_minus_forward, one_minus_backward },
    [OP_CONCAT]     = { "concat",     ";",    2,       0,       false, false, concat_forward,    concat_backward },
    [OP_SCALE]      = { "scale",      "⊙",    1,       1,       true,  false, scale_forward,     scale_backward },
    [OP_ZERO]       = { "zero",       "0",    1,       0,       false, false, zero_forward,      NULL },
    [OP_ONE]        = { "one",        "1",    1,       0,       false, false, one_forward,       NULL },
    [OP_LOSS]       = { "loss",       "L",    1,       0,       false, false, loss_forward,      loss_backward },
    [OP_ACTIVATION] = { "activation", "φ",    1,       0,       false, false, NULL,              NULL },
};
// clang-format on
