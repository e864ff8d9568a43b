#include "platform/build.h"

#include <stddef.h>

#ifdef UNROLL_FAST
static const char *const usage[] = {
    "unroll-fast: recurrent networks, trained in single precision, without a window",
    "",
    "unroll-fast [OPTIONS] [FILE]",
    "FILE is a lesson (.md) or a script of command lines.",
    NULL,
};

const Build build = {
    .name = "unroll-fast",
    .what = "single precision, threads; the same bits for any number of them",
    .usage = usage,
    .window = false,
    .threads = 4,
};
#else
static const char *const usage[] = {
    "unroll: recurrent networks, step by step",
    "",
    "unroll [OPTIONS] [FILE]     a window",
    "unroll -n [OPTIONS] [FILE]  no window",
    "FILE is a lesson (.md) or a script of command lines.",
    NULL,
};

const Build build = {
    .name = "unroll",
    .what = "double precision, the same bits everywhere",
    .usage = usage,
    .window = true,
    .threads = 1,
};
#endif
