#include <stdio.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/lines.h"

// The keyboard goes through the hots of the last picture that can have it, in the order they were drawn; under a modal
// layer only through those above it.
static int first_in_reach(const DrawList *list)
{
    int first = 0;
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_LAYER)
            first = i;
    return first;
}

static const Hot *focusable_at(const DrawList *list, int i)
{
    const Shape *shape = &list->shapes[i];
    return shape->kind == SHAPE_HOT && shape->hot->focusable ? shape->hot : NULL;
}

const Hot *focus_hot(const App *app, const DrawList *list)
{
    for (int i = first_in_reach(list); i < list->count; i++) {
        const Hot *hot = focusable_at(list, i);
        if (hot && hot->id == app->hands.focus && app->hands.focus)
            return hot;
    }
    return NULL;
}

const Hot *hot_in_reach(const DrawList *list, const char *press)
{
    for (int i = first_in_reach(list); i < list->count; i++) {
        const Hot *hot = focusable_at(list, i);
        if (hot && hot->press && strcmp(hot->press, press) == 0)
            return hot;
    }
    return NULL;
}

bool do_focus(App *app, const Words *words, Err *err)
{
    bool next = argument_is(words, 1, "next"), passed = false;
    uint32_t first = 0, last = 0, before = 0, after = 0;
    for (int i = first_in_reach(&app->last); i < app->last.count; i++) {
        const Hot *hot = focusable_at(&app->last, i);
        if (!hot)
            continue;
        bool here = hot->id == app->hands.focus;
        first = first ? first : hot->id;
        before = passed || here ? before : hot->id;
        after = passed && !after ? hot->id : after;
        last = hot->id;
        passed = passed || here;
    }
    if (!first)
        return refuse(err, "nothing here can have the keyboard");
    if (next)
        app->hands.focus = passed && after ? after : first;
    else
        app->hands.focus = passed && before ? before : last;
    hands_point(app, POINTING_FOCUS);
    return true;
}

bool do_press(App *app, const Words *words, Err *err)
{
    (void)words;
    const Hot *hot = focus_hot(app, &app->last);
    if (!hot || !hot->press)
        return refuse(err, "nothing that can be pressed has the keyboard: tab goes through the controls");
    app->hands.opener = hot->id;
    popup_pressed(app, hot->press);
    lines_say_first(app, hot->press, NULL);
    return true;
}

bool do_nudge(App *app, const Words *words, Err *err)
{
    char number[NUMBER_SIZE], line[256];
    const Hot *hot = focus_hot(app, &app->last);
    if (!hot || !hot->drag)
        return refuse(err, "no slider has the keyboard: tab goes through the controls");
    hot_nudged(hot, argument_whole(words, 1), number);
    const char *value = strstr(hot->drag, "%s");
    if (!value)
        return true;
    snprintf(line, sizeof line, "%.*s%s%s", (int)(value - hot->drag), hot->drag, number, value + 2);
    app->gesture = -(long)hot->id;
    lines_say_first(app, line, NULL);
    app->gesture = 0;
    return true;
}
