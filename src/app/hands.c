#include "app/hands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/do.h"
#include "app/lines.h"
#include "app/palette.h"
#include "app/play.h"
#include "app/screen.h"

Hands hands_at_rest(void)
{
    return (Hands){.x = -1, .y = -1, .pointed = {0, NONE, NONE}};
}

// ---- saying lines -----------------------------------------------------------------------------------------------
static bool begins_with(const char *line, const char *start)
{
    return strncmp(line, start, strlen(start)) == 0;
}

bool hands_acts_at_once(const char *line)
{
    for (const Command *command = commands; command->name; command++) {
        size_t length = strlen(command->name);
        if (begins_with(line, command->name) && (line[length] == ' ' || line[length] == 0))
            return command->at_once && !strchr(line, ';');
    }
    return false;
}

void hands_do(App *app, const char *line)
{
    Err err;
    if (!app_do(app, line, &err))
        app_tell(app, true, err.text);
}

// A toggle says the line it turns to, so that what is echoed can be said again.
static const char *line_said(App *app, const char *line, Arena *arena)
{
    const char *toggled = begins_with(line, "toggle ") ? toggle_line(app, line + strlen("toggle "), arena) : NULL;
    return toggled ? toggled : line;
}

static bool stops_goal(const App *app, const char *line)
{
    return app_busy(app) && (strcmp(line, "pause") == 0 || strcmp(line, "toggle play") == 0);
}

bool hands_try(App *app, const char *line, Err *err)
{
    Arena scratch = arena_make(1 << 8);
    const char *said = line_said(app, line, &scratch);
    bool done = true;
    if (stops_goal(app, line))
        app_stop(app);
    else if (app_busy(app) && !hands_acts_at_once(said))
        lines_say(app, said, NULL);
    else
        done = app_do(app, said, err);
    arena_free(&scratch);
    return done;
}

// What takes the keyboard does so before the next key comes.
static bool takes_keyboard(const char *line)
{
    return begins_with(line, "palette") || begins_with(line, "paste") || begins_with(line, "open ");
}

void hands_say(App *app, const char *line)
{
    Arena scratch = arena_make(1 << 8);
    const char *said = line_said(app, line, &scratch);
    if (stops_goal(app, line))
        app_stop(app);
    else if (takes_keyboard(said) || (app_busy(app) && hands_acts_at_once(said)))
        hands_do(app, said);
    else
        lines_say(app, said, NULL);
    arena_free(&scratch);
}

void hands_press(App *app, const Hot *hot)
{
    if (palette_press(app, hot))
        return;
    app->hands.opener = hot->id;
    popup_pressed(app, hot->press);
    hands_say(app, hot->press);
}

// ---- pointing -----------------------------------------------------------------------------------------------------
// The state of the marked column, and of its marked unit where each has a place of its own.
static const Hot *marked_hot(const App *app, const DrawList *list)
{
    const Hot *column = NULL;
    int state = app->session.runs[0].program.state, unit = app->selected_unit - 1;
    for (int i = 0; i < list->count; i++) {
        const Hot *hot = list->shapes[i].kind == SHAPE_HOT ? list->shapes[i].hot : NULL;
        if (!hot || !hot->tip || hot->of_term || hot->pointed.t != app->selected_t || hot->pointed.slot != state)
            continue;
        if (hot->pointed.unit == unit)
            return hot;
        column = column || hot->pointed.unit != NONE ? column : hot;
    }
    return column;
}

const Hot *hands_hot(const App *app, const DrawList *list)
{
    const Hands *hands = &app->hands;
    switch (hands->pointing) {
    case POINTING_HAND:
        return hands->x >= 0 ? draw_hot_at(list, hands->x, hands->y) : NULL;
    case POINTING_KEYS:
        return app->popup == POPUP_NONE ? marked_hot(app, list) : NULL;
    case POINTING_FOCUS:
        return focus_hot(app, list);
    default:
        return NULL;
    }
}

static bool same_pointed(Pointed a, Pointed b)
{
    return a.t == b.t && a.slot == b.slot && a.unit == b.unit;
}

static void look_at(App *app, const Hot *at)
{
    Hands *hands = &app->hands;
    if (at->id == hands->hover && same_pointed(at->pointed, hands->pointed))
        return;
    hands->hover = at->id;
    hands->pointed = at->pointed;
    hands->pointed_weight = at->weight;
    hands->pointed_term = at->of_term;
    hands->tip_since = 0;
    app->changed = true;
}

// What has the focus is not pointed at: a ring shows it.
void hands_look(App *app)
{
    Pointing by = app->hands.pointing;
    const Hot *hot = by == POINTING_FOCUS ? NULL : hands_hot(app, &app->last);
    Hot at = {.pointed = {by == POINTING_KEYS ? app->selected_t : 0, NONE, NONE}};
    if (hot)
        at = *hot;
    if (hot && hot->rows > 0)
        at.pointed.unit = hot_cell(hot, app->hands.x, app->hands.y);
    look_at(app, &at);
}

void hands_point(App *app, Pointing by)
{
    tip_hide(app);
    app->hands.pointing = by;
    app->hands.still_since = app_now(app);
    if (by == POINTING_KEYS) // the next picture shows what there is in that column
        look_at(app, &(Hot){.pointed = {app->selected_t, app->session.runs[0].program.state, app->selected_unit - 1}});
    else
        look_at(app, &(Hot){.pointed = {0, NONE, NONE}});
}

