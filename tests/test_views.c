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

#include "base/words.h"
#include "picture.h"
#include "ui/formula.h"
#include "views/curves.h"
#include "views/equation.h"
#include "views/exact.h"

extern const View view_null, view_loss, view_norm, view_program, view_clip;
static const Rect usual = {264, 70, 828, 228};

// All that this file tests: every view but the graph, which has a test of its own.
static const View *view_at(int i)
{
    int index = i + (view_index("graph") == 0);
    return views[index] ? views[index] : NULL;
}

static bool applies(const View *view, const Snapshot *snapshot)
{
    return !view->applies || view->applies(snapshot);
}

// ---- room ---------------------------------------------------------------------------------------------------------
static void check_sizes(Desk *desk, const View *view, const Snapshot *snapshot)
{
    static const float widths[] = {512, 828, 1776}, narrow[] = {208, 316, 440}, heights[] = {0, 100, 142, 228, 400};
    for (size_t w = 0; w < 3; w++)
        for (size_t h = 0; h < sizeof heights / sizeof *heights; h++) {
            float height = heights[h] > view->least_height ? heights[h] : view->least_height;
            if (h + 1 < sizeof heights / sizeof *heights && heights[h + 1] <= view->least_height)
                continue; // the next one is as high
            Rect area = {264, 70, view->on_time_axis ? widths[w] : narrow[w], height};
            DrawList list = desk_draw(desk, view, snapshot, area);
            check_picture(desk, view, area, &list);
        }
}

static bool has_grains(const View *view) // see only_the_inspector_draws_its_grain
{
    return strcmp(view->name, "inspector") == 0;
}

static void check_moment(Desk *desk, bool probe)
{
    for (int i = 0; view_at(i); i++)
        for (int look = 0; look < (has_grains(view_at(i)) ? GRAINS : 2); look++) {
            Snapshot snapshot = snapshot_make(&desk->run, 1, probe);
            bool linear = look > 0;
            snapshot.grain = (Grain)look;
            snapshot.linear = linear;
            snapshot.gradient_of_memory = linear;
            if (applies(view_at(i), &snapshot))
                check_sizes(desk, view_at(i), &snapshot);
        }
}

static void check_moments(Desk *desk)
{
    long last = run_last_op(&desk->run), T = desk->run.program.dims.T;
    const long ops[] = {0, last / 3, last / 2 + last / (2 * T), last * 3 / 4, last - 1, last};
    check_moment(desk, false);
    check_moment(desk, true);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        desk_seek(desk, 1, ops[i]);
        check_moment(desk, false);
    }
}

static void nothing_overlaps_or_is_cut_at_any_length(void **state)
{
    static const int lengths[] = {3, 12, 50, 200, 1000};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            Desk *desk = *state;
            desk_start(desk, cell_types[cell], "recall", lengths[i], 8);
            check_moments(desk);
            desk_stop(desk);
        }
}

static void nothing_overlaps_or_is_cut_at_any_number_of_units(void **state)
{
    static const int units[] = {1, 2, 33, 256};
    for (int cell = 0; cell_types[cell]; cell++)
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            Desk *desk = *state;
            desk_start(desk, cell_types[cell], "sine", 12, units[i]);
            check_moments(desk);
            desk_stop(desk);
        }
}

static char *dump_of_grain(Desk *desk, const View *view, Snapshot snapshot, Grain grain)
{
    snapshot.grain = grain;
    DrawList list = desk_draw(desk, view, &snapshot, (Rect){264, 70, 828, 400});
    return strdup(draw_dump(&list, &desk->arena));
}

static void check_grain_is_not_drawn(Desk *desk, const View *view, const Snapshot *snapshot)
{
    char *of_op = dump_of_grain(desk, view, *snapshot, GRAIN_OP);
    for (int grain = GRAIN_OP + 1; grain < GRAINS; grain++) {
        char *other = dump_of_grain(desk, view, *snapshot, (Grain)grain);
        assert_string_equal(other, of_op);
        free(other);
    }
    free(of_op);
}

