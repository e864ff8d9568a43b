#include "tasks/parts.h"

#include <stdio.h>

#include "base/math.h"

// An article must agree with a noun that comes later: le … chat, la … souris. It is asked where the article stands, at
// t = 1, before the noun is read at the end; adjectives that tell nothing lie between. Only a network that also reads
// from the end can know. Lengths differ, from half of T to T.
enum { ARTICLE, ADJECTIVES = 3, NOUNS = ARTICLE + ADJECTIVES + 1, KINDS = 2, INPUTS = NOUNS + KINDS };
static const char *const words[INPUTS] = {"?", "petit", "triste", "rouge", "chat", "souris"};
static const char *const articles[KINDS] = {"le", "la"};

static void fill(Rng *rng, Batch *batch, int b)
{
    int T = batch->dims.T, kind = rng_below(rng, KINDS), least = T / 2 < 2 ? 2 : T / 2;
    int length = least + rng_below(rng, T - least + 1);
    batch->length[b] = length;
    symbol_put(batch, 1, b, ARTICLE);
    for (int t = 2; t < length; t++)
        symbol_put(batch, t, b, ARTICLE + 1 + rng_below(rng, ADJECTIVES));
    symbol_put(batch, length, b, NOUNS + kind);
    for (int t = 2; t <= length; t++)
        class_answer(batch, t, b, kind);
    class_ask(batch, 1, b, kind);
}

static double baseline(const Batch *batch)
{
    (void)batch;
    return math_log(KINDS);
}

static void input_role(const Batch *batch, int t, int b, char *text)
{
    snprintf(text, TASK_TEXT, "%s", t == 1 ? "which article?" : t == batch->length[b] ? "the noun" : "");
}

const Task task_agree = {
    .name = "agree",
    .title = "Agree with what comes later",
    .what = "The article is asked at the first time step, the noun that decides it is read at the last.",
    .measure = "accuracy",
    .baseline_name = "guessing",
    .form = FORM_FUTURE,
    .loss = LOSS_CROSS_ENTROPY,
    .X = INPUTS,
    .Y = KINDS,
    .least_T = 2,
    .last = true,
    .all = true,
    .baseline = baseline,
    .fill = fill,
    .input_role = input_role,
    .symbols = words,
    .classes = articles,
};
