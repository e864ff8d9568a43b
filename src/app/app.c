#include "app/app.h"

#include <stdio.h>
#include <string.h>

#include "app/do.h"
#include "app/hands.h"
#include "app/job.h"
#include "app/lines.h"
#include "app/palette.h"
#include "app/play.h"
#include "app/screen.h"
#include "app/undo.h"
#include "views/views.h"

// ---- the start and the end --------------------------------------------------------------------------------------
bool app_start(App *app, const Platform *platform, Fonts *fonts, Err *err)
{
    Setup setup = fresh_setup(platform);
    *app = (App){.platform = *platform, .fonts = fonts, .scale = 1, .width = 1440, .height = 900, .changed = true};
    app->arena = arena_make(1 << 16);
    app->frame = arena_make(1 << 20);
    app->lines = arena_make(1 << 14);
    app->lesson_arena = arena_make(1 << 16);
    app->player.page = -1;
    palette_start(app);
    app->hands = hands_at_rest();
    app->play_since = -1;
    if (!session_start(&app->session, &setup, err))
        return false;
    look_start(app);
    return true;
}

void app_free(App *app)
{
    undo_free(app);
    job_free(app);
    session_free(&app->session);
    palette_free(app);
    arena_free(&app->arena);
    arena_free(&app->frame);
    arena_free(&app->lines);
    arena_free(&app->lesson_arena);
    *app = (App){.quit = true};
}

// ---- lines ------------------------------------------------------------------------------------------------------
void app_say(App *app, const char *text, const char *file)
{
    lines_say(app, text, file);
}

bool app_busy(const App *app)
{
    return job_running(app) || (session_working(&app->session) && !app->playing);
}

// What stands behind a `;` is carried out too, until something takes time; the rest waits before all others.
bool app_do(App *app, const char *line, Err *err)
{
    int others = lines_count(app);
    bool done = true;
    err->text[0] = 0;
    lines_say_first(app, line, NULL);
    while (done && lines_count(app) > others) {
        done = lines_next(app, err);
        if (app_busy(app))
            break;
    }
    return done;
}

bool app_finish(App *app, Err *err)
{
    err->text[0] = 0;
    for (;;) {
        goal_work(app, -1);
        job_work(app, -1);
        if (lines_count(app) == 0 || app->quit)
            return true;
        if (!lines_next(app, err))
            return false;
    }
}

static void drop_waiting(App *app)
{
    int count = lines_count(app);
    char news[200];
    if (count == 0)
        return;
    snprintf(news, sizeof news, "dropped %d line%s that waited: %s%s", count, count == 1 ? "" : "s", lines_first(app),
             count == 1 ? "" : " …");
    lines_drop(app);
    app_tell(app, false, news);
}

// What is open closes first; then what is being done ends.
void app_stop(App *app)
{
    Hands *hands = &app->hands;
    app->changed = true;
    if (app->popup != POPUP_NONE) {
        popup_close(app);
        return;
    }
    drop_waiting(app);
    if (job_running(app))
        job_stop(app);
    else if (app_busy(app))
        session_stop(&app->session);
    else if (app->hint > 0)
        app->hint = 0;
    else if (app->pin_count > 0)
        app->pin_count = 0;
    else if (hands->focus)
        hands->focus = 0;
    else if (hands->pointing == POINTING_KEYS)
        hands_point(app, POINTING_NOTHING);
    else
        app->present = false;
}

// ---- messages ---------------------------------------------------------------------------------------------------
void app_tell(App *app, bool bad, const char *text)
{
    snprintf(app->message, sizeof app->message, "%s", text);
    app->message_bad = bad;
    app->message_since = app_now(app);
    app->changed = true;
    if (bad && app->platform.warn)
        app->platform.warn(app->platform.context, text);
}

static void forget_message(App *app)
{
    static const double NEWS_SECONDS = 5, BAD_SECONDS = 15;
    double age = app_now(app) - app->message_since;
    if (!app->message[0] || age < (app->message_bad ? BAD_SECONDS : NEWS_SECONDS))
        return;
    app->message[0] = 0;
    app->changed = true;
}

// ---- the picture ------------------------------------------------------------------------------------------------
const Theme *app_theme(const App *app)
{
    return app->dark ? &theme_dark : &theme_light;
}

// On the way to the end of an update there is nothing to read on the tape: the probe is shown, as while playing.
static bool passes_updates(const App *app)
{
    const Run *run = session_lead(&app->session);
    return session_working(&app->session) && !app->playing && run->goal.op == run_last_op(run);
}

static bool shows_probe(const App *app)
{
    return play_by_updates(app) || passes_updates(app);
}

