#include "lesson/draft.h"

#include <stdint.h>
#include <string.h>

// ---- lists that grow in the arena -----------------------------------------------------------------------------
static void *grown(Arena *arena, void *items, int count, int *room, size_t size)
{
    if (items && count < *room)
        return items;
    *room = count ? 2 * count : 4;
    void *larger = arena_alloc(arena, (size_t)*room * size);
    return count ? memcpy(larger, items, (size_t)count * size) : larger;
}

// ---- places ---------------------------------------------------------------------------------------------------
static bool in_source(const Draft *draft, const char *at)
{
    uintptr_t first = (uintptr_t)draft->source, here = (uintptr_t)at;
    return here >= first && here <= first + draft->size;
}

// Text arrives in the order of the source almost always, so counting goes on from the last place.
static void count_to(Draft *draft, const char *at)
{
    if (!in_source(draft, at))
        return;
    if (at < draft->counted) {
        draft->counted = draft->source;
        draft->line = draft->column = 1;
    }
    for (; draft->counted < at; draft->counted++) {
        bool ends = *draft->counted == '\n', inside = ((unsigned char)draft->counted[1] & 0xC0) == 0x80;
        draft->line += ends;
        draft->column = ends ? 1 : draft->column + !inside;
    }
}

int draft_line(Draft *draft, const char *at)
{
    count_to(draft, at);
    return draft->line;
}

int draft_column(Draft *draft, const char *at)
{
    count_to(draft, at);
    return draft->column;
}

int draft_refuse(Draft *draft, const char *at, const char *why)
{
    count_to(draft, at);
    refuse(draft->err, "%s", why);
    refuse_at(draft->err, draft->file, draft->line, draft->column);
    return -1;
}

// ---- pages and blocks -----------------------------------------------------------------------------------------
Page *draft_page(const Draft *draft)
{
    return &draft->lesson->pages[draft->lesson->page_count - 1];
}

void draft_begin_page(Draft *draft)
{
    Lesson *lesson = draft->lesson;
    lesson->pages = grown(draft->arena, lesson->pages, lesson->page_count, &draft->page_room, sizeof(Page));
    lesson->pages[lesson->page_count++] = (Page){0};
}

void draft_begin_block(Draft *draft, BlockKind kind)
{
    Page *page = draft_page(draft);
    page->blocks = grown(draft->arena, page->blocks, page->block_count, &draft->block_room, sizeof(Block));
    draft->block = &page->blocks[page->block_count++];
    *draft->block = (Block){.kind = kind};
}

bool block_is_empty(const Block *block)
{
    return block->span_count == 0 && block->line_count == 0;
}

// A block that nothing was written into is no block.
void draft_end_block(Draft *draft)
{
    if (draft->block && block_is_empty(draft->block))
        draft_page(draft)->block_count--;
    draft->block = NULL;
}

// ---- spans and lines ------------------------------------------------------------------------------------------
// A text and what comes behind it. Only the last one made is ever lengthened, so it keeps some room.
const char *draft_join(Draft *draft, const char *first, const char *then, size_t length)
{
    if (first != draft->tail) {
        draft->tail_length = strlen(first);
        draft->tail_room = 0;
    }
    size_t whole = draft->tail_length + length;
    if (whole >= draft->tail_room) {
        draft->tail_room = 2 * whole + 1;
        draft->tail = memcpy(arena_alloc(draft->arena, draft->tail_room), first, draft->tail_length);
    }
    memcpy(draft->tail + draft->tail_length, then, length);
    draft->tail_length = whole;
    return draft->tail;
}

static bool goes_on(const Draft *draft, const TextSpan *last, SpanKind kind)
{
    return last && last->kind == kind && last->line == draft->link && (kind != SPAN_FORMULA || draft->in_formula);
}

// Pieces of one kind become one span, however md4c cuts them; two formulas side by side stay two.
void draft_add_text(Draft *draft, SpanKind kind, const char *text, size_t length)
{
    Block *block = draft->block;
    TextSpan *last = block->span_count ? &block->spans[block->span_count - 1] : NULL;
    if (goes_on(draft, last, kind)) {
        last->text = draft_join(draft, last->text, text, length);
        return;
    }
    block->spans = grown(draft->arena, block->spans, block->span_count, &draft->span_room, sizeof(TextSpan));
    block->spans[block->span_count++] = (TextSpan){.kind = kind,
                                                   .text = draft_join(draft, "", text, length),
                                                   .line = draft->link,
                                                   .source_line = draft_line(draft, text),
                                                   .source_column = draft_column(draft, text)};
    draft->in_formula = kind == SPAN_FORMULA;
}

static void add_line_numbered(Draft *draft, int number)
{
    Block *block = draft->block;
    int room = draft->line_room;
    block->lines = grown(draft->arena, block->lines, block->line_count, &room, sizeof *block->lines);
    block->line_numbers = grown(draft->arena, block->line_numbers, block->line_count, &draft->line_room, sizeof(int));
    block->lines[block->line_count] = "";
    block->line_numbers[block->line_count++] = number;
}

// A fenced block's text comes in pieces that end with "\n".
void draft_add_code(Draft *draft, const char *text, size_t length)
{
    bool ends = length > 0 && text[length - 1] == '\n';
    if (length > (size_t)ends) {
        if (draft->new_line)
            add_line_numbered(draft, draft_line(draft, text));
        const char **line = &draft->block->lines[draft->block->line_count - 1];
        *line = draft_join(draft, *line, text, length - ends);
        draft->new_line = false;
    }
    draft->new_line = draft->new_line || ends;
}
