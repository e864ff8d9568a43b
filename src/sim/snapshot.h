#ifndef SIM_SNAPSHOT_H
#define SIM_SNAPSHOT_H

#include "sim/weights.h"
#include "sim/wording.h"

typedef enum { GRAIN_OP, GRAIN_STEP, GRAIN_UPDATE, GRAINS } Grain; // what the inspector explains

// What a picture is made from: pointers that stay unchanged while it is drawn, and where the reader looks.
// Views read values through the functions here and no other way, because these know what is known: a value
// when its operation is done, a gradient when all its consumers have run backward. NULL means: not yet.
typedef struct Snapshot Snapshot;
struct Snapshot {
    const Run *run;
    const Program *program; // the shown tape's
    const Tape *tape;       // of some of the batch's sequences: see shares.h
    const Batch *batch;     // seen from the first of these on
    int b;                  // the shown sequence, from 0, on that tape
    bool probe;             // the tape is the probe's
    bool filled;            // the batch is of the update that is shown; false: no update is
    long known;             // operations of the tape that are done
    Place place;            // of the last operation done

    // One layer and direction is looked at. It follows the operation until it is chosen.
    int layer;         // from 0
    bool reverse;      // it reads from the end to the start
    bool chosen;       // it no longer follows
    int state, memory; // its slots of h and c; memory is NONE without c

    int t;                                     // the column marked, 1 … T; 0: none
    int pointed_t, pointed_slot, pointed_unit; // under the pointer; 0, NONE, NONE: nothing
    int pointed_weight;                        // a tensor, from 1; 0: none
    int selected_t, selected_unit;             // by `select`; 0: none
    bool playing;
    bool gradient_of_memory; // bars show c, not h
    bool linear;             // bars on a linear axis
    Grain grain;
    bool slices;        // dL/dW by time step is asked for
    bool weights;       // all weights are asked for
    long weight;        // the one that is chosen, its place in Params; NONE
    bool gauge;         // the clip gauge stands where the gradient norm of every update would
    const char *former; // what the curves of before are, in words: "without clip off"; NULL: none are to be drawn
    bool folded;        // the graph shows the loop, not its copies
    bool presented;     // seen from afar: few numbers

    // Where several runs are compared. NULL: this run is alone.
    const Session *session;
    const Snapshot *lanes; // (session->comparison.lanes), this is one of them
    int lane;
    const char *quantity; // the slot that a lane shows, "f"; a network without it shows h; NULL: h
};

// Plays: the probe's tape, else the batch's. The second takes the probe as far as it has been computed, and of the
// weights that it was computed with.
Snapshot snapshot_make(Run *run, int b, bool playing);
Snapshot snapshot_as_it_is(const Run *run, int b, bool playing);
void snapshot_look_at(Snapshot *snapshot, int layer, bool reverse);

int snapshot_t(const Snapshot *snapshot, int t); // as the reader counts it: wording_t

// What a layer gives to what stands above it: h, or [→h; ←h] where there are two directions.
int snapshot_output(const Snapshot *snapshot, int layer);

// The sequence that is shown ends here; what lies behind is padding, and there is no value and no gradient.
int snapshot_length(const Snapshot *snapshot);
bool snapshot_padding(const Snapshot *snapshot, int t);

// Time in the direction that is looked at. The edge is where it starts from: 0, or in reverse the length + 1.
int snapshot_edge(const Snapshot *snapshot);
int snapshot_after(const Snapshot *snapshot, int t); // may lie outside 1 … length
bool snapshot_carried(const Snapshot *snapshot);     // at the edge is what the window before ended with, not 0

const Real *snapshot_value(const Snapshot *snapshot, int slot, int t); // (n), or NULL
const Real *snapshot_grad(const Snapshot *snapshot, int slot, int t);  // (n), or NULL
bool snapshot_grad_norm(const Snapshot *snapshot, int slot, int t, double *norm);
bool snapshot_loss(const Snapshot *snapshot, int t, Real *loss); // L_t of the shown sequence, of scored steps

// dL/dW opened by time step, over the whole batch: (T) from t = 1, worked out when first asked for. NULL: nothing is on
// the tape, or it would take too long. What of it is known is another question: g_t when the rows at t have run
// backward, its share of the whole when all have.
const GradSlice *snapshot_slices(const Snapshot *snapshot);
bool snapshot_weight_slices(const Snapshot *snapshot, WeightPlace place,
                            double *slice); // of one weight; not the probe's
bool snapshot_slice_known(const Snapshot *snapshot, int t);
bool snapshot_shares_known(const Snapshot *snapshot);
extern const double snapshot_slices_most; // multiplications that are not too long

// Inputs and targets are given, not computed: their texts are there as soon as the batch is, "" before.
bool snapshot_input_text(const Snapshot *snapshot, int t, char *text);       // false: not read yet, to be dimmed
void snapshot_input_role(const Snapshot *snapshot, int t, char *text);       // "to remember"; mostly ""
bool snapshot_answer_text(const Snapshot *snapshot, int t, char *text);      // false: not known yet, or padding
bool snapshot_answer_is_right(const Snapshot *snapshot, int t, bool *right); // false: not scored or not known yet
bool snapshot_target_text(const Snapshot *snapshot, int t, char *text);      // false: not scored
bool snapshot_scored(const Snapshot *snapshot, int t);
int snapshot_last_scored(const Snapshot *snapshot); // t, or 0
int snapshot_last_read(const Snapshot *snapshot);   // the last scored step in the direction looked at; t, or 0

#endif
