#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/palette.h"
#include "app/screen.h"

// A box over the upper half of the window: the field, what is wrong with what was said, the rows.
enum {
    WIDTH = 660,
    TOP = 76,
    ABOVE_BOTTOM = 60,
    LOW = 500, // a window that spares it these two
    EDGE = 8,
    PADDING = 6,
    INSIDE = 14, // of a row, left and right
    FIELD_HEIGHT = 46,
    SAID_LINE = 19,
    ROWS_MOST = 10
};

const Type palette_type = {FACE_WORDS, 16};

uint32_t offer_id(const Offer *offer)
{
    char name[128];
    snprintf(name, sizeof name, "palette %s", offer->line);
    return hot_id(name);
}

// ---- a row ------------------------------------------------------------------------------------------------------
// What a press on it says; the palette itself goes on where the line lacks something.
static const char *press_of(const App *app, const Offer *offer, DrawList *out)
{
    const char *line = palette_line(app, offer, out->arena);
    if (!offer->usage)
        return line;
    return strchr(line, '"') ? "palette" : draw_print(out, "palette \"%s \"", line);
}

static void draw_right(const Offer *offer, float *right, float baseline, DrawList *out)
{
    const char *key = key_of_line(offer->line);
    const char *shown = key ? draw_print(out, "%s  ·  %s", offer->kind, key_shown(out, key)) : offer->kind;
    draw_text(out, INK_FAINT, TYPE_CAPTION, *right, baseline, ALIGN_RIGHT, shown);
    *right -= draw_width(out, TYPE_CAPTION, shown) + INSIDE;
}

static void draw_row(const App *app, Rect area, const Offer *offer, bool chosen, DrawList *out)
{
    uint32_t id = offer_id(offer);
    float left = area.x + INSIDE - PADDING, right = area.x + area.w - INSIDE + PADDING, first = area.y + 17,
          second = area.y + 34;
    if (chosen || out->hover == id)
        draw_rect(out, INK_CONTROL_HOVER, area, 5);
    if (chosen)
        draw_rect(out, INK_ACTIVE, (Rect){area.x, area.y, 3, area.h}, 1);
    draw_right(offer, &right, first, out);
    draw_text(out, INK_TEXT, TYPE_STRONG, left, first, ALIGN_LEFT,
              draw_cut(out, TYPE_STRONG, offer->title, right - left));
    const char *line = draw_cut(out, TYPE_BODY, offer->line, area.w * 0.6f);
    draw_text(out, INK_TEXT, TYPE_CAPTION, left, second, ALIGN_LEFT, line);
    left += draw_width(out, TYPE_CAPTION, line) + (offer->usage ? 5 : 10);
    const char *rest = !offer->usage ? offer->what : draw_print(out, "%s  ·  %s", offer->usage, offer->what);
    draw_text(out, INK_SOFT, TYPE_CAPTION, left, second, ALIGN_LEFT,
              draw_cut(out, TYPE_CAPTION, rest, area.x + area.w - INSIDE + PADDING - left));
    draw_hot(out, (Hot){.id = id, .area = area, .press = press_of(app, offer, out), .pointed = {0, NONE, NONE}});
}

// ---- the list ---------------------------------------------------------------------------------------------------
// The chosen row stays in sight.
static void keep_in_sight(Palette *palette, const Offers *offers)
{
    int last = offers->count - palette->seen;
    palette->chosen = palette->chosen >= offers->count ? offers->count - 1 : palette->chosen;
    palette->chosen = palette->chosen < 0 ? 0 : palette->chosen;
    if (palette->first > palette->chosen)
        palette->first = palette->chosen;
    if (palette->first <= palette->chosen - palette->seen)
        palette->first = palette->chosen - palette->seen + 1;
    palette->first = palette->first > last ? last : palette->first;
    palette->first = palette->first < 0 ? 0 : palette->first;
}

static void draw_rows(App *app, Rect area, const Offers *offers, DrawList *out)
{
    Palette *palette = &app->palette;
    for (int i = palette->first; i < offers->count && i < palette->first + palette->seen; i++) {
        Rect row = {area.x, area.y + PALETTE_ROW * (float)(i - palette->first), area.w, PALETTE_ROW};
        draw_row(app, row, &offers->offer[i], i == palette->chosen, out);
    }
    scrollbar_draw((Rect){area.x, area.y, area.w + PADDING, PALETTE_ROW * (float)palette->seen},
                   PALETTE_ROW * (float)palette->first, PALETTE_ROW * (float)offers->count, out);
}

// ---- the box ----------------------------------------------------------------------------------------------------
static const char *said(const App *app, const Offers *offers)
{
    if (app->palette.said[0])
        return app->palette.said;
    return offers->count == 0 ? "nothing is called so: Enter says why" : "";
}

static void draw_field(App *app, Rect area, DrawList *out)
{
    Rect text = {area.x + INSIDE - PADDING + 14, area.y, area.w - 2 * (INSIDE - PADDING) - 14, area.h};
    draw_text(out, INK_FAINT, palette_type, area.x + INSIDE - PADDING, area.y + area.h / 2 + 5.5f, ALIGN_LEFT, ":");
    field_draw(out, text, palette_type, &app->palette.field, "a command, a setting, or what it does");
    app->palette.area = text;
}

void palette_point(App *app, bool pressed)
{
    Palette *palette = &app->palette;
    float by = present_scale(app, (float)app->width), x = app->hands.x / by;
    if (pressed)
        palette->held = rect_holds(palette->area, x, app->hands.y / by);
    if (palette->held && app->fonts)
        field_point(app->fonts, palette->area, palette_type, &palette->field, x, !pressed);
    app->changed = app->changed || palette->held;
}

void palette_draw(App *app, Rect window, DrawList *out)
{
    Palette *palette = &app->palette;
    const Offers *offers = palette_offers(app, out->arena);
    const char *news = said(app, offers);
    float width = window.w - 40 < WIDTH ? window.w - 40 : WIDTH;
    float top = window.h < LOW ? EDGE : TOP, bottom = window.h < LOW ? EDGE : ABOVE_BOTTOM;
    Rect box = {(float)(int)((window.w - width) / 2), top, width, 0}, inside = rect_inset(box, PADDING);
    float told =
        *news ? paragraph(out, INKS, TYPE_BODY, (Rect){0, 0, inside.w - 2 * INSIDE, 0}, SAID_LINE, news) + 10 : 0;
    int room = (int)((window.h - top - bottom - 2 * PADDING - FIELD_HEIGHT - told) / PALETTE_ROW);
    palette->seen = offers->count < ROWS_MOST ? offers->count : ROWS_MOST;
    palette->seen = palette->seen < room ? palette->seen : room;
    keep_in_sight(palette, offers);
    box.h = 2 * PADDING + FIELD_HEIGHT + told + PALETTE_ROW * (float)palette->seen;

    draw_layer(out, "open none");
    popup_box(box, out);
    draw_hot(out, (Hot){.id = hot_id("palette"), .area = box, .pointed = {0, NONE, NONE}});
    inside.h = box.h - 2 * PADDING;
    draw_field(app, rect_cut_top(&inside, FIELD_HEIGHT), out);
    draw_rect(out, INK_HAIRLINE, (Rect){box.x, inside.y, box.w, 1}, 0);
    Rect words = rect_cut_top(&inside, told);
    paragraph(out, palette->said[0] ? INK_WARNING : INK_SOFT, TYPE_BODY,
              (Rect){words.x + INSIDE - PADDING, words.y + 5, words.w - 2 * INSIDE, 0}, SAID_LINE, news);
    draw_rows(app, inside, offers, out);
}
