#include "app/journal.h"

#include <string.h>

#include "app/text.h"
#include "sim/choices.h"

void journal_begin(App *app)
{
    app->begun_with = app->session.runs[0].setup;
    app->change_count = 0;
    app->loaded = NULL;
}

void journal_loaded(App *app, const char *path)
{
    app->loaded = arena_print(&app->arena, "%s", path);
}

// In the midst of an update a change acts on that update, at its end on the next.
long journal_next(const App *app)
{
    const Run *run = &app->session.runs[0];
    bool at_end = run->at.update == 0 || run->at.op == run_last_op(run);
    return run->at.update + at_end;
}

static void add_change(App *app, Change change)
{
    if (app->change_count == app->change_room) {
        app->change_room = app->change_room ? 2 * app->change_room : 32;
        Change *larger = arena_new(&app->arena, Change, app->change_room);
        if (app->change_count)
            memcpy(larger, app->changes, sizeof *larger * (size_t)app->change_count);
        app->changes = larger;
    }
    app->changes[app->change_count++] = change;
}

static double value_before(const App *app, const Setting *setting)
{
    for (int i = app->change_count - 1; i >= 0; i--)
        if (app->changes[i].setting == setting)
            return app->changes[i].value;
    return setting_get(&app->begun_with, setting);
}

// What is changed before the first update is what training began with; what is changed back was never changed.
void journal_change(App *app, long update, const Setting *setting, double value)
{
    int kept = 0;
    for (int i = 0; i < app->change_count; i++) {
        const Change *change = &app->changes[i];
        bool replaced = change->update == update && change->setting == setting;
        if (change->update <= update && !replaced)
            app->changes[kept++] = *change;
    }
    app->change_count = kept;
    if (update <= 1)
        setting_put(&app->begun_with, setting, value);
    else if (value != value_before(app, setting))
        add_change(app, (Change){ update, setting, value });
}

// ---- the line that restores the moment ------------------------------------------------------------------------
static void add_set(Text *line, const Setting *setting, double value)
{
    char text[SETTING_TEXT];
    text_add(line, "; set %s %s", setting->name, setting_text(setting, value, text));
}

// No setup on the way may be larger than the one it leads to, or it could be refused: choices come first, then what
// becomes less, then the rest.
static int place_of(const Setting *setting, double value)
{
    bool number = setting->kind == KIND_WHOLE || setting->kind == KIND_REAL;
    return !number ? 0 : value < setting->initial ? 1 : 2;
}

static void add_settings(const App *app, Text *line)
{
    for (int place = 0; place < 3; place++)
        for (const Setting *setting = settings; setting->name; setting++) {
            bool plays = setting->group == GROUP_PLAYBACK;
            double value = setting_get(plays ? &app->session.runs[0].setup : &app->begun_with, setting);
            if (value != setting->initial && place_of(setting, value) == place)
                add_set(line, setting, value);
        }
}

static void add_train(Text *line, long *done, long update)
{
    if (update > *done)
        text_add(line, "; train %ld", update - *done);
    *done = update > *done ? update : *done;
}

// Each change is made at the end of the update before the one it acts on, and one that acts on the next update is made
// already. The last update is trained whole and then gone back into.
const char *journal_state(App *app, Arena *arena)
{
    const Run *run = &app->session.runs[0];
    Text line = text_make(arena);
    long done = 0;
    text_add(&line, "reset");
    if (app->text) // which also chooses its task
        text_add(&line, "; text \"%s\"; set task %s", app->text, task_name(app->begun_with.task));
    add_settings(app, &line);
    if (app->loaded)
        text_add(&line, "; load \"%s\"", app->loaded);
    for (int i = 0; i < app->change_count && app->changes[i].update <= journal_next(app); i++) {
        add_train(&line, &done, app->changes[i].update - 1);
        add_set(&line, app->changes[i].setting, app->changes[i].value);
    }
    add_train(&line, &done, run->at.update);
    if (run->at.update > 0 && run->at.op != run_last_op(run))
        text_add(&line, "; seek %ld %ld", run->at.update, run->at.op);
    return line.text;
}
