// Vectors of 32 bytes.
#define KERNELS      kernels_avx2
#define SET          "avx2"
#define VECTOR_BYTES 32
#define WIDE         2

#include "nn/op_code.h"
