// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "picture.h"
#include "views/explain.h"

// Stacked and bidirectional networks, sequences that end early and states that are carried on: each view shows the
// layer and direction that is looked at, finds room and tells nothing that is not known.
static const Rect usual = {264, 70, 828, 372};
static const Rect areas[] = {{264, 70, 828, 372}, {264, 70, 520, 240}, {9, 9, 828, 150}, {9, 9, 1776, 640}};

typedef void Check(Desk *desk, const View *view, const Snapshot *snapshot);

static void check_views(Desk *desk, const Snapshot *snapshot, Check *check)
{
    for (int view = 0; views[view]; view++)
        if (!views[view]->applies || views[view]->applies(snapshot))
            check(desk, views[view], snapshot);
}

// What the operation belongs to, then each layer and direction by itself.
static void check_all_looks(Desk *desk, bool probe, Check *check)
{
    Snapshot snapshot = snapshot_make(&desk->run, 1, probe);
    const Program *p = snapshot.program;
    check_views(desk, &snapshot, check);
    for (int layer = 0; layer < p->dims.L; layer++)
        for (int reverse = 0; reverse <= p->net.bidirectional; reverse++) {
            snapshot_look_at(&snapshot, layer, reverse);
            check_views(desk, &snapshot, check);
        }
}

static bool folds(const View *view) // see only_the_graph_folds
{
    return strcmp(view->name, "graph") == 0;
}

static void check_room(Desk *desk, const View *view, const Snapshot *snapshot)
{
    Snapshot folded = *snapshot;
    folded.folded = true;
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        if (areas[i].h < view->least_height)
            continue;
        DrawList list = desk_draw(desk, view, snapshot, areas[i]);
        check_picture(desk, view, areas[i], &list);
        if (!folds(view))
            continue;
        list = desk_draw(desk, view, &folded, areas[i]);
        check_picture(desk, view, areas[i], &list);
    }
}

static void check_unknown(Desk *desk, const View *view, const Snapshot *snapshot)
{
    Snapshot folded = *snapshot;
    folded.folded = true;
    check_unknown_is_not_drawn(desk, view, snapshot, usual);
    if (folds(view))
        check_unknown_is_not_drawn(desk, view, &folded, usual);
}

enum { LAYERS_MOST = 3, MOMENTS = 4 };

static void check_moments(Desk *desk, Check *check)
{
    long last = run_last_op(&desk->run);
    for (int i = 0; i <= MOMENTS; i++) {
        desk_seek(desk, 1, last * i / MOMENTS + (i < MOMENTS) * 7);
        check_all_looks(desk, false, check);
    }
}

static void check_nets(Desk *desk, const CellType *cell, const char *task, int T, Check *check)
{
    for (int layers = 1; layers <= LAYERS_MOST; layers++)
        for (int both = 0; both < 2; both++) {
            desk_start_net(desk, cell, task, T, 5, layers, both);
            check_moments(desk, check);
            if (check == check_room)
                check_all_looks(desk, true, check);
            desk_stop(desk);
        }
}

static void every_layer_and_direction_finds_room(void **state)
{
    static const int lengths[] = {5, 40, 200};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
            check_nets(*state, cell_types[cell], "echo", lengths[i], check_room);
}

static void sequences_that_end_early_find_room(void **state)
{
    for (int cell = 0; cell < 2; cell++) {
        check_nets(*state, cell_types[cell], "agree", 12, check_room);
        check_nets(*state, cell_types[cell], "reber", 30, check_room);
    }
}

static void no_unknown_value_of_any_layer_is_drawn(void **state)
{
    for (int cell = 0; cell_types[cell]; cell++)
        check_nets(*state, cell_types[cell], "echo", 6, check_unknown);
}

static char *dump(Desk *desk, const View *view, const Snapshot *snapshot)
{
    DrawList list = desk_draw(desk, view, snapshot, usual);
    return strdup(draw_dump(&list, &desk->arena));
}

static void check_folding(Desk *desk, const View *view, const Snapshot *snapshot)
{
    Snapshot folded = *snapshot;
    folded.folded = true;
    char *whole = dump(desk, view, snapshot), *loop = dump(desk, view, &folded);
    assert_int_equal(strcmp(whole, loop) != 0, folds(view));
    free(whole);
    free(loop);
}

