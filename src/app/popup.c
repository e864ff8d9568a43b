#include "app/screen.h"

#include "app/commands.h"

#include <string.h>

// Layers over the window: lists of choices under their control, the page of keys, the list of lessons. A press outside
// closes them.
enum { ITEM = 30, ITEM_PADDING = 14, BOX_PADDING = 5, ITEMS_MOST = 64, MENU_LEAST = 120 };

// ---- a list of choices ------------------------------------------------------------------------------------------
typedef struct {
    const char *text, *line, *tip;
    bool chosen;
} Item;

typedef struct {
    const char *title;  // or NULL
    const char *opener; // the line that opens it
    Item items[ITEMS_MOST];
    int count;
} Menu;

static void menu_add(Menu *menu, const char *text, const char *line, const char *tip, bool chosen)
{
    if (menu->count < ITEMS_MOST)
        menu->items[menu->count++] = (Item){text, line, tip, chosen};
}

static void draw_item(Rect area, const Item *item, DrawList *out)
{
    uint32_t id = hot_id(item->line);
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
    float widest = MENU_LEAST;
    for (int i = 0; i < menu->count; i++) {
        float width = draw_width(out, TYPE_STRONG, menu->items[i].text) + 2 * ITEM_PADDING;
        const char *key = key_of_line(menu->items[i].line);
        width += key ? draw_width(out, TYPE_CAPTION, key_shown(out, key)) + 24 : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void draw_box(Rect box, DrawList *out)
{
    Rect shadow = {box.x - 1, box.y + 2, box.w + 2, box.h + 2};
    uint8_t before = draw_fade(out, 0.25f);
    draw_rect(out, INK_VEIL, shadow, 10);
    out->alpha = before;
    draw_rect(out, INK_CARD, box, 8);
    draw_frame(out, INK_HAIRLINE, box, 8, 1);
}

// Below its control, or above where there is no room, and always inside the window.
static Rect menu_place(Rect anchor, Rect window, float width, float height)
{
    Rect box = {anchor.x, anchor.y + anchor.h + 4, width, height};
    if (box.y + box.h > window.h - 8)
        box.y = anchor.y - 4 - box.h;
    box.y = box.y < 8 ? 8 : box.y;
    if (box.x + box.w > window.w - 8)
        box.x = anchor.x + anchor.w - box.w;
    box.x = box.x < 8 ? 8 : box.x;
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
        if (app->hands.focus == hot_id(menu->items[i].line))
            return;
        present = menu->items[i].chosen ? i : present;
    }
    out->focus = app->hands.focus = menu->count ? hot_id(menu->items[present].line) : 0;
}

static void menu_draw(App *app, const Menu *menu, Rect window, DrawList *out)
{
    Rect anchor = anchor_of(app, menu->opener, window, out);
    float title = menu->title ? ITEM : 0, width = menu_width(menu, out);
    width = anchor.w > width && anchor.w < 240 ? anchor.w : width;
    Rect box = menu_place(anchor, window, width, ITEM * (float)menu->count + 2 * BOX_PADDING + title);
    focus_present(app, menu, out);
    draw_layer(out, "open none");
    draw_box(box, out);
    Rect rest = rect_inset(box, BOX_PADDING), head = rect_cut_top(&rest, title);
    if (menu->title)
        draw_text(out, INK_FAINT, TYPE_SECTION, head.x + ITEM_PADDING - BOX_PADDING, head.y + 19, ALIGN_LEFT,
                  menu->title);
    for (int i = 0; i < menu->count; i++)
        draw_item(rect_cut_top(&rest, ITEM), &menu->items[i], out);
}

// ---- what there is to choose ------------------------------------------------------------------------------------
static void add_stride(const App *app, Menu *menu, DrawList *out)
{
    (void)out;
    static const struct {
        const char *text, *line;
    } strides[STRIDES] = {
        [STRIDE_OP] = {"operation", "stride op"},
        [STRIDE_STEP] = {"time step", "stride step"},
        [STRIDE_UPDATE] = {"update", "stride update"},
    };
    for (int i = 0; i < STRIDES; i++)
        menu_add(menu, strides[i].text, strides[i].line, NULL, (int)app->stride == i);
}

static void add_scales(const App *app, Menu *menu, DrawList *out)
{
    static const double scales[] = {0.75, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        menu_add(menu, draw_print(out, "%.0f %%", scales[i] * 100), draw_print(out, "scale %g", scales[i]), NULL,
                 app->scale > scales[i] - 0.01 && app->scale < scales[i] + 0.01);
}

static void add_views(const App *app, Menu *menu, DrawList *out)
{
    for (int i = 0; views[i]; i++)
        if (!views[i]->applies || views[i]->applies(&app->snapshot))
            menu_add(menu, views[i]->title, draw_print(out, "view %s", views[i]->name), views[i]->what, i == app->view);
}

static bool offers_quantity(const Menu *menu, const char *line)
{
    for (int i = 0; i < menu->count; i++)
        if (!strcmp(menu->items[i].line, line))
            return true;
    return false;
}

// States, gates and candidates of all that is compared; sums and products are there for those who type them.
static void add_quantities(const App *app, Menu *menu, DrawList *out)
{
    for (int lane = 0; lane < app->session.comparison.lanes; lane++) {
        const CellType *cell = app->session.runs[lane].program.net.cell;
        for (int i = 0; i < cell->slot_count; i++) {
            const Slot *slot = &cell->slots[i];
            const char *line = draw_print(out, "quantity %s", slot->name);
            bool state = slot->role == ROLE_STATE || slot->role == ROLE_MEMORY;
            if ((state || slot->role == ROLE_GATE || slot->role == ROLE_CANDIDATE) && !offers_quantity(menu, line))
                menu_add(menu, draw_print(out, "%s %s", slot->what, slot->name), line, slot->means,
                         !strcmp(slot->name, app->quantity));
        }
    }
}

static void add_lessons(const App *app, Menu *menu, DrawList *out)
{
    for (int i = 0; i < app->lesson_count; i++) {
        const LessonEntry *entry = &app->lessons[i];
        menu_add(menu, entry->title, draw_print(out, "lesson \"%s\"", entry->file), NULL,
                 lesson_shown(app) && app->lesson.title && !strcmp(app->lesson.title, entry->title));
    }
    if (lesson_shown(app))
        menu_add(menu, "Leave the lesson", "leave", "the network stays as it is", false);
}

static void add_setting(const App *app, const char *name, Menu *menu, DrawList *out)
{
    Err err;
    const Setting *setting = setting_find(name, &err);
    if (!setting || setting->kind != KIND_CHOICE)
        return;
    int chosen = (int)setting_get(&app->session.runs[0].setup, setting);
    for (int i = 0; setting->choice(i); i++)
        menu_add(menu, setting->choice_title(i), draw_print(out, "set %s %s", name, setting->choice(i)), NULL,
                 i == chosen);
}

static void draw_choices(App *app, Rect window, DrawList *out)
{
    static const struct {
        const char *name;
        void (*add)(const App *app, Menu *menu, DrawList *out);
    } lists[] = {{"stride", add_stride}, {"scale", add_scales}, {"view", add_views}, {"quantity", add_quantities}};
    Menu *menu = arena_new(out->arena, Menu, 1);
    menu->opener = draw_print(out, "open choice %s", app->popup_choice);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strcmp(lists[i].name, app->popup_choice))
            lists[i].add(app, menu, out);
    if (menu->count == 0)
        add_setting(app, app->popup_choice, menu, out);
    menu_draw(app, menu, window, out);
}

static void draw_lessons(App *app, Rect window, DrawList *out)
{
    Menu *menu = arena_new(out->arena, Menu, 1);
    menu->title = "LESSONS";
    menu->opener = "open lessons";
    add_lessons(app, menu, out);
    menu_draw(app, menu, window, out);
}

// ---- the page of keys -------------------------------------------------------------------------------------------
enum { KEY_LINE = 24, KEY_TITLE = 34, KEY_COLUMN = 290, KEY_ROOM = 96, KEY_COLUMNS_MOST = 3 };

static bool first_of_group(const KeyBinding *binding)
{
    return binding == key_bindings || strcmp(binding->group, binding[-1].group) != 0;
}

// Places bindings down the columns, a group never torn; draws them unless dry. Returns the height of the tallest.
static float lay_keys(Rect area, float most, bool dry, DrawList *out, int *columns)
{
    float x = area.x, y = area.y, tallest = 0;
    *columns = 1;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        bool first = first_of_group(binding);
        float group = KEY_TITLE;
        for (const KeyBinding *b = binding; b->key && (b == binding || !first_of_group(b)); b++)
            group += KEY_LINE;
        if (first && y > area.y && y + group > area.y + most) {
            x += KEY_COLUMN;
            y = area.y;
            ++*columns;
        }
        if (first) {
            if (!dry)
                draw_text(out, INK_FAINT, TYPE_SECTION, x, y + 22, ALIGN_LEFT, binding->group);
            y += KEY_TITLE;
        }
        if (!dry) {
            draw_text(out, INK_TEXT, TYPE_STRONG, x, y + 14, ALIGN_LEFT, key_shown(out, binding->key));
            draw_text(out, INK_SOFT, TYPE_BODY, x + KEY_ROOM, y + 14, ALIGN_LEFT, binding->title);
        }
        y += KEY_LINE;
        tallest = y - area.y > tallest ? y - area.y : tallest;
    }
    return tallest;
}

