// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "picture.h"

// All that is read counts time steps from the setting first_index, and names weights as the setting notation says.
enum { T = 37, HIDDEN = 5, FOUND_MOST = 60000 };
static const Rect large = {0, 0, 2400, 900}, narrow = {0, 0, 700, 400};

// ---- numbers of time steps in a picture -------------------------------------------------------------------------
typedef struct {
    int value[FOUND_MOST];
    int count;
    char where[FOUND_MOST][64];
} Found;

static Found from_one, from_zero;

static void note(Found *found, const char *number, const char *where)
{
    bool minus = strncmp(number, "−", strlen("−")) == 0;
    assert_true(found->count < FOUND_MOST);
    snprintf(found->where[found->count], sizeof *found->where, "%s", where);
    found->value[found->count++] = minus ? -atoi(number + strlen("−")) : atoi(number);
}

// "t = 5", "t = 5 to 7", "select 5 1"; "select down" names none.
static void note_after(Found *found, const char *text, const char *words)
{
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words)) {
        const char *number = at + strlen(words), *rest = number + strspn(number, "−0123456789");
        if (rest > number)
            note(found, number, text);
        if (strncmp(rest, " to ", 4) == 0 && isdigit((unsigned char)rest[4]))
            note(found, rest + 4, text);
    }
}

// h_{5}, z_{f,5}; not the units of (h)_{1\ldots 5}.
static void note_subscripts(Found *found, const char *formula)
{
    for (const char *at = strstr(formula, "_{"); at; at = strstr(at + 1, "_{")) {
        const char *end = at + strcspn(at, "}"), *number = end;
        while (number > at && (isdigit((unsigned char)number[-1]) || number[-1] == '-'))
            number--;
        if (number < end && (number[-1] == '{' || number[-1] == ','))
            note(found, number, formula);
    }
}

static void note_shape(Found *found, const Shape *shape)
{
    if (shape->kind == SHAPE_FORMULA)
        note_subscripts(found, shape->text);
    if (shape->kind == SHAPE_TEXT)
        note_after(found, shape->text, "t = ");
    if (shape->kind == SHAPE_HOT && shape->hot->tip)
        note_after(found, shape->hot->tip, "t = ");
    if (shape->kind == SHAPE_HOT && shape->hot->press)
        note_after(found, shape->hot->press, "select ");
}

static void note_all(Desk *desk, const View *view, Snapshot snapshot, Rect area, Found *found)
{
    DrawList list = desk_draw(desk, view, &snapshot, area);
    found->count = 0;
    for (int i = 0; i < list.count; i++)
        note_shape(found, &list.shapes[i]);
}

// The two pictures lie in one arena, so the first is kept as numbers.
static void check_view(Desk *desk, const View *view, const Snapshot *snapshot, Rect area)
{
    desk->run.setup.first_index = 1;
    note_all(desk, view, *snapshot, area, &from_one);
    desk->run.setup.first_index = 0;
    note_all(desk, view, *snapshot, area, &from_zero);
    desk->run.setup.first_index = 1;
    if (from_zero.count != from_one.count)
        for (int i = 0; i < from_zero.count; i++)
            if (from_zero.value[i] != from_one.value[i] - 1)
                fail_msg("%s of %s: \"%s\", but \"%s\"", view->name, desk->run.program.net.cell->name,
                         from_zero.where[i], from_one.where[i]);
    assert_int_equal(from_zero.count, from_one.count);
    for (int i = 0; i < from_zero.count; i++) {
        if (from_zero.value[i] != from_one.value[i] - 1)
            fail_msg("%s of %s: \"%s\" counts from 1", view->name, desk->run.program.net.cell->name,
                     from_zero.where[i]);
        assert_true(from_zero.value[i] >= -1 && from_zero.value[i] <= T);
    }
}

static void no_number_is_the_last(Desk *desk, const View *view, const Snapshot *snapshot)
{
    char last[16];
    snprintf(last, sizeof last, "%d", T);
    desk->run.setup.first_index = 0;
    DrawList list = desk_draw(desk, view, snapshot, large);
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_TEXT)
            assert_string_not_equal(list.shapes[i].text, last);
    desk->run.setup.first_index = 1;
}

static void check_views(Desk *desk, long op)
{
    desk_seek(desk, 2, op);
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    for (int grain = 0; grain < GRAINS; grain++)
        for (int folded = 0; folded < 2; folded++)
            for (int i = 0; views[i]; i++) {
                snapshot.grain = (Grain)grain;
                snapshot.folded = folded;
                if ((grain > 0 && strcmp(views[i]->name, "inspector") != 0) ||
                    (folded && strcmp(views[i]->name, "graph") != 0))
                    continue;
                check_view(desk, views[i], &snapshot, large);
                check_view(desk, views[i], &snapshot, narrow);
                no_number_is_the_last(desk, views[i], &snapshot);
            }
}

static void check_net(Desk *desk, const CellType *cell, int layers, bool bidirectional)
{
    desk_start_net(desk, cell, "echo", T, HIDDEN, layers, bidirectional);
    desk_train(desk, 2);
    long last = run_last_op(&desk->run);
    const long ops[] = {0, 1, last / 3, last / 2, 3 * last / 4, last - 1, last};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        check_views(desk, ops[i]);
    desk_stop(desk);
}

static void every_time_step_is_one_less_where_t_counts_from_zero(void **state)
{
    for (int cell = 0; cell_types[cell]; cell++)
        check_net(*state, cell_types[cell], 1, false);
    check_net(*state, cell_types[0], 2, true);
}

// ---- names of weights -------------------------------------------------------------------------------------------
static void names_of_other_notations_are_not_seen(Desk *desk, const View *view, const Snapshot *snapshot)
{
    static const char *const pytorch[] = {
        "W_{ih",  "W_{hh", "W_{out", "W_{if", "W_{hf", "W_{in", "W_{hn", "b_{ih", "b_{hh",
        "b_{out", "b_{if", "b_{hf",  "b_{in", "b_{hn", "W_hh",  "W_ih",  "W_out",
    };
    DrawList list = desk_draw(desk, view, snapshot, large);
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        const char *text = shape->kind == SHAPE_HOT ? shape->hot->tip : shape->text;
        for (size_t k = 0; text && k < sizeof pytorch / sizeof *pytorch; k++)
            if (strstr(text, pytorch[k]))
                fail_msg("%s of %s: \"%s\"", view->name, desk->run.program.net.cell->name, text);
    }
}

static void every_view_names_weights_as_the_notation_says(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "echo", 6, HIDDEN);
        desk_train(desk, 2);
        for (int notation = NOTATION_UVW; notation <= NOTATION_CONCAT; notation++)
            for (long op = 0; op <= run_last_op(&desk->run); op++) {
                desk_seek(desk, 2, op);
                desk->run.setup.notation = notation;
                Snapshot snapshot = snapshot_make(&desk->run, 1, false);
                for (int i = 0; views[i]; i++)
                    for (int grain = 0; grain < GRAINS; grain++) {
                        snapshot.grain = (Grain)grain;
                        if (grain == 0 || strcmp(views[i]->name, "inspector") == 0)
                            names_of_other_notations_are_not_seen(desk, views[i], &snapshot);
                    }
            }
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_time_step_is_one_less_where_t_counts_from_zero),
        cmocka_unit_test(every_view_names_weights_as_the_notation_says),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
