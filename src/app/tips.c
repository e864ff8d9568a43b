#include <math.h>
#include <string.h>

#include "app/commands.h"
#include "app/hands.h"
#include "app/hints.h"
#include "app/play.h"
#include "app/screen.h"

// The tip of what is pointed at: it comes when what points has rested, and goes with a press, a key or after a while.
static const double COMES_AFTER = 0.35, STAYS = 8, FADES = 0.4; // s

void tip_hide(App *app)
{
    Hands *hands = &app->hands;
    app->changed = app->changed || hands->tip_since > 0;
    hands->tip_since = 0;
    hands->still_since = INFINITY;
}

static bool is_due(const App *app)
{
    const Hands *hands = &app->hands;
    return !hands->held && app_now(app) - hands->still_since >= COMES_AFTER && hands_hot(app, &app->last);
}

void tip_frame(App *app)
{
    Hands *hands = &app->hands;
    if (hands->tip_since <= 0 && is_due(app)) {
        hands->tip_since = app_now(app);
        hints_hear(app, "tip");
        app->changed = true;
    }
    double age = hands->tip_since > 0 ? app_now(app) - hands->tip_since : 0;
    app->changed = app->changed || age >= STAYS;
    if (age >= STAYS + FADES)
        tip_hide(app);
}

// Views know neither keys nor what a press does.
const char *tip_shown(DrawList *out, const Hot *hot)
{
    const char *key = hot->press ? key_of_line(hot->press) : NULL;
    const char *behind = key                     ? draw_print(out, "  ·  %s", key_shown(out, key))
                         : hands_go_by_ctrl(hot) ? "\nCtrl press goes there"
                                                 : "";
    return strstr(hot->tip, behind) ? hot->tip : draw_print(out, "%s%s", hot->tip, behind);
}

// Beside the pointer; where the keyboard points, beside the middle of the control.
void tip_draw(const App *app, Rect window, float by, DrawList *out)
{
    const Hands *hands = &app->hands;
    const Hot *hot = hands->tip_since > 0 ? hands_hot(app, out) : NULL;
    if (!hot || !hot->tip || !*hot->tip || pin_is_set(app, (Pin){hot->id, hot->part}))
        return; // what is pinned is told already
    bool by_hand = hands->pointing == POINTING_HAND;
    float x = by_hand ? hands->x : hot->area.x + hot->area.w / 2;
    float y = by_hand ? hands->y : hot->area.y + hot->area.h / 2;
    double gone = (app_now(app) - hands->tip_since - STAYS) / FADES;
    uint8_t before = draw_fade(out, gone < 0 ? 1 : gone > 1 ? 0 : (float)(1 - gone));
    Rect about = {hot->area.x / by, hot->area.y / by, hot->area.w / by, hot->area.h / by};
    tip_box(out, rect_inset(window, 4), about, x / by, y / by, tip_shown(out, hot));
    out->alpha = before;
}
