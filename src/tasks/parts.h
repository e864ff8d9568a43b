#ifndef TASKS_PARTS_H
#define TASKS_PARTS_H

#include "tasks/tasks.h"

// What several tasks are made of. A symbol is a number from 0 and stands one-hot in the input; a letter is what
// the eye sees of it. Letters that the network uses itself (C, h, z …) are not taken.

// ---- one-hot input -----------------------------------------------------------------------------------------
void symbol_put(Batch *batch, int t, int b, int symbol);
int symbol_at(const Batch *batch, int t, int b);

// ---- endless sequences ---------------------------------------------------------------------------------------
// Random numbers of place n of a sequence, n from 0 over all its windows; NOWHERE are those of the sequence as a whole.
enum { NOWHERE = -1 };
Rng rng_at(uint64_t key, long n);
long place_in_stream(const Batch *batch, long window, int t);

// ---- a right class, a right value --------------------------------------------------------------------------
// Asked at t: the task scores it. Answered at t: there is an answer too, scored where all time steps are, or the last
// alone. The sequence's length must be set before.
void class_ask(Batch *batch, int t, int b, int label);
void class_answer(Batch *batch, int t, int b, int label);
int class_of(const Real *y, int classes); // the likeliest

void value_ask(Batch *batch, int t, int b, double target); // of a task with Y = 1
void value_answer(Batch *batch, int t, int b, double target);

// ---- frequencies -----------------------------------------------------------------------------------------------
// −Σ p ln p of counts, and their sum: what answering by frequency costs.
double entropy_of(const double *count, int classes, double *sum);

// ---- texts -------------------------------------------------------------------------------------------------
void text_value(char *text, double value); // two decimals, a true minus
#define ALPHABET                                                                                                       \
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", \
        "x", "y", "z"

// ---- the four letters of the tasks that only tell symbols apart -----------------------------------------------
enum { LETTERS = 4 };
extern const char *const letter_names[LETTERS];
double letters_baseline(const Batch *batch); // ln 4

#endif