static void only_the_graph_folds(void **state)
{
    for (int cell = 0; cell_types[cell]; cell++)
        check_nets(*state, cell_types[cell], "echo", 4, check_folding);
}

static void nothing_unknown_is_drawn_beside_padding(void **state)
{
    check_nets(*state, cell_types[0], "agree", 12, check_unknown);
}

// ---- what is looked at --------------------------------------------------------------------------------------------
static void it_follows_the_operation_until_it_is_chosen(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[1], "echo", 5, 3, 2, true);
    const Program *p = &desk->run.program;
    for (int pass = 0; pass < p->pass_count; pass++) {
        Place end = {PHASE_FORWARD, pass, 3, p->passes[pass].first_row + p->passes[pass].row_count - 1};
        desk_seek(desk, 1, program_op(p, end));
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        assert_int_equal(snapshot.layer, p->passes[pass].layer);
        assert_int_equal(snapshot.reverse, p->passes[pass].reverse);
        assert_false(snapshot.chosen);
        assert_int_equal(p->slots[snapshot.state].layer, snapshot.layer);
        assert_int_equal(p->slots[snapshot.memory].reverse, snapshot.reverse);
    }
    desk_stop(desk);
}

static void within_a_time_step_it_is_the_layer_of_the_operation(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[0], "echo", 5, 3, 3, false);
    const Program *p = &desk->run.program;
    for (int row = 0; row < p->row_count; row++) {
        desk_seek(desk, 1, program_op(p, (Place){PHASE_FORWARD, 0, 2, row}));
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        assert_int_equal(snapshot.layer, p->slots[p->rows[row].y].layer);
    }
    desk_stop(desk);
}

static void names_say_the_layer_and_direction(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[0], "echo", 5, 3, 2, true);
    desk_seek(desk, 1, run_last_op(&desk->run));
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    snapshot_look_at(&snapshot, 0, true);
    DrawList list = desk_draw(desk, views[view_index("program")], &snapshot, usual);
    assert_true(says(&list, "layer 1 of 2, ← backward direction"));
    list = desk_draw(desk, views[view_index("hidden")], &snapshot, usual);
    assert_true(says(&list, "layer 1 ←"));
    list = desk_draw(desk, views[view_index("gradient")], &snapshot, usual);
    assert_true(says(&list, "layer 1 ←"));
    list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
    assert_string_equal(hot_named(&list, "layer 1")->press, "layer follow");
    assert_string_equal(hot_named(&list, "layer 2")->press, "layer 2 backward");
    assert_string_equal(hot_named(&list, "direction →")->press, "layer 1 forward");
    assert_string_equal(hot_named(&list, "graph.layer.1.3")->press, "layer 2 backward");
    desk_stop(desk);
}

// ---- directions ---------------------------------------------------------------------------------------------------
// Arrows level and thick enough to be of the lanes; their mean direction tells which way the state goes.
static float across(const DrawList *list)
{
    float sum = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        if (shape->kind == SHAPE_ARROW && shape->y == shape->h && shape->width > 64)
            sum += (float)(shape->w - shape->x);
    }
    return sum;
}

static void the_state_goes_the_way_that_is_looked_at(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[0], "echo", 5, 3, 1, true);
    desk_seek(desk, 1, run_last_op(&desk->run));
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
    assert_true(across(&list) > 0);
    float left = hot_named(&list, "graph.origin.h")->area.x;
    assert_non_null(hot_named(&list, "graph.gradient.h.0"));
    snapshot_look_at(&snapshot, 0, true);
    list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
    assert_true(across(&list) < 0);
    assert_true(hot_named(&list, "graph.origin.h")->area.x > left + 600);
    assert_non_null(strstr(hot_named(&list, "graph.gradient.h.6")->tip, " of t = 5"));
    desk_stop(desk);
}

// Words that may go over several lines.
static bool paragraph_says(const DrawList *list, const char *words)
{
    const char *all = "";
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT)
            all = arena_print(list->arena, "%s%s%s", all, *all ? " " : "", list->shapes[i].text);
    return strstr(all, words) != NULL;
}

