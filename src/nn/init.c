#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "nn/optimizer.h"
#include "nn/params.h"

// A block of a weight matrix, or a vector of weights, to be filled.
typedef struct {
    Real *w;
    size_t rows, columns;
    double bound;   // PyTorch's, for all of the tensor
    bool recurrent; // of W_hh
    Rng *rng;
} Block;

// ---- kinds ------------------------------------------------------------------------------
static void fill_uniform(const Block *block, double bound)
{
    for (size_t i = 0; i < block->rows * block->columns; i++)
        block->w[i] = (Real)(bound * (2 * rng_uniform(block->rng) - 1));
}

static void fill_normal(const Block *block, double deviation)
{
    for (size_t i = 0; i < block->rows * block->columns; i++)
        block->w[i] = (Real)(deviation * rng_normal(block->rng));
}

static void pytorch(const Block *block)
{
    fill_uniform(block, block->bound);
}

static void xavier(const Block *block)
{
    fill_uniform(block, sqrt(6.0 / (double)(block->rows + block->columns)));
}

static void normal(const Block *block)
{
    fill_normal(block, 1 / sqrt((double)block->columns));
}

static Real product(const Real *a, const Real *b, size_t n)
{
    Real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

// Row i loses what it has in common with the rows above it. Once more, for what rounding left of that.
static void make_orthogonal(Real *w, size_t i, size_t n)
{
    for (int again = 0; again < 2; again++) {
        for (size_t j = 0; j < i; j++) {
            const Real common = product(w + i * n, w + j * n, n);
            for (size_t k = 0; k < n; k++)
                w[i * n + k] -= common * w[j * n + k];
        }
        const Real length = (Real)vector_norm(w + i * n, n);
        for (size_t k = 0; k < n; k++)
            w[i * n + k] /= length;
    }
}

// Rows drawn from a normal distribution and made orthonormal point everywhere alike.
static void orthogonal(const Block *block)
{
    if (!block->recurrent) {
        xavier(block);
        return;
    }
    fill_normal(block, 1);
    for (size_t i = 0; i < block->rows; i++)
        make_orthogonal(block->w, i, block->columns);
}

static void identity(const Block *block)
{
    if (!block->recurrent) {
        fill_normal(block, 0.001);
        return;
    }
    memset(block->w, 0, block->rows * block->columns * sizeof *block->w);
    for (size_t i = 0; i < block->rows; i++)
        block->w[i * block->columns + i] = 1;
}

// clang-format off
static const struct {
    const char *name, *title;
    void (*fill)(const Block *block);
} kinds[INIT_KINDS + 1] = {
    [INIT_PYTORCH]    = { "pytorch",    "PyTorch's",  pytorch },
    [INIT_XAVIER]     = { "xavier",     "Xavier",     xavier },
    [INIT_ORTHOGONAL] = { "orthogonal", "orthogonal", orthogonal },
    [INIT_IDENTITY]   = { "identity",   "identity",   identity },
    [INIT_NORMAL]     = { "normal",     "normal",     normal },
    [INIT_KINDS]      = { NULL,         NULL,         NULL },
};
// clang-format on

const char *init_name(int kind)
{
    return kinds[kind].name;
}

const char *init_title(int kind)
{
    return kinds[kind].title;
}

// ---- a tensor ---------------------------------------------------------------------------
static bool is_matrix(const Tensor *tensor)
{
    return tensor->kind == WEIGHT_IH || tensor->kind == WEIGHT_HH || tensor->kind == WEIGHT_OUT;
}

// How many numbers a unit sums, as torch.nn counts them: its cells take H for all their tensors.
static int fan_in(const Program *program, const Tensor *tensor)
{
    const bool readout = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT;
    return readout && program->net.bidirectional ? 2 * program->dims.H : program->dims.H;
}

static void fill_tensor(Real *value, const Program *program, const Tensor *tensor, const Init *init)
{
    const int blocks = tensor->kind == WEIGHT_OUT || tensor->kind == BIAS_OUT ? 1 : tensor->rows / program->dims.H;
    Rng rng = rng_make(init->seed, rng_stream(tensor->name));
    Block block = {
        .rows = (size_t)(tensor->rows / blocks),
        .columns = (size_t)tensor->columns,
        .bound = 1 / sqrt(fan_in(program, tensor)),
        .recurrent = tensor->kind == WEIGHT_HH,
        .rng = &rng,
    };
    const size_t count = block.rows * block.columns;
    for (int i = 0; i < blocks; i++) {
        block.w = value + (size_t)i * count;
        if (is_matrix(tensor) || init->kind == INIT_PYTORCH)
            kinds[init->kind].fill(&block);
        else
            memset(block.w, 0, count * sizeof *block.w);
    }
}

// ---- what is asked for beside it ----------------------------------------------------------
static void set_gain(Real *block, int H, double gain, Real *scratch)
{
    const size_t count = (size_t)H * (size_t)H;
    const double radius = spectral_radius(block, H, scratch);
    if (radius > 0)
        for (size_t i = 0; i < count; i++)
            block[i] *= (Real)(gain / radius);
}

// The gate's total bias b_ih + b_hh becomes `value`.
static void set_bias(Real *value, const Tensor *tensor, int H, int block, double total)
{
    const double share = tensor->kind == BIAS_IH ? total : 0;
    for (int j = 0; j < H; j++)
        value[block * H + j] = (Real)share;
}

void params_init(Params *params, const Program *program, const Init *init)
{
    const CellType *cell = program->net.cell;
    const int H = program->dims.H;
    for (int i = 0; i < program->tensor_count; i++) {
        const Tensor *tensor = &program->tensors[i];
        Real *value = params->value + tensor->offset;
        const bool cell_bias = tensor->kind == BIAS_IH || tensor->kind == BIAS_HH;
        fill_tensor(value, program, tensor, init);
        if (tensor->kind == WEIGHT_HH && !isnan(init->gain))
            for (int block = 0; block < cell->blocks; block++)
                set_gain(value + block * H * H, H, init->gain, params->scratch);
        if (cell_bias && cell->forget_block != NONE && !isnan(init->forget_bias))
            set_bias(value, tensor, H, cell->forget_block, init->forget_bias);
        if (cell_bias && cell->update_block != NONE && !isnan(init->update_bias))
            set_bias(value, tensor, H, cell->update_block, init->update_bias);
    }
}
