#include <stdio.h>
#include <string.h>

#include "bench_engine.h"

// The benchmark of the engine by itself: the fast build has no window whose frames could be measured.
int main(int count, char **arguments)
{
    if (count < 2 || strcmp(arguments[1], "engine") != 0) {
        fprintf(stderr,
                "bench: engine [--cell C] [--X n] [--H n] [--T n] [--B n] [--threads n] [--seconds s] [--set S]\n");
        return 1;
    }
    return bench_engine(count - 2, arguments + 2);
}
