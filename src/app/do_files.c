#include <string.h>

#include "app/arguments.h"
#include "app/do.h"
#include "base/text.h"

// Who looks at a window sees no standard output.
static void say(App *app, const char *text)
{
    app->platform.print(app->platform.context, text);
    if (app->frames > 0)
        app_tell(app, false, text);
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

const char *printable_value(App *app, const Printable *printable, Arena *arena)
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
    const char *value = printable_value(app, printable, &scratch);
    if (!app->json) {
        text_add(&line, "%s%s%s", printable->bare ? "" : printable->name, printable->bare ? "" : " ", value);
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
