#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "sim/history.h"
#include "sim/measure.h"
#include "sim/session.h"
#include "sim/snapshot.h"

static const Setting *named(const char *name)
{
    Err err;
    return setting_find(name, &err);
}

static void set(Session *session, const char *name, const char *word)
{
    Err err;
    double value;
    assert_true(setting_read(named(name), word, &value, &err));
    assert_true(session_set(session, named(name), value, &err));
}

static Session started(void)
{
    Session session = {0};
    Setup setup = setup_default();
    Err err;
    assert_true(session_start(&session, &setup, &err));
    return session;
}

static void train(Session *session, long updates)
{
    session_train(session, updates);
    session_finish(session);
}

// ---- training --------------------------------------------------------------------------------------------
static void every_task_trains_with_every_cell(void **state)
{
    (void)state;
    Session session = started();
    for (int task = 0; tasks[task]; task++)
        for (int cell = 0; cell_types[cell]; cell++) {
            set(&session, "task", tasks[task]->name);
            set(&session, "cell", cell_types[cell]->name);
            train(&session, 3);
            Run *run = &session.runs[0];
            assert_int_equal(run->done, 3);
            assert_true(isfinite(run->loss) && isfinite(run->norm) && run->clipped <= 1);
            assert_true(run_measure(run) >= 0);
            assert_null(session_broken(&session));
        }
    session_free(&session);
}

// What a newcomer sees first must work: solved within 400 updates, 20 s at the default speed.
static void the_default_setup_learns_its_task(void **state)
{
    (void)state;
    Session session = started();
    train(&session, 400);
    assert_true(session.runs[0].loss < 0.1);
    assert_true(run_measure(&session.runs[0]) > 0.95);
    session_free(&session);
}

// Nothing that was read before tells the article: only a network that reads from the end too can know it.
static void only_a_bidirectional_network_learns_to_agree(void **state)
{
    (void)state;
    Session session = started();
    set(&session, "task", "agree");
    set(&session, "cell", "lstm");
    train(&session, 300);
    assert_true(session.runs[0].loss > 0.6);
    set(&session, "bidirectional", "on");
    train(&session, 300);
    assert_true(session.runs[0].loss < 0.1);
    session_free(&session);
}

static void the_loss_is_per_scored_step_and_starts_near_the_baseline(void **state)
{
    (void)state;
    Session session = started();
    for (int task = 0; tasks[task]; task++) {
        set(&session, "task", tasks[task]->name);
        set(&session, "T", "40");
        train(&session, 1);
        double ratio = session.runs[0].loss / tasks[task]->baseline(&session.runs[0].batch);
        assert_true(ratio > 0.3 && ratio < 12); // an untrained answer near 0 errs by the target's square
        double loss;
        assert_true(record_get(session.runs[0].record, CURVE_LOSS, 1, &loss));
        assert_true(loss == session.runs[0].loss);
    }
    session_free(&session);
}

static void looking_does_not_change_training(void **state)
{
    (void)state;
    Session looked = started(), left = started();
    for (int i = 0; i < 5; i++) {
        train(&looked, 1);
        train(&left, 1);
        for (int slice = 0; slice < 3; slice++) { // in mid-update too
            run_probe(&looked.runs[0]);
            run_measure(&looked.runs[0]);
            run_train(&looked.runs[0], 1);
            run_work(&looked.runs[0]);
        }
        session_finish(&looked);
        train(&left, looked.runs[0].done - left.runs[0].done);
        assert_true(run_hash(&looked.runs[0]) == run_hash(&left.runs[0]));
    }
    session_free(&looked);
    session_free(&left);
}

static void the_probe_follows_the_weights(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    train(&session, 5);
    run_probe(run);
    double loss = run->probe_tape.loss;
    assert_true(loss > 0);
    session_seek(&session, (Moment){2, run_last_op(run)}, &(Err){0});
    session_finish(&session);
    set(&session, "learning_rate", "0.5");
    train(&session, 3); // update 5 again, with other weights
    run_probe(run);
    assert_true(run->probe_tape.loss != loss);
    session_free(&session);
}

static void an_update_takes_so_many_works(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    run_train(run, 3);
    for (long work = 0; work < 3 * run_works(run); work++) {
        assert_int_equal(run->done, work / run_works(run));
        run_work(run);
    }
    assert_false(run_working(run));
    session_free(&session);
}

