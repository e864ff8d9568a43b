#include "lesson/lesson.h"

static bool say_blocks(const Page *page, BlockKind kind, LineSink *say, void *context, Err *err)
{
    for (int i = 0; i < page->block_count; i++) {
        const Block *block = &page->blocks[i];
        if (block->kind != kind)
            continue;
        for (int k = 0; k < block->line_count; k++)
            if (!say(context, block->lines[k], block->line_numbers[k], err))
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
        if (!say_blocks(&lesson->pages[i], BLOCK_DO, say, context, err))
            return false;
    return true;
}

bool player_check(const Player *player, LineSink *claim, void *context, Err *err)
{
    return say_blocks(&player->lesson->pages[player->page], BLOCK_CHECK, claim, context, err);
}
