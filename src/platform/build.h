#ifndef PLATFORM_BUILD_H
#define PLATFORM_BUILD_H

#include <stdbool.h>

// The two programs that are built from one source, which differ in what base/real.h says and in this.
typedef struct {
    const char *name;         // "unroll"
    const char *what;         // for --version
    const char *const *usage; // of --help, up to NULL
    bool window;              // it can open one; false: -n need not be said
    int threads;              // that it may compute with
} Build;

extern const Build build;

#endif
