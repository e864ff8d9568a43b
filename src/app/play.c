#include "app/play.h"

#include <stdio.h>

// Updates that the clock owes beyond this many frames' worth are forgiven: a slow machine plays slower.
static const double DEBT_SECONDS = 0.1;

double app_now(const App *app)
{
    return app->platform.now(app->platform.context);
}

// ---- a run that broke -----------------------------------------------------------------------------------------
bool refuse_broken(const App *app, Err *err)
{
    const Broken *broken = session_broken(&app->session);
    if (!broken || session_working(&app->session))
        return true;
    return refuse(err, "update %ld is no longer finite: update -10 (key Z) goes back, and then a change can help",
                  broken->update);
}

static void tell_broken(App *app, const Broken *broken)
{
    char text[256], where[32] = "";
    if (broken->t > 0)
        snprintf(where, sizeof where, " at t = %d", wording_t(&app->session.runs[0].setup, broken->t));
    snprintf(text, sizeof text, "update %ld: the %s%s is no longer finite; update -10 (key Z) goes back 10 updates",
             broken->update, broken->what, where);
    app_tell(app, true, text);
}

// Says it once, and again only when the run was back before it.
static void look_for_breaking(App *app)
{
    const Broken *broken = session_broken(&app->session);
    if (broken && broken->update != app->broken_told) {
        app->not_finite = true;
        app->playing = false;
        tell_broken(app, broken);
    }
    app->broken_told = broken ? broken->update : 0;
}

// ---- goals ----------------------------------------------------------------------------------------------------
void goal_work(App *app, double until)
{
    if (!session_working(&app->session))
        return;
    app->changed = true;
    do
        session_work(&app->session);
    while (session_working(&app->session) && (until < 0 || app_now(app) < until));
    look_for_breaking(app);
}

// ---- playing --------------------------------------------------------------------------------------------------
void play_begin(App *app)
{
    app->playing = true;
    app->play_debt = 1; // the first update comes at once
    app->play_since = -1;
}

void play_pause(App *app)
{
    app->playing = false;
}

static void owe(App *app, double speed)
{
    double now = app_now(app), passed = app->play_since < 0 ? 0 : now - app->play_since;
    double most = 1 + speed * DEBT_SECONDS;
    app->play_since = now;
    app->play_debt += speed * passed;
    if (app->play_debt > most)
        app->play_debt = most;
}

void play_on(App *app, double until)
{
    double speed = app->session.runs[0].setup.speed;
    bool full = speed <= 0;
    owe(app, speed);
    while (app->playing) {
        if (!session_working(&app->session)) {
            if (!full && app->play_debt < 1)
                return;
            app->play_debt -= full ? 0 : 1;
            session_train(&app->session, 1);
        }
        goal_work(app, until);
        if (app_now(app) >= until)
            return;
    }
}