// ---- the answers ----------------------------------------------------------------------------------------------------
static Place answers_row(const Program *p, OpKind kind, Phase phase)
{
    const Pass *pass = &p->passes[p->pass_count - 1];
    int row = pass->first_row;
    while (p->rows[row].kind != kind)
        row++;
    return (Place){phase, p->pass_count - 1, 2, row};
}

static void what_joins_the_directions_tells_them_apart(void **state)
{
    static const char *const forward[] = {"([h^{\\to}_{2}; h^{\\gets}_{2}])_{1\\ldots 3}", "h^{\\to}_{2}",
                                          "([h^{\\to}_{2}; h^{\\gets}_{2}])_{4\\ldots 6}", "h^{\\gets}_{2}"};
    Desk *desk = *state;
    desk_start_net(desk, cell_types[2], "echo", 5, 3, 1, true);
    const Program *p = &desk->run.program;
    desk_seek(desk, 1, program_op(p, answers_row(p, OP_CONCAT, PHASE_FORWARD)));
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    Explanation joined = explain_op(&snapshot, &desk->arena);
    for (int i = 0; i < 2; i++) {
        assert_string_equal(joined.equation[i].result.formula, forward[2 * i]);
        assert_string_equal(joined.equation[i].operand[0].formula, forward[2 * i + 1]);
    }
    desk_seek(desk, 1, program_op(p, answers_row(p, OP_CONCAT, PHASE_BACKWARD)));
    snapshot = snapshot_make(&desk->run, 0, false);
    joined = explain_op(&snapshot, &desk->arena);
    assert_string_equal(joined.equation[0].result.formula, "\\backward{\\partial L/\\partial h^{\\to}_{2}}");
    assert_string_equal(joined.equation[1].result.formula, "\\backward{\\partial L/\\partial h^{\\gets}_{2}}");
    desk_seek(desk, 1, program_op(p, answers_row(p, OP_LINEAR, PHASE_FORWARD)));
    snapshot = snapshot_make(&desk->run, 0, false);
    joined = explain_op(&snapshot, &desk->arena);
    assert_string_equal(joined.equation[0].operand[1].formula, "[h^{\\to}_{2}; h^{\\gets}_{2}]");
    desk_stop(desk);
}

static void a_time_step_of_the_answers_is_told_by_their_formula(void **state)
{
    static const struct {
        Phase phase;
        bool scored, whole;
        const char *title, *says;
    } cases[] = {
        {PHASE_FORWARD, true, false, "The answer at t = 1", "The answer has not been computed yet."},
        {PHASE_FORWARD, true, true, "The answer at t = 1", NULL},
        {PHASE_BACKWARD, true, true, "Back from the answer, at t = 1", NULL},
        {PHASE_BACKWARD, false, true, "Back from the answer, at t = 2", "This time step is not scored"},
    };
    Desk *desk = *state;
    desk_start_net(desk, cell_types[2], "agree", 5, 3, 2, true); // asked at t = 1
    const Program *p = &desk->run.program;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Place place = answers_row(p, cases[i].whole ? OP_LINEAR : OP_CONCAT, cases[i].phase);
        place.t = cases[i].scored ? 1 : 2;
        desk_seek(desk, 1, program_op(p, place));
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        DrawList list = desk_draw(desk, views[view_index("inspector")], &snapshot, (Rect){0, 0, 320, 500});
        assert_true(says(&list, cases[i].title));
        assert_int_equal(first_with_ink(&list, SHAPE_FORMULA, INK_TEXT) == NULL, cases[i].says != NULL);
        assert_true(!cases[i].says || paragraph_says(&list, cases[i].says));
        snapshot_look_at(&snapshot, 0, true); // chosen
        list = desk_draw(desk, views[view_index("inspector")], &snapshot, (Rect){0, 0, 320, 500});
        assert_false(says(&list, cases[i].title));
    }
    desk_stop(desk);
}

