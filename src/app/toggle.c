#include <string.h>

#include "app/do.h"
#include "app/lines.h"
#include "app/screen.h"

static bool is_playing(const App *app)
{
    return app->playing;
}

static bool is_slow(const App *app)
{
    return app->playing && app->slow;
}

static bool is_dark(const App *app)
{
    return app->dark;
}

static bool is_folded(const App *app)
{
    return app->folded;
}

static bool has_slices(const App *app)
{
    return app->slices;
}

static bool has_weights(const App *app)
{
    return weights_shown(app);
}

static bool is_linear(const App *app)
{
    return bars_linear(app);
}

static bool is_of_memory(const App *app)
{
    return app->gradient_of_memory;
}

static bool is_gauge(const App *app)
{
    return app->gauge;
}

static bool is_present(const App *app)
{
    return app->present;
}

static bool is_comparing(const App *app)
{
    return app->session.comparison.lanes > 1;
}

// What has two sides, and the lines that turn to each.
// clang-format off
static const struct {
    const char *name, *line; // "toggle " and the name
    bool (*is_on)(const App *app);
    const char *turn_on, *turn_off;
} toggles[] = {
    { "play",     "toggle play",     is_playing,   "play",       "pause" },
    { "slow",     "toggle slow",     is_slow,      "slow step",  "pause" },
    { "theme",    "toggle theme",    is_dark,      "theme dark", "theme light" },
    { "fold",     "toggle fold",     is_folded,    "fold on",    "fold off" },
    { "slices",   "toggle slices",   has_slices,   "slices on",  "slices off" },
    { "weights",  "toggle weights",  has_weights,  "view weights", "view usual" },
    { "bars",     "toggle bars",     is_linear,    "bars linear", "bars log" },
    { "gradient", "toggle gradient", is_of_memory, "gradient c", "gradient h" },
    { "gauge",    "toggle gauge",    is_gauge,     "gauge on",   "gauge off" },
    { "present",  "toggle present",  is_present,   "present on", "present off" },
    { "compare",  "toggle compare",  is_comparing, "compare cells", "compare off" },
    { 0 },
};
// clang-format on

const char *toggle_of_line(const char *line)
{
    for (int i = 0; toggles[i].name; i++)
        if (strcmp(line, toggles[i].turn_on) == 0 || strcmp(line, toggles[i].turn_off) == 0)
            return toggles[i].line;
    return strncmp(line, "set clip ", 9) == 0 ? "toggle clip" : NULL;
}

// ---- settings -------------------------------------------------------------------------------------------------
static bool has_two_sides(const Setting *setting)
{
    bool choice = setting->kind == KIND_CHOICE && setting->choice(0) && strcmp(setting->choice(0), "off") == 0;
    return choice || setting->kind == KIND_SWITCH || setting->can_be_off;
}

// Where a setting that is off goes: the first choice behind "off", or 1 where numbers allow it.
static double value_when_on(const Setting *setting)
{
    return setting->low > 1 ? setting->low : setting->kind == KIND_REAL && setting->high < 1 ? setting->high : 1;
}

static const char *setting_toggle(const App *app, const Setting *setting, Arena *arena)
{
    char text[SETTING_TEXT];
    Setup setup = session_setup(&app->session);
    double off = setting->can_be_off ? SETTING_OFF : 0;
    bool is_off = setting_get(&setup, setting) == off;
    double value = is_off ? value_when_on(setting) : off;
    return arena_print(arena, "set %s %s", setting->name, setting_text(setting, value, text));
}

const char *toggle_line(App *app, const char *name, Arena *arena)
{
    Err unknown;
    for (int i = 0; toggles[i].name; i++)
        if (strcmp(toggles[i].name, name) == 0)
            return toggles[i].is_on(app) ? toggles[i].turn_off : toggles[i].turn_on;
    const Setting *setting = setting_find(name, &unknown);
    return setting && has_two_sides(setting) ? setting_toggle(app, setting, arena) : NULL;
}

static const char *nearest_toggle(const char *name)
{
    Nearest nearest = nearest_to(name);
    for (int i = 0; toggles[i].name; i++)
        nearest_offer(&nearest, toggles[i].name);
    for (const Setting *setting = settings; setting->name; setting++)
        if (has_two_sides(setting))
            nearest_offer(&nearest, setting->name);
    return nearest_best(&nearest);
}

bool do_toggle(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 8);
    const char *name = words->word[1], *line = toggle_line(app, name, &scratch), *best = nearest_toggle(name);
    bool done = false;
    if (line)
        done = line_run(app, line, err);
    else if (best)
        refuse(err, "there is nothing \"%s\" to toggle, did you mean \"%s\"?", name, best);
    else
        refuse(err, "there is nothing \"%s\" to toggle", name);
    arena_free(&scratch);
    return done;
}
