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

#include "sim/history.h"
#include "ui/formula.h"
#include "views/views.h"

// ---- a run, a moment of it, and the picture -----------------------------------------------------------------------
typedef struct {
    Fonts *fonts;
    Arena arena;
    Run run;
} Desk;

static int set_up(void **state)
{
    static Desk desk;
    Err err;
    desk = (Desk){.fonts = fonts_open(&err), .arena = arena_make(1 << 20)};
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

static void start_setup(Desk *desk, const Setup *setup)
{
    Err err;
    if (!run_start(&desk->run, setup, &err))
        fail_msg("%s", err.text);
}

static void start_layers(Desk *desk, int layers, bool bidirectional)
{
    Setup setup = setup_default();
    setup.task = task_index("echo");
    setup.T = 6;
    setup.hidden = 4;
    setup.batch = 2;
    setup.layers = layers;
    setup.bidirectional = bidirectional;
    start_setup(desk, &setup);
}

static void start(Desk *desk, const CellType *cell, const char *task, int T, int hidden)
{
    Setup setup = setup_default();
    setup.cell = cell_index(cell->name);
    setup.task = task_index(task);
    setup.T = T;
    setup.hidden = hidden;
    setup.batch = 2;
    start_setup(desk, &setup);
}

static void seek(Desk *desk, long update, long op)
{
    Err err;
    if (desk->run.at.update == 0 && !run_step_ops(&desk->run, 1, &err)) // begins update 1
        fail_msg("%s", err.text);
    run_finish(&desk->run);
    if (!run_seek(&desk->run, (Moment){update, op}, &err))
        fail_msg("%s", err.text);
    run_finish(&desk->run);
}

static DrawList picture(Desk *desk, const Snapshot *snapshot, Rect area)
{
    const View *view = views[view_index("graph")];
    arena_reset(&desk->arena);
    DrawList out = draw_begin(&desk->arena, desk->fonts);
    TimeAxis axis =
        axis_fit(1, snapshot->program->dims.T, area.x + VIEW_MARGIN, area.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT);
    view->draw(snapshot, axis, area, &out);
    return out;
}

// ---- where a shape lies -------------------------------------------------------------------------------------------
typedef struct {
    float left, top, right, bottom;
    const char *text;
} Box;

static float px(int32_t px64)
{
    return (float)px64 / 64;
}

static Box around_points(const Shape *shape)
{
    Box box = {1e9f, 1e9f, -1e9f, -1e9f, NULL};
    for (int i = 0; i < shape->point_count; i++) {
        float x = px(shape->points[2 * i]), y = px(shape->points[2 * i + 1]);
        box.left = x < box.left ? x : box.left;
        box.right = x > box.right ? x : box.right;
        box.top = y < box.top ? y : box.top;
        box.bottom = y > box.bottom ? y : box.bottom;
    }
    return box;
}

static Box around_line(const Shape *shape)
{
    float x0 = px(shape->x), y0 = px(shape->y), x1 = px(shape->w), y1 = px(shape->h);
    return (Box){x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, x0 < x1 ? x1 : x0, y0 < y1 ? y1 : y0, NULL};
}

static Box around_text(const DrawList *list, const Shape *shape)
{
    float width = draw_width(list, shape->type, shape->text), ascent = shape->type.size * 0.73f;
    float descent = shape->type.size * 0.2f;
    if (shape->kind == SHAPE_FORMULA) {
        Formula formula;
        Err err;
        if (!formula_layout(list->fonts, list->arena, shape->ink, shape->type.size, shape->text, &formula, &err))
            fail_msg("%s: %s", shape->text, err.text);
        width = formula.width;
        ascent = formula.ascent;
        descent = formula.descent;
    }
    float left = px(shape->x) - (shape->align == ALIGN_CENTRE ? width / 2 : shape->align == ALIGN_RIGHT ? width : 0);
    return (Box){left, px(shape->y) - ascent, left + width, px(shape->y) + descent, shape->text};
}

static Box around(const DrawList *list, const Shape *shape)
{
    float x = px(shape->x), y = px(shape->y), r = px(shape->radius);
    switch (shape->kind) {
    case SHAPE_LINE:
    case SHAPE_ARROW:
        return around_line(shape);
    case SHAPE_POLYLINE:
    case SHAPE_CURVE:
    case SHAPE_POLYGON:
        return around_points(shape);
    case SHAPE_CIRCLE:
    case SHAPE_RING:
        return (Box){x - r, y - r, x + r, y + r, NULL};
    case SHAPE_TEXT:
    case SHAPE_FORMULA:
        return around_text(list, shape);
    default:
        return (Box){x, y, x + px(shape->w), y + px(shape->h), NULL};
    }
}

// ---- what must be true of every picture ---------------------------------------------------------------------------
static const char *named(const Desk *desk, Rect area)
{
    static char text[120];
    const Run *run = &desk->run;
    snprintf(text, sizeof text, "%s T %d H %d at %ld %ld in %.0fx%.0f", run->program.net.cell->name,
             run->program.dims.T, run->program.dims.H, run->at.update, run->at.op, (double)area.w, (double)area.h);
    return text;
}

static void check_inside(const Desk *desk, Rect area, const Box *box, int shape)
{
    static const float near = 0.6f;
    bool inside = box->left >= area.x - near && box->top >= area.y - near && box->right <= area.x + area.w + near &&
                  box->bottom <= area.y + area.h + near;
    if (!inside)
        fail_msg("%s: shape %d \"%s\" at %g %g … %g %g", named(desk, area), shape, box->text ? box->text : "",
                 (double)box->left, (double)box->top, (double)box->right, (double)box->bottom);
}

static void check_apart(const Desk *desk, Rect area, const Box *a, const Box *b)
{
    static const float near = 0.5f;
    bool apart = a->right <= b->left + near || b->right <= a->left + near || a->bottom <= b->top + near ||
                 b->bottom <= a->top + near;
    if (!apart)
        fail_msg("%s: \"%s\" at %g %g touches \"%s\" at %g %g", named(desk, area), a->text, (double)a->left,
                 (double)a->top, b->text, (double)b->left, (double)b->top);
}

static void check_picture(const Desk *desk, Rect area, const DrawList *list)
{
    Box *texts = arena_new(list->arena, Box, list->count);
    int count = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        if (shape->kind == SHAPE_UNCLIP)
            continue;
        Box box = around(list, shape);
        check_inside(desk, area, &box, i);
        if (!box.text)
            continue;
        for (int other = 0; other < count; other++)
            check_apart(desk, area, &texts[other], &box);
        texts[count++] = box;
    }
}

