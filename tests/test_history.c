#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "rows.h"
#include "sim/choices.h"
#include "sim/weights.h"

enum { UPDATES = 30 };

static Setup small(const char *cell)
{
    Setup setup = setup_default();
    setup.cell = cell_index(cell);
    setup.T = 5;
    setup.hidden = 3;
    setup.batch = 2;
    return setup;
}

// In the fast build large enough to be cut into shares, which two threads compute.
enum { HIDDEN = FAST_BUILD ? 17 : 3, BATCH = FAST_BUILD ? 63 : 2 };

static Setup cut(const char *cell)
{
    Setup setup = small(cell);
    setup.hidden = HIDDEN;
    setup.batch = BATCH;
    setup.threads = 2;
    return setup;
}

static Run started(const Setup *setup)
{
    Run run;
    Err err;
    assert_true(run_start(&run, setup, &err));
    return run;
}

static void train(Run *run, long updates)
{
    run_train(run, updates);
    run_finish(run);
}

static void seek(Run *run, long update, long op)
{
    Err err;
    assert_true(history_seek(run, (Moment){update, op}, &err));
}

static void seek_end(Run *run, long update)
{
    seek(run, update, update > 0 ? run_last_op(run) : 0);
}

static void set(Run *run, const char *name, const char *word)
{
    Err err;
    double value;
    const Setting *setting = setting_find(name, &err);
    assert_true(setting_read(setting, word, &value, &err));
    assert_true(run_set(run, setting, value, &err));
}

static void set_weight(Run *run, size_t weight, double value)
{
    Err err;
    assert_true(run_set_weight(run, weight, value, &err));
}

static double get(const Run *run, const char *name)
{
    Err err;
    return setting_get(&run->setup, setting_find(name, &err));
}

// ---- what a straight line gives --------------------------------------------------------------------------
typedef struct {
    uint64_t state[UPDATES + 1]; // after each update
    uint64_t tape[UPDATES + 1];  // of each update
    double loss[UPDATES + 1], norm[UPDATES + 1];
} Line;

static uint64_t hash_numbers(uint64_t hash, const Real *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ math_bits((double)number[i])) * 0x100000001B3u;
    return hash;
}

static uint64_t hash_tapes(const Run *run)
{
    const Tape *tape[SHARES_MOST];
    uint64_t hash = 1;
    int count = shares_tapes(run->shares, tape);
    for (int i = 0; i < count; i++) {
        size_t numbers = tape[i]->column * (size_t)(tape[i]->program->dims.T + 2);
        hash = hash_numbers(hash_numbers(hash, tape[i]->value, numbers), tape[i]->grad, numbers);
    }
    return hash;
}

static void note(Line *line, const Run *run)
{
    line->state[run->done] = run_hash(run);
    line->tape[run->done] = hash_tapes(run);
    line->loss[run->done] = run->loss;
    line->norm[run->done] = run->norm;
}

static void check(const Line *line, const Run *run)
{
    long u = run->at.update;
    assert_int_equal(run->done, run->at.op == run_last_op(run) || u == 0 ? u : u - 1);
    assert_true(run_hash(run) == line->state[run->done]);
    if (run->at.op == 0)
        return;
    assert_true(run_taped(run));
    assert_true(hash_tapes(run) == line->tape[u]);
    assert_true(run->loss == line->loss[u] && run->norm == line->norm[u]);
}

static Line straight(Run *run)
{
    Line line = {0};
    line.state[run->done] = run_hash(run);
    while (run->done < UPDATES) {
        train(run, 1);
        note(&line, run);
    }
    return line;
}