// What is read stays whole, and of the update it was begun at, while the next is computed.
static void the_probe_goes_on_a_slice_at_a_time(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    train(&session, 3);
    run_probe(run);
    const double loss = run->probe_tape.loss;
    train(&session, 2);
    for (long slice = 1; slice < run_slices(run); slice++) {
        assert_true(run_probe_work(run));
        assert_int_equal(run->probe_update, 3);
        assert_true(run->probe_tape.loss == loss);
        if (slice == 5)
            train(&session, 1); // what is begun is of the weights it was begun with
    }
    assert_true(run_probe_work(run)); // the last slice, and there is a newer update
    assert_int_equal(run->probe_update, 5);
    const double in_slices = run->probe_tape.loss;
    session_seek(&session, (Moment){5, run_last_op(run)}, &(Err){0});
    session_finish(&session);
    run_probe(run);
    assert_int_equal(run->probe_update, 5);
    assert_true(run->probe_tape.loss == in_slices && in_slices != loss);
    session_free(&session);
}

static void a_probe_that_is_begun_shows_what_is_known_of_it(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    const Program *p = &run->probe_program;
    train(&session, 1);
    long known = 0;
    for (long slice = 0; slice + 1 < run_slices(run); slice++) {
        run_probe_work(run);
        Snapshot snapshot = snapshot_as_it_is(run, 0, true);
        assert_true(snapshot.probe && snapshot.known > known);
        known = snapshot.known;
        int t = slice < p->dims.T ? (int)slice + 1 : p->dims.T;
        assert_non_null(snapshot_value(&snapshot, p->state, t));
        assert_true(t == p->dims.T || !snapshot_value(&snapshot, p->state, t + 1));
    }
    run_probe_work(run);
    assert_int_equal(snapshot_as_it_is(run, 0, true).known, p->op_count);
    session_free(&session);
}

// ---- stepping --------------------------------------------------------------------------------------------
typedef bool Step(Session *session, long n, Err *err);

static void stepping_goes_where_its_name_says(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    const long rows = run->program.row_count, last = run_last_op(run);
    const struct {
        Step *step;
        long n;
        Moment at;
    } steps[] = {
        {session_step_ops, -3, {0, 0}}, // there is nothing before
        {session_step_times, -3, {0, 0}},
        {session_step_updates, -3, {0, 0}},
        {session_step_ops, 2, {1, 2}},
        {session_step_times, 1, {1, rows}},
        {session_step_times, 1, {1, 2 * rows}},
        {session_step_times, -1, {1, rows}},
        {session_step_times, -1, {0, 0}},
        {session_step_times, 3, {1, 3 * rows}},
        {session_step_updates, 1, {1, last}}, // to its own end first
        {session_step_updates, 1, {2, last}},
        {session_step_ops, 1, {3, 1}},
        {session_step_ops, -1, {2, last}},
        {session_step_times, -1, {2, last - 1}},
        {session_step_times, -1, {2, last - 2}},
        {session_step_times, 3, {3, rows}},
        {session_step_updates, -1, {2, last}}, // to the end of the one before
        {session_step_updates, -1, {1, last}},
        {session_step_updates, -1, {0, 0}},
        {session_step_ops, 2 * last + 5, {3, 5}},
        {session_step_ops, -last, {2, 5}},
        {session_step_times, -1, {1, last}},
        {session_step_updates, 0, {1, last}},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Err err;
        assert_true(steps[i].step(&session, steps[i].n, &err));
        session_finish(&session);
        assert_int_equal(run->at.update, steps[i].at.update);
        assert_int_equal(run->at.op, steps[i].at.op);
    }
    session_free(&session);
}

static void too_many_steps_at_once_are_refused(void **state)
{
    (void)state;
    Step *const kinds[] = {session_step_ops, session_step_times, session_step_updates};
    Session session = started();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Err err;
        assert_false(kinds[i](&session, 1000001, &err));
        assert_string_equal(err.text, "at most 1000000 steps at once");
        assert_false(session_working(&session));
    }
    session_free(&session);
}

