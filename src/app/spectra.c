#include "app/spectra.h"

#include <math.h>
#include <string.h>

#include "app/job.h"
#include "nn/jacobian.h"

enum { ROWS_MOST = 512 }; // more would be LAPACK's for seconds on end

struct Spectra {
    Real *matrix; // (count, n, n)
    long next;    // slice
    Arena *arena;
    StepTape *step;   // of the Jacobian; NULL: the matrices are there
    Params params;    // of the update that is read
    const Tape *tape; // of that update
    int b, t;
};

static const Run *run_of(const App *app)
{
    return &app->session.runs[0];
}

static int layer_of(const App *app)
{
    return app->layer > 0 ? app->layer - 1 : run_of(app)->program.dims.L - 1;
}

static SpectraFound *make(int n, int count, Arena *arena, Err *err)
{
    if (!spectrum_here()) {
        refuse(err, "eigenvalues and singular values are not in this build: it was made without LAPACKE");
        return NULL;
    }
    if (n > ROWS_MOST) {
        refuse(err, "eigenvalues of a matrix with %d rows would take too long; the limit is %d", n, ROWS_MOST);
        return NULL;
    }
    const size_t side = (size_t)n, squares = (size_t)count * side * side;
    SpectraFound *found = arena_new(arena, SpectraFound, 1);
    struct Spectra *of = arena_new(arena, struct Spectra, 1);
    *of = (struct Spectra){.matrix = arena_new(arena, Real, squares), .arena = arena};
    *found = (SpectraFound){.n = n, .count = count, .of = of};
    found->value = arena_new(arena, Eigenvalue, (size_t)count * side);
    found->singular = arena_new(arena, double, (size_t)count *side);
    return found;
}

void *spectra_of_weights(const App *app, Arena *arena, Err *err)
{
    const Run *run = run_of(app);
    const Program *p = &run->program;
    const int H = p->dims.H, blocks = p->net.cell->blocks;
    int tensor = 0;
    while (p->tensors[tensor].kind != WEIGHT_HH || p->tensors[tensor].layer != layer_of(app) ||
           p->tensors[tensor].reverse != (app->reverse && p->net.bidirectional))
        tensor++;
    SpectraFound *found = make(H, blocks, arena, err);
    if (found)
        memcpy(found->of->matrix, params_value(&run->params, p, tensor), sizeof(Real) * (size_t)(blocks * H * H));
    return found;
}

// A net that only reads forward has one for all layers.
int spectra_pass(const App *app)
{
    const Program *p = &run_of(app)->program;
    for (int pass = 0; p->net.bidirectional && pass < p->pass_count; pass++)
        if (p->passes[pass].layer == layer_of(app) && p->passes[pass].reverse == app->reverse)
            return pass;
    return 0;
}

static bool refuse_padding(const App *app, Err *err)
{
    const Setup *setup = &run_of(app)->setup;
    const int t = job_time(app), length = run_of(app)->batch.length[app->show_b];
    if (t > length)
        refuse(err, "time step %d is padding: the shown sequence ends at %d", wording_t(setup, t),
               wording_t(setup, length));
    return t > length;
}

void *spectra_of_jacobian(const App *app, Arena *arena, Err *err)
{
    const Run *run = run_of(app);
    const int pass = spectra_pass(app);
    if (refuse_padding(app, err))
        return NULL;
    SpectraFound *found = make(state_size(&run->program, pass), 1, arena, err);
    if (!found)
        return NULL;
    found->of->step = step_tape_make(&run->program, pass, arena);
    const Share *share = shares_of(run->shares, app->show_b);
    found->of->tape = &share->tape;
    found->of->params = explained_params(&share->tape, arena);
    found->of->b = app->show_b - share->first;
    found->of->t = job_time(app);
    return found;
}

static long parts(const struct Spectra *of)
{
    return of->step ? step_parts(of->step) : 0;
}

// One of the two spectra of one matrix. What is not finite has none: they stay NAN.
static void find(SpectraFound *found, int which)
{
    struct Spectra *of = found->of;
    const size_t n = (size_t)found->n, matrix = (size_t)which / 2;
    const Real *w = of->matrix + matrix * n * n;
    Err err;
    if (which % 2 == 0 && !spectrum_eigenvalues(w, found->n, found->value + matrix * n, of->arena, &err))
        for (size_t i = 0; i < n; i++)
            found->value[matrix * n + i] = (Eigenvalue){NAN, NAN};
    if (which % 2 == 1 && !spectrum_singular(w, found->n, found->singular + matrix * n, of->arena, &err))
        for (size_t i = 0; i < n; i++)
            found->singular[matrix * n + i] = NAN;
}

bool spectra_work(void *work)
{
    SpectraFound *found = work;
    struct Spectra *of = found->of;
    if (of->next < parts(of))
        step_jacobian_part(of->step, of->tape, &of->params, of->b, of->t, (int)of->next, of->matrix);
    else
        find(found, (int)(of->next - parts(of)));
    return ++of->next < parts(of) + 2L * found->count;
}

double spectra_progress(const void *work)
{
    const SpectraFound *found = work;
    return (double)found->of->next / (double)(parts(found->of) + 2L * found->count);
}
