#ifndef SIM_SESSION_H
#define SIM_SESSION_H

#include "sim/comparison.h"
#include "sim/run.h"

// One run, or several that are compared: they advance together on the same data and the same number of updates.
//
// The first run leads: the others go to the same update and as far within it, in proportion; at the end of a time step
// all stand at the end of that time step. A run that is no longer finite rests where it stopped; the others go on, led
// by the first of them. Moments are told in the operations of the first run, whoever leads.
//
// Zeroed before its first start.
typedef struct Session Session;
struct Session {
    Run runs[RUNS_MOST]; // as comparison.h numbers them
    int count;
    Comparison comparison;
    int hidden;  // what `hidden` is set to, whatever the weights' match makes of it
    Moment from; // where the present goal was set, for its progress

    // Where runs go that others replace, to be given back whole; NULL: they are freed. Of such runs one may go on in
    // the session that came after: it is lent, its number from 1, and its place is empty; 0: none is.
    Session *former;
    int lent;
};

bool session_start(Session *session, const Setup *setup, Err *err); // one run; on refusal the old runs stay
void session_free(Session *session);
size_t session_bytes(const Session *session); // taken so far
void session_swap(Session *session, Session *other);
void session_give_back(Session *session, Session *former); // `former` is the session again, with the run that was lent
bool session_restart(Session *session, const Setup *shared, Err *err); // what is compared stays, with fresh networks

// Several runs, from update 0 on. Without a comparison the run goes on that has the setting's own value.
bool session_compare(Session *session, const Comparison *comparison, Err *err);
void session_alone(Session *session, int lane); // the run of that lane goes on alone
Setup session_setup(const Session *session);    // what all runs share, with what the compared setting was before

// Restarts where it must. To set what is compared is to end the comparison: the run with that value goes on alone.
bool session_set(Session *session, const Setting *setting, double value, Err *err);

const Broken *session_broken(const Session *session); // of the first run that is not finite, or NULL
bool session_ended(const Session *session);           // no run is finite any more
const Run *session_lead(const Session *session);      // the first run that is, else the one that got furthest
Moment session_at(const Session *session);            // where that is
bool session_rests(const Session *session, int run);  // it is not, and others have gone on
const char *session_name(const Session *session, int run, char text[LANE_TEXT]); // "LSTM", "clip off, seed 12"

enum { SEEDS_TEXT = 80 };
const char *session_seeds(const Session *session, char text[SEEDS_TEXT]); // "seed 11", "seeds 11–13"

// Each does the same to all runs.
bool session_seek(Session *session, Moment moment, Err *err);
void session_train(Session *session, long updates);
bool session_step_ops(Session *session, long n, Err *err);
bool session_step_times(Session *session, long n, Err *err);
bool session_step_updates(Session *session, long n, Err *err);
void session_go(Session *session, Moment moment); // as seek, also where it is not reached yet
void session_stop(Session *session);
bool session_working(const Session *session);
int session_next(const Session *session); // the run that session_work works on, or -1
void session_work(Session *session);      // one slice
void session_finish(Session *session);
double session_progress(const Session *session);

#endif
