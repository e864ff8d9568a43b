#include "nn/jacobian.h"

#include <math.h>
#include <string.h>

#include "nn/optimizer.h"

// ---- what is carried ------------------------------------------------------------------------
static bool is_carried(const Program *program, int pass, int slot)
{
    const int delay = program->slots[slot].delay;
    return delay != NONE && program->rows[delay].pass == pass;
}

int state_size(const Program *program, int pass)
{
    int n = 0;
    for (int slot = 0; slot < program->slot_count; slot++)
        if (is_carried(program, pass, slot))
            n += program->slots[slot].length;
    return n;
}

StepTape *step_tape_make(const Program *program, int pass, Arena *arena)
{
    enum { ROWS_MOST = 16 };
    StepTape *step = arena_new(arena, StepTape, 1);
    const int n = state_size(program, pass), rows = n < ROWS_MOST ? n : ROWS_MOST;
    Net net = program->net;
    net.dims.T = 1;
    net.dims.B = rows;
    *step = (StepTape){.of = program, .pass = pass, .n = n, .rows = rows};
    step->program = program_make(&net, arena);
    step->params = params_make(&step->program, arena);
    step->batch = batch_make(net.dims, arena);
    step->tape = tape_make(&step->program, arena);
    for (int row = 0; row < program->row_count; row++)
        step->program.rows[row].kind = program->rows[row].kind; // a gate may be held
    return step;
}

// ---- one time step, many times over --------------------------------------------------------------
static void copy_slot(StepTape *step, const Tape *tape, int b, int slot, int from, int to)
{
    const size_t n = (size_t)step->of->slots[slot].length;
    const Real *value = tape_value(tape, from, slot) + (size_t)b * n;
    Real *copy = tape_value(&step->tape, to, slot);
    for (size_t i = 0; i < (size_t)step->rows; i++)
        memcpy(copy + i * n, value, n * sizeof *copy);
}

static void copy_values(StepTape *step, const Tape *tape, int b, int t, int before, int edge)
{
    for (int slot = 0; slot < step->of->slot_count; slot++) {
        copy_slot(step, tape, b, slot, t, 1);
        copy_slot(step, tape, b, slot, before, edge);
    }
}

// The sequence i stands for row first + i of the Jacobian, and the slot's numbers are those of s from `base` on.
static void seed_unit_vectors(StepTape *step, int first)
{
    int base = 0;
    tape_clear_gradients(&step->tape, &step->batch); // nothing is scored in it
    for (int slot = 0; slot < step->of->slot_count; slot++) {
        if (!is_carried(step->of, step->pass, slot))
            continue;
        const int length = step->of->slots[slot].length;
        for (int i = 0; i < step->rows; i++)
            if (first + i >= base && first + i < base + length)
                tape_grad(&step->tape, 1, slot)[i * length + first + i - base] = 1;
        base += length;
    }
}

static void read_rows(const StepTape *step, int edge, int first, Real *out)
{
    size_t base = 0;
    const size_t n = (size_t)step->n;
    for (int slot = 0; slot < step->of->slot_count; slot++) {
        if (!is_carried(step->of, step->pass, slot))
            continue;
        const size_t length = (size_t)step->of->slots[slot].length;
        for (int i = 0; i < step->rows && first + i < step->n; i++)
            memcpy(out + (size_t)(first + i) * n + base, tape_grad(&step->tape, edge, slot) + (size_t)i * length,
                   length * sizeof *out);
        base += length;
    }
}

int step_parts(const StepTape *step)
{
    return (step->n + step->rows - 1) / step->rows;
}

void step_jacobian_part(StepTape *step, const Tape *tape, const Params *params, int b, int t, int part, Real *out)
{
    const bool reverse = step->of->passes[step->pass].reverse;
    const int before = reverse ? t + 1 : t - 1, edge = reverse ? 2 : 0, first = part * step->rows;
    memcpy(step->params.value, params->value, params->count * sizeof *params->value);
    copy_values(step, tape, b, t, before, edge);
    tape_begin(&step->tape, &step->params, &step->batch);
    seed_unit_vectors(step, first);
    tape_backward_alone(&step->tape, &step->batch, step->pass, 1);
    read_rows(step, edge, first, out);
}

void step_jacobian(StepTape *step, const Tape *tape, const Params *params, int b, int t, Real *out)
{
    for (int part = 0; part < step_parts(step); part++)
        step_jacobian_part(step, tape, params, b, t, part, out);
}

// ---- matrices -----------------------------------------------------------------------------------
// y (n) += Σ_k c[k] · row k of w
static void add_rows(Real *restrict y, const Real *restrict w, const Real *restrict c, size_t rows, size_t n)
{
    for (size_t k = 0; k < rows; k++)
        for (size_t j = 0; j < n; j++)
            y[j] += c[k] * w[k * n + j];
}

void matrix_product(Real *out, const Real *a, const Real *b, int n)
{
    const size_t side = (size_t)n;
    memset(out, 0, side * side * sizeof *out);
    for (size_t i = 0; i < side; i++)
        add_rows(out + i * side, b, a + i * side, side, side);
}

// v ← wᵀ(w v), and how long w v was for v of length 1.
static double iterate(const Real *w, size_t rows, size_t columns, Real *v, Real *wv)
{
    for (size_t i = 0; i < rows; i++) {
        wv[i] = 0;
        for (size_t j = 0; j < columns; j++)
            wv[i] += w[i * columns + j] * v[j];
    }
    const double length = vector_norm(wv, rows);
    if (!(length > 0) || isinf(length))
        return length;
    for (size_t i = 0; i < rows; i++)
        wv[i] /= (Real)length;
    memset(v, 0, columns * sizeof *v);
    add_rows(v, w, wv, rows, columns);
    const double back = vector_norm(v, columns);
    for (size_t j = 0; j < columns && back > 0; j++)
        v[j] /= (Real)back;
    return length;
}

// The length only grows. It starts from a vector of different numbers, for an even one may be orthogonal to what is
// sought.
double matrix_norm(const Real *w, int rows, int columns, Real *scratch)
{
    enum { ITERATIONS_MOST = 1000 };
    Real *v = scratch, *wv = scratch + columns;
    double norm = 0;
    for (int j = 0; j < columns; j++)
        v[j] = 1 + (Real)(j * 7 % 11) / 11;
    const double start = vector_norm(v, (size_t)columns);
    for (int j = 0; j < columns; j++)
        v[j] /= (Real)start;
    for (int i = 0; i < ITERATIONS_MOST; i++) {
        const double next = iterate(w, (size_t)rows, (size_t)columns, v, wv);
        const bool settled = !(next > norm * (1 + 1e-15));
        norm = next;
        if (settled && i > 2)
            break;
    }
    return norm;
}
