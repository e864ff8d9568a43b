#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/hands.h"
#include "app/screen.h"

// What a press on a thing means: a control says its line, and what the microscope explains is pinned.

// A hand is never quite still: so far, a press is no drag.
bool hands_moved(const Hands *hands)
{
    const float still = 4; // px
    return fabsf(hands->x - hands->held_x) > still || fabsf(hands->y - hands->held_y) > still;
}

static bool begins_with(const char *line, const char *start)
{
    return strncmp(line, start, strlen(start)) == 0;
}

// What the tip explains is kept by a press: what has no line, a column, node, edge, or cell that is gone to or chosen,
// and an update of a curve. A control, a link or a term of a formula only says its line.
static bool goes_there(const char *line)
{
    return begins_with(line, "seek ");
}

static bool chooses_cell(const Hot *hot)
{
    return hot->rows > 0 && begins_with(hot->press, "choose ");
}

bool hands_explain(const Hot *hot)
{
    const char *line = hot->drag ? hot->drag : hot->press;
    bool thing = hot->rows > 0 || hot->pointed.t > 0 || hot->pointed.slot != NONE;
    if (!hot->tip || !*hot->tip || !line)
        return hot->tip && *hot->tip;
    return thing && !hot->of_term && (goes_there(line) || begins_with(line, "select ") || begins_with(line, "choose "));
}

bool hands_go_by_ctrl(const Hot *hot)
{
    return hot->press && hands_explain(hot) && goes_there(hot->press);
}

// Pinned, or no longer.
void hands_pin(App *app, const Hot *hot)
{
    char line[64];
    bool pinned = pin_is_set(app, (Pin){hot->id, hot->part});
    snprintf(line, sizeof line, "%s \"#%lu\" %ld", pinned ? "unpin" : "pin", (unsigned long)hot->id, hot->part);
    hands_say(app, line);
}

static void press_cell(App *app, const Hot *hot, float x, float y)
{
    char line[256];
    int cell = hot_cell(hot, x, y);
    snprintf(line, sizeof line, "%s %d %d", hot->press, cell / hot->columns + 1, cell % hot->columns + 1);
    hands_say(app, line);
}

// A press that left what it began on is none. What is explained is pinned, and moves the reader only with Ctrl, which
// pins nothing.
void hands_say_press(App *app)
{
    const Hands *hands = &app->hands;
    bool moved = hands_moved(hands);
    float x = moved ? hands->x : hands->held_x, y = moved ? hands->y : hands->held_y;
    const Hot *hot = draw_hot_at(&app->last, x, y);
    if (!hot || hot->id != hands->pressed || hot->drag)
        return;
    bool pins = hands_explain(hot) && !hands->ctrl;
    if (pins)
        hands_pin(app, hot);
    if (!hot->press || (pins && hands_go_by_ctrl(hot)))
        return;
    if (chooses_cell(hot))
        press_cell(app, hot, x, y);
    else
        hands_press(app, hot);
}
