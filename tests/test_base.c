// Arena, errors, random numbers, words, numbers and files.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"
#include "base/rng.h"
#include "base/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- arena -----------------------------------------------------------------------------------------------
static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    Arena arena = arena_make(1000);
    Rng rng = rng_make(1, rng_stream("arena"));
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 50; i++) {
            size_t size = (size_t)rng_below(&rng, 3000);
            unsigned char *piece = arena_alloc(&arena, size);
            assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
            for (size_t k = 0; k < size; k++)
                assert_int_equal(piece[k], 0); // and so no earlier piece reaches in here
            memset(piece, 0xFF, size);
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void a_reset_arena_hands_out_the_same_memory(void **state)
{
    (void)state;
    Arena arena = arena_make(256);
    void *first[5], *again[5];
    for (size_t i = 0; i < 5; i++)
        first[i] = arena_alloc(&arena, 100 * i);
    arena_reset(&arena);
    for (size_t i = 0; i < 5; i++)
        again[i] = arena_alloc(&arena, 100 * i);
    assert_memory_equal(first, again, sizeof first);
    arena_free(&arena);
    assert_non_null(arena_alloc(&arena, 1)); // a freed arena is an empty one
    arena_free(&arena);
}

static void printed_text_is_as_long_as_it_needs(void **state)
{
    (void)state;
    Arena arena = arena_make(64);
    assert_string_equal(arena_print(&arena, "%s at t = %d", "dh", 12), "dh at t = 12");
    assert_int_equal(strlen(arena_print(&arena, "%1000d", 1)), 1000);
    arena_free(&arena);
}

// ---- errors ----------------------------------------------------------------------------------------------
static void messages_can_hold_the_message_before(void **state)
{
    (void)state;
    Err err;
    assert_false(refuse(&err, "T must be %d to %d", 1, 1000));
    assert_false(refuse_at(&err, "a.md", 3, 7));
    assert_string_equal(err.text, "a.md:3:7: T must be 1 to 1000");
}

static void a_message_is_never_cut_within_a_character(void **state)
{
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        char text[2000] = "xxx";
        for (size_t at = (size_t)shift; at + 5 < sizeof text; at += 4)
            memcpy(text + at, "∂ ", 5);
        Err err;
        refuse(&err, "%s", text);
        assert_true(strlen(err.text) > sizeof err.text - 8);
        assert_string_equal(err.text + strlen(err.text) - strlen("…"), "…");
        assert_true(file_is_text("message", err.text, strlen(err.text), &err));
    }
}

// What stands behind a word of any length is still said.
static void a_huge_word_in_a_message_is_shortened(void **state)
{
    (void)state;
    enum { SIZE = 10 << 20 };
    char *word = malloc(SIZE + 1), sixty[60 + 1] = "";
    assert_non_null(word);
    for (size_t at = 0; at + 3 <= SIZE; at += 3)
        memcpy(word + at, "∂", 4);
    for (int i = 0; i < 20; i++)
        strcat(sixty, "∂");
    Err err;
    char says[256];
    assert_false(refuse(&err, "there is no task \"%s\"; there are: echo recall", word));
    snprintf(says, sizeof says, "there is no task \"%s…\"; there are: echo recall", sixty);
    assert_string_equal(err.text, says);
    free(word);
}

// ---- random numbers --------------------------------------------------------------------------------------
static void the_first_numbers_stay_what_they_were(void **state)
{
    (void)state;
    static const uint64_t golden[] = {
        0x899509ABA6B27438u,
        0x409FCE86CEF1FB3Bu,
        0xFBE2B4875E539387u,
        0x1A5AF67AB29C877Du,
    };
    Rng rng = rng_make(1, rng_stream("weight_hh_l0"));
    for (size_t i = 0; i < COUNT(golden); i++) {
        uint64_t number = rng_next(&rng);
        if (number != golden[i])
            fail_msg("number %zu is 0x%016llXu", i, (unsigned long long)number);
    }
}

