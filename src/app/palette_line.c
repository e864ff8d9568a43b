#include "app/palette_line.h"

#include <string.h>

#include "app/arguments.h"
#include "app/commands.h"

void offers_put_first(Offers *offers, Offer offer)
{
    int at = 0;
    while (at < offers->count && strcmp(offers->offer[at].line, offer.line) != 0)
        at++;
    if (at < offers->count)
        offer = offers->offer[at]; // it says more about it
    at = at < OFFERS_MOST ? at : OFFERS_MOST - 1;
    offers->count = at < offers->count ? offers->count : at + 1;
    memmove(offers->offer + 1, offers->offer, sizeof *offers->offer * (size_t)at);
    offers->offer[0] = offer;
}

// ---- a whole command --------------------------------------------------------------------------------------------
static bool check_setting(const char *name, const char *value, const Setting **setting, Err *err)
{
    double number;
    *setting = setting_find(name, err);
    return *setting && setting_read(*setting, value, &number, err);
}

static bool check_words(const Words *words, const char *typed, Offer *offer, Err *err)
{
    const Command *command = command_find(words->word[0], err);
    const Setting *setting;
    if (!command || !arguments_check(command, words, err))
        return false;
    *offer =
        (Offer){.title = command->title, .name = command->name, .line = typed, .what = command->what, .kind = "run"};
    if (strcmp(command->name, "set") != 0)
        return true;
    if (!check_setting(words->word[1], words->word[2], &setting, err))
        return false;
    offer->title = setting->label;
    offer->what = setting->what;
    return true;
}

static const Setting *setting_named(const char *name)
{
    for (const Setting *setting = settings; setting->name; setting++)
        if (strcmp(setting->name, name) == 0)
            return setting;
    return NULL;
}

bool line_as_typed(const char *typed, Offer *offer, Arena *arena, Err *err)
{
    Words words = {.count = 0};
    const char *at = typed;
    int line = 1;
    if (!words_next(&at, &line, arena, &words, err) || words.count == 0)
        return false;
    if (words.count == 2 && setting_named(words.word[0])) {
        char *set = arena_print(arena, "set %s", typed);
        words = (Words){.count = 0};
        at = typed = set;
        if (!words_next(&at, &line, arena, &words, err))
            return false;
    }
    return check_words(&words, typed, offer, err);
}

bool line_has_command(const char *typed)
{
    size_t length = strcspn(typed, " ");
    for (const Command *command = commands; command->name; command++)
        if (strlen(command->name) == length && strncmp(command->name, typed, length) == 0)
            return typed[length + strspn(typed + length, " ")] != 0;
    return false;
}

// ---- a mistake --------------------------------------------------------------------------------------------------
// A number that a setting does not take is meant for it all the same; choices may still be in typing.
bool line_refused(const char *typed, const char *refusal, Offer *offer, Arena *arena)
{
    Words words = {.count = 0};
    const char *at = typed;
    Err err;
    int line = 1;
    if (!words_next(&at, &line, arena, &words, &err) || words.count != 3 || strcmp(words.word[0], "set") != 0)
        return false;
    const Setting *setting = setting_named(words.word[1]);
    if (!setting || setting->kind == KIND_CHOICE || setting->kind == KIND_SWITCH)
        return false;
    *offer = (Offer){.title = setting->label, .name = typed, .line = typed, .kind = "refused"};
    offer->what = arena_print(arena, "%s", refusal);
    return true;
}

// All refusals that suggest something do it in the same words: there is no "copyy", did you mean "copy"?
bool line_mended(const char *typed, const char *refusal, Offer *offer, Arena *arena)
{
    const char *suggested = strstr(refusal, "did you mean \""), *wrong = strchr(refusal, '"');
    if (!suggested || !wrong || wrong > suggested)
        return false;
    suggested += strlen("did you mean \"");
    wrong++;
    char *word = arena_print(arena, "%.*s", (int)strcspn(wrong, "\""), wrong);
    char *place = *word ? strstr(typed, word) : NULL;
    if (!place)
        return false;
    *offer = (Offer){.title = "Did you mean", .kind = "mended", .what = arena_print(arena, "%s", refusal)};
    offer->name = offer->line = arena_print(arena, "%.*s%.*s%s", (int)(place - typed), typed,
                                            (int)strcspn(suggested, "\""), suggested, place + strlen(word));
    return true;
}
