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
