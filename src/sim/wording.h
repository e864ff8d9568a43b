#ifndef SIM_WORDING_H
#define SIM_WORDING_H

#include "sim/choices.h"
#include "sim/setup.h"

// How the reader wants time steps and weights to be called: the settings first_index and notation. Inside the program
// a time step is always 1 … T; here, and nowhere else, it becomes what is shown, and back.
//
// What a state starts from is the time step before the first: h_0, or h_{-1} where t is counted from 0.
int wording_t(const Setup *setup, int t);           // as it is read
long wording_typed(const Setup *setup, long typed); // what a typed one is inside
Notation wording_of_weights(const Setup *setup);

#endif
