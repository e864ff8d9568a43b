#include "tasks/parts.h"

#include <stdio.h>
#include <string.h>

// The embedded Reber grammar (Hochreiter & Schmidhuber 1997): b, then t or p, then a word of Reber's grammar, then the
// same t or p again, then e. The next symbol is asked at every time step; most can be told from the one or two before,
// the last t or p only from the second symbol of all. Lengths differ; words are drawn until one fits.
enum { B, T_, P, S, X_, V, E, SYMBOLS };
static const char *const names[SYMBOLS] = {"b", "t", "p", "s", "x", "v", "e"};

// Reber's grammar: from each state two symbols lead on, each as likely; FIRST follows the word's own b.
enum { FIRST, STATES = 6, END = STATES, AROUND = 3, SHORTEST = 5, LONGEST = 60 };
static const struct {
    int symbol[2], next[2];
} grammar[STATES] = {
    {{T_, P}, {1, 2}}, {{S, X_}, {1, 3}}, {{T_, V}, {2, 4}}, {{X_, S}, {2, 5}}, {{P, V}, {3, 5}}, {{E, E}, {END, END}},
};

// The longest inner word for T: with it stand b, t or p before and t or p, e behind, and the last is only asked.
static int longest_for(int T)
{
    return T - AROUND < LONGEST ? T - AROUND : LONGEST;
}

static int draw_word(Rng *rng, int most, int word[LONGEST])
{
    int length = 0, state = FIRST;
    word[length++] = B;
    while (state != END && length < most) {
        int way = rng_below(rng, 2);
        word[length++] = grammar[state].symbol[way];
        state = grammar[state].next[way];
    }
    return state == END ? length : 0;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int word[LONGEST + AROUND + 1] = {B}, length = 0, most = longest_for(batch->dims.T);
    int remembered = rng_below(rng, 2) ? T_ : P;
    while (length == 0)
        length = draw_word(rng, most, word + 2);
    word[1] = word[length + 2] = remembered;
    word[length + 3] = E;
    batch->length[b] = length + AROUND;
    for (int t = 1; t <= batch->length[b]; t++) {
        symbol_put(batch, t, b, word[t - 1]);
        class_ask(batch, t, b, word[t]);
    }
}

// ---- the baseline -------------------------------------------------------------------------------------------
// done[n][s]: the probability that from state s a word ends within n more symbols.
typedef double Chance[LONGEST + 1][STATES + 1];

static void chances_to_end(Chance done)
{
    memset(done, 0, sizeof(Chance));
    for (int n = 0; n <= LONGEST; n++) {
        done[n][END] = 1;
        for (int s = 0; s < STATES && n > 0; s++)
            done[n][s] = (done[n - 1][grammar[s].next[0]] + done[n - 1][grammar[s].next[1]]) / 2;
    }
}

// count[t][symbol]: how often the symbol is asked at t, of the words that are short enough.
typedef double Asked[LONGEST + AROUND + 1][SYMBOLS];

static void count_outer(Asked count, int inner, double chance)
{
    count[1][T_] += chance / 2;
    count[1][P] += chance / 2;
    count[2][B] += chance;
    count[inner + 2][T_] += chance / 2;
    count[inner + 2][P] += chance / 2;
    count[inner + 3][E] += chance;
}

static void count_asked(Asked count, int most)
{
    Chance done;
    double at[STATES + 1] = {[FIRST] = 1};
    chances_to_end(done);
    for (int length = 1; length < most; length++) { // of the inner word, so far
        double next[STATES + 1] = {0};
        for (int s = 0; s < STATES; s++)
            for (int way = 0; way < 2; way++) {
                int to = grammar[s].next[way];
                count[length + 2][grammar[s].symbol[way]] += at[s] / 2 * done[most - length - 1][to];
                next[to] += at[s] / 2;
            }
        memcpy(at, next, sizeof at);
        count_outer(count, length + 1, at[END]);
    }
}

static double baseline(const Batch *batch)
{
    Asked count = {0};
    double loss = 0, asked = 0, sum;
    count_asked(count, longest_for(batch->dims.T));
    for (int t = 1; t <= LONGEST + AROUND; t++) {
        double entropy = entropy_of(count[t], SYMBOLS, &sum);
        loss += sum * entropy;
        asked += sum;
    }
    return loss / asked;
}

// ---- right answers --------------------------------------------------------------------------------------------
// Whether the grammar allows the symbol after what was read up to t.
static bool is_allowed(const Batch *batch, int t, int b, int symbol)
{
    int state = FIRST;
    if (t <= 2)
        return t == 1 ? symbol == T_ || symbol == P : symbol == B;
    for (int i = 4; i <= t && state != END; i++)
        state = grammar[state].next[symbol_at(batch, i, b) == grammar[state].symbol[1]];
    if (state == END)
        return symbol == *batch_label(batch, t, b);
    return symbol == grammar[state].symbol[0] || symbol == grammar[state].symbol[1];
}

static bool answer_is_right(const Real *y, const Batch *batch, int t, int b)
{
    return is_allowed(batch, t, b, class_of(y, SYMBOLS));
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    snprintf(text, TASK_TEXT, "%s", t == 2 ? "to remember" : t == batch->length[b] - 1 ? "remembered next" : "");
}

const Task task_reber = {
    .name = "reber",
    .title = "Embedded Reber grammar",
    .what = "The next symbol of a small grammar is asked; the last choice repeats the second symbol.",
    .measure = "accuracy",
    .baseline_name = "answering by frequency",
    .form = FORM_ALIGNED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = SYMBOLS,
    .Y = SYMBOLS,
    .least_T = SHORTEST + AROUND,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_role = input_role,
    .answer_is_right = answer_is_right,
    .symbols = names,
    .classes = names,
};
