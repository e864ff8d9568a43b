#include <string.h>

#include "nn/explained.h"
#include "sim/choices.h"
#include "sim/netfile.h"

static void put_whole_numbers(SafeWriter *writer, const char *name, int dimensions, const size_t *shape,
                              const int *value, Arena *arena)
{
    const size_t count = shape[0] * (dimensions > 1 ? shape[1] : 1);
    Real *number = arena_new(arena, Real, count);
    for (size_t i = 0; i < count; i++)
        number[i] = (Real)value[i];
    safe_put(writer, name, dimensions, shape, number);
}

static void put_batch(SafeWriter *writer, const Batch *batch, LossKind loss, Arena *arena)
{
    const size_t T = (size_t)batch->dims.T, B = (size_t)batch->dims.B;
    const size_t of_x[] = {T, B, (size_t)batch->dims.X}, of_y[] = {T, B, (size_t)batch->dims.Y};
    Real *scored = arena_new(arena, Real, T * B);
    for (size_t i = 0; i < T * B; i++)
        scored[i] = batch->scored[i];
    safe_put_text(writer, "loss", loss == LOSS_MSE ? "mse" : "cross_entropy");
    safe_put(writer, "x", 3, of_x, batch->x);
    if (loss == LOSS_MSE)
        safe_put(writer, "target", 3, of_y, batch->target);
    else
        put_whole_numbers(writer, "target", 2, of_x, batch->label, arena);
    safe_put(writer, "scored", 2, of_x, scored);
    put_whole_numbers(writer, "length", 1, &of_x[1], batch->length, arena);
}

// By the update that read the batch, whose loss is no longer that of these weights.
static bool weights_changed(const Run *run, Arena *arena)
{
    const Params read = explained_params(&shares_of(run->shares, 0)->tape, arena);
    return memcmp(read.value, run->params.value, read.count * sizeof *read.value) != 0;
}

char *netfile_save(const Run *run, Arena *arena, size_t *size)
{
    const Program *program = &run->program;
    SafeWriter *writer = safe_writer(arena);
    safe_put_text(writer, "cell", program->net.cell->name);
    safe_put_text(writer, "nonlinearity", activation_name(run->setup.activation));
    safe_put_text(writer, "layers", arena_print(arena, "%d", program->dims.L));
    safe_put_text(writer, "bidirectional", program->net.bidirectional ? "true" : "false");
    safe_put_text(writer, "task", run->task->name);
    for (int i = 0; i < program->tensor_count; i++) {
        const Tensor *tensor = &program->tensors[i];
        const size_t shape[] = {(size_t)tensor->rows, (size_t)tensor->columns};
        const bool matrix = tensor->kind == WEIGHT_IH || tensor->kind == WEIGHT_HH || tensor->kind == WEIGHT_OUT;
        safe_put(writer, tensor->name, matrix ? 2 : 1, shape, params_value(&run->params, program, i));
    }
    if (run_taped(run)) {
        safe_put_text(writer, "weights", weights_changed(run, arena) ? "changed" : "of the batch");
        put_batch(writer, &run->batch, program->net.loss, arena);
    }
    return safe_written(writer, size);
}
