#ifndef APP_JOB_H
#define APP_JOB_H

#include "app/app.h"
#include "app/spectra.h"
#include "nn/analysis.h"
#include "nn/gradcheck.h"
#include "sim/measure.h"

// What takes long to work out is a job in bounded slices, one at a time. A line asks for what it needs. Where that is
// not there yet its job begins, the line is not done, and it is carried out again when the job is; meanwhile later
// lines wait, training stands still, the bottom bar shows how far it is and Escape drops both. A result is kept until
// another of its kind is asked for.
typedef struct {
    const char *title;                                      // "accuracy", for the bottom bar
    void *(*begin)(const App *app, Arena *arena, Err *err); // NULL: refused
    bool (*work)(void *work);                               // one slice; false: all is done
    double (*progress)(const void *work);                   // 0 … 1
} JobKind;

extern const JobKind job_kinds[JOBS];

// The work of JOB_MEASURE: one run after another.
typedef struct {
    Measure *of[RUNS_MOST];
    int count, done;
} Measures;

// The work, done, of the present moment; or NULL: err says why it is refused, or says nothing and the job has begun.
const void *job_need(App *app, JobName name, Err *err);
const void *job_found(App *app, JobName name); // the same where it is known to be there, else NULL
bool job_running(const App *app);
void job_work(App *app, double until); // until it is done, or that time; below 0: no limit
void job_stop(App *app);
double job_progress(const App *app);
void job_free(App *app);

int job_time(const App *app); // the time step that analyses are of: the one selected, else the last scored; 0: none

#endif
