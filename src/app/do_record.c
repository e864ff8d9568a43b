#include <math.h>
#include <stddef.h>
#include <string.h>

#include "app/do.h"
#include "app/job.h"
#include "app/print_analysis.h"
#include "base/text.h"

// Numbers as CSV. What is not finite, not known yet or no longer kept is left empty; all others read back as the same
// bits.
static void add_number(Text *out, bool known, double value)
{
    char number[NUMBER_SIZE];
    text_add(out, ",%s", known && isfinite(value) ? number_exact(number, value) : "");
}

// ---- runs that are compared -------------------------------------------------------------------------------------
// What tells them apart besides their number, in columns of its own.
typedef struct {
    const Setting *setting; // NULL: none differs, or the table has a column for it anyway
    bool seed;
} Apart;

static void add_apart_names(const Apart *apart, Text *out)
{
    if (apart->setting)
        text_add(out, "%s,", apart->setting->name);
    if (apart->seed)
        text_add(out, "seed,");
}

static void add_apart(const Apart *apart, const Run *run, Text *out)
{
    char value[SETTING_TEXT];
    if (apart->setting)
        text_add(out, "%s,", setting_text(apart->setting, setting_get(&run->setup, apart->setting), value));
    if (apart->seed)
        text_add(out, "%d,", run->setup.seed);
}

// ---- curves: a row an update ------------------------------------------------------------------------------------
static void add_curves_of(const App *app, int index, Text *out)
{
    const Session *session = &app->session;
    const Run *run = &session->runs[index];
    const Apart apart = {session->comparison.setting, true};
    for (long update = 1; update <= record_last(run->record); update++) {
        if (session->count > 1) {
            text_add(out, "%d,", index + 1);
            add_apart(&apart, run, out);
        }
        text_add(out, "%ld", update);
        for (int curve = 0; curve < CURVES; curve++) {
            double value = 0;
            bool known = record_get(run->record, (Curve)curve, update, &value);
            add_number(out, known, value);
        }
        text_add(out, "\n");
    }
}

static void add_curves(App *app, Text *out)
{
    const Apart apart = {app->session.comparison.setting, true};
    if (app->session.count > 1) {
        text_add(out, "run,");
        add_apart_names(&apart, out);
    }
    text_add(out, "update,loss,gradient_norm,clipped_norm\n");
    for (int i = 0; i < app->session.count; i++)
        add_curves_of(app, i, out);
}

// ---- steps: a row a time step, of each layer and direction ------------------------------------------------------
static void add_value_norm(const Snapshot *snapshot, int slot, int t, Text *out)
{
    const Real *value = slot == NONE ? NULL : snapshot_value(snapshot, slot, t);
    double sum = 0;
    for (int i = 0; value && i < snapshot->program->slots[slot].length; i++)
        sum += (double)value[i] * (double)value[i];
    add_number(out, value != NULL, sqrt(sum));
}

static void add_grad_norm(const Snapshot *snapshot, int slot, int t, Text *out)
{
    double norm = 0;
    bool known = slot != NONE && snapshot_grad_norm(snapshot, slot, t, &norm);
    add_number(out, known, norm);
}

// The slices are of all weights, so they are the same in each layer.
static void add_step(const Snapshot *snapshot, const GradSlice *slices, int t, Text *out)
{
    Real loss = 0;
    bool scored = snapshot_loss(snapshot, t, &loss);
    add_number(out, scored, (double)loss);
    add_value_norm(snapshot, snapshot->state, t, out);
    add_value_norm(snapshot, snapshot->memory, t, out);
    add_grad_norm(snapshot, snapshot->state, t, out);
    add_grad_norm(snapshot, snapshot->memory, t, out);
    add_number(out, slices && snapshot_slice_known(snapshot, t), slices ? slices[t - 1].norm : 0);
    add_number(out, slices && snapshot_shares_known(snapshot), slices ? slices[t - 1].share : 0);
    text_add(out, "\n");
}

static Apart apart_in_steps(const Comparison *comparison)
{
    bool cells = comparison->setting && comparison->setting->at == offsetof(Setup, cell);
    return (Apart){cells ? NULL : comparison->setting, comparison->seeds > 1};
}

static void add_steps_of(App *app, int index, Text *out)
{
    const Apart apart = apart_in_steps(&app->session.comparison);
    Run *run = &app->session.runs[index];
    Snapshot snapshot = snapshot_make(run, app->show_b, false);
    const GradSlice *slices = snapshot_slices(&snapshot);
    const Net *net = &snapshot.program->net;
    for (int layer = 0; layer < net->dims.L; layer++)
        for (int reverse = 0; reverse <= net->bidirectional; reverse++) {
            snapshot_look_at(&snapshot, layer, reverse);
            for (int t = 1; t <= net->dims.T; t++) {
                text_add(out, "%d,", index + 1);
                add_apart(&apart, run, out);
                text_add(out, "%s,%d,%s,%d", net->cell->name, layer + 1, reverse ? "backward" : "forward",
                         snapshot_t(&snapshot, t));
                add_step(&snapshot, slices, t, out);
            }
        }
}

static void add_steps(App *app, Text *out)
{
    const Apart apart = apart_in_steps(&app->session.comparison);
    text_add(out, "run,");
    add_apart_names(&apart, out);
    text_add(out, "cell,layer,direction,t,loss,h,c,dh,dc,dw,dw_share\n");
    for (int i = 0; i < app->session.count; i++)
        add_steps_of(app, i, out);
}

// ---- the file ---------------------------------------------------------------------------------------------------
static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static bool check_table(const App *app, const Words *words, Err *err)
{
    if (!ends_with(words->word[1], ".csv"))
        return refuse(err, "%s writes a .csv file, not \"%s\"", words->word[0], words->word[1]);
    return app->platform.write_file || refuse(err, "no files can be written here");
}

bool do_pairs(App *app, const Words *words, Err *err)
{
    if (!check_table(app, words, err))
        return false;
    if (!run_taped(&app->session.runs[0]))
        return refuse(err, "pairs are of an update that is read, and none is: step 1 begins one");
    if (!job_need(app, JOB_ANALYSIS, err))
        return false;
    Arena scratch = arena_make(1 << 16);
    const char *table = pairs_table(app, &scratch);
    bool done = app->platform.write_file(app->platform.context, words->word[1], table, strlen(table), err);
    arena_free(&scratch);
    return done;
}

bool do_record(App *app, const Words *words, Err *err)
{
    static const struct {
        const char *name;
        void (*add)(App *app, Text *out);
    } tables[] = {{"curves", add_curves}, {"steps", add_steps}};
    const char *path = words->word[1], *name = words->count > 2 ? words->word[2] : "curves";
    size_t table = 0;
    while (table < 2 && strcmp(tables[table].name, name) != 0)
        table++;
    if (table == 2)
        return refuse(err, "record writes curves or steps, not \"%s\"", name);
    if (!check_table(app, words, err))
        return false;
    Arena scratch = arena_make(1 << 16);
    Text text = text_make(&scratch);
    tables[table].add(app, &text);
    bool done = app->platform.write_file(app->platform.context, path, text.text, text.length, err);
    arena_free(&scratch);
    return done;
}
