#ifndef APP_PRINT_ANALYSIS_H
#define APP_PRINT_ANALYSIS_H

#include "app/app.h"

// What `print` says of an update beyond its gradient bars, once the job that it needs is done (see job.h): a list of
// numbers each, "-" where nothing is known. t is job_time.
//
// Of the shown sequence, read with the weights that the update began with:
const char *say_state_norms(App *app, Arena *arena);   // ‖∂s_t/∂s_k‖, k = 0 … t
const char *say_direct_path(App *app, Arena *arena);   // the largest |∏ f|, k = 0 … t
const char *say_loss_norms(App *app, Arena *arena);    // ‖∂L_t/∂h_k‖, k = 0 … T
const char *say_weight_shares(App *app, Arena *arena); // of each time step in dL/dW, pass by pass
const char *say_weight_norms(App *app, Arena *arena);  // ‖g_t‖, likewise

// Of W_hh of the layer and direction looked at, block by block; of ∂s_t/∂s_(t−1) of its pass.
const char *say_eigenvalues(App *app, Arena *arena);       // magnitudes
const char *say_eigenvalue_angles(App *app, Arena *arena); // rad
const char *say_singular_values(App *app, Arena *arena);
const char *say_jacobian_eigenvalues(App *app, Arena *arena); // magnitudes
const char *say_jacobian_singular_values(App *app, Arena *arena);

// All pairs of time steps as a table: t,k,state_norm,direct_path,loss_norm; empty where there is no such number.
const char *pairs_table(App *app, Arena *arena);

#endif
