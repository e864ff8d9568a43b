// The engine against PyTorch: every file of tests/reference.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "nn/optimizer.h"
#include "nn/tape.h"
#include "safetensors.h"
#include "tolerance.h"

typedef struct {
    Safetensors *file;
    const char *path;
    Arena arena;
    Program program;
    Params params;
    Batch batch;
    Tape tape;
} Case;

// ---- from the file into the engine ------------------------------------------------------
static OpKind activation_named(const char *name)
{
    return strcmp(name, "relu") == 0 ? OP_RELU : OP_TANH;
}

static bool is_bidirectional(Safetensors *file)
{
    return strcmp(safetensors_text(file, "bidirectional"), "true") == 0;
}

static Net net_of(Safetensors *file)
{
    const Numbers x = safetensors_numbers(file, "x");
    const Numbers y = safetensors_numbers(file, "expect.y");
    const Numbers hh = safetensors_numbers(file, "rnn.weight_hh_l0");
    const int layers = safetensors_text(file, "layers")[0] - '0';
    return (Net){
        .cell = cell_types[cell_index(safetensors_text(file, "cell"))],
        .activation = activation_named(safetensors_text(file, "nonlinearity")),
        .loss = strcmp(safetensors_text(file, "loss"), "mse") == 0 ? LOSS_MSE : LOSS_CROSS_ENTROPY,
        .dims = {.T = x.shape[0], .B = x.shape[1], .X = x.shape[2], .H = hh.shape[1], .Y = y.shape[2], .L = layers},
        .bias = safetensors_has(file, "rnn.bias_ih_l0"),
        .bidirectional = is_bidirectional(file),
    };
}

static void copy_numbers(Real *to, size_t count, Safetensors *file, const char *name)
{
    const Numbers from = safetensors_numbers(file, name);
    assert_int_equal(from.count, count);
    for (size_t i = 0; i < count; i++)
        to[i] = (Real)from.value[i];
}

static void fill_weights(Case *c)
{
    for (int i = 0; i < c->program.tensor_count; i++) {
        const Tensor *w = &c->program.tensors[i];
        copy_numbers(c->params.value + w->offset, (size_t)w->rows * (size_t)w->columns, c->file, w->name);
    }
}

static void fill_batch(Case *c)
{
    const Dims d = c->program.dims;
    const size_t steps = (size_t)d.T * (size_t)d.B;
    const bool all = strcmp(safetensors_text(c->file, "scored"), "all") == 0;
    copy_numbers(c->batch.x, steps * (size_t)d.X, c->file, "x");
    const Numbers target = safetensors_numbers(c->file, "target");
    if (c->program.net.loss == LOSS_MSE)
        copy_numbers(c->batch.target, steps * (size_t)d.Y, c->file, "target");
    else
        for (size_t i = 0; i < steps; i++)
            c->batch.label[i] = (int)target.value[i];
    if (safetensors_has(c->file, "length"))
        for (int b = 0; b < d.B; b++)
            c->batch.length[b] = (int)safetensors_numbers(c->file, "length").value[b];
    for (int t = all ? 1 : d.T; t <= d.T; t++)
        for (int b = 0; b < d.B; b++)
            *batch_scored(&c->batch, t, b) = t <= c->batch.length[b];
}

static void case_open(Case *c, const char *path)
{
    *c = (Case){.file = safetensors_open(path), .path = path, .arena = arena_make(1 << 16)};
    const Net net = net_of(c->file);
    c->program = program_make(&net, &c->arena);
    c->params = params_make(&c->program, &c->arena);
    c->batch = batch_make(net.dims, &c->arena);
    c->tape = tape_make(&c->program, &c->arena);
    fill_weights(c);
    fill_batch(c);
}

static void case_close(Case *c)
{
    arena_free(&c->arena);
    safetensors_close(c->file);
}

