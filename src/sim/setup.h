#ifndef SIM_SETUP_H
#define SIM_SETUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "nn/params.h"
#include "nn/program.h"
#include "tasks/tasks.h"

// Everything that can be set. One row of the table makes the command `set`, the slider or switch, its bounds,
// the line that restores it and the reference page.
typedef struct {
    int task, cell, activation; // choices
    Reading reading;            // of the task letters; no setting, for it is read from a file
    int T, hidden, layers, batch;
    int scored; // Scoring
    bool bidirectional;
    bool carry; // truncated BPTT
    bool bias;
    int init;
    double gain;        // ρ of each H×H block of W_hh, or SETTING_OFF
    double forget_bias; // total bias of f, or SETTING_OFF
    double update_bias; // total bias of z, or SETTING_OFF
    int optimizer;
    double learning_rate;
    double decay; // of the learning rate, a factor for each update
    int freeze;
    int clip;
    double threshold; // θ
    int seed;
    double speed;    // updates a second; 0 = full
    double pace;     // time steps or operations a second, of slow playing
    int notation;    // a Notation
    int first_index; // what t is counted from for the reader
    int threads;     // that may compute; no setting, for no number depends on it
} Setup;

#define SETTING_OFF (-1e300)

typedef enum { KIND_WHOLE, KIND_REAL, KIND_SWITCH, KIND_CHOICE } SettingKind;
typedef enum { GROUP_NETWORK, GROUP_TRAINING, GROUP_CLIPPING, GROUP_PLAYBACK, GROUP_DISPLAY, GROUPS } SettingGroup;

typedef struct {
    const char *name;  // "learning_rate"
    const char *label; // "learning rate", on the panel; may hold a formula letter in words: "threshold θ"
    const char *what;  // one sentence for the tip and the reference
    SettingKind kind;
    SettingGroup group;
    size_t at;        // offset in Setup
    double low, high; // bounds, both allowed
    double initial;   // default; SETTING_OFF where can_be_off
    bool can_be_off;
    bool logarithmic;                    // its slider; where low is 0, the logarithm of value + 1
    bool on_tape;                        // live, and acts on the forward pass: the update begun is computed again
    bool live;                           // acts from the next update; otherwise it restarts training with the same seed
    bool basic;                          // on the panel at once, otherwise under "more"
    const char *unit;                    // shown behind the number: "/s"; or NULL
    const char *at_zero;                 // shown instead of 0: "full"; or NULL
    const char *(*choice)(int i);        // KIND_CHOICE: the name of choice i, NULL behind the last
    const char *(*choice_title)(int i);  // the same for the eye
    const char *worth;                   // of a number: values worth comparing, "off 0 1 3"; or NULL
    const char *(*choice_what)(int i);   // what it is, for the tip; or NULL
    bool (*applies)(const Setup *setup); // NULL: always. `activation` is of the rnn only
} Setting;

extern const Setting settings[];                 // ends with a row without name
extern const char *const setting_groups[GROUPS]; // "Network", …

Setup setup_default(void);
bool setting_of_training(const Setting *setting); // part of what is trained: not of how fast or how it is shown
bool setting_trains(const Setting *setting); // such a one, and live: training is no longer the same when it changes
const Setting *setting_find(const char *name, Err *err); // suggests the nearest
double setting_get(const Setup *setup, const Setting *setting);
void setting_put(Setup *setup, const Setting *setting, double value); // value within bounds
bool setting_read(const Setting *setting, const char *word, double *value, Err *err);

enum { SETTING_TEXT = 64 };
const char *setting_text(const Setting *setting, double value, char text[SETTING_TEXT]); // reads back the same
const char *setting_takes(const Setting *setting, Arena *arena);                         // "0 to 4, or off", "on|off"
const char *setting_show(const Setting *setting, double value, char text[SETTING_TEXT]); // for the eye

// What a setup makes. setup_check refuses combinations that make no sense (T shorter than the task needs) and
// what would need over 2 GiB; the message names the need.
Net setup_net(const Setup *setup);
const Task *setup_task(const Setup *setup);
Init setup_init(const Setup *setup);
Batch setup_batch(const Setup *setup, Dims dims, Arena *arena); // that the task can fill
double setup_bytes(const Setup *setup);
size_t setup_carried(const Setup *setup, const Program *program); // numbers that one update hands to the next
extern const double setup_bytes_most;                             // of all runs together
bool setup_check(const Setup *setup, Err *err);
void setup_mend(Setup *setup); // what does not fit another task or cell falls back: a gate held, what is scored

#endif
