#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"

enum { LETTERS_MOST = 64 }; // a longer word is near to nothing

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

// Letters put in, left out, replaced, or two neighbours swapped (Damerau 1964), capitals counting as small ones. Above
// the limit it is only told that it is, so that only costs as near to the diagonal are worked out (Ukkonen 1985).
static int edit_distance(const char *a, int a_length, const char *b, int b_length, int limit)
{
    int cost[LETTERS_MOST + 1][LETTERS_MOST + 1]; // from the first i letters of a to the first j of b
    if (abs(a_length - b_length) > limit)
        return limit + 1;
    for (int i = 0; i <= a_length; i++)
        for (int j = i > limit ? i - limit : 0; j <= least(b_length, i + limit); j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            int left_out = j < i + limit ? cost[i - 1][j] : limit, put_in = j > i - limit ? cost[i][j - 1] : limit;
            int replaced = cost[i - 1][j - 1] + !same(a[i - 1], b[j - 1]);
            cost[i][j] = least(replaced, 1 + least(left_out, put_in));
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                cost[i][j] = least(cost[i][j], 1 + cost[i - 2][j - 2]);
        }
    return cost[a_length][b_length];
}

Nearest nearest_to(const char *word)
{
    return (Nearest){.word = word, .distance = INT_MAX};
}

// Near is what differs in at most a third of its letters yet has one in common, or what the word begins.
void nearest_offer(Nearest *nearest, const char *name)
{
    size_t length = strlen(nearest->word), name_length = strlen(name);
    if (length == 0 || length > LETTERS_MOST || name_length > LETTERS_MOST)
        return;
    int letters = (int)length, limit = letters < 6 ? 1 : letters / 3;
    int distance = edit_distance(nearest->word, letters, name, (int)name_length, limit);
    bool near = distance <= limit && distance < letters;
    bool begins = strncmp(nearest->word, name, length) == 0;
    if (begins)
        distance = least(distance, 1);
    if ((near || begins) && distance < nearest->distance) {
        nearest->best = name;
        nearest->distance = distance;
    }
}

const char *nearest_best(const Nearest *nearest)
{
    return nearest->best;
}
