#ifndef SIM_RUN_H
#define SIM_RUN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "nn/explained.h"
#include "nn/optimizer.h"
#include "nn/shares.h"
#include "sim/change.h"
#include "sim/record.h"
#include "sim/setup.h"

// A training run: one network, one task, one seed, and where its reader stands.
//
// The run works towards a goal in bounded slices, so a window can show pictures between them. A moment is
// (update u, op n): n operations of update u are done. Update 0 is the fresh network; `train` stops at
// (u, last). Going back is going forward again from a kept state: see history.h.
//
// The tape of an update is computed whole, forward and backward, before the reader moves into it, so moving within
// an update costs nothing; what lies beyond `op` is only unknown to the reader. Updates that are only passed through on
// the way to a goal are computed on lean tapes: the same bits, sooner. The weights change when op reaches
// the last. (u, 0) is the start of update u ≥ 1: the weights are those of (u−1, last), nothing of u is known.
typedef struct {
    long update, op;
} Moment;

bool moment_before(Moment a, Moment b);

// Where a run stopped because a number was no longer finite. update 0: it has not.
typedef struct {
    long update;
    int t;         // the first time step, in order of computing, that held such a number; 0: in the weights' gradient
    char what[64]; // "loss", "gradient norm", "hidden state h", "gradient of h": what grew
} Broken;

typedef struct History History;

// dL/dW by time step of the tape last asked about; worked out when first shown, see snapshot_slices.
typedef struct {
    const Real *tape; // whose values; NULL: none's
    long begun;       // and which of its updates
    GradSlice *slice; // (T), from t = 1
} OpenedGradient;

enum { FORMER_NAME = 160 };

// A Run may be moved in memory: nothing in it points into itself.
typedef struct {
    Setup setup; // live settings as the next change of weights will use them
    const Task *task;
    double baseline; // of the task at this T, per scored step
    Program program;
    Params params;
    Optimizer optimizer;
    Batch batch;
    Shares *shares; // whose tapes hold the present update
    Real *carried;  // the last state of update `done`, where the next starts from it; 0 after update 0
    size_t carried_count;

    Moment at;    // the reading position
    Moment goal;  // what run_work goes to
    long done;    // updates in params
    long reached; // the furthest update that is done
    long begun;   // the furthest update that is begun: reached, or one more
    long taped;   // the update on the tape, 0: none
    long slice;   // slices of it that are computed
    bool lean;    // its tape is: the update is only passed through, and its reader stops in another
    double loss;  // of the update on the tape, per scored step; this and the norms once all slices are computed
    double norm, clipped;
    double cosine; // between the gradient and the clipped gradient; NaN where one is 0 or not finite
    Broken broken; // while the update on the tape is not finite

    // The probe: a fixed sequence with a tape of its own, shown while training plays; no effect on training.
    Program probe_program; // B = 1
    Params probe_params;   // a copy, for its gradients are its own
    Batch probe_batch;
    Tape probe_tape; // whole, of the weights after probe_update; -1: none is whole yet
    long probe_update;
    Tape probe_next; // being computed, of the weights after probe_begun; -1: none is
    long probe_begun;
    long probe_slice, probe_known; // its slices and its operations that are done

    LastChange change; // of update `done`, where the reader stopped there
    OpenedGradient *opened;
    History *history;
    Record *record;

    // What training did before something was changed, to be compared with: its curves behind update former_from. NULL:
    // there is nothing to compare with.
    Record *former;
    long former_from;
    char former_name[FORMER_NAME]; // what it is, in the words of who changed something; empty: not named yet
    long formers;                  // how often that has been another
    Arena arena;
} Run;

bool run_start(Run *run, const Setup *setup, Err *err);
void run_free(Run *run);
size_t run_bytes(const Run *run);                  // taken so far
void run_put_weights(Run *run, const Real *value); // of a run at the fresh network: they are what it starts from

long run_last_op(const Run *run); // operations of one update
long run_slices(const Run *run);  // slices of one update: the time steps of its passes, forward and backward
bool run_taped(const Run *run);   // the tape holds the whole update that `at` is in
bool run_passed(const Run *run);  // it holds that update, but lean: nobody stops here

// A live setting changes: from the update begun on, otherwise from the next. What lay after is dropped.
bool run_set(Run *run, const Setting *setting, double value, Err *err);
void run_forget(Run *run, long update); // states, changes and curves that lie after it; the curves become the former
void run_put_former(Run *run, const Record *record, long from); // a copy; NULL: none

// A weight is set by hand: as a live setting, from the update begun on, which is computed again. `weight` is its place
// in Params; magnitudes above WEIGHT_MOST are refused.
enum { WEIGHT_MOST = 1000000 };
bool run_set_weight(Run *run, size_t weight, double value, Err *err);

// dL/dw of the update that is read, once all of its backward pass is; after the change of weights, as it was clipped.
bool run_weight_gradient(const Run *run, size_t weight, double *gradient); // false: not known yet

// Sets the goal. Training goes forward without bound; seeking goes to what has been reached, both ways. Going back
// ends at the fresh network. A run that is not finite goes no further than the end of that backward pass.
bool run_seek(Run *run, Moment moment, Err *err);        // refuses what lies beyond the update begun
void run_train(Run *run, long updates);                  // until that many more updates are done
bool run_step_ops(Run *run, long ops, Err *err);         // n operations on or back, across updates
bool run_step_times(Run *run, long steps, Err *err);     // to the end of a time step
bool run_step_updates(Run *run, long updates, Err *err); // to the end of an update
void run_stop(Run *run); // the goal is here, or the end of the update that is being computed or comes next

Moment run_before_clip(const Run *run);           // the end of the backward pass of the update on the tape
bool run_working(const Run *run);                 // the goal is not reached
void run_work(Run *run);                          // a bounded part of the way there
long run_works(const Run *run);                   // how often that is called for an update: once a slice
void run_finish(Run *run);                        // all of it
double run_progress(const Run *run, Moment from); // 0 … 1

void run_tell_clipped(Run *run);                      // the norm after clipping, with the settings as they are
void run_hold_gate(const Run *run, Program *program); // as the setting `freeze` says

// The probe follows the weights a slice at a time, one tape being read while the next is computed; what is begun is
// finished although the weights have changed since. True: there is more to do. run_probe does all of it, for the
// weights as they are; run_probe_drop after they were changed by anything but training.
bool run_probe_work(Run *run);
void run_probe(Run *run);
void run_probe_drop(Run *run);

void run_fill_next(const Run *run, Batch *batch);                   // what update done + 1 reads
void run_give_carried(const Run *run, const Tape *tape, int first); // and its h_0, to the sequences from `first` on
uint64_t run_hash(const Run *run); // of the whole training state; a setting at its default counts nothing

#endif
