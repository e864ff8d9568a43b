// The microscope: whatever is pointed at in any view, the numbers that its tip puts into an equation give the result
// that the tip tells, and the result is the tape's.
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "views/cell.h"
#include "views/equation.h"
#include "views/scope.h"

#define MINUS "\u2212"
enum { LINE_MOST = 1024 };
static const Rect area = {0, 0, 900, 520};
static int worked_out, pins_checked; // so that the walks are known to have seen some

// ---- plain arithmetic ---------------------------------------------------------------------------------------------
// "σ(0.1 + −2 × 3)": a sum of products, perhaps squashed. Numbers have a true minus.
typedef struct {
    const char *at;
    double size; // of all terms, to measure rounding by
} Reader;

static bool take(Reader *reader, const char *word)
{
    bool there = strncmp(reader->at, word, strlen(word)) == 0;
    reader->at += there ? strlen(word) : 0;
    return there;
}

static double read_number(Reader *reader)
{
    char text[64] = "";
    while (true) {
        if (take(reader, MINUS))
            strcat(text, "-");
        else if (isdigit((unsigned char)*reader->at) || *reader->at == '.' || *reader->at == 'e')
            strncat(text, reader->at++, 1);
        else
            break;
    }
    return strtod(text, NULL);
}

// "0.3 × 2", "1 / (2 × 3)".
static double read_product(Reader *reader)
{
    double product = read_number(reader);
    while (take(reader, " × "))
        product *= read_number(reader);
    if (take(reader, " / (")) {
        product /= read_product(reader);
        assert_true(take(reader, ")"));
    } else if (take(reader, " / ")) {
        product /= read_number(reader);
    }
    reader->size += fabs(product);
    return product;
}

static double read_sum(Reader *reader)
{
    double sum = read_product(reader);
    while (true) {
        if (take(reader, " + "))
            sum += read_product(reader);
        else if (take(reader, " " MINUS " "))
            sum -= read_product(reader);
        else
            return sum;
    }
}

static double read_expression(Reader *reader)
{
    double value;
    bool sigmoid = take(reader, "σ("), squashed = sigmoid || take(reader, "tanh(");
    value = read_sum(reader);
    if (squashed)
        assert_true(take(reader, ")"));
    return sigmoid ? 1 / (1 + exp(-value)) : squashed ? tanh(value) : value;
}

// ---- what the tape says -------------------------------------------------------------------------------------------
// Whether some slot that is named as what stands left of "=", "f_3" or "∂L/∂f_3", has this number; true where none is.
static bool on_the_tape(Desk *desk, const Snapshot *s, const char *left, int unit, double told)
{
    const Program *p = s->program;
    const char *prefix = "∂L/∂";
    bool grad = strncmp(left, prefix, strlen(prefix)) == 0, any = false;
    left += grad ? strlen(prefix) : 0;
    for (int slot = 0; slot < p->slot_count; slot++)
        for (int t = 1; t <= p->dims.T; t++) {
            const char *name = scope_plain(equation_slot(s, slot, t, &desk->arena), &desk->arena);
            const Real *numbers = grad ? snapshot_grad(s, slot, t) : snapshot_value(s, slot, t);
            bool named = !strcmp(left, name) || !strcmp(left, arena_print(&desk->arena, "(%s)", name));
            if (!named || !numbers || unit >= p->slots[slot].length ||
                (grad && p->slots[slot].slot.role == ROLE_BEFORE))
                continue;
            if (fabs(numbers[unit] - told) <= 1e-5 * fabs(told))
                return true;
            any = true;
        }
    return !any;
}