void app_look_at_layer(const App *app, Snapshot *snapshot)
{
    if (app->layer == 0)
        return;
    int layers = snapshot->program->dims.L, layer = app->layer < layers ? app->layer : layers;
    snapshot_look_at(snapshot, layer - 1, app->reverse && snapshot->program->net.bidirectional);
}

static Snapshot snapshot_of(App *app, int lane)
{
    const Pointed *pointed = &app->hands.pointed;
    bool probe = shows_probe(app);
    Run *run = &app->session.runs[lane];
    Snapshot made = app->in_frame ? snapshot_as_it_is(run, app->show_b, probe) : snapshot_make(run, app->show_b, probe);
    Snapshot *snapshot = &made;
    snapshot->pointed_t = pointed->t <= snapshot->program->dims.T ? pointed->t : 0;
    snapshot->pointed_slot = pointed->slot < snapshot->program->slot_count ? pointed->slot : NONE;
    snapshot->pointed_unit = pointed->unit;
    snapshot->pointed_weight = app->hands.pointed_weight;
    snapshot->selected_t = app->selected_t;
    snapshot->selected_unit = app->selected_unit;
    snapshot->gradient_of_memory = app->gradient_of_memory;
    snapshot->linear = bars_linear(app);
    snapshot->grain = app->grain;
    snapshot->slices = app->slices;
    snapshot->weights = weights_shown(app);
    snapshot->weight = lane == app->lane ? app->weight : NONE;
    snapshot->former = run->former ? run->former_name : NULL;
    snapshot->folded = app->folded;
    snapshot->presented = app->present;
    app_look_at_layer(app, snapshot);
    snapshot->gauge = app->gauge;
    snapshot->session = &app->session;
    snapshot->lanes = app->lanes;
    snapshot->lane = lane;
    snapshot->quantity = app->quantity;
    if (snapshot->pointed_t > 0 && !app->hands.pointed_term)
        snapshot->t = snapshot->pointed_t;
    else if (snapshot->t == 0)
        snapshot->t = app->selected_t;
    return made;
}

static void take_snapshots(App *app)
{
    for (int lane = 0; lane < app->session.comparison.lanes; lane++)
        app->lanes[lane] = snapshot_of(app, lane);
    app->snapshot = app->lanes[0];
}

void app_draw(App *app, int width, int height, int view, DrawList *out)
{
    enum { EDGE = 16 };
    take_snapshots(app);
    arena_reset(&app->frame);
    *out = draw_begin(&app->frame, app->fonts);
    out->hover = app->hands.hover;
    out->focus = app->hands.focus;
    out->pressed = app->hands.pressed;
    out->pins = app->pins;
    out->pin_count = app->pin_count;
    if (view < 0) {
        screen_draw(app, width, height, out);
        return;
    }
    Rect area = {EDGE, EDGE, (float)(width - 2 * EDGE), (float)(height - 2 * EDGE)};
    TimeAxis axis = screen_layout(app, width, height).axis;
    axis = axis_fit(axis.first, axis.last, area.x + VIEW_MARGIN, area.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT);
    draw_rect(out, INK_CARD, (Rect){0, 0, (float)width, (float)height}, 0);
    views[view]->draw(&app->snapshot, axis, area, out);
}

// ---- one frame --------------------------------------------------------------------------------------------------
static void carry_out_lines(App *app, double until)
{
    Err err;
    for (;;) {
        if (app_busy(app))
            goal_work(app, until);
        job_work(app, until);
        if (app_busy(app) || lines_count(app) == 0 || app->quit)
            return;
        if (!lines_next(app, &err))
            app_tell(app, true, err.text);
        if (app_now(app) >= until)
            return;
    }
}

bool app_advance(App *app, double budget)
{
    double until = app_now(app) + budget;
    hands_frame(app);
    carry_out_lines(app, until);
    if (app->playing && !job_running(app))
        play_on(app, until);
    forget_message(app);
    return app->changed;
}

// The probes that are shown go on as far as a part of the frame allows; what is left is done in the next ones. A probe
// that takes less is of the newest weights in every picture. True: something is left.
static bool follow_with_probes(App *app, double budget)
{
    const double part = 0.25;
    double until = app_now(app) + part * budget;
    bool left = false;
    for (int i = 0; i < app->session.count && shows_probe(app); i++) {
        bool more = true;
        while (more && app_now(app) <= until)
            more = run_probe_work(&app->session.runs[i]);
        left = left || more;
    }
    return left;
}

bool app_frame(App *app, double budget, int width, int height, DrawList *out)
{
    app->changed = app->changed || width != app->width || height != app->height;
    app->width = width;
    app->height = height;
    if (!app_advance(app, budget))
        return false;
    app->in_frame = true;
    app->changed = follow_with_probes(app, budget);
    app_draw(app, width, height, -1, out);
    app->in_frame = false;
    app->last = *out;
    app->frames++;
    hands_look(app);
    return true;
}
