// The grammar of command lines, numbers read and written, and the nearest name.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- command lines ---------------------------------------------------------------------------------------

// Writes all commands of a text as `line:column[word]column[word] …`, and what was refused.
static void spell(const char *text, char *out, size_t size)
{
    Arena arena = arena_make(4096);
    Words words = {0};
    Err err;
    int line = 1;
    size_t used = 0;
    out[0] = 0;
    while (words_next(&text, &line, &arena, &words, &err)) {
        used += (size_t)snprintf(out + used, size - used, "%s%d:", used ? " " : "", words.line);
        for (int i = 0; i < words.count; i++)
            used += (size_t)snprintf(out + used, size - used, "%d[%s]", words.column[i], words.word[i]);
    }
    if (err.text[0])
        snprintf(out + used, size - used, "%s%d:%d: %s", used ? " " : "", words.line, words.column[0], err.text);
    arena_free(&arena);
}

static void commands_are_read_word_by_word(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *text, *spelt; } cases[] = {
        { "", "" },
        { "play", "1:1[play]" },
        { "set T 12\n", "1:1[set]5[T]7[12]" },
        { "  set\tT   12 ", "1:3[set]7[T]11[12]" },
        { "play\r\nstop\r\n", "1:1[play] 2:1[stop]" },
        { "train 5;op 3", "1:1[train]7[5] 1:9[op]12[3]" },
        { "a ; b;\nc;d", "1:1[a] 1:5[b] 1: 2:1[c] 2:3[d]" },
        { ";;", "1: 1:" },
        { "\n\n x", "1: 2: 3:2[x]" },
        { "# nothing; at all \"\nplay # now; op", "1: 2:1[play]" },
        { "op 3#three", "1:1[op]4[3]" },
        { "shot \"my picture; #1.png\" ; quit", "1:1[shot]6[my picture; #1.png] 1:29[quit]" },
        { "say \"\" \"x\";y", "1:1[say]5[]8[x] 1:12[y]" },
        { "view ∂h ‖g‖;x", "1:1[view]6[∂h]9[‖g‖] 1:13[x]" },
        { "play\nshot \"my picture\nop", "1:1[play] 2:6: unclosed quote" },
        { "shot \"", "1:6: unclosed quote" },
        { "a; shot \"b", "1:1[a] 1:9: unclosed quote" },
        { "shot my\"picture\"", "1:8: a quote inside a word: quotes go around the whole word" },
        { "shot \"a\"b", "1:9: a blank is missing after the closing quote" },
        { "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7", "1:33: more than 16 words in one command" },
        { "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 # 7",
          "1:1[1]3[2]5[3]7[4]9[5]11[6]13[7]15[8]17[9]19[0]21[1]23[2]25[3]27[4]29[5]31[6]" },
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(cases); i++) {
        char spelt[1000];
        spell(cases[i].text, spelt, sizeof spelt);
        assert_string_equal(spelt, cases[i].spelt);
    }
}

// Any text at all is read to its end or refused, and every word is within it.
static void no_text_is_too_strange_to_read(void **state)
{
    (void)state;
    static const char letters[] = "ab \t\r\n;#\"\xe2\x88\x82";
    Rng rng = rng_make(1, rng_stream("words"));
    for (int round = 0; round < 20000; round++) {
        char text[40], spelt[2000];
        int length = rng_below(&rng, (int)sizeof text);
        for (int i = 0; i < length; i++)
            text[i] = letters[rng_below(&rng, (int)sizeof letters - 1)];
        text[length] = 0;
        spell(text, spelt, sizeof spelt);
        assert_true(strlen(spelt) < sizeof spelt - 1);
    }
}

// ---- numbers ---------------------------------------------------------------------------------------------
static void only_whole_words_are_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        bool is_real, is_whole;
        double value;
    } cases[] = {
        {"0", true, true, 0},        {"12", true, true, 12},
        {"-3", true, true, -3},      {"+4", true, true, 4},
        {"0.01", true, false, 0.01}, {".5", true, false, 0.5},
        {"5.", true, false, 5},      {"1e-3", true, false, 1e-3},
        {"1E3", true, false, 1000},  {"99999999999999999999", true, false, 1e20},
        {"", false, false, 0},       {".", false, false, 0},
        {"-", false, false, 0},      {"e5", false, false, 0},
        {"1e", false, false, 0},     {"1e+", false, false, 0},
        {"1e999", false, false, 0},  {"nan", false, false, 0},
        {"inf", false, false, 0},    {"0x10", false, false, 0},
        {" 1", false, false, 0},     {"1 ", false, false, 0},
        {"12px", false, false, 0},   {"1,5", false, false, 0},
        {"--1", false, false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        double real = 0;
        long whole = 0;
        assert_int_equal(words_real(cases[i].word, &real), cases[i].is_real);
        assert_int_equal(words_whole(cases[i].word, &whole), cases[i].is_whole);
        assert_true(real == cases[i].value);
        assert_true(!cases[i].is_whole || whole == (long)cases[i].value);
    }
}

