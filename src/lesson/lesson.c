#include "lesson/lesson.h"

#include <limits.h>
#include <md4c.h>
#include <string.h>

#include "base/file.h"
#include "lesson/draft.h"
#include "lesson/fence.h"

// md4c walks the Markdown and calls back at every block, span and piece of text.
enum { SPANS_DEEP = 16 };

typedef struct {
    Draft draft;
    int items; // list items that are open
    bool code; // inside a fenced block
    bool heading;
    SpanKind open[SPANS_DEEP]; // what the text stands in, innermost last
    int depth;
} Parse;

static BlockKind running_kind(const Parse *parse)
{
    return parse->heading ? BLOCK_HEADING : parse->items > 0 ? BLOCK_ITEM : BLOCK_TEXT;
}

// ---- what md4c calls ------------------------------------------------------------------------------------------
static bool attribute_is(MD_ATTRIBUTE attribute, const char *word)
{
    return attribute.size == strlen(word) && memcmp(attribute.text, word, attribute.size) == 0;
}

static int enter_fence(Parse *parse, const MD_BLOCK_CODE_DETAIL *detail)
{
    bool does = attribute_is(detail->lang, "do"), checks = attribute_is(detail->lang, "check");
    if (parse->draft.lesson->page_count == 0)
        return draft_refuse(&parse->draft, detail->lang.size ? detail->lang.text : parse->draft.source,
                            "a lesson begins with a heading, not with a fenced block");
    draft_end_block(&parse->draft);
    draft_begin_block(&parse->draft, does ? BLOCK_DO : checks ? BLOCK_CHECK : BLOCK_TEXT);
    parse->code = parse->draft.new_line = true;
    return 0;
}

// Code that is neither done nor checked is shown, a line a block.
static void leave_fence(Parse *parse)
{
    Block shown = *parse->draft.block;
    parse->code = false;
    draft_end_block(&parse->draft);
    if (shown.kind != BLOCK_TEXT)
        return;
    Page *page = draft_page(&parse->draft);
    page->block_count -= shown.line_count > 0;
    for (int i = 0; i < shown.line_count; i++) {
        draft_begin_block(&parse->draft, BLOCK_TEXT);
        parse->draft.block->source_line = shown.line_numbers[i];
        draft_add_text(&parse->draft, SPAN_CODE, shown.lines[i], strlen(shown.lines[i]));
        draft_end_block(&parse->draft);
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Parse *parse = context;
    parse->depth = 0; // spans end with their block
    parse->draft.link = NULL;
    if (type == MD_BLOCK_CODE)
        return enter_fence(parse, detail);
    if (type == MD_BLOCK_H) {
        draft_end_block(&parse->draft);
        draft_begin_page(&parse->draft);
        parse->heading = true;
        draft_begin_block(&parse->draft, BLOCK_HEADING);
        parse->draft.block->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
    }
    if (type == MD_BLOCK_LI || (type == MD_BLOCK_P && parse->items == 0))
        draft_end_block(&parse->draft);
    if (type == MD_BLOCK_P && parse->draft.block && !block_is_empty(parse->draft.block))
        draft_add_text(&parse->draft, SPAN_PLAIN, " ", 1); // a second paragraph of a list item
    parse->items += type == MD_BLOCK_LI;
    return 0;
}

static void end_heading(Parse *parse)
{
    Page *page = draft_page(&parse->draft);
    page->title = "";
    page->source_line = parse->draft.line;
    for (int i = 0; parse->draft.block && i < parse->draft.block->span_count; i++) {
        const char *words = parse->draft.block->spans[i].text;
        page->title = draft_join(&parse->draft, page->title, words, strlen(words));
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
        draft_end_block(&parse->draft);
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
    parse->draft.in_formula = false;
    if (type == MD_SPAN_A) {
        MD_ATTRIBUTE href = ((MD_SPAN_A_DETAIL *)detail)->href;
        parse->draft.link = draft_join(&parse->draft, "", href.size ? href.text : "", href.size);
    }
    if (type == MD_SPAN_LATEXMATH_DISPLAY && parse->draft.lesson->page_count > 0 && !parse->heading) {
        draft_end_block(&parse->draft);
        draft_begin_block(&parse->draft, BLOCK_FORMULA);
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    Parse *parse = context;
    parse->depth -= parse->depth > 0; // md4c 0.4 leaves some broken spans that it never entered
    if (type == MD_SPAN_A)
        parse->draft.link = NULL;
    if (type == MD_SPAN_LATEXMATH_DISPLAY && !parse->heading)
        draft_end_block(&parse->draft);
    return 0;
}

static int add_piece(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    Parse *parse = context;
    if (parse->draft.lesson->page_count == 0)
        return draft_refuse(&parse->draft, text, "a lesson begins with a heading, not with text");
    if (parse->code) {
        draft_add_code(&parse->draft, text, size);
        return 0;
    }
    bool breaks = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
    if (!parse->draft.block && breaks)
        return 0; // behind a formula
    if (!parse->draft.block)
        draft_begin_block(&parse->draft, running_kind(parse));
    if (block_is_empty(parse->draft.block))
        parse->draft.block->source_line = draft_line(&parse->draft, text);
    draft_add_text(&parse->draft, innermost(parse), breaks ? " " : text, breaks ? 1 : size);
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
    *out = (Lesson){.file = arena_print(arena, "%s", file)};
    if (!file_is_text(file, text, size, err))
        return false;
    Parse parse = {.draft = {.file = file,
                             .source = text,
                             .size = size,
                             .arena = arena,
                             .lesson = out,
                             .err = err,
                             .counted = text,
                             .line = 1,
                             .column = 1}};
    err->text[0] = 0;
    if (size > UINT_MAX || md_parse(text, (MD_SIZE)size, &parser, &parse) != 0) {
        if (!err->text[0])
            draft_refuse(&parse.draft, text, "this cannot be read as a lesson");
        return false;
    }
    const char *unclosed = fence_unclosed(text, size);
    if (out->page_count == 0 || unclosed) {
        draft_refuse(&parse.draft, unclosed ? unclosed : text,
                     unclosed ? "this fenced block is never closed" : "a lesson needs a heading");
        return false;
    }
    out->title = out->pages[0].title;
    return true;
}
