#include "app/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Updates that the clock owes beyond this many frames' worth are forgiven: a slow machine plays slower.
static const double DEBT_SECONDS = 0.1;

double app_now(const App *app)
{
    return app->platform.now(app->platform.context);
}

// ---- a run that broke -----------------------------------------------------------------------------------------
static const char *name_run(const Session *session, int run, char name[BROKEN_TEXT])
{
    char lane[LANE_TEXT];
    *name = 0;
    if (session->count > 1)
        snprintf(name, BROKEN_TEXT, "%s: ", session_name(session, run, lane));
    return name;
}

const char *broken_run(const App *app, char name[BROKEN_TEXT])
{
    const Session *session = &app->session;
    int run = 0;
    while (run < session->count - 1 && !session->runs[run].broken.update)
        run++;
    return name_run(session, run, name);
}

bool refuse_broken(const App *app, Err *err)
{
    char name[BROKEN_TEXT];
    if (!session_ended(&app->session) || session_working(&app->session))
        return true;
    return refuse(err, "%supdate %ld is no longer finite: update -10 (key Z) goes back, and then a change can help",
                  broken_run(app, name), session_broken(&app->session)->update);
}

static void tell_broken(App *app, int i)
{
    char text[384], name[BROKEN_TEXT], where[32] = "";
    const Run *run = &app->session.runs[i];
    const Broken *broken = &run->broken;
    if (broken->t > 0)
        snprintf(where, sizeof where, " at t = %d", wording_t(&run->setup, broken->t));
    snprintf(text, sizeof text, "%supdate %ld: the %s%s is no longer finite; %s", name_run(&app->session, i, name),
             broken->update, broken->what, where,
             session_ended(&app->session) ? "update -10 (key Z) goes back 10 updates" : "the others go on");
    app_tell(app, true, text);
}

// Says it once of each, and again only when the run was back before it.
static void look_for_breaking(App *app)
{
    for (int i = 0; i < app->session.count; i++) {
        const long update = app->session.runs[i].broken.update;
        if (update && update != app->broken_told[i]) {
            app->not_finite = true;
            tell_broken(app, i);
        }
        app->broken_told[i] = update;
    }
    if (session_ended(&app->session))
        app->playing = false;
}

// ---- what an update takes -------------------------------------------------------------------------------------
static void add_work(Cost *cost, double seconds, long works)
{
    cost->begun += seconds;
    if (++cost->works < works)
        return;
    cost->seconds[cost->count++ % COSTS] = cost->begun;
    cost->begun = 0;
    cost->works = 0;
}

// Only where runs are compared: each work counts for the run whose it is. The clock is looked at once a work, for its
// end is the start of the next.
static void work_measured(App *app, double until)
{
    double now = app_now(app);
    do {
        int next = session_next(&app->session);
        Cost *cost = &app->cost[next];
        if (app->session.runs[next].begun == 0) // a fresh network
            *cost = (Cost){.count = 0};
        double from = now;
        session_work(&app->session);
        now = app_now(app);
        add_work(cost, now - from, run_works(&app->session.runs[next]));
    } while (session_working(&app->session) && (until < 0 || now < until));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The median, for now and then the machine does something else in between.
double update_seconds(const App *app, int run)
{
    const Cost *cost = &app->cost[run];
    double seconds[COSTS];
    int count = cost->count < COSTS ? (int)cost->count : COSTS;
    if (app->session.runs[run].begun == 0 || count == 0)
        return 0;
    memcpy(seconds, cost->seconds, sizeof seconds);
    qsort(seconds, (size_t)count, sizeof *seconds, by_size);
    return seconds[count / 2];
}

// ---- goals ----------------------------------------------------------------------------------------------------
void goal_work(App *app, double until)
{
    if (!session_working(&app->session))
        return;
    app->changed = true;
    if (app->session.count > 1) {
        work_measured(app, until);
    } else {
        do
            session_work(&app->session);
        while (session_working(&app->session) && (until < 0 || app_now(app) < until));
    }
    look_for_breaking(app);
}

// ---- playing --------------------------------------------------------------------------------------------------
// A reader can follow an update that takes this long: so slow a speed passes through its time steps.
static const double WATCHED_SECONDS = 0.4;

// What the clock owes, and how many of them a second; 0: as fast as it goes.
static Stride owed_now(const App *app, double *rate)
{
    const Run *run = &app->session.runs[0];
    const Setup *setup = &run->setup;
    *rate = app->slow ? setup->pace : setup->speed;
    if (app->slow)
        return app->slow_by;
    if (*rate <= 0 || *rate * WATCHED_SECONDS > 1)
        return STRIDE_UPDATE;
    *rate *= (double)(run_slices(run) + 2); // clipping and the change of weights are a step each
    return STRIDE_STEP;
}

bool play_by_updates(const App *app)
{
    double rate;
    return app->playing && owed_now(app, &rate) == STRIDE_UPDATE;
}

static void begin(App *app)
{
    app->playing = true;
    app->play_debt = 1; // the first comes at once
    app->play_since = -1;
}

void play_begin(App *app)
{
    if (!app->playing || app->slow)
        begin(app);
    app->slow = false;
}

void play_slowly(App *app, Stride by)
{
    if (!app->playing || !app->slow || app->slow_by != by)
        begin(app);
    app->slow = true;
    app->slow_by = by;
}

void play_pause(App *app)
{
    app->playing = app->slow = false;
}

static void owe(App *app, double rate)
{
    double now = app_now(app), passed = app->play_since < 0 ? 0 : now - app->play_since;
    double most = 1 + rate * DEBT_SECONDS;
    app->play_since = now;
    app->play_debt += rate * passed;
    if (app->play_debt > most)
        app->play_debt = most;
}

// Those that are due, all in one go: more than one a picture could not be seen anyway.
static void step_on(App *app, Stride by)
{
    Err err;
    long due = (long)app->play_debt;
    app->play_debt -= (double)due;
    bool going =
        by == STRIDE_OP ? session_step_ops(&app->session, due, &err) : session_step_times(&app->session, due, &err);
    app->playing = app->playing && going;
}

void play_on(App *app, double until)
{
    double rate;
    Stride by = owed_now(app, &rate);
    bool full = rate <= 0;
    owe(app, rate);
    while (app->playing) {
        if (!session_working(&app->session)) {
            if (!full && app->play_debt < 1)
                return;
            if (by != STRIDE_UPDATE) {
                step_on(app, by);
            } else {
                app->play_debt -= full ? 0 : 1;
                session_train(&app->session, 1);
            }
        }
        goal_work(app, until);
        if (app_now(app) >= until)
            return;
    }
}
