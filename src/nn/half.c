#include "nn/half.h"

// All of so many in a row, from the latest back; `sum` is that of the latest.
static int last_of_half(const GradSlice *slices, int T, int count, double sum)
{
    for (int last = T; last > count; last--) {
        if (sum >= 0.5)
            return last;
        sum += slices[last - count - 1].share - slices[last - 1].share;
    }
    return sum >= 0.5 ? count : 0;
}

Half half_of_gradient(const GradSlice *slices, int T)
{
    double latest = 0;
    for (int count = 1; count <= T; count++) {
        latest += slices[T - count].share;
        int last = last_of_half(slices, T, count, latest);
        if (last > 0)
            return (Half){last - count + 1, last};
    }
    return (Half){0, 0};
}
