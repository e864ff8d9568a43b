#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

// Counter-based random numbers: the n-th number of a stream is a hash of (seed, stream, n), so a batch or a
// weight tensor never depends on what was drawn before it. SplitMix64's finaliser (Steele, Lea & Flood 2014).
typedef struct {
    uint64_t key;
    uint64_t counter;
} Rng;

Rng rng_make(uint64_t seed, uint64_t stream);
uint64_t rng_stream(const char *name); // a stream of its own for each name
uint64_t rng_next(Rng *rng);           // 64 bits
double rng_uniform(Rng *rng);          // [0, 1), 53 bits
int rng_below(Rng *rng, int n);        // 0 … n-1, n > 0
double rng_normal(Rng *rng);           // mean 0, variance 1 (Box & Muller 1958)

#endif
