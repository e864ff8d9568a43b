#include "nn/tape.h"

#include <string.h>

#include "nn/tape_rows.h"

static void lay_out(Tape *tape, bool lean)
{
    tape->layout = &tape->layouts[lean];
    tape->value = tape->memory + tape->layout->begin[KEPT_VALUE];
    tape->grad = tape->memory + tape->layout->begin[KEPT_GRAD];
    tape->column = tape->layout->column[KEPT_VALUE];
}

Tape tape_make(const Program *program, Arena *arena)
{
    Layout *layouts = arena_new(arena, Layout, 2);
    Tape tape = {
        .program = program,
        .layouts = layouts,
        .kernels = kernels_here()[0],
        .plan = plan_make(program, arena),
    };
    layouts[false] = layout_make(program, &tape.plan, false, arena);
    layouts[true] = layout_make(program, &tape.plan, true, arena);
    tape.memory =
        arena_new(arena, Real, layouts[false].size > layouts[true].size ? layouts[false].size : layouts[true].size);
    lay_out(&tape, false);
    tape_make_rows(&tape, arena);
    return tape;
}

// Edges, and what is not written by any row, are 0 as on a new tape.
void tape_lean(Tape *tape, bool lean)
{
    if (tape->layout->lean == lean)
        return;
    lay_out(tape, lean);
    memset(tape->memory, 0, tape->layout->size * sizeof *tape->memory);
}

static Real *place_of(const Tape *tape, Spot spot, int t, int slot)
{
    const int pass = tape->program->rows[tape->program->slots[slot].producer].pass;
    return tape->memory + tape->layout->begin[spot.keeping] +
           layout_step(tape->layout, tape->program, spot.keeping, pass, t) + spot.at;
}

Real *tape_value(const Tape *tape, int t, int slot)
{
    return place_of(tape, tape->layout->value[slot], t, slot);
}

Real *tape_grad(const Tape *tape, int t, int slot)
{
    return place_of(tape, tape->layout->grad[slot], t, slot);
}

// ---- slices ---------------------------------------------------------------------------
Given tape_given(const Tape *tape, const Batch *batch, int pass, int t, int *scored)
{
    return (Given){
        .x = batch_x(batch, t, 0),
        .length = batch->length,
        .last = tape->program->passes[pass].reverse ? t + 1 : t,
        .target =
            {
                .kind = tape->program->net.loss,
                .value = batch_target(batch, t, 0),
                .label = batch_label(batch, t, 0),
                .scored = batch_scored(batch, t, 0),
            },
        .scored = scored,
    };
}

static Given given_at(Tape *tape, const Batch *batch, int pass, int t)
{
    return tape_given(tape, batch, pass, t, &tape->scored);
}

void tape_begin_forward(Tape *tape, const Params *params)
{
    tape->loss = 0;
    tape->scored = 0;
    tape_bind_rows(tape, params);
}

// A sequence's own loss is the sum of its scored L_t: the derivative with respect to each is 1.
static void seed_backward(Tape *tape, const Batch *batch, int t)
{
    Real *grad = tape_grad(tape, t, tape->program->loss);
    for (int b = 0; b < tape->program->dims.B; b++)
        grad[b] = *batch_scored(batch, t, b) ? 1 : 0;
}

static void clear_gradients(Tape *tape, const Batch *batch, int t)
{
    const size_t column = tape->layout->column[KEPT_GRAD];
    memset(tape->grad + (size_t)t * column, 0, column * sizeof *tape->grad);
    if (t >= 1 && t <= tape->program->dims.T)
        seed_backward(tape, batch, t);
}

static void clear_slot(Tape *tape, int slot, int t)
{
    const size_t count = (size_t)tape->program->dims.B * (size_t)tape->program->slots[slot].length;
    memset(tape_grad(tape, t, slot), 0, count * sizeof *tape->grad);
}

// Nothing is carried to the time step that a pass begins with, nor to the edges before it does. All other gradients are
// first written by the row that is the first to add to them.
static void begin_backward(Tape *tape, int pass, int t)
{
    const Program *p = tape->program;
    const Pass *of = &p->passes[pass];
    const int T = p->dims.T, begin = of->reverse ? 1 : T;
    for (int row = of->first_row; t == begin && row < of->first_row + of->row_count; row++) {
        if (!op_types[p->rows[row].kind].delays)
            continue;
        clear_slot(tape, p->rows[row].a, 0);
        clear_slot(tape, p->rows[row].a, T + 1);
        if (tape->plan.first[row].a)
            clear_slot(tape, p->rows[row].a, begin);
    }
}

