#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

// A lesson is Markdown that reads well anywhere. Fenced `do` blocks hold command lines, one a line, carried out when
// their page is turned to; fenced `check` blocks hold claims (`loss < 0.25`), tested whenever the lesson is played
// without a window. A page begins at each heading.
typedef enum { BLOCK_HEADING, BLOCK_TEXT, BLOCK_ITEM, BLOCK_FORMULA, BLOCK_DO, BLOCK_CHECK } BlockKind;

typedef enum { SPAN_PLAIN, SPAN_STRONG, SPAN_EMPHASIS, SPAN_CODE, SPAN_FORMULA, SPAN_LINK } SpanKind;

typedef struct {
    SpanKind kind;
    const char *text;               // a formula: without the dollars
    const char *line;               // of a link: the command line it says
    int source_line, source_column; // where the text begins in the file, from 1
} TextSpan;

typedef struct {
    BlockKind kind;
    int source_line; // where it stands in the file, from 1
    int level;       // of a heading
    TextSpan *spans; // words; of BLOCK_FORMULA the formula alone
    int span_count;
    const char **lines; // of do and check
    int *line_numbers;  // in the file, from 1
    int line_count;
} Block;

typedef struct {
    const char *title; // the heading's words
    int source_line;
    Block *blocks;
    int block_count;
} Page;

typedef struct {
    const char *file;
    const char *title; // the first heading
    Page *pages;
    int page_count;
} Lesson;

// Everything in the arena. Refuses text that is no lesson with file:line:col.
bool lesson_parse(const char *file, const char *text, size_t size, Arena *arena, Lesson *out, Err *err);

// Deals a lesson out in lines: turning to page n says the lines of the do blocks up to it that were not yet said;
// beginning and going back say `reset` and the lines of pages 1 … n.
typedef struct {
    const Lesson *lesson;
    int page; // from 0; -1: not begun
} Player;

typedef bool LineSink(void *context, const char *line, int source_line, Err *err);
bool player_turn(Player *player, int page, LineSink *say, void *context, Err *err);

// Deals out the whole lesson as it is played without a window: what is done and what is claimed, in the order it
// stands.
bool player_play(Player *player, LineSink *say, LineSink *claim, void *context, Err *err);

#endif
