#include "nn/gradcheck.h"

#include <float.h>
#include <math.h>

// Far enough for little rounding, near enough for little curvature: what two distances disagree by on a smooth curve
// stays well below KINK of the tensor's largest gradient. It grows with the distance squared.
static const double DISTANCE = FAST_BUILD ? 2e-2 : 1e-4, KINK = FAST_BUILD ? 1e-2 : 5e-7;

// Differences of the loss know slopes to its own rounding over the distance: what is a hundred times that is told to a
// hundredth, smaller slopes are compared with it.
static const double LEAST_SLOPE = 100 * (FAST_BUILD ? FLT_EPSILON : DBL_EPSILON); // of the loss, times the distance

enum { NEAR_ABOVE, NEAR_BELOW, FAR_ABOVE, FAR_BELOW, MOVES };
static const double moves[MOVES] = {1, -1, 2, -2}; // DISTANCE each

// Four times the loss for each weight; a product and a sum for each weight at each time step of each sequence.
double gradcheck_operations(const Program *program)
{
    const double weights = (double)program->weight_count;
    return MOVES * weights * 2 * weights * program->dims.T * program->dims.B;
}

GradChecking gradcheck_begin(Tape *tape, Params *params, const Batch *batch)
{
    tape_begin(tape, params, batch);
    return (GradChecking){.tape = tape, .params = params, .batch = batch, .tensor = NONE};
}

// ---- one weight ------------------------------------------------------------------------------------------
static size_t count_of(const Tensor *tensor)
{
    return (size_t)tensor->rows * (size_t)tensor->columns;
}

static const Tensor *tensor_of(const GradChecking *c)
{
    return &c->tape->program->tensors[c->tensor];
}

static double largest_gradient(const Params *params, const Tensor *tensor, double loss)
{
    double largest = LEAST_SLOPE * loss / DISTANCE;
    for (size_t i = 0; i < count_of(tensor); i++)
        if (fabs(params->grad[tensor->offset + i]) > largest)
            largest = fabs(params->grad[tensor->offset + i]);
    return largest > 0 ? largest : 1;
}

static double central_difference(const GradChecking *c, double value, int above, int below)
{
    const double up = value + moves[above] * DISTANCE, down = value + moves[below] * DISTANCE;
    return (c->loss[above] - c->loss[below]) / (up - down);
}

static void judge(GradChecking *c)
{
    const size_t weight = tensor_of(c)->offset + c->weight;
    const double value = c->params->value[weight];
    const double near = central_difference(c, value, NEAR_ABOVE, NEAR_BELOW);
    const double far = central_difference(c, value, FAR_ABOVE, FAR_BELOW);
    const double slope = (4 * near - far) / 3; // the error of order distance² cancels
    const double difference = fabs(c->params->grad[weight] - slope) / c->largest;
    if (fabs(near - far) > KINK * c->largest)
        c->found.skipped++;
    else if (!(difference <= c->found.worst))
        c->found = (GradCheck){difference, c->tensor, c->weight, c->found.skipped};
}

// ---- from slice to slice -----------------------------------------------------------------------------------
static bool next_tensor(GradChecking *c)
{
    if (++c->tensor == c->tape->program->tensor_count)
        return false;
    c->largest = largest_gradient(c->params, tensor_of(c), c->own_loss);
    c->weight = 0;
    return true;
}

static bool next_weight(GradChecking *c)
{
    c->move = 0;
    return ++c->weight < count_of(tensor_of(c)) || next_tensor(c);
}

// A slice of the loss with one weight moved; the weight is itself again behind the last.
static bool work_on_loss(GradChecking *c)
{
    Real *weight = &c->params->value[tensor_of(c)->offset + c->weight];
    const Real kept = *weight;
    *weight = (Real)(kept + moves[c->move] * DISTANCE);
    if (c->slice == 0)
        tape_begin_forward(c->tape, c->params);
    tape_slice(c->tape, c->batch, c->slice++);
    *weight = kept;
    if (c->slice < tape_slices(c->tape->program) / 2)
        return true;
    c->slice = 0;
    c->loss[c->move++] = c->tape->loss;
    if (c->move < MOVES)
        return true;
    judge(c);
    return next_weight(c);
}

bool gradcheck_work(GradChecking *checking)
{
    if (checking->tensor != NONE)
        return work_on_loss(checking);
    tape_slice(checking->tape, checking->batch, checking->slice++);
    if (checking->slice < tape_slices(checking->tape->program))
        return true;
    tape_finish_backward(checking->tape, checking->params);
    checking->own_loss = checking->tape->loss;
    checking->slice = 0;
    return next_tensor(checking);
}

double gradcheck_progress(const GradChecking *checking)
{
    const Program *p = checking->tape->program;
    if (checking->tensor == NONE || checking->tensor == p->tensor_count)
        return checking->tensor == NONE ? 0 : 1;
    const double done = (double)(tensor_of(checking)->offset + checking->weight);
    return (done + (double)checking->move / MOVES) / (double)p->weight_count;
}

GradCheck gradcheck(Tape *tape, Params *params, const Batch *batch)
{
    GradChecking checking = gradcheck_begin(tape, params, batch);
    while (gradcheck_work(&checking))
        ;
    return checking.found;
}
