#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "sim/history.h"
#include "sim/snapshot.h"
#include "tolerance.h"

static Run started(const char *cell, const char *task)
{
    Run run;
    Err err;
    Setup setup = setup_default();
    setup.cell = cell_index(cell);
    setup.task = task_index(task);
    setup.T = tasks[setup.task]->least_T > 4 ? tasks[setup.task]->least_T : 4;
    setup.hidden = 3;
    setup.batch = 2;
    assert_true(run_start(&run, &setup, &err));
    return run;
}

static void seek(Run *run, long update, long op)
{
    Err err;
    assert_true(history_seek(run, (Moment){update, op}, &err));
}

static void train(Run *run, long updates)
{
    run_train(run, updates);
    run_finish(run);
}

// ---- known and unknown -----------------------------------------------------------------------------------
static void check_slot(const Snapshot *snapshot, int slot, int t)
{
    const Program *program = snapshot->program;
    const Real *value = snapshot_value(snapshot, slot, t), *grad = snapshot_grad(snapshot, slot, t);
    double norm = -1;
    int length = program->slots[slot].length;
    bool padding = snapshot_padding(snapshot, t);
    assert_int_equal(value != NULL, !padding && snapshot->known >= program_value_known(program, slot, t));
    assert_int_equal(grad != NULL, !padding && snapshot->known >= program_grad_known(program, slot, t));
    assert_int_equal(snapshot_grad_norm(snapshot, slot, t, &norm), grad != NULL);
    assert_int_equal(norm >= 0, grad != NULL);
    if (value)
        assert_ptr_equal(value, tape_value(snapshot->tape, t, slot) + snapshot->b * length);
    if (grad)
        assert_ptr_equal(grad, tape_grad(snapshot->tape, t, slot) + snapshot->b * length);
}

static void check_texts(const Snapshot *snapshot, int t)
{
    char text[TASK_TEXT];
    Real loss;
    bool right, scored = snapshot_scored(snapshot, t);
    bool answered = snapshot_value(snapshot, snapshot->program->answer, t) != NULL;
    bool padding = snapshot_padding(snapshot, t);
    bool lost = snapshot_value(snapshot, snapshot->program->loss, t) != NULL;
    assert_int_equal(snapshot_input_text(snapshot, t, text),
                     snapshot_value(snapshot, snapshot->program->input, t) != NULL);
    assert_int_equal(strlen(text) > 0, snapshot->filled && !padding);
    assert_int_equal(snapshot_answer_text(snapshot, t, text), answered && !padding);
    assert_int_equal(strlen(text) > 0, answered && !padding);
    assert_int_equal(snapshot_answer_is_right(snapshot, t, &right), answered && scored);
    assert_int_equal(snapshot_target_text(snapshot, t, text), snapshot->filled && scored);
    assert_int_equal(snapshot_loss(snapshot, t, &loss), lost && scored);
    snapshot_input_role(snapshot, t, text);
}

static void check_all(const Snapshot *snapshot)
{
    for (int t = 1; t <= snapshot->program->dims.T; t++) {
        for (int slot = 0; slot < snapshot->program->slot_count; slot++)
            check_slot(snapshot, slot, t);
        check_texts(snapshot, t);
    }
}

static void nothing_is_told_before_it_is_known(void **state)
{
    for (int task = 0; tasks[task]; task++) {
        Run run = started(*state, tasks[task]->name);
        Err err;
        train(&run, 2);
        for (long op = 0; op <= run_last_op(&run); op++) {
            if (op == 0)
                assert_true(run_step_ops(&run, 1, &err)); // so that update 3 is begun
            run_finish(&run);
            seek(&run, 3, op);
            Snapshot snapshot = snapshot_make(&run, 1, false);
            assert_int_equal(snapshot.known, op);
            assert_int_equal(snapshot.t, program_place(&run.program, op).t);
            check_all(&snapshot);
        }
        run_free(&run);
    }
}

