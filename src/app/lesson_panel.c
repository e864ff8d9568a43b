#include "app/lesson_text.h"
#include "app/screen.h"
#include "app/settings_rows.h"

// A lesson in the place of the settings: its page, a run that broke, and the buttons that turn pages.
enum {
    PADDING = 28,
    PADDING_RIGHT = 24,
    ABOVE_TITLE = 52,
    FOOT = 72, // the buttons
    BUTTON_WIDTH = 100,
    BUTTON_HEIGHT = 34,
    BROKEN_HEIGHT = 116,
    ABOVE_BROKEN = 8,
};

// ---- the foot ---------------------------------------------------------------------------------------------------
static void draw_dots(Rect foot, int page, int count, DrawList *out)
{
    enum { MOST = 12, APART = 16 };
    float x = foot.x + foot.w / 2, y = foot.y + BUTTON_HEIGHT / 2;
    if (count > MOST) {
        draw_textf(out, INK_SOFT, TYPE_BODY, x, y + 4.5f, ALIGN_CENTRE, "%d of %d", page + 1, count);
        return;
    }
    for (int i = 0; i < count; i++) {
        Ink ink = i == page ? INK_TEXT : i < page ? INK_FAINT : INK_TRACK;
        draw_circle(out, ink, x + APART * ((float)i - (float)(count - 1) / 2), y, 4);
    }
}

static void draw_foot(const App *app, Rect foot, DrawList *out)
{
    int page = app->player.page, count = app->lesson.page_count;
    bool last = page + 1 >= count;
    button(out, (Rect){foot.x, foot.y, BUTTON_WIDTH, BUTTON_HEIGHT},
           (Button){.name = "page back",
                    .text = "◂ Back",
                    .line = "page back",
                    .tip = tip_of(out, "the page before", "page back"),
                    .off = page <= 0});
    draw_dots(foot, page, count, out);
    button(out, (Rect){foot.x + foot.w - BUTTON_WIDTH, foot.y, BUTTON_WIDTH, BUTTON_HEIGHT},
           (Button){.name = "page on",
                    .text = last ? "Finish" : "Next ▸",
                    .line = last ? "leave" : "page next",
                    .tip = last ? "leave the lesson; the network stays as it is"
                                : tip_of(out, "the next page", "page next")});
}

// ---- the page -------------------------------------------------------------------------------------------------
static void draw_head(const App *app, Rect text, int page, DrawList *out)
{
    draw_textf(out, INK_FAINT, TYPE_SECTION, text.x, text.y - 12, ALIGN_LEFT, "PAGE %d OF %d", page + 1,
               app->lesson.page_count);
    text_button(out, TYPE_CAPTION, text.x + text.w, text.y - 12, ALIGN_RIGHT,
                (Button){.name = "leave",
                         .text = "leave",
                         .line = "leave",
                         .tip = "closes the lesson; the network stays as it is",
                         .ink = INK_SOFT});
}

static void draw_page(App *app, Rect body, int index, DrawList *out)
{
    const Page *page = &app->lesson.pages[index];
    Rect text = {body.x + PADDING, body.y + ABOVE_TITLE, body.w - PADDING - PADDING_RIGHT, 0};
    float height = lesson_text(text, page, true, out) + ABOVE_TITLE;
    Hands *hands = &app->hands;
    text.y -= scroll_within(&hands->lesson_scroll, &hands->lesson_scroll_most, height - body.h);
    draw_clip(out, body);
    draw_head(app, text, index, out);
    lesson_text(text, page, false, out);
    draw_unclip(out);
    scrollbar_draw(body, hands->lesson_scroll, height, out);
    scroll_to_focus(app, body, &hands->lesson_scroll, out);
}

// The box that the settings show, for they are out of sight.
static void draw_broken(App *app, Rect area, DrawList *out)
{
    SettingsPanel *panel = arena_new(out->arena, SettingsPanel, 1);
    *panel = (SettingsPanel){.app = app, .run = &app->session.runs[0], .out = out};
    row_broken(panel, NULL, (Rect){area.x + PADDING, area.y, area.w - PADDING - PADDING_RIGHT, area.h});
}

void lesson_draw(App *app, Rect area, DrawList *out)
{
    int page = app->player.page > 0 ? app->player.page : 0;
    draw_rect(out, INK_PANEL, area, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){area.x + area.w - 1, area.y, 1, area.h}, 0);
    Rect body = area, foot = rect_cut_bottom(&body, FOOT), broken = {0};
    if (app->session.runs[0].broken.update)
        broken = rect_cut_bottom(&body, BROKEN_HEIGHT);
    rect_cut_bottom(&body, broken.h > 0 ? ABOVE_BROKEN : 0);
    draw_page(app, body, page, out);
    if (broken.h > 0)
        draw_broken(app, broken, out);
    draw_foot(app, (Rect){area.x + 20, foot.y + 16, area.w - 40, BUTTON_HEIGHT}, out);
}