static void draw_keys(App *app, Rect window, DrawList *out)
{
    enum { PADDING = 28, HEAD = 36 };
    int columns;
    Rect nowhere = {0, 0, 0, 0};
    float most = KEY_LINE * 8;
    float height = lay_keys(nowhere, most, true, out, &columns);
    while (columns > KEY_COLUMNS_MOST)
        height = lay_keys(nowhere, most += KEY_LINE, true, out, &columns);
    Rect box = {0, 0, KEY_COLUMN * (float)columns + 2 * PADDING - 24, height + HEAD + 2 * PADDING};
    box.x = (float)(int)((window.w - box.w) / 2);
    box.y = (float)(int)((window.h - box.h) / 2);
    draw_layer(out, "open none");
    draw_rect(out, INK_VEIL, window, 0);
    draw_box(box, out);
    draw_text(out, INK_TEXT, TYPE_HEAD, box.x + PADDING, box.y + PADDING + 14, ALIGN_LEFT, "Keys");
    out->focus = app->hands.focus = hot_id("close");
    button(out, (Rect){box.x + box.w - PADDING - 60, box.y + PADDING - 6, 60, 28},
           (Button){.name = "close", .text = "Close", .line = "open none"});
    lay_keys((Rect){box.x + PADDING, box.y + PADDING + HEAD, 0, 0}, most, false, out, &columns);
}

void popup_draw(App *app, Rect window, DrawList *out)
{
    if (app->popup == POPUP_KEYS)
        draw_keys(app, window, out);
    else if (app->popup == POPUP_LESSONS)
        draw_lessons(app, window, out);
    else if (app->popup == POPUP_CHOICE)
        draw_choices(app, window, out);
}
