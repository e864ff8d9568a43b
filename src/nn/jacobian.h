#ifndef NN_JACOBIAN_H
#define NN_JACOBIAN_H

#include "nn/tape.h"

// The Jacobian of one time step: ∂s_t/∂s_(t−1), s being all that a pass carries from step to step – h of every layer,
// and c beside it where the cell has a memory. In a reverse pass the step before is the one after.
//
// It is read off the rows themselves. A program of one time step holds the values of that step many times over, as
// sequences; the i-th is seeded with the i-th unit vector and run backward, which leaves the i-th row of the Jacobian.
// A few rows are found at a time, so that a window can go on drawing.
typedef struct {
    const Program *of; // borrowed: the program analysed
    int pass, n;       // n: numbers in s
    int rows;          // at a time
    Program program;   // T = 1, B = rows
    Params params;
    Batch batch;
    Tape tape;
} StepTape;

StepTape *step_tape_make(const Program *program, int pass, Arena *arena);
int state_size(const Program *program, int pass); // n

// Of sequence b at t = 1 … T of a tape with its values filled. out (n, n): row i is ∂(s_t)_i/∂s_(t−1).
void step_jacobian(StepTape *step, const Tape *tape, const Params *params, int b, int t, Real *out);
int step_parts(const StepTape *step); // rows are found in so many parts; one of them, from 0, into the same out
void step_jacobian_part(StepTape *step, const Tape *tape, const Params *params, int b, int t, int part, Real *out);

// ‖w‖₂, the largest singular value of w (rows, columns), by power iteration on wᵀw; scratch (rows + columns).
double matrix_norm(const Real *w, int rows, int columns, Real *scratch);

// out (n, n) = a b
void matrix_product(Real *out, const Real *a, const Real *b, int n);

#endif
