// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "shown.h"

// One large view for a projector, and what stands over it.

static const Hot *hot_named(const char *name)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->id == hot_id(name))
            return list.shapes[i].hot;
    return NULL;
}

// ---- the page -----------------------------------------------------------------------------------------------------
static void check_sizes(const char *lines)
{
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        if (shape->width > 0 && shape->width < 3 * 64)
            fail_msg("%s: shape %d has a line of %.1f px", lines, i, shape->width / 64.0);
        if ((shape->kind == SHAPE_TEXT || shape->kind == SHAPE_FORMULA) && shape->type.size < 27.9f)
            fail_msg("%s: \"%s\" is %.1f px high", lines, shape->text, (double)shape->type.size);
    }
}

static void it_has_no_text_under_28_px_and_no_line_under_3(void **state)
{
    (void)state;
    static const char *const networks[] = {"set cell rnn; set T 3",
                                           "set cell lstm; set T 8",
                                           "set cell gru; set task adding; set T 4",
                                           "set cell lstm; set task order",
                                           "set task sine; set hidden 64; set T 200",
                                           "set T 50; compare cells",
                                           "set T 1000; set hidden 4; compare gain off 0.5 1 2; bars log",
                                           "set layers 2; compare cell mgu peephole; seeds 3"};
    for (size_t n = 0; n < sizeof networks / sizeof *networks; n++) {
        say(networks[n]);
        say("train 2; op -9; present on");
        for (app.view = 0; views[app.view]; app.view++)
            for (int folded = 0; folded < 2; folded++) {
                app.folded = folded;
                app.grain = folded ? GRAIN_OP : GRAIN_STEP;
                draw(WIDTH, HEIGHT);
                check_sizes(networks[n]);
            }
        say("compare off; reset");
    }
}

// What the column asks for and what comes out of it, even where there is a long memory as well.
static void it_keeps_the_input_and_the_loss(void **state)
{
    (void)state;
    static const char *const cells[] = {"set cell rnn", "set cell lstm", "set cell gru"};
    for (size_t cell = 0; cell < 3; cell++) {
        carry_out(cells[cell]);
        carry_out("train 3; step -3; view graph; present on");
        assert_non_null(words("loss"));
        assert_non_null(words("answer"));
        assert_non_null(words("input"));
        assert_non_null(hot_named("graph.loss.12"));
    }
}

static void it_says_what_it_does_and_how_to_leave(void **state)
{
    (void)state;
    carry_out("train 2; present on");
    assert_non_null(words("paused"));
    assert_non_null(words("F5 leaves"));
    assert_non_null(words("V views"));
    app.playing = true;
    draw(WIDTH, HEIGHT);
    assert_non_null(words("playing"));
    app.playing = false;
    carry_out("lesson \"" SOURCE_DIR "/lessons/01-watch-it-learn.md\"; page 2");
    assert_non_null(words("Forward, in blue"));
    carry_out("set cell lstm; set T 1000; set batch 64; set hidden 256");
    assert_whole("2 GiB", WIDTH);
    for (int i = 0; i < list.count; i++)
        assert_true(list.shapes[i].kind != SHAPE_TEXT || list.shapes[i].type.size > 27.9f);
}

static void it_opens_with_the_way_back_unless_another_view_is_chosen(void **state)
{
    (void)state;
    static const char *const cells[] = {"set cell rnn", "set cell lstm", "set cell gru"};
    for (size_t cell = 0; cell < 3; cell++) {
        carry_out(cells[cell]);
        carry_out("train 3; present on");
        assert_non_null(words("the gradient on its way back"));
        assert_non_null(words("t = 1 gets"));
        assert_non_null(words("per time step"));
        carry_out("present off");
    }
    carry_out("toggle weights; toggle weights; present on"); // what stood in the window is not chosen for it
    assert_non_null(words("t = 1 gets"));
    carry_out("view gradient");
    assert_null(words("t = 1 gets"));
    carry_out("present off; present on"); // stays chosen
    assert_null(words("t = 1 gets"));
    carry_out("view usual");
    assert_non_null(words("t = 1 gets"));
    carry_out("compare cells; train 1");
    assert_null(words("t = 1 gets"));
    assert_non_null(words("LSTM")); // all of them
}

