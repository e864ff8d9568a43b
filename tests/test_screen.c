// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/arguments.h"
#include "app/screen.h"

static Fonts *fonts;

static const struct {
    int width, height;
} sizes[] = {{1024, 700}, {1100, 720}, {1280, 800}, {1366, 768}, {1440, 900}, {1920, 1080}, {2560, 1600}, {3840, 2160}};
enum { SIZES = sizeof sizes / sizeof *sizes };

// ---- an app with a lesson in the place of files -------------------------------------------------------------------
static bool read_lesson(void *context, const char *path, Arena *arena, char **text, size_t *size, Err *err)
{
    (void)context;
    (void)err;
    bool index = strstr(path, "index.txt") != NULL;
    *text =
        arena_print(arena, "%s",
                    index ? "one.md One\ntwo.md Two\n"
                          : "# One\n\nWords with $h_t$ and **more**. [Train](unroll:train 1)\n\n$$h_t = \\tanh z_t$$\n"
                            "\n- an item\n\n# Two\n\nThe end.\n");
    *size = strlen(*text);
    return true;
}

static double no_time(void *context)
{
    (void)context;
    return 0;
}

static App *app_with(const char *lines)
{
    Err err;
    App *app = malloc(sizeof *app);
    Platform platform = {.now = no_time, .read_file = read_lesson, .lessons = "lessons"};
    assert_non_null(app);
    if (!app_start(app, &platform, fonts, &err))
        fail_msg("%s", err.text);
    app_say(app, lines, NULL);
    if (!app_finish(app, &err))
        fail_msg("%s: %s", lines, err.text);
    return app;
}

static void app_done(App *app)
{
    app_free(app);
    free(app);
}

static DrawList drawn(App *app, int width, int height)
{
    DrawList list;
    app_draw(app, width, height, -1, &list);
    return list;
}

static bool says(const DrawList *list, const char *part)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT && strstr(list->shapes[i].text, part))
            return true;
    return false;
}

static const Hot *hot_named(const DrawList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == hot_id(name))
            return list->shapes[i].hot;
    return NULL;
}

// ---- where things stand -------------------------------------------------------------------------------------------
static bool inside(Rect part, Rect whole)
{
    return part.x >= whole.x && part.y >= whole.y && part.x + part.w <= whole.x + whole.w + 0.01f &&
           part.y + part.h <= whole.y + whole.h + 0.01f;
}

static bool apart(Rect a, Rect b)
{
    const float touch = 0.05f;
    return a.x + a.w <= b.x + touch || b.x + b.w <= a.x + touch || a.y + a.h <= b.y + touch || b.y + b.h <= a.y + touch;
}

static void assert_apart(const Rect *rects, int count, const char *of, int width, int height)
{
    Rect window = {0, 0, (float)width, (float)height};
    for (int i = 0; i < count; i++) {
        if (!inside(rects[i], window))
            fail_msg("%s: part %d leaves the window of %d×%d", of, i, width, height);
        for (int j = 0; j < i; j++)
            if (!apart(rects[i], rects[j]))
                fail_msg("%s: parts %d and %d overlap at %d×%d", of, i, j, width, height);
    }
}

static void panels_and_cards_are_apart_at_every_size(void **state)
{
    (void)state;
    static const char *const networks[] = {"set cell rnn",
                                           "set cell lstm",
                                           "set cell gru",
                                           "set T 1000",
                                           "set cell lstm; lesson one.md",
                                           "compare cells; train 2",
                                           "compare gain 0 1 2 3; lesson one.md"};
    for (size_t n = 0; n < sizeof networks / sizeof *networks; n++) {
        App *app = app_with(networks[n]);
        for (int i = 0; i < SIZES; i++) {
            drawn(app, sizes[i].width, sizes[i].height);
            ScreenLayout layout = screen_layout(app, sizes[i].width, sizes[i].height);
            Rect rects[3 + SCREEN_CARDS] = {layout.top, layout.bottom, layout.side};
            for (int c = 0; c < layout.card_count; c++) {
                rects[3 + c] = layout.cards[c].area;
                assert_true(layout.cards[c].area.h >= layout.cards[c].view->least_height - 1);
            }
            assert_apart(rects, 3 + layout.card_count, networks[n], sizes[i].width, sizes[i].height);
        }
        app_done(app);
    }
}

