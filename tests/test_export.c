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

#include "app/caption.h"
#include "app/commands.h"
#include "app/export.h"
#include "app/screen.h"
#include "frames.h"

static void must_refuse(const char *line, const char *says)
{
    Err err;
    assert_false(app_do(&app, line, &err));
    if (!strstr(err.text, says))
        fail_msg("%s: %s", line, err.text);
}

static const char *words(void)
{
    arena_reset(&arena);
    return caption_words(&app, -1, &arena);
}

static const char *name(void)
{
    arena_reset(&arena);
    return caption_name(&app, &arena);
}

// ---- names and captions -----------------------------------------------------------------------------------------
static void a_name_says_what_a_file_holds(void **state)
{
    (void)state;
    assert_string_equal(name(), "unroll-recall-rnn-update0");
    say("train 60");
    assert_string_equal(name(), "unroll-recall-rnn-update60");
    say("op -3");
    assert_string_equal(name(), arena_print(&arena, "unroll-recall-rnn-update60-op%ld", app.session.runs[0].at.op));
    say("set task adding; set cell peephole");
    assert_string_equal(name(), "unroll-adding-peephole-update0");
}

static void a_caption_says_what_is_shown_and_what_is_not_as_usual(void **state)
{
    (void)state;
    assert_string_equal(words(), "Recall the first symbol · RNN · T 12 · H 8 · seed 11 · update 0");
    say("set clip off; set learning_rate 0.1; set speed 7; train 5; op -2");
    assert_non_null(strstr(words(), "update 5, operation "));
    assert_non_null(strstr(words(), " · learning_rate 0.1"));
    assert_non_null(strstr(words(), " · clip off"));
    assert_null(strstr(words(), "speed")); // says nothing about what is shown
    assert_non_null(strstr(caption_words(&app, view_index("gradient"), &arena), "Gradient"));
}

// Every setting that is changed is in it, whatever it is.
static void every_setting_that_differs_is_in_the_caption(void **state)
{
    (void)state;
    char line[128], value[SETTING_TEXT];
    for (const Setting *setting = settings; setting->name; setting++) {
        bool two = setting->kind == KIND_CHOICE || setting->kind == KIND_SWITCH;
        double other = two ? setting->initial == 0 : setting->initial == setting->high ? setting->low : setting->high;
        snprintf(line, sizeof line, "set %s %s", setting->name, setting_text(setting, other, value));
        Err err;
        say("reset; set T 20");
        if (setting->group == GROUP_PLAYBACK || !app_do(&app, line, &err)) // of another cell or task
            continue;
        const char *shown = setting_show(setting, other, value);
        if (!strstr(words(), setting->name) && !strstr(words(), shown))
            fail_msg("%s is not in \"%s\"", line, words());
    }
}

// ---- files ------------------------------------------------------------------------------------------------------
static void nothing_is_ever_overwritten(void **state)
{
    (void)state;
    say("export png; export png; train 1; export png; seek 0; export png; export svg; export png graph; export png "
        "graph");
    assert_string_equal(world.saved, "unroll-recall-rnn-update0.png\n"
                                     "unroll-recall-rnn-update0-2.png\n"
                                     "unroll-recall-rnn-update1.png\n"
                                     "unroll-recall-rnn-update0-3.png\n"
                                     "unroll-recall-rnn-update0.svg\n"
                                     "unroll-recall-rnn-update0-graph.png\n"
                                     "unroll-recall-rnn-update0-graph-2.png\n");
}

