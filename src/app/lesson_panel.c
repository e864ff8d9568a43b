#include "app/screen.h"

#include "ui/formula.h"

#include <string.h>

// The page of a lesson: words, formulas and links set in lines, in the place of the settings.
enum {
    ASCENT = 17, // of a line
    PADDING = 28,
    PADDING_RIGHT = 24,
    LINE = 23,        // px from line to line
    BLOCK_GAP = 12,   // between blocks
    BOX_PADDING = 18, // of a displayed formula
    ITEM_INDENT = 18,
    FOOT = 72, // the buttons
    BUTTON_WIDTH = 100,
    BUTTON_HEIGHT = 34,
};

static const Type READING = {FACE_WORDS, 15}, READING_STRONG = {FACE_SEMIBOLD, 15}, PAGE_TITLE = {FACE_BOLD, 25};
static const float FORMULA_SIZE = 17, DISPLAY_SIZE = 21;

// Text that is being set: where the next word goes.
typedef struct {
    DrawList *out;
    Rect area;  // x and w hold; y is where the block began
    float x, y; // of the next word; y is a baseline
    bool dry;   // only measures
    bool space; // a blank stands before the next word
} Flow;

// ---- words and formulas in a line -----------------------------------------------------------------------------
// Makes room for a piece so wide and returns its left edge.
static float flow_room(Flow *flow, float width)
{
    float blank = flow->space && flow->x > flow->area.x ? draw_width(flow->out, READING, " ") : 0;
    if (flow->x > flow->area.x && flow->x + blank + width > flow->area.x + flow->area.w) {
        flow->x = flow->area.x;
        flow->y += LINE;
        blank = 0;
    }
    float left = flow->x + blank;
    flow->x = left + width;
    flow->space = false;
    return left;
}

static void flow_word(Flow *flow, Ink ink, Type type, const char *word, const TextSpan *link)
{
    DrawList *out = flow->out;
    float width = draw_width(out, type, word), x = flow_room(flow, width);
    if (flow->dry)
        return;
    if (!link) {
        draw_text(out, ink, type, x, flow->y, ALIGN_LEFT, word);
        return;
    }
    text_button(out, type, x, flow->y, ALIGN_LEFT,
                (Button){.name = draw_print(out, "link %s", link->line),
                         .text = word,
                         .line = link->line,
                         .tip = link->line,
                         .ink = ink});
    draw_line(out, ink, x, flow->y + 3, x + width, flow->y + 3, 1);
}

static void flow_words(Flow *flow, Ink ink, Type type, const TextSpan *span)
{
    bool whole = span->kind == SPAN_LINK; // a link is not broken, so that it is one thing to press
    for (const char *at = span->text; *at;) {
        size_t blanks = strspn(at, " \n"), size = whole ? strlen(at + blanks) : strcspn(at + blanks, " \n");
        flow->space = flow->space || blanks > 0;
        if (size > 0)
            flow_word(flow, ink, type, draw_print(flow->out, "%.*s", (int)size, at + blanks), whole ? span : NULL);
        at += blanks + size;
    }
}

static void flow_formula(Flow *flow, const char *text)
{
    Err err;
    Formula formula;
    formula_layout(flow->out->fonts, flow->out->arena, INK_TEXT, FORMULA_SIZE, text, &formula, &err);
    float x = flow_room(flow, formula.width);
    if (!flow->dry)
        draw_formula(flow->out, INK_TEXT, FORMULA_SIZE, x, flow->y, ALIGN_LEFT, text);
}

static void flow_span(Flow *flow, const TextSpan *span)
{
    switch (span->kind) {
    case SPAN_FORMULA:
        flow_formula(flow, span->text);
        break;
    case SPAN_STRONG:
    case SPAN_CODE:
        flow_words(flow, INK_TEXT, READING_STRONG, span);
        break;
    case SPAN_LINK:
        flow_words(flow, INK_FORWARD, READING, span);
        break;
    default:
        flow_words(flow, INK_TEXT, READING, span);
    }
}

// ---- blocks ---------------------------------------------------------------------------------------------------
static void begin_line(Flow *flow)
{
    flow->x = flow->area.x;
    flow->space = false;
}

