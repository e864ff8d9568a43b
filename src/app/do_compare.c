#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/play.h"
#include "sim/choices.h"

void tell_units(App *app, int before)
{
    char text[160];
    const Setup *setup = &app->session.runs[0].setup;
    if (app->session.count > 1 || setup->hidden == before)
        return;
    snprintf(text, sizeof text, "%s goes on with the %d hidden units it was compared with; before there were %d",
             cell_title(setup->cell), setup->hidden, before);
    app_tell(app, false, text);
}

static bool is_same(double a, double b)
{
    return a == b || (a != a && b != b); // off
}

static void tell_value(App *app, const Comparison *was)
{
    char text[160], now[SETTING_TEXT], before[SETTING_TEXT];
    const Setting *setting = was->setting;
    if (app->session.count > 1 || !setting)
        return;
    const double value = setting_get(&app->session.runs[0].setup, setting);
    if (is_same(value, was->own))
        return;
    snprintf(text, sizeof text, "the network goes on with %s %s; before the comparison it was %s", setting->name,
             setting_show(setting, value, now), setting_show(setting, was->own, before));
    app_tell(app, false, text);
}

// Several runs at once. Whatever is compared begins at update 0, so that no run is ahead of another.
static bool begin(App *app, const Comparison *comparison, Err *err)
{
    bool several = comparison_runs(comparison) > 1;
    int units = app->session.hidden;
    const Comparison was = app->session.comparison;
    if (!session_compare(&app->session, comparison, err))
        return false;
    if (several) {
        memset(app->broken_told, 0, sizeof app->broken_told);
        app->loaded = NULL;
    }
    tell_units(app, units);
    tell_value(app, &was);
    look_within(app);
    return true;
}

// ---- what is compared -----------------------------------------------------------------------------------------
static bool has_value(const Comparison *comparison, double value)
{
    for (int lane = 0; lane < comparison->lanes; lane++)
        if (comparison->value[lane] == value)
            return true;
    return false;
}

static bool read_values(Comparison *comparison, const Words *words, Err *err)
{
    const char *name = comparison->setting->name;
    comparison->lanes = 0;
    if (words->count < 4 || words->count > 2 + LANES_MOST)
        return refuse(err, "compare %s takes 2 to %d values", name, LANES_MOST);
    for (int i = 2; i < words->count; i++) {
        double value;
        if (!setting_read(comparison->setting, words->word[i], &value, err))
            return false;
        if (has_value(comparison, value))
            return refuse(err, "%s is there twice", words->word[i]);
        comparison->value[comparison->lanes++] = value;
    }
    return true;
}

static bool compare_setting(App *app, const Words *words, Err *err)
{
    Comparison comparison = app->session.comparison;
    Setup base = session_setup(&app->session);
    comparison.setting = setting_find(words->word[1], err);
    if (!comparison.setting || !comparison_suits(comparison.setting, &base, err) ||
        !read_values(&comparison, words, err))
        return false;
    comparison.own = setting_get(&base, comparison.setting);
    return begin(app, &comparison, err);
}

static bool compare_one_word(App *app, const char *word, Err *err)
{
    static const Words cells = {.count = 5, .word = {"compare", "cell", "rnn", "lstm", "gru"}};
    if (!strcmp(word, "cells"))
        return compare_setting(app, &cells, err);
    if (!strcmp(word, "off"))
        return begin(app, &comparison_none, err);
    return refuse(err, "compare takes cells, off, or a setting and 2 to %d values", LANES_MOST);
}

bool do_compare(App *app, const Words *words, Err *err)
{
    return words->count == 2 ? compare_one_word(app, words->word[1], err) : compare_setting(app, words, err);
}

// ---- how ------------------------------------------------------------------------------------------------------
bool do_match(App *app, const Words *words, Err *err)
{
    Comparison comparison = app->session.comparison;
    Match match = argument_is(words, 1, "weights") ? MATCH_WEIGHTS : MATCH_HIDDEN;
    if (comparison.lanes == 1)
        return refuse(err, "match needs a comparison: compare cells, or compare SETTING VALUES");
    if (match == comparison.match)
        return true;
    comparison.match = match;
    return begin(app, &comparison, err);
}

bool do_seeds(App *app, const Words *words, Err *err)
{
    Comparison comparison = app->session.comparison;
    int seeds = atoi(words->word[1]);
    if (seeds == comparison.seeds)
        return true;
    comparison.seeds = seeds;
    return begin(app, &comparison, err);
}
