#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include "nn/carry.h"
#include "sim/history.h"

static inline void share_row_by_row(Share *share)
{
    const Place clip = {.phase = PHASE_CLIP, .row = NONE};
    tape_begin(&share->tape, &share->params, &share->batch);
    for (long n = 1; n < program_op(&share->program, clip); n++)
        tape_run_op(&share->tape, &share->batch, n);
    tape_finish_forward(&share->tape);
    tape_finish_backward(&share->tape, &share->params);
}

// An update as its program says it, truly a row at a time, next to the machine that computes slices.
static inline void update_row_by_row(Run *run)
{
    const Setup *setup = &run->setup;
    run_fill_next(run, &run->batch);
    run_hold_gate(run, &run->program);
    shares_begin(run->shares, &run->params, &run->batch);
    int scored;
    const int B = run->program.dims.B;
    for (int b = 0; b < B; b += shares_of(run->shares, b)->program.dims.B) {
        run_give_carried(run, &shares_of(run->shares, b)->tape, b);
        share_row_by_row(shares_of(run->shares, b));
    }
    shares_finish(run->shares, &run->params, &scored);
    const double norm = vector_norm(run->params.grad, run->params.count);
    clip_gradient(run->params.grad, run->params.count, (ClipKind)setup->clip, setup->threshold, norm);
    optimizer_change(&run->optimizer, optimizer_types[setup->optimizer], run->params.value, run->params.grad,
                     setup->learning_rate, setup->decay);
    for (int b = 0; b < B && setup->carry; b += shares_of(run->shares, b)->program.dims.B)
        carry_take(&shares_of(run->shares, b)->tape, b, B, run->carried);
    run->done++;
}

#endif
