#include <math.h>
#include <stdio.h>

#include "nn/carry.h"
#include "sim/history.h"
#include "sim/run.h"

// The one machine: an update is computed in slices, one time step of a pass each, then its weights are changed.

// ---- slices ----------------------------------------------------------------------------------------------
void run_fill_next(const Run *run, Batch *batch)
{
    const unsigned long seed = (unsigned long)run->setup.seed;
    if (run->setup.carry)
        task_fill_window(run->task, seed, run->done + 1, batch);
    else
        task_fill(run->task, seed, "train", run->done + 1, batch);
}

void run_give_carried(const Run *run, const Tape *tape, int first)
{
    if (run->setup.carry)
        carry_give(tape, first, run->program.dims.B, run->carried);
}

static void give_carried(const Run *run)
{
    for (int b = 0; b < run->program.dims.B; b += shares_of(run->shares, b)->program.dims.B)
        run_give_carried(run, &shares_of(run->shares, b)->tape, b);
}

static void take_carried(const Run *run)
{
    const int B = run->program.dims.B;
    for (int b = 0; b < B && run->setup.carry; b += shares_of(run->shares, b)->program.dims.B)
        carry_take(&shares_of(run->shares, b)->tape, b, B, run->carried);
}

static void begin_update(Run *run, bool lean)
{
    run->taped = run->done + 1;
    run->slice = 0;
    run->lean = lean;
    run->broken = (Broken){0};
    run->at = (Moment){run->taped, 0};
    if (run->begun < run->taped)
        run->begun = run->taped;
    run_fill_next(run, &run->batch);
    shares_lean(run->shares, lean);
    give_carried(run);
    run_hold_gate(run, &run->program);
    shares_begin(run->shares, &run->params, &run->batch);
}

// A picture can be drawn between any two slices. The fast build draws none meanwhile, and its threads are soonest done
// with all slices at once.
long run_works(const Run *run)
{
    return FAST_BUILD ? 1 : run_slices(run);
}

static void compute_slices(Run *run)
{
    long slices = run_slices(run) / run_works(run);
    shares_work(run->shares, slices);
    run->slice += slices;
}

// ---- where it is no longer finite ------------------------------------------------------------------------
typedef struct {
    long op; // that made it
    int slot, t;
    bool backward;
} Origin;

static bool all_finite(const Real *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(number[i]))
            return false;
    return true;
}

static void look_at_slot(const Tape *tape, int slot, int t, Origin *origin)
{
    const Program *program = tape->program;
    size_t count = (size_t)(program->dims.B * program->slots[slot].length);
    long op = program_value_known(program, slot, t);
    if (op < origin->op && !all_finite(tape_value(tape, t, slot), count))
        *origin = (Origin){op, slot, t, false};
    op = program_grad_known(program, slot, t);
    if (op < origin->op && !all_finite(tape_grad(tape, t, slot), count))
        *origin = (Origin){op, slot, t, true};
}

static void look_at(const Tape *tape, Origin *origin)
{
    for (int t = 1; t <= tape->program->dims.T; t++)
        for (int slot = 0; slot < tape->program->slot_count; slot++)
            look_at_slot(tape, slot, t, origin);
}

static Broken find_broken(const Run *run)
{
    Broken broken = {.update = run->taped};
    Origin origin = {.op = run_last_op(run), .slot = NONE};
    const Tape *tape[SHARES_MOST];
    int count = shares_tapes(run->shares, tape);
    for (int i = 0; i < count; i++)
        look_at(tape[i], &origin);
    broken.t = origin.t;
    if (origin.slot == NONE) {
        snprintf(broken.what, sizeof broken.what, "%s", isfinite(run->loss) ? "gradient norm" : "loss");
        return broken;
    }
    const Slot *slot = &run->program.slots[origin.slot].slot;
    if (origin.backward)
        snprintf(broken.what, sizeof broken.what, "gradient of %s", slot->name);
    else
        snprintf(broken.what, sizeof broken.what, "%s %s", slot->what, slot->name);
    return broken;
}

static void put_on_record(Run *run, double clipped)
{
    if (record_last(run->record) < run->taped)
        record_put(run->record, run->taped, (double[CURVES]){run->loss, run->norm, clipped});
}

// ---- the end of an update --------------------------------------------------------------------------------
static void finish_tape(Run *run)
{
    int scored;
    double loss = shares_finish(run->shares, &run->params, &scored);
    run->loss = loss * run->program.dims.B / scored;
    run->norm = vector_norm(run->params.grad, run->params.count);
    run_tell_clipped(run);
    if (isfinite(run->loss) && isfinite(run->norm))
        return;
    if (run->lean) // where it broke is read
        begin_update(run, false);
    else
        run->broken = find_broken(run);
}

static void keep_change(Run *run)
{
    const Setup *setup = &run->setup;
    change_keep(&run->change, run->taped, &run->optimizer, optimizer_types[setup->optimizer], run->params.grad);
    run->change.learning_rate = setup->learning_rate * run->optimizer.decayed;
    run->change.clip = (ClipKind)setup->clip;
    run->change.threshold = setup->threshold;
}

static void change_weights(Run *run)
{
    const Setup *setup = &run->setup;
    if (run->goal.update == run->taped)
        keep_change(run);
    clip_gradient(run->params.grad, run->params.count, (ClipKind)setup->clip, setup->threshold, run->norm);
    optimizer_change(&run->optimizer, optimizer_types[setup->optimizer], run->params.value, run->params.grad,
                     setup->learning_rate, setup->decay);
    take_carried(run);
    put_on_record(run, run->clipped);
    run->done = run->taped;
    run->at = (Moment){run->done, run_last_op(run)};
    history_keep(run);
    history_apply(run);
}

// The whole update is on the tape and its weights are not changed yet: read on in it, or go beyond.
static void go_on(Run *run)
{
    if (run->broken.update)
        put_on_record(run, NAN);
    if (run->broken.update && moment_before(run_before_clip(run), run->goal))
        run->at = run->goal = run_before_clip(run);
    else if (run->goal.update == run->taped && run->goal.op < run_last_op(run))
        run->at = run->goal;
    else
        change_weights(run);
}

// ---- one slice towards the goal --------------------------------------------------------------------------
// The goal lies before the weights as they are now, or a kept state is nearer to it.
static bool must_restore(const Run *run)
{
    if (run->goal.update == 0 || run->done >= run->goal.update)
        return true;
    return history_kept(run, run->goal.update - 1) > run->done;
}

void run_work(Run *run)
{
    if (!run_working(run))
        return;
    if (must_restore(run)) {
        history_restore(run, run->goal.update > 0 ? run->goal.update - 1 : 0);
        run->at = run->goal.update > 0 ? (Moment){run->done + 1, 0} : (Moment){0, 0};
        return;
    }
    const bool passes = run->goal.update > run->done + 1;
    if (run->taped != run->done + 1 || (run->lean && !passes))
        begin_update(run, passes);
    if (run->slice < run_slices(run)) {
        compute_slices(run);
        if (run->slice == run_slices(run))
            finish_tape(run);
    }
    if (run->slice == run_slices(run))
        go_on(run);
}