static void only_the_inspector_draws_its_grain(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "recall", 12, 8);
        for (long op = 0; op <= run_last_op(&desk->run); op += 13) {
            desk_seek(desk, 1, op);
            Snapshot snapshot = snapshot_make(&desk->run, 1, false);
            for (int i = 0; view_at(i); i++)
                if (!has_grains(view_at(i)) && applies(view_at(i), &snapshot))
                    check_grain_is_not_drawn(desk, view_at(i), &snapshot);
        }
        desk_stop(desk);
    }
}

// ---- what is not known is not drawn -------------------------------------------------------------------------------
static void check_every_view(Desk *desk)
{
    for (int i = 0; view_at(i); i++) {
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        snapshot.gradient_of_memory = snapshot.known % 2;
        snapshot.linear = snapshot.known % 3 == 0;
        snapshot.grain = (Grain)(snapshot.known / 2 % GRAINS);
        if (applies(view_at(i), &snapshot))
            check_unknown_is_not_drawn(desk, view_at(i), &snapshot, usual);
    }
}

static void no_unknown_value_is_drawn_at_any_operation(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "echo", 5, 3);
        for (long op = 0; op <= run_last_op(&desk->run); op++) {
            desk_seek(desk, 1, op);
            check_every_view(desk);
        }
        desk_stop(desk);
    }
}

static void no_unknown_value_is_drawn_in_narrow_columns(void **state)
{
    static const int lengths[] = {40, 300, 1000};
    Desk *desk = *state;
    for (int i = 0; i < 3; i++) {
        desk_start(desk, cell_types[i], "echo", lengths[i], 3);
        long last = run_last_op(&desk->run);
        for (long op = 0; op <= last; op += last / 13) {
            desk_seek(desk, 1, op);
            check_every_view(desk);
        }
        desk_stop(desk);
    }
}

// ---- numbers that are not finite ----------------------------------------------------------------------------------
static void every_view_stands_numbers_that_are_not_finite(void **state)
{
    static const int lengths[] = {12, 50, 1000};
    Desk *desk = *state;
    for (int i = 0; i < 3; i++) {
        desk_start(desk, cell_types[i], "recall", lengths[i], 8);
        desk_seek(desk, 1, run_last_op(&desk->run));
        Tape *tape = &shares_of(desk->run.shares, 0)->tape;
        for (size_t n = tape->column * (size_t)lengths[i] / 2; n < tape->column * (size_t)(lengths[i] + 1); n++)
            tape->value[n] = tape->grad[n] = n % 3 ? INFINITY : NAN;
        check_moment(desk, false);
        desk_stop(desk);
    }
}

// ---- tips and presses ---------------------------------------------------------------------------------------------
static void tips_tell_exact_values(void **state)
{
    Desk *desk = *state;
    char exact[NUMBER_SIZE];
    desk_start(desk, cell_types[1], "recall", 12, 8);
    desk_seek(desk, 1, run_last_op(&desk->run));
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = draw_begin(&desk->arena, desk->fonts);
    list.hover = hot_id("map f 7");
    views[view_index("gates")]->draw(&snapshot, axis_fit(1, 12, 360, 720), usual, &list);
    const char *tip = hot_named(&list, "map f 7")->tip;
    const double *value = snapshot_value(&snapshot, program_slot(snapshot.program, "f"), 7);
    assert_non_null(strstr(tip, number_exact(exact, value[7])));
    assert_string_equal(hot_named(&list, "map f 7")->press, "select 7 1");
    desk_stop(desk);
}

static void a_press_on_an_equation_goes_to_its_row(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, 8 * 6 + 2);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, &view_program, &snapshot, (Rect){0, 0, 316, 400});
    assert_string_equal(hot_named(&list, "row 0")->press, "seek 1 49");
    assert_string_equal(hot_named(&list, "row 5")->press, "seek 1 54");
    desk_seek(desk, 1, 12 * 6 + 3 * 6 + 2); // backward, t = 9
    snapshot = snapshot_make(&desk->run, 0, false);
    list = desk_draw(desk, &view_program, &snapshot, (Rect){0, 0, 316, 400});
    assert_string_equal(hot_named(&list, "row 5")->press, "seek 1 91");
    assert_string_equal(hot_named(&list, "row 0")->press, "seek 1 96");
    desk_stop(desk);
}

