#include "sim/session.h"

#include "sim/choices.h"
#include "sim/history.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

// ---- a gate that is held -------------------------------------------------------------------------------------
// Where cells are compared it is held in those that have it.
static bool some_has_gate(const Comparison *comparison, const Setup *shared, int choice)
{
    for (int lane = 0; lane < comparison->lanes; lane++) {
        Setup setup = comparison_setup(comparison, shared, lane);
        if (choice == 0 || freeze_slot(choice, cell_types[setup.cell]) != NONE)
            return true;
    }
    return false;
}

static bool check_freeze(const Session *session, int choice, Err *err)
{
    Setup setup = session_setup(session);
    if (some_has_gate(&session->comparison, &setup, choice))
        return true;
    if (session->comparison.lanes > 1)
        return refuse(err, "none of the networks has a gate %c", *freeze_name(choice));
    return refuse(err, "the cell %s has no gate %c", cell_name(setup.cell), *freeze_name(choice));
}

// ---- what was ---------------------------------------------------------------------------------------------
static void give_up(Session *session)
{
    Session *former = session->former;
    if (former)
        *former = *session;
    else
        session_free(session);
    *session = (Session){.former = NULL};
}

size_t session_bytes(const Session *session)
{
    size_t bytes = 0;
    for (int i = 0; i < session->count; i++)
        bytes += i == session->lent - 1 ? 0 : run_bytes(&session->runs[i]);
    return bytes;
}

void session_swap(Session *session, Session *other)
{
    Session kept = *session;
    *session = *other;
    *other = kept;
}

void session_give_back(Session *session, Session *former)
{
    former->runs[former->lent - 1] = session->runs[0];
    *session = *former;
    session->lent = 0;
    *former = (Session){.former = NULL};
}

// ---- starting --------------------------------------------------------------------------------------------
// Nothing can be refused but by the check, so the old runs need not be kept beside the new.
static bool start_all(Session *session, const Comparison *comparison, Setup base, Err *err)
{
    Comparison kept = *comparison; // it may be the session's own
    if (!some_has_gate(&kept, &base, base.freeze))
        base.freeze = 0; // other cells may lack the gate that was held
    if (!comparison_check(&kept, &base, err))
        return false;
    give_up(session);
    session->comparison = kept;
    session->hidden = base.hidden;
    session->count = comparison_runs(&kept);
    for (int i = 0; i < session->count; i++) {
        Setup setup = comparison_setup(&kept, &base, i);
        bool started = run_start(&session->runs[i], &setup, err);
        assert(started);
        (void)started;
    }
    return true;
}

bool session_start(Session *session, const Setup *setup, Err *err)
{
    return start_all(session, &comparison_none, *setup, err);
}

void session_free(Session *session)
{
    for (int i = 0; i < session->count; i++)
        if (i != session->lent - 1)
            run_free(&session->runs[i]);
    *session = (Session){0};
}

Setup session_setup(const Session *session)
{
    Setup setup = session_lead(session)->setup;
    const Comparison *comparison = &session->comparison;
    setup.seed = session->runs[0].setup.seed;
    setup.hidden = session->hidden;
    if (comparison->setting)
        setting_put(&setup, comparison->setting, comparison->own);
    return setup;
}

bool session_restart(Session *session, const Setup *shared, Err *err)
{
    return start_all(session, &session->comparison, *shared, err);
}

// ---- comparing -------------------------------------------------------------------------------------------
void session_alone(Session *session, int lane)
{
    if (session->count == 1)
        return;
    Run kept = session->runs[lane];
    session->lent = lane + 1;
    give_up(session);
    session->runs[0] = kept;
    session->from = kept.at;
    session->count = 1;
    session->comparison = comparison_none;
    session->hidden = kept.setup.hidden;
}

static int lane_with(const Comparison *comparison, double value)
{
    for (int lane = 0; lane < comparison->lanes; lane++)
        if (comparison->value[lane] == value)
            return lane;
    return NONE;
}

