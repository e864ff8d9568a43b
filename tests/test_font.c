// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "font/font.h"

static int open_fonts(void **state)
{
    Err err;
    *state = fonts_open(&err);
    return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
    fonts_close(*state);
    return 0;
}

static const char sample[] = "Recall AV To 0.0833 → ∂L/∂h";

static void widths_grow_with_the_size_alone(void **state)
{
    Fonts *fonts = *state;
    for (Face face = 0; face < FACES; face++) {
        double at_1 = font_width(fonts, face, 1, sample);
        assert_true(at_1 > 5);
        for (double size = 7.5; size < 100; size *= 1.3)
            assert_true(fabs(font_width(fonts, face, size, sample) - at_1 * size) < 1e-9 * size);
    }
}

static void all_digits_are_equally_wide(void **state)
{
    Fonts *fonts = *state;
    for (Face face = 0; face < FACES; face++)
        assert_true(font_width(fonts, face, 13, "1111111") == font_width(fonts, face, 13, "0472839"));
}

static void neighbours_are_kerned(void **state)
{
    Fonts *fonts = *state;
    double together = font_width(fonts, FACE_WORDS, 100, "AV");
    double apart = font_width(fonts, FACE_WORDS, 100, "A") + font_width(fonts, FACE_WORDS, 100, "V");
    assert_true(together < apart - 3);
    assert_true(together > apart - 15);
}

// ---- pixels ----------------------------------------------------------------------
typedef struct {
    int count, left, right, top, bottom;
    long ink; // sum of coverage
} Extent;

static void take(void *context, const FontPiece *piece)
{
    Extent *e = context;
    for (int row = 0; row < piece->h; row++)
        for (int column = 0; column < piece->w; column++)
            e->ink += piece->coverage[row * piece->pitch + column];
    e->left = e->count && e->left < piece->x ? e->left : piece->x;
    e->top = e->count && e->top < piece->y ? e->top : piece->y;
    e->right = e->count && e->right > piece->x + piece->w ? e->right : piece->x + piece->w;
    e->bottom = e->count && e->bottom > piece->y + piece->h ? e->bottom : piece->y + piece->h;
    e->count++;
}

static Extent extent_of(Fonts *fonts, Face face, double size, double fraction, const char *text)
{
    Extent extent = {0};
    font_pieces(fonts, face, size, fraction, text, take, &extent);
    return extent;
}

static void pixels_lie_where_the_measure_has_them(void **state)
{
    Fonts *fonts = *state;
    for (double size = 9; size < 60; size *= 1.17) {
        Extent e = extent_of(fonts, FACE_WORDS, size, 0, "|Recall the first 0.0833 symbol|");
        double width = font_width(fonts, FACE_WORDS, size, "|Recall the first 0.0833 symbol|");
        double side = font_width(fonts, FACE_WORDS, size, "|") / 2;
        assert_true(fabs((e.left + e.right) / 2.0 - width / 2) <= 1);
        assert_true(fabs(e.right - (width - side)) <= 1 + size / 10);
    }
}

static void letters_stand_on_the_baseline(void **state)
{
    Fonts *fonts = *state;
    Extent tall = extent_of(fonts, FACE_WORDS, 40, 0, "lH"), low = extent_of(fonts, FACE_WORDS, 40, 0, "x");
    assert_int_equal(tall.bottom, 0);
    assert_true(fabs(-tall.top - font_ascent(fonts, FACE_WORDS, 40)) <= 1);
    assert_true(fabs(-low.top - font_x_height(fonts, FACE_WORDS, 40)) <= 1);
}

static void a_sign_that_a_face_lacks_is_lent(void **state)
{
    Fonts *fonts = *state;
    assert_true(font_width(fonts, FACE_WORDS, 13, "‖") > 0);
    assert_true(extent_of(fonts, FACE_WORDS, 13, 0, "‖").ink !=
                extent_of(fonts, FACE_WORDS, 13, 0, "\xEF\xBF\xBF").ink);
    assert_true(extent_of(fonts, FACE_MATH_ITALIC, 13, 0, "▾").ink > 0);
}

static void broken_utf8_is_shown_as_a_sign(void **state)
{
    Fonts *fonts = *state;
    static const char *const texts[] = {"\xff", "a\xC3", "\xE2\x80", "\xF0\x9F", "\x80\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(extent_of(fonts, FACE_WORDS, 13, 0, texts[i]).ink > 0);
}

static void a_full_cache_starts_anew(void **state)
{
    Fonts *fonts = *state;
    long first = extent_of(fonts, FACE_BOLD, 20, 0.3, sample).ink;
    for (double size = 20; size < 400; size += 1)
        extent_of(fonts, FACE_BOLD, size, 0.3, sample);
    assert_int_equal(extent_of(fonts, FACE_BOLD, 20, 0.3, sample).ink, first);
}

// ---- opening -------------------------------------------------------------------------
static void a_missing_font_is_named_with_its_package(void **state)
{
    (void)state;
    Err err;
    setenv("UNROLL_FONTS", SOURCE_DIR "/tests", 1);
    assert_null(fonts_open(&err));
    unsetenv("UNROLL_FONTS");
    assert_string_equal(err.text, "the font Inter-Regular.otf is missing (looked in " SOURCE_DIR
                                  "/tests): install the package fonts-inter");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_grow_with_the_size_alone),
        cmocka_unit_test(all_digits_are_equally_wide),
        cmocka_unit_test(neighbours_are_kerned),
        cmocka_unit_test(pixels_lie_where_the_measure_has_them),
        cmocka_unit_test(letters_stand_on_the_baseline),
        cmocka_unit_test(a_sign_that_a_face_lacks_is_lent),
        cmocka_unit_test(broken_utf8_is_shown_as_a_sign),
        cmocka_unit_test(a_full_cache_starts_anew),
        cmocka_unit_test(a_missing_font_is_named_with_its_package),
    };
    return cmocka_run_group_tests_name("font", tests, open_fonts, close_fonts);
}
