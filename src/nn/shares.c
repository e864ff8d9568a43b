#include "nn/shares.h"

#include <stdatomic.h>
#include <string.h>
#include <threads.h>

struct Shares {
    Share share[SHARES_MOST];
    int count;

    thrd_t thread[SHARES_MOST];
    int threads; // besides the caller's
    mtx_t lock;  // of what follows
    cnd_t begin; // there are shares to take, or it is over
    cnd_t end;   // all are done
    long slices; // to compute of each
    int taken;
    atomic_int done;  // of the shares
    atomic_int begun; // how often there were shares to take
    bool over;
};

// Small updates are over before a second thread has begun, and shares of few sequences multiply less efficiently.
int shares_count(Dims d)
{
    if (!FAST_BUILD || d.B * d.H < 1024 || d.B < 8)
        return 1;
    return d.B < 128 ? 2 : SHARES_MOST;
}

static void compute_slices(Share *share, long slices)
{
    const long all = tape_slices(&share->program);
    if (share->slice == 0)
        tape_begin(&share->tape, &share->params, &share->batch);
    while (slices-- > 0 && share->slice < all) {
        tape_slice(&share->tape, &share->batch, share->slice++);
        if (share->slice == all)
            tape_finish_backward(&share->tape, &share->params);
    }
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
        compute_slices(share, s->slices);
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

// Once the lock is given back all shares are done.
static void share_out(Shares *s, long slices)
{
    mtx_lock(&s->lock);
    s->slices = slices;
    s->taken = 0;
    s->done = 0;
    s->begun++;
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
static void share_make(Shares *s, Share *share, const Program *program, int first, int behind, Arena *arena)
{
    share->first = first;
    share->program = *program;
    share->program.dims.B = share->program.net.dims.B = behind - first;
    share->params.count = program->weight_count;
    if (s->count > 1)
        share->params.grad = arena_new(arena, Real, program->weight_count + PRODUCT_SPARE);
    share->tape = tape_make(&share->program, arena);
}

Shares *shares_make(const Program *program, int threads, Arena *arena)
{
    Shares *s = arena_new(arena, Shares, 1);
    const int B = program->dims.B;
    s->count = shares_count(program->dims);
    s->taken = s->count;
    for (int i = 0; i < s->count; i++)
        share_make(s, &s->share[i], program, B * i / s->count, B * (i + 1) / s->count, arena);
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

Share *shares_of(Shares *shares, int b)
{
    Share *share = &shares->share[shares->count - 1];
    while (share->first > b)
        share--;
    return share;
}

int shares_tapes(const Shares *shares, const Tape *tape[SHARES_MOST])
{
    for (int i = 0; i < shares->count; i++)
        tape[i] = &shares->share[i].tape;
    return shares->count;
}

void shares_lean(Shares *shares, bool lean)
{
    for (int i = 0; i < shares->count; i++)
        tape_lean(&shares->share[i].tape, lean);
}

// ---- an update -----------------------------------------------------------------------------------------
// The share's part of every time step: what is counted by the whole batch is only begun further on.
static void view(Share *share, const Params *params, const Batch *batch)
{
    share->slice = 0;
    share->params.value = params->value;
    share->batch = *batch;
    share->batch.x = batch_x(batch, 1, share->first);
    share->batch.target = batch_target(batch, 1, share->first);
    share->batch.label = batch_label(batch, 1, share->first);
    share->batch.scored = batch_scored(batch, 1, share->first);
    share->batch.length = batch->length + share->first;
}

void shares_begin(Shares *shares, Params *params, const Batch *batch)
{
    for (int i = 0; i < shares->count; i++)
        view(&shares->share[i], params, batch);
    if (shares->count == 1)
        shares->share[0].params.grad = params->grad;
}

void shares_work(Shares *shares, long slices)
{
    if (shares->threads > 0)
        share_out(shares, slices);
    else
        for (int i = 0; i < shares->count; i++)
            compute_slices(&shares->share[i], slices);
}

static double part_of(const Share *share)
{
    return (double)share->program.dims.B / share->batch.dims.B;
}

// Each share's gradients are means over its own sequences.
static void add_up_gradients(const Shares *shares, Params *params)
{
    Real *restrict sum = params->grad;
    memset(sum, 0, params->count * sizeof *sum);
    for (int s = 0; s < shares->count; s++) {
        const Real *restrict grad = shares->share[s].params.grad;
        const Real part = (Real)part_of(&shares->share[s]);
        for (size_t i = 0; i < params->count; i++)
            sum[i] += part * grad[i];
    }
}

double shares_finish(const Shares *shares, Params *params, int *scored)
{
    double loss = 0;
    *scored = 0;
    if (shares->count > 1)
        add_up_gradients(shares, params);
    for (int i = 0; i < shares->count; i++) {
        const Share *share = &shares->share[i];
        loss += part_of(share) * share->tape.loss;
        *scored += share->tape.scored;
    }
    return loss;
}

double shares_run(Shares *shares, Params *params, const Batch *batch)
{
    int scored;
    shares_begin(shares, params, batch);
    shares_work(shares, tape_slices(&shares->share[0].program));
    return shares_finish(shares, params, &scored);
}
