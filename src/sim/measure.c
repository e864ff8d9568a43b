#include "sim/measure.h"

#include <string.h>

// The network of a run once more, with B sequences.
typedef struct {
    Program program;
    Params params;
    Batch batch;
    Tape tape;
} Copy;

static Copy *copy_of(const Run *run, int B, Arena *arena)
{
    Copy *copy = arena_new(arena, Copy, 1);
    Net net = run->program.net;
    net.dims.B = B;
    copy->program = program_make(&net, arena);
    copy->params = params_make(&copy->program, arena);
    memcpy(copy->params.value, run->params.value, run->params.count * sizeof *run->params.value);
    copy->batch = setup_batch(&run->setup, net.dims, arena);
    copy->tape = tape_make(&copy->program, arena);
    run_hold_gate(run, &copy->program);
    return copy;
}

// ---- how well it answers -----------------------------------------------------------------------------------
enum { SEQUENCES = 512 };

struct Measure {
    const Task *task;
    unsigned long seed;
    Copy *copy; // B = 1
    long sequence, slice;
    double sum;
    int scored;
};

Measure *measure_make(const Run *run, Arena *arena)
{
    Measure *measure = arena_new(arena, Measure, 1);
    *measure = (Measure){.task = run->task, .seed = (unsigned long)run->setup.seed, .copy = copy_of(run, 1, arena)};
    return measure;
}

static void add_scores(Measure *m)
{
    const Copy *copy = m->copy;
    for (int t = 1; t <= copy->program.dims.T; t++)
        if (*batch_scored(&copy->batch, t, 0)) {
            m->sum += task_score(m->task, tape_value(&copy->tape, t, copy->program.answer), &copy->batch, t, 0);
            m->scored++;
        }
}

bool measure_work(Measure *measure)
{
    Copy *copy = measure->copy;
    if (measure->slice == 0) {
        task_fill(measure->task, measure->seed, "test", measure->sequence, &copy->batch);
        tape_begin_forward(&copy->tape, &copy->params);
    }
    tape_slice(&copy->tape, &copy->batch, measure->slice++);
    if (measure->slice < tape_slices(&copy->program) / 2)
        return true;
    add_scores(measure);
    measure->slice = 0;
    return ++measure->sequence < SEQUENCES;
}

double measure_progress(const Measure *measure)
{
    return (double)measure->sequence / SEQUENCES;
}

double measure_found(const Measure *measure)
{
    return measure->sum / measure->scored;
}

double run_measure(const Run *run)
{
    Arena arena = arena_make(1 << 16);
    Measure *measure = measure_make(run, &arena);
    while (measure_work(measure))
        ;
    const double found = measure_found(measure);
    arena_free(&arena);
    return found;
}

// ---- whether its gradient is right ---------------------------------------------------------------------------
GradChecking *run_gradcheck(const Run *run, Arena *arena, Err *err)
{
    static const double OPERATIONS_MOST = 20e9;
    const double operations = gradcheck_operations(&run->program);
    if (operations > OPERATIONS_MOST) {
        refuse(err, "gradcheck would take %.0f GFLOP; the limit is %.0f", operations / 1e9, OPERATIONS_MOST / 1e9);
        return NULL;
    }
    Copy *copy = copy_of(run, run->program.dims.B, arena);
    GradChecking *checking = arena_new(arena, GradChecking, 1);
    run_fill_next(run, &copy->batch);
    run_give_carried(run, &copy->tape, 0);
    *checking = gradcheck_begin(&copy->tape, &copy->params, &copy->batch);
    return checking;
}
