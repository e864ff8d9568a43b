#include "sim/run.h"

#include <stddef.h>
#include <string.h>

#include "base/math.h"
#include "sim/choices.h"
#include "sim/history.h"

// ---- starting --------------------------------------------------------------------------------------------
// The tapes borrow a copy of their program that stays where it is when the run is moved.
static Tape make_tape(const Program *program, Arena *arena)
{
    Program *kept = arena_new(arena, Program, 1);
    *kept = *program;
    return tape_make(kept, arena);
}

static void make_probe(Run *run)
{
    Net net = setup_net(&run->setup);
    net.dims.B = 1;
    run->probe_program = program_make(&net, &run->arena);
    run->probe_params = params_make(&run->probe_program, &run->arena);
    run->probe_batch = setup_batch(&run->setup, net.dims, &run->arena);
    run->probe_tape = make_tape(&run->probe_program, &run->arena);
    run->probe_next = make_tape(&run->probe_program, &run->arena);
    run_probe_drop(run);
    task_fill(run->task, (unsigned long)run->setup.seed, "probe", 0, &run->probe_batch);
}

bool run_start(Run *run, const Setup *setup, Err *err)
{
    if (!setup_check(setup, err))
        return false;
    *run = (Run){.setup = *setup, .task = setup_task(setup), .arena = arena_make(1 << 10)};
    Net net = setup_net(setup);
    Init init = setup_init(setup);
    run->program = program_make(&net, &run->arena);
    run->params = params_make(&run->program, &run->arena);
    params_init(&run->params, &run->program, &init);
    run->optimizer = optimizer_make(run->params.count, &run->arena);
    run->change = change_make(run->params.count, &run->arena);
    run->batch = setup_batch(setup, net.dims, &run->arena);
    run->baseline = run->task->baseline(&run->batch);
    run->shares = shares_make(&run->program, setup->threads, &run->arena);
    run->carried_count = setup_carried(setup, &run->program);
    run->carried = arena_new(&run->arena, Real, run->carried_count);
    make_probe(run);
    run->opened = arena_new(&run->arena, OpenedGradient, 1);
    run->opened->slice = arena_new(&run->arena, GradSlice, run->program.dims.T);
    run->record = record_make();
    run->history = history_make(run);
    history_keep(run);
    return true;
}

void run_put_weights(Run *run, const Real *value)
{
    memcpy(run->params.value, value, sizeof *value * run->params.count);
    run_probe_drop(run);
    history_begin(run);
}

void run_free(Run *run)
{
    if (run->shares)
        shares_free(run->shares);
    history_free(run->history);
    record_free(run->record);
    record_free(run->former);
    arena_free(&run->arena);
    *run = (Run){0};
}

size_t run_bytes(const Run *run)
{
    return arena_bytes(&run->arena) + history_taken(run) + record_taken(run->record);
}

// ---- facts -----------------------------------------------------------------------------------------------
bool moment_before(Moment a, Moment b)
{
    return a.update < b.update || (a.update == b.update && a.op < b.op);
}

long run_last_op(const Run *run)
{
    return run->program.op_count;
}

long run_slices(const Run *run)
{
    return tape_slices(&run->program);
}

static bool computed(const Run *run)
{
    return run->taped > 0 && run->taped == run->at.update && run->slice == run_slices(run);
}

bool run_taped(const Run *run)
{
    return computed(run) && !run->lean;
}

bool run_passed(const Run *run)
{
    return computed(run) && run->lean;
}

// FNV-1a (Fowler, Noll & Vo 1991) over words of 64 bits, so that the order of bytes in memory does not count.
static uint64_t hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x100000001B3u;
    return hash ^ hash >> 32;
}

static uint64_t hash_numbers(uint64_t hash, const Real *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = hash_word(hash, math_bits((double)number[i]));
    return hash;
}

// By names, so that hashes stay as they are when the program learns another setting or another choice.
static uint64_t hash_setting(uint64_t hash, const Setting *setting, double value)
{
    if (value == setting->initial || (setting->live && !setting_trains(setting)))
        return hash;
    hash = hash_word(hash, rng_stream(setting->name));
    return hash_word(hash, setting->choice ? rng_stream(setting->choice((int)value)) : math_bits(value));
}

