#include "sim/session.h"

#include <stddef.h>

// ---- starting --------------------------------------------------------------------------------------------
// Nothing can be refused but by the check, so the old runs need not be kept beside the new.
bool session_start(Session *session, const Setup *setup, Err *err)
{
    if (!setup_check(setup, err))
        return false;
    session_free(session);
    session->count = 1;
    return run_start(&session->runs[0], setup, err);
}

void session_free(Session *session)
{
    for (int i = 0; i < session->count; i++)
        run_free(&session->runs[i]);
    *session = (Session){0};
}

bool session_restart(Session *session, Err *err)
{
    Setup setup = session->runs[0].setup;
    return session_start(session, &setup, err);
}

bool session_set(Session *session, const Setting *setting, double value, Err *err)
{
    Setup setup = session->runs[0].setup;
    if (!setting->live) {
        setting_put(&setup, setting, value);
        if (setting->at == offsetof(Setup, task) || setting->at == offsetof(Setup, cell))
            setup_mend(&setup);
        return session_start(session, &setup, err);
    }
    for (int i = 0; i < session->count; i++)
        if (!run_set(&session->runs[i], setting, value, err))
            return false;
    return true;
}

// ---- goals -----------------------------------------------------------------------------------------------
static void note_start(Session *session)
{
    session->from = session->runs[0].at;
}

bool session_seek(Session *session, Moment moment, Err *err)
{
    note_start(session);
    for (int i = 0; i < session->count; i++)
        if (!run_seek(&session->runs[i], moment, err))
            return false;
    return true;
}

void session_train(Session *session, long updates)
{
    note_start(session);
    for (int i = 0; i < session->count; i++)
        run_train(&session->runs[i], updates);
}

bool session_step_ops(Session *session, long n, Err *err)
{
    note_start(session);
    for (int i = 0; i < session->count; i++)
        if (!run_step_ops(&session->runs[i], n, err))
            return false;
    return true;
}

bool session_step_times(Session *session, long n, Err *err)
{
    note_start(session);
    for (int i = 0; i < session->count; i++)
        if (!run_step_times(&session->runs[i], n, err))
            return false;
    return true;
}

bool session_step_updates(Session *session, long n, Err *err)
{
    note_start(session);
    for (int i = 0; i < session->count; i++)
        if (!run_step_updates(&session->runs[i], n, err))
            return false;
    return true;
}

void session_stop(Session *session)
{
    for (int i = 0; i < session->count; i++)
        run_stop(&session->runs[i]);
}

// ---- work ------------------------------------------------------------------------------------------------
bool session_working(const Session *session)
{
    for (int i = 0; i < session->count; i++)
        if (run_working(&session->runs[i]))
            return true;
    return false;
}

// The run that is furthest behind, so that all come along together.
void session_work(Session *session)
{
    Run *next = NULL;
    for (int i = 0; i < session->count; i++) {
        Run *run = &session->runs[i];
        if (run_working(run) && (!next || moment_before(run->at, next->at)))
            next = run;
    }
    if (next)
        run_work(next);
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

const Broken *session_broken(const Session *session)
{
    for (int i = 0; i < session->count; i++)
        if (session->runs[i].broken.update)
            return &session->runs[i].broken;
    return NULL;
}