static void check_line(Desk *desk, const Snapshot *s, const char *equation, const char *line)
{
    Reader reader = {.at = line};
    int unit = 0;
    if (take(&reader, "unit ")) {
        unit = (int)strtol(reader.at, (char **)&reader.at, 10) - 1;
        if (!take(&reader, ": "))
            return;
    }
    double worked = read_expression(&reader);
    if (!take(&reader, " = "))
        return; // a value by itself
    double told = read_number(&reader);
    if (fabs(worked - told) > 2e-5 * (reader.size + fabs(told)))
        fail_msg("%s: %s\n%s: this is %.7g", desk->run.program.net.cell->name, equation, line, worked);
    worked_out++;
    const char *end = strstr(equation, " = ");
    const char *left = end ? arena_print(&desk->arena, "%.*s", (int)(end - equation), equation) : "";
    if (end && !on_the_tape(desk, s, left, unit, told))
        fail_msg("%s: %s\n%s: the tape has another number", desk->run.program.net.cell->name, equation, line);
}

// What a term is of is told behind it: "0.3 (t = 12) + 0.1 (the other 11) = 0.4".
static void leave_out(char *line, const char *words)
{
    for (char *at; (at = strstr(line, words));) {
        const char *end = strchr(at, ')') + 1;
        memmove(at, end, strlen(end) + 1);
    }
}

static bool begins_with_number(const char *line)
{
    return isdigit((unsigned char)*line) || strncmp(line, MINUS, strlen(MINUS)) == 0 || strncmp(line, "unit ", 5) == 0;
}

static void check_tip(Desk *desk, const Snapshot *s, const char *tip)
{
    char line[LINE_MOST], before[LINE_MOST] = "";
    for (const char *at = tip; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
        leave_out(line, " (t = ");
        leave_out(line, " (the other ");
        Reader reader = {.at = line};
        if (take(&reader, "arriving ")) {
            double product = read_product(&reader);
            assert_true(take(&reader, " = leaving "));
            double leaving = read_number(&reader);
            if (fabs(product - leaving) > 2e-5 * fabs(leaving))
                fail_msg("%s", line);
            worked_out++;
        } else if (begins_with_number(line) && strstr(line, " = ")) {
            check_line(desk, s, before, line);
        } else {
            strcpy(before, line);
        }
    }
}

// ---- everything that can be pointed at ----------------------------------------------------------------------------
static DrawList draw_asked(Desk *desk, const View *view, const Snapshot *s, uint32_t hover, const Pin *pins, int count)
{
    float width = area.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT;
    DrawList out = draw_begin(&desk->arena, desk->fonts);
    out.hover = hover;
    out.pins = pins;
    out.pin_count = count;
    view->draw(s, axis_fit(1, s->program->dims.T, area.x + VIEW_MARGIN, width), area, &out);
    return out;
}

static void check_view(Desk *desk, const View *view, const Snapshot *s)
{
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, view, s, 0, NULL, 0);
    Pin *pins = malloc(sizeof *pins * (size_t)(list.count + 1));
    int count = 0;
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT)
            pins[count++] = (Pin){list.shapes[i].hot->id, 0};
    list = draw_asked(desk, view, s, 0, pins, count);
    for (int i = 0; i < list.count; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->tip)
            check_tip(desk, s, list.shapes[i].hot->tip);
    free(pins);
}

static void check_moments(Desk *desk)
{
    long pass = desk->run.program.pass_ops, all = desk->run.program.op_count;
    const long moments[] = {pass / 2, pass, pass + pass / 2, all - 2, all};
    desk_train(desk, 3);
    for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
        desk_seek(desk, 3, moments[m]);
        Snapshot s = snapshot_make(&desk->run, 1, false);
        s.selected_unit = m % 2 ? 2 : 0;
        for (int i = 0; views[i]; i++)
            if (!views[i]->applies || views[i]->applies(&s))
                check_view(desk, views[i], &s);
        s.folded = true;
        for (s.t = 1; s.t <= s.program->dims.T; s.t++)
            check_view(desk, views[view_index("graph")], &s);
    }
}

static void what_is_put_in_gives_what_is_told(void **state)
{
    static const char *const named[] = {"echo", "sine"};
    Desk *desk = *state;
    for (int task = 0; task < 2; task++)
        for (int i = 0; cell_types[i]; i++) {
            worked_out = 0;
            desk_start(desk, cell_types[i], named[task], 5, 3);
            check_moments(desk);
            desk_stop(desk);
            if (worked_out < 200)
                fail_msg("%s: only %d lines with numbers", cell_types[i]->name, worked_out);
        }
}

