// Vectors of 64 bytes, and twice as many registers for them.
#define KERNELS      kernels_avx512
#define SET          "avx512"
#define VECTOR_BYTES 64
#define WIDE         4

#include "nn/op_code.h"
