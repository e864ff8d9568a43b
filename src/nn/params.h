#ifndef NN_PARAMS_H
#define NN_PARAMS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/real.h"
#include "nn/program.h"

// The weights and their gradients, all tensors one after another in the program's order.
typedef struct {
    Real *value;   // (weight_count)
    Real *grad;    // dL/dvalue, L the mean over the batch
    Real *scratch; // (2, H, H), for params_init
    size_t count;
} Params;

// What the weights start from. A new kind is a row in init.c; _name is for command lines, _title for the eye.
typedef enum { INIT_PYTORCH, INIT_XAVIER, INIT_ORTHOGONAL, INIT_IDENTITY, INIT_NORMAL, INIT_KINDS } InitKind;

const char *init_name(int kind); // NULL behind the last
const char *init_title(int kind);

typedef struct {
    uint64_t seed;
    double gain;        // ρ of each H×H block of W_hh, or NAN: leave it; a block with ρ = 0 stays as it is
    double forget_bias; // total bias of the forget gate: b_ih = this, b_hh = 0; or NAN
    double update_bias; // total bias of the update gate, likewise
    InitKind kind;
} Init;

Params params_make(const Program *program, Arena *arena);

// Each tensor has a stream of its own, named after it, so that cells with one seed share what they have in common. The
// matrices of a cell are filled block by block, as they are used. n is a block's rows, m its columns:
//
//   pytorch      uniform in ±1/√H, biases too; the readout's in ±1/√m
//   xavier       uniform in ±√(6 / (n + m)) (Glorot & Bengio 2010)
//   orthogonal   W_hh orthogonal (Saxe, McClelland & Ganguli 2014), the others as xavier
//   identity     W_hh the identity, the others normal with standard deviation 0.001 (Le, Jaitly & Hinton 2015)
//   normal       normal with standard deviation 1/√m
//
// But for PyTorch's all biases, and vectors that scale, start at 0.
void params_init(Params *params, const Program *program, const Init *init);

const Real *params_value(const Params *params, const Program *program, int tensor);

// Spectral radius of a square matrix w (n, n), by repeated squaring with renormalising: ρ = lim ‖wᵏ‖^(1/k). 0 when a
// power of w vanishes.
double spectral_radius(const Real *w, int n, Real *scratch); // scratch (2, n, n)

#endif
