#include <ctype.h>
#include <string.h>

#include "app/commands.h"
#include "app/do.h"
#include "app/palette.h"
#include "views/views.h"

// All that the palette can offer. Each part reads one table.
static void add(Offers *offers, Offer offer)
{
    uint32_t id = hot_id(offer.line);
    for (int i = 0; i < offers->count; i++)
        if (offers->id[i] == id && strcmp(offers->offer[i].line, offer.line) == 0)
            return;
    if (offers->count == OFFERS_MOST)
        return;
    offers->id[offers->count] = id;
    offers->offer[offers->count++] = offer;
}

static const char *capital(Arena *arena, const char *text)
{
    char *copy = arena_print(arena, "%s", text);
    *copy = (char)toupper((unsigned char)*copy);
    return copy;
}

// ---- keys -------------------------------------------------------------------------------------------------------
// Lines that take no more than is there already; what the key does is their title.
static void add_keys(Offers *offers, Arena *arena)
{
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strchr(binding->line, ' ')) // else it is the command alone
            add(offers, (Offer){.title = capital(arena, binding->title),
                                .name = binding->title,
                                .line = binding->line,
                                .what = "",
                                .kind = binding->group});
}

// ---- settings ---------------------------------------------------------------------------------------------------
static void add_settings(const App *app, Offers *offers, Arena *arena)
{
    char now[SETTING_TEXT];
    for (const Setting *setting = settings; setting->name; setting++) {
        double value = setting_get(&app->session.runs[0].setup, setting);
        add(offers, (Offer){.title = capital(arena, setting->label),
                            .name = setting->name,
                            .line = arena_print(arena, "set %s", setting->name),
                            .usage = setting_takes(setting, arena),
                            .what = setting->what,
                            .kind = arena_print(arena, "is %s", setting_text(setting, value, now))});
    }
}

static void add_choices_of(const Setting *setting, Offers *offers, Arena *arena)
{
    static const char *const sides[] = {"off", "on", NULL};
    for (int i = 0; setting->kind == KIND_CHOICE ? setting->choice(i) != NULL : sides[i] != NULL; i++) {
        bool choice = setting->kind == KIND_CHOICE;
        const char *name = choice ? setting->choice(i) : sides[i];
        add(offers, (Offer){.title = arena_print(arena, "%s: %s", capital(arena, setting->label),
                                                 choice ? setting->choice_title(i) : name),
                            .name = name,
                            .line = arena_print(arena, "set %s %s", setting->name, name),
                            .what = setting->choice_what ? setting->choice_what(i) : setting->what,
                            .kind = setting->name});
    }
}

static void add_choices(Offers *offers, Arena *arena)
{
    for (const Setting *setting = settings; setting->name; setting++)
        if (setting->kind == KIND_CHOICE || setting->kind == KIND_SWITCH)
            add_choices_of(setting, offers, arena);
        else if (setting->can_be_off)
            add(offers, (Offer){.title = arena_print(arena, "%s: off", capital(arena, setting->label)),
                                .name = setting->name,
                                .line = arena_print(arena, "set %s off", setting->name),
                                .what = setting->what,
                                .kind = setting->name});
}

// ---- commands ---------------------------------------------------------------------------------------------------
static void add_commands(Offers *offers)
{
    for (const Command *command = commands; command->name; command++)
        add(offers, (Offer){.title = command->title,
                            .name = command->name,
                            .line = command->name,
                            .usage = *command->usage && *command->arguments != '?' ? command->usage : NULL,
                            .what = command->what,
                            .kind = "command"});
}

// "light|dark", "N|next|back", "png [VIEW]|svg [VIEW]": the words among them that need nothing more.
static void add_words_of(const Command *command, Offers *offers, Arena *arena)
{
    for (const char *at = command->usage; *at; at += strcspn(at, "|"), at += *at == '|') {
        size_t length = strcspn(at, "| "), all = strcspn(at, "|");
        bool word = strspn(at, "abcdefghijklmnopqrstuvwxyz") == length, enough = length == all || at[length + 1] == '[';
        if (!word || length == 0 || !enough)
            continue;
        const char *name = arena_print(arena, "%.*s", (int)length, at);
        add(offers, (Offer){.title = arena_print(arena, "%s: %s", command->title, name),
                            .name = name,
                            .line = arena_print(arena, "%s %s", command->name, name),
                            .what = command->what,
                            .kind = "command"});
    }
}

static void add_words(Offers *offers, Arena *arena)
{
    for (const Command *command = commands; command->name; command++)
        if (strchr(command->usage, '|'))
            add_words_of(command, offers, arena);
}

// ---- what has a table of its own --------------------------------------------------------------------------------
static void add_views(Offers *offers, Arena *arena)
{
    for (int i = 0; views[i]; i++)
        add(offers, (Offer){.title = views[i]->title,
                            .name = views[i]->name,
                            .line = arena_print(arena, "view %s", views[i]->name),
                            .what = views[i]->what,
                            .kind = "large view"});
}

static void add_lessons(App *app, Offers *offers, Arena *arena)
{
    Err err;
    lessons_read(app, &err); // where there are none, none are offered
    for (int i = 0; i < app->lesson_count; i++)
        add(offers, (Offer){.title = app->lessons[i].title,
                            .name = app->lessons[i].file,
                            .line = arena_print(arena, "lesson %s", app->lessons[i].file),
                            .what = "Opens this lesson.",
                            .kind = "lesson"});
}

static void add_results(Offers *offers, Arena *arena)
{
    for (const Printable *printable = printables; printable->name; printable++)
        add(offers, (Offer){.title = arena_print(arena, "Print %s", printable->name),
                            .name = printable->name,
                            .line = arena_print(arena, "print %s", printable->name),
                            .what = capital(arena, printable->what),
                            .kind = "result"});
}

void offers_all(App *app, Offers *offers, Arena *arena)
{
    offers->count = 0;
    add_settings(app, offers, arena);
    add_commands(offers);
    add_keys(offers, arena);
    add_choices(offers, arena);
    add_views(offers, arena);
    add_lessons(app, offers, arena);
    add_words(offers, arena);
    add_results(offers, arena);
}