// ---- going anywhere --------------------------------------------------------------------------------------
static void a_walk_of_seeks_and_steps_finds_the_same_bits(void **state)
{
    Setup setup = cut(*state);
    Run run = started(&setup);
    Line line = straight(&run);
    Rng rng = rng_make(7, 7);
    Err err;
    for (int i = 0; i < 200; i++) {
        int n = rng_below(&rng, 61) - 30, last = (int)run_last_op(&run);
        int u = rng_below(&rng, UPDATES + 1);
        switch (rng_below(&rng, 4)) {
        case 0:
            seek(&run, u, u > 0 ? rng_below(&rng, last + 1) : 0);
            break;
        case 1:
            assert_true(run_step_ops(&run, n, &err));
            break;
        case 2:
            assert_true(run_step_times(&run, n, &err));
            break;
        default:
            assert_true(run_step_updates(&run, n / 8, &err));
        }
        if (run.goal.update > UPDATES)
            run_stop(&run);
        run_finish(&run);
        check(&line, &run);
    }
    run_free(&run);
}

static void training_on_after_going_back_is_the_same_training(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Line line = straight(&run);
    seek(&run, 3, 7);
    train(&run, UPDATES - run.done);
    check(&line, &run);
    run_free(&run);
}

static void a_moment_beyond_what_is_begun_is_refused(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Err err;
    train(&run, 4);
    const struct {
        Moment moment;
        const char *says;
    } cases[] = {
        {{5, 0}, "there is no update 5 yet, the last one is 4"},
        {{-1, 0}, "an update must be 0 or more, not -1"},
        {{0, 1}, "update 0 has operations 0 to 0, not 1"},
        {{2, -1}, NULL},
        {{2, run_last_op(&run) + 1}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(history_seek(&run, cases[i].moment, &err));
        if (cases[i].says)
            assert_string_equal(err.text, cases[i].says);
        assert_int_equal(run.at.update, 4);
    }
    assert_true(run_step_ops(&run, 3, &err)); // now update 5 is begun
    run_finish(&run);
    seek_end(&run, 2);
    seek(&run, 5, 1);
    run_free(&run);
}

// ---- truly op by op --------------------------------------------------------------------------------------
static void running_row_by_row_gives_the_same_bits(void **state)
{
    Setup setup = cut(*state);
    Run whole = started(&setup), rows = started(&setup);
    for (int i = 0; i < 10; i++) {
        train(&whole, 1);
        update_row_by_row(&rows);
        assert_true(hash_tapes(&rows) == hash_tapes(&whole));
        assert_true(run_hash(&rows) == run_hash(&whole));
    }
    run_free(&whole);
    run_free(&rows);
}

// ---- updates that are passed through ---------------------------------------------------------------------
static void what_is_passed_through_leaves_no_trace(void **state)
{
    Setup setup = cut(*state);
    Run stepped = started(&setup), passed = started(&setup);
    for (int updates = 1; updates <= 8; updates++) {
        for (int i = 0; i < updates; i++)
            train(&stepped, 1);
        train(&passed, updates);
        assert_true(run_taped(&passed));
        assert_true(hash_tapes(&passed) == hash_tapes(&stepped));
        assert_true(run_hash(&passed) == run_hash(&stepped));
    }
    run_free(&stepped);
    run_free(&passed);
}

static void stop_after(const Line *line, const Setup *setup, long work, bool stop)
{
    Run run = started(setup);
    Err err;
    run_train(&run, UPDATES);
    for (long i = 0; i < work; i++)
        run_work(&run);
    if (stop)
        run_stop(&run);
    else
        assert_true(run_seek(&run, run.at, &err));
    run_finish(&run);
    assert_in_range(run.at.update, 1, 4);
    check(line, &run);
    run_free(&run);
}

// Wherever it is on its way when it stops or its goal is put to where it is.
static void who_stops_on_the_way_reads_a_whole_tape(void **state)
{
    Setup setup = cut(*state);
    Run stepped = started(&setup);
    const Line line = straight(&stepped);
    const long update = run_works(&stepped);
    const long works[] = {1, update, update + 1, 2 * update, 3 * update};
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        stop_after(&line, &setup, works[i], true);
        stop_after(&line, &setup, works[i], false);
    }
    run_free(&stepped);
}

static void stepping_op_by_op_is_training(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Line line = straight(&run);
    Run steps = started(&setup);
    Err err;
    for (long n = 1; n <= 3 * run_last_op(&steps); n++) {
        assert_true(run_step_ops(&steps, 1, &err));
        run_finish(&steps);
        check(&line, &steps);
        assert_int_equal((steps.at.update - 1) * run_last_op(&steps) + steps.at.op, n);
    }
    run_free(&run);
    run_free(&steps);
}

