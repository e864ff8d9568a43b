#include "lesson/lesson.h"

#include <limits.h>
#include <md4c.h>
#include <stdint.h>
#include <string.h>

#include "base/file.h"

// md4c walks the Markdown and calls back at every block, span and piece of text. The pieces point into the source,
// which is how a block knows its line.
enum { SPANS_DEEP = 16 };

typedef struct {
    const char *file, *source;
    size_t size;
    Arena *arena;
    Lesson *lesson;
    Err *err;

    const char *counted; // `line` is the line of this place
    int line;
    int page_room, block_room, span_room, line_room;
    Block *block; // being filled, or NULL
    int items;    // list items that are open
    bool code;    // inside a fenced block
    bool new_line; // the next piece of a fenced block begins a line
    bool heading;
    char *tail;   // the text being lengthened
    size_t tail_length, tail_room;
    SpanKind open[SPANS_DEEP]; // what the text stands in, innermost last
    int depth;
    const char *link;
} Parse;

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
static bool in_source(const Parse *parse, const char *at)
{
    uintptr_t first = (uintptr_t)parse->source, here = (uintptr_t)at;
    return here >= first && here <= first + parse->size;
}

// Text arrives in the order of the source almost always, so counting goes on from the last place.
static int line_of(Parse *parse, const char *at)
{
    if (!in_source(parse, at))
        return parse->line;
    if (at < parse->counted) {
        parse->counted = parse->source;
        parse->line = 1;
    }
    for (; parse->counted < at; parse->counted++)
        parse->line += *parse->counted == '\n';
    return parse->line;
}

static int column_of(const Parse *parse, const char *at)
{
    int column = 1;
    if (in_source(parse, at))
        while (at > parse->source && at[-1] != '\n')
            column += ((unsigned char)*--at & 0xC0) != 0x80;
    return column;
}

static int refused_at(Parse *parse, const char *at, const char *why)
{
    refuse(parse->err, "%s", why);
    refuse_at(parse->err, parse->file, line_of(parse, at), column_of(parse, at));
    return -1; // md4c stops
}

// ---- pages and blocks -----------------------------------------------------------------------------------------
static Page *last_page(const Parse *parse)
{
    return &parse->lesson->pages[parse->lesson->page_count - 1];
}

static void begin_page(Parse *parse)
{
    Lesson *lesson = parse->lesson;
    lesson->pages = grown(parse->arena, lesson->pages, lesson->page_count, &parse->page_room, sizeof(Page));
    lesson->pages[lesson->page_count++] = (Page){ 0 };
}

static void begin_block(Parse *parse, BlockKind kind)
{
    Page *page = last_page(parse);
    page->blocks = grown(parse->arena, page->blocks, page->block_count, &parse->block_room, sizeof(Block));
    parse->block = &page->blocks[page->block_count++];
    *parse->block = (Block){ .kind = kind };
}

static bool is_empty(const Block *block)
{
    return block->span_count == 0 && block->line_count == 0;
}

// A block that nothing was written into is no block.
static void end_block(Parse *parse)
{
    if (parse->block && is_empty(parse->block))
        last_page(parse)->block_count--;
    parse->block = NULL;
}

static BlockKind running_kind(const Parse *parse)
{
    return parse->heading ? BLOCK_HEADING : parse->items > 0 ? BLOCK_ITEM : BLOCK_TEXT;
}

// ---- spans and lines ------------------------------------------------------------------------------------------
// A text and what comes behind it. Only the last one made is ever lengthened, so it keeps some room.
static const char *joined(Parse *parse, const char *first, const char *then, size_t length)
{
    if (first != parse->tail) {
        parse->tail_length = strlen(first);
        parse->tail_room = 0;
    }
    size_t whole = parse->tail_length + length;
    if (whole >= parse->tail_room) {
        parse->tail_room = 2 * whole + 1;
        parse->tail = memcpy(arena_alloc(parse->arena, parse->tail_room), first, parse->tail_length);
    }
    memcpy(parse->tail + parse->tail_length, then, length);
    parse->tail_length = whole;
    return parse->tail;
}

