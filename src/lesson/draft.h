#ifndef LESSON_DRAFT_H
#define LESSON_DRAFT_H

#include "lesson/lesson.h"

// A lesson while it is read: its pages, blocks and spans grow in the arena, and each knows its line of the source, for
// the pieces of text that come in point into it.
typedef struct {
    const char *file, *source;
    size_t size;
    Arena *arena;
    Lesson *lesson;
    Err *err;

    Block *block;     // being filled, or NULL
    const char *link; // the line that the text now added says, or NULL
    bool in_formula;  // its first piece has been added
    bool new_line;    // the next piece of a fenced block begins a line

    const char *counted; // line and column are of this place
    int line, column;
    int page_room, block_room, span_room, line_room;
    char *tail; // the text being lengthened
    size_t tail_length, tail_room;
} Draft;

// From 1, columns in characters; of what does not lie in the source, those of the last place asked for.
int draft_line(Draft *draft, const char *at);
int draft_column(Draft *draft, const char *at);
int draft_refuse(Draft *draft, const char *at, const char *why); // with file:line:col; returns what makes md4c stop

Page *draft_page(const Draft *draft); // the last one
void draft_begin_page(Draft *draft);
void draft_begin_block(Draft *draft, BlockKind kind);
void draft_end_block(Draft *draft); // one that nothing was written into is no block
bool block_is_empty(const Block *block);

void draft_add_text(Draft *draft, SpanKind kind, const char *text, size_t length);
void draft_add_code(Draft *draft, const char *text, size_t length);
const char *draft_join(Draft *draft, const char *first, const char *then,
                       size_t length); // a text and what comes behind

#endif
