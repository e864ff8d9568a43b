#include <stdio.h>

#include "app/hints.h"
#include "platform/build.h"
#include "platform/platform.h"

static void print_line(const char *line)
{
    printf("%s\n", line);
}

static int refused(const Err *err)
{
    fprintf(stderr, "%s: %s\n", build.name, err->text);
    return STATUS_REFUSED;
}

// Where nothing is asked for, the window opens on something moving.
static int run_window(App *app, Files *files, const Options *options)
{
    Err err;
    app->fonts = files_fonts(files, &err);
    if (!app->fonts || !open_given(app, options, &err))
        return refused(&err);
    if (!options->file && options->line_count == 0) {
        hints_first_start(app);
        app_say(app, "play", NULL);
    }
    return window_run(app, files->painter, options, &err) ? STATUS_FINE : refused(&err);
}

static int run(const Options *options)
{
    Files files;
    App app;
    Err err;
    Platform platform = files_platform(&files, options->echo);
    if (options->threads > 0)
        platform.threads = options->threads;
    if (!app_start(&app, &platform, NULL, &err))
        return refused(&err);
    app.json = options->json;
    app.width = options->width;
    app.height = options->height;
    app.view_width = options->sized ? options->width : 0;
    app.view_height = options->sized ? options->height : 0;
    app.scale = options->scale > 0 ? options->scale : 1;
    int status = options->headless ? headless_run(&app, options) : run_window(&app, &files, options);
    app_free(&app);
    files_close(&files);
    return status;
}

int main(int count, char **arguments)
{
    Options options;
    Err err;
    if (!options_read(&options, count, arguments, &err))
        return refused(&err);
    if (options.help)
        options_help(print_line);
    else if (options.version)
        printf("%s %s (%s)\n", build.name, UNROLL_VERSION, build.what);
    else
        return run(&options);
    return STATUS_FINE;
}
