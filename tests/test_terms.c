// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <string.h>

#include "picture.h"
#include "sim/choices.h"
#include "views/terms.h"

// A term that is pointed at marks its node in the graph, and the other way round.
static const Rect large = {0, 0, 1200, 520}, column = {0, 0, 420, 700};
static const char *const formula_views[] = {"inspector", "program", "cell"};
enum { FORMULA_VIEWS = 3, HOTS_MOST = 4000 };

// What a picture marks because it is pointed at: frames and rings in that ink, and a weight's map that is lit.
static int marks_in(const DrawList *list)
{
    int marks = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        bool outline = shape->kind == SHAPE_FRAME || shape->kind == SHAPE_RING;
        marks += outline && (shape->ink == INK_FOCUS || shape->ink == INK_FORWARD);
    }
    return marks;
}

static Snapshot pointing(Snapshot snapshot, const Hot *hot)
{
    snapshot.pointed_t = hot->pointed.t;
    snapshot.pointed_slot = hot->pointed.slot;
    snapshot.pointed_unit = hot->pointed.unit;
    snapshot.pointed_weight = hot->weight;
    if (hot->pointed.t > 0 && !hot->of_term) // as the window does
        snapshot.t = hot->pointed.t;
    return snapshot;
}

typedef struct {
    Hot hot[HOTS_MOST];
    int count;
} Hots;

static Hots kept; // the next picture is drawn over the last

static void keep_hots(const DrawList *list, bool of_terms)
{
    kept.count = 0;
    for (int i = 0; i < list->count; i++) {
        const Shape *shape = &list->shapes[i];
        bool says = shape->kind == SHAPE_HOT && (shape->hot->pointed.slot != NONE || shape->hot->weight > 0);
        if (says && (!of_terms || shape->hot->of_term)) {
            assert_true(kept.count < HOTS_MOST);
            kept.hot[kept.count++] = *shape->hot;
        }
    }
}

// A picture is a function of the snapshot: what says just what one before it says needs no picture of its own.
static bool says_the_same(const Hot *a, const Hot *b)
{
    return a->pointed.t == b->pointed.t && a->pointed.slot == b->pointed.slot && a->pointed.unit == b->pointed.unit &&
           a->weight == b->weight && a->of_term == b->of_term;
}

static bool is_said_before(int i)
{
    for (int before = 0; before < i; before++)
        if (says_the_same(&kept.hot[before], &kept.hot[i]))
            return true;
    return false;
}

static int marks(Desk *desk, const View *view, const Snapshot *snapshot, Rect area)
{
    DrawList list = desk_draw(desk, view, snapshot, area);
    return marks_in(&list);
}

static const View *view_named(const char *name)
{
    return views[view_index(name)];
}

static int bars_marked;

// ---- from a formula to the graph --------------------------------------------------------------------------------
// A picture of a moment that terms are looked for in, and what it marks where none is pointed at.
typedef struct {
    const char *view;
    Snapshot snapshot;
    int marks;
} Unmarked;

static Unmarked unmarked(Desk *desk, const char *view, Snapshot snapshot)
{
    return (Unmarked){view, snapshot, marks(desk, view_named(view), &snapshot, large)};
}

static void check_marked(Desk *desk, const Unmarked *before, const Hot *term)
{
    const Snapshot snapshot = before->snapshot;
    const char *view = before->view;
    Snapshot pointed = pointing(snapshot, term);
    if (marks(desk, view_named(view), &pointed, large) <= before->marks)
        fail_msg("%s at op %ld: a term of slot %d at t = %d, weight %d, marks nothing in the %s%s",
                 desk->run.program.net.cell->name, desk->run.at.op, term->pointed.slot, term->pointed.t, term->weight,
                 snapshot.folded ? "folded " : "", view);
}

// A state's bar, whether it is known or not.
static bool has_bar(const Snapshot *snapshot, const Hot *term)
{
    Pointed seen = term->pointed;
    return seen.t >= 1 && seen.slot != NONE && (seen.slot == snapshot->state || seen.slot == snapshot->memory);
}

static int check_terms_of(Desk *desk, const char *name, const Snapshot *snapshot)
{
    DrawList list = desk_draw(desk, view_named(name), snapshot, column);
    Snapshot folded = *snapshot, of_state = *snapshot, of_memory = *snapshot;
    folded.folded = true;
    of_state.gradient_of_memory = false;
    of_memory.gradient_of_memory = true;
    keep_hots(&list, true);
    const Unmarked graph = unmarked(desk, "graph", *snapshot), loop = unmarked(desk, "graph", folded);
    const Unmarked bars[2] = {unmarked(desk, "gradient", of_state), unmarked(desk, "gradient", of_memory)};
    for (int i = 0; i < kept.count; i++) {
        bool bar = has_bar(snapshot, &kept.hot[i]);
        bars_marked += bar;
        if (is_said_before(i))
            continue;
        check_marked(desk, &graph, &kept.hot[i]);
        check_marked(desk, &loop, &kept.hot[i]);
        if (bar)
            check_marked(desk, &bars[kept.hot[i].pointed.slot == snapshot->memory], &kept.hot[i]);
    }
    return kept.count;
}

static int check_terms_at(Desk *desk, long op)
{
    int terms = 0;
    desk_seek(desk, 2, op);
    Snapshot snapshot = snapshot_make(&desk->run, 1, false);
    for (int grain = 0; grain < GRAINS; grain++) {
        snapshot.grain = (Grain)grain;
        terms += check_terms_of(desk, "inspector", &snapshot);
    }
    terms += check_terms_of(desk, "program", &snapshot);
    return terms + check_terms_of(desk, "cell", &snapshot);
}

