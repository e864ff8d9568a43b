#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/screen.h"
#include "base/words.h"
#include "platform/build.h"
#include "platform/platform.h"

// ---- what each option does ----------------------------------------------------------------------------------------
static bool set_headless(Options *options, const char *value, Err *err)
{
    (void)value;
    (void)err;
    return options->headless = true;
}

static bool set_json(Options *options, const char *value, Err *err)
{
    (void)value;
    (void)err;
    return options->json = true;
}

static bool set_echo(Options *options, const char *value, Err *err)
{
    (void)value;
    (void)err;
    return options->echo = true;
}

static bool set_threads(Options *options, const char *value, Err *err)
{
    double threads;
    if (build.threads == 1)
        return refuse(err, "--threads is for unroll-fast: %s computes with one, for the same bits everywhere",
                      build.name);
    if (!words_real(value, &threads) || threads < 1 || threads > build.threads || threads != (int)threads)
        return refuse(err, "--threads takes 1 to %d, not \"%s\"", build.threads, value);
    options->threads = (int)threads;
    return true;
}

static bool set_help(Options *options, const char *value, Err *err)
{
    (void)value;
    (void)err;
    return options->help = true;
}

static bool set_version(Options *options, const char *value, Err *err)
{
    (void)value;
    (void)err;
    return options->version = true;
}

static bool add_lines(Options *options, const char *value, Err *err)
{
    if (options->line_count == OPTION_LINES_MOST)
        return refuse(err, "at most %d times -e", OPTION_LINES_MOST);
    options->lines[options->line_count++] = value;
    return true;
}

static bool set_scale(Options *options, const char *value, Err *err)
{
    if (!words_real(value, &options->scale) || options->scale < 0.5 || options->scale > 4)
        return refuse(err, "--scale takes 0.5 to 4, not \"%s\"", value);
    return true;
}

static bool set_size(Options *options, const char *value, Err *err)
{
    enum { WIDTH_LEAST = 240, HEIGHT_LEAST = 120, SIDE_MOST = 8192 };
    char *end;
    long width = strtol(value, &end, 10), height = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
    bool fits = width >= WIDTH_LEAST && width <= SIDE_MOST && height >= HEIGHT_LEAST && height <= SIDE_MOST;
    if (*end || !fits)
        return refuse(err, "--size takes WIDTHxHEIGHT, %dx%d to %dx%d, not \"%s\"", WIDTH_LEAST, HEIGHT_LEAST,
                      SIDE_MOST, SIDE_MOST, value);
    options->width = (int)width;
    options->height = (int)height;
    options->sized = true;
    return true;
}

// clang-format off
static const struct {
    const char *name, *value, *what;
    bool (*set)(Options *options, const char *value, Err *err);
} option_rows[] = {
    { "-n",        NULL,    "no window: results on stdout, errors on stderr; status 0, 1 refused, 3 not finite", set_headless },
    { "-e",        "LINES", "says these lines first; may stand more than once", add_lines },
    { "--json",    NULL,    "prints results as JSON, one object a line", set_json },
    { "--echo",    NULL,    "prints each line as it is carried out", set_echo },
    { "--scale",   "F",     "size of everything, 0.5 to 4", set_scale },
    { "--size",    "WxH",   "size of the window or pictures, 1440x900; of one view 900x420", set_size },
    { "--threads", "N",     "of unroll-fast: how many threads compute, 1 to 4; as many as there are cores unless said", set_threads },
    { "--help",    NULL,    "prints this", set_help },
    { "--version", NULL,    "prints the version", set_version },
    { 0 },
};
// clang-format on

// ---- reading ------------------------------------------------------------------------------------------------------
static bool refuse_option(const char *word, Err *err)
{
    Nearest nearest = nearest_to(word);
    for (int i = 0; option_rows[i].name; i++)
        nearest_offer(&nearest, option_rows[i].name);
    const char *best = nearest_best(&nearest);
    if (best)
        return refuse(err, "there is no option \"%s\", did you mean \"%s\"?", word, best);
    return refuse(err, "there is no option \"%s\"; --help lists them", word);
}

static int option_index(const char *word)
{
    for (int i = 0; option_rows[i].name; i++)
        if (strcmp(option_rows[i].name, word) == 0)
            return i;
    return -1;
}

static bool read_file_name(Options *options, const char *word, Err *err)
{
    if (options->file)
        return refuse(err, "only one file can be given: \"%s\" or \"%s\"", options->file, word);
    options->file = word;
    return true;
}

// What makes no sense together.
static bool check_together(const Options *options, Err *err)
{
    bool small = options->width < SCREEN_LEAST_WIDTH || options->height < SCREEN_LEAST_HEIGHT;
    if (options->headless || options->help || options->version)
        return true;
    if (options->json)
        return refuse(err, "--json is for results without a window: give -n too");
    return !small || refuse(err, "--size: the window needs at least %dx%d, not %dx%d", SCREEN_LEAST_WIDTH,
                            SCREEN_LEAST_HEIGHT, options->width, options->height);
}

bool options_read(Options *options, int count, char **arguments, Err *err)
{
    *options = (Options){.headless = !build.window, .width = 1440, .height = 900};
    for (int i = 1; i < count; i++) {
        if (arguments[i][0] != '-') {
            if (!read_file_name(options, arguments[i], err))
                return false;
            continue;
        }
        int row = option_index(arguments[i]);
        if (row < 0)
            return refuse_option(arguments[i], err);
        if (option_rows[row].value && ++i == count)
            return refuse(err, "%s takes %s", option_rows[row].name, option_rows[row].value);
        if (!option_rows[row].set(options, arguments[i], err))
            return false;
    }
    return check_together(options, err);
}

void options_each(void (*row)(const char *name, const char *value, const char *what))
{
    for (int i = 0; option_rows[i].name; i++)
        row(option_rows[i].name, option_rows[i].value, option_rows[i].what);
}