// ---- the loop -------------------------------------------------------------------------------------------------------
// The folded graph tells of the cell that is drawn and of the sequence that is shown.
static void the_loop_says_whose_weights_and_how_many_time_steps(void **state)
{
    static const struct {
        int layers, shown;
        bool both, reverse;
        const char *title, *of;
    } cases[] = {{1, 1, false, false, "One cell, used 7 times", ""},
                 {1, 1, true, true, "One of 2 cells, used 7 times", "← backward direction"},
                 {2, 1, false, false, "One of 2 cells, used 7 times", "layer 1 of 2"},
                 {2, 2, true, true, "One of 4 cells, used 7 times", "layer 2 of 2, ← backward direction"}};
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_start_net(desk, cell_types[0], "agree", 12, 3, cases[i].layers, cases[i].both);
        desk_seek(desk, 1, run_last_op(&desk->run));
        desk->run.batch.length[0] = 7;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        snapshot_look_at(&snapshot, cases[i].shown - 1, cases[i].reverse);
        snapshot.folded = true;
        DrawList list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
        int inputs = cases[i].shown == 1 ? snapshot.program->dims.X : 3 * (cases[i].both ? 2 : 1);
        assert_true(says(&list, cases[i].title));
        assert_true(paragraph_says(&list, draw_print(&list, "the same %d weights", 3 * (inputs + 3) + 6)));
        assert_true(paragraph_says(&list, cases[i].of));
        assert_int_equal(paragraph_says(&list, "weights of"), snapshot.program->tensor_count > 6);
        desk_stop(desk);
    }
}

// ---- half of the gradient -----------------------------------------------------------------------------------------
static void half_of_the_gradient_is_where_the_task_asks(void **state)
{
    static const struct {
        const char *task, *says;
    } cases[] = {{"agree", "more than half of the gradient comes from t = 1 alone"},
                 {"recall", "more than half of the gradient comes from the last time step"}};
    Desk *desk = *state;
    for (size_t i = 0; i < 2; i++) {
        desk_start_net(desk, cell_types[1], cases[i].task, 12, 8, 1, true);
        desk_seek(desk, 1, run_last_op(&desk->run));
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        DrawList list = desk_draw(desk, views[view_index("slices")], &snapshot, usual);
        assert_true(says(&list, cases[i].says));
        desk_stop(desk);
    }
}

// ---- padding --------------------------------------------------------------------------------------------------------
static void behind_the_end_of_a_sequence_nothing_is_told(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[1], "agree", 12, 4, 2, true);
    desk_seek(desk, 1, run_last_op(&desk->run));
    desk->run.batch.length[0] = 7;
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    assert_int_equal(snapshot_length(&snapshot), 7);
    for (int slot = 0; slot < snapshot.program->slot_count; slot++)
        for (int t = 8; t <= 12; t++) {
            assert_null(snapshot_value(&snapshot, slot, t));
            assert_null(snapshot_grad(&snapshot, slot, t));
        }
    DrawList list = desk_draw(desk, views[view_index("hidden")], &snapshot, usual);
    assert_non_null(strstr(hot_named(&list, "padding h.l1")->tip, "ends at t = 7"));
    list = desk_draw(desk, views[view_index("gradient")], &snapshot, usual);
    assert_true(says(&list, "padding"));
    list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
    assert_non_null(hot_named(&list, "graph.cell.7"));
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT)
            assert_int_not_equal(list.shapes[i].hot->id, hot_id("graph.cell.8"));
    desk_stop(desk);
}

// An operation there, and a time step there in either direction, has no numbers: no formula stands for them.
static void a_time_step_behind_the_end_is_told_as_padding(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[1], "agree", 12, 4, 2, true);
    const Program *p = &desk->run.program;
    const View *inspector = views[view_index("inspector")];
    for (int pass = 0; pass < p->pass_count; pass++)
        for (int phase = PHASE_FORWARD; phase <= PHASE_BACKWARD; phase++)
            for (int t = 7; t <= 12; t++) {
                desk_seek(desk, 1, program_op(p, (Place){(Phase)phase, pass, t, p->passes[pass].first_row}));
                desk->run.batch.length[0] = 7;
                Snapshot snapshot = snapshot_make(&desk->run, 0, false);
                for (snapshot.grain = GRAIN_OP; snapshot.grain <= GRAIN_STEP; snapshot.grain++) {
                    DrawList list = desk_draw(desk, inspector, &snapshot, (Rect){0, 0, 320, 500});
                    assert_int_equal(says(&list, draw_print(&list, "Padding at t = %d", t)), t > 7);
                    assert_int_equal(says(&list, "The shown sequence ended at t = 7."), t > 7);
                    bool unscored = snapshot.grain == GRAIN_STEP && pass + 1 == p->pass_count; // the answer at t = 7
                    assert_int_equal(first_with_ink(&list, SHAPE_FORMULA, INK_TEXT) == NULL, t > 7 || unscored);
                }
            }
    desk_stop(desk);
}

