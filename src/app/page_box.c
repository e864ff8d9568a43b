#include "app/page_box.h"

#include "app/commands.h"
#include "app/screen.h"

// A page over the window: a title, the button that closes it, and what it says below them.
enum { PADDING = 28, HEAD = 40, EDGE = 12, BAR = 8 };

Rect page_box_room(Rect window)
{
    Rect room = rect_inset(window, EDGE + (window.h < PAGE_LOW ? PADDING / 2 : PADDING));
    rect_cut_top(&room, HEAD);
    return room;
}

Rect page_box_draw(App *app, Rect window, const char *title, float width, float height, DrawList *out)
{
    Hands *hands = &app->hands;
    Rect room = page_box_room(window);
    float padding = room.x - EDGE, seen = height < room.h ? height : room.h;
    Rect box = {0, 0, width + 2 * padding, seen + HEAD + 2 * padding};
    box.x = (float)(int)((window.w - box.w) / 2);
    box.y = (float)(int)((window.h - box.h) / 2);
    Rect close = {box.x + box.w - padding - 60, box.y + padding - 6, 60, 28};
    Rect body = {box.x + padding, box.y + padding + HEAD, width, seen};
    draw_layer(out, "open none");
    draw_rect(out, INK_VEIL, window, 0);
    popup_box(box, out);
    draw_text(out, INK_TEXT, TYPE_HEAD, body.x, box.y + padding + 14, ALIGN_LEFT, title);
    out->focus = hands->focus = hot_id("close");
    const char *tip = tip_of(out, "close this page", "stop");
    button(out, close, (Button){.name = "close", .text = "Close", .line = "open none", .tip = tip});
    float scroll = scroll_within(&hands->page_scroll, &hands->page_scroll_most, height - seen);
    scrollbar_draw((Rect){body.x, body.y, body.w + BAR + padding / 2, body.h}, scroll, height, out);
    draw_clip(out, body);
    body.y -= scroll;
    return body;
}