static void a_key_and_a_press_choose_its_view(void **state)
{
    (void)state;
    carry_out("train 3; present on");
    app_text(&app, "v");
    settle();
    assert_int_equal(app.popup, POPUP_CHOICE);
    app_key(&app, "up"); // the way back is the last of the list
    app_key(&app, "up");
    app_key(&app, "return");
    settle();
    assert_null(words("t = 1 gets"));
    assert_string_equal(hot_named("present views")->press, "open choice view");
    assert_string_equal(hot_named("present leaves")->press, "toggle present");
    carry_out("present off; view gates"); // in the window only the weights can be chosen
    assert_non_null(strstr(app.message, "is the view of the presentation: F5 opens it"));
}

// Between boxes the gradient goes back and the state on; where there is no room for arrowheads, a bar.
static void the_way_back_has_arrows_both_ways_where_they_fit(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int arrows;
    } lengths[] = {{"set T 3", 2}, {"set T 12", 11}, {"set T 50", 0}};
    for (size_t i = 0; i < 3; i++) {
        int on = 0, back = 0;
        carry_out(lengths[i].line);
        carry_out("train 1; present on");
        for (int k = 0; k < list.count; k++) {
            on += list.shapes[k].kind == SHAPE_POLYGON && list.shapes[k].ink == INK_FORWARD;
            back += list.shapes[k].kind == SHAPE_POLYGON && list.shapes[k].ink == INK_BACKWARD;
        }
        assert_int_equal(on, lengths[i].arrows);
        assert_int_equal(back, lengths[i].arrows);
    }
    carry_out("set T 12; step 12"); // nothing goes back yet
    for (int k = 0; k < list.count; k++)
        assert_false(list.shapes[k].kind == SHAPE_POLYGON && list.shapes[k].ink == INK_BACKWARD);
}

static bool formula_has(const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_FORMULA && strstr(list.shapes[i].text, part))
            return true;
    return false;
}

// As the graph and the gradient bars of the window do; padding is hatched.
static void the_way_back_is_of_the_layer_and_direction_that_is_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *line, *layer, *gets, *of, *gate;
    } looks[] = {
        {"layer 1 backward", "← backward direction", "t = 6 gets", "of the gradient at t = 1", "z_{t-1}"},
        {"layer 1 forward", "→ forward direction", "t = 1 gets", "of the gradient at t = 6", "z_{t+1}"},
        {"layer follow", "→ forward direction", "t = 1 gets", "of the gradient at t = 6", "z_{t+1}"},
    };
    carry_out("set task spell; set cell gru; set bidirectional on; train 40; op -1; present on");
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        carry_out(looks[i].line);
        assert_int_equal(snapshot_length(&app.snapshot), 6);
        assert_non_null(words(looks[i].layer));
        assert_non_null(words(looks[i].gets));
        assert_non_null(words(looks[i].of));
        assert_true(formula_has(looks[i].gate));
        assert_non_null(strstr(hot_named("padding backward")->tip, "ends at t = 6"));
    }
}

static void no_share_stands_on_a_bar(void **state)
{
    (void)state;
    static const char *const lines[] = {"set task sine; set T 30; set cell gru", "set T 12", "set T 50"};
    for (size_t i = 0; i < 3; i++) {
        carry_out(lines[i]);
        carry_out("train 20; present on");
        for (int k = 0; k < list.count; k++) {
            const Shape *share = &list.shapes[k];
            if (share->kind != SHAPE_TEXT || share->align != ALIGN_CENTRE || !strstr(share->text, " %"))
                continue;
            float half = draw_width(&list, share->type, share->text) / 2, x = (float)share->x / 64;
            for (int bar = 0; bar < list.count; bar++) {
                const Shape *rect = &list.shapes[bar];
                if (rect->kind == SHAPE_RECT && rect->ink == INK_BACKWARD && rect->y + rect->h > share->y &&
                    (float)rect->x / 64 < x + half && (float)(rect->x + rect->w) / 64 > x - half)
                    assert_true(share->y <= rect->y);
            }
        }
    }
}

static void it_has_linear_bars_unless_asked(void **state)
{
    (void)state;
    carry_out("train 2; present on");
    assert_true(app.snapshot.linear);
    carry_out("present off");
    assert_false(app.snapshot.linear);
    carry_out("present on; toggle bars");
    assert_false(app.snapshot.linear);
    carry_out("reset; bars log");
    assert_false(app.snapshot.linear);
    carry_out("reset; train 1");
    assert_true(app.snapshot.linear);
}

// A value stands at the right of its label.
static int values_shown(void)
{
    int count = 0;
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        count += shape->kind == SHAPE_TEXT && shape->align == ALIGN_RIGHT && shape->type.face == FACE_SEMIBOLD &&
                 shape->y > 64 * HEIGHT / 4;
    }
    return count;
}

