#include "nn/spectrum.h"

#ifdef UNROLL_LAPACKE

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool spectrum_here(void)
{
    return true;
}

// LAPACK overwrites what it is given.
static double *copy_of(const Real *w, int n, Arena *scratch, Err *err)
{
    const size_t count = (size_t)n * (size_t)n;
    double *copy = arena_new(scratch, double, count);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(w[i])) {
            refuse(err, "the matrix is not finite");
            return NULL;
        }
        copy[i] = (double)w[i];
    }
    return copy;
}

static int by_magnitude(const void *a, const void *b)
{
    const Eigenvalue *first = a, *second = b;
    const double x = first->re * first->re + first->im * first->im;
    const double y = second->re * second->re + second->im * second->im;
    return x != y ? (x < y) - (x > y) : (first->im < second->im) - (first->im > second->im);
}

bool spectrum_eigenvalues(const Real *w, int n, Eigenvalue *out, Arena *scratch, Err *err)
{
    double *copy = copy_of(w, n, scratch, err);
    double *re = arena_new(scratch, double, n), *im = arena_new(scratch, double, n);
    if (!copy)
        return false;
    if (LAPACKE_dgeev(LAPACK_ROW_MAJOR, 'N', 'N', n, copy, n, re, im, NULL, n, NULL, n) != 0)
        return refuse(err, "the eigenvalues were not found");
    for (int i = 0; i < n; i++)
        out[i] = (Eigenvalue){re[i], im[i]};
    qsort(out, (size_t)n, sizeof *out, by_magnitude);
    return true;
}

bool spectrum_singular(const Real *w, int n, double *out, Arena *scratch, Err *err)
{
    double *copy = copy_of(w, n, scratch, err);
    if (!copy)
        return false;
    if (LAPACKE_dgesdd(LAPACK_ROW_MAJOR, 'N', n, n, copy, n, out, NULL, n, NULL, n) != 0)
        return refuse(err, "the singular values were not found");
    return true;
}

#else

bool spectrum_here(void)
{
    return false;
}

static bool refuse_here(Err *err)
{
    return refuse(err, "eigenvalues and singular values are not in this build: it was made without LAPACKE");
}

bool spectrum_eigenvalues(const Real *w, int n, Eigenvalue *out, Arena *scratch, Err *err)
{
    (void)w, (void)n, (void)out, (void)scratch;
    return refuse_here(err);
}

bool spectrum_singular(const Real *w, int n, double *out, Arena *scratch, Err *err)
{
    (void)w, (void)n, (void)out, (void)scratch;
    return refuse_here(err);
}

#endif
