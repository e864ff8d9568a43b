// Every optimizer against PyTorch's, on the gradients of tests/reference/optimizers.safetensors, with and without decay
// of the learning rate.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "nn/optimizer.h"
#include "safetensors.h"
#include "tolerance.h"

static double largest_of(Numbers numbers)
{
    double largest = 0;
    for (size_t i = 0; i < numbers.count; i++)
        largest = fmax(largest, fabs(numbers.value[i]));
    return largest;
}

static Real *in_real(Numbers numbers, Arena *arena)
{
    Real *out = arena_new(arena, Real, numbers.count);
    for (size_t i = 0; i < numbers.count; i++)
        out[i] = (Real)numbers.value[i];
    return out;
}

static void check_updates(const OptimizerType *type, Safetensors *file, const char *name, double decay)
{
    const Numbers g = safetensors_numbers(file, "g"), expected = safetensors_numbers(file, name);
    const size_t count = (size_t)g.shape[1];
    Arena arena = arena_make(1 << 12);
    Real *w = in_real(safetensors_numbers(file, "w"), &arena), *gradient = in_real(g, &arena);
    Optimizer optimizer = optimizer_make(count, &arena);
    assert_true(g.shape[0] >= 20);
    for (size_t update = 0; update < (size_t)g.shape[0]; update++) {
        optimizer_change(&optimizer, type, w, gradient + update * count, 0.01, decay);
        for (size_t i = 0; i < count; i++)
            if (!(fabs(w[i] - expected.value[update * count + i]) <= tolerance(1e-10) * largest_of(expected)))
                fail_msg("%s, update %zu, weight %zu: %.17g, not %.17g", name, update + 1, i, w[i],
                         expected.value[update * count + i]);
    }
    arena_free(&arena);
}

static void agrees_with_pytorch_over_20_updates(void **state)
{
    const OptimizerType *type = *state;
    char name[64];
    Safetensors *file = safetensors_open(SOURCE_DIR "/tests/reference/optimizers.safetensors");
    snprintf(name, sizeof name, "expect.%s", type->name);
    check_updates(type, file, name, 1);
    snprintf(name, sizeof name, "expect.%s.decay", type->name);
    check_updates(type, file, name, 0.9);
    safetensors_close(file);
}

static void another_optimizer_goes_on_with_the_learning_rate_as_decayed(void **state)
{
    (void)state;
    Arena arena = arena_make(1 << 12);
    Optimizer o = optimizer_make(1, &arena);
    Real w = 0;
    const Real g = 1;
    optimizer_change(&o, optimizer_types[0], &w, &g, 0.1, 0.5);
    optimizer_reset(&o);
    optimizer_change(&o, optimizer_types[0], &w, &g, 0.1, 0.5);
    assert_true(fabs(w + 0.15) < tolerance(1e-15));
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[32] = {cmocka_unit_test(another_optimizer_goes_on_with_the_learning_rate_as_decayed)};
    size_t count = 1;
    for (int i = 0; optimizer_types[i]; i++)
        tests[count++] = (struct CMUnitTest){optimizer_types[i]->name, agrees_with_pytorch_over_20_updates, 0, 0,
                                             (void *)(uintptr_t)optimizer_types[i]};
    return _cmocka_run_group_tests("optimizers", tests, count, 0, 0);
}