// ---- equations ----------------------------------------------------------------------------------------------------
static void rows_are_the_equations_of_torch(void **state)
{
    static const struct {
        const char *cell, *slot, *says;
    } cases[] = {
        {"rnn", "h'", "h_{7} = \\text{from the step before}"},
        {"rnn", "z", "z_{8} = W_{ih} x_{8} + b_{ih} + W_{hh} h_{7} + b_{hh}"},
        {"rnn", "h", "h_{8} = \\tanh z_{8}"},
        {"rnn", "y", "\\hat{y}_{8} = W_{out} h_{8} + b_{out}"},
        {"lstm", "z_f", "z_{f,8} = W_{if} x_{8} + b_{if} + W_{hf} h_{7} + b_{hf}"},
        {"lstm", "f", "f_{8} = \\sigma(z_{f,8})"},
        {"lstm", "f*c'", "f_{8} \\odot c_{7}"},
        {"lstm", "c", "c_{8} = f_{8} \\odot c_{7} + i_{8} \\odot g_{8}"},
        {"lstm", "tanh_c", "\\tanh c_{8}"},
        {"lstm", "h", "h_{8} = o_{8} \\odot \\tanh c_{8}"},
        {"gru", "z_r", "z_{r,8} = W_{ir} x_{8} + b_{ir} + W_{hr} h_{7} + b_{hr}"},
        {"gru", "n_x", "n_{x,8} = W_{in} x_{8} + b_{in}"},
        {"gru", "n_h", "n_{h,8} = W_{hn} h_{7} + b_{hn}"},
        {"gru", "1-z", "1 - z_{8}"},
        {"gru", "(1-z)*n", "(1 - z_{8}) \\odot n_{8}"},
        {"gru", "h", "h_{8} = (1 - z_{8}) \\odot n_{8} + z_{8} \\odot h_{7}"},
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_start(desk, cell_types[cell_index(cases[i].cell)], "recall", 12, 8);
        const Program *p = &desk->run.program;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        int row = p->slots[program_slot(p, cases[i].slot)].producer;
        assert_string_equal(equation_of(&snapshot, row, 8, &desk->arena), cases[i].says);
        desk_stop(desk);
    }
}

// Other notations write the two biases of a sum as one; where t is counted from 0 each number is one less.
static void equations_follow_notation_and_count(void **state)
{
    static const struct {
        const char *cell, *slot;
        Notation notation;
        int first_index;
        const char *says, *brief, *cut;
    } cases[] = {
        {"rnn", "z", NOTATION_UVW, 1, "z_{8} = U x_{8} + W h_{7} + b", "z_{8} = U x_{8} + W h_{7} + b",
         "z_{8} = U x_{8} + \\ldots"},
        {"rnn", "y", NOTATION_UVW, 1, "\\hat{y}_{8} = V h_{8} + b_y", "\\hat{y}_{8} = V h_{8} + b_y",
         "\\hat{y}_{8} = V h_{8} + b_y"},
        {"rnn", "z", NOTATION_CONCAT, 0, "z_{7} = W \\cdot [h_{6}, x_{7}] + b", "z_{7} = W \\cdot [h_{6}, x_{7}] + b",
         "z_{7} = W \\cdot [h_{6}, x_{7}]"},
        {"lstm", "z_f", NOTATION_UVW, 0, "z_{f,7} = U_f x_{7} + W_f h_{6} + b_f",
         "z_{f,7} = U_f x_{7} + W_f h_{6} + b_f", "z_{f,7} = U_f x_{7} + \\ldots"},
        {"lstm", "z_f", NOTATION_CONCAT, 1, "z_{f,8} = W_f \\cdot [h_{7}, x_{8}] + b_f",
         "z_{f,8} = W_f \\cdot [h_{7}, x_{8}] + b_f", "z_{f,8} = W_f \\cdot [h_{7}, x_{8}]"},
        {"gru", "n_h", NOTATION_CONCAT, 1, "n_{h,8} = W_{n,h} h_{7} + b_{n,h}", "n_{h,8} = W_{n,h} h_{7} + b_{n,h}",
         "n_{h,8} = W_{n,h} h_{7} + b_{n,h}"},
        {"rnn", "z", NOTATION_PYTORCH, 0, "z_{7} = W_{ih} x_{7} + b_{ih} + W_{hh} h_{6} + b_{hh}",
         "z_{7} = W_{ih} x_{7} + W_{hh} h_{6} + b_h", "z_{7} = W_{ih} x_{7} + \\ldots"},
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_start(desk, cell_types[cell_index(cases[i].cell)], "recall", 12, 8);
        const Program *p = &desk->run.program;
        desk->run.setup.notation = (int)cases[i].notation;
        desk->run.setup.first_index = cases[i].first_index;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        int row = p->slots[program_slot(p, cases[i].slot)].producer;
        assert_string_equal(equation_of(&snapshot, row, 8, &desk->arena), cases[i].says);
        assert_string_equal(equation_brief(&snapshot, row, 8, &desk->arena), cases[i].brief);
        assert_string_equal(equation_cut(&snapshot, row, 8, &desk->arena), cases[i].cut);
        desk_stop(desk);
    }
}

