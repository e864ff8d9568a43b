#ifndef SIM_SESSION_H
#define SIM_SESSION_H

#include "sim/run.h"

// Up to four runs that advance together on the same seed, data and number of updates. Zeroed before its first start.
enum { RUNS_MOST = 4 };

typedef struct Session Session;
struct Session {
    Run runs[RUNS_MOST];
    int count;
    Moment from;     // where the present goal was set, for its progress
    Session *former; // where runs go that others replace, to be given back whole; NULL: they are freed
};

bool session_start(Session *session, const Setup *setup, Err *err); // on refusal the old runs stay
void session_free(Session *session);
size_t session_bytes(const Session *session); // taken so far
void session_swap(Session *session, Session *other);
bool session_set(Session *session, const Setting *setting, double value, Err *err); // restarts where it must
bool session_restart(Session *session, Err *err);     // the same settings, the fresh network
const Broken *session_broken(const Session *session); // of the first run that is not finite, or NULL

// Each does the same to all runs.
bool session_seek(Session *session, Moment moment, Err *err);
void session_train(Session *session, long updates);
bool session_step_ops(Session *session, long n, Err *err);
bool session_step_times(Session *session, long n, Err *err);
bool session_step_updates(Session *session, long n, Err *err);
void session_go(Session *session, Moment moment); // as seek, also where it is not reached yet
void session_stop(Session *session);
bool session_working(const Session *session);
void session_work(Session *session); // one slice
void session_finish(Session *session);
double session_progress(const Session *session);

#endif