// ---- live changes ----------------------------------------------------------------------------------------
static void a_live_change_is_replayed_where_it_was_made(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    uint64_t before, after;
    train(&run, 10);
    before = run_hash(&run);
    set(&run, "learning_rate", "0.1");
    set(&run, "threshold", "0.01");
    set(&run, "learning_rate", "0.2"); // only the last of a moment counts
    assert_true(get(&run, "learning_rate") == 0.2);
    train(&run, 5);
    set(&run, "optimizer", "sgd");
    set(&run, "optimizer", "adam"); // starts with nothing, as any other
    train(&run, 5);
    after = run_hash(&run);
    seek(&run, 10, 4);
    assert_true(get(&run, "learning_rate") == 0.01);
    seek(&run, 11, 4);
    assert_true(get(&run, "learning_rate") == 0.2 && get(&run, "threshold") == 0.01);
    seek_end(&run, 20);
    assert_true(run_hash(&run) == after);
    seek_end(&run, 10);
    assert_true(run_hash(&run) != before); // its next update is another
    assert_true(get(&run, "learning_rate") == 0.2);
    run_free(&run);
}

// Two runs that were told the same, one in mid-update and one before it: both go on alike, and so does a replay. Ends
// them.
static void assert_same_from_here(Run *within, Run *before)
{
    train(within, 3);
    train(before, 3);
    assert_true(run_hash(within) == run_hash(before));
    seek(within, 7, 2);
    seek_end(within, 9);
    assert_true(run_hash(within) == run_hash(before));
    run_free(within);
    run_free(before);
}

static void a_change_within_an_update_acts_at_its_start(void **state)
{
    Setup setup = small(*state);
    Run within = started(&setup), before = started(&setup);
    train(&within, 6);
    train(&before, 6);
    Err err;
    assert_true(run_step_times(&within, 4, &err));
    run_finish(&within);
    set(&within, "threshold", "0.001");
    assert_true(within.clipped == 0.001);
    set(&before, "threshold", "0.001");
    assert_same_from_here(&within, &before);
}

// ---- a weight that is set by hand -----------------------------------------------------------------------
static void a_weight_set_by_hand_is_set_again_where_it_was(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    size_t last = run.params.count - 1;
    train(&run, 4);
    double own = run.params.value[2];
    set_weight(&run, 2, 0.7);
    set_weight(&run, 2, 0.5); // only the last of a moment counts
    set_weight(&run, last, -1.25);
    assert_true(run.params.value[2] == 0.5 && run.params.value[last] == -1.25);
    uint64_t start = run_hash(&run);
    train(&run, 1);
    assert_true(run.params.value[2] != 0.5); // it is trained on
    seek(&run, 4, 3);
    assert_true(run.params.value[2] != own && run.params.value[2] != 0.5);
    seek_end(&run, 4);
    assert_true(run_hash(&run) == start);
    Line line = straight(&run);
    Rng rng = rng_make(5, rng_stream("weights"));
    for (int i = 0; i < 40; i++) {
        seek(&run, 5 + rng_below(&rng, UPDATES - 4), rng_below(&rng, (int)run_last_op(&run) + 1));
        check(&line, &run);
    }
    run_free(&run);
}

static void a_weight_set_within_an_update_acts_at_its_start(void **state)
{
    Setup setup = small(*state);
    Run within = started(&setup), before = started(&setup);
    Err err;
    train(&within, 6);
    train(&before, 6);
    assert_true(run_step_times(&within, 4, &err));
    run_finish(&within);
    Moment at = within.at;
    double loss = within.loss;
    set_weight(&within, within.params.count - 1, 2);
    assert_true(run_working(&within)); // computed again, up to where its reader is
    run_finish(&within);
    assert_true(within.at.update == at.update && within.at.op == at.op && within.loss != loss);
    set_weight(&before, before.params.count - 1, 2);
    assert_same_from_here(&within, &before);
}

