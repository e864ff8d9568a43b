#include "app/screen.h"

#include "app/commands.h"
#include "app/export.h"
#include "app/menu.h"
#include "app/palette.h"

#include <string.h>

// Layers over the window: lists of choices under their control, the page of keys, the list of lessons. A press outside
// closes them.

void popup_box(Rect box, DrawList *out)
{
    Rect shadow = {box.x - 1, box.y + 2, box.w + 2, box.h + 2};
    uint8_t before = draw_fade(out, 0.25f);
    draw_rect(out, INK_VEIL, shadow, 10);
    out->alpha = before;
    draw_rect(out, INK_CARD, box, 8);
    draw_frame(out, INK_HAIRLINE, box, 8, 1);
}

static void add(Menu *menu, const char *text, const char *line, const char *tip, bool chosen)
{
    menu_add(menu, (Item){.text = text, .line = line, .tip = tip, .chosen = chosen});
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
        add(menu, strides[i].text, strides[i].line, NULL, (int)app->stride == i);
    bool slow = app->playing && app->slow;
    add(menu, "play by operation", "slow op", "plays through every update, an operation after another",
        slow && app->slow_by == STRIDE_OP);
    add(menu, "play by time step", "slow step", "plays through every update, a time step after another",
        slow && app->slow_by == STRIDE_STEP);
}

static void add_scales(const App *app, Menu *menu, DrawList *out)
{
    static const double scales[] = {0.75, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        add(menu, draw_print(out, "%.0f %%", scales[i] * 100), draw_print(out, "scale %g", scales[i]), NULL,
            app->scale > scales[i] - 0.01 && app->scale < scales[i] + 0.01);
}

static void add_views(const App *app, Menu *menu, DrawList *out)
{
    for (int i = 0; views[i]; i++)
        if (view_applies(views[i], &app->snapshot))
            add(menu, views[i]->title, draw_print(out, "view %s", views[i]->name), views[i]->what,
                i == large_view(app));
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
                add(menu, draw_print(out, "%s %s", slot->what, slot->name), line, slot->means,
                    !strcmp(slot->name, app->quantity));
        }
    }
}

// A picture of each view that stands on the screen; of several lanes, one.
static void add_pictures(const App *app, Menu *menu, DrawList *out)
{
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    for (int i = 0; i < layout.card_count && !app->present; i++)
        if (i == 0 || layout.cards[i].view != layout.cards[i - 1].view)
            add(menu, draw_print(out, "Picture: %s", layout.cards[i].view->title),
                draw_print(out, "export png %s", layout.cards[i].view->name), layout.cards[i].view->what, false);
    if (app->present)
        add(menu, draw_print(out, "Picture: %s", views[large_view(app)]->title),
            draw_print(out, "export png %s", views[large_view(app)]->name), views[large_view(app)]->what, false);
}

static void add_exports(const App *app, Menu *menu, DrawList *out)
{
    for (const ExportKind *kind = export_kinds; kind->name; kind++) {
        add(menu, kind->title, draw_print(out, "export %s", kind->name), kind->tip, false);
        if (!strcmp(kind->name, "svg"))
            add_pictures(app, menu, out);
    }
    add(menu, "Copy state", "copy state", "the same line to the clipboard, to be pasted here or elsewhere", false);
}

static void add_lessons(const App *app, Menu *menu, DrawList *out)
{
    for (int i = 0; i < app->lesson_count; i++) {
        const LessonEntry *entry = &app->lessons[i];
        add(menu, entry->title, draw_print(out, "lesson \"%s\"", entry->file), NULL,
            lesson_shown(app) && app->lesson.title && !strcmp(app->lesson.title, entry->title));
    }
    if (lesson_shown(app))
        add(menu, "Leave the lesson", "leave", "the network stays as it is", false);
}

static void add_setting(const App *app, const char *name, Menu *menu, DrawList *out)
{
    Err err;
    const Setting *setting = setting_find(name, &err);
    if (!setting || setting->kind != KIND_CHOICE)
        return;
    int chosen = (int)setting_get(&app->session.runs[0].setup, setting);
    for (int i = 0; setting->choice(i); i++)
        add(menu, setting->choice_title(i), draw_print(out, "set %s %s", name, setting->choice(i)),
            setting->choice_what ? setting->choice_what(i) : NULL, i == chosen);
}

static void draw_choices(App *app, Rect window, DrawList *out)
{
    static const struct {
        const char *name;
        void (*add)(const App *app, Menu *menu, DrawList *out);
    } lists[] = {{"stride", add_stride},
                 {"scale", add_scales},
                 {"view", add_views},
                 {"quantity", add_quantities},
                 {"export", add_exports}};
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

static void draw_compare(App *app, Rect window, DrawList *out)
{
    Menu *menu = arena_new(out->arena, Menu, 1);
    menu->opener = "open compare";
    if (app->popup_choice)
        menu_compare_values(app, app->popup_choice, menu, out);
    else
        menu_compare(app, menu, out);
    menu_draw(app, menu, window, out);
}

// ---- what is open -----------------------------------------------------------------------------------------------
void popup_draw(App *app, Rect window, DrawList *out)
{
    if (app->popup == POPUP_KEYS)
        keys_page_draw(app, window, out);
    else if (app->popup == POPUP_JOURNAL)
        journal_page_draw(app, window, out);
    else if (app->popup == POPUP_LESSONS)
        draw_lessons(app, window, out);
    else if (app->popup == POPUP_COMPARE)
        draw_compare(app, window, out);
    else if (app->popup == POPUP_CHOICE)
        draw_choices(app, window, out);
    else if (app->popup == POPUP_PALETTE)
        palette_draw(app, window, out);
}
