#include "app/print_analysis.h"

#include <math.h>

#include "app/job.h"
#include "base/text.h"
#include "base/words.h"

static const Program *program_of(const App *app)
{
    return &app->session.runs[0].program;
}

static void add_number(Text *text, double value)
{
    char number[NUMBER_SIZE];
    text_add(text, "%s%s", text->length ? " " : "", isnan(value) ? "-" : number_exact(number, value));
}

// ---- of the shown sequence ------------------------------------------------------------------------------------------
typedef double OfPair(const Analysis *analysis, int t, int k);

// Of t and each time step k that the pass reads, from its edge on; those behind t belong to it where they act, too. Of
// padding there is none.
static const char *say_pairs(App *app, Arena *arena, OfPair *of, bool later)
{
    Text text = text_make(arena);
    const Analysis *analysis = job_found(app, JOB_ANALYSIS);
    const int t = job_time(app), length = analysis ? analysis_length(analysis) : 0;
    if (!analysis || t > length)
        return "-";
    const int last = later ? length : analysis_step(analysis, t); // which is its own inverse
    for (int turn = 0; turn <= last; turn++)
        add_number(&text, of(analysis, t, analysis_step(analysis, turn)));
    return text.text;
}

const char *say_state_norms(App *app, Arena *arena)
{
    return say_pairs(app, arena, analysis_norm, false);
}

const char *say_direct_path(App *app, Arena *arena)
{
    return say_pairs(app, arena, analysis_direct, false);
}

const char *say_loss_norms(App *app, Arena *arena)
{
    return say_pairs(app, arena, analysis_loss, true);
}

typedef double OfSlice(const Analysis *analysis, int pass, int t);

static const char *say_slices(App *app, Arena *arena, OfSlice *of)
{
    Text text = text_make(arena);
    const Analysis *analysis = job_found(app, JOB_ANALYSIS);
    const Program *program = program_of(app);
    for (int pass = 0; pass < program->pass_count; pass++)
        for (int t = 1; t <= program->dims.T; t++)
            add_number(&text, analysis ? of(analysis, pass, t) : NAN);
    return text.text;
}

const char *say_weight_shares(App *app, Arena *arena)
{
    return say_slices(app, arena, analysis_share);
}

const char *say_weight_norms(App *app, Arena *arena)
{
    return say_slices(app, arena, analysis_slice_norm);
}

// ---- all pairs ------------------------------------------------------------------------------------------------------
static void add_cell(Text *text, double value)
{
    char number[NUMBER_SIZE];
    text_add(text, ",%s", isnan(value) ? "" : number_exact(number, value));
}

const char *pairs_table(App *app, Arena *arena)
{
    Text text = text_make(arena);
    const Analysis *analysis = job_found(app, JOB_ANALYSIS);
    const int length = analysis ? analysis_length(analysis) : 0;
    const Setup *setup = &app->session.runs[0].setup;
    text_add(&text, "t,k,state_norm,direct_path,loss_norm\n");
    for (int t = 1; t <= length; t++)
        for (int turn = 0; turn <= length; turn++) {
            const int k = analysis_step(analysis, turn);
            text_add(&text, "%d,%d", wording_t(setup, t), wording_t(setup, k));
            add_cell(&text, analysis_norm(analysis, t, k));
            add_cell(&text, analysis_direct(analysis, t, k));
            add_cell(&text, analysis_loss(analysis, t, k));
            text_add(&text, "\n");
        }
    return text.text;
}

// ---- spectra --------------------------------------------------------------------------------------------------------
typedef double OfMatrix(const SpectraFound *found, int i);

static double magnitude(const SpectraFound *found, int i)
{
    return hypot(found->value[i].re, found->value[i].im);
}

static double angle(const SpectraFound *found, int i)
{
    return atan2(found->value[i].im, found->value[i].re);
}

static double singular(const SpectraFound *found, int i)
{
    return found->singular[i];
}

static const char *say_spectrum(App *app, Arena *arena, JobName job, OfMatrix *of)
{
    Text text = text_make(arena);
    const SpectraFound *found = job_found(app, job);
    for (int i = 0; i < (found ? found->count * found->n : 1); i++)
        add_number(&text, found ? of(found, i) : NAN);
    return text.text;
}

const char *say_eigenvalues(App *app, Arena *arena)
{
    return say_spectrum(app, arena, JOB_WEIGHTS, magnitude);
}

const char *say_eigenvalue_angles(App *app, Arena *arena)
{
    return say_spectrum(app, arena, JOB_WEIGHTS, angle);
}

const char *say_singular_values(App *app, Arena *arena)
{
    return say_spectrum(app, arena, JOB_WEIGHTS, singular);
}

const char *say_jacobian_eigenvalues(App *app, Arena *arena)
{
    return say_spectrum(app, arena, JOB_JACOBIAN, magnitude);
}

const char *say_jacobian_singular_values(App *app, Arena *arena)
{
    return say_spectrum(app, arena, JOB_JACOBIAN, singular);
}
