#include "sim/history.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double BYTES_MOST = 268435456.0; // 256 MiB
enum { WINDOW = 64, STATES_MOST = 1024, STATES_LEAST = 40 };

typedef struct {
    long update;
    double loss; // of that update
    Setup setup;
    const OptimizerType *optimizer; // whose moments these are
    double power[MOMENTS_MOST];
    double decayed;
    Real *numbers; // (1 + MOMENTS_MOST, weight_count): parameters and moments; then the carried state
} State;

struct History {
    Arena arena;
    size_t state_numbers; // in one state
    State *states;        // by update, the first is the fresh network
    int count, capacity;
    long window;  // the last so many are kept each
    Real **spare; // numbers of states that were dropped
    int spare_count;
    Change *changes; // by update
    int change_count, change_room;
};

static size_t numbers_in_state(size_t weight_count, size_t carried)
{
    return weight_count * (1 + MOMENTS_MOST) + carried;
}

// Thinned to one in each power of two there are about 40 states of any training, so that many must fit.
static int capacity_for(size_t numbers)
{
    double fit = BYTES_MOST / (double)(sizeof(Real) * numbers);
    return fit > STATES_MOST ? STATES_MOST : fit < STATES_LEAST ? STATES_LEAST : (int)fit;
}

double history_bytes(size_t weight_count, size_t carried)
{
    size_t numbers = numbers_in_state(weight_count, carried);
    return capacity_for(numbers) * (double)(sizeof(Real) * numbers);
}

History *history_make(const Run *run)
{
    Arena arena = arena_make(1 << 20);
    History *history = arena_new(&arena, History, 1);
    history->state_numbers = numbers_in_state(run->params.count, run->carried_count);
    history->capacity = capacity_for(history->state_numbers);
    history->states = arena_new(&arena, State, history->capacity);
    history->spare = arena_new(&arena, Real *, history->capacity);
    history->window = WINDOW;
    history->arena = arena;
    return history;
}

void history_free(History *history)
{
    if (!history)
        return;
    Arena arena = history->arena; // the history lies in it
    arena_free(&arena);
}

int history_count(const Run *run)
{
    return run->history->count;
}

// ---- finding and dropping --------------------------------------------------------------------------------
// The index of the latest state at or before an update.
static int find(const History *history, long update)
{
    int low = 0, high = history->count; // states[low].update <= update < states[high].update
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (history->states[middle].update <= update)
            low = middle;
        else
            high = middle;
    }
    return low;
}

long history_kept(const Run *run, long update)
{
    return run->history->states[find(run->history, update)].update;
}

static void drop(History *history, int i)
{
    history->spare[history->spare_count++] = history->states[i].numbers;
    history->count--;
    memmove(&history->states[i], &history->states[i + 1], sizeof(State) * (size_t)(history->count - i));
}

// ---- thinning --------------------------------------------------------------------------------------------
// A state of this age stays when its update is a multiple of this: 1 within the window, and twice as much each
// time the age doubles. What stays at one age stayed at every age before, for multiples of 4 are multiples of 2.
static long spacing(const History *history, long age)
{
    long spacing = 1;
    while (age >= history->window * spacing)
        spacing *= 2;
    return spacing;
}

static void thin_all(History *history, long now)
{
    for (int i = history->count - 1; i > 0; i--)
        if (history->states[i].update % spacing(history, now - history->states[i].update))
            drop(history, i);
}

// With one more update only states that just left the window, or whose age just doubled, can have to go.
static void thin(History *history, long now)
{
    for (long age = history->window; age <= now; age *= 2) {
        int i = find(history, now - age);
        if (history->states[i].update == now - age && (now - age) % spacing(history, age))
            drop(history, i);
    }
    while (history->count == history->capacity && history->window > 1) {
        history->window /= 2;
        thin_all(history, now);
    }
}

// ---- keeping and restoring -------------------------------------------------------------------------------
static void copy_numbers(State *state, const Run *run)
{
    size_t count = run->params.count;
    memcpy(state->numbers, run->params.value, sizeof(Real) * count);
    for (int i = 0; i < MOMENTS_MOST; i++)
        memcpy(state->numbers + (size_t)(1 + i) * count, run->optimizer.moment[i], sizeof(Real) * count);
    memcpy(state->numbers + (1 + MOMENTS_MOST) * count, run->carried, sizeof(Real) * run->carried_count);
    memcpy(state->power, run->optimizer.power, sizeof state->power);
    state->decayed = run->optimizer.decayed;
}

static void add(History *history, const Run *run)
{
    thin(history, run->done);
    assert(history->count < history->capacity);
    State *state = &history->states[history->count++];
    *state = (State){.update = run->done, .loss = run->loss, .setup = run->setup, .optimizer = run->optimizer.type};
    state->numbers = history->spare_count ? history->spare[--history->spare_count]
                                          : arena_new(&history->arena, Real, history->state_numbers);
    copy_numbers(state, run);
}

// Replaying gave other numbers than the first time: the one thing this program promises never to do.
static _Noreturn void end_on_a_broken_promise(const State *state, double loss)
{
    fprintf(stderr, "replaying update %ld gave the loss %a, it was %a: please report this\n", state->update, loss,
            state->loss);
    abort();
}