static void flow_text(Flow *flow, const Block *block)
{
    bool item = block->kind == BLOCK_ITEM;
    float indent = item ? ITEM_INDENT : 0;
    if (item && !flow->dry)
        draw_text(flow->out, INK_SOFT, READING, flow->area.x + 4, flow->y + ASCENT, ALIGN_LEFT, "•");
    flow->area.x += indent;
    flow->area.w -= indent;
    flow->y += ASCENT;
    begin_line(flow);
    for (int i = 0; i < block->span_count; i++)
        flow_span(flow, &block->spans[i]);
    flow->y += (float)(LINE - ASCENT + (item ? BLOCK_GAP / 2 : BLOCK_GAP));
    flow->area.x -= indent;
    flow->area.w += indent;
}

// The largest size at which it fits its box.
static void flow_display(Flow *flow, const char *text)
{
    Err err;
    Formula formula;
    float size = DISPLAY_SIZE, room = flow->area.w;
    formula_layout(flow->out->fonts, flow->out->arena, INK_TEXT, size, text, &formula, &err);
    float fit = formula.width > room ? room / formula.width : 1;
    float height = (formula.ascent + formula.descent) * fit + 2 * BOX_PADDING;
    Rect box = {flow->area.x - 8, flow->y, flow->area.w + 16, height};
    if (!flow->dry) {
        draw_rect(flow->out, INK_CONTROL, box, 8);
        draw_formula(flow->out, INK_TEXT, size * fit, box.x + box.w / 2, box.y + BOX_PADDING + formula.ascent * fit,
                     ALIGN_CENTRE, text);
    }
    flow->y += height + BLOCK_GAP;
}

static void flow_title(Flow *flow, const char *title)
{
    flow->y += paragraph(flow->out, flow->dry ? INKS : INK_TEXT, PAGE_TITLE,
                         (Rect){flow->area.x, flow->y, flow->area.w, 0}, 31, title) +
               BLOCK_GAP;
}

// Sets a page, or only measures it; returns its height.
static float flow_page(Rect area, const Page *page, bool dry, DrawList *out)
{
    Flow flow = {.out = out, .area = area, .x = area.x, .y = area.y, .dry = dry};
    flow_title(&flow, page->title);
    for (int i = 0; i < page->block_count; i++) {
        const Block *block = &page->blocks[i];
        if (block->kind == BLOCK_TEXT || block->kind == BLOCK_ITEM)
            flow_text(&flow, block);
        else if (block->kind == BLOCK_FORMULA && block->span_count > 0)
            flow_display(&flow, block->spans[0].text);
    }
    return flow.y - area.y;
}

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

void lesson_draw(App *app, Rect area, DrawList *out)
{
    int index = app->player.page > 0 ? app->player.page : 0;
    const Page *page = &app->lesson.pages[index];
    draw_rect(out, INK_PANEL, area, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){area.x + area.w - 1, area.y, 1, area.h}, 0);
    Rect body = area, foot = rect_cut_bottom(&body, FOOT);
    foot = (Rect){area.x + 20, foot.y + 16, area.w - 40, BUTTON_HEIGHT};

    Rect text = {area.x + PADDING, body.y + 52, area.w - PADDING - PADDING_RIGHT, 0};
    float overflow = flow_page(text, page, true, out) + 52 - body.h;
    Hands *hands = &app->hands;
    hands->lesson_scroll_most = overflow > 0 ? overflow : 0;
    hands->lesson_scroll = hands->lesson_scroll > overflow ? hands->lesson_scroll_most : hands->lesson_scroll;
    text.y -= hands->lesson_scroll;
    draw_clip(out, body);
    draw_textf(out, INK_FAINT, TYPE_SECTION, text.x, text.y - 12, ALIGN_LEFT, "PAGE %d OF %d", index + 1,
               app->lesson.page_count);
    text_button(out, TYPE_CAPTION, text.x + text.w, text.y - 12, ALIGN_RIGHT,
                (Button){.name = "leave",
                         .text = "leave",
                         .line = "leave",
                         .tip = "closes the lesson; the network stays as it is",
                         .ink = INK_SOFT});
    flow_page(text, page, false, out);
    draw_unclip(out);
    draw_foot(app, foot, out);
}
