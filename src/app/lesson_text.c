#include "app/lesson_text.h"

#include <string.h>

#include "app/screen.h"
#include "ui/formula.h"

enum {
    ASCENT = 17, // of a line
    LINE = 23,   // px from line to line
    TITLE_LINE = 31,
    BLOCK_GAP = 12,   // between blocks
    BOX_PADDING = 18, // of a displayed formula
    ITEM_INDENT = 18,
    HANGING = 10, // a full stop so wide may stand over the edge rather than begin a line
};

static const Type READING = {FACE_WORDS, 15}, READING_EMPHASIS = {FACE_WORDS_ITALIC, 15},
                  READING_STRONG = {FACE_SEMIBOLD, 15}, PAGE_TITLE = {FACE_BOLD, 25};
static const float FORMULA_SIZE = 17, DISPLAY_SIZE = 21;

// Text that is being set: where the next word goes.
typedef struct {
    DrawList *out;
    Rect area;  // x and w hold; y is where the block began
    float x, y; // of the next word; y is a baseline
    bool dry;   // only measures
    bool space; // a blank stands before the next word
} Flow;

// ---- pieces in a line -----------------------------------------------------------------------------------------
static float blank_before(const Flow *flow)
{
    return flow->space && flow->x > flow->area.x ? draw_width(flow->out, READING, " ") : 0;
}

static float room_left(const Flow *flow)
{
    return flow->area.x + flow->area.w - flow->x - blank_before(flow);
}

static void next_line(Flow *flow)
{
    flow->x = flow->area.x;
    flow->y += LINE;
}

// Makes room for a piece so wide and returns its left edge.
static float flow_room(Flow *flow, float width)
{
    bool hangs = !flow->space && width <= HANGING;
    if (flow->x > flow->area.x && width > room_left(flow) && !hangs)
        next_line(flow);
    float left = flow->x + blank_before(flow);
    flow->x = left + width;
    flow->space = false;
    return left;
}

// ---- words ----------------------------------------------------------------------------------------------------
static const char *part_of(const Flow *flow, const char *text, size_t size)
{
    return draw_print(flow->out, "%.*s", (int)size, text);
}

static float part_width(const Flow *flow, Type type, const char *text, size_t size)
{
    return draw_width(flow->out, type, part_of(flow, text, size));
}

static size_t letter_length(const char *text)
{
    size_t length = *text != 0;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length++;
    return length;
}

// Of a word that is wider than a line, as many letters as fit in one, but at least one.
static size_t letters_that_fit(const Flow *flow, Type type, const char *word, size_t size)
{
    size_t length = letter_length(word);
    for (size_t next; length < size; length = next) {
        next = length + letter_length(word + length);
        if (part_width(flow, type, word, next) > flow->area.w)
            break;
    }
    return length;
}

static void flow_word(Flow *flow, Type type, const char *word)
{
    float x = flow_room(flow, draw_width(flow->out, type, word));
    if (!flow->dry)
        draw_text(flow->out, INK_TEXT, type, x, flow->y, ALIGN_LEFT, word);
}

static void flow_words(Flow *flow, Type type, const char *text)
{
    for (const char *at = text; *at;) {
        size_t blanks = strspn(at, " \n"), size = strcspn(at + blanks, " \n");
        flow->space = flow->space || blanks > 0;
        at += blanks;
        if (part_width(flow, type, at, size) > flow->area.w)
            size = letters_that_fit(flow, type, at, size);
        if (size > 0)
            flow_word(flow, type, part_of(flow, at, size));
        at += size;
    }
}

// ---- links ----------------------------------------------------------------------------------------------------
// As many words as still fit in this line; 0: none.
static size_t words_that_fit(const Flow *flow, const char *text)
{
    size_t fit = 0;
    float room = room_left(flow);
    for (size_t end = 0; text[end]; fit = end) {
        end += strspn(text + end, " ");
        end += strcspn(text + end, " ");
        if (part_width(flow, READING, text, end) > room)
            break;
    }
    return fit;
}

