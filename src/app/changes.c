#include "app/changes.h"

#include "base/text.h"
#include "sim/history.h"

// The settings as they are, or were, at a moment that training has reached.
static Setup setup_at(const Run *run, Moment at)
{
    int count;
    bool at_end = at.update == 0 || at.op == run_last_op(run); // what acts from the next update on is set already
    Setup setup = history_begun(run);
    const Change *changes = history_changes(run, &count);
    for (int i = 0; i < count && changes[i].update <= at.update + at_end; i++)
        change_in_setup(&setup, &changes[i]);
    return setup;
}

bool changes_tell(App *app)
{
    char value[SETTING_TEXT];
    const Run *run = session_lead(&app->session);
    Setup then = setup_at(run, run->goal);
    Arena scratch = arena_make(1 << 10);
    Text news = text_make(&scratch);
    for (const Setting *setting = settings; setting->name; setting++) {
        double is = setting_get(&then, setting);
        if (setting_trains(setting) && is != setting_get(&run->setup, setting))
            text_add(&news, "%s%s is %s", news.length ? ", " : "", setting->name, setting_text(setting, is, value));
    }
    if (news.length) {
        text_add(&news, " again, as at update %ld", run->goal.update);
        app_tell(app, false, news.text);
    }
    arena_free(&scratch);
    return true;
}