static void a_number_depends_on_its_place_alone(void **state)
{
    (void)state;
    Rng walked = rng_make(7, 3), placed = rng_make(7, 3);
    for (int i = 0; i < 1000; i++)
        rng_next(&walked);
    placed.counter = 1000;
    assert_true(rng_next(&walked) == rng_next(&placed));
}

static void uniform_numbers_fill_the_unit_interval_evenly(void **state)
{
    (void)state;
    enum { DRAWN = 200000, BOXES = 20 };
    int box[BOXES] = {0};
    Rng rng = rng_make(5, 0);
    for (int i = 0; i < DRAWN; i++) {
        double u = rng_uniform(&rng);
        assert_true(u >= 0 && u < 1);
        box[(int)(u * BOXES)]++;
    }
    for (int i = 0; i < BOXES; i++) // 5 standard deviations
        assert_true(abs(box[i] - DRAWN / BOXES) < 5 * 98);
}

static void whole_numbers_below_n_are_equally_likely(void **state)
{
    (void)state;
    int seen[6] = {0};
    Rng rng = rng_make(6, 0);
    for (int i = 0; i < 60000; i++)
        seen[rng_below(&rng, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_true(abs(seen[i] - 10000) < 5 * 92);
    assert_int_equal(rng_below(&rng, 1), 0);
    assert_in_range(rng_below(&rng, INT_MAX), 0, INT_MAX - 1);
}

static void normal_numbers_have_the_moments_of_a_normal(void **state)
{
    (void)state;
    enum { DRAWN = 200000 };
    double sum[5] = {0};
    Rng rng = rng_make(8, 0);
    for (int i = 0; i < DRAWN; i++) {
        double x = rng_normal(&rng), power = 1;
        for (int k = 0; k < 5; k++, power *= x)
            sum[k] += power / DRAWN;
    }
    assert_true(fabs(sum[1]) < 0.012 && fabs(sum[2] - 1) < 0.016);
    assert_true(fabs(sum[3]) < 0.045 && fabs(sum[4] - 3) < 0.11);
}

// Neighbouring seeds and streams are what is used; their numbers must not go together.
static void streams_and_seeds_are_independent(void **state)
{
    (void)state;
    enum { DRAWN = 100000 };
    for (uint64_t other = 1; other < 20; other++) {
        Rng a = rng_make(1, 0), b = rng_make(1, other), c = rng_make(1 + other, 0);
        double ab = 0, ac = 0, bc = 0;
        for (int i = 0; i < DRAWN; i++) {
            double x = rng_uniform(&a) - 0.5, y = rng_uniform(&b) - 0.5, z = rng_uniform(&c) - 0.5;
            ab += x * y;
            ac += x * z;
            bc += y * z;
        }
        double limit = 5 * sqrt(DRAWN) / 12; // 5 standard deviations
        assert_true(fabs(ab) < limit && fabs(ac) < limit && fabs(bc) < limit);
    }
    assert_true(rng_stream("weight_ih_l0") != rng_stream("weight_hh_l0"));
}

// ---- files -----------------------------------------------------------------------------------------------
static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static char large[100000];
    Rng rng = rng_make(9, 0);
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)rng_below(&rng, 256);
    static const size_t sizes[] = {sizeof large, 0, 1, 4096};
    const char *path = BINARY_DIR "/test_base.bin";
    Arena arena = arena_make(1 << 16);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Err err;
        char *text;
        size_t size;
        assert_true(file_write(path, large, sizes[i], &err)); // replaces the one before
        assert_true(file_read(path, &arena, &text, &size, &err));
        assert_int_equal(size, sizes[i]);
        assert_memory_equal(text, large, size);
        assert_int_equal(text[size], 0);
    }
    arena_free(&arena);
    remove(path);
}

