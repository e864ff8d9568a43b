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

#include "picture.h"
#include "views/heatmap.h"

// The unrolled graph: what its rows show and how they say it. That nothing overlaps is in test_graph.c.
extern const View view_graph, view_hidden;
static const Rect usual = {264, 70, 828, 372};

static DrawList graph_of(Desk *desk, Rect area)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    return desk_draw(desk, &view_graph, &snapshot, area);
}

static Rect around_text(const DrawList *list, const Shape *shape)
{
    float width = draw_width(list, shape->type, shape->text), x = (float)shape->x / 64, y = (float)shape->y / 64;
    float part = shape->align == ALIGN_CENTRE ? 0.5f : shape->align == ALIGN_RIGHT ? 1 : 0;
    return (Rect){x - part * width, y - shape->type.size, width, shape->type.size * 1.2f};
}

// ---- dots ---------------------------------------------------------------------------------------------------------
static void check_dots(const DrawList *list)
{
    int dots = 0, texts = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *dot = &list->shapes[i];
        if (dot->kind != SHAPE_CIRCLE || dot->ink != INK_SOFT)
            continue;
        dots++;
        for (int j = 0; j < list->count; j++) {
            if (list->shapes[j].kind != SHAPE_TEXT)
                continue;
            texts++;
            Rect text = around_text(list, &list->shapes[j]);
            float x = (float)dot->x / 64, y = (float)dot->y / 64, r = (float)dot->radius / 64;
            assert_false(rect_holds((Rect){text.x - r - 1, text.y, text.w + 2 * r + 2, text.h}, x, y));
        }
    }
    assert_true(dots > 0 && texts > 0);
}

static void dots_keep_off_numbers(void **state)
{
    Desk *desk = *state;
    for (int T = 40; T <= 70; T += 5) {
        desk_start(desk, cell_types[0], "echo", T, 8);
        desk_seek(desk, 1, run_last_op(&desk->run) / 2);
        for (int t = 1; t <= T; t += 3) // numbers of several widths
            *(tape_value(&shares_of(desk->run.shares, 0)->tape, t, desk->run.program.loss)) = t % 2 ? 1 : 0.25;
        DrawList list = graph_of(desk, usual);
        check_dots(&list);
        desk_stop(desk);
    }
}

// ---- the loss's box -----------------------------------------------------------------------------------------------
static bool is_framed(const DrawList *list, Rect text)
{
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        Rect frame = {(float)shape->x / 64, (float)shape->y / 64, (float)shape->w / 64, (float)shape->h / 64};
        if (shape->kind == SHAPE_FRAME && rect_holds(frame, text.x, text.y) &&
            rect_holds(frame, text.x + text.w, text.y + text.h))
            return true;
    }
    return false;
}

static void a_loss_keeps_its_frame(void **state)
{
    static const struct {
        double loss;
        const char *says;
    } cases[] = {{1.19, "1.19"}, {0.00171, "0.002"}, {0.000248, "2e−4"}, {0.0123, "0.0123"}, {12300, "12300"}};
    static const Rect narrow = {9, 9, 520, 280};
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run) / 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        *tape_value(&shares_of(desk->run.shares, 0)->tape, 12, desk->run.program.loss) = cases[i].loss;
        DrawList list = graph_of(desk, narrow);
        assert_true(is_framed(&list, place_of(&list, cases[i].says)));
        check_picture(desk, &view_graph, narrow, &list);
    }
    desk_stop(desk);
}

// ---- one scale ----------------------------------------------------------------------------------------------------
static double grid_value(const Grid *grid, int n)
{
    return grid->value[n / grid->columns * grid->row_stride + n % grid->columns * grid->column_stride];
}

// Nothing is beyond the scale, and some cell is just so far along it.
static bool shows(const DrawList *list, double part)
{
    bool found = false;
    for (int i = 0; i < list->count; i++) {
        const Grid *grid = list->shapes[i].grid;
        for (int n = 0; grid && n < grid->rows * grid->columns; n++) {
            found = found || fabs(grid_value(grid, n) - part) < 1e-12;
            if (fabs(grid_value(grid, n)) > 1)
                return false;
        }
    }
    return found;
}

