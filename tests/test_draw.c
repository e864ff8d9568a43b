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

#include "ui/draw.h"

typedef struct {
    Fonts *fonts;
    Arena arena;
} Desk;

static int set_up(void **state)
{
    static Desk desk;
    Err err;
    desk = (Desk){fonts_open(&err), arena_make(1 << 20)};
    *state = &desk;
    return desk.fonts ? 0 : -1;
}

static int tear_down(void **state)
{
    Desk *desk = *state;
    fonts_close(desk->fonts);
    arena_free(&desk->arena);
    return 0;
}

static DrawList new_list(void **state)
{
    Desk *desk = *state;
    return draw_begin(&desk->arena, desk->fonts);
}

// ---- the dump ----------------------------------------------------------------------
static const double values[6] = {0, 0.5, -1, 1, NAN, 0.12345};
static const Point points[4] = {{1, 2}, {3, 4.5f}, {5, 6}, {7.25f, 8}};

static void draw_one_of_each(DrawList *out)
{
    draw_rect(out, INK_HERE, (Rect){16, 196, 480, 18}, 3);
    draw_frame(out, INK_NODE_FRAME, (Rect){0.5f, -1.25f, 10, 10}, 0, 1.5f);
    draw_line(out, INK_TEXT, 0, 0, 10, 20, 1);
    draw_dashes(out, INK_CLIP, 0, 0, 10, 0, 1, 4);
    draw_polyline(out, INK_RUN_RNN, points, 3, 1.5f);
    draw_curve(out, INK_FORWARD, points, 2);
    uint8_t before = draw_fade(out, 0.5f);
    draw_arrow(out, INK_BACKWARD, 10, 10, 40, 10, 3);
    out->alpha = before;
    draw_polygon(out, INK_SOFT, points, 3);
    draw_circle(out, INK_NODE, 50, 60, 15);
    draw_ring(out, INK_NODE_FRAME, 50, 60, 15, 2);
    draw_text(out, INK_SOFT, TYPE_BODY, 24, 196, ALIGN_LEFT, "o = sigmoid");
    draw_textf(out, INK_TEXT, TYPE_STRONG, 24, 196, ALIGN_RIGHT, "%d of %s", 3, "12");
    draw_formula(out, INK_BACKWARD, 18, 24, 220, ALIGN_CENTRE, "\\partial L");
    draw_grid(out, (Rect){0, 0, 30, 20}, (Grid){values, 2, 3, 3, 1, RAMP_SIGNED, 2});
    draw_clip(out, (Rect){0, 0, 100, 100});
    draw_unclip(out);
    draw_layer(out, "menu close");
    draw_hot(out, (Hot){.area = {1, 2, 3, 4},
                        .press = "seek 5 29",
                        .drag = "set gain %s",
                        .high = 4,
                        .logarithmic = true,
                        .tip = "the gain"});
}

static void the_dump_has_a_line_for_each_shape(void **state)
{
    DrawList list = new_list(state);
    draw_one_of_each(&list);
    assert_string_equal(draw_dump(&list, list.arena),
                        "rect here 16 196 480 18 r 3\n"
                        "frame node_frame 0.5 -1.25 10 10 width 1.5\n"
                        "line text 0 0 10 20 width 1\n"
                        "line clip 0 0 10 0 width 1 dash 4\n"
                        "polyline run_rnn 1 2 3 4.5 5 6 width 1.5\n"
                        "curve forward 1 2 3 4.5 5 6 7.25 8 width 2\n"
                        "arrow backward 10 10 40 10 width 3 alpha 128\n"
                        "polygon soft 1 2 3 4.5 5 6\n"
                        "circle node 50 60 r 15\n"
                        "ring node_frame 50 60 r 15 width 2\n"
                        "text soft 24 196 l 13 \"o = sigmoid\"\n"
                        "text text 24 196 r 13 semibold \"3 of 12\"\n"
                        "formula backward 24 220 c 18 \"\\partial L\"\n"
                        "grid 0 0 30 20 2×3 signed gap 2: 0 0.5 -1 | 1 nan 0.123\n"
                        "clip 0 0 100 100\n"
                        "unclip\n"
                        "layer \"menu close\"\n"
                        "hot 1 2 3 4 press \"seek 5 29\" drag \"set gain %s\" 0…4 log tip "
                        "\"the gain\"\n");
}