static void the_reference_size_has_the_measures_of_the_design(void **state)
{
    (void)state;
    App *app = app_with("train 1");
    drawn(app, 1440, 900);
    ScreenLayout layout = screen_layout(app, 1440, 900);
    assert_float_equal(layout.top.h, 52, 0);
    assert_float_equal(layout.bottom.h, 40, 0);
    assert_float_equal(layout.side.w, 248, 0);
    assert_float_equal(layout.right.w, 316, 0);
    assert_float_equal(layout.main.x, 264, 0);
    assert_float_equal(layout.main.w, 828, 0);
    assert_float_equal(layout.axis.x0, 360, 0);
    assert_float_equal(layout.axis.dx, 60, 0);
    assert_string_equal(layout.cards[0].view->name, "graph");
    app_done(app);
}

static void every_card_of_the_graph_and_the_gradient_is_there_at_the_least_size(void **state)
{
    (void)state;
    static const char *const cells[] = {"set cell rnn", "set cell lstm", "set cell gru"};
    static const char *const needed[] = {"graph", "gradient", "loss", "norm"};
    for (size_t cell = 0; cell < 3; cell++) {
        App *app = app_with(cells[cell]);
        drawn(app, SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
        ScreenLayout layout = screen_layout(app, SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
        for (size_t n = 0; n < 4; n++) {
            bool found = false;
            for (int c = 0; c < layout.card_count; c++)
                found = found || !strcmp(layout.cards[c].view->name, needed[n]);
            assert_true(found);
        }
        app_done(app);
    }
}

static void a_comparison_has_a_lane_for_each_network(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *names[LANES_MOST];
        int lanes;
    } cases[] = {
        {"compare clip off norm", {"clip off", "clip by norm"}, 2},
        {"compare cells; train 3; step -2", {"RNN", "LSTM", "GRU"}, 3},
        {"compare gain 0 1 2 off; seeds 3; train 2; bars linear", {"gain 0", "gain 1", "gain 2", "gain off"}, 4},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        App *app = app_with(cases[n].lines);
        for (int i = 0; i < SIZES; i++) {
            DrawList list = drawn(app, sizes[i].width, sizes[i].height);
            ScreenLayout layout = screen_layout(app, sizes[i].width, sizes[i].height);
            assert_true(layout.same.w > 0);
            assert_true(says(&list, "SAME AND DIFFERENT"));
            for (int lane = 0; lane < cases[n].lanes; lane++) {
                assert_string_equal(layout.cards[lane].view->name, "lane");
                assert_int_equal(layout.cards[lane].lane, lane);
                assert_true(says(&list, cases[n].names[lane]));
            }
            assert_string_equal(layout.cards[cases[n].lanes].view->name, "loss");
            assert_string_equal(layout.cards[cases[n].lanes + 1].view->name, "norm");
        }
        app_done(app);
    }
}

// The words in a card, as boxes.
static int texts_in(const DrawList *list, Rect card, Rect *boxes, int most)
{
    int count = 0;
    for (int i = 0; i < list->count && count < most; i++) {
        const Shape *s = &list->shapes[i];
        float width = s->kind == SHAPE_TEXT ? draw_width(list, s->type, s->text) : 0, x = (float)s->x / 64,
              y = (float)s->y / 64;
        x -= s->align == ALIGN_RIGHT ? width : s->align == ALIGN_CENTRE ? width / 2 : 0;
        if (s->kind == SHAPE_TEXT && rect_holds(card, x, y))
            boxes[count++] = (Rect){x, y - s->type.size * 0.75f, width, s->type.size * 0.75f};
    }
    return count;
}

static void labels_of_curves_never_cover_each_other(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "compare gain 0 0.5 1 1.5", "train 1", "train 1", "train 3", "train 10", "train 20", "train 60", "update -80",
    };
    App *app = app_with("set T 6");
    for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
        Err err;
        app_say(app, moments[m], NULL);
        assert_true(app_finish(app, &err));
        for (int i = 0; i < SIZES; i++) {
            Rect boxes[64];
            DrawList list = drawn(app, sizes[i].width, sizes[i].height);
            ScreenLayout layout = screen_layout(app, sizes[i].width, sizes[i].height);
            for (int card = 4; card < layout.card_count; card++) {
                int count = texts_in(&list, layout.cards[card].area, boxes, 64);
                assert_apart(boxes, count, moments[m], sizes[i].width, sizes[i].height);
            }
        }
    }
    app_done(app);
}

