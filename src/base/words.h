#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

// The grammar of command lines, and how numbers are read and written.
//
//   one command a line; `;` joins two on a line; `#` starts a comment; blanks separate words;
//   "…" quotes a whole word that holds blanks, `;` or `#`; it ends on its line, and nothing in it is special.
enum { WORDS_MOST = 16 }; // words in one command

typedef struct {
    int count;              // 0: an empty line or a comment
    char *word[WORDS_MOST]; // in the arena given
    int column[WORDS_MOST]; // where each starts in its line, in characters, from 1
    int line;               // from 1
    const char *behind;     // where this command ended, and
    int behind_column;      // its column, so that what follows a `;` goes on counting
} Words;

// Reads the next command of a text and moves *at behind it. False at the end of the text or on an error; then
// err->text is empty or the message, and out->line and out->column[0] say where the error is. *line counts from
// 1 and is kept by the caller, as is *out: zero it before the first call.
bool words_next(const char **at, int *line, Arena *arena, Words *out, Err *err);

bool words_real(const char *word, double *value); // the whole word is one finite decimal number
bool words_whole(const char *word, long *value);  // the whole word is one integer

// The nearest of several names to a mistyped one, by edit distance; NULL when none is near.
typedef struct {
    const char *word;
    const char *best;
    int distance;
} Nearest;

Nearest nearest_to(const char *word);
void nearest_offer(Nearest *nearest, const char *name);
const char *nearest_best(const Nearest *nearest);

// Numbers for the eye: at most three significant digits, a true minus, 0.1 and not 1e-1; for the machine: the
// shortest decimals that read back as the same double, "nan", "inf".
enum { NUMBER_SIZE = 48 };
const char *number_short(char text[NUMBER_SIZE], double value);
const char *number_exact(char text[NUMBER_SIZE], double value);
const char *number_grouped(char text[NUMBER_SIZE], long value); // 1 600

#endif
