#include "sim/trace.h"

#include <string.h>

#include "nn/optimizer.h"
#include "sim/netfile.h"

static const double BYTES_MOST = 2147483648.0; // 2 GiB

typedef struct {
    Arena *arena;
    SafeFile file;
    NetFile found;
    Program program;
    Params params;
    Batch batch;
    Tape tape;
    SafeWriter *out;
} Trace;

// ---- the data of the file ---------------------------------------------------------------------
static bool find_loss(Trace *trace, Err *err)
{
    const char *loss = safe_text(&trace->file, "loss");
    const SafeTensor *target = safe_find(&trace->file, "target");
    if (!target)
        return refuse(err, "the file holds no tensor target");
    if (loss && strcmp(loss, "mse") != 0 && strcmp(loss, "cross_entropy") != 0)
        return refuse(err, "the loss must be mse or cross_entropy, not \"%s\"", loss);
    const bool mse = loss ? strcmp(loss, "mse") == 0 : target->dimensions == 3;
    trace->found.net.loss = mse ? LOSS_MSE : LOSS_CROSS_ENTROPY;
    return true;
}

static bool check_scored(const Trace *trace, Err *err)
{
    const char *scored = safe_text(&trace->file, "scored");
    return !scored || strcmp(scored, "all") == 0 || strcmp(scored, "last") == 0 ||
           refuse(err, "scored must be all or last, not \"%s\"", scored);
}

static bool has_shape(const SafeTensor *tensor, int dimensions, const int *shape)
{
    bool same = tensor && tensor->dimensions == dimensions;
    for (int i = 0; i < dimensions && same; i++)
        same = tensor->shape[i] == (size_t)shape[i];
    return same;
}

static bool check_shapes(const Trace *trace, Err *err)
{
    const Dims d = trace->found.net.dims;
    const int values[] = {d.T, d.B, d.Y};
    const SafeTensor *target = safe_find(&trace->file, "target"), *length = safe_find(&trace->file, "length");
    if (!has_shape(target, trace->found.net.loss == LOSS_MSE ? 3 : 2, values))
        return refuse(err, "the tensor target must be %d by %d%s", d.T, d.B,
                      trace->found.net.loss == LOSS_MSE ? " by the outputs" : "");
    const SafeTensor *scored = safe_find(&trace->file, "scored");
    if (scored && !has_shape(scored, 2, values))
        return refuse(err, "the tensor scored must be %d by %d", d.T, d.B);
    return !length || has_shape(length, 1, (const int[]){d.B}) ||
           refuse(err, "the tensor length must have %d numbers", d.B);
}

static bool find_dims(Trace *trace, Err *err)
{
    enum { LENGTH_MOST = 1 << 20 };
    const SafeTensor *x = safe_find(&trace->file, "x");
    Dims *d = &trace->found.net.dims;
    if (!x || x->dimensions != 3)
        return refuse(err, "the file holds no tensor x of three dimensions");
    if (x->shape[0] < 1 || x->shape[1] < 1 || x->shape[0] > LENGTH_MOST || x->shape[1] > LENGTH_MOST)
        return refuse(err, "x must have 1 to %d time steps and sequences", LENGTH_MOST);
    if (x->shape[2] != (size_t)d->X)
        return refuse(err, "x has %zu inputs, the network reads %d", x->shape[2], d->X);
    d->T = (int)x->shape[0];
    d->B = (int)x->shape[1];
    return check_shapes(trace, err);
}

static bool check_need(const Program *program, Err *err)
{
    const double columns = (double)program->dims.T + 2;
    const double tape = 5 * columns * (double)program->dims.B * (double)program->step_length; // here and in the answer
    const double bytes = sizeof(double) * (tape + 4 * (double)program->weight_count);
    if (bytes <= BYTES_MOST)
        return true;
    return refuse(err, "that would need %.1f GiB; the limit is 2 GiB", bytes / (BYTES_MOST / 2));
}

static bool is_whole(Real value, int low, int high)
{
    return value >= (Real)low && value <= (Real)high && value == (Real)(int)value;
}

static bool read_labels(Trace *trace, Err *err)
{
    const Dims d = trace->program.dims;
    const size_t count = (size_t)d.T * (size_t)d.B;
    Real *label = arena_new(trace->arena, Real, count);
    if (!safe_numbers(safe_find(&trace->file, "target"), label, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_whole(label[i], 0, d.Y - 1))
            return refuse(err, "a target is the class %g; classes are whole numbers from 0 to %d", label[i], d.Y - 1);
        trace->batch.label[i] = (int)label[i];
    }
    return true;
}

static bool read_lengths(Trace *trace, Err *err)
{
    const Dims d = trace->program.dims;
    const SafeTensor *length = safe_find(&trace->file, "length");
    Real *value = arena_new(trace->arena, Real, d.B);
    if (!length)
        return true;
    if (!safe_numbers(length, value, err))
        return false;
    for (int b = 0; b < d.B; b++) {
        if (!is_whole(value[b], 1, d.T))
            return refuse(err, "a length is %g; lengths are whole numbers from 1 to %d", value[b], d.T);
        trace->batch.length[b] = (int)value[b];
    }
    return true;
}

// What lies behind a sequence's end is not scored, whatever the file says.
static bool read_scored(Trace *trace, const SafeTensor *scored, Err *err)
{
    const Dims d = trace->program.dims;
    Real *value = arena_new(trace->arena, Real, scored->count);
    if (!safe_numbers(scored, value, err))
        return false;
    for (size_t i = 0; i < scored->count; i++)
        if (!is_whole(value[i], 0, 1))
            return refuse(err, "scored holds %g; it may hold 0 and 1", value[i]);
    for (int t = 1; t <= d.T; t++)
        for (int b = 0; b < d.B; b++)
            *batch_scored(&trace->batch, t, b) = value[(t - 1) * d.B + b] != 0 && t <= trace->batch.length[b] ? 1 : 0;
    return true;
}