static void everything_can_be_exported(void **state)
{
    (void)state;
    say("train 3");
    world.saved[0] = 0;
    Err err;
    for (const ExportKind *kind = export_kinds; kind->name; kind++) {
        char line[64];
        snprintf(line, sizeof line, "export %s", kind->name);
        say(line);
        assert_non_null(strstr(command_find("export", &err)->usage, kind->name));
    }
    assert_string_equal(world.saved, "unroll-recall-rnn-update3.png\n"
                                     "unroll-recall-rnn-update3.svg\n"
                                     "unroll-recall-rnn-update3-curves.csv\n"
                                     "unroll-recall-rnn-update3-steps.csv\n"
                                     "unroll-recall-rnn-update3.safetensors\n"
                                     "unroll-recall-rnn-update3.py\n"
                                     "unroll-recall-rnn-update3.txt\n");
    assert_string_equal(world.written, "reset; train 3\n"); // a script
    assert_non_null(strstr(world.printed, "saved unroll-recall-rnn-update3.png\n"));
    must_refuse("export pgn", "did you mean \"png\"?");
    must_refuse("export everything", "there are: png svg curves");
    must_refuse("export curves graph", "only a png or svg is of one view");
    must_refuse("export png grpah", "did you mean \"graph\"?");
}

// What is printed, copied, told as JSON and exported is one program; a line of Python begins it, and no name.
static void a_pytorch_program_is_python_wherever_it_goes(void **state)
{
    (void)state;
    say("set cell gru; train 3");
    world.printed[0] = 0;
    say("print pytorch");
    assert_memory_equal(world.printed, "\"\"\"", 3);
    say("export pytorch");
    assert_memory_equal(world.printed, world.written, strlen(world.written)); // before it is said where it went
    say("copy pytorch");
    assert_memory_equal(world.clipboard, world.written, strlen(world.written) - 1); // a file ends with a line end
    world.printed[0] = 0;
    app.json = true;
    say("print pytorch");
    assert_memory_equal(world.printed, "{\"pytorch\": \"\\\"\\\"\\\"The network", 30);
}

static void what_torch_lacks_is_refused_by_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"set cell peephole", "torch.nn has no cell peephole"},
        {"set cell mgu", "torch.nn has no cell mgu"},
        {"set cell rnn; set activation sigmoid", "torch.nn.RNN has no activation sigmoid"},
        {"set activation linear", "torch.nn.RNN has no activation linear"},
        {"set activation tanh; set cell lstm; set freeze f=1", "freeze is f=1"},
        {"set freeze none; set task letters; set carry on", "set carry off"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(cases[i].line);
        world.saved[0] = 0;
        must_refuse("export pytorch", cases[i].says);
        must_refuse("print pytorch", cases[i].says);
        must_refuse("copy pytorch", cases[i].says);
        assert_string_equal(world.saved, "");
    }
    say("set carry off; export pytorch");
}

static void an_exported_picture_carries_its_caption_and_its_state(void **state)
{
    (void)state;
    say("set cell lstm; train 4; op -9; export png");
    assert_string_equal(world.description, words());
    assert_string_equal(world.state, null_print(&app, &world, "state"));
    assert_int_equal(world.picture_width, 1440);
    assert_true(world.picture_height > 900); // the caption stands below
    say("shot x.png");
    assert_int_equal(world.picture_height, 900); // of `shot` the size is what was asked for
    assert_string_equal(world.description, words());
}

static void a_long_caption_takes_as_many_lines_as_it_needs(void **state)
{
    (void)state;
    say("export png");
    int one = world.picture_height;
    say("set cell lstm; set clip value; set learning_rate .123; set decay .999; set init orthogonal; set forget_bias "
        "2; "
        "set layers 3; set bidirectional on; set batch 7; set gain 1.5; set threshold 3; set optimizer nesterov; "
        "set freeze f=1; export png gradient");
    DrawList drawn;
    app_draw(&app, 900, 420, view_index("gradient"), &drawn);
    int first = drawn.count;
    float height = caption_draw(&app, view_index("gradient"), 420, 900, false, &drawn);
    assert_true(one - 900 < world.picture_height - 420);
    assert_int_equal(world.picture_height, 420 + (int)height);
    for (int i = first; i < drawn.count; i++)
        if (drawn.shapes[i].kind == SHAPE_TEXT)
            assert_true(px(drawn.shapes[i].x) + draw_width(&drawn, drawn.shapes[i].type, drawn.shapes[i].text) <= 900 &&
                        px(drawn.shapes[i].y) < 420 + height);
}

