#include "sim/session.h"

// Where the runs of a session are to go, and the work that takes them there.

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

static bool step(Session *session, bool by(Run *run, long n, Err *err), long n, Err *err)
{
    Run *lead = start(session);
    if (!by(lead, n, err))
        return false;
    follow(session, lead);
    return true;
}

bool session_step_ops(Session *session, long n, Err *err)
{
    return step(session, run_step_ops, n, err);
}

bool session_step_times(Session *session, long n, Err *err)
{
    return step(session, run_step_times, n, err);
}

bool session_step_updates(Session *session, long n, Err *err)
{
    return step(session, run_step_updates, n, err);
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