// Its part in one line. All parts are one thing to press; the keyboard stops at the first.
static void flow_link_part(Flow *flow, const TextSpan *link, const char *words, bool first)
{
    DrawList *out = flow->out;
    float width = draw_width(out, READING, words), x = flow_room(flow, width);
    Rect area = {x - 4, flow->y - READING.size - 2, width + 8, LINE};
    uint32_t id = hot_id(draw_print(out, "link %d:%d", link->source_line, link->source_column));
    if (flow->dry)
        return;
    if (out->hover == id)
        draw_rect(out, INK_CONTROL_HOVER, area, 4);
    draw_text(out, INK_FORWARD, READING, x, flow->y, ALIGN_LEFT, words);
    draw_line(out, INK_FORWARD, x, flow->y + 3, x + width, flow->y + 3, 1);
    focus_ring(out, id, rect_inset(area, 2));
    draw_hot(out, (Hot){.id = id,
                        .area = area,
                        .press = link->line,
                        .tip = link->line,
                        .pointed = {0, NONE, NONE},
                        .focusable = first});
}

static void flow_link(Flow *flow, const TextSpan *link)
{
    const char *at = link->text;
    for (bool first = true;; first = false) {
        size_t blanks = strspn(at, " ");
        flow->space = flow->space || blanks > 0;
        at += blanks;
        if (!*at)
            return;
        size_t size = words_that_fit(flow, at);
        if (size == 0 && flow->x > flow->area.x) {
            next_line(flow);
            size = words_that_fit(flow, at);
        }
        if (size == 0)
            size = letters_that_fit(flow, READING, at, strcspn(at, " "));
        flow_link_part(flow, link, part_of(flow, at, size), first);
        at += size;
    }
}

// ---- formulas -------------------------------------------------------------------------------------------------
// Set smaller where it would be wider than the text; returns by how much.
static float formula_fit(const Flow *flow, float size, const char *text, Formula *formula)
{
    Err err;
    formula_layout(flow->out->fonts, flow->out->arena, INK_TEXT, size, text, formula, &err);
    return formula->width > flow->area.w ? flow->area.w / formula->width : 1;
}

static void flow_formula(Flow *flow, const char *text)
{
    Formula formula;
    float fit = formula_fit(flow, FORMULA_SIZE, text, &formula), x = flow_room(flow, formula.width * fit);
    if (!flow->dry)
        draw_formula(flow->out, INK_TEXT, FORMULA_SIZE * fit, x, flow->y, ALIGN_LEFT, text);
}

static void flow_display(Flow *flow, const char *text)
{
    Formula formula;
    float fit = formula_fit(flow, DISPLAY_SIZE, text, &formula);
    float height = (formula.ascent + formula.descent) * fit + 2 * BOX_PADDING;
    Rect box = {flow->area.x - 8, flow->y, flow->area.w + 16, height};
    if (!flow->dry) {
        draw_rect(flow->out, INK_CONTROL, box, 8);
        draw_formula(flow->out, INK_TEXT, DISPLAY_SIZE * fit, box.x + box.w / 2,
                     box.y + BOX_PADDING + formula.ascent * fit, ALIGN_CENTRE, text);
    }
    flow->y += height + BLOCK_GAP;
}

// ---- blocks ---------------------------------------------------------------------------------------------------
static void flow_span(Flow *flow, const TextSpan *span)
{
    switch (span->kind) {
    case SPAN_FORMULA:
        flow_formula(flow, span->text);
        break;
    case SPAN_LINK:
        flow_link(flow, span);
        break;
    case SPAN_EMPHASIS:
        flow_words(flow, READING_EMPHASIS, span->text);
        break;
    case SPAN_STRONG:
    case SPAN_CODE:
        flow_words(flow, READING_STRONG, span->text);
        break;
    default:
        flow_words(flow, READING, span->text);
    }
}

static void flow_text(Flow *flow, const Block *block)
{
    bool item = block->kind == BLOCK_ITEM;
    float indent = item ? ITEM_INDENT : 0;
    if (item && !flow->dry)
        draw_text(flow->out, INK_SOFT, READING, flow->area.x + 4, flow->y + ASCENT, ALIGN_LEFT, "•");
    flow->area.x += indent;
    flow->area.w -= indent;
    flow->x = flow->area.x;
    flow->y += ASCENT;
    flow->space = false;
    for (int i = 0; i < block->span_count; i++)
        flow_span(flow, &block->spans[i]);
    flow->y += (float)(LINE - ASCENT + (item ? BLOCK_GAP / 2 : BLOCK_GAP));
    flow->area.x -= indent;
    flow->area.w += indent;
}

static void flow_title(Flow *flow, const char *title)
{
    Rect place = {flow->area.x, flow->y, flow->area.w, 0};
    flow->y += paragraph(flow->out, flow->dry ? INKS : INK_TEXT, PAGE_TITLE, place, TITLE_LINE, title) + BLOCK_GAP;
}

float lesson_text(Rect area, const Page *page, bool dry, DrawList *out)
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
