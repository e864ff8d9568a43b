// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "null_platform.h"

static Arena arena;
static Lesson lesson;

static int start(void **state)
{
    (void)state;
    arena = arena_make(1 << 16);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void parse(const char *text)
{
    Err err;
    if (!lesson_parse("a.md", text, strlen(text), &arena, &lesson, &err))
        fail_msg("%s", err.text);
}

// The lesson in one line a block: its kind, its line, its words with a letter for each kind of span.
static const char *written(void)
{
    static const char *const kinds[] = {"heading", "text", "item", "formula", "do", "check"};
    static const char *const marks[] = {"", "*", "_", "`", "$", "@"};
    static char out[8192];
    size_t at = 0;
    out[0] = 0;
    for (int p = 0; p < lesson.page_count; p++)
        for (int b = 0; b < lesson.pages[p].block_count; b++) {
            const Block *block = &lesson.pages[p].blocks[b];
            at += (size_t)snprintf(out + at, sizeof out - at, "%d %s", p + 1, kinds[block->kind]);
            for (int i = 0; i < block->span_count; i++)
                at += (size_t)snprintf(out + at, sizeof out - at, "|%s%s%s%s", marks[block->spans[i].kind],
                                       block->spans[i].text, block->spans[i].line ? ">" : "",
                                       block->spans[i].line ? block->spans[i].line : "");
            for (int i = 0; i < block->line_count; i++)
                at += (size_t)snprintf(out + at, sizeof out - at, "|%d:%s", block->line_numbers[i], block->lines[i]);
            at += (size_t)snprintf(out + at, sizeof out - at, "\n");
        }
    return out;
}

// ---- parsing ----------------------------------------------------------------------------------------------------
static void markdown_becomes_pages_of_blocks(void **state)
{
    (void)state;
    parse("# A first *step*\n\nRead $f_t$ and `code`\nwith **care**, or [press](<train 5>).\n\n"
          "$$h_t = \\tanh(z_t)$$\n\n- one\n- two\n  more\n\n```do\nseek 0\n\ntrain 300 # long\n```\n\n"
          "```check\nloss < 0.25\n```\n\n## Second\n\n```python\nx = 1\ny = 2\n```\n");
    assert_string_equal(written(), "1 heading|A first |_step\n"
                                   "1 text|Read |$f_t| and |`code| with |*care|, or |@press>train 5|.\n"
                                   "1 formula|$h_t = \\tanh(z_t)\n"
                                   "1 item|one\n"
                                   "1 item|two more\n"
                                   "1 do|13:seek 0|15:train 300 # long\n"
                                   "1 check|19:loss < 0.25\n"
                                   "2 heading|Second\n"
                                   "2 text|`x = 1\n"
                                   "2 text|`y = 2\n");
    assert_string_equal(lesson.title, "A first step");
    assert_string_equal(lesson.pages[1].title, "Second");
    assert_int_equal(lesson.pages[1].source_line, 22);
    assert_int_equal(lesson.pages[0].blocks[1].source_line, 3);
}

static void a_formula_within_a_paragraph_stands_between_its_halves(void **state)
{
    (void)state;
    parse("# F\n\nbefore\n$$a = b$$\nbehind\n");
    assert_string_equal(written(), "1 heading|F\n1 text|before \n1 formula|$a = b\n1 text|behind\n");
}

static void a_formula_may_go_over_lines(void **state)
{
    (void)state;
    parse("# F\n\n$$\na =\nb\n$$\n\nand $c +\nd$ and $e$\n");
    assert_string_equal(written(), "1 heading|F\n1 formula|$a = b \n1 text|and |$c + d| and |$e\n");
}

static void spans_know_their_place(void **state)
{
    (void)state;
    parse("# F\n\nεδ $h_t$ and\nlonger [press](<train 5>).\n");
    const TextSpan *spans = lesson.pages[0].blocks[1].spans;
    assert_int_equal(spans[1].source_line, 3);
    assert_int_equal(spans[1].source_column, 5);
    assert_int_equal(spans[3].source_line, 4);
    assert_int_equal(spans[3].source_column, 9);
}

static void a_fence_in_words_opens_nothing(void **state)
{
    (void)state;
    parse("# F\n\n```not a fence``` and ``two``\n\n~~~~do\n```\n~~~\n~~~~~\nend\n");
    assert_string_equal(lesson.pages[0].blocks[2].lines[0], "```");
}

#define TEXT(words) words, sizeof words - 1

static void what_is_no_lesson_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        const char *says;
    } cases[] = {
        {TEXT(""), "a.md:1:1: a lesson needs a heading"},
        {TEXT("\n\n"), "a.md:1:1: a lesson needs a heading"},
        {TEXT("\n  words first\n# T\n"), "a.md:2:3: a lesson begins with a heading, not with text"},
        {TEXT("\n\n```do\ntrain 1\n```\n# T\n"), "a.md:3:4: a lesson begins with a heading, not with a fenced block"},
        {TEXT("# T\nok \xff\n"), "a.md:2:4: this is no text: broken UTF-8"},
        {TEXT("# T\n\n```do\ntrain 1\n"), "a.md:3:1: this fenced block is never closed"},
        {TEXT("# T\n- a\n\n  ~~~do\n  train 1\n```\n# B\n"), "a.md:4:3: this fenced block is never closed"},
        {TEXT("# T\n````do\ntrain 1\n```\n"), "a.md:2:1: this fenced block is never closed"},
        {TEXT("# T\n\0"), "a.md:2:1: this is no text: a byte of value 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Err err;
        assert_false(lesson_parse("a.md", cases[i].text, cases[i].size, &arena, &lesson, &err));
        assert_string_equal(err.text, cases[i].says);
    }
}

