#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "platform/build.h"
#include "platform/platform.h"
#include "views/views.h"

enum { WIDTH = 80, NARROW = 18, WIDE = 28 }; // of a line; where the texts start

static void (*say)(const char *line);

// How many bytes of `text` fit in `room`, cut between words; a word that is longer stands whole.
static int fitting(const char *text, int room)
{
    int fits = 0;
    for (int i = 0; i <= room || fits == 0; i++) {
        if (text[i] == ' ' || !text[i])
            fits = i;
        if (!text[i])
            break;
    }
    return fits;
}

// `text` beside `left`, from `column` on and in as many lines as it takes; below `left` where that is too long.
static void print_row(const char *left, int column, const char *text)
{
    char line[256];
    if ((int)strlen(left) > column - 2) {
        say(left);
        left = "";
    }
    do {
        int size = fitting(text, WIDTH - column);
        snprintf(line, sizeof line, "%-*s%.*s", column, left, size, text);
        say(line);
        text += size + (text[size] == ' ');
        left = "";
    } while (*text);
}

static void help_option(const char *name, const char *value, const char *what)
{
    char left[64];
    snprintf(left, sizeof left, "  %s %s", name, value ? value : "");
    print_row(left, NARROW, what);
}

static void help_options(void)
{
    options_each(help_option);
}

static void help_commands(void)
{
    char left[128];
    for (const Command *command = commands; command->name; command++) {
        snprintf(left, sizeof left, "  %s %s", command->name, command->usage);
        print_row(left, NARROW, command->what);
    }
}

static void help_settings(void)
{
    char left[64], value[SETTING_TEXT];
    for (const Setting *setting = settings; setting->name; setting++) {
        snprintf(left, sizeof left, "  %-14s %s", setting->name, setting_text(setting, setting->initial, value));
        print_row(left, WIDE, setting->what);
    }
}

static void help_printables(void)
{
    char left[64];
    for (const Printable *printable = printables; printable->name; printable++) {
        snprintf(left, sizeof left, "  %s", printable->name);
        print_row(left, WIDE, printable->what);
    }
}

static void help_views(void)
{
    char left[64];
    for (int i = 0; views[i]; i++) {
        snprintf(left, sizeof left, "  %s", views[i]->name);
        print_row(left, NARROW, views[i]->what);
    }
}

static void help_keys(void)
{
    char left[64];
    const char *group = "";
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        if (strcmp(group, binding->group) != 0)
            print_row("", 2, group = binding->group);
        snprintf(left, sizeof left, "    %s", binding->key);
        print_row(left, WIDE, binding->title);
    }
}

void options_help(void (*print)(const char *line))
{
    static const struct {
        const char *title;
        void (*print_rows)(void);
    } parts[] = {
        {"Options", help_options},
        {"Command lines: one a line, ; joins two, # starts a comment", help_commands},
        {"Settings, and what they are at the start", help_settings},
        {"What print can say", help_printables},
        {"Views", help_views},
        {"Keys", help_keys},
    };
    say = print;
    for (int i = 0; build.usage[i]; i++)
        say(build.usage[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        say("");
        say(parts[i].title);
        parts[i].print_rows();
    }
}
