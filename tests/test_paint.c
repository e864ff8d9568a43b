// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

#include "base/file.h"
#include "paint/paint.h"

typedef struct {
    Fonts *fonts;
    Arena arena;
    Painter *painter;
} Desk;

static int set_up(void **state)
{
    static Desk desk;
    Err err;
    desk = (Desk){.fonts = fonts_open(&err), .arena = arena_make(1 << 20)};
    desk.painter = desk.fonts ? painter_make(desk.fonts) : NULL;
    *state = &desk;
    return desk.painter ? 0 : -1;
}

static int tear_down(void **state)
{
    Desk *desk = *state;
    painter_free(desk->painter);
    fonts_close(desk->fonts);
    arena_free(&desk->arena);
    return 0;
}

static DrawList new_list(Desk *desk)
{
    arena_reset(&desk->arena);
    return draw_begin(&desk->arena, desk->fonts);
}

static Picture painted(Desk *desk, const DrawList *list, double scale, int width, int height)
{
    Picture picture = picture_make(width, height);
    paint(desk->painter, list, &theme_light, scale, &picture);
    return picture;
}

static uint32_t pixel(const Picture *picture, int x, int y)
{
    return picture->pixel[y * picture->pitch + x];
}

static uint32_t ink(Ink which)
{
    return theme_ink(&theme_light, which);
}

// How many pixels of a rectangle are not the page's.
static int inked(const Picture *picture, int x0, int y0, int x1, int y1)
{
    int count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            count += pixel(picture, x, y) != ink(INK_PAGE);
    return count;
}

// ---- exact pictures ---------------------------------------------------------------
static const double values[12] = {0, 0.5, -1, 1, NAN, 0.12345, -0.3, 0.7, -0.9, 2, 0.05, -0.05};

static void draw_lines(DrawList *out)
{
    static const Point wave[6] = {{10, 40}, {20, 30}, {30, 45}, {40, 28}, {50, 41}, {60.5f, 35}};
    draw_line(out, INK_TEXT, 10, 10, 60, 10, 1);
    draw_line(out, INK_TEXT, 10, 14, 60, 24, 1.5f);
    draw_dashes(out, INK_CLIP, 64, 10, 64, 60, 1, 3);
    draw_dashes(out, INK_CLIP, 68, 10, 74, 60, 1, 3);
    draw_polyline(out, INK_RUN_RNN, wave, 6, 1.5f);
    draw_curve(out, INK_FORWARD, wave + 1, 2);
    draw_polygon(out, INK_RUN_GRU, wave, 3);
    draw_arrow(out, INK_FORWARD, 10, 55, 40, 55, 1);
    draw_arrow(out, INK_BACKWARD, 58, 62, 14, 66, 4);
}

static void draw_areas(DrawList *out)
{
    draw_rect(out, INK_HERE, (Rect){80, 4, 30.3f, 20.7f}, 4);
    draw_frame(out, INK_NODE_FRAME, (Rect){80, 4, 30.3f, 20.7f}, 4, 1.4f);
    draw_circle(out, INK_NODE, 95, 40, 9.5f);
    draw_ring(out, INK_NODE_FRAME, 95, 40, 9.5f, 1.5f);
    draw_grid(out, (Rect){80, 56, 40, 24}, (Grid){values, 3, 4, 4, 1, RAMP_SIGNED, 1});
    draw_grid(out, (Rect){124, 56, 3, 24}, (Grid){values, 1, 12, 12, 1, RAMP_UNIT, 1});
}

static void draw_everything(DrawList *out)
{
    draw_lines(out);
    draw_areas(out);
    draw_text(out, INK_TEXT, TYPE_BODY, 120, 16, ALIGN_LEFT, "AV 0.0833 ‖");
    draw_text(out, INK_SOFT, TYPE_SECTION, 160, 32, ALIGN_CENTRE, "NETWORK");
    uint8_t before = draw_fade(out, 0.5f);
    draw_text(out, INK_BACKWARD, TYPE_BRAND, 200, 52, ALIGN_RIGHT, "unroll");
    out->alpha = before;
    draw_formula(out, INK_FORWARD, 16, 140, 74, ALIGN_LEFT, "x");
    draw_clip(out, (Rect){160, 60, 20, 10});
    draw_rect(out, INK_ACTIVE, (Rect){150, 50, 100, 100}, 0);
    draw_unclip(out);
    draw_hot(out, (Hot){.area = {0, 0, 10, 10}});
    draw_layer(out, "close");
}

static void pictures_are_exact_at_every_scale(void **state)
{
    Desk *desk = *state;
    static const struct {
        double scale;
        uint64_t hash;
    } cases[] = {{1, 0x78c7f581a2a518cb}, {1.25, 0x5a6cb6dcd3e685c5}, {2, 0x1441ad6156b8eadf}};
    int differing = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DrawList list = new_list(desk);
        draw_everything(&list);
        double scale = cases[i].scale;
        Picture picture = painted(desk, &list, scale, (int)(208 * scale), (int)(84 * scale));
        uint64_t hash = picture_hash(&picture);
        Err err;
        if (hash != cases[i].hash) {
            char path[] = BINARY_DIR "/paint_differs_0.png";
            path[strlen(path) - 5] = (char)('0' + i);
            picture_save_png(&picture, NULL, path, &err);
            printf("at scale %g: 0x%016llx, see %s\n", scale, (unsigned long long)hash, path);
            differing++;
        }
        picture_free(&picture);
    }
    assert_int_equal(differing, 0);
}