static void a_long_paragraph_takes_no_more_than_its_length(void **state)
{
    (void)state;
    enum { PIECES = 20000 };
    char *text = calloc(PIECES, 8);
    strcpy(text, "# T\n\n");
    for (char *at = text + 5, *last = text + 5 + 7 * PIECES; at < last; at += 7)
        memcpy(at, "a &amp;", 7);
    parse(text);
    assert_int_equal(lesson.pages[0].blocks[1].span_count, 1);
    assert_int_equal(strlen(lesson.pages[0].blocks[1].spans[0].text), 7 * PIECES);
    free(text);
}

// ---- playing ----------------------------------------------------------------------------------------------------
static char said[1024];

static bool hear(void *context, const char *line, int source_line, Err *err)
{
    (void)context;
    (void)source_line;
    (void)err;
    strcat(said, line);
    strcat(said, "|");
    return true;
}

static void turning_says_what_a_page_does(void **state)
{
    (void)state;
    Err err;
    parse("# 1\n```do\na\n```\n# 2\n```do\nb\n```\n```check\nx < 1\n```\n```do\nc\n```\n# 3\n```do\nd\n```\n");
    Player player = {&lesson, -1};
    static const struct {
        int page;
        const char *says;
    } turns[] = {{0, "reset|a|"}, {1, "b|c|"}, {2, "d|"}, {1, "reset|a|b|c|"}, {0, "reset|a|"}, {2, "b|c|d|"}};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        said[0] = 0;
        assert_true(player_turn(&player, turns[i].page, hear, NULL, &err));
        assert_string_equal(said, turns[i].says);
    }
    assert_false(player_turn(&player, 3, hear, NULL, &err));
    assert_string_equal(err.text, "this lesson has pages 1 to 3");
    said[0] = 0;
    assert_true(player_play(&player, hear, hear, NULL, &err));
    assert_string_equal(said, "reset|a|b|x < 1|c|d|");
}

// ---- the lessons that come with the program ---------------------------------------------------------------------
static NullWorld world;
static App app;

static void each_lesson(void (*try)(const char *path))
{
    Err err;
    char path[1024];
    Arena kept = arena_make(1 << 12);
    char *text;
    size_t size;
    assert_true(file_read(SOURCE_DIR "/lessons/index.txt", &kept, &text, &size, &err));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        snprintf(path, sizeof path, SOURCE_DIR "/lessons/%.*s", (int)strcspn(line, " "), line);
        try(path);
    }
    arena_free(&kept);
}

static void play_whole(const char *path)
{
    Err err;
    null_start(&app, &world, NULL);
    if (!app_play_lesson(&app, path, &err) || !app_finish(&app, &err))
        fail_msg("%s", err.text);
    assert_false(app.not_finite);
    app_free(&app);
}

static void every_lesson_does_and_claims_what_is_true(void **state)
{
    (void)state;
    each_lesson(play_whole);
}

static void must_say(const char *line)
{
    Err err;
    app_say(&app, line, NULL);
    if (!app_finish(&app, &err))
        fail_msg("%s: %s", line, err.text);
}