static void one_of_each_is_each(void **state)
{
    DrawList list = new_list(state);
    bool seen[SHAPES] = {false};
    draw_one_of_each(&list);
    for (int i = 0; i < list.count; i++)
        seen[list.shapes[i].kind] = true;
    for (int kind = 0; kind < SHAPES; kind++)
        assert_true(seen[kind]);
}

static void a_large_grid_is_dumped_as_a_hash_of_its_values(void **state)
{
    static double many[100];
    char before[200];
    for (int i = 0; i < 2; i++) {
        DrawList list = new_list(state);
        many[99] = i;
        draw_grid(&list, (Rect){0, 0, 9, 9}, (Grid){many, 10, 10, 10, 1, RAMP_UNIT, 0});
        const char *dump = draw_dump(&list, list.arena);
        assert_non_null(strstr(dump, "10×10 unit gap 0: hash "));
        assert_true(i == 0 || strcmp(before, dump) != 0);
        strcpy(before, dump);
    }
}

// ---- the list ------------------------------------------------------------------------
static void neighbours_stay_neighbours(void **state)
{
    DrawList list = new_list(state);
    for (int i = 0; i < 300; i++)
        draw_rect(&list, INK_CARD, (Rect){(float)i * 0.1f, 0, 0.1f, 1}, 0);
    for (int i = 1; i < 300; i++)
        assert_true(labs((long)list.shapes[i].x - list.shapes[i - 1].x - list.shapes[i - 1].w) <= 1);
}

static void long_polylines_are_cut_and_meet(void **state)
{
    static Point line[2500];
    for (int i = 0; i < 2500; i++)
        line[i] = (Point){(float)i, 0};
    DrawList list = new_list(state);
    draw_polyline(&list, INK_TEXT, line, 2500, 1);
    assert_int_equal(list.count, 3);
    for (int i = 1; i < list.count; i++) {
        const Shape *before = &list.shapes[i - 1], *shape = &list.shapes[i];
        assert_true(before->point_count <= 1000);
        assert_int_equal(before->points[2 * before->point_count - 2], shape->points[0]);
    }
    assert_int_equal(list.shapes[2].points[2 * list.shapes[2].point_count - 2], 2499 * 64);
}

static void a_cut_text_fits_and_is_whole_letters(void **state)
{
    DrawList list = new_list(state);
    const char *text = "ŷ σ Φ ‖∂L/∂h‖ and so on";
    assert_ptr_equal(draw_cut(&list, TYPE_BODY, text, 1000), text);
    for (float width = 20; width < 140; width += 7) {
        const char *cut = draw_cut(&list, TYPE_BODY, text, width);
        size_t kept = strlen(cut) - strlen("…");
        assert_string_equal(cut + kept, "…");
        assert_memory_equal(cut, text, kept);
        assert_true(((unsigned char)text[kept] & 0xC0) != 0x80);
        assert_true(draw_width(&list, TYPE_BODY, cut) <= width);
    }
}

// ---- what is under the pointer ------------------------------------------------------------
static const char *pressed_at(const DrawList *list, float x, float y)
{
    const Hot *hot = draw_hot_at(list, x, y);
    return hot ? hot->press : "nothing";
}