// ---- the engine against the file ----------------------------------------------------------
static void check_numbers(Case *c, const char *name, const Real *found, size_t count)
{
    const Numbers expected = safetensors_numbers(c->file, name);
    double largest = 0, worst = 0;
    assert_int_equal(expected.count, count);
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs(expected.value[i]));
        if (!(fabs(found[i] - expected.value[i]) <= worst)) // a NaN is worst
            worst = fabs(found[i] - expected.value[i]);
    }
    if (!(worst <= tolerance(1e-10) * largest))
        fail_msg("%s: %s is off by %g of %g", c->path, name, worst, largest);
}

// A slot over all time steps, which lie a whole column apart on the tape; 0 in padding.
static void check_slot(Case *c, const char *name, int slot, Real *(*of)(const Tape *, int, int))
{
    const size_t n = (size_t)c->program.slots[slot].length, step = (size_t)c->program.dims.B * n;
    const size_t count = (size_t)c->program.dims.T * step;
    Real *found = arena_new(&c->arena, Real, count);
    for (int t = 1; t <= c->program.dims.T; t++)
        for (int b = 0; b < c->program.dims.B; b++)
            if (t <= c->batch.length[b])
                memcpy(found + (size_t)(t - 1) * step + (size_t)b * n, of(&c->tape, t, slot) + (size_t)b * n,
                       n * sizeof *found);
    check_numbers(c, name, found, count);
}

static void check_state(Case *c, const char *state, int layer, bool reverse)
{
    const char *end = reverse ? ".reverse" : "";
    const char *numbered = arena_print(&c->arena, "%s.l%d%s", state, layer, end);
    const int slot = program_cell_slot(&c->program, cell_slot(c->program.net.cell, state), layer, reverse);
    assert_int_not_equal(slot, NONE);
    check_slot(c, arena_print(&c->arena, "expect.%s", numbered), slot, tape_value);
    check_slot(c, arena_print(&c->arena, "expect.dL_d%s", numbered), slot, tape_grad);
}

static void check_states(Case *c, int layer, bool reverse)
{
    if (!safetensors_has(c->file, "expect.h.l0"))
        return;
    check_state(c, "h", layer, reverse);
    if (c->program.memory != NONE)
        check_state(c, "c", layer, reverse);
}

static void check_gradients(Case *c)
{
    for (int i = 0; i < c->program.tensor_count; i++) {
        const Tensor *w = &c->program.tensors[i];
        const char *name = arena_print(&c->arena, "expect.grad.%s", w->name);
        check_numbers(c, name, c->params.grad + w->offset, (size_t)w->rows * (size_t)w->columns);
    }
    const Real norm = (Real)vector_norm(c->params.grad, c->params.count);
    check_numbers(c, "expect.grad_norm", &norm, 1);
}

static void agrees_with_pytorch(void **state)
{
    Case c;
    case_open(&c, *state);
    tape_run(&c.tape, &c.params, &c.batch);
    check_slot(&c, "expect.y", c.program.answer, tape_value);
    for (int layer = 0; layer < c.program.dims.L; layer++) {
        check_states(&c, layer, false);
        if (c.program.net.bidirectional)
            check_states(&c, layer, true);
    }
    const Real loss = (Real)c.tape.loss;
    check_numbers(&c, "expect.loss", &loss, 1);
    check_gradients(&c);
    case_close(&c);
}

static const char *file_name(const char *path)
{
    return strrchr(path, '/') + 1;
}

int main(void)
{
    enum { MOST = 64 };
    struct CMUnitTest tests[MOST] = {0};
    int count = 0;
    glob_t files;
    if (glob(SOURCE_DIR "/tests/reference/*_*.safetensors", 0, NULL, &files) != 0)
        return 1;
    for (size_t i = 0; i < files.gl_pathc && count < MOST; i++)
        tests[count++] =
            (struct CMUnitTest){file_name(files.gl_pathv[i]), agrees_with_pytorch, 0, 0, files.gl_pathv[i]};
    const int failed = _cmocka_run_group_tests("golden", tests, (size_t)count, 0, 0);
    globfree(&files);
    return failed;
}