static void in_stacked_networks_too(void **state)
{
    Desk *desk = *state;
    for (int i = 0; i < 3; i++) { // rnn, lstm, gru
        desk_start_net(desk, cell_types[i], "echo", 4, 2, 2, true);
        check_moments(desk);
        desk_stop(desk);
    }
}

// ---- what is pinned -------------------------------------------------------------------------------------------------
static const Hot *hot_of(const DrawList *list, uint32_t id, long part)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->id == id &&
            (part == 0 || list->shapes[i].hot->part == part))
            return list->shapes[i].hot;
    return NULL;
}

// Points at a cell of a hot, pins it and points elsewhere.
static void check_pin(Desk *desk, const View *view, Snapshot s, const Hot *hot, int cell)
{
    s.pointed_unit = cell;
    s.pointed_t = hot->pointed.t;
    s.pointed_slot = hot->pointed.slot;
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, view, &s, hot->id, NULL, 0);
    const Hot *pointed = hot_of(&list, hot->id, 0);
    const Pin pin = {hot->id, pointed->part};
    char *said = strdup(pointed->tip);
    if (pin.part == 0)
        fail_msg("%s: a cell of \"%s\" that is pointed at is no part of it", view->name, said);
    check_tip(desk, &s, said);
    s.pointed_t = 0;
    s.pointed_slot = s.pointed_unit = NONE;
    arena_reset(&desk->arena);
    list = draw_asked(desk, view, &s, 0, &pin, 1);
    const Hot *pinned = hot_of(&list, pin.id, pin.part);
    if (!pinned || strcmp(pinned->tip, said) != 0)
        fail_msg("%s: pinned was\n%s\nand there is\n%s", view->name, said, pinned ? pinned->tip : "nothing");
    free(said);
    pins_checked++;
}

static void check_pins(Desk *desk, const View *view, const Snapshot *s)
{
    enum { GRIDS_MOST = 100 };
    Hot grid[GRIDS_MOST];
    int count = 0;
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, view, s, 0, NULL, 0);
    for (int i = 0; i < list.count && count < GRIDS_MOST; i++)
        if (list.shapes[i].kind == SHAPE_HOT && list.shapes[i].hot->rows > 0)
            grid[count++] = *list.shapes[i].hot;
    for (int i = 0; i < count; i++) {
        int cells = grid[i].rows * grid[i].columns;
        for (int k = 0; k < 3; k++)
            check_pin(desk, view, *s, &grid[i], k * (cells - 1) / 2);
    }
}

static void what_is_pinned_says_what_was_pointed_at(void **state)
{
    Desk *desk = *state;
    for (int i = 0; i < 3; i++) { // rnn, lstm, gru
        desk_start(desk, cell_types[i], "echo", 5, 3);
        desk_train(desk, 40);
        desk_seek(desk, 30, run_last_op(&desk->run));
        Snapshot s = snapshot_make(&desk->run, 1, false);
        pins_checked = 0;
        for (int v = 0; views[v]; v++)
            if (!views[v]->applies || views[v]->applies(&s))
                check_pins(desk, views[v], &s);
        assert_true(pins_checked > 30);
        desk_stop(desk);
    }
}

// ---- what can be pointed at at all ----------------------------------------------------------------------------------
static void every_edge_of_the_graph_can_be_pointed_at(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[cell_index("lstm")], "recall", 6, 4);
    desk_train(desk, 1);
    Snapshot s = snapshot_make(&desk->run, 0, false);
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, views[view_index("graph")], &s, 0, NULL, 0);
    static const char *const names[] = {"graph.edge.h.3",     "graph.edge.c.3",          "graph.gradient.h.3",
                                        "graph.gradient.c.3", "graph.edge.input.2",      "graph.edge.answer.6",
                                        "graph.edge.loss.6",  "graph.gradient.answer.6", "graph.gradient.loss.6"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(hot_named(&list, names[i]));
    desk_stop(desk);
}

static bool has_hot(const DrawList *list, const char *name)
{
    return hot_of(list, hot_id(name), 0) != NULL;
}

