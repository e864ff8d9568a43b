#include "app/print_shown.h"

#include "base/text.h"
#include "base/words.h"
#include "nn/direct_path.h"

// ---- a number each time step
// ------------------------------------------------------------------------------------------
static Snapshot shown_of(App *app)
{
    Snapshot snapshot = snapshot_make(&app->session.runs[0], app->show_b, false);
    app_look_at_layer(app, &snapshot);
    return snapshot;
}

static const char *gradient_norms(const Snapshot *snapshot, int slot, Arena *arena)
{
    Text text = text_make(arena);
    char number[NUMBER_SIZE];
    for (int t = 1; slot != NONE && t <= snapshot->program->dims.T; t++) {
        double norm;
        bool known = snapshot_grad_norm(snapshot, slot, t, &norm);
        text_add(&text, "%s%s", t > 1 ? " " : "", known ? number_exact(number, norm) : "-");
    }
    return text.text;
}

const char *say_dh(App *app, Arena *arena)
{
    const Snapshot snapshot = shown_of(app);
    return gradient_norms(&snapshot, snapshot.state, arena);
}

const char *say_dc(App *app, Arena *arena)
{
    const Snapshot snapshot = shown_of(app);
    return gradient_norms(&snapshot, snapshot.memory, arena);
}

// ---- a number each run
// ------------------------------------------------------------------------------------------------ How much of c_0, or
// of h_0 where there is no c, would be left at the end of the probe sequence: what multiplies it at each time step,
// multiplied; the mean of the units.
static bool kept_of(const Snapshot *probe, double *value)
{
    const int H = probe->program->dims.H, memory = probe->memory != NONE ? probe->memory : probe->state;
    bool constant;
    const int gate = direct_path_gate(probe->program, memory, &constant);
    *value = constant;
    for (int unit = 0; unit < H && gate != NONE; unit++) {
        double product = 1;
        for (int t = 1; t <= snapshot_length(probe); t++)
            product *= (double)snapshot_value(probe, gate, t)[unit];
        *value += product / H;
    }
    return constant || gate != NONE;
}

const char *say_kept(App *app, Arena *arena)
{
    Text text = text_make(arena);
    char number[NUMBER_SIZE];
    for (int i = 0; i < app->session.count; i++) {
        double value;
        Snapshot probe = snapshot_make(&app->session.runs[i], 0, true);
        app_look_at_layer(app, &probe);
        bool known = kept_of(&probe, &value);
        text_add(&text, "%s%s", i > 0 ? " " : "", known ? number_exact(number, value) : "-");
    }
    return text.text;
}
