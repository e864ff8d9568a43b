#include "app/screen.h"

#include "app/commands.h"
#include "app/hands.h"
#include "app/hints.h"

#include <stdio.h>
#include <string.h>

enum { GRAPH_TITLE = 34 };

bool lesson_shown(const App *app)
{
    return app->player.lesson != NULL;
}

bool lanes_shown(const App *app)
{
    return app->session.comparison.lanes > 1;
}

// ---- what several parts need ----------------------------------------------------------------------------------
static const struct {
    const char *name, *shown;
} key_names[] = {
    {"shift", "Shift"},   {"ctrl", "Ctrl"},
    {"alt", "Alt"},       {"left", "←"},
    {"right", "→"},       {"up", "↑"},
    {"down", "↓"},        {"space", "Space"},
    {"return", "Enter"},  {"escape", "Esc"},
    {"home", "Home"},     {"end", "End"},
    {"pageup", "Page ↑"}, {"pagedown", "Page ↓"},
    {"plus", "+"},        {"minus", "−"},
    {"tab", "Tab"},       {"backspace", "Backspace"},
    {"delete", "Del"},    {"-", "−"},
    {NULL, NULL},
};

static const char *key_part_shown(DrawList *out, const char *part, size_t size)
{
    for (int i = 0; key_names[i].name; i++)
        if (strlen(key_names[i].name) == size && memcmp(key_names[i].name, part, size) == 0)
            return key_names[i].shown;
    bool one = size == 1 || (*part == 'f' && part[1] <= '9'); // a letter, or f5
    if (one && *part >= 'a' && *part <= 'z')
        return draw_print(out, "%c%.*s", *part - 'a' + 'A', (int)size - 1, part + 1);
    return draw_print(out, "%.*s", (int)size, part);
}

const char *key_shown(DrawList *out, const char *key)
{
    const char *shown = "";
    for (;;) {
        size_t size = strcspn(key, "+");
        size += size == 0; // the key "+" itself
        shown = draw_print(out, "%s%s%s", shown, *shown ? " " : "", key_part_shown(out, key, size));
        if (!key[size])
            return shown;
        key += size + 1;
    }
}

const char *tip_of(DrawList *out, const char *what, const char *line)
{
    const char *key = line ? key_of_line(line) : NULL;
    return key ? draw_print(out, "%s  ·  %s", what, key_shown(out, key)) : what;
}

void focus_ring(DrawList *out, uint32_t id, Rect area)
{
    if (out->focus == id)
        draw_frame(out, INK_FOCUS, rect_inset(area, -2), 6, 2);
}

void text_button(DrawList *out, Type type, float x, float y, Align align, Button pressed)
{
    float width = draw_width(out, type, pressed.text);
    float left = align == ALIGN_LEFT ? x : align == ALIGN_RIGHT ? x - width : x - width / 2;
    Rect area = {left - 4, y - type.size - 2, width + 8, type.size + 10};
    uint32_t id = hot_id(pressed.name);
    if (out->hover == id)
        draw_rect(out, INK_CONTROL_HOVER, area, 4);
    draw_text(out, pressed.ink, type, x, y, align, pressed.text);
    focus_ring(out, id, rect_inset(area, 2));
    draw_hot(out, (Hot){.id = id,
                        .area = area,
                        .press = pressed.line,
                        .tip = pressed.tip,
                        .pointed = {0, NONE, NONE},
                        .focusable = true});
}

// ---- the screen -----------------------------------------------------------------------------------------------
// The column that is marked, behind what the card shows, so that the eye goes down through all of them.
static void draw_here(int t, TimeAxis axis, Rect area, DrawList *out)
{
    if (t < 1 || !axis_shows(axis, t))
        return;
    float width = axis.dx < 2 ? 2 : axis.dx;
    draw_rect(out, INK_HERE, (Rect){axis_left(axis, t), area.y, width, area.h}, 0);
}

static const Pin *salted(const DrawList *out, uint32_t salt)
{
    Pin *pins = arena_new(out->arena, Pin, out->pin_count);
    for (int i = 0; i < out->pin_count; i++)
        pins[i] = (Pin){out->pins[i].id ^ salt, out->pins[i].part};
    return pins;
}