static void a_term_marks_its_node(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++)
        for (int notation = NOTATION_PYTORCH; notation <= NOTATION_CONCAT; notation++) {
            int terms = 0;
            bars_marked = 0;
            desk_start(desk, cell_types[cell], "echo", 5, 4);
            desk->run.setup.notation = notation;
            desk_train(desk, 2);
            for (long op = 3; op <= run_last_op(&desk->run); op += 17)
                terms += check_terms_at(desk, op);
            assert_true(terms > 100);
            assert_true(bars_marked > 20);
            desk_stop(desk);
        }
}

// ---- from the graph to a formula --------------------------------------------------------------------------------
static int marks_in_formulas(Desk *desk, Snapshot snapshot)
{
    int sum = 0;
    for (int i = 0; i < FORMULA_VIEWS; i++)
        sum += marks(desk, view_named(formula_views[i]), &snapshot, column);
    return sum;
}

// The formulas are those of the column pointed at; without the pointer there they mark nothing.
static void check_node(Desk *desk, const Snapshot *snapshot, const Hot *hot)
{
    Snapshot pointed = pointing(*snapshot, hot), unmarked = pointed;
    unmarked.pointed_slot = NONE;
    unmarked.pointed_weight = 0;
    if (marks_in_formulas(desk, pointed) <= marks_in_formulas(desk, unmarked))
        fail_msg("%s at op %ld: the node of slot %d at t = %d, weight %d, marks no term",
                 desk->run.program.net.cell->name, desk->run.at.op, hot->pointed.slot, hot->pointed.t, hot->weight);
}

static int check_nodes_of(Desk *desk, const char *view, Snapshot snapshot)
{
    DrawList list = desk_draw(desk, view_named(view), &snapshot, large);
    keep_hots(&list, false);
    for (int i = 0; i < kept.count; i++)
        if (!is_said_before(i))
            check_node(desk, &snapshot, &kept.hot[i]);
    return kept.count;
}

static void a_node_or_a_bar_marks_its_terms(void **state)
{
    Desk *desk = *state;
    for (int cell = 0; cell_types[cell]; cell++) {
        desk_start(desk, cell_types[cell], "echo", 5, 4);
        desk_train(desk, 2);
        long last = run_last_op(&desk->run);
        const long ops[] = {last / 4, 3 * last / 4, last};
        for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
            desk_seek(desk, 2, ops[i]);
            Snapshot snapshot = snapshot_make(&desk->run, 1, false);
            snapshot.grain = GRAIN_STEP;
            assert_true(check_nodes_of(desk, "graph", snapshot) > 10);
            assert_int_equal(check_nodes_of(desk, "gradient", snapshot), 5);
            snapshot.folded = true;
            for (snapshot.t = 1; snapshot.t <= 5; snapshot.t++)
                assert_true(check_nodes_of(desk, "graph", snapshot) > 5);
        }
        desk_stop(desk);
    }
}

// ---- which terms there are ----------------------------------------------------------------------------------------
static void terms_are_found_in_formulas(void **state)
{
    static const struct {
        Notation notation;
        const char *formula, *linked; // # is any number
    } cases[] = {
        {NOTATION_PYTORCH, "z_{3} = W_{ih} x_{3} + b_{ih}",
         "\\link{#}{z_{3}} = \\link{#}{W_{ih}} \\link{#}{x_{3}} + b_{ih}"},
        {NOTATION_PYTORCH, "\\tanh z_{3}", "\\tanh \\link{#}{z_{3}}"},
        {NOTATION_PYTORCH, "W_{hh}^\\top\\,\\diag(1 - h_{4}^2)",
         "\\link{#}{W_{hh}^\\top}\\,\\diag(1 - \\link{#}{h_{4}^2})"},
        {NOTATION_PYTORCH, "\\backward{\\partial L/\\partial h_{4}}",
         "\\backward{\\link{# gradient}{\\partial L/\\partial h_{4}}}"},
        {NOTATION_PYTORCH, "h_{33}", "h_{33}"},
        {NOTATION_UVW, "U x_{3} + W h_{2} + b", "\\link{#}{U} \\link{#}{x_{3}} + \\link{#}{W} \\link{#}{h_{2}} + b"},
        {NOTATION_CONCAT, "W \\cdot [h_{2}, x_{3}]", "\\link{#}{W} \\cdot [\\link{#}{h_{2}}, \\link{#}{x_{3}}]"},
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_start(desk, cell_types[0], "echo", 5, 4);
        desk->run.setup.notation = (int)cases[i].notation;
        Snapshot snapshot = snapshot_make(&desk->run, 0, false);
        Terms terms = terms_around(&snapshot, 3, &desk->arena);
        char said[256];
        size_t length = 0;
        for (const char *at = terms_linked(&terms, cases[i].formula, &desk->arena); *at;) {
            bool number = length >= 6 && strncmp(&said[length - 6], "\\link{", 6) == 0;
            said[length++] = number ? '#' : *at;
            at += number ? strspn(at, "0123456789") : 1;
        }
        said[length] = 0;
        assert_string_equal(said, cases[i].linked);
        desk_stop(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_marks_its_node),
        cmocka_unit_test(a_node_or_a_bar_marks_its_terms),
        cmocka_unit_test(terms_are_found_in_formulas),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
