#include "sim/snapshot.h"

#include <stddef.h>

// While none is whole, as far as the first is.
static Snapshot of_probe(const Run *run)
{
    bool whole = run->probe_update != NONE;
    return (Snapshot){
        .run = run,
        .program = &run->probe_program,
        .tape = whole ? &run->probe_tape : &run->probe_next,
        .batch = &run->probe_batch,
        .probe = true,
        .filled = true,
        .known = whole ? run->probe_program.op_count : run->probe_known,
    };
}

static Snapshot of_batch(const Run *run, int b)
{
    const Share *share = shares_of(run->shares, b);
    return (Snapshot){
        .run = run,
        .program = &share->program,
        .tape = &share->tape,
        .batch = &share->batch,
        .b = b - share->first,
        .filled = run->taped > 0 && run->taped == run->at.update,
        .known = run_taped(run) ? run->at.op : 0,
    };
}

// ---- the layer and direction that is looked at ---------------------------------------------------------------
static int slot_here(const Snapshot *snapshot, int of_last_layer)
{
    const Program *p = snapshot->program;
    if (of_last_layer == NONE)
        return NONE;
    return program_cell_slot(p, p->slots[of_last_layer].of_cell, snapshot->layer, snapshot->reverse);
}

static void look_at(Snapshot *snapshot, int layer, bool reverse)
{
    snapshot->layer = layer;
    snapshot->reverse = reverse;
    snapshot->state = slot_here(snapshot, snapshot->program->state);
    snapshot->memory = slot_here(snapshot, snapshot->program->memory);
}

void snapshot_look_at(Snapshot *snapshot, int layer, bool reverse)
{
    look_at(snapshot, layer, reverse);
    snapshot->chosen = true;
}

static bool within_step(const Snapshot *snapshot)
{
    long n = snapshot->known;
    return snapshot->place.row != NONE && program_step_after(snapshot->program, n - 1) != n;
}

// A pass may hold all layers. At the end of its time step its last one is looked at, within it that of the operation.
static void follow(Snapshot *snapshot)
{
    const Program *p = snapshot->program;
    int layer = p->dims.L - 1;
    bool reverse = false;
    if (snapshot->place.row != NONE) {
        layer = p->passes[snapshot->place.pass].layer;
        reverse = p->passes[snapshot->place.pass].reverse;
    }
    if (within_step(snapshot) && p->slots[p->rows[snapshot->place.row].y].of_cell != NONE)
        layer = p->slots[p->rows[snapshot->place.row].y].layer;
    look_at(snapshot, layer, reverse);
}

int snapshot_output(const Snapshot *snapshot, int layer)
{
    const Program *p = snapshot->program;
    int state = program_cell_slot(p, p->slots[p->state].of_cell, layer, false);
    return p->net.bidirectional ? p->rows[p->slots[state].consumer].y : state;
}

// ---- time ----------------------------------------------------------------------------------------------------
int snapshot_length(const Snapshot *snapshot)
{
    return snapshot->filled ? snapshot->batch->length[snapshot->b] : snapshot->program->dims.T;
}

bool snapshot_padding(const Snapshot *snapshot, int t)
{
    return t > snapshot_length(snapshot) && t <= snapshot->program->dims.T;
}

int snapshot_edge(const Snapshot *snapshot)
{
    return snapshot->reverse ? snapshot_length(snapshot) + 1 : 0;
}

int snapshot_after(const Snapshot *snapshot, int t)
{
    return snapshot->reverse ? t - 1 : t + 1;
}

bool snapshot_carried(const Snapshot *snapshot)
{
    return snapshot->run->setup.carry && !snapshot->probe && snapshot->filled && snapshot->run->at.update > 1;
}

Snapshot snapshot_make(Run *run, int b, bool playing)
{
    if (playing)
        run_probe(run);
    return snapshot_as_it_is(run, b, playing);
}

Snapshot snapshot_as_it_is(const Run *run, int b, bool playing)
{
    Snapshot snapshot = playing ? of_probe(run) : of_batch(run, b);
    snapshot.place = program_place(snapshot.program, snapshot.known);
    snapshot.t = snapshot.probe ? 0 : snapshot.place.t;
    snapshot.pointed_slot = snapshot.pointed_unit = NONE;
    snapshot.weight = NONE;
    snapshot.playing = playing;
    snapshot.grain = GRAIN_STEP;
    follow(&snapshot);
    return snapshot;
}

int snapshot_t(const Snapshot *snapshot, int t)
{
    return wording_t(&snapshot->run->setup, t);
}

// ---- numbers ---------------------------------------------------------------------------------------------
static ptrdiff_t first_of_sequence(const Snapshot *snapshot, int slot)
{
    return (ptrdiff_t)snapshot->b * snapshot->program->slots[slot].length;
}

const Real *snapshot_value(const Snapshot *snapshot, int slot, int t)
{
    if (snapshot_padding(snapshot, t) || snapshot->known < program_value_known(snapshot->program, slot, t))
        return NULL;
    return tape_value(snapshot->tape, t, slot) + first_of_sequence(snapshot, slot);
}