static void no_gradient_is_promised_before_a_backward_pass_that_has_begun(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[1], "agree", 12, 4, 1, false);
    const View *gradient = views[view_index("gradient")];
    for (int begun = 0; begun < 2; begun++) {
        desk_seek(desk, 1, desk->run.program.pass_ops + begun);
        desk->run.batch.length[0] = 7;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        DrawList list = desk_draw(desk, gradient, &snapshot, usual);
        assert_int_equal(says(&list, "comes with the backward pass"), !begun);
        assert_int_equal(says(&list, "the backward pass comes here later"), begun);
    }
    desk_stop(desk);
}

// ---- a state that is carried on
// ---------------------------------------------------------------------------------------
static void a_carried_state_is_drawn_at_a_cut(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell < 2; cell++) {
        Setup setup = setup_default();
        setup.cell = cell;
        setup.task = task_index("letters");
        setup.carry = true;
        setup.batch = 2;
        desk_start_as(desk, &setup);
        desk_seek(desk, 1, 20);
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        DrawList list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
        assert_non_null(strstr(hot_named(&list, "graph.origin.h")->tip, "h₀ = 0"));
        desk_train(desk, 2);
        desk_seek(desk, 2, 20);
        snapshot = snapshot_make(&desk->run, 0, false);
        list = desk_draw(desk, views[view_index("graph")], &snapshot, usual);
        assert_non_null(strstr(hot_named(&list, "graph.origin.h")->tip, "from the window before"));
        assert_true(says(&list, "window before"));
        check_moments(desk, check_room);
        desk_stop(desk);
    }
}

// ---- goldens
// ----------------------------------------------------------------------------------------------------------
static const char *way;

static void check_as_it_was(Desk *desk, const View *view, const Snapshot *snapshot)
{
    DrawList list = desk_draw(desk, view, snapshot, (Rect){264, 70, 640, 300});
    check_golden(draw_print(&list, "%s_lstm_2_%s", view->name, way), draw_dump(&list, &desk->arena));
}

static void every_view_of_two_layers_both_ways_is_as_it_was(void **state)
{
    Desk *desk = *state;
    desk_start_net(desk, cell_types[1], "recall", 4, 3, 2, true);
    desk_train(desk, 3);
    desk_seek(desk, 3, run_last_op(&desk->run) * 3 / 4);
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    way = "forward";
    snapshot_look_at(&snapshot, 1, false);
    check_views(desk, &snapshot, check_as_it_was);
    way = "backward";
    snapshot_look_at(&snapshot, 0, true);
    check_views(desk, &snapshot, check_as_it_was);
    desk_stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_the_operation_until_it_is_chosen),
        cmocka_unit_test(within_a_time_step_it_is_the_layer_of_the_operation),
        cmocka_unit_test(names_say_the_layer_and_direction),
        cmocka_unit_test(the_state_goes_the_way_that_is_looked_at),
        cmocka_unit_test(what_joins_the_directions_tells_them_apart),
        cmocka_unit_test(a_time_step_of_the_answers_is_told_by_their_formula),
        cmocka_unit_test(the_loop_says_whose_weights_and_how_many_time_steps),
        cmocka_unit_test(half_of_the_gradient_is_where_the_task_asks),
        cmocka_unit_test(behind_the_end_of_a_sequence_nothing_is_told),
        cmocka_unit_test(a_time_step_behind_the_end_is_told_as_padding),
        cmocka_unit_test(no_gradient_is_promised_before_a_backward_pass_that_has_begun),
        cmocka_unit_test(a_carried_state_is_drawn_at_a_cut),
        cmocka_unit_test(every_view_of_two_layers_both_ways_is_as_it_was),
        cmocka_unit_test(only_the_graph_folds),
        cmocka_unit_test(no_unknown_value_of_any_layer_is_drawn),
        cmocka_unit_test(nothing_unknown_is_drawn_beside_padding),
        cmocka_unit_test(sequences_that_end_early_find_room),
        cmocka_unit_test(every_layer_and_direction_finds_room),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