static void mark_scored(Trace *trace)
{
    const char *scored = safe_text(&trace->file, "scored");
    const bool last = scored && strcmp(scored, "last") == 0;
    for (int b = 0; b < trace->program.dims.B; b++) {
        const int length = trace->batch.length[b];
        for (int t = last ? length : 1; t <= length; t++)
            *batch_scored(&trace->batch, t, b) = 1;
    }
}

static bool read_batch(Trace *trace, Err *err)
{
    const SafeTensor *x = safe_find(&trace->file, "x"), *target = safe_find(&trace->file, "target");
    const bool mse = trace->program.net.loss == LOSS_MSE;
    const SafeTensor *scored = safe_find(&trace->file, "scored");
    if (!safe_numbers(x, trace->batch.x, err) || !read_lengths(trace, err))
        return false;
    if (!scored)
        mark_scored(trace);
    else if (!read_scored(trace, scored, err))
        return false;
    return mse ? safe_numbers(target, trace->batch.target, err) : read_labels(trace, err);
}

static bool open_trace(Trace *trace, const void *bytes, size_t size, Err *err)
{
    if (!safe_read(&trace->file, bytes, size, trace->arena, err) ||
        !netfile_of(&trace->found, &trace->file, trace->arena, err) || !find_loss(trace, err) ||
        !check_scored(trace, err) || !find_dims(trace, err))
        return false;
    trace->program = program_make(&trace->found.net, trace->arena);
    if (!check_need(&trace->program, err))
        return false;
    trace->params = params_make(&trace->program, trace->arena);
    trace->batch = batch_make(trace->found.net.dims, trace->arena);
    trace->tape = tape_make(&trace->program, trace->arena);
    return netfile_weights(&trace->found, &trace->file, &trace->program, trace->params.value, err) &&
           read_batch(trace, err);
}

// ---- what came out ------------------------------------------------------------------------------
typedef Real *Of(const Tape *tape, int t, int slot);

// Behind a sequence's end the tape goes on, as nobody reads it; PyTorch's packed sequences have 0 there.
static void clear_padding(const Batch *batch, Real *value, size_t n)
{
    const size_t B = (size_t)batch->dims.B;
    for (size_t b = 0; b < B; b++)
        for (size_t t = (size_t)batch->length[b]; t < (size_t)batch->dims.T; t++)
            memset(value + (t * B + b) * n, 0, n * sizeof *value);
}

static void put_slot(Trace *trace, const char *name, int slot, Of *of)
{
    const Dims d = trace->program.dims;
    const size_t n = (size_t)trace->program.slots[slot].length, step = (size_t)d.B * n;
    Real *value = arena_new(trace->arena, Real, (size_t)d.T * step);
    for (int t = 1; t <= d.T; t++)
        memcpy(value + (size_t)(t - 1) * step, of(&trace->tape, t, slot), step * sizeof *value);
    clear_padding(&trace->batch, value, n);
    safe_put(trace->out, name, 3, (const size_t[]){(size_t)d.T, (size_t)d.B, n}, value);
}

static void put_cell_slot(Trace *trace, int of_cell, int layer, bool reverse)
{
    const Slot *slot = &trace->program.net.cell->slots[of_cell];
    const int place = program_cell_slot(&trace->program, of_cell, layer, reverse);
    const char *name = arena_print(trace->arena, "%s.l%d%s", slot->name, layer, reverse ? ".reverse" : "");
    const bool state = slot->role == ROLE_STATE || slot->role == ROLE_MEMORY;
    if (place == NONE || !(state || slot->role == ROLE_GATE || slot->role == ROLE_CANDIDATE))
        return;
    put_slot(trace, name, place, tape_value);
    if (state)
        put_slot(trace, arena_print(trace->arena, "dL_d%s", name), place, tape_grad);
}

static void put_gradients(Trace *trace)
{
    const Program *p = &trace->program;
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *tensor = &p->tensors[i];
        const char *name = netfile_name(&trace->found, tensor, trace->arena);
        const SafeTensor *in_file = safe_find(&trace->file, name);
        const size_t shape[] = {(size_t)tensor->rows, (size_t)tensor->columns};
        safe_put(trace->out, arena_print(trace->arena, "grad.%s", name), in_file ? in_file->dimensions : 1, shape,
                 trace->params.grad + tensor->offset);
    }
}

static void put_all(Trace *trace)
{
    static const size_t one[] = {1};
    const Program *p = &trace->program;
    const Real loss = (Real)trace->tape.loss, norm = (Real)vector_norm(trace->params.grad, trace->params.count);
    put_slot(trace, "y", p->answer, tape_value);
    safe_put(trace->out, "loss", 1, one, &loss);
    for (int layer = 0; layer < p->dims.L; layer++)
        for (int of_cell = 0; of_cell < p->net.cell->slot_count; of_cell++) {
            put_cell_slot(trace, of_cell, layer, false);
            put_cell_slot(trace, of_cell, layer, true);
        }
    put_gradients(trace);
    safe_put(trace->out, "grad_norm", 1, one, &norm);
}

bool trace_bytes(const void *bytes, size_t size, Arena *arena, char **out, size_t *out_size, Err *err)
{
    Trace *trace = arena_new(arena, Trace, 1); // the tape points to the program in it
    trace->arena = arena;
    if (!open_trace(trace, bytes, size, err))
        return false;
    tape_run(&trace->tape, &trace->params, &trace->batch);
    trace->out = safe_writer(arena);
    put_all(trace);
    *out = safe_written(trace->out, out_size);
    return true;
}