void hands_step_aside(App *app)
{
    if (app->hands.pointed.t > 0)
        hands_point(app, POINTING_NOTHING);
}

// ---- dragging a slider ----------------------------------------------------------------------------------------
static void drag_to(App *app)
{
    Hands *hands = &app->hands;
    const Hot *hot = &hands->drag;
    float part = hot->upright ? (hot->track.y + hot->track.h - hands->y) / fmaxf(hot->track.h, 1)
                              : (hands->x - hot->track.x) / fmaxf(hot->track.w, 1);
    char number[NUMBER_SIZE];
    hot_value(hot, (double)part, number);
    snprintf(hands->drag_value, sizeof hands->drag_value, "%s", number);
    app->changed = true;
}

static void begin_drag(App *app, const Hot *hot)
{
    Hands *hands = &app->hands;
    hands->drag = *hot;
    hands->drag_explains = hands_explain(hot);
    hands->drags++;
    snprintf(hands->drag_line, sizeof hands->drag_line, "%s", hot->drag);
    hands->drag.drag = hands->drag_line;
    hands->drag.press = hands->drag.tip = NULL; // they lie in the picture
    drag_to(app);
}

// A drag goes on until its last value is said.
static void say_drag(App *app)
{
    Hands *hands = &app->hands;
    const char *value = hands->drag.drag ? strstr(hands->drag.drag, "%s") : NULL;
    char line[256];
    if (!value || !hands->drag_value[0])
        return;
    snprintf(line, sizeof line, "%.*s%s%s", (int)(value - hands->drag.drag), hands->drag.drag, hands->drag_value,
             value + 2);
    hands->drag_value[0] = 0;
    if (strcmp(line, hands->said) == 0)
        return;
    snprintf(hands->said, sizeof hands->said, "%s", line);
    app->gesture = hands->drags;
    hands_say(app, line);
    app->gesture = 0;
}

static const double REPEATS_AFTER = 0.4, REPEATS_EVERY = 0.08; // s, of what is held down

// ---- the pointer ------------------------------------------------------------------------------------------------
void app_pointer(App *app, float x, float y)
{
    Hands *hands = &app->hands;
    bool left = x == -1 && y == -1;
    if ((x == hands->x && y == hands->y) || (left && hands->held)) // a drag goes on outside the window
        return;
    hands->x = x;
    hands->y = y;
    hands->pointing = POINTING_HAND;
    hands->still_since = app_now(app);
    app->changed = app->changed || hands->tip_since > 0;
    hands->tip_since = 0;
    if (hands->can_pan && !hands->panning && hands_moved(hands)) {
        hands->panning = true;
        hands->pressed = 0;
    }
    if (hands->drag.drag)
        drag_to(app);
    else if (hands->held && app->popup == POPUP_PALETTE)
        palette_point(app, false);
    else if (hands->panning)
        hands_pan(app);
    else
        hands_look(app);
}

// What is pressed looks so at once; its line is said when the button comes up, for until then it may become a drag.
void app_press(App *app, bool ctrl)
{
    Hands *hands = &app->hands;
    const Hot *hot = draw_hot_at(&app->last, hands->x, hands->y);
    tip_hide(app);
    app->changed = true;
    hands->focus = 0;
    hands->held = true;
    hands->ctrl = ctrl;
    hands->held_x = hands->x;
    hands->held_y = hands->y;
    hands->pressed = hot ? hot->id : 0;
    hands->repeated = false;
    hands->repeat_at = app_now(app) + REPEATS_AFTER;
    if (app->popup == POPUP_PALETTE)
        palette_point(app, true);
    else if (hot && hot->drag)
        begin_drag(app, hot);
    else
        hands_grasp_axis(app);
}

// A curve that is pressed goes to the update there, and is pinned there; one that is dragged only goes.
static void end_drag(App *app)
{
    Hands *hands = &app->hands;
    say_drag(app);
    if (hands->drag_explains && !hands->ctrl && !hands_moved(hands))
        hands_pin(app, &hands->drag);
}

void app_release(App *app)
{
    Hands *hands = &app->hands;
    if (hands->drag.drag)
        end_drag(app);
    else if (hands->held && !hands->panning && !hands->repeated)
        hands_say_press(app);
    hands->drag = (Hot){.id = 0};
    hands->said[0] = 0;
    hands->pressed = 0;
    hands->held = hands->can_pan = hands->panning = false;
    app->changed = true;
    hands_look(app);
    tip_hide(app);
}

// ---- holding down -----------------------------------------------------------------------------------------------
// What is held down says its line again, as long as the pointer is on it.
static void repeat_press(App *app)
{
    Hands *hands = &app->hands;
    const Hot *hot = hands->held ? draw_hot_at(&app->last, hands->x, hands->y) : NULL;
    if (!hot || !hot->repeats || hot->id != hands->pressed || app_now(app) < hands->repeat_at)
        return;
    hands->repeated = true;
    hands->repeat_at = app_now(app) + REPEATS_EVERY;
    hands_say(app, hot->press);
}

// One line of a drag, or of what is held down, a frame, and none while an earlier one is still worked on.
void hands_frame(App *app)
{
    if (lines_count(app) == 0 && !app_busy(app)) {
        say_drag(app);
        repeat_press(app);
    }
    tip_frame(app);
}