const Real *snapshot_grad(const Snapshot *snapshot, int slot, int t)
{
    if (snapshot_padding(snapshot, t) || snapshot->known < program_grad_known(snapshot->program, slot, t))
        return NULL;
    return tape_grad(snapshot->tape, t, slot) + first_of_sequence(snapshot, slot);
}

bool snapshot_grad_norm(const Snapshot *snapshot, int slot, int t, double *norm)
{
    const Real *grad = snapshot_grad(snapshot, slot, t);
    if (grad)
        *norm = vector_norm(grad, (size_t)snapshot->program->slots[slot].length);
    return grad != NULL;
}

bool snapshot_loss(const Snapshot *snapshot, int t, Real *loss)
{
    const Real *value = snapshot_value(snapshot, snapshot->program->loss, t);
    if (!value || !snapshot_scored(snapshot, t))
        return false;
    *loss = *value;
    return true;
}

// ---- dL/dW by time step ------------------------------------------------------------------------------------
const double snapshot_slices_most = 2e8;

// The room for them is the run's and no part of its state: asking twice gives the same.
const GradSlice *snapshot_slices(const Snapshot *snapshot)
{
    OpenedGradient *opened = snapshot->run->opened;
    const Tape *shown = snapshot->tape, *tape[SHARES_MOST] = {shown};
    int count = snapshot->probe ? 1 : shares_tapes(snapshot->run->shares, tape);
    if (snapshot->known == 0 || explained_slices_cost(snapshot->program) > snapshot_slices_most)
        return NULL;
    if (opened->tape != shown->value || opened->begun != shown->begun)
        explained_slices(tape, count, opened->slice, NULL);
    opened->tape = shown->value;
    opened->begun = shown->begun;
    return opened->slice;
}

bool snapshot_weight_slices(const Snapshot *snapshot, WeightPlace place, double *slice)
{
    const Tape *tape[SHARES_MOST];
    double gradient;
    if (!run_weight_gradient(snapshot->run, weight_index(&snapshot->run->program, place), &gradient))
        return false;
    int count = shares_tapes(snapshot->run->shares, tape);
    explained_weight(tape, count, (WeightAt){place.tensor, place.row - 1, place.column - 1}, slice);
    return true;
}

bool snapshot_slice_known(const Snapshot *snapshot, int t)
{
    const Program *p = snapshot->program;
    for (int pass = 0; pass < p->pass_count; pass++)
        if (snapshot->known < program_op(p, (Place){PHASE_BACKWARD, pass, t, p->passes[pass].first_row}))
            return false;
    return true;
}

bool snapshot_shares_known(const Snapshot *snapshot)
{
    return snapshot->known >= 2 * snapshot->program->pass_ops;
}

// ---- texts -----------------------------------------------------------------------------------------------
bool snapshot_input_text(const Snapshot *snapshot, int t, char *text)
{
    text[0] = 0;
    if (snapshot->filled)
        task_input_text(snapshot->run->task, snapshot->batch, t, snapshot->b, text);
    return snapshot_value(snapshot, snapshot->program->input, t) != NULL;
}

void snapshot_input_role(const Snapshot *snapshot, int t, char *text)
{
    text[0] = 0;
    if (snapshot->filled)
        task_input_role(snapshot->run->task, snapshot->batch, t, snapshot->b, text);
}

bool snapshot_answer_text(const Snapshot *snapshot, int t, char *text)
{
    const Real *y = snapshot_value(snapshot, snapshot->program->answer, t);
    text[0] = 0;
    if (!y)
        return false;
    task_answer_text(snapshot->run->task, y, text);
    return true;
}

bool snapshot_answer_is_right(const Snapshot *snapshot, int t, bool *right)
{
    const Real *y = snapshot_value(snapshot, snapshot->program->answer, t);
    if (!y || !snapshot_scored(snapshot, t))
        return false;
    *right = task_answer_is_right(snapshot->run->task, y, snapshot->batch, t, snapshot->b);
    return true;
}

bool snapshot_target_text(const Snapshot *snapshot, int t, char *text)
{
    text[0] = 0;
    if (snapshot->filled)
        task_target_text(snapshot->run->task, snapshot->batch, t, snapshot->b, text);
    return text[0] != 0;
}

// ---- what is scored: of most tasks the same in every sequence, so the probe tells it before there is one --------
bool snapshot_scored(const Snapshot *snapshot, int t)
{
    if (!snapshot->filled)
        return *batch_scored(&snapshot->run->probe_batch, t, 0) != 0;
    return *batch_scored(snapshot->batch, t, snapshot->b) != 0;
}

int snapshot_last_scored(const Snapshot *snapshot)
{
    int t = snapshot->program->dims.T;
    while (t > 0 && !snapshot_scored(snapshot, t))
        t--;
    return t;
}

int snapshot_last_read(const Snapshot *snapshot)
{
    int last = snapshot_last_scored(snapshot), t = 1;
    while (snapshot->reverse && t < last && !snapshot_scored(snapshot, t))
        t++;
    return snapshot->reverse && last > 0 ? t : last;
}
