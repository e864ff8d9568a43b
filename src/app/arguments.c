#include "app/arguments.h"

#include <stdio.h>
#include <string.h>

enum { ARGUMENTS_MOST = WORDS_MOST - 1 };

// The letters of Command.arguments, taken apart.
typedef struct {
    char kind[ARGUMENTS_MOST];
    int least, most;
} Expected;

static Expected expected_of(const char *arguments)
{
    Expected expected = {.least = 0};
    bool optional = false, any = false;
    for (const char *at = arguments; *at; at++) {
        if (*at == '?') {
            optional = true;
        } else if (*at == '*') {
            any = true;
        } else {
            expected.kind[expected.most++] = *at;
            expected.least += !optional;
        }
    }
    if (any) { // the last may be left out and may be repeated
        char last = expected.kind[expected.most - 1];
        expected.least--;
        while (expected.most < ARGUMENTS_MOST)
            expected.kind[expected.most++] = last;
    }
    return expected;
}

static bool all_numbers(const Expected *expected)
{
    for (int i = 0; i < expected->most; i++)
        if (expected->kind[i] != 'n' && expected->kind[i] != 'r')
            return false;
    return true;
}

static bool refuse_count(const Command *command, const Expected *expected, Err *err)
{
    int least = expected->least, most = expected->most;
    if (most == 0)
        return refuse(err, "%s takes nothing", command->name);
    if (!all_numbers(expected))
        return refuse(err, "%s takes %s", command->name, command->usage);
    if (least == most)
        return refuse(err, "%s takes %d number%s", command->name, most, most == 1 ? "" : "s");
    return refuse(err, "%s takes %d or %d numbers", command->name, least, most);
}

static const double NO_BOUND = 1e15; // that anyone would come to

// ---- kinds ----------------------------------------------------------------------------------------------------
static bool within(const Command *command, double value, Err *err)
{
    bool free = command->low == 0 && command->high == 0;
    if (free || (value >= command->low && value <= command->high))
        return true;
    if (command->high >= NO_BOUND)
        return refuse(err, "%s takes %.10g or more", command->name, command->low);
    return refuse(err, "%s takes %.10g to %.10g", command->name, command->low, command->high);
}

static bool check_whole(const Command *command, const char *word, Err *err)
{
    long value;
    if (!words_whole(word, &value))
        return refuse(err, "\"%s\" is not a whole number", word);
    return within(command, (double)value, err);
}

static bool check_real(const Command *command, const char *word, Err *err)
{
    double value;
    if (!words_real(word, &value))
        return refuse(err, "\"%s\" is not a number", word);
    return within(command, value, err);
}

// The usage "light|dark" lists the words.
static bool check_choice(const Command *command, const char *word, Err *err)
{
    Nearest nearest = nearest_to(word);
    char choice[32];
    for (const char *at = command->usage; *at; at += strcspn(at, "|"), at += *at == '|') {
        snprintf(choice, sizeof choice, "%.*s", (int)strcspn(at, "|"), at);
        if (strcmp(choice, word) == 0)
            return true;
        nearest_offer(&nearest, choice);
        if (nearest_best(&nearest) == choice) // the buffer is used again
            nearest.best = at;
    }
    const char *best = nearest_best(&nearest);
    if (best)
        return refuse(err, "%s takes %s, not \"%s\", did you mean \"%.*s\"?", command->name, command->usage, word,
                      (int)strcspn(best, "|"), best);
    return refuse(err, "%s takes %s, not \"%s\"", command->name, command->usage, word);
}

static bool check_kind(char kind, const Command *command, const char *word, Err *err)
{
    switch (kind) {
    case 'n':
        return check_whole(command, word, err);
    case 'r':
        return check_real(command, word, err);
    case 'c':
        return check_choice(command, word, err);
    default:
        return word[0] || refuse(err, "%s takes %s, not an empty word", command->name, command->usage);
    }
}

bool arguments_check(const Command *command, const Words *words, Err *err)
{
    Expected expected = expected_of(command->arguments);
    int count = words->count - 1;
    if (count < expected.least || count > expected.most)
        return refuse_count(command, &expected, err);
    for (int i = 0; i < count; i++)
        if (!check_kind(expected.kind[i], command, words->word[i + 1], err))
            return false;
    return true;
}

// ---- what was checked -----------------------------------------------------------------------------------------
long argument_whole(const Words *words, int i)
{
    long value = 0;
    words_whole(words->word[i], &value);
    return value;
}

double argument_real(const Words *words, int i)
{
    double value = 0;
    words_real(words->word[i], &value);
    return value;
}

bool argument_is(const Words *words, int i, const char *word)
{
    return words->count > i && strcmp(words->word[i], word) == 0;
}