bool session_compare(Session *session, const Comparison *comparison, Err *err)
{
    if (comparison_runs(comparison) > 1)
        return start_all(session, comparison, session_setup(session), err);
    int lane = session->comparison.setting ? lane_with(&session->comparison, session->comparison.own) : 0;
    session_alone(session, lane != NONE ? lane : 0);
    return true;
}

// ---- settings --------------------------------------------------------------------------------------------
static bool set_compared(Session *session, const Setting *setting, double value, Err *err)
{
    int lane = lane_with(&session->comparison, value);
    Setup setup = session_setup(session);
    setting_put(&setup, setting, value);
    if (lane == NONE)
        return session_start(session, &setup, err);
    session_alone(session, lane);
    return true;
}

// A run that rests is told what the others are, and would heed it if it came so far.
static bool set_in_all(Session *session, const Setting *setting, double value, Err *err)
{
    const Run *lead = session_lead(session);
    const long update = lead->done + 1;
    const bool same = setting_get(&lead->setup, setting) == value;
    for (int i = 0; i < session->count; i++) {
        Run *run = &session->runs[i];
        const bool later = setting_trains(setting) && session_rests(session, i);
        if (later && !same)
            history_change_later(run, (Change){.update = update, .setting = setting, .value = value});
        else if (!later && !run_set(run, setting, value, err))
            return false;
    }
    return true;
}

bool session_set(Session *session, const Setting *setting, double value, Err *err)
{
    Setup setup = session_setup(session);
    if (setting == session->comparison.setting)
        return set_compared(session, setting, value, err);
    if (!setting->live) {
        setting_put(&setup, setting, value);
        int held = setup.freeze; // start_all knows whether some network has the gate
        if (setting->at == offsetof(Setup, task) || setting->at == offsetof(Setup, cell))
            setup_mend(&setup);
        setup.freeze = held;
        return start_all(session, &session->comparison, setup, err);
    }
    if (setting->at == offsetof(Setup, freeze) && !check_freeze(session, (int)value, err))
        return false;
    return set_in_all(session, setting, value, err);
}

// ---- who leads ---------------------------------------------------------------------------------------------
const Run *session_lead(const Session *session)
{
    const Run *lead = session->runs;
    for (int i = 0; i < session->count; i++) {
        const Run *run = &session->runs[i];
        if (!run->broken.update)
            return run;
        lead = run->broken.update > lead->broken.update ? run : lead;
    }
    return lead;
}

static Run *lead_of(Session *session)
{
    return &session->runs[session_lead(session) - session->runs];
}

bool session_rests(const Session *session, int run)
{
    return session->runs[run].broken.update && session->runs[run].done < session_lead(session)->done;
}

// The forward pass, the backward pass, the clip, the change of weights: each part of an update goes to the same part.
static Moment same_place(const Run *from, const Run *to, Moment moment)
{
    long last = run_last_op(from), half = (last - 2) / 2, last_there = run_last_op(to),
         half_there = (last_there - 2) / 2;
    long n = moment.op;
    if (moment.update == 0)
        return (Moment){0, 0};
    if (n > 2 * half)
        return (Moment){moment.update, last_there - (last - n)};
    if (n > half)
        return (Moment){moment.update, half_there + (n - half) * half_there / half};
    return (Moment){moment.update, n * half_there / half};
}

Moment session_at(const Session *session)
{
    const Run *lead = session_lead(session);
    return same_place(lead, &session->runs[0], lead->at);
}

static Moment within_reach(const Run *run, Moment goal)
{
    const Moment end = run_before_clip(run);
    return run->broken.update && moment_before(end, goal) ? end : goal;
}

static void all_to(Session *session, const Run *leader, Moment goal)
{
    for (int i = 0; i < session->count; i++) {
        Run *run = &session->runs[i];
        run->goal = within_reach(run, run == leader ? goal : same_place(leader, run, goal));
    }
}

static void follow(Session *session, const Run *lead)
{
    all_to(session, lead, lead->goal);
}

// ---- goals -----------------------------------------------------------------------------------------------
static Run *start(Session *session)
{
    session->from = session_at(session);
    return lead_of(session);
}

bool session_seek(Session *session, Moment moment, Err *err)
{
    Run *lead = start(session);
    if (!run_seek(lead, lead == session->runs ? moment : same_place(session->runs, lead, moment), err))
        return false;
    follow(session, lead);
    return true;
}