// Beside the run that walks, another is told everything again in order.
static void walks_with_settings_and_weights_find_the_same_bits(void **state)
{
    Setup setup = small(*state);
    Run walker = started(&setup);
    Rng rng = rng_make(11, rng_stream("changes"));
    for (int i = 0; i < 60; i++) {
        seek(&walker, rng_below(&rng, (int)walker.reached + 1), 0);
        if (rng_below(&rng, 3) == 0)
            set(&walker, "learning_rate", rng_below(&rng, 2) ? "0.02" : "0.05");
        else if (rng_below(&rng, 2))
            set_weight(&walker, (size_t)rng_below(&rng, (int)walker.params.count), rng_below(&rng, 9) / 4.0 - 1);
        train(&walker, 1 + rng_below(&rng, 4));
    }
    Run other = started(&setup);
    int count;
    const Change *changes = history_changes(&walker, &count);
    assert_true(count > 0);
    for (int i = 0; i < count && changes[i].update <= walker.done + 1; i++) {
        train(&other, changes[i].update - 1 - other.done);
        Err err;
        if (changes[i].setting)
            assert_true(run_set(&other, changes[i].setting, changes[i].value, &err));
        else
            set_weight(&other, changes[i].weight, changes[i].value);
    }
    train(&other, walker.done - other.done);
    assert_true(run_hash(&walker) == run_hash(&other));
    run_free(&walker);
    run_free(&other);
}

static void what_is_no_weight_is_refused_and_what_it_is_already_is_no_change(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Err err;
    train(&run, 9);
    seek_end(&run, 3);
    assert_false(run_set_weight(&run, run.params.count, 0, &err));
    assert_false(run_set_weight(&run, 0, NAN, &err));
    assert_false(run_set_weight(&run, 0, 2e6, &err));
    assert_string_equal(err.text, "a weight must be -1000000 to 1000000");
    set_weight(&run, 0, (double)run.params.value[0]);
    assert_int_equal(run.reached, 9);
    set_weight(&run, 0, 0.25);
    assert_int_equal(run.reached, 3);
    run_free(&run);
}

static void weights_are_found_by_name_row_and_column(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    const Program *p = &run.program;
    WeightPlace place;
    Err err;
    char name[WEIGHT_TEXT];
    for (size_t i = 0; i < run.params.count; i++) {
        WeightPlace there = weight_place(p, i);
        const Tensor *tensor = &p->tensors[there.tensor];
        assert_int_equal(weight_index(p, there), i);
        assert_true(weight_find(p, tensor->name, there.row, there.column, &place, &err));
        assert_memory_equal(&place, &there, sizeof place);
        assert_true(weight_find(p, weights_name(tensor), there.row, there.column, &place, &err));
        assert_memory_equal(&place, &there, sizeof place);
        weight_text(p, there, name);
        assert_non_null(strstr(name, weights_name(tensor)));
    }
    assert_false(weight_find(p, "weight_xx_l0", 1, 1, &place, &err));
    assert_non_null(strstr(err.text, "there are no weights \"weight_xx_l0\", did you mean \"weight_"));
    assert_false(weight_find(p, "out.bias", 0, 1, &place, &err));
    assert_non_null(strstr(err.text, "out.bias has rows 1 to "));
    assert_non_null(strstr(err.text, " and columns 1 to 1, not row 0 and column 1"));
    run_free(&run);
}

static void copy_states(const Run *run, int t, Real out[BATCH][HIDDEN])
{
    for (int b = 0; b < BATCH; b++) {
        const Share *share = shares_of(run->shares, b);
        const Real *state = tape_value(&share->tape, t, run->program.state) + (b - share->first) * HIDDEN;
        memcpy(out[b], state, sizeof out[b]);
    }
}

