#include "app/hands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/do.h"
#include "app/lines.h"
#include "app/play.h"
#include "app/screen.h"

// ---- saying lines -----------------------------------------------------------------------------------------------
static bool begins_with(const char *line, const char *start)
{
    return strncmp(line, start, strlen(start)) == 0;
}

static bool acts_at_once(const char *line)
{
    for (const Command *command = commands; command->name; command++) {
        size_t length = strlen(command->name);
        if (begins_with(line, command->name) && (line[length] == ' ' || line[length] == 0))
            return command->at_once && !strchr(line, ';');
    }
    return false;
}

static void do_now(App *app, const char *line)
{
    Err err;
    if (!app_do(app, line, &err))
        app_tell(app, true, err.text);
}

// A toggle says the line it turns to, so that what is echoed can be said again.
void hands_say(App *app, const char *line)
{
    Arena scratch = arena_make(1 << 8);
    const char *toggled = begins_with(line, "toggle ") ? toggle_line(app, line + strlen("toggle "), &scratch) : NULL;
    const char *said = toggled ? toggled : line;
    bool busy = app_busy(app);
    if (busy && (strcmp(said, "pause") == 0 || strcmp(line, "toggle play") == 0))
        app_stop(app);
    else if (busy && acts_at_once(said))
        do_now(app, said);
    else
        lines_say(app, said, NULL);
    arena_free(&scratch);
}

// ---- the pointer ------------------------------------------------------------------------------------------------
static bool same_pointed(Pointed a, Pointed b)
{
    return a.t == b.t && a.slot == b.slot && a.unit == b.unit;
}

void hands_look(App *app)
{
    Hands *hands = &app->hands;
    const Hot *hot = hands->x >= 0 ? draw_hot_at(&app->last, hands->x, hands->y) : NULL;
    Pointed pointed = hot ? hot->pointed : (Pointed){0, NONE, NONE};
    uint32_t id = hot ? hot->id : 0;
    if (id == hands->hover && same_pointed(pointed, hands->pointed))
        return;
    hands->hover = id;
    hands->pointed = pointed;
    hands->tip_since = 0;
    app->changed = true;
}

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

static void pan_to(App *app);

void app_pointer(App *app, float x, float y)
{
    Hands *hands = &app->hands;
    if (x == hands->x && y == hands->y)
        return;
    hands->x = x;
    hands->y = y;
    hands->still_since = app_now(app);
    if (hands->tip_since > 0)
        app->changed = true;
    hands->tip_since = 0;
    if (hands->drag.drag)
        drag_to(app);
    else if (hands->panning)
        pan_to(app);
    else
        hands_look(app);
}

static void begin_drag(App *app, const Hot *hot)
{
    Hands *hands = &app->hands;
    hands->drag = *hot;
    snprintf(hands->drag_line, sizeof hands->drag_line, "%s", hot->drag);
    hands->drag.drag = hands->drag_line;
    hands->drag.press = hands->drag.tip = NULL; // they lie in the picture
    drag_to(app);
}

static void begin_pan(App *app)
{
    Hands *hands = &app->hands;
    if (app->frames == 0) // nothing is seen yet
        return;
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    if (app->present || app->popup != POPUP_NONE || !rect_holds(layout.main, hands->x, hands->y))
        return;
    hands->panning = true;
    hands->pan_from = hands->x;
    hands->pan_first = layout.axis.first;
    hands->pan_last = layout.axis.last;
}

// What a press means nothing else for is pinned, or no longer.
static void say_pin(App *app, uint32_t id)
{
    char line[32];
    bool pinned = false;
    for (int i = 0; i < app->pin_count; i++)
        pinned = pinned || app->pins[i] == id;
    snprintf(line, sizeof line, "%s \"#%lu\"", pinned ? "unpin" : "pin", (unsigned long)id);
    hands_say(app, line);
}

void app_press(App *app)
{
    Hands *hands = &app->hands;
    const Hot *hot = draw_hot_at(&app->last, hands->x, hands->y);
    hands->focus = 0;
    app->changed = true;
    if (hot && hot->drag)
        begin_drag(app, hot);
    else if (hot && hot->press)
        hands_say(app, hot->press);
    else if (hot && hot->tip)
        say_pin(app, hot->id);
    else
        begin_pan(app);
    hands->pressed = hot ? hot->id : 0;
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
    hands_say(app, line);
}

void app_release(App *app)
{
    Hands *hands = &app->hands;
    say_drag(app);
    hands->drag = (Hot){.id = 0};
    hands->said[0] = 0;
    hands->pressed = 0;
    hands->panning = false;
    app->changed = true;
    hands_look(app);
}