// h_0, what the first time step starts from, is the step before the first however t is counted.
static void the_state_before_the_first_is_minus_one_where_t_counts_from_zero(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[cell_index("rnn")], "recall", 12, 8);
    desk->run.setup.first_index = 0;
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    int slot = program_slot(&desk->run.program, "h'");
    assert_string_equal(equation_slot(&snapshot, slot, 1, &desk->arena), "h_{-1}");
    desk_stop(desk);
}

static void equations_become_shorter_and_stay_true(void **state)
{
    static const struct {
        const char *cell, *slot, *brief, *cut;
    } cases[] = {
        {"rnn", "z", "z_{8} = W_{ih} x_{8} + W_{hh} h_{7} + b_h", "z_{8} = W_{ih} x_{8} + \\ldots"},
        {"lstm", "z_f", "z_{f,8} = W_{if} x_{8} + W_{hf} h_{7} + b_f", "z_{f,8} = W_{if} x_{8} + \\ldots"},
        {"gru", "n_x", "n_{x,8} = W_{in} x_{8} + b_{in}", "n_{x,8} = W_{in} x_{8} + b_{in}"}, // nothing to leave out
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_start(desk, cell_types[cell_index(cases[i].cell)], "recall", 12, 8);
        const Program *p = &desk->run.program;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        int row = p->slots[program_slot(p, cases[i].slot)].producer;
        assert_string_equal(equation_brief(&snapshot, row, 8, &desk->arena), cases[i].brief);
        assert_string_equal(equation_cut(&snapshot, row, 8, &desk->arena), cases[i].cut);
        desk_stop(desk);
    }
}

static void exact_numbers_have_all_digits_and_a_true_minus(void **state)
{
    static const struct {
        double value;
        const char *says;
    } cases[] = {{0.1, "0.1"},         {-0.1, "−0.1"},   {1.0 / 3, "0.3333333333333333"},
                 {-2.5e-7, "−2.5e−7"}, {1e240, "1e240"}, {INFINITY, "∞"},
                 {-INFINITY, "−∞"},    {NAN, "NaN"}};
    Desk *desk = *state;
    DrawList list = draw_begin(&desk->arena, desk->fonts);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(exact_text(&list, cases[i].value), cases[i].says);
}

static void every_row_of_every_cell_is_a_formula(void **state)
{
    Desk *desk = *state;
    for (int task = 0; tasks[task]; task++)
        for (int cell = 0; cell_types[cell]; cell++) {
            desk_start(desk, cell_types[cell], tasks[task]->name, 12, 8);
            Snapshot snapshot = snapshot_make(&desk->run, 0, false);
            for (int row = 0; row < desk->run.program.row_count; row++) {
                Formula formula;
                Err err;
                const char *text = equation_of(&snapshot, row, 12, &desk->arena);
                if (!formula_layout(desk->fonts, &desk->arena, INK_TEXT, 13, text, &formula, &err))
                    fail_msg("%s: %s", text, err.text);
            }
            desk_stop(desk);
        }
}