// After one update each curve is a point, so that what it stands for can be told by hand.
static void of_three_seeds_the_median_is_drawn_in_its_range(void **state)
{
    (void)state;
    App *app = app_with("seeds 3; train 1");
    double loss[3];
    for (int i = 0; i < 3; i++)
        assert_true(record_get(app->session.runs[i].record, CURVE_LOSS, 1, &loss[i]));
    double low = fmin(loss[0], fmin(loss[1], loss[2])), high = fmax(loss[0], fmax(loss[1], loss[2]));
    double median = loss[0] + loss[1] + loss[2] - low - high;
    DrawList list;
    app_draw(app, 900, 420, view_index("loss"), &list);
    const Shape *range = NULL, *point = NULL;
    for (int i = 0; i < list.count; i++) {
        const Shape *s = &list.shapes[i];
        range = s->kind == SHAPE_RECT && s->ink == INK_RUN_RNN ? s : range;
        point = s->kind == SHAPE_CIRCLE && s->ink == INK_RUN_RNN ? s : point;
    }
    assert_non_null(range);
    assert_non_null(point);
    double part = (double)(point->y - range->y) / range->h;
    assert_true(fabs(part - (high - median) / (high - low)) < 0.02);
    app_done(app);
}

static void controls_of_the_bars_are_apart_at_every_width(void **state)
{
    (void)state;
    App *app = app_with("set task order; set speed 1000");
    for (int width = SCREEN_LEAST_WIDTH; width <= 2600; width += 13) {
        Rect rects[64];
        int count = 0;
        DrawList list = drawn(app, width, 900);
        for (int i = 0; i < list.count && count < 64; i++) {
            const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
            if (hot && (hot->area.y + hot->area.h <= 52 || hot->area.y >= 860))
                rects[count++] = hot->area;
        }
        assert_true(count > 12);
        assert_apart(rects, count, "bars", width, 900);
    }
    app_done(app);
}

static void a_window_too_small_says_what_it_needs(void **state)
{
    (void)state;
    App *app = app_with("train 1");
    DrawList list = drawn(app, 800, 600);
    assert_true(says(&list, "the window is 800×600, unroll needs 1024×700"));
    assert_true(says(&list, "Ctrl −"));
    list = drawn(app, 1024, 700);
    assert_false(says(&list, "unroll needs"));
    list = drawn(app, 1, 1); // still draws
    app_done(app);
}

// ---- lines ----------------------------------------------------------------------------------------------------------
static void assert_understood(const char *line)
{
    Err err = {""};
    Words words;
    Arena arena = arena_make(1 << 10);
    const char *at = line;
    int number = 1;
    assert_true(words_next(&at, &number, &arena, &words, &err));
    const Command *command = command_find(words.word[0], &err);
    if (!command || !arguments_check(command, &words, &err))
        fail_msg("%s: %s", line, err.text);
    if (!strcmp(words.word[0], "set")) {
        double value;
        const Setting *setting = setting_find(words.word[1], &err);
        if (!setting || !setting_read(setting, words.word[2], &value, &err))
            fail_msg("%s: %s", line, err.text);
    }
    arena_free(&arena);
}

// The line of a drag with the least and the largest value.
static void assert_drag_understood(const Hot *hot)
{
    const double ends[] = {hot->low, hot->high};
    const char *value = strstr(hot->drag, "%s");
    assert_non_null(value);
    assert_true(hot->high > hot->low);
    assert_true(!hot->logarithmic || hot->low > 0);
    for (int i = 0; i < 2; i++) {
        char line[256];
        snprintf(line, sizeof line, "%.*s%g%s", (int)(value - hot->drag), hot->drag, ends[i], value + 2);
        assert_understood(line);
    }
}

static void every_line_of_the_screen_is_understood(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "train 3",
        "train 3; op -20; more network; more training",
        "set cell lstm; set forget_bias 1; set gain 1; train 2; open choice optimizer",
        "set cell gru; set task sine; train 2; open choice task",
        "open choice stride",
        "open choice scale",
        "open choice view",
        "open choice activation",
        "open keys",
        "open lessons",
        "lesson one.md",
        "lesson one.md; page 2; open lessons",
        "present on; train 2; op -30",
        "set clip off; theme dark; set speed 0",
        "group network; group training",
    };
    for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
        App *app = app_with(moments[m]);
        DrawList list = drawn(app, 1440, 900);
        int lines = 0;
        for (int i = 0; i < list.count; i++) {
            const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
            if (hot && hot->press)
                assert_understood(hot->press);
            if (hot && hot->drag)
                assert_drag_understood(hot);
            lines += hot && (hot->press || hot->drag);
        }
        assert_true(lines > 5);
        app_done(app);
    }
}

