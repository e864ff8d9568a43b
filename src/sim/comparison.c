#include "sim/comparison.h"

#include <stdio.h>
#include <string.h>

#include "sim/choices.h"

const Comparison comparison_none = {.lanes = 1, .seeds = 1};

int comparison_runs(const Comparison *comparison)
{
    return comparison->lanes * comparison->seeds;
}

int comparison_lane(const Comparison *comparison, int run)
{
    return run % comparison->lanes;
}

// ---- how many hidden units --------------------------------------------------------------------------------
static double weights_of(const Setup *setup)
{
    Arena arena = arena_make(1 << 14);
    Net net = setup_net(setup);
    double weights = (double)program_make(&net, &arena).weight_count;
    arena_free(&arena);
    return weights;
}

static double weights_with(Setup setup, int hidden)
{
    setup.hidden = hidden;
    return weights_of(&setup);
}

// More units are more weights, so halving finds the first that has as many; it or the one before is nearest.
static int hidden_for(const Setup *setup, double weights)
{
    const Setting *hidden = setting_find("hidden", &(Err){0});
    int low = (int)hidden->low, high = (int)hidden->high;
    while (low < high) {
        int middle = (low + high) / 2;
        if (weights_with(*setup, middle) < weights)
            low = middle + 1;
        else
            high = middle;
    }
    bool below = low > (int)hidden->low;
    return below && weights - weights_with(*setup, low - 1) < weights_with(*setup, low) - weights ? low - 1 : low;
}

static Setup lane_setup(const Comparison *comparison, const Setup *base, int lane)
{
    Setup setup = *base;
    if (comparison->setting)
        setting_put(&setup, comparison->setting, comparison->value[lane]);
    return setup;
}

static double most_weights(const Comparison *comparison, const Setup *base)
{
    double most = 0;
    for (int lane = 0; lane < comparison->lanes; lane++) {
        Setup setup = lane_setup(comparison, base, lane);
        double weights = weights_of(&setup);
        most = weights > most ? weights : most;
    }
    return most;
}

// ---- setups -----------------------------------------------------------------------------------------------
static int nth_seed(int seed, int n)
{
    const Setting *setting = setting_find("seed", &(Err){0});
    return seed <= (int)setting->high - n ? seed + n : (int)setting->low + n - 1;
}

Setup comparison_setup(const Comparison *comparison, const Setup *base, int run)
{
    Setup setup = lane_setup(comparison, base, comparison_lane(comparison, run));
    bool sized = comparison->setting && !strcmp(comparison->setting->name, "hidden");
    if (comparison->match == MATCH_WEIGHTS && !sized && comparison->lanes > 1)
        setup.hidden = hidden_for(&setup, most_weights(comparison, base));
    setup.seed = nth_seed(setup.seed, run / comparison->lanes);
    return setup;
}

bool comparison_check(const Comparison *comparison, const Setup *base, Err *err)
{
    double bytes = 0;
    int runs = comparison_runs(comparison);
    for (int run = 0; run < runs; run++) {
        Setup setup = comparison_setup(comparison, base, run);
        if (!setup_check(&setup, err))
            return false;
        bytes += setup_bytes(&setup);
    }
    if (bytes > setup_bytes_most)
        return refuse(err, "%d runs of this size would need %.1f GiB; the limit is 2 GiB", runs,
                      2 * bytes / setup_bytes_most);
    return true;
}

bool comparison_suits(const Setting *setting, const Setup *base, Err *err)
{
    static const char *const of_data[] = {"task", "T", "batch", "seed", "scored", "carry"};
    for (size_t i = 0; i < sizeof of_data / sizeof *of_data; i++)
        if (!strcmp(setting->name, of_data[i]))
            return refuse(err, "runs are compared on the same data, and %s changes it", setting->name);
    if (setting->live && !setting_trains(setting))
        return refuse(err, "%s does not change training, so there is nothing to compare", setting->name);
    if (setting->applies && !setting->applies(base))
        return refuse(err, "%s does not apply to the cell %s", setting->name, cell_name(base->cell));
    return true;
}

// ---- names ------------------------------------------------------------------------------------------------
// A choice says for itself what it is, but "off" does not.
const char *comparison_name(const Comparison *comparison, const Setup *base, int lane, char text[LANE_TEXT])
{
    char value[SETTING_TEXT];
    const Setting *setting = comparison->setting;
    if (!setting || !strcmp(setting->name, "cell")) {
        snprintf(text, LANE_TEXT, "%s", cell_title(setting ? (int)comparison->value[lane] : base->cell));
        return text;
    }
    setting_show(setting, comparison->value[lane], value);
    snprintf(text, LANE_TEXT, "%s %s", setting->name, value);
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return text;
}
