#ifndef SIM_RECORD_H
#define SIM_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

// The curves: loss per scored step, gradient norm before and after clipping, of every update. The last 2²⁰
// updates are exact, older ones blocks of min, max, mean. What is not finite is kept as nothing.
typedef enum { CURVE_LOSS, CURVE_NORM, CURVE_CLIPPED, CURVES } Curve;

typedef struct {
    double low, high, mean;
} Span;

typedef struct Record Record; // has its own memory, freed with record_free

enum { RECORD_BLOCK = 1024, RECORD_EXACT = 1024 }; // updates in a block, blocks whose updates are exact

Record *record_make(void);
Record *record_copy(const Record *record);
void record_free(Record *record);
size_t record_taken(const Record *record);                                // bytes, so far
void record_put(Record *record, long update, const double value[CURVES]); // update = 1 … last+1
void record_cut(Record *record, long last); // forgets what lies after `last`, and of an old block cut in two all
long record_last(const Record *record);
bool record_get(const Record *record, Curve curve, long update, double *value); // false: not kept, or not finite

// Of the updates first … last, of old ones by whole blocks; false: nothing finite there.
bool record_span(const Record *record, Curve curve, long first, long last, Span *span);

#endif
