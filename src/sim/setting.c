#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/words.h"
#include "sim/setup.h"

// One setting: finding it, its value in a Setup, and its value as a word.

// ---- finding ---------------------------------------------------------------------------------------------
const Setting *setting_find(const char *name, Err *err)
{
    Nearest nearest = nearest_to(name);
    for (const Setting *setting = settings; setting->name; setting++) {
        if (strcmp(setting->name, name) == 0)
            return setting;
        nearest_offer(&nearest, setting->name);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        refuse(err, "there is no setting \"%s\", did you mean \"%s\"?", name, best);
    else
        refuse(err, "there is no setting \"%s\"", name);
    return NULL;
}

// ---- its value in a Setup --------------------------------------------------------------------------------
static bool is_off(const Setting *setting, double value)
{
    return setting->can_be_off && value == SETTING_OFF;
}

double setting_get(const Setup *setup, const Setting *setting)
{
    const char *field = (const char *)setup + setting->at;
    switch (setting->kind) {
    case KIND_REAL:
        return *(const double *)(const void *)field;
    case KIND_SWITCH:
        return *(const bool *)field ? 1 : 0;
    default:
        return *(const int *)(const void *)field;
    }
}

void setting_put(Setup *setup, const Setting *setting, double value)
{
    void *field = (char *)setup + setting->at;
    assert(setting->kind == KIND_CHOICE || is_off(setting, value) || (value >= setting->low && value <= setting->high));
    switch (setting->kind) {
    case KIND_REAL:
        *(double *)field = value;
        break;
    case KIND_SWITCH:
        *(bool *)field = value != 0;
        break;
    default:
        *(int *)field = (int)value;
    }
}

// ---- from a word -----------------------------------------------------------------------------------------
static bool read_choice(const Setting *setting, const char *word, double *value, Err *err)
{
    char list[256] = "";
    Nearest nearest = nearest_to(word);
    for (int i = 0; setting->choice(i); i++) {
        const char *name = setting->choice(i);
        *value = i;
        if (strcmp(name, word) == 0)
            return true;
        nearest_offer(&nearest, name);
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, " %s", name);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        return refuse(err, "there is no %s \"%s\", did you mean \"%s\"? There are:%s", setting->name, word, best, list);
    return refuse(err, "there is no %s \"%s\"; there are:%s", setting->name, word, list);
}

static bool read_switch(const Setting *setting, const char *word, double *value, Err *err)
{
    *value = strcmp(word, "on") == 0;
    if (*value == 0 && strcmp(word, "off") != 0)
        return refuse(err, "%s must be on or off, not \"%s\"", setting->name, word);
    return true;
}

// A bound without a power of ten: 0.00001, not 1e-05.
static const char *bound_text(char text[NUMBER_SIZE], double bound)
{
    snprintf(text, NUMBER_SIZE, "%.9f", bound);
    size_t length = strlen(text);
    while (text[length - 1] == '0')
        text[--length] = 0;
    if (text[length - 1] == '.')
        text[length - 1] = 0;
    return text;
}

static bool read_number(const Setting *setting, const char *word, double *value, Err *err)
{
    char low[NUMBER_SIZE], high[NUMBER_SIZE];
    const char *or_off = setting->can_be_off ? ", or off" : "";
    long whole;
    bool number = words_real(word, value);
    if (!number || !(*value >= setting->low && *value <= setting->high))
        return refuse(err, number ? "%s must be %s to %s%s" : "%s must be %s to %s%s, not \"%s\"", setting->name,
                      bound_text(low, setting->low), bound_text(high, setting->high), or_off, word);
    if (setting->kind == KIND_WHOLE && !words_whole(word, &whole))
        return refuse(err, "%s must be a whole number, not %s", setting->name, word);
    return true;
}

bool setting_read(const Setting *setting, const char *word, double *value, Err *err)
{
    if (setting->can_be_off && strcmp(word, "off") == 0) {
        *value = SETTING_OFF;
        return true;
    }
    switch (setting->kind) {
    case KIND_CHOICE:
        return read_choice(setting, word, value, err);
    case KIND_SWITCH:
        return read_switch(setting, word, value, err);
    default:
        return read_number(setting, word, value, err);
    }
}

const char *setting_takes(const Setting *setting, Arena *arena)
{
    char low[NUMBER_SIZE], high[NUMBER_SIZE];
    const char *list = "";
    if (setting->kind == KIND_SWITCH)
        return "on|off";
    for (int i = 0; setting->kind == KIND_CHOICE && setting->choice(i); i++)
        list = arena_print(arena, "%s%s%s", list, i ? "|" : "", setting->choice(i));
    if (*list)
        return list;
    return arena_print(arena, "%s to %s%s", bound_text(low, setting->low), bound_text(high, setting->high),
                       setting->can_be_off ? ", or off" : "");
}

// ---- as a word -------------------------------------------------------------------------------------------
const char *setting_text(const Setting *setting, double value, char text[SETTING_TEXT])
{
    char number[NUMBER_SIZE];
    const char *word = number;
    if (is_off(setting, value))
        word = "off";
    else if (setting->kind == KIND_CHOICE)
        word = setting->choice((int)value);
    else if (setting->kind == KIND_SWITCH)
        word = value != 0 ? "on" : "off";
    else if (setting->kind == KIND_WHOLE)
        snprintf(number, sizeof number, "%d", (int)value);
    else
        number_exact(number, value);
    snprintf(text, SETTING_TEXT, "%s", word);
    return text;
}

const char *setting_show(const Setting *setting, double value, char text[SETTING_TEXT])
{
    char number[NUMBER_SIZE];
    if (setting->kind == KIND_CHOICE)
        snprintf(text, SETTING_TEXT, "%s", setting->choice_title((int)value));
    else if (setting->kind != KIND_REAL || is_off(setting, value))
        setting_text(setting, value, text);
    else if (setting->at_zero && value == 0)
        snprintf(text, SETTING_TEXT, "%s", setting->at_zero);
    else
        snprintf(text, SETTING_TEXT, "%s%s", number_short(number, value), setting->unit ? setting->unit : "");
    return text;
}
