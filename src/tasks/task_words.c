#include "tasks/parts.h"

// The next word of a phrase: how, are, you. Phrases follow one another in random order; where words are shared, the
// words before tell which phrase it is.
enum { HOW, ARE, YOU, OLD, WHERE, NOW, I, AM, FINE, HERE, STOP, WORDS };
static const char *const words[WORDS] = {"how", "are", "you", "old", "where", "now", "i", "am", "fine", "here", "."};

enum { PHRASES = 5, LONGEST = 5, ALL = 21 }; // words of all phrases together
static const int phrases[PHRASES][LONGEST] = {
    {HOW, ARE, YOU, STOP}, {HOW, OLD, ARE, YOU, STOP}, {WHERE, ARE, YOU, NOW, STOP},
    {I, AM, FINE, STOP},   {I, AM, HERE, NOW, STOP},
};

// Where a reader stands: a word of a phrase.
typedef struct {
    int phrase, word;
} Bookmark;

static int word_at(Bookmark at)
{
    return phrases[at.phrase][at.word];
}

static Bookmark next(Bookmark at, Rng *rng)
{
    if (word_at(at) == STOP)
        return (Bookmark){rng_below(rng, PHRASES), 0};
    return (Bookmark){at.phrase, at.word + 1};
}

// Any word of any phrase, as likely as another: then each time step is like the others.
static Bookmark start(Rng *rng)
{
    Bookmark at = {0, 0};
    for (int skip = rng_below(rng, ALL); skip > 0; skip--)
        at = word_at(at) == STOP ? (Bookmark){at.phrase + 1, 0} : (Bookmark){at.phrase, at.word + 1};
    return at;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    Bookmark at = start(rng);
    for (int t = 1; t <= batch->dims.T; t++) {
        symbol_put(batch, t, b, word_at(at));
        at = next(at, rng);
        class_ask(batch, t, b, word_at(at));
    }
}

// Each word as often as it stands in the phrases.
static double baseline(const Batch *batch)
{
    double count[WORDS] = {0}, sum;
    (void)batch;
    for (int phrase = 0; phrase < PHRASES; phrase++)
        for (int word = 0; word == 0 || phrases[phrase][word - 1] != STOP; word++)
            count[phrases[phrase][word]]++;
    return entropy_of(count, WORDS, &sum);
}

const Task task_words = {
    .name = "words",
    .title = "The next word",
    .what = "The next word of a few phrases is asked at every time step: how, are, you.",
    .measure = "accuracy",
    .baseline_name = "answering by frequency",
    .form = FORM_ALIGNED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = WORDS,
    .Y = WORDS,
    .least_T = 1,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .symbols = words,
    .classes = words,
};
