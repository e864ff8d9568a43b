// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "golden.h"
#include "picture.h"

// Every view of every cell, half way through the backward pass of update 3.
enum { T = 4, HIDDEN = 3 };
static const Rect usual = {264, 70, 640, 300};

static void check_view(Desk *desk, const View *view)
{
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    if (view->applies && !view->applies(&snapshot))
        return;
    DrawList list = desk_draw(desk, view, &snapshot, usual);
    check_golden(draw_print(&list, "%s_%s", view->name, desk->run.program.net.cell->name),
                 draw_dump(&list, &desk->arena));
}

static void every_view_of_every_cell_is_as_it_was(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "recall", T, HIDDEN);
        desk_train(desk, 3);
        desk_seek(desk, 3, run_last_op(&desk->run) * 3 / 4);
        for (int view = 0; views[view]; view++)
            check_view(desk, views[view]);
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_of_every_cell_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