static void the_topmost_is_pressed(void **state)
{
    DrawList list = new_list(state);
    draw_hot(&list, (Hot){.area = {0, 0, 100, 100}, .press = "below"});
    draw_hot(&list, (Hot){.area = {50, 50, 10, 10}, .press = "above"});
    assert_string_equal(pressed_at(&list, 55, 55), "above");
    assert_string_equal(pressed_at(&list, 60, 55), "below");
    assert_string_equal(pressed_at(&list, 100, 55), "nothing");
}

static void what_is_clipped_away_is_not_pressed(void **state)
{
    DrawList list = new_list(state);
    draw_clip(&list, (Rect){0, 0, 50, 50});
    draw_hot(&list, (Hot){.area = {0, 0, 100, 100}, .press = "half"});
    draw_unclip(&list);
    assert_string_equal(pressed_at(&list, 49, 49), "half");
    assert_string_equal(pressed_at(&list, 51, 49), "nothing");
}

static void outside_a_layer_a_press_closes_it(void **state)
{
    DrawList list = new_list(state);
    draw_hot(&list, (Hot){.area = {0, 0, 100, 100}, .press = "below"});
    draw_layer(&list, "close");
    draw_hot(&list, (Hot){.area = {10, 10, 10, 10}, .press = "item"});
    assert_string_equal(pressed_at(&list, 15, 15), "item");
    assert_string_equal(pressed_at(&list, 50, 50), "close");
}

// ---- themes -------------------------------------------------------------------------------
static void every_ink_has_a_name_and_a_colour(void **state)
{
    (void)state;
    for (Ink ink = 0; ink < INKS; ink++) {
        assert_non_null(ink_name(ink));
        assert_true(theme_ink(&theme_light, ink) >> 24 > 0);
        assert_true(theme_ink(&theme_dark, ink) >> 24 > 0);
    }
}

static int lightness(uint32_t colour)
{
    return (int)((colour >> 16 & 0xFF) * 2 + (colour >> 8 & 0xFF) * 7 + (colour & 0xFF));
}

static void ramps_leave_paper_steadily_and_end_where_values_do(void **state)
{
    (void)state;
    const Theme *themes[] = {&theme_light, &theme_dark};
    for (int i = 0; i < 2; i++)
        for (Ramp ramp = 0; ramp < RAMPS; ramp++) {
            for (double v = 0.02; v < 1; v += 0.02) {
                int way = i == 0 ? -1 : 1; // light paper darkens, dark paper lightens
                assert_true(way * lightness(theme_ramp(themes[i], ramp, v)) >=
                            way * lightness(theme_ramp(themes[i], ramp, v - 0.02)));
            }
            assert_int_equal(theme_ramp(themes[i], ramp, 7), theme_ramp(themes[i], ramp, 1));
            assert_int_equal(theme_ramp(themes[i], ramp, NAN), theme_ink(themes[i], INK_WARNING));
        }
    assert_int_equal(theme_ramp(&theme_light, RAMP_UNIT, -1), theme_ramp(&theme_light, RAMP_UNIT, 0));
    assert_int_equal(theme_ramp(&theme_light, RAMP_SIGNED, 0), theme_ramp(&theme_light, RAMP_UNIT, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dump_has_a_line_for_each_shape),
        cmocka_unit_test(one_of_each_is_each),
        cmocka_unit_test(a_large_grid_is_dumped_as_a_hash_of_its_values),
        cmocka_unit_test(neighbours_stay_neighbours),
        cmocka_unit_test(long_polylines_are_cut_and_meet),
        cmocka_unit_test(a_cut_text_fits_and_is_whole_letters),
        cmocka_unit_test(the_topmost_is_pressed),
        cmocka_unit_test(what_is_clipped_away_is_not_pressed),
        cmocka_unit_test(outside_a_layer_a_press_closes_it),
        cmocka_unit_test(every_ink_has_a_name_and_a_colour),
        cmocka_unit_test(ramps_leave_paper_steadily_and_end_where_values_do),
    };
    return cmocka_run_group_tests_name("draw", tests, set_up, tear_down);
}
