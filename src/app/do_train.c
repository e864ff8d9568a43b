#include <stddef.h>

#include "app/arguments.h"
#include "app/changes.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/play.h"

// ---- settings -------------------------------------------------------------------------------------------------
static bool put_setting(App *app, const Setting *setting, double value, Err *err)
{
    bool ends = setting == app->session.comparison.setting && setting->at != offsetof(Setup, hidden);
    int units = app->session.hidden;
    if (!session_set(&app->session, setting, value, err))
        return false;
    if (ends)
        tell_units(app, units);
    if (!setting->live)
        app->loaded = NULL;
    look_within(app);
    return true;
}

// What has that value already is left alone, so that pressing "RNN" twice does not lose the training.
bool do_set(App *app, const Words *words, Err *err)
{
    double value;
    const Setting *setting = setting_find(words->word[1], err);
    if (!setting || !setting_read(setting, words->word[2], &value, err))
        return false;
    Setup setup = session_setup(&app->session);
    bool compared = setting == app->session.comparison.setting; // to set it ends the comparison
    if (!compared && value == setting_get(&setup, setting))
        return true;
    return put_setting(app, setting, value, err);
}

Setup fresh_setup(const Platform *platform)
{
    Setup setup = setup_default();
    setup.threads = platform->threads;
    return setup;
}

bool do_reset(App *app, const Words *words, Err *err)
{
    (void)words;
    Setup setup = fresh_setup(&app->platform);
    play_pause(app);
    if (!session_start(&app->session, &setup, err))
        return false;
    app->loaded = NULL;
    app->text = NULL;
    look_start(app);
    return true;
}

bool do_restart(App *app, const Words *words, Err *err)
{
    (void)words;
    Setup setup = session_setup(&app->session);
    app->loaded = NULL;
    return session_restart(&app->session, &setup, err);
}

// ---- on and back ----------------------------------------------------------------------------------------------
bool do_train(App *app, const Words *words, Err *err)
{
    play_pause(app);
    if (!refuse_broken(app, err))
        return false;
    session_train(&app->session, argument_whole(words, 1));
    return changes_tell(app);
}

typedef bool Stepping(Session *session, long n, Err *err);

static Stepping *const stepping[STRIDES] = {
    [STRIDE_OP] = session_step_ops,
    [STRIDE_STEP] = session_step_times,
    [STRIDE_UPDATE] = session_step_updates,
};

static bool step_by(App *app, Stride stride, long n, Err *err)
{
    play_pause(app);
    hands_step_aside(app);
    return stepping[stride](&app->session, n, err) && changes_tell(app);
}

bool do_op(App *app, const Words *words, Err *err)
{
    return step_by(app, STRIDE_OP, argument_whole(words, 1), err);
}

bool do_step(App *app, const Words *words, Err *err)
{
    return step_by(app, STRIDE_STEP, argument_whole(words, 1), err);
}

bool do_update(App *app, const Words *words, Err *err)
{
    return step_by(app, STRIDE_UPDATE, argument_whole(words, 1), err);
}

bool stride_by(App *app, long n, Err *err)
{
    return step_by(app, app->stride, n, err);
}

bool do_go(App *app, const Words *words, Err *err)
{
    return stride_by(app, argument_whole(words, 1), err);
}

bool do_seek(App *app, const Words *words, Err *err)
{
    long update = argument_whole(words, 1);
    long end = update > 0 ? run_last_op(&app->session.runs[0]) : 0;
    play_pause(app);
    hands_step_aside(app);
    return session_seek(&app->session, (Moment){update, words->count > 2 ? argument_whole(words, 2) : end}, err) &&
           changes_tell(app);
}

bool do_latest(App *app, const Words *words, Err *err)
{
    (void)words;
    const long reached = session_lead(&app->session)->reached;
    const Moment end = {reached, reached > 0 ? run_last_op(&app->session.runs[0]) : 0};
    play_pause(app);
    hands_step_aside(app);
    return session_seek(&app->session, end, err) && changes_tell(app);
}

// ---- by the clock ---------------------------------------------------------------------------------------------
bool do_play(App *app, const Words *words, Err *err)
{
    (void)words;
    if (!refuse_broken(app, err))
        return false;
    play_begin(app);
    return true;
}

bool do_slow(App *app, const Words *words, Err *err)
{
    if (!refuse_broken(app, err))
        return false;
    play_slowly(app, argument_is(words, 1, "op") ? STRIDE_OP : STRIDE_STEP);
    hands_step_aside(app);
    return true;
}

bool do_pause(App *app, const Words *words, Err *err)
{
    (void)words;
    (void)err;
    play_pause(app);
    return true;
}

bool do_stop(App *app, const Words *words, Err *err)
{
    (void)words;
    (void)err;
    app_stop(app);
    return true;
}