// Forward through all pages, then back through all of them: each has the same bits both times.
static void turn_there_and_back(const char *path)
{
    enum { PAGES_MOST = 64 };
    char *hash[PAGES_MOST], line[1100];
    null_start(&app, &world, NULL);
    snprintf(line, sizeof line, "lesson \"%s\"", path);
    must_say(line);
    int pages = app.lesson.page_count;
    assert_in_range(pages, 1, PAGES_MOST);
    for (int i = 0; i < pages; i++) {
        if (i > 0)
            must_say("page next");
        hash[i] = strdup(null_print(&app, &world, "hash"));
    }
    for (int i = pages - 1; i > 0; i--) {
        must_say("page back");
        assert_string_equal(null_print(&app, &world, "hash"), hash[i - 1]);
    }
    for (int i = 0; i < pages; i++)
        free(hash[i]);
    must_say("leave");
    app_free(&app);
}

static void a_page_is_the_same_from_both_sides(void **state)
{
    (void)state;
    each_lesson(turn_there_and_back);
}

static void press_its_links(const char *path)
{
    null_start(&app, &world, NULL);
    char line[1100];
    snprintf(line, sizeof line, "lesson \"%s\"", path);
    must_say(line);
    for (int p = 0; p < app.lesson.page_count; p++)
        for (int b = 0; b < app.lesson.pages[p].block_count; b++) {
            const Block *block = &app.lesson.pages[p].blocks[b];
            for (int i = 0; i < block->span_count; i++)
                if (block->spans[i].kind == SPAN_LINK)
                    must_say(block->spans[i].line);
        }
    app_free(&app);
}

static void every_link_of_every_lesson_runs(void **state)
{
    (void)state;
    each_lesson(press_its_links);
}

static void refused_in_a_lesson(const char *text, const char *says)
{
    Err err;
    FILE *file = fopen(BINARY_DIR "/bad_lesson.md", "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    null_start(&app, &world, NULL);
    assert_false(app_play_lesson(&app, BINARY_DIR "/bad_lesson.md", &err) && app_finish(&app, &err));
    assert_string_equal(err.text + (strlen(err.text) > strlen(BINARY_DIR) ? strlen(BINARY_DIR) + 1 : 0), says);
    app_free(&app);
}

static void a_bad_line_in_a_lesson_names_its_place(void **state)
{
    (void)state;
    refused_in_a_lesson("# T\n```do\ntrain 1\nfly\n```\n", "bad_lesson.md:4:1: there is no command \"fly\"");
    refused_in_a_lesson("# T\n```check\nloss < 1\n```\n", "bad_lesson.md:3:1: loss < 1: this is not known yet");
    refused_in_a_lesson("# T\n```do\nlesson bad_lesson.md\n```\n",
                        "bad_lesson.md:3:1: a lesson does not turn its own pages");
    refused_in_a_lesson("# T\n\n# U\n```do\nset T 0\n```\n", "bad_lesson.md:5:1: T must be 1 to 1000");
    refused_in_a_lesson(
        "# T\n\nSee [this](<foo bar>).\n",
        "bad_lesson.md:3:6: the link \"this\" says no line that can be carried out: there is no command "
        "\"foo\"");
    refused_in_a_lesson("# T\n[a](<train 1; set clip of>)\n",
                        "bad_lesson.md:2:2: the link \"a\" says no line that can be carried out: there is no clip "
                        "\"of\", did you mean \"off\"? There are: off norm");
    refused_in_a_lesson("# T\nIt is $\\foo{x}$.\n",
                        "bad_lesson.md:2:8: this formula is wrong: column 1: there is no \"\\foo\"");
    refused_in_a_lesson("# T\n\n$$\\frac{1}$$\n",
                        "bad_lesson.md:3:3: this formula is wrong: column 9: something to go with "
                        "\"\\frac\" is missing");
    refused_in_a_lesson("words\n", "bad_lesson.md:1:1: a lesson begins with a heading, not with text");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(markdown_becomes_pages_of_blocks),
        CASE(a_formula_within_a_paragraph_stands_between_its_halves),
        CASE(a_formula_may_go_over_lines),
        CASE(spans_know_their_place),
        CASE(a_fence_in_words_opens_nothing),
        CASE(what_is_no_lesson_is_refused_with_its_place),
        CASE(a_long_paragraph_takes_no_more_than_its_length),
        CASE(turning_says_what_a_page_does),
        CASE(every_lesson_does_and_claims_what_is_true),
        CASE(a_page_is_the_same_from_both_sides),
        CASE(every_link_of_every_lesson_runs),
        CASE(a_bad_line_in_a_lesson_names_its_place),
    };
    return cmocka_run_group_tests_name("lesson", tests, NULL, NULL);
}
