#include <string.h>

#include "nn/tape_rows.h"

// The weights of an update as its products read them: every tensor turned over, and what is worth it once more as it
// stands, both in panels where that is possible.

// ---- how they lie ------------------------------------------------------------------------------------
// From one whole row of a transposed tensor to the next: an odd number of cache lines, for rows a power of two apart
// compete for the same few places of the cache.
static size_t whole_row(const Tensor *tensor)
{
    enum { LINE = 64 / sizeof(Real) };
    const size_t lines = ((size_t)tensor->rows + LINE - 1) / LINE;
    return (lines + (lines % 2 == 0)) * LINE;
}

// Several sequences at once read them, many in all, and they do not fit the fastest cache.
static bool is_worth_panels(const Program *p, const Tensor *w)
{
    enum { SEQUENCES = 8, READ = 64, LARGE = 16 * 1024 };
    return w->columns > 1 && p->dims.B >= SEQUENCES && p->dims.B * p->dims.T >= READ &&
           (size_t)w->rows * (size_t)w->columns * sizeof(Real) >= LARGE;
}

static size_t block_rows(const Program *p, const Tensor *w)
{
    return (size_t)(w->kind == WEIGHT_OUT ? w->rows : p->dims.H);
}

// Rows of so many numbers, or blocks of them, that end where a panel does.
static bool in_panels(const Tape *tape, const Tensor *w, size_t numbers)
{
    return is_worth_panels(tape->program, w) && numbers % tape->kernels->panel == 0;
}

Panels tape_transposed(const Tape *tape, int tensor)
{
    const Tensor *w = &tape->program->tensors[tensor];
    const ptrdiff_t panel = (ptrdiff_t)tape->kernels->panel;
    if (in_panels(tape, w, block_rows(tape->program, w)))
        return (Panels){tape->transposed[tensor], panel, panel * w->columns};
    return (Panels){tape->transposed[tensor], (ptrdiff_t)whole_row(w), panel};
}

Panels tape_straight(const Tape *tape, int tensor, const Real *value)
{
    const Tensor *w = &tape->program->tensors[tensor];
    const ptrdiff_t panel = (ptrdiff_t)tape->kernels->panel;
    if (in_panels(tape, w, (size_t)w->columns))
        return (Panels){tape->straight[tensor], panel, panel * w->rows};
    return (Panels){value, w->columns, panel};
}

Panels tape_columns_from(const Tape *tape, Panels matrix, int first)
{
    const int panel = (int)tape->kernels->panel;
    matrix.at += first / panel * matrix.panel + first % panel;
    return matrix;
}

Panels tape_rows_from(Panels matrix, int first)
{
    matrix.at += first * matrix.step;
    return matrix;
}

Real tape_weight(const Tape *tape, int tensor, int j, int k)
{
    return *tape_columns_from(tape, tape_rows_from(tape_transposed(tape, tensor), k), j).at;
}

void tape_weight_rows(const Tape *tape, int tensor, int first, int rows, Real *to)
{
    const Panels transposed = tape_transposed(tape, tensor);
    const int columns = tape->program->tensors[tensor].columns;
    for (int j = first; j < first + rows; j++) {
        const Real *weight = tape_columns_from(tape, transposed, j).at;
        for (int k = 0; k < columns; k++)
            *to++ = weight[k * transposed.step];
    }
}

// ---- room for them --------------------------------------------------------------------------------------
void tape_make_weights(Tape *tape, Arena *arena)
{
    const Program *p = tape->program;
    tape->transposed = arena_new(arena, Real *, p->tensor_count);
    tape->straight = arena_new(arena, Real *, p->tensor_count);
    for (int i = 0; i < p->tensor_count; i++) {
        const Tensor *w = &p->tensors[i];
        tape->transposed[i] = arena_new(arena, Real, whole_row(w) * (size_t)w->columns + PRODUCT_SPARE);
        if (is_worth_panels(p, w))
            tape->straight[i] = arena_new(arena, Real, (size_t)w->rows * (size_t)w->columns);
    }
}

// ---- putting them there ------------------------------------------------------------------------------------
// out (columns, rows) = the transpose of in (rows, columns), in bands that keep what is written in the cache
static void transpose(Real *restrict out, const Real *restrict in, size_t rows, size_t columns, size_t step)
{
    enum { BAND = 16 };
    for (size_t first = 0; first < rows; first += BAND) {
        const size_t behind = first + BAND < rows ? first + BAND : rows;
        for (size_t k = 0; k < columns; k++)
            for (size_t j = first; j < behind; j++)
                out[k * step + j] = in[j * columns + k];
    }
}

static void turn_over(const Tape *tape, int tensor, const Real *value)
{
    const Tensor *w = &tape->program->tensors[tensor];
    const size_t rows = (size_t)w->rows, columns = (size_t)w->columns, panel = tape->kernels->panel;
    const Panels to = tape_transposed(tape, tensor);
    if (to.panel == (ptrdiff_t)panel)
        transpose(tape->transposed[tensor], value, rows, columns, (size_t)to.step);
    else
        for (size_t j = 0; j < rows; j += panel)
            transpose(tape->transposed[tensor] + j * columns, value + j * columns, panel, columns, panel);
}

static void cut_into_panels(const Tape *tape, int tensor, const Real *value)
{
    const Tensor *w = &tape->program->tensors[tensor];
    const size_t panel = tape->kernels->panel;
    Real *to = tape->straight[tensor];
    for (int k = 0; k < w->columns; k += (int)panel)
        for (int j = 0; j < w->rows; j++, to += panel)
            memcpy(to, value + (size_t)j * (size_t)w->columns + (size_t)k, panel * sizeof *to);
}

void tape_copy_weights(const Tape *tape, const Params *params)
{
    for (int i = 0; i < tape->program->tensor_count; i++) {
        const Tensor *w = &tape->program->tensors[i];
        const Real *value = params->value + w->offset;
        turn_over(tape, i, value);
        if (in_panels(tape, w, (size_t)w->columns))
            cut_into_panels(tape, i, value);
    }
}