static void a_state_has_one_scale_wherever_it_is_drawn(void **state)
{
    static const int lengths[] = {12, 40, 200, 1000};
    Desk *desk = *state;
    for (int i = 0; i < 4; i++) {
        desk_start(desk, cell_types[0], "recall", lengths[i], 8);
        desk_seek(desk, 1, run_last_op(&desk->run));
        for (int t = 1; t <= lengths[i]; t++)
            for (int unit = 0; unit < 8; unit++)
                tape_value(&shares_of(desk->run.shares, 0)->tape, t, desk->run.program.state)[unit] = 117.0 * unit / 7;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        double scale = heatmap_scale(&snapshot, desk->run.program.state);
        DrawList list = desk_draw(desk, &view_hidden, &snapshot, usual);
        assert_true(shows(&list, 117 / scale));
        list = desk_draw(desk, &view_graph, &snapshot, usual);
        assert_true(shows(&list, 117 / scale));
        if (lengths[i] == 12)
            assert_non_null(strstr(hot_named(&list, "graph.cell.3")->tip, draw_print(&list, "±%g", scale)));
        snapshot.folded = true;
        list = desk_draw(desk, &view_graph, &snapshot, usual);
        assert_true(shows(&list, 117 / scale));
        desk_stop(desk);
    }
}

// ---- dense columns --------------------------------------------------------------------------------------------------
static const char *tip_at(Desk *desk, const View *view, float x, float y)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, view, &snapshot, usual);
    uint32_t id = draw_hot_at(&list, x, y)->id;
    list = draw_begin(&desk->arena, desk->fonts);
    list.hover = id;
    view->draw(&snapshot, axis_fit(1, 1000, usual.x + VIEW_MARGIN, 720), usual, &list);
    return draw_hot_at(&list, x, y)->tip;
}

static void dense_columns_tell_their_range(void **state)
{
    Desk *desk = *state;
    const Program *p = &desk->run.program;
    desk_start(desk, cell_types[0], "recall", 1000, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    for (int t = 1; t <= 1000; t++)
        for (int unit = 0; unit < 8; unit++)
            tape_value(&shares_of(desk->run.shares, 0)->tape, t, p->state)[unit] = unit ? 0.5 : -t / 1000.0;
    const View *both[] = {&view_graph, &view_hidden};
    for (int i = 0; i < 2; i++) {
        int first, last;
        const char *tip = tip_at(desk, both[i], usual.x + VIEW_MARGIN + 360, usual.y + usual.h / 2);
        assert_int_equal(sscanf(strstr(tip, "t = "), "t = %d to %d", &first, &last), 2);
        assert_in_range(first, 490, 501);
        assert_in_range(last, first + 1, first + 8);
        assert_non_null(strstr(tip, arena_print(&desk->arena, "\n−0.%d … 0.5", last)));
    }
    desk_stop(desk);
}

static void the_last_column_s_number_keeps_off_the_border(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 1000, 8);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    for (int t = 0; t <= 1000; t += 1000) { // marked, it is bold
        snapshot.t = t;
        DrawList list = desk_draw(desk, &view_graph, &snapshot, usual);
        Rect place = place_of(&list, "1000");
        assert_true(place.x + place.w <= usual.x + usual.w - 7.5f);
    }
    desk_stop(desk);
}

static void no_text_touches_the_bottom(void **state)
{
    Desk *desk = *state;
    for (float height = 150; height < 400; height += 5) {
        const Rect area = {0, 0, 545, height};
        desk_start(desk, cell_types[0], "recall", (int)height % 10 ? 12 : 200, 8);
        DrawList list = graph_of(desk, area);
        for (int i = 0; i < list.count; i++)
            if (list.shapes[i].kind == SHAPE_TEXT)
                assert_true((float)list.shapes[i].y / 64 <= height - 5);
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_keep_off_numbers),
        cmocka_unit_test(a_loss_keeps_its_frame),
        cmocka_unit_test(a_state_has_one_scale_wherever_it_is_drawn),
        cmocka_unit_test(dense_columns_tell_their_range),
        cmocka_unit_test(the_last_column_s_number_keeps_off_the_border),
        cmocka_unit_test(no_text_touches_the_bottom),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
