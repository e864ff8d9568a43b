#include "app/arguments.h"
#include "app/do.h"
#include "app/screen.h"

// The page over the window, else the panel at the left, settings or lesson, where it is longer than there is room.
enum { LINE = 23, BAR_WIDTH = 5, BAR_LEAST = 24, ABOVE_FOCUS = 20 };

bool do_scroll(App *app, const Words *words, Err *err)
{
    (void)err;
    scroll_by(app, (float)(LINE * argument_whole(words, 1)));
    return true;
}

bool page_shown(const App *app)
{
    return app->popup == POPUP_KEYS || app->popup == POPUP_JOURNAL;
}

void scroll_by(App *app, float px)
{
    Hands *hands = &app->hands;
    bool page = page_shown(app), lesson = lesson_shown(app);
    float *at = page ? &hands->page_scroll : lesson ? &hands->lesson_scroll : &hands->panel_scroll;
    float most = page ? hands->page_scroll_most : lesson ? hands->lesson_scroll_most : hands->panel_scroll_most;
    float to = *at + px;
    *at = to > most ? most : to < 0 ? 0 : to;
    app->changed = true;
}

float scroll_within(float *scroll, float *most, float overflow)
{
    *most = overflow > 0 ? overflow : 0;
    *scroll = *scroll > *most ? *most : *scroll < 0 ? 0 : *scroll;
    return *scroll;
}

void scrollbar_draw(Rect area, float scroll, float height, DrawList *out)
{
    float part = area.h / height, bar = area.h * part, overflow = height - area.h;
    if (overflow <= 0)
        return;
    bar = bar < BAR_LEAST ? BAR_LEAST : bar;
    float y = area.y + (area.h - bar) * scroll / overflow;
    draw_rect(out, INK_FAINT, (Rect){area.x + area.w - BAR_WIDTH - 3, y + 2, BAR_WIDTH, bar - 4}, BAR_WIDTH / 2.0f);
}

void scroll_to_focus(App *app, Rect area, float *scroll, const DrawList *out)
{
    bool moved = out->focus && out->focus != app->last.focus;
    for (int i = 0; moved && i < out->count; i++) {
        const Hot *hot = out->shapes[i].kind == SHAPE_HOT ? out->shapes[i].hot : NULL;
        if (!hot || hot->id != out->focus || hot->area.x < area.x || hot->area.x + hot->area.w > area.x + area.w)
            continue;
        float above = area.y - hot->area.y, below = hot->area.y + hot->area.h - (area.y + area.h);
        float by = above > 0 ? -above - ABOVE_FOCUS : below > 0 ? below + ABOVE_FOCUS : 0;
        app->changed = app->changed || by != 0;
        *scroll += by;
    }
}
