#include "base/rng.h"

#include <assert.h>
#include <math.h>

#include "base/math.h"

static const uint64_t GOLDEN = 0x9E3779B97F4A7C15u; // 2^64 divided by the golden ratio, odd

// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

Rng rng_make(uint64_t seed, uint64_t stream)
{
    return (Rng){.key = mix(mix(seed + GOLDEN) + stream * GOLDEN)};
}

uint64_t rng_stream(const char *name) // FNV-1a (Fowler, Noll & Vo 1991)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001B3u;
    return hash;
}

// Streams differ by their key, so the counter is mixed before it meets the key: adding would make two streams
// the same walk from two places.
uint64_t rng_next(Rng *rng)
{
    return mix(mix(++rng->counter * GOLDEN) ^ rng->key);
}

double rng_uniform(Rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

// By multiplying, not by the remainder; the bias is below n / 2^32.
int rng_below(Rng *rng, int n)
{
    assert(n > 0);
    return (int)((rng_next(rng) >> 32) * (uint64_t)n >> 32);
}

double rng_normal(Rng *rng)
{
    static const double two_pi = 6.283185307179586;
    double radius = sqrt(-2 * math_log(1 - rng_uniform(rng))); // 1 - u is never 0
    return radius * math_sin(two_pi * rng_uniform(rng));
}
