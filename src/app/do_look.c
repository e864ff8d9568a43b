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

// ---- the start ------------------------------------------------------------------------------------------------
void look_start(App *app)
{
    app->stride = STRIDE_STEP;
    app->show_b = 0;
    app->selected_t = app->selected_unit = 0;
    app->gradient_of_memory = app->linear = app->bars_said = app->folded = app->gauge = false;
    app->view = 0;
    strcpy(app->quantity, "h");
    app->axis_first = app->axis_last = 0;
}

void look_within(App *app)
{
    Dims dims = dims_of(app);
    if (app->selected_t > dims.T || app->selected_unit > dims.H)
        app->selected_t = app->selected_unit = 0;
    if (app->show_b >= dims.B)
        app->show_b = 0;
    if (app->axis_last > dims.T)
        app->axis_first = app->axis_last = 0;
    if (app->session.runs[0].program.memory == NONE)
        app->gradient_of_memory = false;
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

bool do_view(App *app, const Words *words, Err *err)
{
    int index = view_index(words->word[1]);
    if (index < 0)
        return refuse_view(words->word[1], err);
    app->view = index;
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

bool do_stride(App *app, const Words *words, Err *err)
{
    (void)err;
    app->stride = argument_is(words, 1, "op") ? STRIDE_OP : argument_is(words, 1, "step") ? STRIDE_STEP : STRIDE_UPDATE;
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
    const Run *run = &app->session.runs[0];
    if (of_memory && run->program.memory == NONE)
        return refuse(err, "the cell %s has no memory c", cell_types[run->setup.cell]->name);
    app->gradient_of_memory = of_memory;
    return true;
}

// A slot that is as long as the hidden state, in any of the runs.
static bool has_quantity(const Program *program, const char *name)
{
    for (int slot = 0; slot < program->slot_count; slot++)
        if (program->slots[slot].length == program->dims.H && !strcmp(program->slots[slot].slot.name, name))
            return true;
    return false;
}

bool do_quantity(App *app, const Words *words, Err *err)
{
    const char *name = words->word[1];
    for (int i = 0; i < app->session.comparison.lanes; i++)
        if (has_quantity(&app->session.runs[i].program, name) && strlen(name) < sizeof app->quantity) {
            strcpy(app->quantity, name);
            return true;
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
