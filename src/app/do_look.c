#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/screen.h"
#include "views/views.h"

static Dims dims_of(const App *app)
{
    return app->session.runs[0].program.dims;
}

static void follow_operation(App *app)
{
    app->layer = 0;
    app->reverse = false;
}

// ---- what another network no longer has -----------------------------------------------------------------------
static bool some_has_memory(const App *app)
{
    for (int i = 0; i < app->session.comparison.lanes; i++)
        if (app->session.runs[i].program.memory != NONE)
            return true;
    return false;
}

// Of networks that are compared, the one that has most to look at.
static int deepest(const App *app)
{
    int deepest = 0;
    for (int i = 1; i < app->session.count; i++) {
        const Program *p = &app->session.runs[i].program, *than = &app->session.runs[deepest].program;
        const int more = p->dims.L - than->dims.L;
        if (more > 0 || (more == 0 && p->net.bidirectional && !than->net.bidirectional))
            deepest = i;
    }
    return deepest;
}

void look_within(App *app)
{
    const Program *p = &app->session.runs[deepest(app)].program;
    Dims dims = dims_of(app);
    if (app->selected_t > dims.T || app->selected_unit > dims.H)
        app->selected_t = app->selected_unit = 0;
    if (app->show_b >= dims.B)
        app->show_b = 0;
    if (app->axis_last > dims.T)
        app->axis_first = app->axis_last = 0;
    if (!some_has_memory(app))
        app->gradient_of_memory = false;
    if (app->layer > p->dims.L || (app->reverse && !p->net.bidirectional))
        follow_operation(app);
    if (app->lane >= app->session.comparison.lanes)
        app->lane = 0;
    if (app->weight >= (long)app->session.runs[app->lane].params.count)
        app->weight = NONE;
}

// ---- what is drawn --------------------------------------------------------------------------------------------
bool refuse_view(const char *name, Err *err)
{
    char list[256] = "";
    Nearest nearest = nearest_to(name);
    for (int i = 0; views[i]; i++) {
        nearest_offer(&nearest, views[i]->name);
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, " %s", views[i]->name);
    }
    if (nearest_best(&nearest))
        return refuse(err, "there is no view \"%s\", did you mean \"%s\"?", name, nearest_best(&nearest));
    return refuse(err, "there is no view \"%s\"; there are:%s", name, list);
}

// All but the weights stand in the presentation only.
static void tell_where(App *app)
{
    char text[160];
    const char *key = key_of_line("toggle present");
    if (app->present || app->frames == 0 || app->view == NONE || weights_shown(app) || !key)
        return;
    snprintf(text, sizeof text, "%s is the view of the presentation: %s opens it", views[app->view]->title,
             key_shown(&app->last, key));
    app_tell(app, false, text);
}

bool do_view(App *app, const Words *words, Err *err)
{
    bool usual = argument_is(words, 1, "usual");
    int index = view_index(words->word[1]);
    if (!usual && index < 0)
        return refuse_view(words->word[1], err);
    app->view = usual ? NONE : index;
    tell_where(app);
    return true;
}

bool do_show(App *app, const Words *words, Err *err)
{
    long b = argument_whole(words, 1);
    if (b > dims_of(app).B)
        return refuse(err, "the batch has sequences 1 to %d", dims_of(app).B);
    app->show_b = (int)b - 1;
    return true;
}

// Directions turn first, then layers; behind the last comes the first.
static void next_layer(App *app)
{
    Run *run = &app->session.runs[deepest(app)];
    const Program *p = &run->program;
    Snapshot followed = snapshot_make(run, app->show_b, false);
    int layer = app->layer > 0 ? app->layer - 1 : followed.layer;
    bool reverse = app->layer > 0 ? app->reverse : followed.reverse;
    bool turn = p->net.bidirectional && !reverse;
    app->layer = (turn ? layer : (layer + 1) % p->dims.L) + 1;
    app->reverse = turn;
}

static bool choose_layer(App *app, const Words *words, Err *err)
{
    const Program *p = &app->session.runs[deepest(app)].program;
    bool reverse = words->count > 2 && argument_is(words, 2, "backward");
    long layer;
    if (!words_whole(words->word[1], &layer))
        return refuse(err, "layer takes N [forward|backward], next or follow, not \"%s\"", words->word[1]);
    if (layer < 1 || layer > p->dims.L)
        return refuse(err, "the network has layers 1 to %d", p->dims.L);
    if (words->count > 2 && !reverse && !argument_is(words, 2, "forward"))
        return refuse(err, "a direction is forward or backward, not \"%s\"", words->word[2]);
    if (reverse && !p->net.bidirectional)
        return refuse(err, "the network reads forward only, see the setting bidirectional");
    app->layer = (int)layer;
    app->reverse = reverse;
    return true;
}

bool do_layer(App *app, const Words *words, Err *err)
{
    bool next = argument_is(words, 1, "next"), follow = argument_is(words, 1, "follow");
    if (!next && !follow)
        return choose_layer(app, words, err);
    if (words->count > 2)
        return refuse(err, "layer %s takes nothing more", words->word[1]);
    if (next)
        next_layer(app);
    else
        follow_operation(app);
    return true;
}