// ---- the settings panel ----------------------------------------------------------------------------------------
static void every_basic_setting_that_applies_has_a_control(void **state)
{
    (void)state;
    static const char *const cells[] = {"set cell rnn", "set cell lstm", "set cell gru"};
    for (size_t cell = 0; cell < 3; cell++) {
        App *app = app_with(cells[cell]);
        DrawList list = drawn(app, 1440, 900);
        const Setup *setup = &app->session.runs[0].setup;
        for (const Setting *s = settings; s->name; s++) {
            const char *name = strcmp(s->name, "cell") == 0   ? "cell rnn"
                               : strcmp(s->name, "seed") == 0 ? "next seed"
                                                              : s->name;
            bool applies = s->basic && (!s->applies || s->applies(setup));
            if (applies != (hot_named(&list, name) != NULL) && s->basic)
                fail_msg("%s: %s", cells[cell], s->name);
        }
        app_done(app);
    }
}

static void a_panel_that_does_not_fit_scrolls_to_its_end(void **state)
{
    (void)state;
    App *app = app_with("set cell lstm; more network; more training; train 1");
    drawn(app, 1024, 700);
    assert_true(app->hands.panel_scroll_most > 0);
    app->hands.panel_scroll = 1e6f;
    DrawList list = drawn(app, 1024, 700);
    assert_float_equal(app->hands.panel_scroll, app->hands.panel_scroll_most, 0);
    assert_true(hot_named(&list, "reset")->area.y + hot_named(&list, "reset")->area.h < 660);
    drawn(app, 2560, 1600);
    assert_float_equal(app->hands.panel_scroll, 0, 0);
    app_done(app);
}

// A setting between its bounds is on the screen exactly; one that is off has no "off" to press.
static void what_is_off_has_nothing_to_turn_off(void **state)
{
    (void)state;
    App *app = app_with("set gain 1");
    DrawList list = drawn(app, 1440, 900);
    assert_string_equal(hot_named(&list, "gain off")->press, "set gain off");
    app_done(app);
    app = app_with("set gain off");
    list = drawn(app, 1440, 900);
    assert_null(hot_named(&list, "gain off"));
    app_done(app);
}

static int circles_on(const DrawList *list, Ink ink, Rect area)
{
    int count = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        count += shape->kind == SHAPE_CIRCLE && shape->ink == ink &&
                 rect_holds(area, (float)shape->x / 64, (float)shape->y / 64);
    }
    return count;
}

// Where ρ takes too long to be found, no knob claims that it is 0.
static void a_gain_that_is_not_known_has_no_knob(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        bool known;
    } cases[] = {{"set hidden 8", true}, {"set hidden 128", true}, {"set cell lstm; set T 2; set hidden 256", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        App *app = app_with(cases[i].lines);
        DrawList list = drawn(app, 1440, 900);
        assert_int_equal(circles_on(&list, INK_KNOB, hot_named(&list, "gain")->area), cases[i].known);
        assert_int_equal(says(&list, "now "), cases[i].known);
        app_done(app);
    }
}

// ---- lists and the keyboard -----------------------------------------------------------------------------------------
static void the_keyboard_goes_through_the_top_bar_from_left_to_right(void **state)
{
    (void)state;
    App *app = app_with("train 1");
    DrawList list = drawn(app, 1440, 900);
    float x = 0;
    int count = 0;
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (!hot || !hot->focusable || hot->area.y >= 52)
            continue;
        assert_true(hot->area.x >= x);
        x = hot->area.x;
        count++;
    }
    assert_true(count > 12);
    app_done(app);
}