void tape_begin(Tape *tape, Params *params, const Batch *batch)
{
    tape->begun++;
    tape_begin_forward(tape, params);
    for (int t = 1; t <= tape->program->dims.T; t++)
        seed_backward(tape, batch, t);
    memset(params->grad, 0, params->count * sizeof *params->grad);
}

void tape_forward(Tape *tape, const Batch *batch, int pass, int t)
{
    const Given given = given_at(tape, batch, pass, t);
    const Moment moment = tape_moment(tape, pass, t, &given);
    for (int g = tape->plan.start[pass]; g < tape->plan.start[pass + 1]; g++)
        tape_group_forward(tape, g, &moment);
}

// How many time steps are to be gathered after the one of t: none until a chunk is complete.
static int steps_to_gather(const Tape *tape, int pass, int t)
{
    const Program *p = tape->program;
    const int done = p->passes[pass].reverse ? t : p->dims.T + 1 - t;
    const int since = (done - 1) % tape->layout->chunk + 1;
    return since == tape->layout->chunk || done == p->dims.T ? since : 0;
}

static void backward(Tape *tape, const Batch *batch, int pass, int t, int steps)
{
    const Given given = given_at(tape, batch, pass, t);
    const Moment moment = tape_moment(tape, pass, t, &given);
    for (int g = tape->plan.start[pass + 1] - 1; g >= tape->plan.start[pass]; g--)
        tape_group_backward(tape, g, &moment);
    for (int g = tape->plan.start[pass]; steps > 0 && g < tape->plan.start[pass + 1]; g++)
        tape_group_gather(tape, g, t, steps);
}

void tape_backward(Tape *tape, const Batch *batch, int pass, int t)
{
    begin_backward(tape, pass, t);
    backward(tape, batch, pass, t, steps_to_gather(tape, pass, t));
}

void tape_clear_gradients(Tape *tape, const Batch *batch)
{
    for (int t = 0; t <= tape->program->dims.T + 1; t++)
        clear_gradients(tape, batch, t);
}

void tape_backward_alone(Tape *tape, const Batch *batch, int pass, int t)
{
    tape_bind_groups(tape, false);
    backward(tape, batch, pass, t, 1);
    tape_bind_groups(tape, true);
}

void tape_finish_forward(Tape *tape)
{
    const Dims d = tape->program->dims;
    double sum = 0;
    for (int t = 1; t <= d.T; t++) {
        const Real *loss = tape_value(tape, t, tape->program->loss);
        for (int b = 0; b < d.B; b++)
            sum += loss[b];
    }
    tape->loss = sum / d.B;
}

void tape_finish_backward(Tape *tape, Params *params)
{
    const Real share = (Real)1 / (Real)tape->program->dims.B;
    for (size_t i = 0; i < params->count; i++)
        params->grad[i] *= share;
}

static int last_row(const Pass *pass)
{
    return pass->first_row + pass->row_count - 1;
}

void tape_run_op(Tape *tape, const Batch *batch, long n)
{
    const Place place = program_place(tape->program, n);
    const Given given = given_at(tape, batch, place.pass, place.t);
    const Moment moment = tape_moment(tape, place.pass, place.t, &given);
    if (place.phase == PHASE_FORWARD)
        tape_row_forward(tape, place.row, &moment);
    if (place.phase == PHASE_BACKWARD) {
        if (place.row == last_row(&tape->program->passes[place.pass]))
            begin_backward(tape, place.pass, place.t);
        tape_row_backward(tape, place.row, &moment);
        tape_row_gather(tape, place.row, &moment);
    }
}

// ---- slices, and all in one go -------------------------------------------------------
long tape_slices(const Program *program)
{
    return 2L * program->pass_count * program->dims.T;
}

// Those of the backward pass mirror those of the forward pass.
void tape_slice(Tape *tape, const Batch *batch, long n)
{
    const Program *p = tape->program;
    const long T = p->dims.T, half = tape_slices(p) / 2, m = n < half ? n : 2 * half - 1 - n;
    const int pass = (int)(m / T), turn = (int)(m % T), t = p->passes[pass].reverse ? (int)T - turn : turn + 1;
    if (n < half)
        tape_forward(tape, batch, pass, t);
    else
        tape_backward(tape, batch, pass, t);
    if (n == half - 1)
        tape_finish_forward(tape);
}

void tape_run(Tape *tape, Params *params, const Batch *batch)
{
    tape_begin(tape, params, batch);
    for (long n = 0; n < tape_slices(tape->program); n++)
        tape_slice(tape, batch, n);
    tape_finish_backward(tape, params);
}

void tape_run_forward(Tape *tape, const Params *params, const Batch *batch)
{
    tape_begin_forward(tape, params);
    for (long n = 0; n < tape_slices(tape->program) / 2; n++)
        tape_slice(tape, batch, n);
}
