#include "tasks/parts.h"

// The next character of a text. A sequence begins anywhere in it, and the text begins anew behind its end.
enum { SPACE = 26, STOP, SYMBOLS };
static const char *const names[SYMBOLS] = {ALPHABET, "\u2423", "."};
static const char text[] =
    "a network reads one letter at a time and keeps what it has read in a small state. at each step it guesses the "
    "letter that comes next. at first it knows nothing, and then it learns that a space follows a word, that an h "
    "often "
    "follows a t, that an e often ends a word. what it learns it must carry from step to step, and on the way back the "
    "error must travel along the same steps. when each step makes the error smaller, the first letters teach nothing. "
    "when each step makes it larger, one bad guess can throw all the weights away. a gate that stays open lets the "
    "error pass as it is, and so a cell can remember the start of a long sentence until its end is read. ";
enum { LENGTH = sizeof text - 1 };

static int symbol_of(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a';
    return letter == '.' || letter == '!' || letter == '?' ? STOP : SPACE;
}

// Blanks that follow one another are one.
size_t letters_read(const char *bytes, size_t size, unsigned char *symbol)
{
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        int next = symbol_of(bytes[i]);
        if (next != SPACE || (length > 0 && symbol[length - 1] != SPACE))
            symbol[length++] = (unsigned char)next;
    }
    return length;
}

// ---- sequences -----------------------------------------------------------------------------------------------
static long length_of(const Reading *reading)
{
    return reading->symbol ? (long)reading->length : (long)LENGTH;
}

static int symbol_in(const Reading *reading, long place)
{
    long within = place % length_of(reading);
    return reading->symbol ? reading->symbol[within] : symbol_of(text[within]);
}

static void put_from(long place, Batch *batch, int t, int b)
{
    symbol_put(batch, t, b, symbol_in(&batch->reading, place));
    class_ask(batch, t, b, symbol_in(&batch->reading, place + 1));
}

static void fill(Rng *rng, Batch *batch, int b)
{
    long start = rng_below(rng, (int)length_of(&batch->reading));
    for (int t = 1; t <= batch->dims.T; t++)
        put_from(start + t, batch, t, b);
}

static void fill_window(uint64_t key, long window, Batch *batch, int b)
{
    Rng whole = rng_at(key, NOWHERE);
    long start = rng_below(&whole, (int)length_of(&batch->reading));
    for (int t = 1; t <= batch->dims.T; t++)
        put_from(start + place_in_stream(batch, window, t), batch, t, b);
}

// Each letter as often as it stands in the text.
static double baseline(const Batch *batch)
{
    double count[SYMBOLS] = {0}, sum;
    for (long i = 0; i < length_of(&batch->reading); i++)
        count[symbol_in(&batch->reading, i)]++;
    return entropy_of(count, SYMBOLS, &sum);
}

const Task task_letters = {
    .name = "letters",
    .title = "The next letter of a text",
    .what = "The next letter of an English text is asked at every time step.",
    .measure = "accuracy",
    .baseline_name = "answering by frequency",
    .form = FORM_ALIGNED,
    .loss = LOSS_CROSS_ENTROPY,
    .X = SYMBOLS,
    .Y = SYMBOLS,
    .least_T = 1,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .fill_window = fill_window,
    .symbols = names,
    .classes = names,
};
