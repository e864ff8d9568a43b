#include "nn/shares.h"

#include <stdatomic.h>
#include <string.h>
#include <threads.h>

enum { SHARES_MOST = 4 };

typedef struct {
    Program program; // of its sequences only
    Tape tape;
    Params params; // the values are everybody's
    Real *grad;    // its own; NULL where it is the only share and fills everybody's
    Batch batch;   // a view of the whole batch
    int first;     // its first sequence
} Share;

struct Shares {
    Share share[SHARES_MOST];
    int count;

    thrd_t thread[SHARES_MOST];
    int threads; // besides the caller's
    mtx_t lock;  // of what follows
    cnd_t begin; // there are shares to take, or it is over
    cnd_t end;   // all are done
    int taken;
    atomic_int done;  // of this update's shares
    atomic_int begun; // updates
    bool over;
};

// Small updates are over before a second thread has begun, and shares of few sequences multiply less efficiently.
static int count_for(Dims d)
{
    if (d.B * d.H < 1024 || d.B < 8)
        return 1;
    return d.B < 128 ? 2 : SHARES_MOST;
}

// ---- the threads -------------------------------------------------------------------------------------
// Waits a moment, some tens of microseconds, for a number to change: waking a thread that sleeps takes as long as a
// small update.
static void wait_awake(atomic_int *number, int now)
{
    for (int i = 0; i < 50000 && atomic_load_explicit(number, memory_order_relaxed) == now; i++)
        ;
}

// Takes shares while there are any. The lock is held before and after.
static void take_shares(Shares *s)
{
    while (s->taken < s->count) {
        Share *share = &s->share[s->taken++];
        mtx_unlock(&s->lock);
        tape_run(&share->tape, &share->params, &share->batch);
        mtx_lock(&s->lock);
        if (++s->done == s->count)
            cnd_signal(&s->end);
    }
}

static int live(void *shares)
{
    Shares *s = shares;
    mtx_lock(&s->lock);
    while (!s->over) {
        take_shares(s);
        const int begun = s->begun;
        mtx_unlock(&s->lock);
        wait_awake(&s->begun, begun);
        mtx_lock(&s->lock);
        if (s->begun == begun && !s->over)
            cnd_wait(&s->begin, &s->lock);
    }
    mtx_unlock(&s->lock);
    return 0;
}

static void run_all(Shares *s)
{
    mtx_lock(&s->lock);
    s->taken = 0;
    s->done = 0;
    s->begun++;
    if (s->threads > 0)
        cnd_broadcast(&s->begin);
    take_shares(s);
    const int done = s->done;
    mtx_unlock(&s->lock);
    if (done < s->count)
        wait_awake(&s->done, done);
    mtx_lock(&s->lock);
    while (s->done < s->count)
        cnd_wait(&s->end, &s->lock);
    mtx_unlock(&s->lock);
}

// A machine that has no thread left computes with those there are.
static void start_threads(Shares *s, int threads)
{
    while (s->threads + 1 < threads && s->threads + 1 < s->count &&
           thrd_create(&s->thread[s->threads], live, s) == thrd_success)
        s->threads++;
}

// ---- the shares ----------------------------------------------------------------------------------------
static void share_make(Share *share, const Program *program, int first, int behind, Arena *arena)
{
    Net net = program->net;
    net.dims.B = behind - first;
    share->first = first;
    share->program = program_make(&net, arena);
    share->params.count = program->weight_count;
    share->grad = net.dims.B < program->dims.B ? arena_new(arena, Real, program->weight_count + PRODUCT_SPARE) : NULL;
    share->tape = tape_make_lean(&share->program, arena);
}

Shares *shares_make(const Program *program, int threads, Arena *arena)
{
    Shares *s = arena_new(arena, Shares, 1);
    const int B = program->dims.B;
    s->count = count_for(program->dims);
    s->taken = s->count;
    for (int i = 0; i < s->count; i++)
        share_make(&s->share[i], program, B * i / s->count, B * (i + 1) / s->count, arena);
    mtx_init(&s->lock, mtx_plain);
    cnd_init(&s->begin);
    cnd_init(&s->end);
    start_threads(s, threads);
    return s;
}

void shares_free(Shares *shares)
{
    mtx_lock(&shares->lock);
    shares->over = true;
    shares->begun++;
    cnd_broadcast(&shares->begin);
    mtx_unlock(&shares->lock);
    for (int i = 0; i < shares->threads; i++)
        thrd_join(shares->thread[i], NULL);
    cnd_destroy(&shares->end);
    cnd_destroy(&shares->begin);
    mtx_destroy(&shares->lock);
}

int shares_count(const Shares *shares)
{
    return shares->count;
}

Tape *shares_tape(Shares *shares, int share)
{
    return &shares->share[share].tape;
}

// ---- an update -----------------------------------------------------------------------------------------
// The share's part of every time step: what is counted by the whole batch is only begun further on.
static void view(Share *share, const Params *params, const Batch *batch)
{
    share->params.value = params->value;
    share->params.grad = share->grad ? share->grad : params->grad;
    share->batch = (Batch){
        .dims = batch->dims,
        .x = batch_x(batch, 1, share->first),
        .target = batch_target(batch, 1, share->first),
        .label = batch_label(batch, 1, share->first),
        .scored = batch_scored(batch, 1, share->first),
        .length = batch->length + share->first,
    };
}

// Each share's gradients are means over its own sequences.
static void add_share(Params *params, const Share *share, double part)
{
    const Real weight = (Real)part;
    Real *restrict sum = params->grad;
    const Real *restrict grad = share->params.grad;
    for (size_t i = 0; i < params->count; i++)
        sum[i] += weight * grad[i];
}

double shares_run(Shares *shares, Params *params, const Batch *batch)
{
    double loss = 0;
    for (int i = 0; i < shares->count; i++)
        view(&shares->share[i], params, batch);
    run_all(shares);
    if (shares->count == 1)
        return shares->share[0].tape.loss;
    memset(params->grad, 0, params->count * sizeof *params->grad);
    for (int i = 0; i < shares->count; i++) {
        const Share *share = &shares->share[i];
        const double part = (double)share->program.dims.B / batch->dims.B;
        add_share(params, share, part);
        loss += part * share->tape.loss;
    }
    return loss;
}
