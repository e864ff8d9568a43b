// The losses' arithmetic, compiled with the rows': see op_code.h.
#ifndef NN_LOSS_CODE_H
#define NN_LOSS_CODE_H

#include <assert.h>

#include "nn/loss.h"

// ---- mean over outputs of the squared error -----------------------------------
static Real squared_error(const Real *y, const Real *answer, size_t Y)
{
    Real sum = 0;
    for (size_t k = 0; k < Y; k++)
        sum += (answer[k] - y[k]) * (answer[k] - y[k]);
    return sum / (Real)Y;
}

static void squared_error_gradient(const Real *y, const Real *answer, size_t Y, Real scale, Real *d_answer)
{
    for (size_t k = 0; k < Y; k++)
        d_answer[k] += scale * (2 * (answer[k] - y[k]) / (Real)Y);
}

// ---- −log softmax, the largest answer taken off first so that nothing overflows -
static Real largest_of(const Real *v, size_t n)
{
    Real largest = v[0];
    for (size_t k = 1; k < n; k++)
        if (v[k] > largest)
            largest = v[k];
    return largest;
}

static Real sum_of_exp(const Real *answer, size_t Y, Real largest)
{
    Real sum = 0;
    for (size_t k = 0; k < Y; k++)
        sum += real_exp(answer[k] - largest);
    return sum;
}

static Real cross_entropy(int label, const Real *answer, size_t Y)
{
    assert(label >= 0 && (size_t)label < Y);
    const Real largest = largest_of(answer, Y);
    return real_log(sum_of_exp(answer, Y, largest)) - (answer[label] - largest);
}

static void cross_entropy_gradient(int label, const Real *answer, size_t Y, Real scale, Real *d_answer)
{
    const Real largest = largest_of(answer, Y);
    const Real sum = sum_of_exp(answer, Y, largest);
    for (size_t k = 0; k < Y; k++)
        d_answer[k] += scale * (real_exp(answer[k] - largest) / sum - ((size_t)label == k ? 1 : 0));
}

// ---- either ---------------------------------------------------------------------
static Real loss_of(const Target *target, size_t b, const Real *answer, size_t Y)
{
    return target->kind == LOSS_MSE ? squared_error(target->value + b * Y, answer, Y)
                                    : cross_entropy(target->label[b], answer, Y);
}

static void loss_gradient(const Target *target, size_t b, const Real *answer, size_t Y, Real scale, Real *d_answer)
{
    if (target->kind == LOSS_MSE)
        squared_error_gradient(target->value + b * Y, answer, Y, scale, d_answer);
    else
        cross_entropy_gradient(target->label[b], answer, Y, scale, d_answer);
}

#endif
