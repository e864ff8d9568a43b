#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"

// ---- opening and closing ----------------------------------------------------------------------------------------
// What opens takes the keyboard, and gives it back when it closes.
void popup_open(App *app, Popup popup)
{
    Hands *hands = &app->hands;
    if (popup == POPUP_NONE) {
        popup_close(app);
        return;
    }
    if (app->popup == POPUP_NONE)
        hands->focus_before = hands->focus;
    app->popup = popup;
    hands->page_scroll = 0;
    hands->focus = 0; // popup_draw gives it to the present item
}

void popup_close(App *app)
{
    if (app->popup == POPUP_NONE)
        return;
    app->popup = POPUP_NONE;
    app->hands.focus = app->hands.focus_before;
    app->changed = true;
    tip_hide(app);
}

// A press closes the list, but not that of values to compare: there are several to choose.
void popup_pressed(App *app, const char *line)
{
    bool several = app->popup == POPUP_COMPARE && app->popup_choice;
    if (!several || (strncmp(line, "compare ", 8) && strncmp(line, "set ", 4)) || !strcmp(line, "compare off"))
        popup_close(app);
}

// ---- lists and pages --------------------------------------------------------------------------------------------
// What has a list of choices without being a setting.
static const char *const other_choices[] = {"stride", "scale", "view", "quantity", "export", NULL};

static bool open_choice(App *app, const char *name, Err *err)
{
    const char *found = NULL;
    for (int i = 0; other_choices[i]; i++)
        if (strcmp(other_choices[i], name) == 0)
            found = other_choices[i];
    const Setting *setting = found ? NULL : setting_find(name, err);
    if (setting && setting->kind == KIND_CHOICE)
        found = setting->name;
    else if (setting)
        return refuse(err, "%s has no list of choices", name);
    if (!found)
        return false;
    app->popup_choice = found;
    popup_open(app, POPUP_CHOICE);
    return true;
}

static bool open_compare(App *app, const char *name, Err *err)
{
    Setup shared = session_setup(&app->session);
    const Setting *setting = name ? setting_find(name, err) : NULL;
    if (name && (!setting || !comparison_suits(setting, &shared, err)))
        return false;
    app->popup_choice = setting ? setting->name : NULL;
    popup_open(app, POPUP_COMPARE);
    return true;
}

bool do_open(App *app, const Words *words, Err *err)
{
    static const struct {
        const char *name;
        Popup popup;
    } pages[] = {{"none", POPUP_NONE}, {"keys", POPUP_KEYS}, {"journal", POPUP_JOURNAL}, {"lessons", POPUP_LESSONS}};
    bool choice = argument_is(words, 1, "choice");
    if (argument_is(words, 1, "compare"))
        return open_compare(app, words->count > 2 ? words->word[2] : NULL, err);
    if (words->count > 2 && !choice)
        return refuse(err, "open takes keys, journal, lessons, compare [NAME], none or choice NAME");
    if (choice && words->count == 2)
        return refuse(err, "open choice takes the name of a setting");
    if (argument_is(words, 1, "lessons") && !lessons_read(app, err))
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(words->word[1], pages[i].name) == 0) {
            popup_open(app, pages[i].popup);
            return true;
        }
    return open_choice(app, words->word[words->count - 1], err);
}