// ---- in a window ------------------------------------------------------------------------------------------------
static void a_key_saves_the_window_and_another_the_view_pointed_at(void **state)
{
    (void)state;
    app.platform.folder = "/home/teacher";
    frame();
    app_text(&app, "s");
    settle();
    assert_string_equal(world.saved, "unroll-recall-rnn-update0.png\n");
    assert_string_equal(app.message, "saved unroll-recall-rnn-update0.png in /home/teacher");
    ScreenLayout layout = screen_layout(&app, WIDTH, HEIGHT);
    for (int i = 0; i < layout.card_count; i++) {
        char expected[128];
        Rect card = layout.cards[i].area;
        world.saved[0] = 0;
        app_pointer(&app, card.x + card.w / 2, card.y + card.h / 2);
        frame();
        app_key(&app, "ctrl+s");
        settle();
        snprintf(expected, sizeof expected, "unroll-recall-rnn-update0-%s.png\n", layout.cards[i].view->name);
        assert_string_equal(world.saved, expected);
        assert_int_equal(world.picture_width, (int)card.w + 32);
    }
    app_pointer(&app, -1, -1); // nothing is pointed at: the large view
    world.saved[0] = 0;
    say("view gates");
    app_key(&app, "ctrl+s");
    settle();
    assert_string_equal(world.saved, "unroll-recall-rnn-update0-gates.png\n");
}

static void an_exported_picture_does_not_say_where_the_one_before_went(void **state)
{
    (void)state;
    frame();
    say("export curves");
    assert_non_null(strstr(app.message, "saved "));
    say("export png");
    assert_null(strstr(world.texts, "saved "));
    assert_non_null(strstr(world.texts, "update 0"));
    assert_non_null(strstr(app.message, "saved "));
}

static void the_menu_of_the_button_exports_each_view_on_the_screen(void **state)
{
    (void)state;
    say("train 2");
    frame();
    click(hot_saying("open choice export"));
    ScreenLayout layout = screen_layout(&app, WIDTH, HEIGHT);
    for (int i = 0; i < layout.card_count; i++) {
        char line[64];
        snprintf(line, sizeof line, "export png %s", layout.cards[i].view->name);
        hot_saying(line);
    }
    hot_saying("copy state");
    click(hot_saying("export steps"));
    assert_string_equal(world.saved, "unroll-recall-rnn-update2-steps.csv\n");
    assert_int_equal(app.popup, POPUP_NONE);
}

// ---- numbers as CSV ---------------------------------------------------------------------------------------------
typedef struct {
    char text[24];
} Cell;

enum { COLUMNS = 12, ROWS_MOST = 400 };
static Cell cells[ROWS_MOST][COLUMNS];

static int read_rows(const char *header)
{
    int row = 0, column = 0;
    const char *at = world.written;
    assert_int_equal(strncmp(at, header, strlen(header)), 0);
    for (at += strlen(header); *at; at++) {
        size_t length = strcspn(at, ",\n");
        assert_true(length < sizeof(Cell) && column < COLUMNS && row < ROWS_MOST);
        snprintf(cells[row][column++].text, sizeof(Cell), "%.*s", (int)length, at);
        at += length;
        if (*at == '\n') {
            assert_int_equal(column, COLUMNS);
            row++;
            column = 0;
        }
    }
    return row;
}

static const char header[] = "run,cell,layer,direction,t,loss,h,c,dh,dc,dw,dw_share\n";
enum { RUN, CELL, LAYER, DIRECTION, T, LOSS, H, C, DH, DC, DW, DW_SHARE };

