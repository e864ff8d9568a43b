#include <math.h>
#include <stdio.h>

#include "app/columns.h"
#include "app/hands.h"
#include "app/palette.h"
#include "app/screen.h"

// The time axis under the pointer: dragging pans it, the wheel zooms and pans it. Over the side panel the wheel
// scrolls.

static void say_columns(App *app, Columns to)
{
    Columns shown = columns_shown(app);
    const Setup *setup = &app->session.runs[0].setup;
    char line[64];
    if (to.first == shown.first && to.last == shown.last)
        return;
    bool all = to.first == 1 && to.last == app->session.runs[0].program.dims.T;
    snprintf(line, sizeof line, all ? "axis fit" : "axis %d %d", wording_t(setup, to.first), wording_t(setup, to.last));
    hands_say(app, line);
}

// Over the views that stand on the axis.
static bool on_axis(const App *app, TimeAxis *axis)
{
    if (app->frames == 0 || app->present || app->popup != POPUP_NONE) // nothing is seen yet, or something is over it
        return false;
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    *axis = layout.axis;
    return rect_holds(layout.main, app->hands.x, app->hands.y);
}

// ---- dragging -------------------------------------------------------------------------------------------------
void hands_grasp_axis(App *app)
{
    TimeAxis axis;
    app->hands.can_pan = on_axis(app, &axis);
    app->hands.pan_first = columns_shown(app).first;
}

void hands_pan(App *app)
{
    const Hands *hands = &app->hands;
    TimeAxis axis = screen_layout(app, app->width, app->height).axis;
    long by = lroundf((hands->held_x - hands->x) / fmaxf(axis.dx, 0.01f));
    say_columns(app, columns_from(app, hands->pan_first + by));
}

// ---- the wheel ------------------------------------------------------------------------------------------------
// The time step under the pointer stays where it is.
static void zoom(App *app, TimeAxis axis, float notches)
{
    double part = (double)((app->hands.x - axis.x0) / (axis.dx * (float)(axis.last - axis.first + 1)));
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    say_columns(app, columns_zoomed(app, pow(0.8, (double)notches), part));
}

static void pan(App *app, TimeAxis axis, float notches)
{
    app->hands.wheel_left += notches * (float)(axis.last - axis.first + 1) / 12;
    long by = lroundf(app->hands.wheel_left);
    app->hands.wheel_left -= (float)by;
    say_columns(app, columns_from(app, axis.first + by));
}

void app_wheel(App *app, float dx, float dy, bool ctrl)
{
    static const float NOTCH = 48; // px
    TimeAxis axis;
    Hands *hands = &app->hands;
    if (hands->x < 0 || app->frames == 0)
        return;
    if (ctrl && dy != 0)
        hands_say(app, dy > 0 ? "scale up" : "scale down");
    else if (app->popup == POPUP_PALETTE)
        palette_wheel(app, dy);
    else if (page_shown(app))
        scroll_by(app, -dy * NOTCH);
    else if (app->popup == POPUP_CHOICE || app->popup == POPUP_LESSONS)
        hands_say(app, dy > 0 ? "focus previous" : "focus next");
    else if (on_axis(app, &axis) && dy != 0)
        zoom(app, axis, dy);
    else if (on_axis(app, &axis) && dx != 0)
        pan(app, axis, dx);
    else if (rect_holds(screen_layout(app, app->width, app->height).side, hands->x, hands->y))
        scroll_by(app, -dy * NOTCH);
}
