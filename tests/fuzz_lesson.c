#include "lesson/lesson.h"

// Any bytes are parsed as a lesson, and what becomes of them is dealt out.
static bool take(void *context, const char *line, int source_line, Err *err)
{
    (void)err;
    *(unsigned long *)context += (unsigned char)*line + (unsigned long)source_line;
    return true;
}

static unsigned long words_of(const Lesson *lesson)
{
    unsigned long sum = 0;
    for (int p = 0; p < lesson->page_count; p++)
        for (int b = 0; b < lesson->pages[p].block_count; b++)
            for (int i = 0; i < lesson->pages[p].blocks[b].span_count; i++)
                sum += (unsigned char)*lesson->pages[p].blocks[b].spans[i].text;
    return sum;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Arena arena = arena_make(1 << 16);
    Lesson lesson;
    Err err;
    char *text = arena_alloc(&arena, size + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)data[i];
    if (lesson_parse("a.md", text, size, &arena, &lesson, &err)) {
        unsigned long sum = words_of(&lesson);
        Player player = {&lesson, -1};
        player_turn(&player, lesson.page_count - 1, take, &sum, &err);
        player_play(&player, take, take, &sum, &err);
    }
    arena_free(&arena);
    return 0;
}
