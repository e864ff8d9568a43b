#ifndef NN_SPECTRUM_H
#define NN_SPECTRUM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/real.h"

// Eigenvalues and singular values of a square matrix w (n, n), by LAPACK: for pictures and `print` only, never for a
// number that training depends on. Refused in a build without LAPACKE, and of what is not finite.
typedef struct {
    double re, im;
} Eigenvalue;

bool spectrum_here(void);                                                                   // whether this build has it
bool spectrum_eigenvalues(const Real *w, int n, Eigenvalue *out, Arena *scratch, Err *err); // (n), largest first
bool spectrum_singular(const Real *w, int n, double *out, Arena *scratch, Err *err);        // (n), largest first

#endif
