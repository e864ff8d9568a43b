#include "app/lines.h"

#include <string.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/hints.h"
#include "app/job.h"
#include "app/undo.h"

// ---- the queue ------------------------------------------------------------------------------------------------
int lines_count(const App *app)
{
    return app->waiting_count - app->waiting_first;
}

int lines_waiting(const App *app)
{
    return app_busy(app) ? lines_count(app) : 0;
}

const char *lines_first(const App *app)
{
    return app->waiting[app->waiting_first].text;
}

const char *lines_last(const App *app)
{
    return app->waiting[app->waiting_count - 1].text;
}

void lines_drop(App *app)
{
    app->waiting_first = app->waiting_count = 0;
}

static void make_room(App *app)
{
    if (app->waiting_count < app->waiting_room)
        return;
    if (app->waiting_first > app->waiting_room / 2) {
        memmove(app->waiting, app->waiting + app->waiting_first, sizeof *app->waiting * (size_t)lines_count(app));
        app->waiting_count = lines_count(app);
        app->waiting_first = 0;
        return;
    }
    app->waiting_room = app->waiting_room ? 2 * app->waiting_room : 64;
    Waiting *larger = arena_new(&app->arena, Waiting, app->waiting_room);
    if (app->waiting_count)
        memcpy(larger, app->waiting, sizeof *larger * (size_t)app->waiting_count);
    app->waiting = larger;
}

static void insert(App *app, int place, Waiting line)
{
    make_room(app);
    Waiting *at = &app->waiting[app->waiting_first + place];
    line.gesture = app->gesture;
    memmove(at + 1, at, sizeof *at * (size_t)(lines_count(app) - place));
    *at = line;
    app->waiting_count++;
}

static char *copy_trimmed(Arena *arena, const char *from, const char *to)
{
    while (from < to && strchr(" \t\r", *from))
        from++;
    while (to > from && strchr(" \t\r\n;", to[-1]))
        to--;
    size_t length = (size_t)(to - from);
    return memcpy(arena_alloc(arena, length + 1), from, length);
}

static Waiting waiting(const char *text, const char *file, const Words *words)
{
    return (Waiting){.text = text, .file = file, .line = words->line, .column = words->column[0]};
}

// Cuts a text into its commands. What cannot be cut waits as it is, and is refused when its turn comes.
static void insert_text(App *app, int place, const char *text, const char *file)
{
    Arena scratch = arena_make(1 << 12);
    Words words = {.count = 0};
    Err err;
    const char *at = text, *from = text, *kept = file ? arena_print(&app->lines, "%s", file) : NULL;
    for (int line = 1; words_next(&at, &line, &scratch, &words, &err); from = at) {
        if (words.count)
            insert(app, place++, waiting(copy_trimmed(&app->lines, from, at), kept, &words));
        arena_reset(&scratch);
    }
    if (err.text[0])
        insert(app, place, waiting(copy_trimmed(&app->lines, from, from + strcspn(from, "\n")), kept, &words));
    arena_free(&scratch);
}

void lines_say(App *app, const char *text, const char *file)
{
    insert_text(app, lines_count(app), text, file);
    app->changed = true;
}

void lines_say_first(App *app, const char *text, const char *file)
{
    insert_text(app, 0, text, file);
    app->changed = true;
}

void lines_of_lesson(App *app, const char *before, const char *line, int source_line, int place)
{
    const char *text = arena_print(&app->lines, "%s%s", before, line);
    const char *file = arena_print(&app->lines, "%s", app->lesson.file);
    insert(app, place, (Waiting){.text = text, .file = file, .line = source_line, .column = 1, .of_lesson = true});
    app->changed = true;
}

// ---- carrying out ---------------------------------------------------------------------------------------------
static bool run_words(App *app, const char *line, const Words *words, Err *err)
{
    const Command *command = command_find(words->word[0], err);
    if (!command || !arguments_check(command, words, err))
        return false;
    if (!command->trains)
        return command->run(app, words, err);
    Watch watch;
    undo_watch(app, line, &watch);
    bool done = command->run(app, words, err);
    undo_note(app, &watch);
    return done;
}

bool line_run(App *app, const char *line, Err *err)
{
    Arena scratch = arena_make(1 << 12);
    Words words = {.count = 0};
    const char *at = line;
    int number = 1;
    bool done = true;
    while (done && words_next(&at, &number, &scratch, &words, err))
        done = words.count == 0 || run_words(app, line, &words, err);
    done = done && !err->text[0];
    arena_free(&scratch);
    return done;
}

// What was refused before is no news any more once a line has been carried out.
static void forget_refusal(App *app, Err *err)
{
    err->text[0] = 0;
    if (app->message_bad)
        app->message[0] = 0;
}

bool line_carry_out(App *app, const Waiting *line, Err *err)
{
    bool outer = app->of_lesson;
    app->of_lesson = line->of_lesson;
    app->of_gesture = line->gesture;
    app->changed = true;
    err->text[0] = 0;
    if (app->platform.echo && !line->again)
        app->platform.echo(app->platform.context, line->text);
    bool done = line_run(app, line->text, err);
    app->of_lesson = outer;
    app->of_gesture = 0;
    if (done) {
        forget_refusal(app, err);
        hints_hear(app, line->text);
    } else if (line->file)
        refuse_at(err, line->file, line->line, line->column);
    return done;
}

bool lines_next(App *app, Err *err)
{
    if (lines_count(app) == 0)
        return true;
    Waiting line = app->waiting[app->waiting_first++];
    bool done = line_carry_out(app, &line, err);
    if (!done && job_running(app)) { // it is carried out again when what it needs is there
        app->waiting[--app->waiting_first].again = true;
        return true;
    }
    if (!done) {
        app->refused = true;
        lines_drop(app);
    }
    if (lines_count(app) == 0) {
        lines_drop(app);
        arena_reset(&app->lines);
    }
    return done;
}
