#include <string.h>

#include "sim/run.h"

void run_probe_drop(Run *run)
{
    run->probe_update = run->probe_begun = NONE;
    run->probe_slice = run->probe_known = 0;
}

// Its own weights, for those of the run change before it is done.
static void begin(Run *run)
{
    memcpy(run->probe_params.value, run->params.value, sizeof *run->params.value * run->params.count);
    run_hold_gate(run, &run->probe_program);
    tape_begin(&run->probe_next, &run->probe_params, &run->probe_batch);
    run->probe_begun = run->done;
    run->probe_slice = run->probe_known = 0;
}

static void end(Run *run)
{
    Tape read = run->probe_tape;
    tape_finish_backward(&run->probe_next, &run->probe_params);
    run->probe_tape = run->probe_next;
    run->probe_next = read;
    run->probe_update = run->probe_begun;
    run->probe_begun = NONE;
    run->probe_slice = run->probe_known = 0;
}

bool run_probe_work(Run *run)
{
    if (run->probe_begun == NONE && run->probe_update == run->done)
        return false;
    if (run->probe_begun == NONE)
        begin(run);
    tape_slice(&run->probe_next, &run->probe_batch, run->probe_slice++);
    run->probe_known = program_step_after(&run->probe_program, run->probe_known);
    if (run->probe_slice == run_slices(run))
        end(run);
    return run->probe_update != run->done;
}

void run_probe(Run *run)
{
    if (run->probe_begun != run->done)
        run->probe_begun = NONE;
    while (run_probe_work(run))
        ;
}
