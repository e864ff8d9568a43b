#include "sim/setup.h"

#include "nn/cells.h"
#include "nn/optimizer.h"
#include "sim/choices.h"

#define AT(field) offsetof(Setup, field)

static bool is_rnn(const Setup *setup)
{
    const CellType *cell = cell_types[setup->cell];
    for (int i = 0; i < cell->op_count; i++)
        if (cell->ops[i].kind == OP_ACTIVATION)
            return true;
    return false;
}

static bool has_gates(const Setup *setup)
{
    const CellType *cell = cell_types[setup->cell];
    for (int i = 0; i < cell->slot_count; i++)
        if (cell->slots[i].role == ROLE_GATE)
            return true;
    return false;
}

static bool can_carry(const Setup *setup)
{
    return setup_task(setup)->fill_window && !setup->bidirectional;
}

static bool has_forget_gate(const Setup *setup)
{
    return setup->bias && cell_types[setup->cell]->forget_block != NONE;
}

static bool has_update_gate(const Setup *setup)
{
    return setup->bias && cell_types[setup->cell]->update_block != NONE;
}

const char *const setting_groups[GROUPS] = {"Network", "Training", "Clipping", "Playback", "Display"};

// clang-format off
const Setting settings[] = {
    { .name = "task", .label = "task",
      .what = "What the network is to learn.",
      .kind = KIND_CHOICE, .group = GROUP_NETWORK, .at = AT(task), .basic = true,
      .choice = task_name, .choice_title = task_title, .choice_what = task_what },
    { .name = "cell", .label = "cell",
      .what = "What computes the hidden state of a time step from the one before.",
      .kind = KIND_CHOICE, .group = GROUP_NETWORK, .at = AT(cell), .basic = true,
      .choice = cell_name, .choice_title = cell_title, .choice_what = cell_what },
    { .name = "T", .label = "sequence length T",
      .what = "How many time steps a sequence has.",
      .kind = KIND_WHOLE, .group = GROUP_NETWORK, .at = AT(T), .low = 1, .high = 1000, .initial = 12,
      .logarithmic = true, .basic = true },
    { .name = "scored", .label = "scored steps",
      .what = "Which time steps count in the loss: those that the task asks at, each sequence's last alone, or all.",
      .kind = KIND_CHOICE, .group = GROUP_NETWORK, .at = AT(scored),
      .choice = scored_name, .choice_title = scored_title },
    { .name = "carry", .label = "carry the state on",
      .what = "Whether an update starts from the last state of the one before, on sequences without end: truncated BPTT.",
      .kind = KIND_SWITCH, .group = GROUP_NETWORK, .at = AT(carry), .high = 1, .applies = can_carry },
    { .name = "hidden", .label = "hidden units",
      .what = "How many numbers the hidden state holds.",
      .kind = KIND_WHOLE, .group = GROUP_NETWORK, .at = AT(hidden), .low = 1, .high = 256, .initial = 8,
      .logarithmic = true, .basic = true,
      .worth = "4 8 16 32 64" },
    { .name = "layers", .label = "layers",
      .what = "How many cells stand on one another; each reads the hidden state of the one below.",
      .kind = KIND_WHOLE, .group = GROUP_NETWORK, .at = AT(layers), .low = 1, .high = 4, .initial = 1,
      .worth = "1 2 3 4" },
    { .name = "bidirectional", .label = "bidirectional",
      .what = "Whether each layer reads the sequence from its end too; the answer then knows past and future.",
      .kind = KIND_SWITCH, .group = GROUP_NETWORK, .at = AT(bidirectional), .high = 1 },
    { .name = "activation", .label = "activation",
      .what = "The function that makes the hidden state from its sum.",
      .kind = KIND_CHOICE, .group = GROUP_NETWORK, .at = AT(activation), .basic = true,
      .choice = activation_name, .choice_title = activation_title, .applies = is_rnn },
    { .name = "init", .label = "weights start as",
      .what = "What the weights are drawn from before training.",
      .kind = KIND_CHOICE, .group = GROUP_NETWORK, .at = AT(init), .initial = INIT_PYTORCH,
      .choice = init_name, .choice_title = init_title },
    { .name = "gain", .label = "gain: set ρ(W) to",
      .what = "The spectral radius each block of the recurrent weights starts with; off leaves it as it was drawn.",
      .kind = KIND_REAL, .group = GROUP_NETWORK, .at = AT(gain), .low = 0, .high = 4, .initial = SETTING_OFF,
      .can_be_off = true, .basic = true,
      .worth = "off 0.5 1 1.5 2" },
    { .name = "forget_bias", .label = "forget bias",
      .what = "What the forget gate's bias starts with; a large one keeps the cell state at first.",
      .kind = KIND_REAL, .group = GROUP_NETWORK, .at = AT(forget_bias), .low = -10, .high = 10,
      .initial = SETTING_OFF, .can_be_off = true, .basic = true, .applies = has_forget_gate,
      .worth = "off 0 1 2 3" },
    { .name = "update_bias", .label = "update bias",
      .what = "What the update gate's bias starts with; a large one keeps the hidden state at first.",
      .kind = KIND_REAL, .group = GROUP_NETWORK, .at = AT(update_bias), .low = -10, .high = 10,
      .initial = SETTING_OFF, .can_be_off = true, .basic = true, .applies = has_update_gate,
      .worth = "off 0 1 2 3" },
    { .name = "bias", .label = "bias",
      .what = "Whether the sums have biases.",
      .kind = KIND_SWITCH, .group = GROUP_NETWORK, .at = AT(bias), .high = 1, .initial = 1 },

    { .name = "learning_rate", .label = "learning rate",
      .what = "How far an update goes.",
      .kind = KIND_REAL, .group = GROUP_TRAINING, .at = AT(learning_rate), .low = 1e-5, .high = 1, .initial = 0.01,
      .logarithmic = true, .live = true, .basic = true,
      .worth = "0.0003 0.001 0.003 0.01 0.03 0.1" },
    { .name = "decay", .label = "decay",
      .what = "What the learning rate is multiplied by after each update.",
      .kind = KIND_REAL, .group = GROUP_TRAINING, .at = AT(decay), .low = 0.9, .high = 1, .initial = 1, .live = true,
      .worth = "1 0.999 0.99" },
    { .name = "optimizer", .label = "optimizer",
      .what = "How the gradient changes the weights.",
      .kind = KIND_CHOICE, .group = GROUP_TRAINING, .at = AT(optimizer), .initial = 4, // adam
      .live = true, .basic = true, .choice = optimizer_name, .choice_title = optimizer_title },
    { .name = "batch", .label = "batch",
      .what = "How many sequences make one update.",
      .kind = KIND_WHOLE, .group = GROUP_TRAINING, .at = AT(batch), .low = 1, .high = 64, .initial = 16,
      .logarithmic = true, .basic = true },
    { .name = "seed", .label = "random seed",
      .what = "The same seed gives the same weights and the same sequences.",
      .kind = KIND_WHOLE, .group = GROUP_TRAINING, .at = AT(seed), .low = 0, .high = 999999999, .initial = 11,
      .basic = true }, // 11: each cell then learns the default task soon, the LSTM with a forget bias of 1

    { .name = "freeze", .label = "hold a gate at",
      .what = "Holds one gate shut or open at every time step, in every layer.",
      .kind = KIND_CHOICE, .group = GROUP_TRAINING, .at = AT(freeze), .live = true, .on_tape = true,
      .choice = freeze_name, .choice_title = freeze_title, .applies = has_gates },

    { .name = "clip", .label = "clip gradient norm",
      .what = "Scales the gradient down where its norm is above the threshold, or cuts each of its numbers to it.",
      .kind = KIND_CHOICE, .group = GROUP_CLIPPING, .at = AT(clip), .initial = CLIP_NORM,
      .live = true, .basic = true, .choice = clip_name, .choice_title = clip_title },
    { .name = "threshold", .label = "threshold θ",
      .what = "The gradient norm, or the size of one number, above which it is clipped.",
      .kind = KIND_REAL, .group = GROUP_CLIPPING, .at = AT(threshold), .low = 1e-3, .high = 1e3, .initial = 1,
      .logarithmic = true, .live = true, .basic = true,
      .worth = "0.1 0.5 1 2 5 10" },

    { .name = "speed", .label = "speed",
      .what = "Updates a second while it plays; 0 is as fast as it goes.",
      .kind = KIND_REAL, .group = GROUP_PLAYBACK, .at = AT(speed), .low = 0, .high = 1000, .initial = 20,
      .logarithmic = true, .live = true, .basic = true, .unit = "/s", .at_zero = "full" },
    { .name = "pace", .label = "pace",
      .what = "Time steps or operations a second while it plays slowly.",
      .kind = KIND_REAL, .group = GROUP_PLAYBACK, .at = AT(pace), .low = 0.5, .high = 60, .initial = 5,
      .logarithmic = true, .live = true, .unit = "/s" },

    { .name = "notation", .label = "weights are called",
      .what = "How formulas and labels name the weights: as PyTorch does, U V W, or one W for [h, x]. Both biases of a "
              "sum are then written as one. Files and command lines keep PyTorch's names.",
      .kind = KIND_CHOICE, .group = GROUP_DISPLAY, .at = AT(notation), .initial = NOTATION_PYTORCH, .live = true,
      .choice = notation_name, .choice_title = notation_title },
    { .name = "first_index", .label = "t is counted from",
      .what = "What the first time step is called, wherever it is read or typed. Units, layers, sequences and weights "
              "are counted from 1 in any case.",
      .kind = KIND_CHOICE, .group = GROUP_DISPLAY, .at = AT(first_index), .initial = 1, .live = true,
      .choice = first_index_name, .choice_title = first_index_name },
    { 0 },
};
// clang-format on

Setup setup_default(void)
{
    Setup setup = {0};
    for (const Setting *setting = settings; setting->name; setting++)
        setting_put(&setup, setting, setting->initial);
    return setup;
}

bool setting_of_training(const Setting *setting)
{
    return setting->group != GROUP_PLAYBACK && setting->group != GROUP_DISPLAY;
}

bool setting_trains(const Setting *setting)
{
    return setting->live && setting_of_training(setting);
}
