#include <stdlib.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/screen.h"
#include "app/shot.h"

// Tips that stay. What is pinned is a hot's id, and what of it was pointed at, so the tip says what is true of that in
// every later picture.
static Pin pin_named(const Words *words)
{
    const char *name = words->word[1];
    uint32_t id = *name == '#' ? (uint32_t)strtoul(name + 1, NULL, 10) : hot_id(name);
    return (Pin){id, words->count > 2 ? argument_whole(words, 2) : 0};
}

static Pin pin_pointed(const App *app)
{
    const Hot *hot = hands_hot(app, &app->last);
    return (Pin){app->hands.hover, hot && hot->id == app->hands.hover ? hot->part : 0};
}

static int pin_of(const App *app, Pin pin)
{
    for (int i = 0; i < app->pin_count; i++)
        if (app->pins[i].id == pin.id && app->pins[i].part == pin.part)
            return i;
    return -1;
}

bool pin_is_set(const App *app, Pin pin)
{
    return pin_of(app, pin) >= 0;
}

static void take_out(App *app, int pin)
{
    memmove(&app->pins[pin], &app->pins[pin + 1], sizeof *app->pins * (size_t)(--app->pin_count - pin));
}

static bool is_drawn(const DrawList *list, uint32_t id)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == id)
            return true;
    return false;
}

// Whether the screen has a thing of a name that was typed, for a name is known by its hot alone. Some are only drawn
// where they are pinned. Without fonts nothing is seen, and nothing is refused.
static bool is_on_screen(App *app, Pin pin)
{
    DrawList list;
    Err err;
    if (!shot_fonts(app, &err))
        return true;
    app_draw(app, app->width, app->height, -1, &list);
    app->last = (DrawList){.count = 0}; // its arena was used again
    return is_drawn(&list, pin.id);
}

// Where no more can be, the oldest gives way.
static void put_in(App *app, Pin pin)
{
    if (app->pin_count == PINS_MOST)
        take_out(app, 0);
    app->pins[app->pin_count++] = pin;
}

static bool pin_by_name(App *app, const char *name, Pin pin, Err *err)
{
    Pin before[PINS_MOST];
    int count = app->pin_count;
    memcpy(before, app->pins, sizeof before);
    put_in(app, pin);
    if (is_on_screen(app, pin))
        return true;
    memcpy(app->pins, before, sizeof before);
    app->pin_count = count;
    return refuse(err, "there is nothing named \"%s\" on the screen; p or a press pins what is pointed at", name);
}

bool do_pin(App *app, const Words *words, Err *err)
{
    Pin pin = words->count > 1 ? pin_named(words) : pin_pointed(app);
    if (pin.id == 0 || pin_is_set(app, pin)) // nothing is pointed at, or it is pinned
        return true;
    if (words->count > 1 && *words->word[1] != '#')
        return pin_by_name(app, words->word[1], pin, err);
    put_in(app, pin);
    return true;
}

bool do_unpin(App *app, const Words *words, Err *err)
{
    if (words->count == 1) {
        app->pin_count = 0;
        return true;
    }
    int pin = pin_of(app, pin_named(words));
    if (pin < 0)
        return refuse(err, "\"%s\" is not pinned", words->word[1]);
    take_out(app, pin);
    return true;
}

// A part that is pinned has a hot under that of the whole, which may be of the same part now; where it has none, there
// is nothing to tell: it is not there yet, or no more.
static const Hot *hot_of(const DrawList *list, Pin pin)
{
    const Hot *found = NULL;
    for (int i = 0; i < list->count && !(found && pin.part > 0); i++) {
        const Hot *hot = list->shapes[i].kind == SHAPE_HOT ? list->shapes[i].hot : NULL;
        if (hot && hot->id == pin.id && (pin.part == 0 || hot->part == pin.part))
            found = hot;
    }
    return found;
}

static bool overlap(Rect a, Rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool is_free(Rect box, const Rect *taken, int count)
{
    for (int i = 0; i < count; i++)
        if (overlap(box, taken[i]))
            return false;
    return true;
}

// The place nearest to its own that no other tip takes, on a coarse grid over the window; its own where there is none.
static Rect free_place(Rect box, Rect window, const Rect *taken, int count)
{
    enum { STRIDE_PX = 24 };
    Rect best = box;
    float nearest = -1;
    if (is_free(box, taken, count))
        return box;
    for (float y = 0; y + box.h <= window.h; y += STRIDE_PX)
        for (float x = 0; x + box.w <= window.w; x += STRIDE_PX) {
            Rect there = {x, y, box.w, box.h};
            float away = (x - box.x) * (x - box.x) + (y - box.y) * (y - box.y);
            if ((nearest < 0 || away < nearest) && is_free(there, taken, count)) {
                best = there;
                nearest = away;
            }
        }
    return best;
}

static float within(float at, float from, float length)
{
    return at < from ? from : at > from + length ? from + length : at;
}

// A line from what is pinned to its tip, so that several can be told apart.
static void draw_lead(DrawList *out, Rect of, Rect box)
{
    float x = of.x + of.w / 2, y = of.y + of.h / 2;
    draw_line(out, INK_FOCUS, within(box.x, of.x, of.w), within(box.y, of.y, of.h), within(x, box.x, box.w),
              within(y, box.y, box.h), 1.5f);
    draw_frame(out, INK_FOCUS, rect_inset(of, -2), 4, 2);
}

// All lines first: none runs over a tip.
void pins_draw(const App *app, Rect window, DrawList *out)
{
    Rect taken[PINS_MOST];
    const char *tips[PINS_MOST];
    int count = 0;
    for (int i = 0; i < app->pin_count; i++) {
        const Hot *hot = hot_of(out, app->pins[i]);
        if (!hot || !hot->tip || !*hot->tip)
            continue;
        Rect of = hot->area, box = tip_rect(out, rect_inset(window, 4), of, of.x + of.w, of.y + of.h, hot->tip);
        tips[count] = hot->tip;
        taken[count] = free_place(box, window, taken, count);
        draw_lead(out, of, taken[count++]);
    }
    for (int i = 0; i < count; i++)
        tip_in(out, taken[i], tips[i]);
}