static void norms_of_time_steps_are_those_that_print_says(void **state)
{
    (void)state;
    say("set cell lstm; train 3; record x.csv steps");
    assert_int_equal(read_rows(header), 12);
    char *dh = arena_print(&arena, "%s", null_print(&app, &world, "dh"));
    char *dc = arena_print(&arena, "%s", null_print(&app, &world, "dc"));
    Snapshot snapshot = snapshot_make(&app.session.runs[0], 0, false);
    const GradSlice *slices = snapshot_slices(&snapshot);
    double all = 0;
    for (int t = 1; t <= 12; t++) {
        const Cell *row = cells[t - 1];
        assert_string_equal(row[CELL].text, "lstm");
        assert_int_equal(atoi(row[T].text), t);
        assert_true(strtod(row[DH].text, NULL) == strtod(dh, &dh)); // the same bits
        assert_true(strtod(row[DC].text, NULL) == strtod(dc, &dc));
        assert_true(strtod(row[DW].text, NULL) == slices[t - 1].norm);
        assert_true(strtod(row[DW_SHARE].text, NULL) == slices[t - 1].share);
        assert_true(strtod(row[H].text, NULL) > 0 && strtod(row[C].text, NULL) > 0 && strtod(row[DW].text, NULL) > 0);
        assert_int_equal(*row[LOSS].text != 0, t == 12); // only scored steps have one
        all += strtod(row[DW_SHARE].text, NULL);
    }
    assert_float_equal(all, 1, 1e-9);
}

static void time_steps_are_written_as_they_are_counted(void **state)
{
    (void)state;
    say("set first_index 0; train 1; record x.csv steps");
    assert_int_equal(read_rows(header), 12);
    for (int t = 1; t <= 12; t++)
        assert_int_equal(atoi(cells[t - 1][T].text), t - 1);
}

static void a_norm_is_that_of_the_values(void **state)
{
    (void)state;
    say("set cell gru; train 2; record x.csv steps");
    read_rows(header);
    Snapshot snapshot = snapshot_make(&app.session.runs[0], 0, false);
    for (int t = 1; t <= 12; t++) {
        const Real *h = snapshot_value(&snapshot, snapshot.state, t);
        double sum = 0;
        for (int i = 0; i < 8; i++)
            sum += h[i] * h[i];
        assert_true(strtod(cells[t - 1][H].text, NULL) == sqrt(sum));
        assert_string_equal(cells[t - 1][C].text, ""); // a GRU has none
        assert_string_equal(cells[t - 1][DC].text, "");
    }
}

static void what_is_not_known_yet_is_empty(void **state)
{
    (void)state;
    say("record x.csv steps"); // nothing is
    assert_int_equal(read_rows(header), 12);
    for (int t = 1; t <= 12; t++)
        for (int column = LOSS; column < COLUMNS; column++)
            assert_string_equal(cells[t - 1][column].text, "");
    say("train 1; step -5; record x.csv steps"); // in the backward pass
    read_rows(header);
    int known = 0;
    for (int t = 1; t <= 12; t++) {
        assert_true(*cells[t - 1][H].text);
        known += *cells[t - 1][DH].text != 0;
        assert_string_equal(cells[t - 1][DW_SHARE].text, ""); // of a whole that is not there
        assert_true(t == 1 || *cells[t - 1][DH].text || !*cells[t - 2][DH].text);
    }
    assert_true(known > 0 && known < 12);
}

static void each_run_of_a_comparison_has_its_rows(void **state)
{
    (void)state;
    say("compare cells; train 4; record x.csv steps");
    assert_int_equal(read_rows(header), 3 * 12);
    assert_string_equal(cells[0][CELL].text, "rnn");
    assert_string_equal(cells[12][CELL].text, "lstm");
    assert_string_equal(cells[35][RUN].text, "3");
    for (int row = 0; row < 36; row++)
        assert_int_equal(*cells[row][C].text != 0, row / 12 == 1); // only an LSTM has one
    say("record x.csv");
    assert_non_null(strstr(world.written, "run,cell,seed,update,loss,gradient_norm,clipped_norm\n1,rnn,11,1,"));
    assert_non_null(strstr(world.written, "\n3,gru,11,4,"));
    assert_string_equal(name(), "unroll-recall-rnn-lstm-gru-update4");
    assert_non_null(strstr(words(), " · RNN | LSTM | GRU · T 12 · H 8 · seed 11 · update 4"));
    say("compare clip off norm; train 2");
    assert_string_equal(name(), "unroll-recall-rnn-clip-off-norm-update2");
    assert_non_null(strstr(words(), " · clip off | norm"));
}

