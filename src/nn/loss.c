#include "nn/loss.h"

#include <assert.h>

#include "base/math.h"

// ---- mean over outputs of the squared error -----------------------------------
static double squared_error(const double *y, const double *answer, size_t Y)
{
    double sum = 0;
    for (size_t k = 0; k < Y; k++)
        sum += (answer[k] - y[k]) * (answer[k] - y[k]);
    return sum / (double)Y;
}

static void squared_error_gradient(const double *y, const double *answer, size_t Y, double scale, double *d_answer)
{
    for (size_t k = 0; k < Y; k++)
        d_answer[k] += scale * (2 * (answer[k] - y[k]) / (double)Y);
}

// ---- −log softmax, the largest answer taken off first so that nothing overflows -
static double largest_of(const double *v, size_t n)
{
    double largest = v[0];
    for (size_t k = 1; k < n; k++)
        if (v[k] > largest)
            largest = v[k];
    return largest;
}

static double sum_of_exp(const double *answer, size_t Y, double largest)
{
    double sum = 0;
    for (size_t k = 0; k < Y; k++)
        sum += math_exp(answer[k] - largest);
    return sum;
}

static double cross_entropy(int label, const double *answer, size_t Y)
{
    assert(label >= 0 && (size_t)label < Y);
    const double largest = largest_of(answer, Y);
    return math_log(sum_of_exp(answer, Y, largest)) - (answer[label] - largest);
}

static void cross_entropy_gradient(int label, const double *answer, size_t Y, double scale, double *d_answer)
{
    const double largest = largest_of(answer, Y);
    const double sum = sum_of_exp(answer, Y, largest);
    for (size_t k = 0; k < Y; k++)
        d_answer[k] += scale * (math_exp(answer[k] - largest) / sum - ((size_t)label == k ? 1 : 0));
}

// ---- either ---------------------------------------------------------------------
double loss_of(const Target *target, size_t b, const double *answer, size_t Y)
{
    return target->kind == LOSS_MSE ? squared_error(target->value + b * Y, answer, Y)
                                    : cross_entropy(target->label[b], answer, Y);
}

void loss_gradient(const Target *target, size_t b, const double *answer, size_t Y, double scale, double *d_answer)
{
    if (target->kind == LOSS_MSE)
        squared_error_gradient(target->value + b * Y, answer, Y, scale, d_answer);
    else
        cross_entropy_gradient(target->label[b], answer, Y, scale, d_answer);
}