// Pieces of one kind become one span, however md4c cuts them.
static void add_text(Parse *parse, SpanKind kind, const char *text, size_t length)
{
    Block *block = parse->block;
    TextSpan *last = block->span_count ? &block->spans[block->span_count - 1] : NULL;
    if (last && last->kind == kind && kind != SPAN_FORMULA && last->line == parse->link) {
        last->text = joined(parse, last->text, text, length);
        return;
    }
    block->spans = grown(parse->arena, block->spans, block->span_count, &parse->span_room, sizeof(TextSpan));
    block->spans[block->span_count++] =
        (TextSpan){ .kind = kind, .text = joined(parse, "", text, length), .line = parse->link };
}

static void add_line_numbered(Parse *parse, int number)
{
    Block *block = parse->block;
    int room = parse->line_room;
    block->lines = grown(parse->arena, block->lines, block->line_count, &room, sizeof *block->lines);
    block->line_numbers =
        grown(parse->arena, block->line_numbers, block->line_count, &parse->line_room, sizeof(int));
    block->lines[block->line_count] = "";
    block->line_numbers[block->line_count++] = number;
}

// A fenced block's text comes in pieces that end with "\n".
static void add_code(Parse *parse, const char *text, size_t length)
{
    bool ends = length > 0 && text[length - 1] == '\n';
    if (length > (size_t)ends) {
        if (parse->new_line)
            add_line_numbered(parse, line_of(parse, text));
        const char **line = &parse->block->lines[parse->block->line_count - 1];
        *line = joined(parse, *line, text, length - ends);
        parse->new_line = false;
    }
    parse->new_line = parse->new_line || ends;
}

// ---- what md4c calls ------------------------------------------------------------------------------------------
static bool attribute_is(MD_ATTRIBUTE attribute, const char *word)
{
    return attribute.size == strlen(word) && memcmp(attribute.text, word, attribute.size) == 0;
}

static int enter_fence(Parse *parse, const MD_BLOCK_CODE_DETAIL *detail)
{
    bool does = attribute_is(detail->lang, "do"), checks = attribute_is(detail->lang, "check");
    if (parse->lesson->page_count == 0)
        return refused_at(parse, detail->lang.size ? detail->lang.text : parse->source,
                          "a lesson begins with a heading, not with a fenced block");
    end_block(parse);
    begin_block(parse, does ? BLOCK_DO : checks ? BLOCK_CHECK : BLOCK_TEXT);
    parse->code = parse->new_line = true;
    return 0;
}