static void numbers_for_the_eye_are_short(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.1, "0.1"},
        {12, "12"},
        {1.28, "1.28"},
        {-1.28, "−1.28"},
        {1.2849, "1.28"},
        {99.96, "100"},
        {9.996, "10"},
        {0.09996, "0.1"},
        {1600, "1600"},
        {123456, "123000"},
        {999499, "999000"},
        {999500.1, "1e6"},
        {1e6, "1e6"},
        {-1.234e9, "−1.23e9"},
        {1e-4, "0.0001"},
        {1.234e-4, "0.000123"},
        {9.9999e-5, "0.0001"},
        {9.99e-5, "9.99e−5"},
        {2.1e-7, "2.1e−7"},
        {-2.1e-7, "−2.1e−7"},
        {DBL_MAX, "1.8e308"},
        {DBL_TRUE_MIN, "4.94e−324"},
        {INFINITY, "∞"},
        {-INFINITY, "−∞"},
        {NAN, "not a number"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[NUMBER_SIZE];
        assert_string_equal(number_short(text, cases[i].value), cases[i].text);
    }
}

static void numbers_for_the_machine_read_back(void **state)
{
    (void)state;
    char text[NUMBER_SIZE];
    assert_string_equal(number_exact(text, 0.1), "0.1");
    assert_string_equal(number_exact(text, 1.0 / 3), "0.3333333333333333");
    assert_string_equal(number_exact(text, 0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(number_exact(text, NAN), "nan");
    assert_string_equal(number_exact(text, -INFINITY), "-inf");
    Rng rng = rng_make(1, rng_stream("exact"));
    for (int i = 0; i < 10000; i++) {
        uint64_t bits = rng_next(&rng);
        double value, again;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        assert_true(words_real(number_exact(text, value), &again));
        assert_memory_equal(&again, &value, sizeof value);
    }
}

static void large_numbers_are_grouped(void **state)
{
    (void)state;
    static const struct {
        long value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {12, "12"},
        {999, "999"},
        {1600, "1\u2009600"},
        {-1600, "−1\u2009600"},
        {100000, "100\u2009000"},
        {1234567, "1\u2009234\u2009567"},
        {LONG_MIN, "−9\u2009223\u2009372\u2009036\u2009854\u2009775\u2009808"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[NUMBER_SIZE];
        assert_string_equal(number_grouped(text, cases[i].value), cases[i].text);
    }
}

// ---- the nearest name ------------------------------------------------------------------------------------
static void the_nearest_name_is_found_or_none(void **state)
{
    (void)state;
    static const char *const names[] = {"T",   "hidden", "learning_rate", "threshold", "lstm",
                                        "gru", "rnn",    "seek",          "set"};
    static const struct {
        const char *word, *best;
    } cases[] = {
        {"lsmt", "lstm"},          // neighbours swapped
        {"hiden", "hidden"},       // left out
        {"hiddden", "hidden"},     // one more
        {"tresholt", "threshold"}, // two of eight
        {"learn", "learning_rate"},
        {"LSTM", "lstm"},
        {"t", "T"},
        {"sek", "seek"},
        {"x", NULL}, // a letter has nothing in common with another
        {"", NULL},
        {"picture", NULL},
        {"a word of more than sixty-four letters, which is longer than any name we have", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Nearest nearest = nearest_to(cases[i].word);
        for (size_t k = 0; k < COUNT(names); k++)
            nearest_offer(&nearest, names[k]);
        const char *best = nearest_best(&nearest);
        assert_string_equal(best ? best : "none", cases[i].best ? cases[i].best : "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_read_word_by_word),    cmocka_unit_test(no_text_is_too_strange_to_read),
        cmocka_unit_test(only_whole_words_are_numbers),      cmocka_unit_test(numbers_for_the_eye_are_short),
        cmocka_unit_test(numbers_for_the_machine_read_back), cmocka_unit_test(large_numbers_are_grouped),
        cmocka_unit_test(the_nearest_name_is_found_or_none),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
