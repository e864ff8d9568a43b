#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/job.h"
#include "app/journal.h"
#include "app/print_analysis.h"
#include "app/print_shown.h"
#include "app/pytorch.h"
#include "app/undo.h"
#include "base/text.h"

static Run *run_of(App *app)
{
    return &app->session.runs[0];
}

static Place place_of(const Run *run)
{
    return program_place(&run->program, run_taped(run) ? run->at.op : 0);
}

// ---- numbers ----------------------------------------------------------------------------------------------------
// Known when the whole forward pass, or the whole backward pass, of the update has been read.
static bool loss_of(Run *run, double *value)
{
    long forward = program_op(&run->program, (Place){.phase = PHASE_CLIP, .row = NONE}) / 2;
    *value = run->loss;
    return run_taped(run) && run->at.op >= forward;
}

static bool say_loss(App *app, double *value)
{
    return loss_of(run_of(app), value);
}

static bool norm_of(Run *run, double *value)
{
    long backward = program_op(&run->program, (Place){.phase = PHASE_CLIP, .row = NONE}) - 1;
    *value = run->norm;
    return run_taped(run) && run->at.op >= backward;
}

static bool say_norm(App *app, double *value)
{
    return norm_of(run_of(app), value);
}

static bool say_clipped(App *app, double *value)
{
    Phase phase = place_of(run_of(app)).phase;
    *value = run_of(app)->clipped;
    return phase == PHASE_CLIP || phase == PHASE_CHANGE;
}

static bool say_accuracy(App *app, double *value)
{
    const Measures *measures = job_found(app, JOB_MEASURE);
    *value = measures ? measure_found(measures->of[0]) : 0;
    return measures != NULL;
}

static bool say_baseline(App *app, double *value)
{
    *value = run_of(app)->baseline;
    return true;
}

static bool say_update(App *app, double *value)
{
    *value = (double)run_of(app)->at.update;
    return true;
}

static bool say_op(App *app, double *value)
{
    *value = (double)run_of(app)->at.op;
    return true;
}

static bool say_weights(App *app, double *value)
{
    *value = (double)run_of(app)->program.weight_count;
    return true;
}

// ---- lists, a number each run --------------------------------------------------------------------------------------
static const char *of_runs(App *app, bool (*number_of)(Run *run, double *value), Arena *arena)
{
    Text text = text_make(arena);
    char number[NUMBER_SIZE];
    for (int i = 0; i < app->session.count; i++) {
        double value;
        bool known = number_of(&app->session.runs[i], &value);
        text_add(&text, "%s%s", i > 0 ? " " : "", known ? number_exact(number, value) : "-");
    }
    return text.text;
}

static const char *say_losses(App *app, Arena *arena)
{
    return of_runs(app, loss_of, arena);
}

static const char *say_norms(App *app, Arena *arena)
{
    return of_runs(app, norm_of, arena);
}

static const char *say_accuracies(App *app, Arena *arena)
{
    Text text = text_make(arena);
    char number[NUMBER_SIZE];
    const Measures *measures = job_found(app, JOB_MEASURE);
    for (int i = 0; measures && i < measures->count; i++)
        text_add(&text, "%s%s", i > 0 ? " " : "", number_exact(number, measure_found(measures->of[i])));
    return text.text;
}

static bool weights_of(Run *run, double *value)
{
    *value = (double)run->program.weight_count;
    return true;
}

static const char *say_weight_counts(App *app, Arena *arena)
{
    return of_runs(app, weights_of, arena);
}

static const char *say_runs(App *app, Arena *arena)
{
    Text text = text_make(arena);
    char name[LANE_TEXT];
    for (int i = 0; i < app->session.count; i++)
        text_add(&text, "%s%s", i > 0 ? " | " : "", session_name(&app->session, i, name));
    return text.text;
}

