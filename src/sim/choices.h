#ifndef SIM_CHOICES_H
#define SIM_CHOICES_H

#include "nn/cells.h"

// How the reader is told of the weights.
typedef enum {
    NOTATION_PYTORCH, // W_ih W_hh W_out and both biases
    NOTATION_UVW,     // U W V
    NOTATION_CONCAT,  // W [h, x]
} Notation;

// The names of what a choice among the settings chooses from: NULL behind the last. _name is for command lines,
// _title for the eye, _what a sentence.
const char *task_name(int i);
const char *task_title(int i);
const char *task_what(int i);
const char *cell_name(int i);
const char *cell_title(int i);
const char *cell_what(int i);
const char *activation_name(int i);
const char *activation_title(int i);
const char *optimizer_name(int i);
const char *optimizer_title(int i);
const char *scored_name(int i); // in the order of Scoring
const char *scored_title(int i);
const char *clip_name(int i); // in the order of ClipKind
const char *clip_title(int i);
const char *freeze_name(int i); // "none", "f=1" …
const char *freeze_title(int i);

const char *notation_name(int i); // in the order of Notation
const char *notation_title(int i);
const char *first_index_name(int i); // "0", "1"

OpKind activation_kind(int i);

// The gate that choice i of `freeze` holds, a slot of the cell, and at what: OP_ZERO or OP_ONE. NONE: no gate, or the
// cell lacks it.
int freeze_slot(int i, const CellType *cell);
OpKind freeze_kind(int i);

#endif
