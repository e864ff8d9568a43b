#include "app/lesson_check.h"

#include <string.h>

#include "app/arguments.h"
#include "ui/formula.h"

static bool check_words(const Words *words, Err *err)
{
    double value;
    const Command *command = words->count ? command_find(words->word[0], err) : NULL;
    if (words->count == 0)
        return true;
    if (!command || !arguments_check(command, words, err))
        return false;
    if (strcmp(command->name, "set") != 0)
        return true;
    const Setting *setting = setting_find(words->word[1], err);
    return setting && setting_read(setting, words->word[2], &value, err);
}

// All commands of a line; *column tells where the bad one stands in it.
static bool check_line(const char *line, int *column, Err *err)
{
    Arena scratch = arena_make(1 << 10);
    Words words = {.count = 0};
    int number = 1;
    bool good = true;
    while (good && words_next(&line, &number, &scratch, &words, err))
        good = check_words(&words, err);
    good = good && !err->text[0];
    *column = words.column[0];
    arena_free(&scratch);
    return good;
}

static bool check_span(const char *file, const TextSpan *span, Err *err)
{
    int column;
    bool good = true;
    if (span->kind == SPAN_LINK && !(good = check_line(span->line, &column, err)))
        refuse(err, "the link \"%s\" says no line that can be carried out: %s", span->text, err->text);
    if (span->kind == SPAN_FORMULA && !(good = formula_check(span->text, err)))
        refuse(err, "this formula is wrong: %s", err->text);
    return good || refuse_at(err, file, span->source_line, span->source_column);
}

static bool check_block(const char *file, const Block *block, Err *err)
{
    int column;
    for (int i = 0; i < block->span_count; i++)
        if (!check_span(file, &block->spans[i], err))
            return false;
    for (int i = 0; block->kind == BLOCK_DO && i < block->line_count; i++)
        if (!check_line(block->lines[i], &column, err))
            return refuse_at(err, file, block->line_numbers[i], column);
    return true;
}

bool lesson_check(const Lesson *lesson, Err *err)
{
    for (int p = 0; p < lesson->page_count; p++)
        for (int b = 0; b < lesson->pages[p].block_count; b++)
            if (!check_block(lesson->file, &lesson->pages[p].blocks[b], err))
                return false;
    return true;
}