bool do_stride(App *app, const Words *words, Err *err)
{
    (void)err;
    app->stride = argument_is(words, 1, "op") ? STRIDE_OP : argument_is(words, 1, "step") ? STRIDE_STEP : STRIDE_UPDATE;
    return true;
}

bool do_grain(App *app, const Words *words, Err *err)
{
    static const char *const names[GRAINS] = {[GRAIN_OP] = "op", [GRAIN_STEP] = "step", [GRAIN_UPDATE] = "update"};
    (void)err;
    if (argument_is(words, 1, "next"))
        app->grain = (app->grain + 1) % GRAINS;
    for (int i = 0; i < GRAINS; i++)
        if (argument_is(words, 1, names[i]))
            app->grain = (Grain)i;
    return true;
}

bool do_bars(App *app, const Words *words, Err *err)
{
    (void)err;
    app->linear = argument_is(words, 1, "linear");
    app->bars_said = true;
    return true;
}

bool do_gradient(App *app, const Words *words, Err *err)
{
    bool of_memory = argument_is(words, 1, "c");
    if (of_memory && !some_has_memory(app))
        return refuse(err, "the cell %s has no memory c", app->session.runs[0].program.net.cell->name);
    app->gradient_of_memory = of_memory;
    return true;
}

bool do_slices(App *app, const Words *words, Err *err)
{
    (void)err;
    app->slices = argument_is(words, 1, "on");
    return true;
}

bool do_quantity(App *app, const Words *words, Err *err)
{
    const char *name = words->word[1];
    for (int i = 0; i < app->session.comparison.lanes; i++) {
        const CellType *cell = app->session.runs[i].program.net.cell;
        int slot = cell_slot(cell, name);
        if (slot != NONE && cell->slots[slot].role != ROLE_INPUT && strlen(name) < sizeof app->quantity) {
            strcpy(app->quantity, name);
            return true;
        }
    }
    return refuse(err, "no network here has a quantity \"%s\"", name);
}

bool do_fold(App *app, const Words *words, Err *err)
{
    (void)err;
    app->folded = argument_is(words, 1, "on");
    return true;
}

bool do_gauge(App *app, const Words *words, Err *err)
{
    (void)err;
    app->gauge = argument_is(words, 1, "on");
    return true;
}

bool do_theme(App *app, const Words *words, Err *err)
{
    (void)err;
    app->dark = argument_is(words, 1, "dark");
    return true;
}

bool do_present(App *app, const Words *words, Err *err)
{
    (void)err;
    app->present = argument_is(words, 1, "on");
    return true;
}

// ---- size -----------------------------------------------------------------------------------------------------
static const double scales[] = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4};
enum { SCALES = sizeof scales / sizeof *scales };

static double next_scale(double scale, bool up)
{
    for (int i = 0; i < SCALES; i++) {
        double next = scales[up ? i : SCALES - 1 - i];
        if (up ? next > scale : next < scale)
            return next;
    }
    return scale;
}

// A larger scale leaves fewer layout px. One step up stops where the screen would no longer fit.
static bool scale_by_step(App *app, bool up, Err *err)
{
    double scale = next_scale(app->scale, up), part = app->scale / scale;
    if (up && (app->width * part < SCREEN_LEAST_WIDTH || app->height * part < SCREEN_LEAST_HEIGHT))
        return refuse(err, "this window has no room for a larger scale than %g", app->scale);
    app->scale = scale;
    return true;
}

bool do_scale(App *app, const Words *words, Err *err)
{
    double scale;
    if (argument_is(words, 1, "up") || argument_is(words, 1, "down"))
        return scale_by_step(app, argument_is(words, 1, "up"), err);
    if (!words_real(words->word[1], &scale))
        return refuse(err, "scale takes a number, up or down, not \"%s\"", words->word[1]);
    if (!(scale >= scales[0] && scale <= scales[SCALES - 1]))
        return refuse(err, "scale takes %g to %g", scales[0], scales[SCALES - 1]);
    app->scale = scale;
    return true;
}

// ---- the settings panel -----------------------------------------------------------------------------------------
static bool same_word(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool find_group(const char *name, unsigned *bit, Err *err)
{
    Nearest nearest = nearest_to(name);
    for (int i = 0; i < GROUPS; i++) {
        *bit = 1u << i;
        if (same_word(setting_groups[i], name))
            return true;
        nearest_offer(&nearest, setting_groups[i]);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        return refuse(err, "there is no group \"%s\", did you mean \"%s\"?", name, best);
    return refuse(err, "there is no group \"%s\"", name);
}

bool do_group(App *app, const Words *words, Err *err)
{
    unsigned bit;
    if (!find_group(words->word[1], &bit, err))
        return false;
    app->closed_groups ^= bit;
    return true;
}

bool do_more(App *app, const Words *words, Err *err)
{
    unsigned bit;
    if (!find_group(words->word[1], &bit, err))
        return false;
    app->more_groups ^= bit;
    return true;
}
