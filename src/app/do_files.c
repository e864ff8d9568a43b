#include <math.h>
#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/job.h"
#include "app/print_analysis.h"
#include "app/screen.h"
#include "base/text.h"

static void say(App *app, const char *text)
{
    app->platform.print(app->platform.context, text);
}

// ---- print ------------------------------------------------------------------------------------------------------
static void add_json_string(Text *out, const char *text)
{
    text_add(out, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ')
            text_add(out, "\\u%04x", c);
        else
            text_add(out, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    text_add(out, "\"");
}

// JSON knows no "nan" and no "inf": they become strings.
static void add_json_number(Text *out, const char *number)
{
    double value;
    if (strcmp(number, "-") == 0)
        text_add(out, "null");
    else if (words_real(number, &value))
        text_add(out, "%s", number);
    else
        add_json_string(out, number);
}

static void add_json_list(Text *out, const char *list)
{
    char number[NUMBER_SIZE];
    text_add(out, "[");
    for (const char *at = list; *at; at += *at == ' ') {
        size_t length = strcspn(at, " ");
        size_t cut = length < sizeof number ? length : sizeof number - 1;
        memcpy(number, at, cut);
        number[cut] = 0;
        text_add(out, at == list ? "" : ", ");
        add_json_number(out, number);
        at += length;
    }
    text_add(out, "]");
}

static const char *value_of(App *app, const Printable *printable, Arena *arena)
{
    char number[NUMBER_SIZE];
    double value;
    if (!printable->number)
        return printable->text(app, arena);
    return printable->number(app, &value) ? arena_print(arena, "%s", number_exact(number, value)) : "-";
}

static void print_one(App *app, const Printable *printable)
{
    Arena scratch = arena_make(1 << 12);
    Text line = text_make(&scratch);
    const char *value = value_of(app, printable, &scratch);
    if (!app->json) {
        text_add(&line, "%s %s", printable->name, value);
    } else {
        text_add(&line, "{\"%s\": ", printable->name);
        if (printable->number)
            add_json_number(&line, value);
        else if (printable->list)
            add_json_list(&line, value);
        else
            add_json_string(&line, value);
        text_add(&line, "}");
    }
    say(app, line.text);
    arena_free(&scratch);
}

// All names are looked up, and what they need is there, before the first is printed.
bool do_print(App *app, const Words *words, Err *err)
{
    for (int i = 1; i < words->count; i++)
        if (!printable_find(words->word[i], err))
            return false;
    for (int i = 1; i < words->count; i++)
        if (!printable_ready(app, printable_find(words->word[i], err), err))
            return false;
    for (int i = 1; i < words->count; i++)
        print_one(app, printable_find(words->word[i], err));
    return true;
}

bool do_check(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 12);
    Text claim = text_make(&scratch);
    for (int i = 1; i < words->count; i++)
        text_add(&claim, "%s%s", i > 1 ? " " : "", words->word[i]);
    bool holds = claim_holds(app, claim.text, err);
    arena_free(&scratch);
    return holds;
}

// ---- files ------------------------------------------------------------------------------------------------------
static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

// A number that is not finite, or no longer kept one by one, is left empty.
static void add_rows(const Run *run, Text *out)
{
    char number[NUMBER_SIZE];
    text_add(out, "update,loss,gradient_norm,clipped_norm\n");
    for (long update = 1; update <= record_last(run->record); update++) {
        text_add(out, "%ld", update);
        for (int curve = 0; curve < CURVES; curve++) {
            double value;
            bool known = record_get(run->record, (Curve)curve, update, &value);
            text_add(out, ",%s", known ? number_exact(number, value) : "");
        }
        text_add(out, "\n");
    }
}

static bool check_table(const App *app, const Words *words, Err *err)
{
    if (!ends_with(words->word[1], ".csv"))
        return refuse(err, "%s writes a .csv file, not \"%s\"", words->word[0], words->word[1]);
    return app->platform.write_file || refuse(err, "no files can be written here");
}

bool do_pairs(App *app, const Words *words, Err *err)
{
    if (!check_table(app, words, err))
        return false;
    if (!run_taped(&app->session.runs[0]))
        return refuse(err, "pairs are of an update that is read, and none is: step 1 begins one");
    if (!job_need(app, JOB_ANALYSIS, err))
        return false;
    Arena scratch = arena_make(1 << 16);
    const char *table = pairs_table(app, &scratch);
    bool done = app->platform.write_file(app->platform.context, words->word[1], table, strlen(table), err);
    arena_free(&scratch);
    return done;
}

bool do_record(App *app, const Words *words, Err *err)
{
    const char *path = words->word[1];
    if (!check_table(app, words, err))
        return false;
    Arena scratch = arena_make(1 << 16);
    Text text = text_make(&scratch);
    add_rows(&app->session.runs[0], &text);
    bool done = app->platform.write_file(app->platform.context, path, text.text, text.length, err);
    arena_free(&scratch);
    return done;
}

// ---- pictures ---------------------------------------------------------------------------------------------------
enum { VIEW_WIDTH = 900, VIEW_HEIGHT = 420 }; // of a picture of one view

static bool open_fonts(App *app, Err *err)
{
    if (!app->fonts && app->platform.fonts)
        app->fonts = app->platform.fonts(app->platform.context, err);
    else if (!app->fonts)
        return refuse(err, "no pictures can be made here");
    return app->fonts != NULL;
}

bool do_shot(App *app, const Words *words, Err *err)
{
    const char *path = words->word[1];
    int view = words->count > 2 ? view_index(words->word[2]) : -1;
    if (!ends_with(path, ".png") && !ends_with(path, ".svg"))
        return refuse(err, "shot saves a .png or .svg file, not \"%s\"", path);
    if (words->count > 2 && view < 0)
        return refuse_view(words->word[2], err);
    if (!app->platform.save_picture)
        return refuse(err, "no pictures can be made here");
    if (view < 0 && (app->width < SCREEN_LEAST_WIDTH || app->height < SCREEN_LEAST_HEIGHT))
        return refuse(err, "%d×%d is too small for the whole screen, which needs %d×%d", app->width, app->height,
                      SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
    if (!open_fonts(app, err))
        return false;
    int width = view < 0 ? app->width : app->view_width > 0 ? app->view_width : VIEW_WIDTH;
    int height = view < 0 ? app->height : app->view_height > 0 ? app->view_height : VIEW_HEIGHT;
    DrawList list;
    Hands hands = app->hands; // a picture shows the rest state
    app->hands = hands_at_rest();
    app_draw(app, width, height, view, &list);
    app->hands = hands;
    bool done =
        app->platform.save_picture(app->platform.context, &list, app_theme(app), app->scale, width, height, path, err);
    app->last = (DrawList){.count = 0}; // its arena was used again
    return done;
}

// ---- help and the end -------------------------------------------------------------------------------------------
static void print_help(App *app, const Command *command)
{
    Arena scratch = arena_make(1 << 10);
    say(app,
        arena_print(&scratch, "%s%s%s  %s", command->name, *command->usage ? " " : "", command->usage, command->what));
    arena_free(&scratch);
}

bool do_help(App *app, const Words *words, Err *err)
{
    const Command *one = words->count > 1 ? command_find(words->word[1], err) : NULL;
    if (words->count > 1 && !one)
        return false;
    for (const Command *command = commands; command->name; command++)
        if (!one || command == one)
            print_help(app, command);
    return true;
}

bool do_quit(App *app, const Words *words, Err *err)
{
    (void)words;
    (void)err;
    app->quit = true;
    return true;
}
