#ifndef SIM_SNAPSHOT_H
#define SIM_SNAPSHOT_H

#include "sim/session.h"

// What a picture is made from: pointers that stay unchanged while it is drawn, and where the reader looks.
// Views read values through the functions here and no other way, because these know what is known: a value
// when its operation is done, a gradient when all its consumers have run backward. NULL means: not yet.
typedef struct Snapshot Snapshot;
struct Snapshot {
    const Run *run;
    const Program *program; // the shown tape's
    const Tape *tape;
    const Batch *batch;
    int b;       // the shown sequence, from 0
    bool probe;  // the tape is the probe's, all of it known
    bool filled; // the batch is of the update that is shown; false: no update is
    long known;  // operations of the tape that are done
    Place place; // of the last operation done

    int t;                                     // the column marked, 1 … T; 0: none
    int pointed_t, pointed_slot, pointed_unit; // under the pointer; 0, NONE, NONE: nothing
    int selected_t, selected_unit;             // by `select`; 0: none
    bool playing;
    bool gradient_of_memory; // bars show c, not h
    bool linear;             // bars on a linear axis
    bool gauge;              // the clip gauge stands where the gradient norm of every update would
    bool folded;             // the graph shows the loop, not its copies

    // Where several runs are compared. NULL: this run is alone.
    const Session *session;
    const Snapshot *lanes; // (session->comparison.lanes), this is one of them
    int lane;
    const char *quantity; // the slot that a lane shows, "f"; a network without it shows h; NULL: h
};

Snapshot snapshot_make(Run *run, int b, bool playing); // plays: the probe's tape, else the batch's

const double *snapshot_value(const Snapshot *snapshot, int slot, int t); // (n), or NULL
const double *snapshot_grad(const Snapshot *snapshot, int slot, int t);  // (n), or NULL
bool snapshot_grad_norm(const Snapshot *snapshot, int slot, int t, double *norm);
bool snapshot_loss(const Snapshot *snapshot, int t, double *loss); // L_t of the shown sequence, of scored steps

// Inputs and targets are given, not computed: their texts are there as soon as the batch is, "" before.
bool snapshot_input_text(const Snapshot *snapshot, int t, char *text);       // false: not read yet, to be dimmed
void snapshot_input_role(const Snapshot *snapshot, int t, char *text);       // "to remember"; mostly ""
bool snapshot_answer_text(const Snapshot *snapshot, int t, char *text);      // false: not known yet
bool snapshot_answer_is_right(const Snapshot *snapshot, int t, bool *right); // false: not scored or not known yet
bool snapshot_target_text(const Snapshot *snapshot, int t, char *text);      // false: not scored
bool snapshot_scored(const Snapshot *snapshot, int t);
int snapshot_last_scored(const Snapshot *snapshot); // t, or 0

#endif