static void check_moment(Desk *desk, bool probe, bool folded)
{
    static const Rect areas[] = {{3, 5, 512, 250},  {264, 70, 828, 372}, {264, 70, 828, 270},
                                 {9, 9, 1776, 640}, {9, 9, 828, 150},    {9, 9, 1776, 200}};
    Snapshot snapshot = snapshot_make(&desk->run, 1, probe);
    snapshot.folded = folded;
    snapshot.pointed_t = snapshot.selected_t = 1;
    snapshot.selected_unit = 1;
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        DrawList list = picture(desk, &snapshot, areas[i]);
        check_picture(desk, areas[i], &list);
        assert_in_range(list.count, 10, 4000);
    }
}

static void check_moments(Desk *desk)
{
    long last = run_last_op(&desk->run), T = desk->run.program.dims.T;
    const long ops[] = {1,   last / 2 - last / 5, last / 2, last / 2 + last / (2 * T), last - 2 - last / 9, last - 1,
                        last};
    check_moment(desk, true, false);
    check_moment(desk, false, false);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        seek(desk, 1, ops[i]);
        check_moment(desk, false, false);
        check_moment(desk, false, true);
    }
    check_moment(desk, true, true);
}

static void nothing_overlaps_or_is_cut(void **state)
{
    static const int lengths[] = {1, 3, 12, 50, 200, 1000};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            Desk *desk = *state;
            start(desk, cell_types[cell], "recall", lengths[i], 8);
            check_moments(desk);
            run_free(&desk->run);
        }
}

static void every_number_of_units_finds_room(void **state)
{
    static const int sizes[] = {1, 2, 7, 16, 33, 100, 256};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            Desk *desk = *state;
            start(desk, cell_types[cell], "recall", 12, sizes[i]);
            check_moments(desk);
            run_free(&desk->run);
        }
}

static void every_task_finds_room(void **state)
{
    static const int lengths[] = {5, 12, 30, 100};
    for (int task = 0; tasks[task]; task++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            Desk *desk = *state;
            int T = lengths[i] < tasks[task]->least_T ? tasks[task]->least_T : lengths[i];
            start(desk, cell_types[task % 3], tasks[task]->name, T, 8);
            check_moments(desk);
            run_free(&desk->run);
        }
}