static void an_explanation_in_it_has_at_most_three_values(void **state)
{
    (void)state;
    static const char *const cells[] = {"set cell rnn", "set cell lstm", "set cell gru"};
    static const char *const moments[] = {"seek 3 0; step 5; op 6", "seek 3 0; step 5; step 12", "latest"};
    static const char *const pages[] = {"view inspector; grain op", "view inspector; grain step",
                                        "view inspector; grain update", "view cell"};
    for (size_t cell = 0; cell < 3; cell++) {
        carry_out(cells[cell]);
        carry_out("train 3; present on");
        for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
            for (size_t page = 0; page < sizeof pages / sizeof *pages; page++) {
                carry_out(moments[i]);
                carry_out(pages[page]);
                if (values_shown() > 3)
                    fail_msg("%s; %s; %s: %d values", cells[cell], moments[i], pages[page], values_shown());
            }
    }
}

// ---- what stands over it ------------------------------------------------------------------------------------------
static void what_stands_over_it_is_as_large(void **state)
{
    (void)state;
    static const char *const over[] = {
        "open keys",        "open lessons",         "open compare",       "open compare gain",
        "open choice cell", "open choice view",     "open choice stride", "open choice export",
        "palette",          "palette \"fly away\"", "pin graph.loss.12"};
    say("train 3; view graph; present on");
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        carry_out(over[i]);
        check_sizes(over[i]);
        for (int k = 0; k < list.count; k++)
            if (list.shapes[k].kind == SHAPE_HOT && list.shapes[k].hot->area.w > WIDTH)
                fail_msg("%s: something is wider than the window", over[i]);
        carry_out("open none");
    }
}

static void a_tip_stands_at_what_is_pointed_at_and_is_as_large(void **state)
{
    (void)state;
    carry_out("train 3; view graph; present on");
    const Hot *loss = hot_named("graph.loss.12");
    assert_non_null(loss);
    app_pointer(&app, loss->area.x + loss->area.w / 2, loss->area.y + loss->area.h / 2);
    app.hands.tip_since = app.hands.still_since;
    draw(WIDTH, HEIGHT);
    check_sizes("a tip");
    int last = list.count - 1;
    while (list.shapes[last].kind != SHAPE_TEXT)
        last--;
    assert_int_equal(list.shapes[last].ink, INK_ON_TIP);
    assert_whole(list.shapes[last].text, WIDTH);
}

static void a_press_in_the_palette_s_line_puts_the_cursor_there(void **state)
{
    (void)state;
    carry_out("train 1; present on; palette \"set cell lstm\"");
    float by = present_scale(&app, WIDTH);
    Rect line = app.palette.area;
    app_pointer(&app, by * (line.x + 2), by * (line.y + line.h / 2));
    app_press(&app, false);
    app_release(&app);
    assert_int_equal(app.palette.field.at, 0);
}

static void the_keys_are_scrolled(void **state)
{
    (void)state;
    carry_out("present on; open keys");
    assert_true(app.hands.page_scroll_most > 0);
    app_key(&app, "pagedown");
    settle();
    assert_true(app.hands.page_scroll > 0);
    app_key(&app, "pageup");
    app_pointer(&app, WIDTH / 2.0f, HEIGHT / 2.0f);
    app_wheel(&app, 0, -100, false);
    settle();
    assert_true(app.hands.page_scroll == app.hands.page_scroll_most);
    carry_out("open none; open keys");
    assert_true(app.hands.page_scroll == 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_has_no_text_under_28_px_and_no_line_under_3),
        CASE(it_keeps_the_input_and_the_loss),
        CASE(it_says_what_it_does_and_how_to_leave),
        CASE(it_opens_with_the_way_back_unless_another_view_is_chosen),
        CASE(a_key_and_a_press_choose_its_view),
        CASE(the_way_back_has_arrows_both_ways_where_they_fit),
        CASE(the_way_back_is_of_the_layer_and_direction_that_is_looked_at),
        CASE(no_share_stands_on_a_bar),
        CASE(it_has_linear_bars_unless_asked),
        CASE(an_explanation_in_it_has_at_most_three_values),
        CASE(what_stands_over_it_is_as_large),
        CASE(a_tip_stands_at_what_is_pointed_at_and_is_as_large),
        CASE(a_press_in_the_palette_s_line_puts_the_cursor_there),
        CASE(the_keys_are_scrolled),
    };
    return cmocka_run_group_tests_name("present", tests, open_fonts, close_fonts);
}
