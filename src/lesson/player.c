#include "lesson/lesson.h"

static bool say_lines(const Block *block, LineSink *say, void *context, Err *err)
{
    for (int i = 0; i < block->line_count; i++)
        if (!say(context, block->lines[i], block->line_numbers[i], err))
            return false;
    return true;
}

// Where no one listens to claims, they are passed over.
static bool say_page(const Page *page, LineSink *say, LineSink *claim, void *context, Err *err)
{
    for (int i = 0; i < page->block_count; i++) {
        const Block *block = &page->blocks[i];
        LineSink *sink = block->kind == BLOCK_DO ? say : block->kind == BLOCK_CHECK ? claim : NULL;
        if (sink && !say_lines(block, sink, context, err))
            return false;
    }
    return true;
}

bool player_turn(Player *player, int page, LineSink *say, void *context, Err *err)
{
    const Lesson *lesson = player->lesson;
    if (page < 0 || page >= lesson->page_count)
        return refuse(err, "this lesson has pages 1 to %d", lesson->page_count);
    bool again = player->page < 0 || page <= player->page;
    int first = again ? 0 : player->page + 1;
    if (again && !say(context, "reset", lesson->pages[0].source_line, err))
        return false;
    player->page = page;
    for (int i = first; i <= page; i++)
        if (!say_page(&lesson->pages[i], say, NULL, context, err))
            return false;
    return true;
}

bool player_play(Player *player, LineSink *say, LineSink *claim, void *context, Err *err)
{
    const Lesson *lesson = player->lesson;
    bool done = say(context, "reset", lesson->pages[0].source_line, err);
    for (int i = 0; done && i < lesson->page_count; i++) {
        player->page = i;
        done = say_page(&lesson->pages[i], say, claim, context, err);
    }
    return done;
}
