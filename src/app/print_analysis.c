#include "app/print_analysis.h"

#include <math.h>

#include "base/text.h"
#include "base/words.h"
#include "nn/analysis.h"
#include "nn/spectrum.h"

static const Run *run_of(const App *app)
{
    return &app->session.runs[0];
}

static void add_number(Text *text, double value)
{
    char number[NUMBER_SIZE];
    text_add(text, "%s%s", text->length ? " " : "", isnan(value) ? "-" : number_exact(number, value));
}

// ---- of the shown sequence ------------------------------------------------------------------------------------------
static const Analysis *analyse(const App *app, Arena *arena)
{
    const Run *run = run_of(app);
    Err too_long;
    if (!run_taped(run))
        return NULL;
    Analysis *analysis = analysis_make(&run->tape, &run->params, &run->batch, app->show_b, arena, &too_long);
    while (analysis && analysis_work(analysis))
        ;
    return analysis;
}

static int last_scored(const Batch *batch, int b)
{
    int t = batch->dims.T;
    while (t > 1 && !*batch_scored(batch, t, b))
        t--;
    return t;
}

const char *say_state_norms(App *app, Arena *arena)
{
    Arena scratch = arena_make(1 << 16);
    Text text = text_make(arena);
    const Analysis *analysis = analyse(app, &scratch);
    const int last = analysis ? last_scored(&run_of(app)->batch, app->show_b) : 0;
    for (int k = 0; k <= last; k++)
        add_number(&text, analysis ? analysis_norm(analysis, last, k) : NAN);
    arena_free(&scratch);
    return text.text;
}

const char *say_weight_shares(App *app, Arena *arena)
{
    Arena scratch = arena_make(1 << 16);
    Text text = text_make(arena);
    const Analysis *analysis = analyse(app, &scratch);
    const Program *program = &run_of(app)->program;
    for (int pass = 0; pass < program->pass_count; pass++)
        for (int t = 1; t <= program->dims.T; t++)
            add_number(&text, analysis ? analysis_share(analysis, pass, t) : NAN);
    arena_free(&scratch);
    return text.text;
}

// ---- of the weights -------------------------------------------------------------------------------------------------
typedef bool Spectrum(const Real *block, int H, double *out, Arena *scratch);

static bool magnitudes(const Real *block, int H, double *out, Arena *scratch)
{
    Err err;
    Eigenvalue *value = arena_new(scratch, Eigenvalue, H);
    bool found = spectrum_eigenvalues(block, H, value, scratch, &err);
    for (int i = 0; i < H && found; i++)
        out[i] = sqrt(value[i].re * value[i].re + value[i].im * value[i].im);
    return found;
}

static bool singular(const Real *block, int H, double *out, Arena *scratch)
{
    Err err;
    return spectrum_singular(block, H, out, scratch, &err);
}

static const Real *recurrent_weights(const Run *run)
{
    const Program *program = &run->program;
    int tensor = 0;
    for (int i = 0; i < program->tensor_count; i++)
        if (program->tensors[i].kind == WEIGHT_HH && !program->tensors[i].reverse)
            tensor = i;
    return params_value(&run->params, program, tensor);
}

static const char *say_spectrum(App *app, Arena *arena, Spectrum *spectrum)
{
    Arena scratch = arena_make(1 << 16);
    Text text = text_make(arena);
    const Run *run = run_of(app);
    const int H = run->program.dims.H;
    double *out = arena_new(&scratch, double, H);
    for (int block = 0; block < run->program.net.cell->blocks; block++) {
        bool found = spectrum(recurrent_weights(run) + (size_t)block * (size_t)(H * H), H, out, &scratch);
        for (int i = 0; i < H; i++)
            add_number(&text, found ? out[i] : NAN);
    }
    arena_free(&scratch);
    return text.text;
}

const char *say_eigenvalues(App *app, Arena *arena)
{
    return say_spectrum(app, arena, magnitudes);
}

const char *say_singular_values(App *app, Arena *arena)
{
    return say_spectrum(app, arena, singular);
}