static void of_a_comparison_it_is_said_once_what_differs_and_with_which_seeds(void **state)
{
    (void)state;
    say("compare gain 0.5 1 1.5; seeds 3; train 2; record x.csv");
    assert_string_equal(name(), "unroll-recall-rnn-gain-0.5-1-1.5-seeds-11-13-update2");
    assert_string_equal(words(),
                        "Recall the first symbol · RNN · T 12 · H 8 · seeds 11–13 · update 2 · gain 0.5 | 1 | 1.5");
    assert_non_null(strstr(world.written, "run,gain,seed,update,loss,gradient_norm,clipped_norm\n1,0.5,11,1,"));
    assert_non_null(strstr(world.written, "\n6,1.5,12,2,"));
    say("record x.csv steps");
    assert_non_null(strstr(world.written, "run,gain,seed,cell,layer,direction,t,"));
    assert_non_null(strstr(world.written, "\n8,1,13,rnn,1,forward,12,"));
    say("compare cells; seeds 3");
    assert_string_equal(name(), "unroll-recall-rnn-lstm-gru-seeds-11-13-update0");
    say("reset; seeds 3; record x.csv"); // nothing differs but the seed
    assert_string_equal(name(), "unroll-recall-rnn-seeds-11-13-update0");
    assert_non_null(strstr(world.written, "run,seed,update,"));
}

static void a_name_is_of_plain_letters(void **state)
{
    (void)state;
    say("set cell lstm; compare freeze none f=1 f=0");
    for (const char *c = name(); *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_.-", *c))
            fail_msg("%s", name());
}

static void each_layer_and_direction_has_its_rows(void **state)
{
    (void)state;
    say("set layers 2; set bidirectional on; train 1; record x.csv steps");
    assert_int_equal(read_rows(header), 2 * 2 * 12);
    assert_string_equal(cells[12][DIRECTION].text, "backward");
    assert_string_equal(cells[24][LAYER].text, "2");
    for (int row = 0; row < 48; row++)
        assert_true(*cells[row][H].text && *cells[row][DH].text);
    assert_string_not_equal(cells[0][H].text, cells[12][H].text);
    must_refuse("record x.csv curvs", "record writes curves or steps, not \"curvs\"");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_name_says_what_a_file_holds),
        TEST(a_caption_says_what_is_shown_and_what_is_not_as_usual),
        TEST(every_setting_that_differs_is_in_the_caption),
        TEST(nothing_is_ever_overwritten),
        TEST(everything_can_be_exported),
        TEST(a_pytorch_program_is_python_wherever_it_goes),
        TEST(what_torch_lacks_is_refused_by_its_name),
        TEST(an_exported_picture_carries_its_caption_and_its_state),
        TEST(a_long_caption_takes_as_many_lines_as_it_needs),
        TEST(a_key_saves_the_window_and_another_the_view_pointed_at),
        TEST(the_menu_of_the_button_exports_each_view_on_the_screen),
        TEST(norms_of_time_steps_are_those_that_print_says),
        TEST(time_steps_are_written_as_they_are_counted),
        TEST(a_norm_is_that_of_the_values),
        TEST(what_is_not_known_yet_is_empty),
        TEST(each_layer_and_direction_has_its_rows),
        TEST(each_run_of_a_comparison_has_its_rows),
        TEST(of_a_comparison_it_is_said_once_what_differs_and_with_which_seeds),
        TEST(a_name_is_of_plain_letters),
        TEST(an_exported_picture_does_not_say_where_the_one_before_went),
    };
#undef TEST
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
