#include <stdio.h>
#include <string.h>

#include "app/do.h"
#include "app/lesson_check.h"
#include "app/lines.h"
#include "app/play.h"

// ---- the list of lessons ----------------------------------------------------------------------------------------
static bool is_plain_name(const char *file)
{
    return !strchr(file, '/');
}

static void add_entry(App *app, const char *line, size_t length)
{
    enum { ENTRIES_MOST = 64 };
    size_t name = strcspn(line, " \n");
    if (name == 0 || name >= length || app->lesson_count == ENTRIES_MOST)
        return;
    if (!app->lessons)
        app->lessons = arena_new(&app->arena, LessonEntry, ENTRIES_MOST);
    app->lessons[app->lesson_count++] = (LessonEntry){
        arena_print(&app->arena, "%.*s", (int)name, line),
        arena_print(&app->arena, "%.*s", (int)(length - name - 1), line + name + 1),
    };
}

// One lesson a line: its file, a blank, its title.
bool lessons_read(App *app, Err *err)
{
    char path[1200], *text;
    size_t size;
    if (app->lessons)
        return true;
    if (!app->platform.lessons || !app->platform.read_file)
        return refuse(err, "the folder of lessons was not found");
    snprintf(path, sizeof path, "%s/index.txt", app->platform.lessons);
    if (!app->platform.read_file(app->platform.context, path, &app->arena, &text, &size, err))
        return false;
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n')
        add_entry(app, at, strcspn(at, "\n"));
    return true;
}

// ---- opening ----------------------------------------------------------------------------------------------------
// A name without a folder is one of the lessons that come with the program, unless there is such a file here.
static bool read_lesson(App *app, const char *file, Arena *arena, char **text, size_t *size, Err *err)
{
    Platform *platform = &app->platform;
    char path[1200];
    Err second;
    if (!platform->read_file)
        return refuse(err, "no files can be read here");
    if (platform->read_file(platform->context, file, arena, text, size, err))
        return true;
    if (!platform->lessons || !is_plain_name(file))
        return false;
    snprintf(path, sizeof path, "%s/%s", platform->lessons, file);
    return platform->read_file(platform->context, path, arena, text, size, &second);
}

static bool load_lesson(App *app, const char *file, Arena *arena, Lesson *lesson, Err *err)
{
    char *text;
    size_t size;
    return read_lesson(app, file, arena, &text, &size, err) && lesson_parse(file, text, size, arena, lesson, err) &&
           lesson_check(lesson, err);
}

bool app_check_lesson(App *app, const char *file, Err *err)
{
    Arena scratch = arena_make(1 << 16);
    Lesson lesson;
    bool good = load_lesson(app, file, &scratch, &lesson, err);
    arena_free(&scratch);
    return good;
}

static bool open_lesson(App *app, const char *file, Err *err)
{
    Arena arena = arena_make(1 << 16);
    Lesson lesson;
    if (!load_lesson(app, file, &arena, &lesson, err)) {
        arena_free(&arena);
        return false;
    }
    arena_free(&app->lesson_arena);
    app->lesson_arena = arena;
    app->lesson = lesson;
    app->player = (Player){&app->lesson, -1};
    app->hands.lesson_scroll = 0;
    app->popup = POPUP_NONE;
    return true;
}

// ---- pages ------------------------------------------------------------------------------------------------------
// Lines of a lesson go before all that wait, each after the one before it.
typedef struct {
    App *app;
    int place;
} Sink;

static bool queue_line(void *context, const char *line, int source_line, Err *err)
{
    (void)err;
    Sink *sink = context;
    lines_of_lesson(sink->app, "", line, source_line, sink->place++);
    return true;
}

static bool queue_claim(void *context, const char *line, int source_line, Err *err)
{
    (void)err;
    Sink *sink = context;
    lines_of_lesson(sink->app, "check ", line, source_line, sink->place++);
    return true;
}

static bool turn_to(App *app, int page, Err *err)
{
    Sink sink = {app, 0};
    app->hands.lesson_scroll = 0;
    play_pause(app);
    return player_turn(&app->player, page, queue_line, &sink, err);
}

bool app_play_lesson(App *app, const char *file, Err *err)
{
    Sink sink = {app, lines_count(app)};
    return open_lesson(app, file, err) && player_play(&app->player, queue_line, queue_claim, &sink, err);
}

// ---- commands ---------------------------------------------------------------------------------------------------
static bool from_outside(const App *app, Err *err)
{
    return !app->of_lesson || refuse(err, "a lesson does not turn its own pages");
}

static bool has_lesson(const App *app, Err *err)
{
    return app->player.lesson || refuse(err, "no lesson is open");
}

bool do_lesson(App *app, const Words *words, Err *err)
{
    return from_outside(app, err) && open_lesson(app, words->word[1], err) && turn_to(app, 0, err);
}

// A presenter's remote has these two keys only: without a lesson they step.
bool do_page(App *app, const Words *words, Err *err)
{
    long page = app->player.page + 1; // from 1
    bool next = strcmp(words->word[1], "next") == 0, back = strcmp(words->word[1], "back") == 0;
    if (app->present && !app->player.lesson && (next || back))
        return stride_by(app, next ? 1 : -1, err);
    if (!from_outside(app, err) || !has_lesson(app, err))
        return false;
    if (next)
        page++;
    else if (back)
        page--;
    else if (!words_whole(words->word[1], &page))
        return refuse(err, "page takes a number, next or back, not \"%s\"", words->word[1]);
    if (page < 1 || page > app->lesson.page_count)
        return refuse(err, "this lesson has pages 1 to %d", app->lesson.page_count);
    return turn_to(app, (int)page - 1, err);
}

bool do_leave(App *app, const Words *words, Err *err)
{
    (void)words;
    if (!from_outside(app, err) || !has_lesson(app, err))
        return false;
    app->player = (Player){NULL, -1};
    return true;
}
