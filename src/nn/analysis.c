#include "nn/analysis.h"

#include <math.h>
#include <string.h>

#include "nn/direct_path.h"
#include "nn/jacobian.h"
#include "nn/optimizer.h"

static const double OPERATIONS_MOST = 20e9;

// Stages in their order, and what a slice of each is: a slice of the update, a few rows of a Jacobian, a pair of turns,
// a time step of a pass running back from one loss, the same running back from all.
typedef enum { STAGE_TAPE, STAGE_JACOBIANS, STAGE_PRODUCTS, STAGE_LOSSES, STAGE_SHARES, STAGE_DONE } Stage;

struct Analysis {
    Program program; // B = 1, T the sequence's length
    Params params;
    Batch batch;
    Tape tape;
    StepTape *step;
    int pass, T, n;
    Stage stage;
    long slice;                   // of the stage
    int turn, from;               // the pair that is next, counted as the pass runs: 0 is its edge
    Real *jacobian;               // (T, n, n)
    Real *product, *next;         // (n, n)
    Real *scratch;                // (2 n)
    double *norm, *direct, *loss; // (T + 2, T + 2)
    Real *gradient;               // dL/dW of the sequence
    double *slice_norm, *share;   // (passes, T)
};

// ---- making -----------------------------------------------------------------------------------
// Jacobians are n sequences of one step; products and their norms for half of all pairs; a backward pass for each loss.
double analysis_operations(const Program *program, int pass)
{
    const double T = program->dims.T, n = state_size(program, pass), weights = (double)program->weight_count;
    const double norms = 100 * 4 * n * n; // a guess of how many iterations a norm takes
    return T * n * 6 * weights + T * T / 2 * (2 * n * n * n + norms) + T * T * 6 * weights + 8 * T * weights;
}

static double *unknown(Arena *arena, size_t count)
{
    double *value = arena_new(arena, double, count);
    for (size_t i = 0; i < count; i++)
        value[i] = NAN;
    return value;
}

static void copy_sequence(Analysis *a, const Tape *tape, const Batch *batch, int b)
{
    const Dims d = a->program.dims;
    for (int t = 1; t <= d.T; t++) {
        memcpy(batch_x(&a->batch, t, 0), batch_x(batch, t, b), sizeof(Real) * (size_t)d.X);
        memcpy(batch_target(&a->batch, t, 0), batch_target(batch, t, b), sizeof(Real) * (size_t)d.Y);
        *batch_label(&a->batch, t, 0) = *batch_label(batch, t, b);
        *batch_scored(&a->batch, t, 0) = *batch_scored(batch, t, b);
    }
    for (int slot = 0; slot < a->program.slot_count; slot++) { // h_0 may be carried from the update before
        const size_t n = (size_t)a->program.slots[slot].length;
        memcpy(tape_value(&a->tape, 0, slot), tape_value(tape, 0, slot) + (size_t)b * n, n * sizeof(Real));
    }
}

static void make_network(Analysis *a, const Program *program, const Params *params, int length, Arena *arena)
{
    Net net = program->net;
    net.dims.B = 1;
    net.dims.T = length;
    a->program = program_make(&net, arena);
    for (int row = 0; row < program->row_count; row++)
        a->program.rows[row].kind = program->rows[row].kind; // a gate may be held
    a->params = params_make(&a->program, arena);
    memcpy(a->params.value, params->value, params->count * sizeof *params->value);
    a->batch = batch_make(net.dims, arena);
    a->tape = tape_make(&a->program, arena);
}

static void make_room(Analysis *a, Arena *arena)
{
    const size_t square = (size_t)a->n * (size_t)a->n, steps = (size_t)a->T + 2;
    a->jacobian = arena_new(arena, Real, (size_t)a->T * square);
    a->product = arena_new(arena, Real, square);
    a->next = arena_new(arena, Real, square);
    a->scratch = arena_new(arena, Real, 2 * (size_t)a->n);
    a->norm = unknown(arena, steps * steps);
    a->direct = unknown(arena, steps * steps);
    a->loss = unknown(arena, steps * steps);
    a->gradient = arena_new(arena, Real, a->params.count);
    a->slice_norm = unknown(arena, (size_t)a->program.pass_count * steps);
    a->share = unknown(arena, (size_t)a->program.pass_count * steps);
}