// ---- texts ------------------------------------------------------------------------------------------------------
// What is set, as the panel shows it: of what is compared the value of each run.
static const char *say_settings(App *app, Arena *arena)
{
    Text text = text_make(arena);
    char value[SETTING_TEXT];
    const Comparison *comparison = &app->session.comparison;
    Setup setup = session_setup(&app->session);
    for (const Setting *setting = settings; setting->name; setting++) {
        bool compared = setting == comparison->setting;
        text_add(&text, "%s%s", setting == settings ? "" : "; ", setting->name);
        for (int lane = 0; lane < (compared ? comparison->lanes : 1); lane++)
            text_add(&text, "%s%s", lane ? " | " : " ",
                     setting_text(setting, compared ? comparison->value[lane] : setting_get(&setup, setting), value));
    }
    return text.text;
}

static const char *say_hash(App *app, Arena *arena)
{
    uint64_t hash = run_hash(run_of(app));
    for (int i = 1; i < app->session.count; i++)
        hash = hash * 1099511628211u ^ run_hash(&app->session.runs[i]); // FNV, as a run's own
    return arena_print(arena, "%016" PRIx64, hash);
}

static const char *say_place(App *app, Arena *arena)
{
    static const char *const phases[] = {
        [PHASE_START] = "start", [PHASE_FORWARD] = "forward", [PHASE_BACKWARD] = "backward",
        [PHASE_CLIP] = "clip",   [PHASE_CHANGE] = "end",
    };
    const Run *run = run_of(app);
    Place place = place_of(run);
    Text text = text_make(arena);
    text_add(&text, "update %ld op %ld %s", run->at.update, run->at.op, phases[place.phase]);
    if (place.row != NONE)
        text_add(&text, " t %d row %s", wording_t(&run->setup, place.t),
                 run->program.slots[run->program.rows[place.row].y].slot.name);
    return text.text;
}

// The probe's inputs and the network's answer to them, as the window shows it while it plays.
static const char *say_probe(App *app, Arena *arena)
{
    Text text = text_make(arena);
    char word[TASK_TEXT];
    Snapshot snapshot = snapshot_make(run_of(app), 0, true);
    int last = snapshot_last_scored(&snapshot);
    for (int t = 1; t <= snapshot.program->dims.T; t++)
        if (snapshot_input_text(&snapshot, t, word))
            text_add(&text, "%s ", word);
    if (snapshot_answer_text(&snapshot, last, word))
        text_add(&text, "answer %s", word);
    if (snapshot_target_text(&snapshot, last, word))
        text_add(&text, " target %s", word);
    return text.text;
}

// What undo goes back through, the first line first.
static const char *say_journal(App *app, Arena *arena)
{
    Text text = text_make(arena);
    for (int i = 0; i < undo_count(app); i++) {
        Moment at;
        const char *line = undo_told(app, i, &at);
        text_add(&text, "%supdate %ld op %ld: %s", i ? " | " : "", at.update, at.op, line);
    }
    return text.length ? text.text : "-";
}