static DrawList draw_folded(Desk *desk, Snapshot s, int t, const Pin *pins, int count)
{
    s.folded = true;
    s.t = t;
    arena_reset(&desk->arena);
    return draw_asked(desk, views[view_index("graph")], &s, 0, pins, count);
}

// Where the loop stands, and nowhere else, for what is pointed at becomes the time step that it shows.
static void check_columns(const DrawList *list, int t)
{
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_HOT && list->shapes[i].hot->pointed.t > 0)
            assert_int_equal(list->shapes[i].hot->pointed.t, t);
}

static void every_edge_and_node_of_the_folded_graph_can_be_pointed_at(void **state)
{
    static const char *const names[] = {
        "graph.edge.input.6",    "graph.edge.answer.6", "graph.edge.loss.6", "graph.gradient.answer.6",
        "graph.gradient.loss.6", "graph.edge.h.6",      "graph.edge.c.6",    "graph.leaving.h.6",
        "graph.leaving.c.6",     "graph.cell.6",        "graph.input.6",     "graph.answer.6",
        "graph.loss.6",          "graph.unit.c.6.3",    "graph.delay.h"};
    Desk *desk = *state;
    desk_start(desk, cell_types[cell_index("lstm")], "recall", 6, 4);
    desk_train(desk, 1);
    Snapshot s = snapshot_make(&desk->run, 0, false);
    DrawList list = draw_folded(desk, s, 6, NULL, 0);
    check_columns(&list, 6);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!has_hot(&list, names[i]))
            fail_msg("there is no %s", names[i]);
    list = draw_folded(desk, s, 4, NULL, 0);
    check_columns(&list, 4);
    assert_true(has_hot(&list, "graph.gradient.h.4") && has_hot(&list, "graph.gradient.c.4"));
    assert_true(has_hot(&list, "graph.edge.h.4") && has_hot(&list, "graph.edge.h.5"));
    desk_seek(desk, 1, desk->run.program.pass_ops); // before the backward pass
    s = snapshot_make(&desk->run, 0, false);
    list = draw_folded(desk, s, 6, NULL, 0);
    assert_false(has_hot(&list, "graph.gradient.answer.6") || has_hot(&list, "graph.gradient.loss.6"));
    desk_stop(desk);
}

static void a_pin_stays_when_the_loop_goes_on(void **state)
{
    Desk *desk = *state;
    desk_start(desk, cell_types[0], "recall", 6, 4);
    desk_train(desk, 1);
    Snapshot s = snapshot_make(&desk->run, 0, false);
    const Pin pin = {hot_id("graph.gradient.h.4"), 0};
    DrawList list = draw_folded(desk, s, 4, &pin, 1);
    char *said = strdup(hot_of(&list, pin.id, 0)->tip);
    for (int t = 1; t <= 6; t++) {
        list = draw_folded(desk, s, t, &pin, 1);
        assert_string_equal(hot_of(&list, pin.id, 0)->tip, said);
    }
    list = draw_folded(desk, s, 5, NULL, 0);
    assert_null(hot_of(&list, pin.id, 0));
    free(said);
    desk_stop(desk);
}

static void slices_can_be_pointed_at_however_many_there_are(void **state)
{
    Desk *desk = *state;
    const int lengths[] = {3, 12, 200, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        desk_start(desk, cell_types[0], "recall", lengths[i], 4);
        desk_train(desk, 1);
        Snapshot s = snapshot_make(&desk->run, 0, false);
        const Pin first = {hot_id("slice 1"), 0};
        arena_reset(&desk->arena);
        DrawList list = draw_asked(desk, views[view_index("slices")], &s, 0, &first, 1);
        const char *tip = hot_named(&list, "slice 1")->tip;
        assert_non_null(strstr(tip, "‖g_t‖ = "));
        assert_non_null(strstr(tip, "its share of g: "));
        desk_stop(desk);
    }
}

static double number_behind(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    if (!at)
        fail_msg("nothing says \"%s\": %s", words, text);
    Reader reader = {.at = at + strlen(words)};
    return read_number(&reader);
}