void session_go(Session *session, Moment moment)
{
    start(session);
    all_to(session, &session->runs[0], moment);
}

void session_train(Session *session, long updates)
{
    Run *lead = start(session);
    run_train(lead, updates);
    follow(session, lead);
}

bool session_step_ops(Session *session, long n, Err *err)
{
    Run *lead = start(session);
    if (!run_step_ops(lead, n, err))
        return false;
    follow(session, lead);
    return true;
}

bool session_step_times(Session *session, long n, Err *err)
{
    Run *lead = start(session);
    if (!run_step_times(lead, n, err))
        return false;
    follow(session, lead);
    return true;
}

bool session_step_updates(Session *session, long n, Err *err)
{
    Run *lead = start(session);
    if (!run_step_updates(lead, n, err))
        return false;
    follow(session, lead);
    return true;
}

// a is less far than b; runs of different cells have different numbers of operations.
static bool is_behind(const Run *a, const Run *b)
{
    if (a->at.update != b->at.update)
        return a->at.update < b->at.update;
    return a->at.op * run_last_op(b) < b->at.op * run_last_op(a);
}

// All go as far as the one that is ahead, so that none has an update that another lacks.
void session_stop(Session *session)
{
    Run *ahead = &session->runs[0];
    if (!session_working(session))
        return;
    for (int i = 1; i < session->count; i++)
        ahead = is_behind(ahead, &session->runs[i]) ? &session->runs[i] : ahead;
    run_stop(ahead);
    all_to(session, ahead, ahead->goal);
}

// ---- work ------------------------------------------------------------------------------------------------
bool session_working(const Session *session)
{
    return session_next(session) >= 0;
}

// The run that is furthest behind, so that all come along together.
int session_next(const Session *session)
{
    int next = -1;
    for (int i = 0; i < session->count; i++)
        if (run_working(&session->runs[i]) && (next < 0 || is_behind(&session->runs[i], &session->runs[next])))
            next = i;
    return next;
}

void session_work(Session *session)
{
    int next = session_next(session);
    if (next >= 0)
        run_work(&session->runs[next]);
}

void session_finish(Session *session)
{
    while (session_working(session))
        session_work(session);
}

double session_progress(const Session *session)
{
    double least = 1;
    for (int i = 0; i < session->count; i++) {
        double progress = run_progress(&session->runs[i], session->from);
        least = progress < least ? progress : least;
    }
    return least;
}

// ---- telling them apart ----------------------------------------------------------------------------------
const Broken *session_broken(const Session *session)
{
    for (int i = 0; i < session->count; i++)
        if (session->runs[i].broken.update)
            return &session->runs[i].broken;
    return NULL;
}

bool session_ended(const Session *session)
{
    return session_lead(session)->broken.update > 0;
}

const char *session_name(const Session *session, int run, char text[LANE_TEXT])
{
    const Comparison *comparison = &session->comparison;
    const Setup *setup = &session->runs[run].setup;
    comparison_name(comparison, setup, comparison_lane(comparison, run), text);
    if (run >= comparison->lanes) {
        size_t length = strlen(text);
        snprintf(text + length, LANE_TEXT - length, ", seed %d", setup->seed);
    }
    return text;
}

// Behind the largest seed comes the least, so they need not be a range.
const char *session_seeds(const Session *session, char text[SEEDS_TEXT])
{
    const int lanes = session->comparison.lanes, seeds = session->comparison.seeds;
    const int first = session->runs[0].setup.seed, last = session->runs[lanes * (seeds - 1)].setup.seed;
    int length = snprintf(text, SEEDS_TEXT, "seed%s %d", seeds > 1 ? "s" : "", first);
    if (seeds > 1 && last - first == seeds - 1)
        snprintf(text + length, SEEDS_TEXT - (size_t)length, "–%d", last);
    else
        for (int i = 1; i < seeds; i++)
            length += snprintf(text + length, SEEDS_TEXT - (size_t)length, ", %d", session->runs[lanes * i].setup.seed);
    return text;
}