// The same control has the same name in every lane; the lane makes its id its own, while it is drawn and behind it.
static void draw_in_lane(const View *view, const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    uint32_t salt = (uint32_t)snapshot->lane * 0x9E3779B1u, hover = out->hover, focus = out->focus;
    const Pin *pins = out->pins;
    int first = out->count;
    out->hover ^= hover ? salt : 0;
    out->focus ^= focus ? salt : 0;
    out->pins = salted(out, salt);
    view->draw(snapshot, axis, area, out);
    out->hover = hover;
    out->focus = focus;
    out->pins = pins;
    for (int i = first; i < out->count && salt; i++)
        if (out->shapes[i].kind == SHAPE_HOT) {
            Hot *own = arena_new(out->arena, Hot, 1);
            *own = *out->shapes[i].hot;
            own->id ^= salt;
            out->shapes[i].hot = own;
        }
}

void card_draw(const App *app, TimeAxis axis, Card shown, DrawList *out)
{
    const View *view = shown.view;
    const Snapshot *snapshot = &app->lanes[shown.lane];
    bool framed = !view->framed;
    Rect inside = framed ? rect_inset(shown.area, 1) : shown.area, columns = inside;
    if (framed)
        card(out, shown.area);
    if (!strcmp(view->name, "graph") && shown.area.h >= GRAPH_TITLED)
        rect_cut_top(&columns, GRAPH_TITLE);
    bool folded = snapshot->folded && !strcmp(view->name, "graph"); // it has no columns
    if (view->on_time_axis && !folded)
        draw_here(snapshot->t, axis, columns, out);
    draw_clip(out, inside);
    draw_in_lane(view, snapshot, axis, shown.area, out);
    draw_unclip(out);
}

// From top to bottom and left to right, for in that order the keyboard goes through the controls.
static void draw_panels(App *app, const ScreenLayout *layout, DrawList *out)
{
    topbar_draw(app, layout->top, out);
    if (lesson_shown(app))
        lesson_draw(app, layout->side, out);
    else
        settings_draw(app, layout->side, out);
    for (int i = 0; i < layout->card_count; i++)
        card_draw(app, layout->axis, layout->cards[i], out);
    if (layout->lane_switch.w > 0)
        lane_switch_draw(app, layout->lane_switch, out);
    if (layout->same.w > 0)
        same_draw(app, layout->same, out);
    bottombar_draw(app, layout->bottom, out);
}

static void draw_over(App *app, Rect window, DrawList *out)
{
    pins_draw(app, window, out);
    hints_draw(app, window, out);
    if (app->popup != POPUP_NONE)
        popup_draw(app, window, out);
}

// What stands over the page is enlarged with it; the tip last, for the pointer is where things have come to stand.
static void draw_presentation(App *app, Rect window, DrawList *out)
{
    float by = present_scale(app, window.w);
    Rect page = {0, 0, window.w / by, window.h / by};
    int first = out->count;
    present_draw(app, page, out);
    draw_over(app, page, out);
    present_enlarge(out, first, by);
    first = out->count;
    tip_draw(app, page, by, out);
    present_enlarge(out, first, by);
}

void screen_draw(App *app, int width, int height, DrawList *out)
{
    Rect window = {0, 0, (float)width, (float)height};
    draw_rect(out, INK_PAGE, window, 0);
    if (width < SCREEN_LEAST_WIDTH || height < SCREEN_LEAST_HEIGHT) {
        too_small_draw(app, window, out);
        return;
    }
    if (app->present) {
        draw_presentation(app, window, out);
    } else {
        ScreenLayout layout = screen_layout(app, width, height);
        draw_panels(app, &layout, out);
        draw_over(app, window, out);
        tip_draw(app, window, 1, out);
    }
}

// In the middle of the window, in as many lines as it takes; returns the height.
static float draw_middle(DrawList *out, Ink ink, Type type, Rect window, float y, const char *text)
{
    enum { EDGE = 12, MIDDLE_LINE = 20 };
    float width = draw_width(out, type, text) + 1, room = window.w - 2 * EDGE;
    width = width < room ? width : room;
    return paragraph(out, ink, type, (Rect){(window.w - width) / 2, y, width, 0}, MIDDLE_LINE, text);
}

void too_small_draw(App *app, Rect window, DrawList *out)
{
    const char *what = draw_print(out, "the window is %.0f×%.0f, unroll needs %d×%d", (double)window.w,
                                  (double)window.h, SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
    const char *help = app->scale > 1 ? "Ctrl − makes everything smaller, Ctrl 0 is the ordinary size"
                                      : "make the window larger, or press Ctrl − for smaller text";
    float high = draw_middle(out, INKS, TYPE_STRONG, window, 0, what);
    float y = (window.h - high - draw_middle(out, INKS, TYPE_BODY, window, 0, help)) / 2;
    y = y > 0 ? y : 0;
    draw_middle(out, INK_TEXT, TYPE_STRONG, window, y, what);
    draw_middle(out, INK_SOFT, TYPE_BODY, window, y + high, help);
}
