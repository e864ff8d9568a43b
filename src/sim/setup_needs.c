#include <math.h>
#include <string.h>

#include "nn/carry.h"
#include "nn/optimizer.h"
#include "nn/shares.h"
#include "sim/choices.h"
#include "sim/history.h"
#include "sim/setup.h"

// What a setup makes and how much memory that takes.
const double setup_bytes_most = 2147483648.0; // 2 GiB

const Task *setup_task(const Setup *setup)
{
    return tasks[setup->task];
}

Net setup_net(const Setup *setup)
{
    const Task *task = setup_task(setup);
    return (Net){
        .cell = cell_types[setup->cell],
        .activation = activation_kind(setup->activation),
        .loss = task->loss,
        .dims = {.T = setup->T, .B = setup->batch, .X = task->X, .H = setup->hidden, .Y = task->Y, .L = setup->layers},
        .bias = setup->bias,
        .bidirectional = setup->bidirectional,
    };
}

Batch setup_batch(const Setup *setup, Dims dims, Arena *arena)
{
    Batch batch = batch_make(dims, arena);
    batch.reading = setup->reading;
    batch.scoring = (Scoring)setup->scored;
    return batch;
}

static double or_nan(double value)
{
    return value == SETTING_OFF ? NAN : value;
}

Init setup_init(const Setup *setup)
{
    return (Init){
        .seed = (uint64_t)setup->seed,
        .gain = or_nan(setup->gain),
        .forget_bias = or_nan(setup->forget_bias),
        .update_bias = or_nan(setup->update_bias),
        .kind = (InitKind)setup->init,
    };
}

// Tape with values and gradients, and batch, of B sequences.
static double sequence_bytes(const Program *program, double B)
{
    double T = program->dims.T, X = program->dims.X, Y = program->dims.Y;
    double tape = 2 * sizeof(Real) * (T + 2) * (double)program->step_length;
    double batch = T * ((X + Y) * sizeof(Real) + sizeof(int) + 1);
    return B * (tape + batch);
}

size_t setup_carried(const Setup *setup, const Program *program)
{
    return setup->carry ? carry_count(program) : 0;
}

// The program itself is small; making it tells all lengths.
double setup_bytes(const Setup *setup)
{
    Arena arena = arena_make(1 << 14);
    Net net = setup_net(setup);
    Program program = program_make(&net, &arena);
    double weights = (double)program.weight_count, H = setup->hidden;
    int shares = shares_count(net.dims);
    double of_shares = sizeof(Real) * weights * (shares > 1 ? 3 * shares : 2); // copied twice; gradients of their own
    double probe = 2 * sizeof(Real) * weights;                                 // transposed, of each of its tapes
    double network = sizeof(Real) * (2 * weights + 2 * H * H);                 // values, gradients; room for ρ(W)
    double moments = sizeof(Real) * MOMENTS_MOST * weights, change = moments + sizeof(Real) * weights;
    double bytes = 2 * network + of_shares + probe + moments + change +
                   history_bytes(program.weight_count, setup_carried(setup, &program)) +
                   sequence_bytes(&program, setup->batch) + 2 * sequence_bytes(&program, 1); // 2: the probe's
    arena_free(&arena);
    return bytes;
}

static bool check_carry(const Setup *setup, Err *err)
{
    if (setup->carry && !setup_task(setup)->fill_window)
        return refuse(err, "carry needs sequences without end, and those of the task %s end", setup_task(setup)->name);
    if (setup->carry && setup->bidirectional)
        return refuse(err, "a bidirectional network carries no state: it also reads from the end");
    return true;
}

static bool check_scored(const Setup *setup, Err *err)
{
    const Scoring scoring = (Scoring)setup->scored;
    char list[200] = "";
    if (task_can_score(setup_task(setup), scoring))
        return true;
    for (int i = 0; tasks[i]; i++)
        if (task_can_score(tasks[i], scoring))
            strcat(strcat(list, " "), tasks[i]->name);
    return refuse(err, "scored %s does not fit the task %s, it fits%s; scored task fits all",
                  scored_name(setup->scored), setup_task(setup)->name, list);
}

void setup_mend(Setup *setup)
{
    if (freeze_slot(setup->freeze, cell_types[setup->cell]) == NONE)
        setup->freeze = 0;
    if (!task_can_score(setup_task(setup), (Scoring)setup->scored))
        setup->scored = SCORE_TASK;
}

bool setup_check(const Setup *setup, Err *err)
{
    const Task *task = setup_task(setup);
    if (!check_carry(setup, err) || !check_scored(setup, err))
        return false;
    if (setup->T < task->least_T)
        return refuse(err, "T must be at least %d for the task %s", task->least_T, task->name);
    double bytes = setup_bytes(setup), over = bytes / setup_bytes_most - 1;
    if (over <= 0)
        return true;
    int places = over < 0.0003 ? 6 : over < 0.03 ? 3 : 1; // so many that it does not look like the limit
    return refuse(err, "T %d, hidden %d and batch %d would need %.*f GiB; the limit is 2 GiB", setup->T, setup->hidden,
                  setup->batch, places, bytes / (setup_bytes_most / 2));
}