// ---- weights --------------------------------------------------------------------------------------------------------
// Of the weight that a tip is of: the sum by time step is the gradient as the backward pass left it.
static void check_weight(Desk *desk, Snapshot s, int tensor, int cell)
{
    const Run *run = &desk->run;
    const Tensor *of = &run->program.tensors[tensor];
    uint32_t id = hot_id(arena_print(&desk->arena, "weights %s", weights_name(of)));
    s.pointed_unit = cell;
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, views[view_index("weights")], &s, id, NULL, 0);
    char *tip = strdup(hot_of(&list, id, 0)->tip), *sum = strstr(tip, "sum over t of ");
    assert_non_null(sum);
    check_tip(desk, &s, tip);
    double told = number_behind(strchr(sum, '\n'), ") = ");
    double gradient = (double)run->change.grad[of->offset + (size_t)cell];
    if (fabs(told - gradient) > 2e-5 * fabs(gradient) + 1e-12)
        fail_msg("%s: %s\nthe gradient is %.9g", run->program.net.cell->name, tip, gradient);
    double product = number_behind(strstr(tip, "the sequence shown"), ": ");
    product *= number_behind(strstr(tip, "the sequence shown"), " × ");
    assert_true(fabs(product - number_behind(strstr(strstr(tip, "the sequence shown"), " × "), " = ")) <=
                2e-5 * fabs(product));
    free(tip);
}

static void the_gradient_of_every_weight_is_told_as_its_sum(void **state)
{
    Desk *desk = *state;
    for (int i = 0; cell_types[i]; i++) {
        desk_start_net(desk, cell_types[i], "echo", 5, 3, 2, true);
        desk_train(desk, 3);
        desk_seek(desk, 3, run_last_op(&desk->run));
        Snapshot s = snapshot_make(&desk->run, 1, false);
        for (int tensor = 0; tensor < s.program->tensor_count; tensor++) {
            int cells = s.program->tensors[tensor].rows * s.program->tensors[tensor].columns;
            for (int cell = 0; cell < cells; cell++)
                check_weight(desk, s, tensor, cell);
        }
        desk_stop(desk);
    }
}

// ---- the clip gauge -------------------------------------------------------------------------------------------------
typedef struct {
    int all, clipped, count;
} Counted;

// Of the last 200 updates again.
static Counted counted(const Run *run, double from, double to)
{
    Counted found = {0, 0, 0};
    for (long update = run->at.update > 200 ? run->at.update - 199 : 1; update <= run->at.update; update++) {
        double norm = 0, after = 0;
        assert_true(record_get(run->record, CURVE_NORM, update, &norm));
        assert_true(record_get(run->record, CURVE_CLIPPED, update, &after));
        bool within = norm >= from && norm < to;
        found.all += within;
        found.clipped += within && after < norm * (1 - 1e-9);
        found.count++;
    }
    return found;
}

static const char *gauge_tip(Desk *desk, Snapshot s, const char *name, int unit)
{
    s.pointed_unit = unit;
    arena_reset(&desk->arena);
    DrawList list = draw_asked(desk, views[view_index("clip")], &s, hot_id(name), NULL, 0);
    const Hot *hot = hot_of(&list, hot_id(name), 0);
    check_tip(desk, &s, hot->tip);
    return hot->tip;
}

static int check_bin(Desk *desk, Snapshot s, int bin, int bins)
{
    const char *tip = gauge_tip(desk, s, "gauge 1", bin);
    double from = bin > 0 ? number_behind(tip, "from ") : 0;
    double to = bin == bins - 1 ? INFINITY : number_behind(tip, bin > 0 ? " to " : " up to ");
    Counted found = counted(s.run, from, to);
    assert_int_equal(number_behind(tip, "\n"), found.all);
    assert_int_equal(number_behind(tip, "of the last "), found.count);
    assert_true(fabs(number_behind(tip, "gradients, ") - 100.0 * found.all / found.count) < 1e-3);
    if (s.run->setup.clip != CLIP_OFF)
        assert_int_equal(number_behind(strchr(strchr(tip, '\n') + 1, '\n'), "\n"), found.clipped);
    return found.all;
}