static void a_goal_is_reached_in_slices_with_progress_that_only_grows(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    const struct {
        Moment goal;
        long most; // slices
    } goals[] = {{{100, 5}, 0}, {{2, 3}, 64}, {{0, 0}, 2}, {{90, 1}, 64}, {{90, 7}, 1}, {{89, 7}, 3 * 24}};
    train(&session, 100);
    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++) {
        double progress = 0;
        long slices = 0;
        assert_true(session_seek(&session, goals[i].goal, &(Err){0}));
        for (; session_working(&session); slices++) {
            assert_true(session_progress(&session) >= progress);
            progress = session_progress(&session);
            session_work(&session);
        }
        assert_true(session_progress(&session) == 1);
        assert_false(moment_before(run->at, goals[i].goal) || moment_before(goals[i].goal, run->at));
        if (goals[i].most)
            assert_in_range(slices, 1, goals[i].most);
    }
    session_free(&session);
}

static void stopping_ends_with_the_update_at_hand(void **state)
{
    (void)state;
    Session session = started();
    Run *run = &session.runs[0];
    session_train(&session, 50);
    for (int i = 0; i < (FAST_BUILD ? 5 : 100); i++) // the fast build does an update at once
        session_work(&session);
    session_stop(&session);
    session_finish(&session);
    assert_in_range(run->at.update, 4, 6);
    assert_int_equal(run->at.op, run_last_op(run));
    session_stop(&session); // nothing to stop
    assert_false(session_working(&session));
    session_free(&session);
}

// ---- settings --------------------------------------------------------------------------------------------
static void what_cannot_be_had_leaves_the_session_as_it_was(void **state)
{
    (void)state;
    Session session = started();
    Err err;
    set(&session, "cell", "lstm");
    set(&session, "hidden", "256");
    set(&session, "batch", "64");
    train(&session, 1);
    uint64_t hash = run_hash(&session.runs[0]);
    assert_false(session_set(&session, named("T"), 1000, &err));
    assert_non_null(strstr(err.text, "GiB"));
    assert_true(run_hash(&session.runs[0]) == hash);
    assert_int_equal(session.runs[0].setup.T, 12);
    session_free(&session);
}

// Choosing where the task cannot be asked is refused; a task that cannot be asked there is asked at its own steps.
static void what_is_scored_is_refused_or_falls_back_with_the_task(void **state)
{
    (void)state;
    Session session = started();
    Err err;
    train(&session, 3);
    set(&session, "scored", "all");
    train(&session, 3);
    assert_int_equal(shares_of(session.runs[0].shares, 0)->tape.scored, 12 * session.runs[0].program.dims.B);
    set(&session, "T", "14");
    assert_int_equal(session.runs[0].setup.scored, SCORE_ALL);
    set(&session, "task", "order");
    assert_int_equal(session.runs[0].setup.scored, SCORE_TASK);
    train(&session, 3);
    assert_false(session_set(&session, named("scored"), SCORE_ALL, &err));
    assert_non_null(strstr(err.text, "scored all does not fit the task order"));
    assert_int_equal(session.runs[0].done, 3);
    session_free(&session);
}

// Of sequences that end before T each one's last is asked, and nothing flows back from what lies behind.
static void the_last_is_each_sequences_own(void **state)
{
    (void)state;
    Session session = started();
    const Run *run = &session.runs[0];
    int shorter = 0;
    set(&session, "task", "agree");
    set(&session, "scored", "last");
    train(&session, 1);
    for (int b = 0; b < run->program.dims.B; b++) {
        const int length = run->batch.length[b];
        shorter += length < run->program.dims.T;
        for (int t = 1; t <= run->program.dims.T; t++) {
            const Real *grad = tape_grad(&shares_of(run->shares, 0)->tape, t, run->program.answer) + (size_t)b * 2;
            assert_int_equal(grad[0] != 0 && grad[1] != 0, t == length);
        }
    }
    assert_true(shorter > 0);
    session_free(&session);
}

static void a_restart_begins_again_with_the_same_numbers(void **state)
{
    (void)state;
    Session session = started();
    train(&session, 20);
    uint64_t hash = run_hash(&session.runs[0]);
    Setup setup = session_setup(&session);
    assert_true(session_restart(&session, &setup, &(Err){0}));
    assert_int_equal(session.runs[0].done, 0);
    train(&session, 20);
    assert_true(run_hash(&session.runs[0]) == hash);
    set(&session, "speed", "0"); // not a restart
    assert_int_equal(session.runs[0].done, 20);
    set(&session, "seed", "2");
    assert_int_equal(session.runs[0].done, 0);
    assert_true(session.runs[0].setup.speed == 0);
    session_free(&session);
}