Analysis *analysis_make(const Tape *tape, const Params *params, const Batch *batch, int pass, int b, Arena *arena,
                        Err *err)
{
    const double operations = analysis_operations(tape->program, pass);
    if (operations > OPERATIONS_MOST) {
        refuse(err, "that would take %.0f GFLOP; the limit is %.0f", operations / 1e9, OPERATIONS_MOST / 1e9);
        return NULL;
    }
    Analysis *a = arena_new(arena, Analysis, 1);
    make_network(a, tape->program, params, batch->length[b], arena);
    a->T = a->program.dims.T;
    a->pass = pass;
    a->step = step_tape_make(&a->program, pass, arena);
    a->n = a->step->n;
    make_room(a, arena);
    copy_sequence(a, tape, batch, b);
    tape_begin(&a->tape, &a->params, &a->batch);
    return a;
}

static void run_slice(Analysis *a)
{
    tape_slice(&a->tape, &a->batch, a->slice);
    if (a->slice + 1 < tape_slices(&a->program))
        return;
    tape_finish_backward(&a->tape, &a->params);
    memcpy(a->gradient, a->params.grad, a->params.count * sizeof *a->gradient);
}

// ---- Jacobians and their products ---------------------------------------------------------------
static double *pair(const Analysis *a, double *of, int t, int k)
{
    return of + (size_t)t * ((size_t)a->T + 2) + (size_t)k;
}

static Real *jacobian_at(const Analysis *a, int t)
{
    return a->jacobian + (size_t)(t - 1) * (size_t)a->n * (size_t)a->n;
}

static void set_identity(Real *w, size_t n)
{
    memset(w, 0, n * n * sizeof *w);
    for (size_t i = 0; i < n; i++)
        w[i * n + i] = 1;
}

int analysis_length(const Analysis *analysis)
{
    return analysis->T;
}

int analysis_step(const Analysis *a, int turn)
{
    return a->program.passes[a->pass].reverse ? a->T + 1 - turn : turn;
}

static double *pair_of_turns(const Analysis *a, double *of, int turn, int from)
{
    return pair(a, of, analysis_step(a, turn), analysis_step(a, from));
}

static void follow_direct_path(Analysis *a, int from)
{
    bool constant;
    const int gate = direct_path_gate(&a->program, pass_memory(&a->program, a->pass), &constant);
    const size_t H = (size_t)a->program.dims.H;
    Real *path = a->scratch; // n is at least H
    for (size_t i = 0; i < H; i++)
        path[i] = 1;
    for (int turn = from; turn <= a->T && (gate != NONE || constant); turn++) {
        double largest = 0;
        for (size_t i = 0; i < H; i++) {
            path[i] *= turn > from && gate != NONE ? tape_value(&a->tape, analysis_step(a, turn), gate)[i] : 1;
            largest = fmax(largest, fabs(path[i]));
        }
        *pair_of_turns(a, a->direct, turn, from) = largest;
    }
}

static void multiply_on(Analysis *a, int turn, int from)
{
    matrix_product(a->next, jacobian_at(a, analysis_step(a, turn)), a->product, a->n);
    Real *const swapped = a->product;
    a->product = a->next;
    a->next = swapped;
    *pair_of_turns(a, a->norm, turn, from) = matrix_norm(a->product, a->n, a->n, a->scratch);
}

static void begin_at(Analysis *a, int from)
{
    set_identity(a->product, (size_t)a->n);
    *pair_of_turns(a, a->norm, from, from) = 1;
    follow_direct_path(a, from);
}

// From one turn on through all that follow, then from the next.
static void follow_pair(Analysis *a)
{
    if (a->turn == a->from)
        begin_at(a, a->from);
    else
        multiply_on(a, a->turn, a->from);
    if (++a->turn > a->T)
        a->turn = ++a->from;
}

static long slices_of(const Analysis *a, Stage stage)
{
    const long T = a->T, passes = T * a->program.pass_count;
    const long slices[] = {
        [STAGE_TAPE] = tape_slices(&a->program),
        [STAGE_JACOBIANS] = T * step_parts(a->step),
        [STAGE_PRODUCTS] = (T + 1) * (T + 2) / 2,
        [STAGE_LOSSES] = T * passes,
        [STAGE_SHARES] = passes,
        [STAGE_DONE] = 0,
    };
    return slices[stage];
}

// ---- losses, and the gradient opened by time step ---------------------------------------------------
static int turned(const Analysis *a, int pass, int turn) // the time step of a turn of the backward pass, from 0
{
    return a->program.passes[pass].reverse ? turn + 1 : a->T - turn;
}

static void seed_one_loss(Analysis *a, int t)
{
    tape_clear_gradients(&a->tape, &a->batch);
    for (int other = 1; other <= a->T; other++)
        *tape_grad(&a->tape, other, a->program.loss) = other == t ? 1 : 0;
}