// One line of a drag a frame, and none while an earlier one is still worked on.
void hands_frame(App *app)
{
    Hands *hands = &app->hands;
    if (lines_count(app) == 0 && !app_busy(app))
        say_drag(app);
    bool due = hands->hover && hands->x >= 0 && app_now(app) - hands->still_since >= TIP_AFTER_MS / 1000.0;
    if (due && hands->tip_since <= 0) {
        hands->tip_since = app_now(app);
        app->changed = true;
    }
}

// ---- the time axis ----------------------------------------------------------------------------------------------
static void say_axis(App *app, TimeAxis axis, long first, long last)
{
    long T = app->session.runs[0].program.dims.T, shown = last - first + 1;
    char line[64];
    if (shown >= T) {
        first = 1;
        last = T;
    } else if (first < 1 || last > T) {
        first = first < 1 ? 1 : T - shown + 1;
        last = first + shown - 1;
    }
    if (first == axis.first && last == axis.last)
        return;
    snprintf(line, sizeof line, first == 1 && last == T ? "axis fit" : "axis %ld %ld", first, last);
    hands_say(app, line);
}

static void pan_to(App *app)
{
    const Hands *hands = &app->hands;
    TimeAxis axis = screen_layout(app, app->width, app->height).axis;
    long by = lroundf((hands->pan_from - hands->x) / fmaxf(axis.dx, 0.01f));
    say_axis(app, axis, hands->pan_first + by, hands->pan_last + by);
}

// The time step under the pointer stays where it is.
static void zoom(App *app, TimeAxis axis, float notches)
{
    enum { SHOWN_LEAST = 3 };
    long T = app->session.runs[0].program.dims.T, shown = axis.last - axis.first + 1;
    long wanted = lround((double)shown * pow(0.8, (double)notches));
    if (wanted == shown)
        wanted += notches > 0 ? -1 : 1;
    wanted = wanted < SHOWN_LEAST ? SHOWN_LEAST : wanted;
    wanted = wanted > T ? T : wanted;
    double part = (double)((app->hands.x - axis.x0) / (axis.dx * (float)shown));
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    long first = axis.first + lround(part * (double)(shown - wanted));
    say_axis(app, axis, first, first + wanted - 1);
}

static void pan(App *app, TimeAxis axis, float notches)
{
    app->hands.wheel_left += notches * (float)(axis.last - axis.first + 1) / 12;
    long by = lroundf(app->hands.wheel_left);
    app->hands.wheel_left -= (float)by;
    say_axis(app, axis, axis.first + by, axis.last + by);
}

static void scroll(App *app, float notches)
{
    static const float NOTCH = 48; // px
    bool lesson = lesson_shown(app);
    Hands *hands = &app->hands;
    float *at = lesson ? &hands->lesson_scroll : &hands->panel_scroll;
    float most = lesson ? hands->lesson_scroll_most : hands->panel_scroll_most;
    float to = *at - notches * NOTCH;
    *at = to > most ? most : to;
    *at = *at < 0 ? 0 : *at;
    app->changed = true;
}

void app_wheel(App *app, float dx, float dy, bool ctrl)
{
    Hands *hands = &app->hands;
    if (hands->x < 0 || app->frames == 0)
        return;
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    bool on_axis = app->popup == POPUP_NONE && !app->present && rect_holds(layout.main, hands->x, hands->y);
    if (ctrl && dy != 0)
        hands_say(app, dy > 0 ? "scale up" : "scale down");
    else if (on_axis && dy != 0)
        zoom(app, layout.axis, dy);
    else if (on_axis && dx != 0)
        pan(app, layout.axis, dx);
    else if (rect_holds(layout.side, hands->x, hands->y))
        scroll(app, dy);
}

// ---- keys -------------------------------------------------------------------------------------------------------
void app_key(App *app, const char *key)
{
    const Hot *focus = focus_hot(app);
    if (strcmp(key, "return") == 0 && focus && focus->press) {
        hands_say(app, focus->press);
        return;
    }
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strcmp(binding->key, key) == 0)
            hands_say(app, binding->line);
}

static size_t letter_length(const char *utf8)
{
    size_t length = 1;
    while (((unsigned char)utf8[length] & 0xC0) == 0x80)
        length++;
    return length;
}

// With caps lock on a letter is still its key.
void app_text(App *app, const char *utf8)
{
    char key[8];
    for (size_t length; *utf8; utf8 += length) {
        length = letter_length(utf8);
        snprintf(key, sizeof key, "%.*s", (int)length, utf8);
        if (length == 1 && *key >= 'A' && *key <= 'Z')
            *key = (char)(*key - 'A' + 'a');
        app_key(app, *key == ' ' ? "space" : key);
    }
}
