#include <ctype.h>
#include <string.h>

#include "app/palette.h"
#include "base/words.h"

// How well an offer answers what is typed. Capitals count as small letters and _ as a blank.
static char *plain(Arena *arena, const char *text)
{
    char *copy = arena_alloc(arena, strlen(text) + 1), *to = copy;
    for (; *text; text++) {
        char c = *text == '_' || *text == '\t' ? ' ' : (char)tolower((unsigned char)*text);
        if (c != ' ' || (to > copy && to[-1] != ' ')) // blanks count once, and not at the start
            *to++ = c;
    }
    while (to > copy && to[-1] == ' ')
        to--;
    *to = 0;
    return copy;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_word_start(const char *text, const char *at)
{
    return at == text || !isalnum((unsigned char)at[-1]);
}

// A word of what is typed, somewhere in a text, or where one of its words begins.
static bool has_word(const char *text, const char *word, size_t length, bool at_start)
{
    for (const char *at = text; *at; at++)
        if (*at == *word && strncmp(at, word, length) == 0 && (!at_start || is_word_start(text, at)))
            return true;
    return false;
}

static bool has_words(const char *text, const char *typed, bool at_start)
{
    for (const char *at = typed; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (!has_word(text, at, length, at_start))
            return false;
        at += length;
    }
    return true;
}

// All its letters, in their order: "lr" in "learning rate".
static bool has_letters(const char *text, const char *typed)
{
    if (!*typed || *text != *typed)
        return false;
    for (; *text && *typed; text++)
        typed += *text == *typed || *typed == ' ';
    return *typed == 0;
}

static bool is_near(const char *name, const char *typed)
{
    Nearest nearest = nearest_to(typed);
    nearest_offer(&nearest, name);
    return nearest_best(&nearest) != NULL;
}

// What is compared, all of it plain.
typedef struct {
    const char *words; // typed
    const char *line, *name, *title;
    const char *seen, *all; // line and title; with the sentence
} Compared;

static bool is_same(const Compared *m)
{
    return !strcmp(m->line, m->words) || !strcmp(m->name, m->words) || !strcmp(m->title, m->words);
}

static bool begins_line(const Compared *m)
{
    return begins(m->line, m->words);
}

static bool begins_name(const Compared *m)
{
    return begins(m->name, m->words) || begins(m->title, m->words);
}

static bool has_seen_words(const Compared *m)
{
    return has_words(m->seen, m->words, true);
}

static bool has_seen_parts(const Compared *m)
{
    return has_words(m->seen, m->words, false);
}

static bool has_all_words(const Compared *m)
{
    return has_words(m->all, m->words, true);
}

static bool has_its_letters(const Compared *m)
{
    return has_letters(m->name, m->words) || has_letters(m->title, m->words) || has_letters(m->line, m->words);
}

static bool has_all_parts(const Compared *m)
{
    return has_words(m->all, m->words, false);
}

static bool is_misspelt(const Compared *m)
{
    return is_near(m->name, m->words) || is_near(m->title, m->words);
}

int offer_rank(const Offer *offer, const char *typed, Arena *arena)
{
    static bool (*const ranks[RANKS])(const Compared *) = {
        is_same,
        begins_line,
        begins_name,
        has_seen_words,
        has_seen_parts,
        has_all_words,
        [RANK_GUESS] = has_its_letters,
        has_all_parts,
        is_misspelt,
    };
    Compared match = {plain(arena, typed),
                      plain(arena, offer->line),
                      plain(arena, offer->name),
                      plain(arena, offer->title),
                      NULL,
                      NULL};
    match.seen = arena_print(arena, "%s %s", match.line, match.title);
    match.all = arena_print(arena, "%s %s", match.seen, plain(arena, offer->what));
    for (int rank = 0; rank < RANKS; rank++)
        if (ranks[rank](&match))
            return rank;
    return -1;
}

// Those of equal rank stay in their order.
void offers_keep(Offers *offers, const char *typed, int ranks, Arena *arena)
{
    int *rank = arena_new(arena, int, offers->count + 1);
    Offer *all = memcpy(arena_new(arena, Offer, offers->count + 1), offers->offer, sizeof *all * (size_t)offers->count);
    int count = offers->count;
    Arena scratch = arena_make(1 << 12);
    for (int i = 0; i < count; i++, arena_reset(&scratch))
        rank[i] = offer_rank(&all[i], typed, &scratch);
    arena_free(&scratch);
    offers->count = 0;
    for (int wanted = 0; wanted < ranks; wanted++)
        for (int i = 0; i < count; i++)
            if (rank[i] == wanted)
                offers->offer[offers->count++] = all[i];
}
