#include <stdlib.h>
#include <string.h>

#include "app/do.h"
#include "app/screen.h"

// Tips that stay. What is pinned is a hot's id, so the tip says what is true of it in every later picture.
static uint32_t id_of(const char *word)
{
    return *word == '#' ? (uint32_t)strtoul(word + 1, NULL, 10) : hot_id(word);
}

static int pin_of(const App *app, uint32_t id)
{
    for (int i = 0; i < app->pin_count; i++)
        if (app->pins[i] == id)
            return i;
    return -1;
}

bool do_pin(App *app, const Words *words, Err *err)
{
    uint32_t id = words->count > 1 ? id_of(words->word[1]) : app->hands.hover;
    if (id == 0 || pin_of(app, id) >= 0) // nothing is pointed at, or it is pinned
        return true;
    if (app->pin_count == PINS_MOST)
        return refuse(err, "%d tips are pinned, and no more can be; Escape clears them", PINS_MOST);
    app->pins[app->pin_count++] = id;
    return true;
}

bool do_unpin(App *app, const Words *words, Err *err)
{
    if (words->count == 1) {
        app->pin_count = 0;
        return true;
    }
    int pin = pin_of(app, id_of(words->word[1]));
    if (pin < 0)
        return refuse(err, "\"%s\" is not pinned", words->word[1]);
    memmove(&app->pins[pin], &app->pins[pin + 1], sizeof *app->pins * (size_t)(--app->pin_count - pin));
    return true;
}

static const Hot *hot_of(const DrawList *list, uint32_t id)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == id)
            return list->shapes[i].hot;
    return NULL;
}

void pins_draw(const App *app, Rect window, DrawList *out)
{
    for (int i = 0; i < app->pin_count; i++) {
        const Hot *hot = hot_of(out, app->pins[i]);
        if (!hot || !hot->tip || !*hot->tip)
            continue;
        draw_frame(out, INK_FOCUS, rect_inset(hot->area, -2), 4, 2);
        tip_box(out, window, hot->area.x + hot->area.w - 8, hot->area.y + hot->area.h - 8, hot->tip);
    }
}
