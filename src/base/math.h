#ifndef BASE_MATH_H
#define BASE_MATH_H

// Our own elementary functions, at most 2 ulp off, built from +, -, *, / and bit moves alone, so that every
// machine and compiler gives the same bits. Special values as in C99 Annex F. They are defined here to be
// inlined, and free of branches where a loop over them should become vector code.
static inline double math_exp(double x);     // 0 below -745.13, +inf above 709.78
static inline double math_log(double x);     // natural; -inf at 0, NaN below
static inline double math_tanh(double x);
static inline double math_sigmoid(double x); // 1 / (1 + exp(-x))
static inline double math_sin(double x);     // |x| up to 1e6

#endif