static void painting_again_gives_the_same(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    draw_everything(&list);
    Picture once = painted(desk, &list, 1.5, 320, 130), again = painted(desk, &list, 1.5, 320, 130);
    assert_true(picture_hash(&once) == picture_hash(&again));
    picture_free(&once);
    picture_free(&again);
}

// ---- crispness ----------------------------------------------------------------------
static void a_hairline_is_one_whole_pixel(void **state)
{
    Desk *desk = *state;
    for (float y = 5; y < 6; y += 0.13f) {
        DrawList list = new_list(desk);
        draw_line(&list, INK_TEXT, 2, y, 18, y, 1);
        Picture picture = painted(desk, &list, 1, 20, 12);
        int full = 0;
        for (int row = 0; row < 12; row++)
            full += pixel(&picture, 10, row) == ink(INK_TEXT);
        assert_int_equal(full, 1);
        assert_int_equal(inked(&picture, 10, 0, 11, 12), 1);
        picture_free(&picture);
    }
}

static void painting_stays_inside_the_clip(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    draw_clip(&list, (Rect){20, 20, 40, 30});
    draw_clip(&list, (Rect){0, 0, 50, 100});
    draw_everything(&list);
    draw_rect(&list, INK_TEXT, (Rect){-50, -50, 500, 500}, 9);
    draw_unclip(&list);
    draw_unclip(&list);
    Picture picture = painted(desk, &list, 1, 100, 80);
    assert_int_equal(inked(&picture, 20, 20, 50, 50), 30 * 30);
    assert_int_equal(inked(&picture, 0, 0, 100, 80), 30 * 30);
    picture_free(&picture);
}

static void shapes_beyond_the_picture_harm_nothing(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    for (float far = 10; far < 1e9f; far *= 10) {
        draw_line(&list, INK_TEXT, -far, -far, far, 2 * far, 3);
        draw_line(&list, INK_TEXT, -far, 5, far, 5, 3);
        draw_circle(&list, INK_TEXT, far, far, far);
        draw_arrow(&list, INK_TEXT, far, 0, -far, far / 2, 4);
        draw_frame(&list, INK_TEXT, (Rect){-far, -far, 2 * far, 2 * far}, 8, 2);
        draw_text(&list, INK_TEXT, TYPE_BODY, far, -far, ALIGN_CENTRE, "far");
    }
    Picture picture = painted(desk, &list, 2, 50, 50);
    assert_true(inked(&picture, 0, 0, 50, 50) > 0);
    picture_free(&picture);
}

static void a_dense_grid_shows_the_largest_magnitude(void **state)
{
    Desk *desk = *state;
    static double many[1000];
    memset(many, 0, sizeof many);
    many[555] = -1;
    DrawList list = new_list(desk);
    draw_grid(&list, (Rect){0, 0, 10, 4}, (Grid){many, 1, 1000, 1000, 1, RAMP_SIGNED, 2});
    Picture picture = painted(desk, &list, 1, 10, 4);
    for (int x = 0; x < 10; x++)
        assert_int_equal(pixel(&picture, x, 2), theme_ramp(&theme_light, RAMP_SIGNED, x == 5 ? -1 : 0));
    picture_free(&picture);
}

static void a_faded_shape_is_half_way(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    draw_rect(&list, INK_TEXT, (Rect){0, 0, 10, 10}, 0);
    draw_fade(&list, 0.5f);
    draw_rect(&list, INK_CARD, (Rect){0, 0, 10, 10}, 0);
    Picture picture = painted(desk, &list, 1, 10, 10);
    int grey = (int)(pixel(&picture, 5, 5) & 0xFF), from = (int)(ink(INK_TEXT) & 0xFF),
        to = (int)(ink(INK_CARD) & 0xFF);
    assert_in_range(grey, (from + to) / 2 - 1, (from + to) / 2 + 1);
    picture_free(&picture);
}

static void a_long_faded_curve_shows_no_joints(void **state)
{
    Desk *desk = *state;
    static Point line[200];
    for (int i = 0; i < 200; i++)
        line[i] = (Point){5 + (float)i * 0.9f, 10};
    DrawList list = new_list(desk);
    draw_fade(&list, 0.5f);
    draw_polyline(&list, INK_TEXT, line, 200, 4);
    Picture picture = painted(desk, &list, 1, 200, 20);
    for (int x = 6; x < 184; x++)
        assert_int_equal(pixel(&picture, x, 10), pixel(&picture, 6, 10));
    assert_true(pixel(&picture, 6, 10) != ink(INK_PAGE));
    picture_free(&picture);
}