// With truncated BPTT each update starts where the one before ended, also when it is reached by going back.
static void a_carried_state_is_part_of_the_moment(void **state)
{
    Setup setup = cut(*state);
    setup.task = task_index("sine");
    setup.carry = true;
    Run run = started(&setup);
    Rng rng = rng_make(3, rng_stream("carry"));
    Real last[BATCH][HIDDEN], first[BATCH][HIDDEN];
    train(&run, 1);
    copy_states(&run, setup.T, last);
    train(&run, 1);
    copy_states(&run, 0, first);
    assert_memory_equal(first, last, sizeof last);
    seek_end(&run, 0);
    Line line = straight(&run);
    for (int i = 0; i < 40; i++) {
        seek(&run, 1 + rng_below(&rng, UPDATES), rng_below(&rng, (int)run_last_op(&run) + 1));
        check(&line, &run);
    }
    run_free(&run);
}

// Of cells with a gate: the update begun is computed again, all the way to where its reader is.
static void a_gate_can_be_held_within_an_update_and_is_again_on_replay(void **state)
{
    Setup setup = small(*state);
    Run within = started(&setup), before = started(&setup);
    Err err;
    const char *held = NULL;
    for (int i = 1; freeze_name(i) && !held; i++)
        if (freeze_slot(i, within.program.net.cell) != NONE)
            held = freeze_name(i);
    train(&within, 6);
    train(&before, 6);
    assert_true(run_step_times(&within, 4, &err));
    run_finish(&within);
    const Moment at = within.at;
    set(&within, "freeze", held ? held : "none");
    run_finish(&within);
    assert_true(within.at.update == at.update && within.at.op == at.op);
    set(&before, "freeze", held ? held : "none");
    train(&within, 3);
    train(&before, 3);
    set(&within, "freeze", "none");
    set(&before, "freeze", "none");
    train(&within, 3);
    train(&before, 3);
    assert_true(run_hash(&within) == run_hash(&before));
    seek(&within, 7, 2);
    seek_end(&within, 12);
    assert_true(run_hash(&within) == run_hash(&before));
    run_free(&within);
    run_free(&before);
}

static void a_change_after_going_back_drops_what_lay_after(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Err err;
    train(&run, 20);
    seek_end(&run, 8);
    set(&run, "learning_rate", "0.01"); // as it was: no change
    assert_int_equal(run.reached, 20);
    set(&run, "speed", "0"); // no part of training
    assert_int_equal(run.reached, 20);
    set(&run, "learning_rate", "0.5");
    assert_int_equal(run.reached, 8);
    assert_int_equal(record_last(run.record), 8);
    assert_false(history_seek(&run, (Moment){9, 0}, &err));
    assert_string_equal(err.text, "there is no update 9 yet, the last one is 8");
    train(&run, 12);
    assert_int_equal(record_last(run.record), 20);
    seek_end(&run, 5);
    assert_true(get(&run, "speed") == 0);
    run_free(&run);
}

static void what_restarts_training_is_no_live_change(void **state)
{
    Setup setup = small(*state);
    Run run = started(&setup);
    Err err;
    assert_false(run_set(&run, setting_find("hidden", &err), 4, &err));
    assert_string_equal(err.text, "hidden restarts training");
    run_free(&run);
}

// ---- thinning --------------------------------------------------------------------------------------------
static void few_states_are_kept_and_every_moment_is_within_reach(void **state)
{
    enum { MANY = 5000 };
    static uint64_t line[MANY + 1];
    Setup setup = small(*state);
    Run run = started(&setup);
    Rng rng = rng_make(3, 3);
    line[0] = run_hash(&run);
    for (int u = 1; u <= MANY; u++) {
        train(&run, 1);
        line[u] = run_hash(&run);
        assert_true(history_kept(&run, u) == u);
    }
    assert_in_range(history_count(&run), 64, 64 + 7 * 32 + 1); // 64 · 2⁷ updates are more than 5000
    for (int u = 0; u <= MANY; u++)                            // the distance to go again grows with the age
        assert_in_range(u - history_kept(&run, u), 0, (MANY - u) / 32 + 1);
    for (int i = 0; i < 60; i++) {
        int u = rng_below(&rng, MANY + 1);
        seek_end(&run, u);
        assert_true(run_hash(&run) == line[u]);
    }
    run_free(&run);
}

