#ifndef APP_SPECTRA_H
#define APP_SPECTRA_H

#include "app/app.h"
#include "nn/spectrum.h"

// Eigenvalues and singular values of square matrices, a job in slices: one matrix and one of the two at a time, which
// is LAPACK's and cannot be cut further. Either the blocks of W_hh of the layer and direction that are looked at, or
// the Jacobian ∂s_t/∂s_(t−1) of its pass for the shown sequence, which is found first, a few rows a slice.
typedef struct {
    int n, count;       // (n, n) each
    Eigenvalue *value;  // (count, n), largest first
    double *singular;   // (count, n), largest first
    struct Spectra *of; // what it is worked out from
} SpectraFound;

int spectra_pass(const App *app); // the pass of the layer and direction that is looked at
void *spectra_of_weights(const App *app, Arena *arena, Err *err);
void *spectra_of_jacobian(const App *app, Arena *arena, Err *err);
bool spectra_work(void *work);
double spectra_progress(const void *work);

#endif