uint64_t run_hash(const Run *run)
{
    uint64_t hash = hash_word(0xCBF29CE484222325u, (uint64_t)run->done);
    hash = hash_numbers(hash, run->params.value, run->params.count);
    for (int i = 0; i < MOMENTS_MOST; i++)
        hash = hash_numbers(hash, run->optimizer.moment[i], run->optimizer.count);
    for (int i = 0; i < MOMENTS_MOST; i++)
        hash = hash_word(hash, math_bits(run->optimizer.power[i]));
    hash = hash_word(hash, math_bits(run->optimizer.decayed));
    hash = hash_numbers(hash, run->carried, run->carried_count);
    for (const Setting *setting = settings; setting->name; setting++)
        hash = hash_setting(hash, setting, setting_get(&run->setup, setting));
    return hash;
}

// ---- changing a setting or a weight ----------------------------------------------------------------------
void run_put_former(Run *run, const Record *record, long from)
{
    Record *former = record ? record_copy(record) : NULL;
    record_free(run->former);
    run->former = former;
    run->former_from = from;
    run->former_name[0] = 0;
    run->formers++;
}

// A future that is shorter than the one that is kept, and began later, is no loss.
static void keep_former(Run *run, long update)
{
    long lost = record_last(run->record);
    bool shorter = run->former && lost < record_last(run->former) && update >= run->former_from;
    if (lost > update && !shorter)
        run_put_former(run, run->record, update);
}

void run_forget(Run *run, long update)
{
    keep_former(run, update);
    history_cut(run, update);
    record_cut(run->record, update);
}

static void drop_what_lay_after(Run *run)
{
    run_forget(run, run->done);
    run->begun = run->taped > run->done ? run->taped : run->done;
}

// The update begun, up to where its reader is; and the probe.
static void compute_again(Run *run)
{
    run_probe_drop(run);
    if (run->taped <= run->done)
        return;
    run->at = (Moment){run->taped, 0};
    run->taped = run->slice = 0;
    run->broken = (Broken){0};
}

bool run_set(Run *run, const Setting *setting, double value, Err *err)
{
    if (!setting->live)
        return refuse(err, "%s restarts training", setting->name);
    if (setting_get(&run->setup, setting) == value)
        return true;
    if (!setting_trains(setting)) {
        setting_put(&run->setup, setting, value);
        return true;
    }
    drop_what_lay_after(run);
    history_change(run, (Change){.setting = setting, .value = value});
    if (setting->on_tape)
        compute_again(run);
    if (run->taped > run->done) // clipping lies ahead
        run_tell_clipped(run);
    return true;
}

bool run_set_weight(Run *run, size_t weight, double value, Err *err)
{
    if (weight >= run->params.count)
        return refuse(err, "the network has %zu weights", run->params.count);
    if (!(math_abs(value) <= WEIGHT_MOST))
        return refuse(err, "a weight must be -%d to %d", WEIGHT_MOST, WEIGHT_MOST);
    if (run->params.value[weight] == (Real)value)
        return true;
    drop_what_lay_after(run);
    history_change(run, (Change){.weight = weight, .value = value});
    compute_again(run);
    return true;
}

bool run_weight_gradient(const Run *run, size_t weight, double *gradient)
{
    long clip = program_op(&run->program, (Place){.phase = PHASE_CLIP, .row = NONE});
    *gradient = (double)run->params.grad[weight];
    return run_taped(run) && run->at.op >= clip - 1;
}

void run_tell_clipped(Run *run)
{
    const Params *params = &run->params;
    ClipKind kind = (ClipKind)run->setup.clip;
    double threshold = run->setup.threshold;
    run->clipped = clipped_norm(params->grad, params->count, kind, threshold, run->norm);
    run->cosine = clip_cosine(params->grad, params->count, kind, threshold, run->norm);
}

void run_hold_gate(const Run *run, Program *program)
{
    int choice = run->setup.freeze;
    program_hold(program, freeze_slot(choice, program->net.cell), freeze_kind(choice));
}