// Code that is neither done nor checked is shown, a line a block.
static void leave_fence(Parse *parse)
{
    Block shown = *parse->block;
    parse->code = false;
    end_block(parse);
    if (shown.kind != BLOCK_TEXT)
        return;
    Page *page = last_page(parse);
    page->block_count -= shown.line_count > 0;
    for (int i = 0; i < shown.line_count; i++) {
        begin_block(parse, BLOCK_TEXT);
        parse->block->source_line = shown.line_numbers[i];
        add_text(parse, SPAN_CODE, shown.lines[i], strlen(shown.lines[i]));
        end_block(parse);
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Parse *parse = context;
    parse->depth = 0; // spans end with their block
    parse->link = NULL;
    if (type == MD_BLOCK_CODE)
        return enter_fence(parse, detail);
    if (type == MD_BLOCK_H) {
        end_block(parse);
        begin_page(parse);
        parse->heading = true;
        begin_block(parse, BLOCK_HEADING);
        parse->block->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
    }
    if (type == MD_BLOCK_LI || (type == MD_BLOCK_P && parse->items == 0))
        end_block(parse);
    if (type == MD_BLOCK_P && parse->block && !is_empty(parse->block))
        add_text(parse, SPAN_PLAIN, " ", 1); // a second paragraph of a list item
    parse->items += type == MD_BLOCK_LI;
    return 0;
}

static void end_heading(Parse *parse)
{
    Page *page = last_page(parse);
    page->title = "";
    page->source_line = parse->line;
    for (int i = 0; parse->block && i < parse->block->span_count; i++) {
        const char *words = parse->block->spans[i].text;
        page->title = joined(parse, page->title, words, strlen(words));
    }
    parse->heading = false;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    (void)detail;
    Parse *parse = context;
    if (type == MD_BLOCK_CODE)
        leave_fence(parse);
    if (type == MD_BLOCK_H)
        end_heading(parse);
    if (type == MD_BLOCK_LI || type == MD_BLOCK_H || (type == MD_BLOCK_P && parse->items == 0))
        end_block(parse);
    parse->items -= type == MD_BLOCK_LI;
    return 0;
}

static SpanKind span_kind(MD_SPANTYPE type, SpanKind around)
{
    switch (type) {
    case MD_SPAN_EM:
        return SPAN_EMPHASIS;
    case MD_SPAN_STRONG:
        return SPAN_STRONG;
    case MD_SPAN_CODE:
        return SPAN_CODE;
    case MD_SPAN_A:
        return SPAN_LINK;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        return SPAN_FORMULA;
    default:
        return around;
    }
}

static SpanKind innermost(const Parse *parse)
{
    int depth = parse->depth < SPANS_DEEP ? parse->depth : SPANS_DEEP;
    return depth ? parse->open[depth - 1] : SPAN_PLAIN;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    Parse *parse = context;
    SpanKind kind = span_kind(type, innermost(parse));
    if (parse->depth < SPANS_DEEP)
        parse->open[parse->depth] = kind;
    parse->depth++;
    if (type == MD_SPAN_A) {
        MD_ATTRIBUTE href = ((MD_SPAN_A_DETAIL *)detail)->href;
        parse->link = joined(parse, "", href.text, href.size);
    }
    if (type == MD_SPAN_LATEXMATH_DISPLAY && parse->lesson->page_count > 0 && !parse->heading) {
        end_block(parse);
        begin_block(parse, BLOCK_FORMULA);
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    Parse *parse = context;
    parse->depth -= parse->depth > 0; // md4c 0.4 leaves some broken spans that it never entered
    if (type == MD_SPAN_A)
        parse->link = NULL;
    if (type == MD_SPAN_LATEXMATH_DISPLAY && !parse->heading)
        end_block(parse);
    return 0;
}

static int add_piece(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    Parse *parse = context;
    if (parse->lesson->page_count == 0)
        return refused_at(parse, text, "a lesson begins with a heading, not with text");
    if (parse->code) {
        add_code(parse, text, size);
        return 0;
    }
    bool breaks = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
    if (!parse->block && breaks)
        return 0; // behind a formula
    if (!parse->block)
        begin_block(parse, running_kind(parse));
    if (is_empty(parse->block))
        parse->block->source_line = line_of(parse, text);
    add_text(parse, innermost(parse), breaks ? " " : text, breaks ? 1 : size);
    return 0;
}

// ---- the whole ------------------------------------------------------------------------------------------------
bool lesson_parse(const char *file, const char *text, size_t size, Arena *arena, Lesson *out, Err *err)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_piece,
    };
    *out = (Lesson){ .file = arena_print(arena, "%s", file) };
    if (!file_is_text(file, text, size, err))
        return false;
    Parse parse = { .file = file, .source = text, .size = size, .arena = arena, .lesson = out, .err = err,
                    .counted = text, .line = 1 };
    err->text[0] = 0;
    if (size > UINT_MAX || md_parse(text, (MD_SIZE)size, &parser, &parse) != 0) {
        if (!err->text[0])
            refused_at(&parse, text, "this cannot be read as a lesson");
        return false;
    }
    if (out->page_count == 0) {
        refused_at(&parse, text, "a lesson needs a heading");
        return false;
    }
    out->title = out->pages[0].title;
    return true;
}
