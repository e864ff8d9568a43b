#ifndef SIM_MEASURE_H
#define SIM_MEASURE_H

#include "nn/gradcheck.h"
#include "sim/run.h"

// What is asked of a run and takes long: jobs in slices, so that a window can go on drawing. Each works on copies of
// the present weights, in the arena given, and leaves the run as it is. _work until it returns false.

// How well it answers: over 512 sequences of their own, the share that is right (0 … 1), or the mean error. A slice is
// a time step of a pass.
typedef struct Measure Measure;
Measure *measure_make(const Run *run, Arena *arena);
bool measure_work(Measure *measure);
double measure_progress(const Measure *measure); // 0 … 1
double measure_found(const Measure *measure);
double run_measure(const Run *run); // all of it

// BPTT against differences, on the batch that the next update reads. Refused above 20 GFLOP.
GradChecking *run_gradcheck(const Run *run, Arena *arena, Err *err);

#endif
