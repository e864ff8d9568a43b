#include <stdint.h>

#include "sim/history.h"
#include "sim/run.h"

// Where the run is to go. The slices that lead there are in run_work.c.

// Far more than anyone goes at once, and no sum with a position overflows.
static const long TRAIN_MOST = 1000000000, STEP_MOST = 1000000;

static bool check_count(long n, Err *err)
{
    if (n < -STEP_MOST || n > STEP_MOST)
        return refuse(err, "at most %ld steps at once", STEP_MOST);
    return true;
}

static bool same_moment(Moment a, Moment b)
{
    return a.update == b.update && a.op == b.op;
}

// ---- seeking and training --------------------------------------------------------------------------------
bool run_seek(Run *run, Moment moment, Err *err)
{
    long last = moment.update == 0 ? 0 : run_last_op(run);
    if (moment.update < 0)
        return refuse(err, "an update must be 0 or more, not %ld", moment.update);
    if (moment.update > run->begun)
        return refuse(err, "there is no update %ld yet, the last one is %ld", moment.update, run->begun);
    if (moment.op < 0 || moment.op > last)
        return refuse(err, "update %ld has operations 0 to %ld, not %ld", moment.update, last, moment.op);
    run->goal = moment;
    return true;
}

static void go_to_end_of(Run *run, long update)
{
    run->goal = update > 0 ? (Moment){update, run_last_op(run)} : (Moment){0, 0};
}

void run_train(Run *run, long updates)
{
    go_to_end_of(run, run->done + (updates < TRAIN_MOST ? updates : TRAIN_MOST));
}

// ---- stepping --------------------------------------------------------------------------------------------
// (u, 0) and (u−1, last) are two names of one place between operations; stepping uses the second.
bool run_step_ops(Run *run, long ops, Err *err)
{
    if (!check_count(ops, err))
        return false;
    int64_t last = run_last_op(run);
    int64_t n = run->at.update > 0 ? (run->at.update - 1) * last + run->at.op + ops : ops;
    run->goal = n > 0 ? (Moment){(long)((n - 1) / last + 1), (long)((n - 1) % last + 1)} : (Moment){0, 0};
    return true;
}

static Moment step_on(const Run *run, Moment at)
{
    if (at.update == 0 || at.op == run_last_op(run))
        at = (Moment){at.update + 1, 0};
    return (Moment){at.update, program_step_after(&run->program, at.op)};
}

static Moment end_before(const Run *run, Moment at)
{
    return at.update > 1 ? (Moment){at.update - 1, run_last_op(run)} : (Moment){0, 0};
}

static Moment step_back(const Run *run, Moment at)
{
    if (at.op == 0)
        at = end_before(run, at);
    if (at.update == 0)
        return at;
    at.op = program_step_before(&run->program, at.op);
    return at.op == 0 ? end_before(run, at) : at;
}

bool run_step_times(Run *run, long steps, Err *err)
{
    if (!check_count(steps, err))
        return false;
    Moment at = run->at;
    for (; steps > 0; steps--)
        at = step_on(run, at);
    for (; steps < 0 && at.update > 0; steps++)
        at = step_back(run, at);
    run->goal = at;
    return true;
}

bool run_step_updates(Run *run, long updates, Err *err)
{
    if (!check_count(updates, err))
        return false;
    bool within = run->at.update > run->done;
    if (updates != 0)
        go_to_end_of(run, run->done + updates + (within && updates < 0 ? 1 : 0));
    return true;
}

Moment run_before_clip(const Run *run)
{
    const long clip = program_op(&run->program, (Place){.phase = PHASE_CLIP, .row = NONE});
    return (Moment){run->taped, clip - 1};
}

// ---- on the way ------------------------------------------------------------------------------------------
void run_stop(Run *run)
{
    if (!run_working(run))
        return;
    bool passed = run_passed(run);                        // the next update is the first that can be read
    bool between = run->at.update > 0 && run->at.op == 0; // nothing of this update could be shown
    Moment end = {run->at.update + passed, run_last_op(run)};
    if (!between && !passed)
        run->goal = run->at;
    else if (moment_before(end, run->goal))
        run->goal = end;
}

bool run_working(const Run *run)
{
    return !same_moment(run->at, run->goal) || run_passed(run);
}

void run_finish(Run *run)
{
    while (run_working(run))
        run_work(run);
}

static double updates_done(const Run *run, Moment at)
{
    return (double)(at.update > 0 && at.op < run_last_op(run) ? at.update - 1 : at.update);
}

// In updates, for each takes about the same time.
double run_progress(const Run *run, Moment from)
{
    if (!run_working(run))
        return 1;
    bool back = moment_before(run->goal, from);
    if (back && run->done >= run->goal.update)
        return 0; // no state is restored yet
    double start = back ? (double)history_kept(run, run->goal.update - 1) : updates_done(run, from);
    double now = (double)run->done;
    if (run->taped > run->done)
        now += (double)run->slice / (double)run_slices(run);
    double part = (now - start) / ((double)run->goal.update - start);
    return part > 0 ? part < 1 ? part : 1 : 0;
}
