#include "app/job.h"

#include "app/play.h"

static const Run *run_of(const App *app)
{
    return &app->session.runs[0];
}

int job_time(const App *app)
{
    const Run *run = run_of(app);
    if (app->selected_t > 0 && app->selected_t <= run->program.dims.T)
        return app->selected_t;
    int t = run->program.dims.T;
    while (t > 0 && !*batch_scored(&run->batch, t, app->show_b))
        t--;
    return t;
}

// ---- the kinds ------------------------------------------------------------------------------------------------------
static void *begin_measure(const App *app, Arena *arena, Err *err)
{
    (void)err;
    Measures *measures = arena_new(arena, Measures, 1);
    measures->count = app->session.count;
    for (int i = 0; i < measures->count; i++)
        measures->of[i] = measure_make(&app->session.runs[i], arena);
    return measures;
}

static bool work_measure(void *work)
{
    Measures *measures = work;
    if (!measure_work(measures->of[measures->done]))
        measures->done++;
    return measures->done < measures->count;
}

static double progress_measure(const void *work)
{
    const Measures *measures = work;
    const double of_this = measures->done < measures->count ? measure_progress(measures->of[measures->done]) : 0;
    return (measures->done + of_this) / measures->count;
}

static void *begin_gradcheck(const App *app, Arena *arena, Err *err)
{
    return run_gradcheck(run_of(app), arena, err);
}

static bool work_gradcheck(void *work)
{
    return gradcheck_work(work);
}

static double progress_gradcheck(const void *work)
{
    return gradcheck_progress(work);
}

static void *begin_analysis(const App *app, Arena *arena, Err *err)
{
    const Run *run = run_of(app);
    const Share *share = shares_of(run->shares, app->show_b);
    const Params old = explained_params(&share->tape, arena); // those of the update that is read
    return analysis_make(&share->tape, &old, &share->batch, spectra_pass(app), app->show_b - share->first, arena, err);
}

static bool work_analysis(void *work)
{
    return analysis_work(work);
}

static double progress_analysis(const void *work)
{
    return analysis_progress(work);
}

const JobKind job_kinds[JOBS] = {
    [JOB_MEASURE] = {"accuracy", begin_measure, work_measure, progress_measure},
    [JOB_GRADCHECK] = {"gradient check", begin_gradcheck, work_gradcheck, progress_gradcheck},
    [JOB_ANALYSIS] = {"analysis", begin_analysis, work_analysis, progress_analysis},
    [JOB_WEIGHTS] = {"spectrum", spectra_of_weights, spectra_work, spectra_progress},
    [JOB_JACOBIAN] = {"Jacobian", spectra_of_jacobian, spectra_work, spectra_progress},
};

// ---- what is there already ------------------------------------------------------------------------------------------
static JobOf of_now(const App *app)
{
    const Run *run = run_of(app);
    uint64_t hash = 0;
    for (int i = 0; i < app->session.count; i++)
        hash = hash * 31 + run_hash(&app->session.runs[i]);
    return (JobOf){.hash = hash,
                   .at = run->at,
                   .text = run->setup.reading.symbol,
                   .b = app->show_b,
                   .layer = app->layer,
                   .reverse = app->reverse,
                   .t = job_time(app)};
}

static bool same(JobOf a, JobOf b)
{
    return a.hash == b.hash && a.at.update == b.at.update && a.at.op == b.at.op && a.text == b.text && a.b == b.b &&
           a.layer == b.layer && a.reverse == b.reverse && a.t == b.t;
}

const void *job_found(App *app, JobName name)
{
    const Job *job = &app->jobs[name];
    return job->done && same(job->of, of_now(app)) ? job->work : NULL;
}

static void drop(Job *job)
{
    if (job->work)
        arena_free(&job->arena);
    *job = (Job){.work = NULL};
}

const void *job_need(App *app, JobName name, Err *err)
{
    const void *found = job_found(app, name);
    Job *job = &app->jobs[name];
    if (found)
        return found;
    drop(job);
    *job = (Job){.arena = arena_make(1 << 16), .of = of_now(app)};
    job->work = job_kinds[name].begin(app, &job->arena, err);
    if (job->work)
        app->job = name;
    else
        arena_free(&job->arena);
    return NULL;
}

// ---- the work
// ---------------------------------------------------------------------------------------------------------
bool job_running(const App *app)
{
    return app->job != JOB_NONE;
}

void job_work(App *app, double until)
{
    while (job_running(app)) {
        Job *job = &app->jobs[app->job];
        app->changed = true;
        if (!job_kinds[app->job].work(job->work)) {
            job->done = true;
            app->job = JOB_NONE;
        }
        if (until >= 0 && app_now(app) >= until)
            return;
    }
}

void job_stop(App *app)
{
    if (job_running(app))
        drop(&app->jobs[app->job]);
    app->job = JOB_NONE;
}

double job_progress(const App *app)
{
    return job_running(app) ? job_kinds[app->job].progress(app->jobs[app->job].work) : 1;
}

void job_free(App *app)
{
    for (int name = 0; name < JOBS; name++)
        drop(&app->jobs[name]);
}
