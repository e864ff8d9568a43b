#include "app/menu.h"

#include <string.h>

#include "app/commands.h"
#include "app/screen.h"

// A list of choices as it is drawn: under its control, scrolled where it is longer than the window is high.
enum { ITEM = 30, ITEM_PADDING = 14, BOX_PADDING = 5, MENU_LEAST = 120, MENU_EDGE = 8 };

void menu_add(Menu *menu, Item item)
{
    if (menu->count < ITEMS_MOST)
        menu->items[menu->count++] = item;
}

static uint32_t item_id(const Item *item)
{
    return hot_id(item->name ? item->name : item->line);
}

static void draw_item(Rect area, const Item *item, DrawList *out)
{
    uint32_t id = item_id(item);
    float baseline = area.y + area.h / 2 + 4.5f;
    if (item->chosen || out->hover == id || out->focus == id)
        draw_rect(out, item->chosen ? INK_ACTIVE : INK_CONTROL_HOVER, area, 5);
    draw_text(out, item->chosen ? INK_ON_ACTIVE : INK_TEXT, item->chosen ? TYPE_STRONG : TYPE_BODY,
              area.x + ITEM_PADDING - BOX_PADDING, baseline, ALIGN_LEFT, item->text);
    const char *key = key_of_line(item->line);
    if (key)
        draw_text(out, item->chosen ? INK_ON_ACTIVE : INK_FAINT, TYPE_CAPTION, area.x + area.w - 9, baseline - 0.5f,
                  ALIGN_RIGHT, key_shown(out, key));
    focus_ring(out, id, rect_inset(area, 2));
    draw_hot(out, (Hot){.id = id,
                        .area = area,
                        .press = item->line,
                        .tip = item->tip,
                        .pointed = {0, NONE, NONE},
                        .focusable = true});
}

static float menu_width(const Menu *menu, DrawList *out)
{
    float title = menu->title ? draw_width(out, TYPE_SECTION, menu->title) + 2 * ITEM_PADDING : 0;
    float widest = title > MENU_LEAST ? title : MENU_LEAST;
    for (int i = 0; i < menu->count; i++) {
        float width = draw_width(out, TYPE_STRONG, menu->items[i].text) + 2 * ITEM_PADDING;
        const char *key = key_of_line(menu->items[i].line);
        width += key ? draw_width(out, TYPE_CAPTION, key_shown(out, key)) + 24 : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

// Below its control, or above where there is no room, and always inside the window.
static Rect menu_place(Rect anchor, Rect window, float width, float height)
{
    Rect box = {anchor.x, anchor.y + anchor.h + 4, width, height};
    if (box.y + box.h > window.h - MENU_EDGE)
        box.y = anchor.y - 4 - box.h;
    box.y = box.y < MENU_EDGE ? MENU_EDGE : box.y;
    if (box.x + box.w > window.w - MENU_EDGE)
        box.x = anchor.x + anchor.w - box.w;
    box.x = box.x < MENU_EDGE ? MENU_EDGE : box.x;
    return box;
}

// A list hangs under the control that says its line: of several, the one that was pressed.
static Rect anchor_of(const App *app, const char *line, Rect window, const DrawList *out)
{
    const Hot *found = NULL;
    for (int i = 0; i < out->count; i++) {
        const Hot *hot = out->shapes[i].kind == SHAPE_HOT ? out->shapes[i].hot : NULL;
        bool opens = hot && hot->press && !strcmp(hot->press, line);
        if (opens && (!found || hot->id == app->hands.opener))
            found = hot;
    }
    return found ? found->area : (Rect){window.w / 2 - 100, window.h / 4, 200, 0};
}

// On opening, the present item has the keyboard.
static void focus_present(App *app, const Menu *menu, DrawList *out)
{
    int present = 0;
    for (int i = 0; i < menu->count; i++) {
        if (app->hands.focus == item_id(&menu->items[i]))
            return;
        present = menu->items[i].chosen ? i : present;
    }
    out->focus = app->hands.focus = menu->count ? item_id(&menu->items[present]) : 0;
}

// Of a list that is longer than the window is high: what has the keyboard is in the middle, as far as that goes.
static float menu_scroll(const Menu *menu, float height, const DrawList *out)
{
    float overflow = ITEM * (float)menu->count - height, scroll = 0;
    for (int i = 0; i < menu->count; i++)
        if (out->focus == item_id(&menu->items[i]))
            scroll = ITEM * ((float)i + 0.5f) - height / 2;
    scroll = scroll > overflow ? overflow : scroll;
    return scroll < 0 ? 0 : scroll;
}

void menu_draw(App *app, const Menu *menu, Rect window, DrawList *out)
{
    Rect anchor = anchor_of(app, menu->opener, window, out);
    float title = menu->title ? ITEM : 0, width = menu_width(menu, out);
    width = anchor.w > width && anchor.w < 240 ? anchor.w : width;
    float all = ITEM * (float)menu->count, room = window.h - 2 * MENU_EDGE - 2 * BOX_PADDING - title;
    Rect box = menu_place(anchor, window, width, (all < room ? all : room) + 2 * BOX_PADDING + title);
    focus_present(app, menu, out);
    draw_layer(out, "open none");
    popup_box(box, out);
    Rect rest = rect_inset(box, BOX_PADDING), head = rect_cut_top(&rest, title);
    if (menu->title)
        draw_text(out, INK_FAINT, TYPE_SECTION, head.x + ITEM_PADDING - BOX_PADDING, head.y + 19, ALIGN_LEFT,
                  menu->title);
    float scroll = menu_scroll(menu, rest.h, out);
    draw_clip(out, rest);
    for (int i = 0; i < menu->count; i++) // those out of sight too: the keyboard reaches them
        draw_item((Rect){rest.x, rest.y + ITEM * (float)i - scroll, rest.w, ITEM}, &menu->items[i], out);
    draw_unclip(out);
    scrollbar_draw((Rect){rest.x, rest.y, rest.w + BOX_PADDING, rest.h}, scroll, all, out);
}