// ---- not finite ------------------------------------------------------------------------------------------
// A linear network whose learning rate becomes far too large after 20 updates.
static Session broken_session(void)
{
    Session session = started();
    set(&session, "task", "adding");
    set(&session, "activation", "linear");
    set(&session, "optimizer", "sgd");
    set(&session, "clip", "off");
    train(&session, 20);
    set(&session, "learning_rate", "1");
    train(&session, 200);
    return session;
}

static void an_explosion_stops_before_the_weights_change(void **state)
{
    (void)state;
    Session session = broken_session();
    Run *run = &session.runs[0];
    const Broken broken = run->broken;
    double value;
    assert_ptr_equal(session_broken(&session), &run->broken);
    assert_in_range(broken.update, 21, 40);
    assert_in_range(broken.t, 1, 12);
    assert_true(strlen(broken.what) > 0);
    assert_int_equal(run->at.update, broken.update);
    assert_int_equal(run->at.op, run_last_op(run) - 2); // backward is done, clipping is not
    assert_int_equal(run->done, broken.update - 1);
    for (size_t i = 0; i < run->params.count; i++)
        assert_true(isfinite(run->params.value[i]));
    assert_int_equal(record_last(run->record), broken.update);
    assert_false(record_get(run->record, CURVE_LOSS, broken.update, &value));
    train(&session, 5); // goes no further
    assert_int_equal(run->done, broken.update - 1);
    session_free(&session);
}

static void an_explosion_can_be_taken_back(void **state)
{
    (void)state;
    Session session = broken_session();
    Run *run = &session.runs[0];
    const Broken broken = run->broken;
    assert_true(session_step_updates(&session, -10, &(Err){0}));
    session_finish(&session);
    assert_int_equal(run->at.update, broken.update - 10);
    assert_null(session_broken(&session));

    train(&session, 100); // the same again
    assert_int_equal(run->broken.update, broken.update);
    assert_int_equal(run->broken.t, broken.t);
    assert_string_equal(run->broken.what, broken.what);

    assert_true(session_step_updates(&session, -10, &(Err){0}));
    session_finish(&session);
    set(&session, "learning_rate", "0.02");
    train(&session, 100);
    assert_null(session_broken(&session));
    assert_int_equal(record_last(run->record), broken.update + 90);
    session_free(&session);
}

static void the_first_number_that_is_not_finite_is_named(void **state)
{
    (void)state;
    Session session = started();
    set(&session, "T", "1000");
    set(&session, "activation", "linear");
    set(&session, "gain", "4");
    train(&session, 1);
    assert_int_equal(session.runs[0].broken.update, 1);
    const int last = FAST_BUILD ? 64 : 512; // 4^512 is 2^1024
    assert_in_range(session.runs[0].broken.t, last - 12, last + 8);
    assert_string_equal(session.runs[0].broken.what, "sum before squashing z");
    session_free(&session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_trains_with_every_cell),
        cmocka_unit_test(the_default_setup_learns_its_task),
        cmocka_unit_test(only_a_bidirectional_network_learns_to_agree),
        cmocka_unit_test(the_loss_is_per_scored_step_and_starts_near_the_baseline),
        cmocka_unit_test(looking_does_not_change_training),
        cmocka_unit_test(an_update_takes_so_many_works),
        cmocka_unit_test(the_probe_follows_the_weights),
        cmocka_unit_test(the_probe_goes_on_a_slice_at_a_time),
        cmocka_unit_test(a_probe_that_is_begun_shows_what_is_known_of_it),
        cmocka_unit_test(stepping_goes_where_its_name_says),
        cmocka_unit_test(too_many_steps_at_once_are_refused),
        cmocka_unit_test(a_goal_is_reached_in_slices_with_progress_that_only_grows),
        cmocka_unit_test(stopping_ends_with_the_update_at_hand),
        cmocka_unit_test(what_cannot_be_had_leaves_the_session_as_it_was),
        cmocka_unit_test(what_is_scored_is_refused_or_falls_back_with_the_task),
        cmocka_unit_test(the_last_is_each_sequences_own),
        cmocka_unit_test(a_restart_begins_again_with_the_same_numbers),
        cmocka_unit_test(an_explosion_stops_before_the_weights_change),
        cmocka_unit_test(an_explosion_can_be_taken_back),
        cmocka_unit_test(the_first_number_that_is_not_finite_is_named),
    };
    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
