#ifndef SIM_WEIGHTS_H
#define SIM_WEIGHTS_H

#include "sim/session.h"

// One weight by its name, as command lines and tips say it: a tensor, a row and a column, both from 1.
typedef struct {
    int tensor;      // of the program; NONE: no weight
    int row, column; // from 1
} WeightPlace;

enum { WEIGHT_TEXT = 96 };

// What a tensor is called in any cell: "weight_hh_l0", "bias_ih_l1_reverse"; those of the readout "out.weight",
// "out.bias".
const char *weights_name(const Tensor *tensor);

// By that name, or by its name in torch.nn, "lstm.weight_hh_l0". Refuses unknown names and places outside, naming what
// there is.
bool weight_find(const Program *program, const char *name, long row, long column, WeightPlace *place, Err *err);

size_t weight_index(const Program *program, WeightPlace place);                             // in Params
WeightPlace weight_place(const Program *program, size_t index);                             // the inverse
const char *weight_text(const Program *program, WeightPlace place, char text[WEIGHT_TEXT]); // "weight_hh_l0 2 3"

// Sets a weight in every run, each at the place of that name. Refused, and nothing is changed, where a run has no such
// weight.
bool session_set_weight(Session *session, const char *name, long row, long column, double value, Err *err);

#endif