// ---- files -------------------------------------------------------------------------------
static void a_png_is_saved(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    Picture picture = painted(desk, &list, 1, 12, 7);
    Err err;
    char *bytes;
    size_t size;
    assert_true(picture_save_png(&picture, NULL, BINARY_DIR "/saved.png", &err));
    picture_free(&picture);
    assert_true(file_read(BINARY_DIR "/saved.png", &desk->arena, &bytes, &size, &err));
    assert_true(size > 33);
    assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(bytes + 16, "\0\0\0\x0c\0\0\0\x07", 8);
}

// Read by libpng itself, which stops at a chunk whose check is wrong.
static void a_png_keeps_what_it_shows_in_words(void **state)
{
    Desk *desk = *state;
    const Caption caption = {"a title", "h = σ(z) · H 8", "reset; train 3"};
    DrawList list = new_list(desk);
    Picture picture = painted(desk, &list, 1, 12, 7);
    Err err;
    png_textp text;
    assert_true(picture_save_png(&picture, &caption, BINARY_DIR "/captioned.png", &err));
    picture_free(&picture);
    FILE *file = fopen(BINARY_DIR "/captioned.png", "rb");
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    assert_int_equal(png_get_image_width(png, info), 12);
    assert_int_equal(png_get_text(png, info, &text, NULL), 3);
    assert_string_equal(text[0].key, "Title");
    assert_string_equal(text[0].text, caption.title);
    assert_string_equal(text[1].key, "Description");
    assert_string_equal(text[1].text, caption.description);
    assert_string_equal(text[2].key, "Comment");
    assert_string_equal(text[2].text, caption.comment);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
}

static void a_place_that_cannot_be_written_is_refused(void **state)
{
    Desk *desk = *state;
    DrawList list = new_list(desk);
    Picture picture = painted(desk, &list, 1, 4, 4);
    Err err;
    assert_false(picture_save_png(&picture, NULL, "/nowhere/at/all.png", &err));
    assert_non_null(strstr(err.text, "/nowhere/at/all.png"));
    assert_false(svg_save(&list, &theme_light, desk->fonts, 4, 4, "/nowhere/at/all.svg", &err));
    assert_non_null(strstr(err.text, "/nowhere/at/all.svg"));
    picture_free(&picture);
}

static void an_svg_has_every_shape_as_an_element(void **state)
{
    Desk *desk = *state;
    static const char *const parts[] = {
        "<svg xmlns=",
        "<title>a &lt; title</title>\n<desc>what it shows</desc>\n<metadata>train 1</metadata>\n<rect",
        "<line x1=\"10\" y1=\"10\" x2=\"60\" y2=\"10\" fill=\"none\" stroke-width=\"1\" stroke=\"#1e2227\"/>",
        "stroke-dasharray=\"3\"",
        "<polyline ",
        "<path d=\"M20 30C30 45",
        "<polygon ",
        "<circle cx=\"95\" cy=\"40\" r=\"9.5\" fill=\"#ffffff\"/>",
        "<circle cx=\"95\" cy=\"40\" r=\"8.75\" fill=\"none\" stroke-width=\"1.5\"",
        "font-weight=\"700\" fill=\"#d55e00\" fill-opacity=\"0.502\">unroll</text>",
        "text-anchor=\"middle\"",
        "font-style=\"italic\" fill=\"#0072b2\">x</text>",
        "<g clip-path=\"url(#clip1)\">",
        "a &lt; b &amp; c",
        "</svg>\n",
    };
    Err err;
    char *text;
    size_t size;
    DrawList list = new_list(desk);
    draw_everything(&list);
    draw_text(&list, INK_TEXT, TYPE_BODY, 0, 0, ALIGN_LEFT, "a < b & c");
    list.caption = (Caption){"a < title", "what it shows", "train 1"};
    assert_true(svg_save(&list, &theme_light, desk->fonts, 208, 84, BINARY_DIR "/saved.svg", &err));
    assert_true(file_read(BINARY_DIR "/saved.svg", &desk->arena, &text, &size, &err));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(text, parts[i]))
            fail_msg("the SVG lacks %s", parts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_exact_at_every_scale),
        cmocka_unit_test(painting_again_gives_the_same),
        cmocka_unit_test(a_hairline_is_one_whole_pixel),
        cmocka_unit_test(painting_stays_inside_the_clip),
        cmocka_unit_test(shapes_beyond_the_picture_harm_nothing),
        cmocka_unit_test(a_dense_grid_shows_the_largest_magnitude),
        cmocka_unit_test(a_faded_shape_is_half_way),
        cmocka_unit_test(a_long_faded_curve_shows_no_joints),
        cmocka_unit_test(a_png_is_saved),
        cmocka_unit_test(a_png_keeps_what_it_shows_in_words),
        cmocka_unit_test(a_place_that_cannot_be_written_is_refused),
        cmocka_unit_test(an_svg_has_every_shape_as_an_element),
    };
    return cmocka_run_group_tests_name("paint", tests, set_up, tear_down);
}
