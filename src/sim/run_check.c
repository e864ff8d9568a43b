#include "sim/run.h"

// BPTT of the present weights against differences, on the batch that the next update reads.
static const double OPERATIONS_MOST = 20e9;

// Four times the loss for each weight; a product and a sum for each weight at each time step of each sequence.
static double operations_of(const Program *program)
{
    const double weights = (double)program->weight_count;
    return 4 * weights * 2 * weights * program->dims.T * program->dims.B;
}

static void check(const Run *run, GradCheck *found, Arena *arena)
{
    Program program = program_make(&run->program.net, arena);
    Params params = params_make(&program, arena);
    Batch batch = batch_make(program.dims, arena);
    batch.reading = run->setup.reading;
    Tape tape = tape_make(&program, arena);
    for (size_t i = 0; i < params.count; i++)
        params.value[i] = run->params.value[i];
    run_hold_gate(run, &program);
    task_fill(run->task, (unsigned long)run->setup.seed, "train", run->done + 1, &batch);
    *found = gradcheck(&tape, &params, &batch);
}

bool run_gradcheck(const Run *run, GradCheck *found, Err *err)
{
    const double operations = operations_of(&run->program);
    if (operations > OPERATIONS_MOST)
        return refuse(err, "gradcheck would take %.0f GFLOP; the limit is %.0f", operations / 1e9,
                      OPERATIONS_MOST / 1e9);
    Arena arena = arena_make(1 << 16);
    check(run, found, &arena);
    arena_free(&arena);
    return true;
}
