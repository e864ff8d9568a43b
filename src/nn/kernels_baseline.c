// What every machine has: vectors of 16 bytes, SSE2 on x86-64, NEON on arm64.
#define KERNELS      kernels_baseline
#define SET          "baseline"
#define VECTOR_BYTES 16
#define WIDE         2

#include "nn/op_code.h"