static void unreadable_files_say_why(void **state)
{
    (void)state;
    Arena arena = arena_make(64);
    Err err;
    char *text;
    size_t size;
    assert_false(file_read("no/such.md", &arena, &text, &size, &err));
    assert_string_equal(err.text, "cannot read \"no/such.md\": no such file");
    assert_false(file_read("/", &arena, &text, &size, &err));
    assert_string_equal(err.text, "cannot read \"/\": it is a folder");
    assert_false(file_read("/dev/zero", &arena, &text, &size, &err));
    assert_string_equal(err.text, "cannot read \"/dev/zero\": it is larger than 64 MiB");
    assert_true(file_write(BINARY_DIR "/marked.md", "\xEF\xBB\xBF# T\n", 7, &err));
    assert_true(file_read(BINARY_DIR "/marked.md", &arena, &text, &size, &err)); // the byte order mark is no text
    assert_string_equal(text, "# T\n");
    assert_int_equal(size, 4);
    assert_true(file_read("/dev/null", &arena, &text, &size, &err));
    assert_string_equal(text, "");
    arena_free(&arena);
}

static void unwritable_files_say_why_and_leave_nothing(void **state)
{
    (void)state;
    const char *folder = BINARY_DIR "/test_base.folder";
    Err err;
    char says[sizeof err.text], name[5000];
    assert_false(file_write("no/such.png", "x", 1, &err));
    assert_string_equal(err.text, "cannot write \"no/such.png\": no such folder");
    mkdir(folder, 0777);
    assert_false(file_write(folder, "x", 1, &err));
    snprintf(says, sizeof says, "cannot write \"%s\": it is a folder", folder);
    assert_string_equal(err.text, says);
    assert_int_equal(remove(folder), 0);
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = 0;
    assert_false(file_write(name, "x", 1, &err));
    assert_non_null(strstr(err.text, "the name is too long"));
    assert_true(file_write("/dev/null", "x", 1, &err)); // and it is still a device:
    assert_true(file_write("/dev/null", "x", 1, &err));
}

static void text_that_is_none_is_found_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        const char *says; // NULL: it is text
    } cases[] = {
        {"", 0, NULL},
        {"h₀ → ‖∂L/∂h‖ \U0001F642\n", 29, NULL},
        {"ab\nc\0d", 6, "f:2:2: this is no text: a byte of value 0"},
        {"h₀\xff", 5, "f:1:3: this is no text: broken UTF-8"},
        {"\xc0\xaf", 2, "f:1:1: this is no text: broken UTF-8"},             // too long a form
        {"\xed\xa0\x80", 3, "f:1:1: this is no text: broken UTF-8"},         // a surrogate
        {"\xf4\x90\x80\x80", 4, "f:1:1: this is no text: broken UTF-8"},     // beyond U+10FFFF
        {"\n\xe2\x82", 3, "f:2:1: this is no text: broken UTF-8"},           // cut
        {"\xf0\x9f\x99\x82\x80", 5, "f:1:2: this is no text: broken UTF-8"}, // one byte more
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Err err = {""};
        assert_int_equal(file_is_text("f", cases[i].text, cases[i].size, &err), !cases[i].says);
        assert_string_equal(err.text, cases[i].says ? cases[i].says : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_reset_arena_hands_out_the_same_memory),
        cmocka_unit_test(printed_text_is_as_long_as_it_needs),
        cmocka_unit_test(messages_can_hold_the_message_before),
        cmocka_unit_test(a_message_is_never_cut_within_a_character),
        cmocka_unit_test(a_huge_word_in_a_message_is_shortened),
        cmocka_unit_test(the_first_numbers_stay_what_they_were),
        cmocka_unit_test(a_number_depends_on_its_place_alone),
        cmocka_unit_test(uniform_numbers_fill_the_unit_interval_evenly),
        cmocka_unit_test(whole_numbers_below_n_are_equally_likely),
        cmocka_unit_test(normal_numbers_have_the_moments_of_a_normal),
        cmocka_unit_test(streams_and_seeds_are_independent),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(unreadable_files_say_why),
        cmocka_unit_test(unwritable_files_say_why_and_leave_nothing),
        cmocka_unit_test(text_that_is_none_is_found_at_its_place),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