static void check_gauge(Desk *desk)
{
    Snapshot s = snapshot_make(&desk->run, 0, false);
    DrawList list = draw_asked(desk, views[view_index("clip")], &s, 0, NULL, 0);
    int bins = hot_of(&list, hot_id("gauge 1"), 0)->columns, sum = 0;
    for (int bin = 0; bin < bins; bin++)
        sum += check_bin(desk, s, bin, bins);
    assert_int_equal(sum, 200);
    const char *tip = gauge_tip(desk, s, "gauge words 1", NONE);
    bool by_value = desk->run.setup.clip == CLIP_VALUE; // its threshold is no norm
    double threshold = desk->run.setup.threshold;
    assert_true(number_behind(tip, "θ = ") == threshold);
    Reader reader = {.at = tip};
    int first = (int)read_number(&reader);
    if (by_value) {
        assert_int_equal(first, counted(&desk->run, 0, INFINITY).clipped);
        assert_true(fabs(number_behind(strstr(tip, " / ("), " = ") - desk->run.cosine) < 1e-5);
        assert_null(hot_of(&list, hot_id("threshold line"), 0));
        assert_null(hot_of(&list, hot_id("gauge 1"), 0)->drag);
        return;
    }
    assert_int_equal(first, counted(&desk->run, nextafter(threshold, INFINITY), INFINITY).all);
    if (desk->run.setup.clip == CLIP_OFF)
        return;
    assert_int_equal(number_behind(tip, "\n"), counted(&desk->run, 0, INFINITY).clipped);
    assert_true(fabs(number_behind(strstr(tip, " / ("), " = ") - desk->run.cosine) < 1e-5);
    gauge_tip(desk, s, "threshold line", NONE);
}

static void the_clip_gauge_counts_what_it_says(void **state)
{
    static const double thresholds[] = {0.05, 0.3, 1};
    Desk *desk = *state;
    for (int clip = CLIP_OFF; clip <= CLIP_VALUE; clip++)
        for (int i = 0; i < 3; i++) {
            Setup setup = setup_default();
            setup.clip = clip;
            setup.threshold = thresholds[i];
            desk_start_as(desk, &setup);
            desk_train(desk, 250);
            desk_seek(desk, 250, run_last_op(&desk->run));
            arena_reset(&desk->arena);
            check_gauge(desk);
            desk_stop(desk);
        }
}

static void formulas_are_told_in_plain_words(void **state)
{
    Desk *desk = *state;
    static const char *const pairs[][2] = {
        {"\\backward{\\partial L/\\partial h_{7}}", "∂L/∂h_7"},
        {"W_{hh}^\\top\\,\\backward{\\partial L/\\partial z_{f,8}}", "W_hhᵀ ∂L/∂z_f,8"},
        {"(1 - h_{9}^2)", "(1 - h_9²)"},
        {"f_{6} \\odot c_{5}", "f_6 ⊙ c_5"},
        {"\\tanh c_{6}", "tanh c_6"},
        {"y^\\top\\,\\ln\\softmax(\\hat{y}_{3})", "yᵀ ln softmax(ŷ_3)"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(scope_plain(pairs[i][0], &desk->arena), pairs[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_gives_what_is_told),
        cmocka_unit_test(in_stacked_networks_too),
        cmocka_unit_test(what_is_pinned_says_what_was_pointed_at),
        cmocka_unit_test(every_edge_of_the_graph_can_be_pointed_at),
        cmocka_unit_test(every_edge_and_node_of_the_folded_graph_can_be_pointed_at),
        cmocka_unit_test(a_pin_stays_when_the_loop_goes_on),
        cmocka_unit_test(slices_can_be_pointed_at_however_many_there_are),
        cmocka_unit_test(the_gradient_of_every_weight_is_told_as_its_sum),
        cmocka_unit_test(the_clip_gauge_counts_what_it_says),
        cmocka_unit_test(formulas_are_told_in_plain_words),
    };
    return cmocka_run_group_tests_name("scope", tests, desk_open, desk_close);
}