static void the_list_of_lessons_hangs_under_its_button(void **state)
{
    (void)state;
    static const char *const moments[] = {"open lessons", "lesson one.md; open lessons"};
    for (size_t m = 0; m < 2; m++) {
        App *app = app_with(moments[m]);
        DrawList list = drawn(app, 1440, 900);
        const Hot *item = hot_named(&list, "lesson \"two.md\""), *opener = hot_named(&list, m ? "lesson" : "lessons");
        assert_true(says(&list, "LESSONS"));
        assert_true(item->area.x < opener->area.x + opener->area.w && opener->area.x < item->area.x + item->area.w);
        assert_true(item->area.y > opener->area.y + opener->area.h && item->area.y < 150);
        app_done(app);
    }
}

// ---- numbers of this moment ---------------------------------------------------------------------------------------
static void numbers_of_the_last_update_are_named_so(void **state)
{
    (void)state;
    App *app = app_with("train 60; step 1");
    DrawList list = drawn(app, 1440, 900);
    assert_true(says(&list, "loss, update 60"));
    assert_true(says(&list, "‖g‖, update 60"));
    assert_true(says(&list, "forward, t = 1"));
    app_done(app);

    app = app_with("train 60");
    list = drawn(app, 1440, 900);
    assert_true(says(&list, "loss L"));
    assert_false(says(&list, ", update"));
    app_done(app);

    app = app_with("pause");
    list = drawn(app, 1440, 900);
    assert_true(says(&list, "fresh weights"));
    assert_false(says(&list, "loss L"));
    app_done(app);
}

static void a_run_that_is_no_longer_finite_says_where(void **state)
{
    (void)state;
    App *app =
        app_with("set activation linear; set gain 4; set T 1000; set clip off; set optimizer sgd; set learning_rate 1");
    Err err;
    app_do(app, "train 50", &err);
    app_finish(app, &err);
    DrawList list = drawn(app, 1440, 900);
    assert_true(app->session.runs[0].broken.update > 0);
    assert_true(says(&list, "No longer finite"));
    assert_string_equal(hot_named(&list, "back 10")->press, "update -10");
    app_done(app);
}

// ---- small things ----------------------------------------------------------------------------------------------
static void keys_are_shown_as_they_are_printed_on_keyboards(void **state)
{
    (void)state;
    static const struct {
        const char *key, *shown;
    } cases[] = {{"c", "C"},
                 {"2", "2"},
                 {"shift+right", "Shift →"},
                 {"ctrl+plus", "Ctrl +"},
                 {"f5", "F5"},
                 {"space", "Space"},
                 {"?", "?"},
                 {"+", "+"},
                 {"ctrl+0", "Ctrl 0"},
                 {"escape", "Esc"},
                 {"pagedown", "Page ↓"}};
    Arena arena = arena_make(1 << 10);
    DrawList list = draw_begin(&arena, fonts);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(key_shown(&list, cases[i].key), cases[i].shown);
    arena_free(&arena);
}

static int open_fonts(void **state)
{
    (void)state;
    Err err;
    fonts = fonts_open(&err);
    return fonts ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    fonts_close(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_and_cards_are_apart_at_every_size),
        cmocka_unit_test(the_reference_size_has_the_measures_of_the_design),
        cmocka_unit_test(every_card_of_the_graph_and_the_gradient_is_there_at_the_least_size),
        cmocka_unit_test(a_comparison_has_a_lane_for_each_network),
        cmocka_unit_test(labels_of_curves_never_cover_each_other),
        cmocka_unit_test(of_three_seeds_the_median_is_drawn_in_its_range),
        cmocka_unit_test(controls_of_the_bars_are_apart_at_every_width),
        cmocka_unit_test(a_window_too_small_says_what_it_needs),
        cmocka_unit_test(every_line_of_the_screen_is_understood),
        cmocka_unit_test(every_basic_setting_that_applies_has_a_control),
        cmocka_unit_test(a_panel_that_does_not_fit_scrolls_to_its_end),
        cmocka_unit_test(what_is_off_has_nothing_to_turn_off),
        cmocka_unit_test(a_gain_that_is_not_known_has_no_knob),
        cmocka_unit_test(the_keyboard_goes_through_the_top_bar_from_left_to_right),
        cmocka_unit_test(the_list_of_lessons_hangs_under_its_button),
        cmocka_unit_test(numbers_of_the_last_update_are_named_so),
        cmocka_unit_test(a_run_that_is_no_longer_finite_says_where),
        cmocka_unit_test(keys_are_shown_as_they_are_printed_on_keyboards),
    };
    return cmocka_run_group_tests_name("screen", tests, open_fonts, close_fonts);
}