static void the_states_of_the_largest_network_stay_within_the_budget(void **state)
{
    (void)state;
    for (int cell = 0; cell_types[cell]; cell++) {
        Arena arena = arena_make(1 << 14);
        Setup setup = setup_default();
        setup.cell = cell;
        setup.hidden = 256;
        Net net = setup_net(&setup);
        Program program = program_make(&net, &arena);
        assert_true(history_bytes(program.weight_count, 0) <= 268435456.0);
        arena_free(&arena);
    }
}

static void a_large_network_keeps_fewer_states_and_still_goes_anywhere(void **state)
{
    (void)state;
    enum { MANY = 60 };
    uint64_t line[MANY + 1];
    Setup setup = small("lstm");
    setup.hidden = 256;
    setup.T = setup.batch = 1;
    setup.layers = FAST_BUILD ? 2 : 1; // numbers half as large
    Run run = started(&setup);
    line[0] = run_hash(&run);
    for (int u = 1; u <= MANY; u++) {
        train(&run, 1);
        line[u] = run_hash(&run);
    }
    assert_in_range(history_count(&run), 20, 41);
    for (int u = MANY; u >= 0; u -= 7) {
        seek_end(&run, u);
        assert_true(run_hash(&run) == line[u]);
    }
    run_free(&run);
}

// ---- every claim for every cell, however many there are ----------------------------------------------------
static const struct {
    const char *name;
    CMUnitTestFunction test;
} claims[] = {
    {"a walk of seeks and steps finds the same bits", a_walk_of_seeks_and_steps_finds_the_same_bits},
    {"training on after going back is the same training", training_on_after_going_back_is_the_same_training},
    {"a moment beyond what is begun is refused", a_moment_beyond_what_is_begun_is_refused},
    {"running row by row gives the same bits", running_row_by_row_gives_the_same_bits},
    {"what is passed through leaves no trace", what_is_passed_through_leaves_no_trace},
    {"who stops on the way reads a whole tape", who_stops_on_the_way_reads_a_whole_tape},
    {"stepping op by op is training", stepping_op_by_op_is_training},
    {"a live change is replayed where it was made", a_live_change_is_replayed_where_it_was_made},
    {"a change within an update acts at its start", a_change_within_an_update_acts_at_its_start},
    {"a weight set by hand is set again where it was", a_weight_set_by_hand_is_set_again_where_it_was},
    {"a weight set within an update acts at its start", a_weight_set_within_an_update_acts_at_its_start},
    {"walks with settings and weights find the same bits", walks_with_settings_and_weights_find_the_same_bits},
    {"what is no weight is refused", what_is_no_weight_is_refused_and_what_it_is_already_is_no_change},
    {"weights are found by name, row and column", weights_are_found_by_name_row_and_column},
    {"a carried state is part of the moment", a_carried_state_is_part_of_the_moment},
    {"a gate can be held within an update", a_gate_can_be_held_within_an_update_and_is_again_on_replay},
    {"a change after going back drops what lay after", a_change_after_going_back_drops_what_lay_after},
    {"what restarts training is no live change", what_restarts_training_is_no_live_change},
    {"few states are kept and every moment is within reach", few_states_are_kept_and_every_moment_is_within_reach},
};

static int check_claims(const char *cell)
{
    enum { CLAIMS = sizeof claims / sizeof *claims };
    struct CMUnitTest tests[CLAIMS] = {0};
    for (size_t i = 0; i < CLAIMS; i++) {
        tests[i].name = claims[i].name;
        tests[i].test_func = claims[i].test;
        tests[i].initial_state = (void *)(uintptr_t)cell;
    }
    return _cmocka_run_group_tests(cell, tests, CLAIMS, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_states_of_the_largest_network_stay_within_the_budget),
        cmocka_unit_test(a_large_network_keeps_fewer_states_and_still_goes_anywhere),
    };
    int failed = cmocka_run_group_tests_name("history", tests, NULL, NULL);
    for (int i = 0; cell_types[i]; i++)
        failed += check_claims(cell_types[i]->name);
    return failed;
}