// ---- what is not known is not drawn -------------------------------------------------------------------------------
static const Rect usual = {264, 70, 828, 372};

static const char *dump(Desk *desk, bool folded)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    snapshot.folded = folded;
    DrawList list = picture(desk, &snapshot, usual);
    return draw_dump(&list, &desk->arena);
}

static void poison(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = 1e300 / (double)(i + 1);
}

static void poison_unknown(Run *run)
{
    const Program *p = &run->program;
    for (int slot = 0; slot < p->slot_count; slot++)
        for (int t = 0; t <= p->dims.T + 1; t++) {
            size_t count = (size_t)p->dims.B * (size_t)p->slots[slot].length;
            if (run->at.op < program_value_known(p, slot, t))
                poison(tape_value(&shares_of(run->shares, 0)->tape, t, slot), count);
            if (run->at.op < program_grad_known(p, slot, t))
                poison(tape_grad(&shares_of(run->shares, 0)->tape, t, slot), count);
        }
}

static void check_unknown_is_not_drawn(Desk *desk, bool folded)
{
    Tape *tape = &shares_of(desk->run.shares, 0)->tape;
    size_t bytes = sizeof(double) * tape->column * (size_t)(desk->run.program.dims.T + 2);
    double *value = malloc(bytes), *grad = malloc(bytes);
    char *clean = strdup(dump(desk, folded));
    memcpy(value, tape->value, bytes);
    memcpy(grad, tape->grad, bytes);
    poison_unknown(&desk->run);
    const char *poisoned = dump(desk, folded);
    if (strcmp(clean, poisoned) != 0)
        fail_msg("%s: something unknown is drawn", named(desk, usual));
    memcpy(tape->value, value, bytes);
    memcpy(tape->grad, grad, bytes);
    free(value);
    free(grad);
    free(clean);
}

static void no_unknown_value_is_drawn(void **state)
{
    static const int lengths[] = {4, 40, 120}; // wide, middle and narrow columns
    for (int cell = 0; cell_types[cell]; cell++)
        for (int i = 0; i < 3; i++) {
            Desk *desk = *state;
            start(desk, cell_types[cell], "echo", lengths[i], 3);
            long stride = i == 0 ? 1 : lengths[i] - 3; // no multiple of a time step's operations
            for (long op = 0; op <= run_last_op(&desk->run); op += stride) {
                seek(desk, 1, op);
                check_unknown_is_not_drawn(desk, false);
                check_unknown_is_not_drawn(desk, true);
            }
            run_free(&desk->run);
        }
}

// ---- presses and tips ---------------------------------------------------------------------------------------------
static void check_press(const Desk *desk, const char *press)
{
    long first, second;
    const Run *run = &desk->run;
    if (sscanf(press, "select %ld %ld", &first, &second) == 2) {
        assert_in_range(first, 1, run->program.dims.T);
        assert_in_range(second, 1, run->program.dims.H);
    } else if (sscanf(press, "seek %ld %ld", &first, &second) == 2) {
        assert_int_equal(first, run->at.update);
        assert_in_range(second, 1, run_last_op(run));
    } else {
        assert_true(strcmp(press, "fold on") == 0 || strcmp(press, "fold off") == 0);
    }
}

static void everything_can_be_pointed_at(void **state)
{
    Desk *desk = *state;
    start(desk, cell_types[1], "recall", 12, 8);
    seek(desk, 1, run_last_op(&desk->run) - 40);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = picture(desk, &snapshot, usual);
    for (int i = 0; i < list.count; i++) {
        const Hot *hot = list.shapes[i].kind == SHAPE_HOT ? list.shapes[i].hot : NULL;
        if (!hot)
            continue;
        assert_non_null(hot->tip);
        assert_true(strlen(hot->tip) > 4);
        if (hot->press)
            check_press(desk, hot->press);
    }
    run_free(&desk->run);
}

static Point middle_of(const Shape *shape)
{
    return (Point){(float)(shape->x + shape->w) / 128, (float)(shape->y + shape->h) / 128};
}

// What a column says lies behind all that is in it.
static int check_arrows(Desk *desk)
{
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = picture(desk, &snapshot, usual);
    int arrows = 0;
    for (int i = 0; i < list.count; i++) {
        const Shape *shape = &list.shapes[i];
        if (shape->kind != SHAPE_ARROW || shape->ink != INK_FORWARD)
            continue;
        Point at = middle_of(shape);
        const Hot *hot = draw_hot_at(&list, at.x, at.y);
        if (!hot || strncmp(hot->tip, "time step", 9) == 0)
            fail_msg("the arrow at %g, %g says \"%s\"", (double)at.x, (double)at.y, hot ? hot->tip : "");
        arrows++;
    }
    return arrows;
}

