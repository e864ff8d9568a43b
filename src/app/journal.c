#include "app/journal.h"

#include "base/text.h"
#include "base/words.h"
#include "sim/choices.h"
#include "sim/history.h"
#include "sim/weights.h"

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

// Behind the settings that the runs share, so that what is compared has its own value by then.
static void add_comparison(const Comparison *comparison, Text *line)
{
    char text[SETTING_TEXT];
    if (comparison->setting)
        text_add(line, "; compare %s", comparison->setting->name);
    for (int lane = 0; comparison->setting && lane < comparison->lanes; lane++)
        text_add(line, " %s", setting_text(comparison->setting, comparison->value[lane], text));
    if (comparison->match == MATCH_WEIGHTS)
        text_add(line, "; match weights");
    if (comparison->seeds > 1)
        text_add(line, "; seeds %d", comparison->seeds);
}

static void add_settings(const Run *run, const Setup *begun, Text *line)
{
    for (int place = 0; place < 3; place++)
        for (const Setting *setting = settings; setting->name; setting++) {
            bool trains = setting_of_training(setting);
            double value = setting_get(trains ? begun : &run->setup, setting);
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

static void add_weight(const Run *run, const Change *change, Text *line)
{
    char place[WEIGHT_TEXT], value[NUMBER_SIZE];
    weight_text(&run->program, weight_place(&run->program, change->weight), place);
    text_add(line, "; weight %s %s", place, number_exact(value, change->value));
}

// Each change is made at the end of the update before the one it acts on. A setting that is changed to the value it has
// is no change.
static void add_changes(const Run *run, Moment at, Setup *setup, Text *line, long *done)
{
    int count;
    const bool at_end = at.update == 0 || at.op == run_last_op(run);
    const Change *changes = history_changes(run, &count);
    for (int i = 0; i < count && changes[i].update <= at.update + at_end; i++) {
        const Change *change = &changes[i];
        const Setting *setting = change->setting;
        if (setting && setting_get(setup, setting) == change->value)
            continue;
        add_train(line, done, change->update - 1);
        if (setting)
            add_set(line, setting, change->value);
        else
            add_weight(run, change, line);
        change_in_setup(setup, change);
    }
}

const char *journal_state(App *app, Arena *arena)
{
    const Run *run = &app->session.runs[0];
    const Moment at = session_at(&app->session);
    Setup begun = history_begun(run), setup = begun;
    const Comparison *comparison = &app->session.comparison;
    Text line = text_make(arena);
    long done = 0;
    begun.hidden = app->session.hidden;
    if (comparison->setting)
        setting_put(&begun, comparison->setting, comparison->own);
    text_add(&line, "reset");
    if (app->text)
        text_add(&line, "; text \"%s\"", app->text);
    if (app->text && setup.task == setup_default().task) // the text has chosen its own, and no setting says another
        text_add(&line, "; set task %s", task_name(setup.task));
    add_settings(run, &begun, &line);
    if (app->loaded)
        text_add(&line, "; load \"%s\"", app->loaded);
    add_comparison(comparison, &line);
    add_changes(run, at, &setup, &line, &done);
    add_train(&line, &done, at.update);
    if (at.update > 0 && at.op != run_last_op(run)) // trained whole, then gone back into
        text_add(&line, "; seek %ld %ld", at.update, at.op);
    return line.text;
}
