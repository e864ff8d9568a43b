#include <string.h>

#include "base/file.h"
#include "platform/build.h"
#include "platform/platform.h"

static bool is_lesson(const char *file)
{
    size_t length = strlen(file);
    return length > 3 && strcmp(file + length - 3, ".md") == 0;
}

static bool say_script(App *app, const char *file, Err *err)
{
    Arena arena = arena_make(1 << 16);
    char *text;
    size_t size;
    bool done = app->platform.read_file(app->platform.context, file, &arena, &text, &size, err) &&
                file_is_text(file, text, size, err);
    if (done)
        app_say(app, text, file);
    arena_free(&arena);
    return done;
}

// A window turns a lesson's pages when its reader does; without one they are all played, with their checks.
static bool open_lesson(App *app, const Options *options, Err *err)
{
    if (options->headless)
        return app_play_lesson(app, options->file, err);
    char line[4200];
    if (strlen(options->file) > 4096 || strchr(options->file, '"'))
        return refuse(err, "the file's name is too long or holds a quote");
    strcpy(line, "lesson \"");
    strcat(line, options->file);
    strcat(line, "\"");
    app_say(app, line, NULL);
    return app_check_lesson(app, options->file, err); // before there is a window
}

bool open_given(App *app, const Options *options, Err *err)
{
    if (options->headless && !options->file && options->line_count == 0)
        return refuse(err, "nothing to do: give -e LINES or a FILE (/dev/stdin for standard input)%s",
                      build.window ? "" : "; the window is in unroll");
    for (int i = 0; i < options->line_count; i++)
        app_say(app, options->lines[i], NULL);
    if (!options->file)
        return true;
    return is_lesson(options->file) ? open_lesson(app, options, err) : say_script(app, options->file, err);
}

int headless_run(App *app, const Options *options)
{
    Err err;
    bool done = open_given(app, options, &err) && app_finish(app, &err);
    if (!done && app->platform.warn)
        app->platform.warn(app->platform.context, err.text);
    return !done ? STATUS_REFUSED : app->not_finite ? STATUS_NOT_FINITE : STATUS_FINE;
}
