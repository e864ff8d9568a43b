#include <stdlib.h>
#include <string.h>

#include "app/commands.h"

// One side of a claim: a number, something printable, or one time step of a list ("dh 1").
typedef struct {
    double value;
    bool known;
} Term;

static bool read_item(const App *app, const Printable *printable, const char *list, long typed, Term *term, Err *err)
{
    const char *at = list;
    long index = printable->by_t ? wording_typed(&app->session.runs[0].setup, typed) : typed;
    for (long i = 1; i < index && *at; i++) {
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    if (index < 1 || !*at)
        return refuse(err, "%s has no entry %ld", printable->name, typed);
    term->known = *at != '-';
    term->value = strtod(at, NULL);
    return true;
}

// Reads a term that begins at words[*i] and moves *i behind it.
static bool read_term(App *app, const Words *words, int *i, Arena *arena, Term *term, Err *err)
{
    long index;
    if (*i >= words->count)
        return refuse(err, "a claim is NAME [T] < NUMBER, with <, <=, >, >=, == or !=");
    const char *word = words->word[(*i)++];
    term->known = true;
    if (words_real(word, &term->value))
        return true;
    const Printable *printable = printable_find(word, err);
    if (!printable || !printable_ready(app, printable, err))
        return false;
    if (printable->number) {
        term->known = printable->number(app, &term->value);
        return true;
    }
    if (!printable->list)
        return refuse(err, "%s is not a number", word);
    if (*i >= words->count || !words_whole(words->word[*i], &index))
        return refuse(err, "%s needs a time step, as in %s 1 < 0.1", word, word);
    ++*i;
    return read_item(app, printable, printable->text(app, arena), index, term, err);
}

static bool compare(double a, const char *sign, double b, bool *holds)
{
    // clang-format off
    const struct { const char *sign; bool holds; } signs[] = {
        { "<",  a < b }, { "<=", a <= b }, { ">",  a > b }, { ">=", a >= b }, { "==", a == b }, { "!=", a != b },
    };
    // clang-format on
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i].sign, sign) == 0) {
            *holds = signs[i].holds;
            return true;
        }
    return false;
}

static bool words_hold(App *app, const Words *words, const char *claim, Arena *arena, Err *err)
{
    Term left, right;
    int i = 0;
    char number[NUMBER_SIZE];
    bool holds = false;
    if (!read_term(app, words, &i, arena, &left, err))
        return false;
    const char *sign = i < words->count ? words->word[i++] : "";
    if (!compare(left.value, sign, 0, &holds))
        return refuse(err, "a claim compares with <, <=, >, >=, == or !=, not \"%s\"", sign);
    if (!read_term(app, words, &i, arena, &right, err))
        return false;
    if (i < words->count)
        return refuse(err, "\"%s\" is too much for a claim", words->word[i]);
    if (!left.known || !right.known)
        return refuse(err, "%s: this is not known yet", claim);
    compare(left.value, sign, right.value, &holds);
    return holds || refuse(err, "%s does not hold: it is %s", claim, number_exact(number, left.value));
}

bool claim_holds(App *app, const char *claim, Err *err)
{
    Arena scratch = arena_make(1 << 12);
    Words words = {.count = 0};
    const char *at = claim;
    int line = 1;
    bool holds = words_next(&at, &line, &scratch, &words, err) ? words_hold(app, &words, claim, &scratch, err)
                                                               : refuse(err, "there is no claim");
    arena_free(&scratch);
    return holds;
}