// ---- curves -------------------------------------------------------------------------------------------------------
static void curves_begin_with_the_first_update(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 5, 3);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, &view_loss, &snapshot, (Rect){0, 0, 316, 160});
    assert_true(says(&list, "comes with the first update"));
    desk_train(desk, 40);
    snapshot = snapshot_make(&desk->run, 0, false);
    list = desk_draw(desk, &view_loss, &snapshot, (Rect){0, 0, 316, 160});
    assert_false(says(&list, "comes with the first update"));
    assert_true(says(&list, "guessing: 1.39"));
    assert_string_equal(hot_named(&list, "loss")->drag, "seek %s");
    assert_true(hot_named(&list, "loss")->high == 40);
    desk_stop(desk);
}

// The name of a level, and every point of every curve.
static void check_name_is_free(const DrawList *list, const char *name)
{
    Rect place = place_of(list, name);
    for (int i = 0; i < list->count; i++)
        for (int n = 0; n < list->shapes[i].point_count; n++)
            assert_false(rect_holds(place, (float)list->shapes[i].points[2 * n] / 64,
                                    (float)list->shapes[i].points[2 * n + 1] / 64));
}

static void names_of_levels_cover_no_curve(void **state)
{
    static const int updates[] = {1, 2, 5, 10, 20, 40, 90};
    Desk *desk = *state;
    for (int cell = 0; cell < 3; cell++) {
        desk_start(desk, cell_types[cell], "recall", 12, 8);
        for (int i = 0; i < 7; i++) {
            desk_train(desk, updates[i] - desk->run.at.update);
            Snapshot snapshot = snapshot_make(&desk->run, 0, false);
            DrawList list = desk_draw(desk, &view_loss, &snapshot, (Rect){0, 0, 316, 160});
            check_name_is_free(&list, "guessing: 1.39");
            list = desk_draw(desk, &view_norm, &snapshot, (Rect){0, 0, 316, 160});
            check_name_is_free(&list, "θ = 1");
        }
        desk_stop(desk);
    }
}

static void a_single_update_is_a_dot_inside_the_field(void **state)
{
    const View *both[] = {&view_loss, &view_norm};
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_train(desk, 1);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    for (int i = 0; i < 2; i++) {
        DrawList list = desk_draw(desk, both[i], &snapshot, (Rect){0, 0, 316, 160});
        const Shape *dot = first_with_ink(&list, SHAPE_CIRCLE, i ? INK_BACKWARD : INK_RUN_RNN);
        const Shape *frame = first_with_ink(&list, SHAPE_FRAME, INK_HAIRLINE);
        int thick = 0;
        for (int n = 0; n < list.count; n++)
            thick += list.shapes[n].kind == SHAPE_CIRCLE && list.shapes[n].radius >= 64 * 5 / 2;
        assert_true(thick > 0);
        assert_true(dot->y - dot->radius > frame->y && dot->y + dot->radius < frame->y + frame->h);
    }
    desk_stop(desk);
}

static void without_clipping_there_is_no_threshold(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 5, 3);
    desk_train(desk, 5);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, &view_norm, &snapshot, (Rect){0, 0, 316, 160});
    assert_true(says(&list, "θ = 1"));
    assert_true(says(&list, "after clipping"));
    desk->run.setup.clip = CLIP_OFF;
    list = desk_draw(desk, &view_norm, &snapshot, (Rect){0, 0, 316, 160});
    assert_null(first_with_ink(&list, SHAPE_TEXT, INK_CLIP));
    assert_null(first_with_ink(&list, SHAPE_POLYLINE, INK_CLIP));
    desk_stop(desk);
}

// A record of its own, so long that its old updates are blocks: the curve's points are those that the record tells.
static void the_gauge_counts_what_was_clipped(void **state)
{
    Desk *desk = *state;
    Err err;
    char words[64];
    int above = 0, clipped = 0;
    double theta, norm, after;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_train(desk, 250);
    assert_true(record_get(desk->run.record, CURVE_NORM, 150, &theta));
    assert_true(run_set(&desk->run, setting_find("threshold", &err), theta, &err));
    for (long update = 51; update <= 250; update++) {
        assert_true(record_get(desk->run.record, CURVE_NORM, update, &norm));
        assert_true(record_get(desk->run.record, CURVE_CLIPPED, update, &after));
        above += norm > theta;
        clipped += norm > 1 && after == 1;
    }
    assert_true(above > 0 && above < 200);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, &view_clip, &snapshot, (Rect){10, 10, 316, 180});
    snprintf(words, sizeof words, "%.0f %% above θ, %.0f %% were clipped", above / 2.0, clipped / 2.0);
    assert_true(says(&list, words));
    const Hot *line = hot_named(&list, "threshold line");
    assert_string_equal(line->drag, "set threshold %s");
    assert_true(line->low < theta && line->high > theta && line->logarithmic);
    desk_stop(desk);
}