static void back_from_one_loss(Analysis *a, int t, long turn)
{
    const int state = pass_state(&a->program, a->pass), pass = a->program.pass_count - 1 - (int)(turn / a->T);
    const size_t n = (size_t)a->program.slots[state].length;
    if (!*batch_scored(&a->batch, t, 0))
        return;
    if (turn == 0)
        seed_one_loss(a, t);
    tape_backward_alone(&a->tape, &a->batch, pass, turned(a, pass, (int)(turn % a->T)));
    for (int from = 0; from <= a->T && turn == slices_of(a, STAGE_SHARES) - 1; from++) {
        const int k = analysis_step(a, from);
        *pair(a, a->loss, t, k) = vector_norm(tape_grad(&a->tape, k, state), n);
    }
}

static double product_of(const Real *a, const Real *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

// One slice of the backward pass with the gradient of the weights taken by itself.
static void open_slice(Analysis *a, long slice)
{
    const int pass = a->program.pass_count - 1 - (int)(slice / a->T), t = turned(a, pass, (int)(slice % a->T));
    const size_t place = (size_t)pass * ((size_t)a->T + 2) + (size_t)t, count = a->params.count;
    if (slice == 0)
        tape_clear_gradients(&a->tape, &a->batch);
    memset(a->params.grad, 0, count * sizeof *a->params.grad);
    tape_backward_alone(&a->tape, &a->batch, pass, t);
    a->slice_norm[place] = vector_norm(a->params.grad, count);
    a->share[place] = product_of(a->params.grad, a->gradient, count) / product_of(a->gradient, a->gradient, count);
}

// ---- slices -------------------------------------------------------------------------------------
static void work_on(Analysis *a)
{
    const long passes = slices_of(a, STAGE_SHARES), parts = step_parts(a->step);
    const int t = (int)(a->slice / parts) + 1;
    switch (a->stage) {
    case STAGE_TAPE:
        run_slice(a);
        break;
    case STAGE_JACOBIANS:
        step_jacobian_part(a->step, &a->tape, &a->params, 0, t, (int)(a->slice % parts), jacobian_at(a, t));
        break;
    case STAGE_PRODUCTS:
        follow_pair(a);
        break;
    case STAGE_LOSSES:
        back_from_one_loss(a, (int)(a->slice / passes) + 1, a->slice % passes);
        break;
    default:
        open_slice(a, a->slice);
    }
}

bool analysis_work(Analysis *analysis)
{
    if (analysis->stage == STAGE_DONE)
        return false;
    work_on(analysis);
    if (++analysis->slice < slices_of(analysis, analysis->stage))
        return true;
    analysis->slice = 0;
    analysis->stage++;
    return analysis->stage != STAGE_DONE;
}

double analysis_progress(const Analysis *analysis)
{
    double done = 0, all = 0;
    for (Stage stage = STAGE_TAPE; stage < STAGE_DONE; stage++) {
        all += (double)slices_of(analysis, stage);
        done += stage < analysis->stage ? (double)slices_of(analysis, stage) : 0;
    }
    return (done + (double)analysis->slice) / all;
}

// ---- results --------------------------------------------------------------------------------------
static double of_pair(const Analysis *a, double *of, int t, int k)
{
    return t <= a->T && k <= a->T + 1 ? *pair(a, of, t, k) : NAN;
}

double analysis_norm(const Analysis *analysis, int t, int k)
{
    return of_pair(analysis, analysis->norm, t, k);
}

double analysis_direct(const Analysis *analysis, int t, int k)
{
    return of_pair(analysis, analysis->direct, t, k);
}

double analysis_loss(const Analysis *analysis, int t, int k)
{
    return of_pair(analysis, analysis->loss, t, k);
}

static double of_slice(const Analysis *a, const double *of, int pass, int t)
{
    return t <= a->T ? of[(size_t)pass * ((size_t)a->T + 2) + (size_t)t] : 0;
}

double analysis_slice_norm(const Analysis *analysis, int pass, int t)
{
    return of_slice(analysis, analysis->slice_norm, pass, t);
}

double analysis_share(const Analysis *analysis, int pass, int t)
{
    return of_slice(analysis, analysis->share, pass, t);
}

const Real *analysis_jacobian(const Analysis *analysis, int t, int *n)
{
    *n = analysis->n;
    const bool known = analysis->stage > STAGE_JACOBIANS ||
                       (analysis->stage == STAGE_JACOBIANS && analysis->slice >= (long)t * step_parts(analysis->step));
    return known ? jacobian_at(analysis, t) : NULL;
}
