// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>

#include "null_platform.h"
#include "paint/paint.h"

// Four pictures of the whole screen, as exact hashes of their pixels: the same at every optimisation level and with
// every compiler. After a change that is meant to be seen, look at the picture that the test leaves, then copy its
// hash.
static const struct {
    const char *name, *lines;
    int width, height;
    double scale;
    uint64_t hash;
} cases[] = {
    {"rnn_backward", "train 59; step 17", 1440, 900, 1, 0x52fb23c786f77da5},
    {"lstm_forward_dark", "theme dark; set cell lstm; train 40; op 100", 1440, 900, 1, 0x0cd3c3f59baada0a},
    {"gru_small_at_2", "set cell gru; set T 30; train 20; step 45", 1024, 700, 2, 0x4ce2baa2daa1039d},
    {"rnn_exploded",
     "set activation linear; set gain 2; set clip off; set optimizer sgd; set learning_rate 1; train 50", 1280, 800,
     1.25, 0x303d66adcd1bff8a},
};

static Picture picture_of(Fonts *fonts, const char *lines, int width, int height, double scale)
{
    static NullWorld world;
    App app;
    DrawList list;
    null_start(&app, &world, fonts);
    null_say(&app, lines);
    app_draw(&app, width, height, -1, &list);
    Picture picture = picture_make((int)(width * scale), (int)(height * scale));
    Painter *painter = painter_make(fonts);
    paint(painter, &list, app_theme(&app), scale, &picture);
    painter_free(painter);
    app_free(&app);
    return picture;
}

static void four_screens_are_exact(void **state)
{
    Fonts *fonts = *state;
    int differing = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Picture picture = picture_of(fonts, cases[i].lines, cases[i].width, cases[i].height, cases[i].scale);
        uint64_t hash = picture_hash(&picture);
        if (hash != cases[i].hash) {
            char path[512];
            Err err;
            snprintf(path, sizeof path, "%s/differs_%s.png", BINARY_DIR, cases[i].name);
            picture_save_png(&picture, NULL, path, &err);
            print_error("%s: 0x%016llx, see %s\n", cases[i].name, (unsigned long long)hash, path);
            differing++;
        }
        picture_free(&picture);
    }
    assert_int_equal(differing, 0);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_screens_are_exact)};
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
