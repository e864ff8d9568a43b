#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include "nn/carry.h"
#include "sim/history.h"

// An update as its program says it, truly a row at a time, next to the machine that computes slices. The tape is the
// run's, or another with the same program.
static inline void update_row_by_row(Run *run)
{
    const Program *program = &run->program;
    const Setup *setup = &run->setup;
    const long update = run->done + 1;
    const long backward_end = program_op(program, (Place){.phase = PHASE_CLIP, .row = NONE}) - 1;
    if (setup->carry) {
        task_fill_window(run->task, (unsigned long)setup->seed, update, &run->batch);
        carry_give(&run->tape, run->carried);
    } else {
        task_fill(run->task, (unsigned long)setup->seed, "train", update, &run->batch);
    }
    run_hold_gate(run, &run->program);
    tape_begin(&run->tape, &run->params, &run->batch);
    for (long n = 1; n <= backward_end; n++)
        tape_run_op(&run->tape, &run->batch, n);
    tape_finish_backward(&run->tape, &run->params);
    const double norm = vector_norm(run->params.grad, run->params.count);
    clip_gradient(run->params.grad, run->params.count, (ClipKind)setup->clip, setup->threshold, norm);
    optimizer_change(&run->optimizer, optimizer_types[setup->optimizer], run->params.value, run->params.grad,
                     setup->learning_rate, setup->decay);
    if (setup->carry)
        carry_take(&run->tape, run->carried);
    run->done = update;
}

#endif
