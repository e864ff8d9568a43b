// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "golden.h"
#include "rows.h"
#include "sim/choices.h"

// The same bits on every machine, with every compiler and at every optimisation level: each cell learns each task, and
// each choice among the settings is made once, for UPDATES updates. golden/hashes.txt keeps the hash of what training
// depends on then; each is found again with every instruction set of this machine, row by row, and after seeking.
//
// The fast build keeps none, for its bits are those of one instruction set, but goes the same ways for a while.
enum { UPDATES = FAST_BUILD ? 40 : 200, MIDDLE = UPDATES * 3 / 5 };

static Setup small(int task, int cell)
{
    Setup setup = setup_default();
    setup.task = task;
    setup.cell = cell;
    setup.T = tasks[task]->least_T > 5 ? tasks[task]->least_T : 5;
    setup.hidden = 3;
    setup.batch = 2;
    return setup;
}

static Run started(const Setup *setup)
{
    Run run;
    Err err;
    if (!run_start(&run, setup, &err))
        fail_msg("%s", err.text);
    return run;
}

static uint64_t trained(Run *run, long updates)
{
    run_train(run, updates);
    run_finish(run);
    return run_hash(run);
}

// ---- the ways to get there
// -------------------------------------------------------------------------------------------
static uint64_t whole(const Setup *setup, const Kernels *kernels)
{
    Run run = started(setup);
    shares_of(run.shares, 0)->tape.kernels = kernels;
    const uint64_t hash = trained(&run, UPDATES);
    run_free(&run);
    return hash;
}

static uint64_t row_by_row(const Setup *setup)
{
    Run run = started(setup);
    while (run.done < UPDATES)
        update_row_by_row(&run);
    const uint64_t hash = run_hash(&run);
    run_free(&run);
    return hash;
}

static uint64_t seek(Run *run, long update, long op)
{
    Err err;
    assert_true(history_seek(run, (Moment){update, op}, &err));
    return run_hash(run);
}

static uint64_t by_seeking(const Setup *setup)
{
    Run run = started(setup);
    const long last = run_last_op(&run);
    const uint64_t middle = trained(&run, MIDDLE);
    trained(&run, UPDATES - MIDDLE);
    seek(&run, MIDDLE - 5, last / 3);
    assert_true(seek(&run, MIDDLE, last) == middle);
    seek(&run, UPDATES - 3, last / 2);
    const uint64_t hash = seek(&run, UPDATES, last);
    run_free(&run);
    return hash;
}

static uint64_t hash_of(const Setup *setup)
{
    const uint64_t hash = whole(setup, kernels_here()[0]);
    for (int i = 1; kernels_here()[i] && !FAST_BUILD; i++)
        assert_true(whole(setup, kernels_here()[i]) == hash);
    assert_true(row_by_row(setup) == hash);
    assert_true(by_seeking(setup) == hash);
    return hash;
}

// ---- what is trained
// -------------------------------------------------------------------------------------------------
static void add_every_cell_and_task(Text *out)
{
    for (int cell = 0; cell_types[cell]; cell++)
        for (int task = 0; tasks[task]; task++) {
            const Setup setup = small(task, cell);
            text_add(out, "%s %s %016" PRIx64 "\n", cell_types[cell]->name, tasks[task]->name, hash_of(&setup));
        }
}

// With the first cell that understands it, and a task that goes on without end and may be asked anywhere.
static Setup setup_with(const Setting *setting, double value)
{
    Setup setup = small(task_index("sine"), 0);
    setting_put(&setup, setting, value);
    while ((setting->applies && !setting->applies(&setup)) ||
           (setup.freeze && freeze_slot(setup.freeze, cell_types[setup.cell]) == NONE))
        setup.cell++;
    return setup;
}

static void add_with(Text *out, const Setting *setting, double value)
{
    const Setup setup = setup_with(setting, value);
    char text[SETTING_TEXT];
    text_add(out, "%s %s %016" PRIx64 "\n", setting->name, setting_text(setting, value, text), hash_of(&setup));
}

static void add_every_choice(Text *out)
{
    for (const Setting *setting = settings; setting->name; setting++) {
        if (!setting_of_training(setting))
            continue;
        const bool named = setting->at == offsetof(Setup, task) || setting->at == offsetof(Setup, cell);
        for (int i = 0; setting->kind == KIND_CHOICE && !named && setting->choice(i); i++)
            add_with(out, setting, i);
        if (setting->kind == KIND_SWITCH)
            add_with(out, setting, setting->initial != 0 ? 0 : 1);
    }
}

static void add_some_numbers(Text *out)
{
    static const struct {
        const char *name;
        double value;
    } some[] = {{"layers", 3},        {"gain", 1.5},  {"forget_bias", 2}, {"update_bias", -1},
                {"threshold", 0.001}, {"decay", 0.9}, {"hidden", 21},     {"batch", 19}};
    Err err;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        add_with(out, setting_find(some[i].name, &err), some[i].value);
}

static void two_hundred_updates_give_the_kept_hashes(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 16);
    Text out = text_make(&arena);
    add_every_cell_and_task(&out);
    add_every_choice(&out);
    add_some_numbers(&out);
    if (!FAST_BUILD)
        check_golden("hashes", out.text);
    arena_free(&arena);
}

// Of a weight, a setting, the number of updates.
static void a_hash_changes_with_any_bit(void **state)
{
    (void)state;
    Setup one = small(0, 0), other = one;
    Run run = started(&one), same = started(&other);
    assert_true(run_hash(&run) == run_hash(&same));
    trained(&run, 1);
    assert_true(run_hash(&run) != run_hash(&same));
    trained(&same, 1);
    assert_true(run_hash(&run) == run_hash(&same));
    *(unsigned char *)&run.params.value[3] ^= 1; // the last bit of one weight
    assert_true(run_hash(&run) != run_hash(&same));
    same.setup.learning_rate *= 2;
    const uint64_t hash = run_hash(&same);
    same.setup.learning_rate /= 2;
    assert_true(run_hash(&same) != hash);
    run_free(&run);
    run_free(&same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hundred_updates_give_the_kept_hashes),
        cmocka_unit_test(a_hash_changes_with_any_bit),
    };
    return cmocka_run_group_tests_name("hashes", tests, NULL, NULL);
}
