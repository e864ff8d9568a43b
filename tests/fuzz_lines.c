#include <string.h>

#include "base/words.h"

// Any bytes are read as command lines: words, numbers, columns.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Arena arena = arena_make(1 << 12);
    char *text = arena_alloc(&arena, size + 1);
    memcpy(text, data, size);
    Words words = {.count = 0};
    Err err;
    int line = 1;
    for (const char *at = text; words_next(&at, &line, &arena, &words, &err);)
        for (int i = 0; i < words.count; i++) {
            long whole;
            double real;
            char number[NUMBER_SIZE];
            Nearest nearest = nearest_to(words.word[i]);
            nearest_offer(&nearest, "learning_rate");
            if (words_real(words.word[i], &real))
                number_short(number, real);
            if (words_whole(words.word[i], &whole))
                number_grouped(number, whole);
        }
    arena_free(&arena);
    return 0;
}
