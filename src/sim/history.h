#ifndef SIM_HISTORY_H
#define SIM_HISTORY_H

#include "sim/run.h"

// Kept states, so that going back is going forward again. State is what the next update depends on: parameters,
// optimizer moments and running products, the carried state, live settings, the counter. The last 64 updates are kept
// each, then every 2nd, 4th, 8th …, within 256 MiB. On replay the losses at kept states must be equal bit for bit.
//
// Live settings that changed in mid-training, and weights set by hand, are part of the history: each is a change at an
// update, applied again when that update is replayed.
typedef struct {
    long update;            // the first it acts on
    const Setting *setting; // or NULL: a weight
    size_t weight;          // which of Params' numbers
    double value;
} Change;

History *history_make(const Run *run); // keeps nothing yet
void history_free(History *history);
double history_bytes(size_t weight_count, size_t carried); // the most that its states take

void history_begin(Run *run);                // keeps the present state as the first and nothing else
void history_keep(Run *run);                 // keeps the state at run->done, or checks the one kept there before
void history_restore(Run *run, long update); // the latest kept state at or before update; nothing is on the tape then
long history_kept(const Run *run, long update);     // which that is
int history_count(const Run *run);                  // states kept
void history_change(Run *run, Change change);       // acts from update run->done + 1 on, whatever its own says
void history_change_later(Run *run, Change change); // acts from its own update on, if that is ever reached
void history_apply(Run *run);                       // the changes of update run->done + 1
void history_cut(Run *run, long update);            // forgets states after it and changes that act after update + 1

// What training was told: the settings of update 1 and the changes, by update. Those of update 1 are among them.
Setup history_begun(const Run *run);
void change_in_setup(Setup *setup, const Change *change); // a weight is in none
const Change *history_changes(const Run *run, int *count);

// For taking changes back and making them again: a copy of all there are, and another list in their place. They must be
// the same before `update`. The run stands at the start of that update then, or of one before it from where it goes on
// as told, and what lay after is forgotten.
typedef struct {
    Change *change;
    int count;
} ChangeList;

ChangeList history_list(const Run *run, Arena *arena);
void history_put_list(Run *run, long update, const ChangeList *list);
size_t history_taken(const Run *run); // bytes, so far

// Goes to any moment at once, forward or back: step back, undo, scrub and a lesson's page are all this.
bool history_seek(Run *run, Moment moment, Err *err);

#endif