static void every_arrow_says_what_it_carries(void **state)
{
    Desk *desk = *state;
    start(desk, cell_types[0], "recall", 12, 8);
    seek(desk, 1, run_last_op(&desk->run) - 40);
    assert_true(check_arrows(desk) >= 12 + 12 + 12);
    run_free(&desk->run);
    for (int bidirectional = 0; bidirectional < 2; bidirectional++) {
        start_layers(desk, 3, bidirectional);
        seek(desk, 1, run_last_op(&desk->run) - 40);
        assert_true(check_arrows(desk) >= 6 * 4);
        run_free(&desk->run);
    }
}

static const Hot *hot_found(const DrawList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == hot_id(name))
            return list->shapes[i].hot;
    return NULL;
}

static const Hot *hot_named(const DrawList *list, const char *name)
{
    const Hot *hot = hot_found(list, name);
    if (!hot)
        fail_msg("there is no \"%s\"", name);
    return hot;
}

static void a_press_goes_to_the_moment_a_thing_is_known(void **state)
{
    Desk *desk = *state;
    start(desk, cell_types[0], "recall", 12, 8);
    seek(desk, 1, 12 * 6 + 5 * 6); // backward to t = 8, six operations a time step
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = picture(desk, &snapshot, usual);
    assert_string_equal(hot_named(&list, "graph.input.3")->press, "seek 1 13");
    assert_string_equal(hot_named(&list, "graph.answer.1")->press, "seek 1 5");
    assert_string_equal(hot_named(&list, "graph.loss.12")->press, "seek 1 72");
    assert_string_equal(hot_named(&list, "graph.cell.8")->press, "seek 1 102");
    assert_string_equal(hot_named(&list, "graph.column.4")->press, "select 4 1");
    assert_string_equal(hot_named(&list, "graph.unit.h.2.5")->press, "select 2 6");
    assert_non_null(strstr(hot_named(&list, "graph.gradient.h.11")->tip, "‖∂L/∂h‖ at t = 11: "));
    assert_non_null(strstr(hot_named(&list, "graph.gradient.h.11")->tip, " of t = 12"));
    run_free(&desk->run);
}

static void the_start_gets_its_gradient_at_the_end_of_the_backward_pass(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        start(desk, cell_types[cell], "recall", 12, 8);
        long backward = 2 * desk->run.program.pass_ops;
        seek(desk, 1, backward - desk->run.program.passes[0].row_count);
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        DrawList list = picture(desk, &snapshot, usual);
        assert_null(hot_found(&list, "graph.gradient.h.0"));
        seek(desk, 1, backward);
        snapshot = snapshot_make(&desk->run, 0, false);
        list = picture(desk, &snapshot, usual);
        assert_non_null(hot_named(&list, "graph.gradient.h.0"));
        run_free(&desk->run);
    }
}

// ---- a run that is no longer finite -------------------------------------------------------------------------------
static void numbers_that_are_not_finite_are_told(void **state)
{
    static const int lengths[] = {12, 50, 1000};
    for (int i = 0; i < 3; i++) {
        Desk *desk = *state;
        start(desk, cell_types[i], "recall", lengths[i], 8);
        seek(desk, 1, run_last_op(&desk->run));
        Tape *tape = &shares_of(desk->run.shares, 0)->tape;
        for (size_t n = tape->column * (size_t)lengths[i] / 2; n < tape->column * (size_t)(lengths[i] + 1); n++)
            tape->value[n] = tape->grad[n] = n % 3 ? INFINITY : NAN;
        check_moment(desk, false, false);
        check_moment(desk, false, true);
        assert_non_null(strstr(dump(desk, false), "warning"));
        run_free(&desk->run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_or_is_cut),
        cmocka_unit_test(every_number_of_units_finds_room),
        cmocka_unit_test(every_task_finds_room),
        cmocka_unit_test(no_unknown_value_is_drawn),
        cmocka_unit_test(everything_can_be_pointed_at),
        cmocka_unit_test(every_arrow_says_what_it_carries),
        cmocka_unit_test(a_press_goes_to_the_moment_a_thing_is_known),
        cmocka_unit_test(the_start_gets_its_gradient_at_the_end_of_the_backward_pass),
        cmocka_unit_test(numbers_that_are_not_finite_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
