#include "nn/gradcheck.h"

#include <float.h>
#include <math.h>

// Far enough for little rounding, near enough for little curvature: what two distances disagree by on a smooth curve
// stays well below KINK of the tensor's largest gradient. It grows with the distance squared.
static const double DISTANCE = FAST_BUILD ? 2e-2 : 1e-4, KINK = FAST_BUILD ? 1e-2 : 5e-7;

// Differences of the loss know slopes to its own rounding over the distance: what is a hundred times that is told to a
// hundredth, smaller slopes are compared with it.
static const double LEAST_SLOPE = 100 * (FAST_BUILD ? FLT_EPSILON : DBL_EPSILON); // of the loss, times the distance

static double loss_with(Tape *tape, Params *params, const Batch *batch, size_t weight, double value)
{
    const Real kept = params->value[weight];
    params->value[weight] = (Real)value;
    tape_run_forward(tape, params, batch);
    params->value[weight] = kept;
    return tape->loss;
}

static double central_difference(Tape *tape, Params *params, const Batch *batch, size_t weight, double distance)
{
    const double value = params->value[weight];
    const double above = loss_with(tape, params, batch, weight, value + distance);
    const double below = loss_with(tape, params, batch, weight, value - distance);
    return (above - below) / ((value + distance) - (value - distance));
}

static double largest_gradient(const Params *params, const Tensor *tensor, double loss)
{
    const size_t count = (size_t)tensor->rows * (size_t)tensor->columns;
    double largest = LEAST_SLOPE * loss / DISTANCE;
    for (size_t i = 0; i < count; i++)
        if (fabs(params->grad[tensor->offset + i]) > largest)
            largest = fabs(params->grad[tensor->offset + i]);
    return largest > 0 ? largest : 1;
}

// |BPTT − difference| relative to `largest`; negative where a kink lies within reach.
static double difference_from(Tape *tape, Params *params, const Batch *batch, size_t weight, double largest)
{
    const double near = central_difference(tape, params, batch, weight, DISTANCE);
    const double far = central_difference(tape, params, batch, weight, 2 * DISTANCE);
    if (fabs(near - far) > KINK * largest)
        return -1;
    const double slope = (4 * near - far) / 3; // the error of order distance² cancels
    return fabs(params->grad[weight] - slope) / largest;
}

GradCheck gradcheck(Tape *tape, Params *params, const Batch *batch)
{
    const Program *program = tape->program;
    GradCheck found = {0};
    tape_run(tape, params, batch);
    const double loss = tape->loss;
    for (int tensor = 0; tensor < program->tensor_count; tensor++) {
        const Tensor *w = &program->tensors[tensor];
        const double largest = largest_gradient(params, w, loss);
        for (size_t i = 0; i < (size_t)w->rows * (size_t)w->columns; i++) {
            const double difference = difference_from(tape, params, batch, w->offset + i, largest);
            if (difference < 0)
                found.skipped++;
            else if (!(difference <= found.worst))
                found = (GradCheck){difference, tensor, i, found.skipped};
        }
    }
    return found;
}