// clang-format off
const Printable printables[] = {
    { "loss",          "loss per scored step of this update",                      .number = say_loss },
    { "baseline",      "loss per scored step of guessing",                         .number = say_baseline },
    { "accuracy",      "share of right answers, or mean error, over 512 new sequences", .number = say_accuracy,
      .job = JOB_MEASURE },
    { "gradient_norm", "norm of the gradient of all weights",                      .number = say_norm },
    { "clipped_norm",  "the same after clipping",                                  .number = say_clipped },
    { "update",        "the update that is read",                                  .number = say_update },
    { "op",            "how many of its operations are done",                      .number = say_op },
    { "weights",       "how many weights there are",                               .number = say_weights },
    { "dh",            "norm of dL/dh at each time step of the shown sequence, of the layer looked at", .text = say_dh, .list = true, .by_t = true },
    { "dc",            "norm of dL/dc, likewise",                                     .text = say_dc, .list = true, .by_t = true },
    { "state_norms",   "how the state at each time step, from h_0 on, acts on that at t, selected or last scored: norm of ds_t/ds_k",
      .text = say_state_norms, .list = true, .job = JOB_ANALYSIS, .of_update = true },
    { "direct_path",   "of that the way straight through the memory: the largest product of f, z or 1 - f",
      .text = say_direct_path, .list = true, .job = JOB_ANALYSIS, .of_update = true },
    { "loss_norms",    "how h at each time step acts on the loss at t alone: norm of dL_t/dh_k",
      .text = say_loss_norms, .list = true, .job = JOB_ANALYSIS, .of_update = true },
    { "weight_shares", "share of each time step in the gradient of the weights",
      .text = say_weight_shares, .list = true, .job = JOB_ANALYSIS, .of_update = true },
    { "weight_norms",  "norm of what each time step adds to it",
      .text = say_weight_norms, .list = true, .job = JOB_ANALYSIS, .of_update = true },
    { "eigenvalues",   "magnitudes of the eigenvalues of each block of W_hh, of the layer looked at",
      .text = say_eigenvalues, .list = true, .job = JOB_WEIGHTS },
    { "eigenvalue_angles", "their angles in radians, in the same order",
      .text = say_eigenvalue_angles, .list = true, .job = JOB_WEIGHTS },
    { "singular_values", "singular values of each block of W_hh",
      .text = say_singular_values, .list = true, .job = JOB_WEIGHTS },
    { "jacobian_eigenvalues", "magnitudes of the eigenvalues of ds_t/ds_(t-1) at t, selected or last scored",
      .text = say_jacobian_eigenvalues, .list = true, .job = JOB_JACOBIAN, .of_update = true },
    { "jacobian_singular_values", "its singular values",
      .text = say_jacobian_singular_values, .list = true, .job = JOB_JACOBIAN, .of_update = true },
    { "runs",          "the runs that are compared",                               .text = say_runs },
    { "losses",        "loss of each run",                                         .text = say_losses, .list = true },
    { "norms",         "gradient norm of each run",                                .text = say_norms, .list = true },
    { "accuracies",    "accuracy of each run",                                     .text = say_accuracies, .list = true,
      .job = JOB_MEASURE },
    { "weight_counts", "how many weights each run has",                            .text = say_weight_counts, .list = true },
    { "kept",          "share of c_0, or h_0 without c, left at the end of the probe sequence: f, z or 1 - f of all time steps multiplied, mean of the units, of each run",
      .text = say_kept, .list = true },
    { "settings",      "all settings",                                             .text = say_settings },
    { "place",         "where in the update the reader is",                        .text = say_place },
    { "probe",         "the probe sequence and the answer to it",                  .text = say_probe },
    { "pytorch",       "a Python program that computes this network from the file of `save`, to the same loss if `op -1` came before it", .text = pytorch_program,
      .bare = true, .possible = pytorch_possible },
    { "state",         "one line of commands that leads to this moment",           .text = journal_state },
    { "journal",       "settings and weights changed, each with where it was said",     .text = say_journal },
    { "hash",          "a number that changes with any bit of training",           .text = say_hash },
    { 0 },
};
// clang-format on

bool printable_ready(App *app, const Printable *printable, Err *err)
{
    if (printable->possible && !printable->possible(app, err))
        return false;
    if (printable->job == JOB_NONE || (printable->of_update && !run_taped(run_of(app))))
        return true;
    return job_need(app, printable->job, err) != NULL;
}

const Printable *printable_find(const char *name, Err *err)
{
    char list[400] = "";
    Nearest nearest = nearest_to(name);
    for (const Printable *printable = printables; printable->name; printable++) {
        if (strcmp(printable->name, name) == 0)
            return printable;
        nearest_offer(&nearest, printable->name);
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, " %s", printable->name);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        refuse(err, "there is nothing \"%s\" to print, did you mean \"%s\"?", name, best);
    else
        refuse(err, "there is nothing \"%s\" to print; there are:%s", name, list);
    return NULL;
}