static void clipping_by_norm_keeps_the_direction(void **state)
{
    (void)state;
    double g[200];
    for (int i = 0; i < 200; i++)
        g[i] = (i % 7 - 3) * 0.1;
    double norm = vector_norm(g, 200);
    assert_true(fabs(clip_cosine(g, 200, CLIP_NORM, norm / 3, norm) - 1) < 1e-12);
    assert_true(fabs(clip_cosine(g, 200, CLIP_OFF, 1, norm) - 1) < 1e-12);
}

static void long_curves_say_what_the_record_says(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 5, 3);
    const long last = 300000;
    for (long u = 1; u <= last; u++)
        record_put(desk->run.record, u, (double[CURVES]){u % 1000 == 0 ? 2 : 1, 1, 1});
    desk->run.at = (Moment){last, run_last_op(&desk->run)};
    Snapshot snapshot = snapshot_make(&desk->run, 0, true);
    DrawList list = desk_draw(desk, &view_loss, &snapshot, (Rect){0, 0, 316, 160});
    check_picture(desk, &view_loss, (Rect){0, 0, 316, 160}, &list);
    int spread = 0;
    for (int i = 0; i < list.count; i++)
        spread += list.shapes[i].kind == SHAPE_RECT && list.shapes[i].ink == INK_RUN_RNN;
    assert_in_range(spread, 100, 316); // at most one a pixel, each from 1 to 2
    desk_stop(desk);
}

// ---- the smallest view --------------------------------------------------------------------------------------------
static void the_smallest_view_is_a_view(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 12, 8);
    desk_seek(desk, 1, 6 * 5);
    Snapshot snapshot = snapshot_make(&desk->run, 0, false);
    DrawList list = desk_draw(desk, &view_null, &snapshot, usual);
    check_picture(desk, &view_null, usual, &list);
    assert_int_equal(list.count, 2 * 5);
    check_unknown_is_not_drawn(desk, &view_null, &snapshot, usual);
    desk_stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_or_is_cut_at_any_length),
        cmocka_unit_test(nothing_overlaps_or_is_cut_at_any_number_of_units),
        cmocka_unit_test(only_the_inspector_draws_its_grain),
        cmocka_unit_test(no_unknown_value_is_drawn_at_any_operation),
        cmocka_unit_test(no_unknown_value_is_drawn_in_narrow_columns),
        cmocka_unit_test(every_view_stands_numbers_that_are_not_finite),
        cmocka_unit_test(tips_tell_exact_values),
        cmocka_unit_test(a_press_on_an_equation_goes_to_its_row),
        cmocka_unit_test(rows_are_the_equations_of_torch),
        cmocka_unit_test(equations_become_shorter_and_stay_true),
        cmocka_unit_test(equations_follow_notation_and_count),
        cmocka_unit_test(the_state_before_the_first_is_minus_one_where_t_counts_from_zero),
        cmocka_unit_test(exact_numbers_have_all_digits_and_a_true_minus),
        cmocka_unit_test(every_row_of_every_cell_is_a_formula),
        cmocka_unit_test(curves_begin_with_the_first_update),
        cmocka_unit_test(names_of_levels_cover_no_curve),
        cmocka_unit_test(a_single_update_is_a_dot_inside_the_field),
        cmocka_unit_test(without_clipping_there_is_no_threshold),
        cmocka_unit_test(the_gauge_counts_what_was_clipped),
        cmocka_unit_test(clipping_by_norm_keeps_the_direction),
        cmocka_unit_test(long_curves_say_what_the_record_says),
        cmocka_unit_test(the_smallest_view_is_a_view),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