void history_keep(Run *run)
{
    History *history = run->history;
    if (!history->count || run->done > run->reached) {
        run->reached = run->done;
        add(history, run);
        return;
    }
    const State *state = &history->states[find(history, run->done)];
    if (state->update == run->done && memcmp(&state->loss, &run->loss, sizeof run->loss) != 0)
        end_on_a_broken_promise(state, run->loss);
}

void history_begin(Run *run)
{
    while (run->history->count)
        drop(run->history, run->history->count - 1);
    run->history->change_count = 0;
    history_keep(run);
}

static void restore_settings(Run *run, const Setup *setup)
{
    for (const Setting *setting = settings; setting->name; setting++)
        if (setting_trains(setting))
            setting_put(&run->setup, setting, setting_get(setup, setting));
}

void history_restore(Run *run, long update)
{
    const State *state = &run->history->states[find(run->history, update)];
    size_t count = run->params.count;
    memcpy(run->params.value, state->numbers, sizeof(Real) * count);
    for (int i = 0; i < MOMENTS_MOST; i++)
        memcpy(run->optimizer.moment[i], state->numbers + (size_t)(1 + i) * count, sizeof(Real) * count);
    memcpy(run->carried, state->numbers + (1 + MOMENTS_MOST) * count, sizeof(Real) * run->carried_count);
    memcpy(run->optimizer.power, state->power, sizeof state->power);
    run->optimizer.type = state->optimizer;
    run->optimizer.decayed = state->decayed;
    restore_settings(run, &state->setup);
    run->done = state->update;
    run->taped = run->slice = 0;
    run_probe_drop(run);
    run->broken = (Broken){0};
    history_apply(run);
}

// ---- changes ---------------------------------------------------------------------------------------------
// The index of the first change at or after an update.
static int first_change(const History *history, long update)
{
    int low = 0, high = history->change_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (history->changes[middle].update < update)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_change(Run *run, const Change *change)
{
    if (change->setting)
        setting_put(&run->setup, change->setting, change->value);
    else
        run->params.value[change->weight] = (Real)change->value;
}

void history_apply(Run *run)
{
    const History *history = run->history;
    long update = run->done + 1;
    for (int i = first_change(history, update); i < history->change_count && history->changes[i].update == update; i++)
        put_change(run, &history->changes[i]);
}

static void forget_changes(History *history, long behind)
{
    while (history->change_count && history->changes[history->change_count - 1].update > behind)
        history->change_count--;
}

static void make_room_for_a_change(History *history)
{
    if (history->change_count < history->change_room)
        return;
    int room = history->change_room ? 2 * history->change_room : 64;
    Change *moved = arena_new(&history->arena, Change, room);
    if (history->change_count)
        memcpy(moved, history->changes, sizeof *moved * (size_t)history->change_count);
    history->changes = moved;
    history->change_room = room;
}

// A slider that is dragged changes one thing many times before the next update: only the last time counts.
static Change *same_change(History *history, const Change *change)
{
    for (int i = first_change(history, change->update); i < history->change_count; i++) {
        Change *other = &history->changes[i];
        if (other->setting == change->setting && (change->setting || other->weight == change->weight))
            return other;
    }
    return NULL;
}

static void note_change(History *history, Change change)
{
    Change *same = same_change(history, &change);
    if (!same) {
        make_room_for_a_change(history);
        same = &history->changes[history->change_count++];
    }
    *same = change;
}

void history_change(Run *run, Change change)
{
    change.update = run->done + 1;
    note_change(run->history, change);
    put_change(run, &change);
}

void history_change_later(Run *run, Change change)
{
    forget_changes(run->history, change.update);
    note_change(run->history, change);
}

void change_in_setup(Setup *setup, const Change *change)
{
    if (change->setting)
        setting_put(setup, change->setting, change->value);
}

Setup history_begun(const Run *run)
{
    Setup setup = run->history->states[0].setup;
    int count;
    const Change *changes = history_changes(run, &count);
    for (int i = 0; i < count && changes[i].update <= 1; i++)
        change_in_setup(&setup, &changes[i]);
    return setup;
}

const Change *history_changes(const Run *run, int *count)
{
    *count = run->history->change_count;
    return run->history->changes;
}

void history_cut(Run *run, long update)
{
    History *history = run->history;
    while (history->states[history->count - 1].update > update)
        drop(history, history->count - 1);
    forget_changes(history, update + 1);
    if (run->reached > update)
        run->reached = update;
}

ChangeList history_list(const Run *run, Arena *arena)
{
    const History *history = run->history;
    ChangeList list = {arena_new(arena, Change, history->change_count + 1), history->change_count};
    if (list.count)
        memcpy(list.change, history->changes, sizeof *list.change * (size_t)list.count);
    return list;
}

void history_put_list(Run *run, long update, const ChangeList *list)
{
    History *history = run->history;
    run_forget(run, update - 1);
    history->change_count = 0;
    for (int i = 0; i < list->count; i++) {
        make_room_for_a_change(history);
        history->changes[history->change_count++] = list->change[i];
    }
    history_restore(run, update - 1);
    run->at = run->goal = (Moment){run->done + 1, 0};
    run->begun = run->reached;
}

size_t history_taken(const Run *run)
{
    return arena_bytes(&run->history->arena);
}

bool history_seek(Run *run, Moment moment, Err *err)
{
    if (!run_seek(run, moment, err))
        return false;
    run_finish(run);
    return true;
}
