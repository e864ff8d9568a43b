#include "tasks/parts.h"

#include <stdio.h>
#include <string.h>

// A number is read at t = 1 and nothing after it; the letters of its name are to be written, one a time step, and a
// stop behind them. From the second letter on, all that is to be said must come from the state.
enum { NUMBERS = 20, STOP = 26, CLASSES };
static const char *const letters[CLASSES] = {ALPHABET, "."};
static const char *const names[NUMBERS] = {
    "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",     "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
};
enum { LONGEST = 9 }; // letters

static int letter_at(const char *name, int t)
{
    return t <= (int)strlen(name) ? name[t - 1] - 'a' : STOP;
}

static void fill(Rng *rng, Batch *batch, int b)
{
    int number = rng_below(rng, NUMBERS);
    symbol_put(batch, 1, b, number);
    batch->length[b] = (int)strlen(names[number]) + 1;
    for (int t = 1; t <= batch->length[b]; t++)
        class_ask(batch, t, b, letter_at(names[number], t));
}

// Each letter as often as it stands at that place in the names that are long enough.
static double baseline(const Batch *batch)
{
    double loss = 0, asked = 0, sum;
    (void)batch;
    for (int t = 1; t <= LONGEST + 1; t++) {
        double count[CLASSES] = {0};
        for (int number = 0; number < NUMBERS; number++)
            if (t <= (int)strlen(names[number]) + 1)
                count[letter_at(names[number], t)]++;
        double entropy = entropy_of(count, CLASSES, &sum);
        loss += sum * entropy;
        asked += sum;
    }
    return loss / asked;
}

static void input_text(const Batch *batch, int t, int b, char *text)
{
    if (t == 1)
        snprintf(text, TASK_TEXT, "%d", symbol_at(batch, t, b) + 1);
    else
        snprintf(text, TASK_TEXT, "\u00B7");
}

const Task task_spell = {
    .name = "spell",
    .title = "Spell a number",
    .what = "A number is read at the first time step; then its name is to be written letter by letter.",
    .measure = "accuracy",
    .baseline_name = "answering by frequency",
    .form = FORM_ONE_TO_MANY,
    .loss = LOSS_CROSS_ENTROPY,
    .X = NUMBERS,
    .Y = CLASSES,
    .least_T = LONGEST + 1,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_text = input_text,
    .classes = letters,
};
