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

#include "app/commands.h"
#include "stage.h"
#include "tasks/tasks.h"

static const char *const nets[] = {"", "set layers 2", "set bidirectional on", "set layers 2; set bidirectional on"};
enum { NETS = sizeof nets / sizeof *nets };

// ---- every print everywhere -------------------------------------------------------------------------------------
static void print_all(const char *moment)
{
    Err err;
    for (const Printable *printable = printables; printable->name; printable++) {
        char line[64];
        snprintf(line, sizeof line, "print %s", printable->name);
        world.printed[0] = 0;
        if (app_do(&app, line, &err) && app_finish(&app, &err) && !printable->bare &&
            strncmp(world.printed, printable->name, strlen(printable->name)) != 0)
            fail_msg("%s after %s says \"%s\"", line, moment, world.printed);
    }
}

// Of the start, in the middle of the forward pass, of a whole update, of a chosen layer.
static void print_all_along(const char *network)
{
    static const char *const moments[] = {"step 3", "train 2; op -1", "layer 1"};
    Err err;
    say("reset; layer follow; set hidden 3; set batch 3");
    if (!app_do(&app, network, &err) || !app_finish(&app, &err)) // a task may have no answer in that order
        return;
    print_all(network);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        say(moments[i]);
        print_all(network);
    }
}

static void every_print_answers_with_every_task_cell_and_network(void **state)
{
    (void)state;
    char line[128];
    for (int net = 0; net < NETS; net++) {
        for (int cell = 0; cell_types[cell]; cell++) {
            snprintf(line, sizeof line, "set task spell; set cell %s; %s", cell_types[cell]->name, nets[net]);
            print_all_along(line);
        }
        for (int task = 0; tasks[task]; task++) {
            snprintf(line, sizeof line, "set cell lstm; set task %s; %s", tasks[task]->name, nets[net]);
            print_all_along(line);
        }
    }
}

// ---- kept -------------------------------------------------------------------------------------------------------
// The product of a gate, or of 1 less than it, over the probe sequence, mean of the units; it is looked at by its name.
static double product_of(const char *gate, const char *behind, bool one_minus)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s", gate, behind);
    Snapshot probe = snapshot_make(&app.session.runs[0], 0, true);
    const int slot = program_slot(probe.program, name), H = probe.program->dims.H;
    double mean = 0;
    assert_int_not_equal(slot, NONE);
    for (int unit = 0; unit < H; unit++) {
        double product = 1;
        for (int t = 1; t <= probe.batch->length[0]; t++) {
            double value = tape_value(probe.tape, t, slot)[unit];
            product *= one_minus ? 1 - value : value;
        }
        mean += product / H;
    }
    return mean;
}

static void must_be_kept(double kept)
{
    const char *text = null_print(&app, &world, "kept");
    if (!(fabs(atof(text) - kept) <= 1e-12 * kept))
        fail_msg("kept is %s, not %.17g", text, kept);
}

static void kept_is_the_product_of_what_keeps_the_memory(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *gate;
        bool one_minus;
    } cases[] = {
        {"lstm", "f", false},    {"gru", "z", false},     {"peephole", "f", false},
        {"coupled", "f", false}, {"gru2014", "z", false}, {"mgu", "f", true}, // whose f replaces
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[64];
        snprintf(line, sizeof line, "set cell %s; set task spell; train 2", cases[i].cell);
        say(line);
        must_be_kept(product_of(cases[i].gate, "", cases[i].one_minus));
    }
    say("set cell lstm1997");
    must_be_kept(1);
    say("set cell rnn");
    assert_string_equal(null_print(&app, &world, "kept"), "-");
}

static void kept_is_of_the_layer_and_direction_looked_at(void **state)
{
    (void)state;
    say("set cell lstm; set task spell; set layers 2; set bidirectional on; train 2");
    must_be_kept(product_of("f", ".l1", false));
    say("layer 1 backward");
    must_be_kept(product_of("f", ".l0.reverse", false));
    say("layer 2 backward");
    must_be_kept(product_of("f", ".l1.reverse", false));
}

static void a_gate_that_is_held_keeps_all_or_nothing(void **state)
{
    (void)state;
    say("set cell lstm; set freeze f=1");
    must_be_kept(1);
    say("set cell mgu");
    must_be_kept(0);
}

static void kept_is_of_each_run_that_has_such_a_gate(void **state)
{
    (void)state;
    say("compare cell rnn mgu lstm1997");
    const char *text = null_print(&app, &world, "kept");
    assert_memory_equal(text, "- 0.", 4);
    assert_string_equal(strrchr(text, ' '), " 1");
}

// ---- gradient norms ---------------------------------------------------------------------------------------------
static void must_be_norms(const char *name, const char *slot_name)
{
    char *at = strdup(null_print(&app, &world, name)), *const all = at;
    const Snapshot snapshot = snapshot_make(&app.session.runs[0], 0, false);
    const int slot = program_slot(snapshot.program, slot_name);
    assert_int_not_equal(slot, NONE);
    for (int t = 1; t <= snapshot.batch->length[0]; t++) {
        double norm;
        assert_true(snapshot_grad_norm(&snapshot, slot, t, &norm));
        assert_true(strtod(at, &at) == norm); // the same bits
    }
    free(all);
}

static void gradients_are_of_the_layer_and_direction_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *line, *h, *c;
    } cases[] = {
        {"layer 1 forward", "h.l0", "c.l0"},
        {"layer 1 backward", "h.l0.reverse", "c.l0.reverse"},
        {"layer 2 backward", "h.l1.reverse", "c.l1.reverse"},
        {"layer follow", "h.l1", "c.l1"},
    };
    say("set task spell; set cell lstm; set bidirectional on; set layers 2; train 5; op -1");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(cases[i].line);
        must_be_norms("dh", cases[i].h);
        must_be_norms("dc", cases[i].c);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(every_print_answers_with_every_task_cell_and_network),
        TEST(kept_is_the_product_of_what_keeps_the_memory),
        TEST(kept_is_of_the_layer_and_direction_looked_at),
        TEST(a_gate_that_is_held_keeps_all_or_nothing),
        TEST(kept_is_of_each_run_that_has_such_a_gate),
        TEST(gradients_are_of_the_layer_and_direction_looked_at),
    };
#undef TEST
    return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
