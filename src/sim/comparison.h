#ifndef SIM_COMPARISON_H
#define SIM_COMPARISON_H

#include "sim/setup.h"

// What the runs of a session have in common and what they differ in: one setting, which has a value in each lane. All
// else is the same, the random numbers and the sequences too. With several seeds each lane is run once a seed.
//
//   run   0    1    2    3    4    5        lanes 3, seeds 2
//   lane  0    1    2    0    1    2
//   seed  11   11   11   12   12   12
enum { LANES_MOST = 4, SEEDS_MOST = 5, RUNS_MOST = LANES_MOST * SEEDS_MOST };

typedef enum { MATCH_HIDDEN, MATCH_WEIGHTS } Match;

typedef struct {
    const Setting *setting; // that differs; NULL: nothing does
    double value[LANES_MOST];
    double own; // what it was before, and is again afterwards
    int lanes, seeds;
    Match match; // the same hidden units, or as nearly as can be the same number of weights
} Comparison;

extern const Comparison comparison_none; // one run

int comparison_runs(const Comparison *comparison);
int comparison_lane(const Comparison *comparison, int run);
bool comparison_check(const Comparison *comparison, const Setup *base, Err *err); // what runs; 2 GiB hold all of them

// Refuses settings that change the data, or nothing, and ones that do not apply to these nets.
bool comparison_suits(const Setting *setting, const Setup *base, Err *err);

// The setup of a run, made from what all share. To match weights, the lane with the most of them keeps its hidden
// units, and the others get as many as bring their weights nearest to that.
Setup comparison_setup(const Comparison *comparison, const Setup *base, int run);

enum { LANE_TEXT = SETTING_TEXT + 32 };
const char *comparison_name(const Comparison *comparison, const Setup *base, int lane, char text[LANE_TEXT]); // "LSTM"

#endif
