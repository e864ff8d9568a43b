#ifndef NN_HALF_H
#define NN_HALF_H

#include "nn/explained.h"

// Where half of the gradient comes from: the fewest time steps in a row whose shares make half of it or more. Of
// several as short the latest.
typedef struct {
    int first, last; // 1 … T; 0: none make half, where there is no gradient or it is not finite
} Half;

Half half_of_gradient(const GradSlice *slices, int T); // (T)

#endif
