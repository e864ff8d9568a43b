#ifndef APP_PRINT_ANALYSIS_H
#define APP_PRINT_ANALYSIS_H

#include "app/app.h"

// What `print` says of the shown sequence, read with the present weights, beyond its gradient bars; a list of numbers
// each, "-" where nothing is known: no update is read, or it would take above 20 GFLOP, or, of spectra, LAPACKE is not
// in this build.
const char *say_state_norms(App *app, Arena *arena);     // ‖∂s_t/∂s_k‖, t the last scored step, k = 0 … t
const char *say_weight_shares(App *app, Arena *arena);   // of each time step in dL/dW, pass by pass
const char *say_eigenvalues(App *app, Arena *arena);     // magnitudes, block by block of W_hh of the last layer
const char *say_singular_values(App *app, Arena *arena); // likewise

#endif
