#include "nn/kernels.h"

#include <stdbool.h>

extern const Kernels kernels_baseline;

#if defined __x86_64__
extern const Kernels kernels_avx2, kernels_avx512;

static const Kernels *const sets[] = {&kernels_avx512, &kernels_avx2, &kernels_baseline, NULL};

// What the flags in CMakeLists.txt let the compiler use.
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

const Kernels *const *kernels_here(void)
{
    return has_avx512() ? sets : has_avx2() ? sets + 1 : sets + 2;
}
#else
static const Kernels *const sets[] = {&kernels_baseline, NULL};

const Kernels *const *kernels_here(void)
{
    return sets;
}
#endif
