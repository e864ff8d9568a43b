// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "base/words.h"
#include "picture.h"

// The card of the time step: what its numbers are of, and that every row can be reached.
extern const View view_program;
static const Rect usual = {0, 0, 316, 400}, small = {0, 0, 208, 298};

static Snapshot snapshot_at(Desk *desk, long op)
{
    desk_seek(desk, 1, op);
    return snapshot_make(&desk->run, 0, false);
}

// The operation that ends the backward pass of a time step.
static long end_of_step(const Desk *desk, int t)
{
    const Program *p = &desk->run.program;
    return program_op(p, (Place){PHASE_BACKWARD, 0, t, 0});
}

static bool says_in(const DrawList *list, Ink ink, const char *words)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT && list->shapes[i].ink == ink &&
            strcmp(list->shapes[i].text, words) == 0)
            return true;
    return false;
}

static void norms_are_of_the_state_that_the_bars_show(void **state)
{
    Desk *desk = *state;
    char norm[NUMBER_SIZE], later[NUMBER_SIZE];
    desk_start(desk, cell_types[1], "recall", 12, 8);
    Snapshot snapshot = snapshot_at(desk, end_of_step(desk, 8));
    for (int of_memory = 0; of_memory < 2; of_memory++) {
        snapshot.gradient_of_memory = of_memory;
        int slot = of_memory ? snapshot.program->memory : snapshot.program->state;
        double now = 0, before = 0;
        assert_true(snapshot_grad_norm(&snapshot, slot, 8, &now) && snapshot_grad_norm(&snapshot, slot, 9, &before));
        DrawList list = desk_draw(desk, &view_program, &snapshot, usual);
        assert_true(says(&list, of_memory ? "gradient of c" : "gradient of h"));
        assert_true(says(&list, draw_print(&list, "%s → %s", number_short(later, before), number_short(norm, now))));
        assert_true(says(&list, draw_print(&list, "× %s", number_short(norm, now / before))));
        list = desk_draw(desk, &view_program, &snapshot, small);
        assert_true(says(&list, of_memory ? "of c" : "of h"));
    }
    desk_stop(desk);
}

static void the_gradient_through_one_step_is_called_a_part(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    Snapshot snapshot = snapshot_at(desk, end_of_step(desk, 8));
    DrawList list = desk_draw(desk, &view_program, &snapshot, usual);
    assert_true(says_in(&list, INK_BACKWARD, "part"));
    list = draw_begin(&desk->arena, desk->fonts);
    list.hover = hot_id("row 1");
    view_program.draw(&snapshot, (TimeAxis){0}, usual, &list);
    assert_non_null(strstr(hot_named(&list, "row 1")->tip, "the part of ∂L/∂h at t = 7 that comes through t = 8"));
    snapshot = snapshot_at(desk, end_of_step(desk, 1)); // of h at the start it is all
    list = desk_draw(desk, &view_program, &snapshot, usual);
    assert_false(says_in(&list, INK_BACKWARD, "part"));
    desk_stop(desk);
}

static void a_loss_that_does_not_count_has_no_gradient(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    Snapshot snapshot = snapshot_at(desk, end_of_step(desk, 12));
    DrawList list = desk_draw(desk, &view_program, &snapshot, usual);
    assert_true(says_in(&list, INK_BACKWARD, "1"));
    snapshot = snapshot_at(desk, end_of_step(desk, 8));
    list = desk_draw(desk, &view_program, &snapshot, usual);
    assert_false(says_in(&list, INK_BACKWARD, "1"));
    desk_stop(desk);
}

// ---- rows that have no room ---------------------------------------------------------------------------------------
static bool shows_row(const DrawList *list, int row)
{
    uint32_t id = hot_id(arena_print(list->arena, "row %d", row));
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == id)
            return true;
    return false;
}

// Of all signs "… 5 more"; *press: of the last of them.
static int told_more(const DrawList *list, const char **press)
{
    int more = 0, rows;
    for (int i = 0; i + 1 < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT && sscanf(list->shapes[i].text, "… %d more", &rows) == 1) {
            more += rows;
            *press = list->shapes[i + 1].hot->press;
        }
    return more;
}

static void rows_without_room_are_told_and_can_be_reached(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[1], "recall", 12, 8);
    const int count = desk->run.program.row_count;
    for (int row = 0; row < count; row++) {
        const char *press = NULL;
        int seen = 0;
        Snapshot snapshot = snapshot_at(desk, program_op(&desk->run.program, (Place){PHASE_BACKWARD, 0, 5, row}));
        DrawList list = desk_draw(desk, &view_program, &snapshot, small);
        assert_true(shows_row(&list, row));
        for (int i = 0; i < count; i++)
            seen += shows_row(&list, i);
        assert_true(seen < count);
        assert_int_equal(seen + told_more(&list, &press), count);
        long update, op;
        assert_int_equal(sscanf(press, "seek %ld %ld", &update, &op), 2);
        int nearest = program_place(snapshot.program, op).row;
        assert_false(shows_row(&list, nearest));
        snapshot = snapshot_at(desk, op);
        list = desk_draw(desk, &view_program, &snapshot, small);
        assert_true(shows_row(&list, nearest));
        check_picture(desk, &view_program, small, &list);
    }
    desk_stop(desk);
}

static void few_rows_use_the_room(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    Snapshot snapshot = snapshot_at(desk, end_of_step(desk, 8));
    DrawList list = desk_draw(desk, &view_program, &snapshot, usual);
    int large = 0;
    for (int i = 0; i < list.count; i++)
        large += list.shapes[i].kind == SHAPE_FORMULA && list.shapes[i].type.size >= 14;
    assert_int_equal(large, 7); // the long sum in two lines
    assert_true(hot_named(&list, "row 5")->area.h >= 34);
    assert_true(says(&list, "+\\: W_{hh} h_{7} + b_{hh}"));
    check_picture(desk, &view_program, usual, &list);
    desk_stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norms_are_of_the_state_that_the_bars_show),
        cmocka_unit_test(the_gradient_through_one_step_is_called_a_part),
        cmocka_unit_test(a_loss_that_does_not_count_has_no_gradient),
        cmocka_unit_test(rows_without_room_are_told_and_can_be_reached),
        cmocka_unit_test(few_rows_use_the_room),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