static void at_the_start_of_an_update_all_is_unknown(void **state)
{
    Run run = started(*state, "recall");
    Snapshot snapshot = snapshot_make(&run, 0, false); // the fresh network
    double norm;
    assert_false(snapshot.filled);
    assert_int_equal(snapshot.known, 0);
    check_all(&snapshot);
    assert_int_equal(snapshot_last_scored(&snapshot), 4);             // this is known of the task
    assert_non_null(snapshot_value(&snapshot, run.program.state, 0)); // h_0 is there
    train(&run, 3);
    seek(&run, 2, 0);
    snapshot = snapshot_make(&run, 0, false);
    assert_int_equal(snapshot.known, 0);
    assert_false(snapshot_grad_norm(&snapshot, run.program.state, 4, &norm));
    run_free(&run);
}

// Between two slices the tape is half of one update and half of another: none of it may be seen.
static void an_update_that_is_being_computed_shows_nothing(void **state)
{
    Run run = started(*state, "echo");
    train(&run, 2);
    run_train(&run, 3);
    while (run_working(&run)) {
        Snapshot snapshot = snapshot_make(&run, 0, false);
        assert_int_equal(snapshot.known, run_taped(&run) ? run.at.op : 0);
        check_all(&snapshot);
        run_work(&run);
    }
    run_free(&run);
}

static void while_playing_the_probe_is_shown_and_all_of_it_is_known(void **state)
{
    Run run = started(*state, "order");
    train(&run, 5);
    uint64_t hash = run_hash(&run);
    Snapshot snapshot = snapshot_make(&run, 1, true);
    assert_true(snapshot.probe && snapshot.playing && snapshot.filled);
    assert_int_equal(snapshot.b, 0);
    assert_int_equal(snapshot.t, 0); // no column is the present one
    check_all(&snapshot);
    for (int t = 1; t <= 4; t++)
        assert_non_null(snapshot_grad(&snapshot, snapshot.program->state, t));
    assert_true(run_hash(&run) == hash);
    run_free(&run);
}

static void the_loss_of_the_sequences_is_the_loss_of_the_update(void **state)
{
    Run run = started(*state, "echo");
    train(&run, 1);
    double sum = 0;
    for (int b = 0; b < 2; b++) {
        Snapshot snapshot = snapshot_make(&run, b, false);
        for (int t = 1; t <= 4; t++) {
            Real loss;
            if (snapshot_loss(&snapshot, t, &loss))
                sum += loss;
        }
    }
    assert_true(fabs(sum / shares_of(run.shares, 0)->tape.scored - run.loss) < tolerance(1e-12));
    run_free(&run);
}

static const struct {
    const char *name;
    CMUnitTestFunction test;
} claims[] = {
    {"nothing is told before it is known", nothing_is_told_before_it_is_known},
    {"at the start of an update all is unknown", at_the_start_of_an_update_all_is_unknown},
    {"an update that is being computed shows nothing", an_update_that_is_being_computed_shows_nothing},
    {"while playing the probe is shown and all of it is known",
     while_playing_the_probe_is_shown_and_all_of_it_is_known},
    {"the loss of the sequences is the loss of the update", the_loss_of_the_sequences_is_the_loss_of_the_update},
};

int main(void)
{
    enum { CLAIMS = sizeof claims / sizeof *claims };
    int failed = 0;
    for (int cell = 0; cell_types[cell]; cell++) {
        struct CMUnitTest tests[CLAIMS] = {0};
        for (size_t i = 0; i < CLAIMS; i++) {
            tests[i].name = claims[i].name;
            tests[i].test_func = claims[i].test;
            tests[i].initial_state = (void *)(uintptr_t)cell_types[cell]->name;
        }
        failed += _cmocka_run_group_tests(cell_types[cell]->name, tests, CLAIMS, NULL, NULL);
    }
    return failed;
}
