// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/job.h"
#include "frames.h"
#include "sim/measure.h"

// What takes long is worked on between pictures, by a clock that moves only when it is looked at.
static const char *const asked[] = {"print accuracy", "gradcheck", "print state_norms weight_shares",
                                    "print eigenvalues", "print jacobian_singular_values"};
enum { ASKED = sizeof asked / sizeof *asked };

static bool can_be_asked(int i)
{
    return spectrum_here() || i < 3;
}

static const char small[] = "set cell lstm; set T 3; set hidden 2; set batch 2; train 3";

// How many slices the job has that a line begins, by doing them one by one.
static long slices_of(const char *line)
{
    Err err;
    long count = 0;
    app_do(&app, line, &err);
    assert_true(job_running(&app));
    const JobKind *kind = &job_kinds[app.job];
    void *work = app.jobs[app.job].work;
    double before = 0;
    do {
        const double progress = kind->progress(work);
        assert_true(progress >= before && progress < 1);
        before = progress;
        count++;
    } while (kind->work(work));
    assert_true(kind->progress(work) == 1);
    job_stop(&app);
    app_stop(&app); // the line
    return count;
}

static void a_frame_does_one_slice_when_there_is_no_time_for_more(void **state)
{
    (void)state;
    say(small);
    for (int i = 0; i < ASKED; i++) {
        if (!can_be_asked(i))
            continue;
        const long slices = slices_of(asked[i]);
        say("train 1");
        world.printed[0] = 0;
        app_say(&app, asked[i], NULL);
        app_advance(&app, 0); // the line itself
        assert_true(job_running(&app));
        for (long n = 1; n < slices; n++) {
            app_advance(&app, 0);
            assert_true(job_running(&app));
        }
        assert_string_equal(world.printed, "");
        app_advance(&app, 0);
        assert_false(job_running(&app));
        settle();
        assert_true(strlen(world.printed) > 0);
    }
}

static void a_slice_is_a_time_step_of_a_pass_at_most(void **state)
{
    (void)state;
    say(small);
    const Run *run = &app.session.runs[0];
    const long T = 3, weights = (long)run->program.weight_count;
    assert_int_equal(slices_of("print accuracy"), 512 * T);
    assert_int_equal(slices_of("gradcheck"), 2 * T + 4 * weights * T);
    assert_int_equal(slices_of("print loss_norms"), 2 * T + T + (T + 1) * (T + 2) / 2 + T * T + T);
    say("set T 40; set hidden 64; train 1");
    assert_int_equal(slices_of("print accuracy"), 512 * 40);
}

static void frames_keep_their_budget_while_a_job_runs(void **state)
{
    (void)state;
    say("set T 100; train 1");
    app_say(&app, "print accuracy", NULL);
    for (int i = 0; i < 50; i++) {
        const double before = world.seconds;
        assert_true(frame());
        assert_true(world.seconds - before < 2 * FRAME);
        assert_true(job_running(&app));
    }
}

static void what_is_found_in_frames_is_what_is_found_at_once(void **state)
{
    (void)state;
    char at_once[1 << 14];
    for (int i = 0; i < ASKED; i++) {
        if (!can_be_asked(i))
            continue;
        say("reset");
        say(small);
        world.printed[0] = 0;
        say(asked[i]);
        strcpy(at_once, world.printed);
        say("reset");
        say(small);
        world.printed[0] = 0;
        app_say(&app, asked[i], NULL);
        settle();
        assert_string_equal(world.printed, at_once);
    }
}

static void later_lines_and_training_wait(void **state)
{
    (void)state;
    say("set speed 0; play");
    frame();
    app_say(&app, "print accuracy; print update; print accuracy", NULL);
    frame();
    assert_true(job_running(&app) && app.playing);
    const long update = update_now();
    world.printed[0] = 0;
    while (job_running(&app)) {
        assert_string_equal(world.printed, "");
        assert_int_equal(update_now(), update);
        frame();
    }
    char expected[64];
    const char *behind = strchr(world.printed, '\n');
    assert_true(strncmp(world.printed, "accuracy ", 9) == 0 && behind);
    snprintf(expected, sizeof expected, "\nupdate %ld\n", update);
    assert_memory_equal(behind, expected, strlen(expected));
    frame();
    assert_true(update_now() > update); // playing goes on
}

static void escape_drops_the_job_and_its_line(void **state)
{
    (void)state;
    say(small);
    const uint64_t hash = run_hash(&app.session.runs[0]);
    for (int i = 0; i < ASKED; i++) {
        if (!can_be_asked(i))
            continue;
        char news[200];
        world.printed[0] = 0;
        app_say(&app, asked[i], NULL);
        app_say(&app, "print update", NULL);
        app_advance(&app, 0);
        app_advance(&app, 0);
        assert_true(job_running(&app));
        app_key(&app, "escape");
        assert_false(app_busy(&app));
        settle();
        assert_string_equal(world.printed, "");
        snprintf(news, sizeof news, "dropped 2 lines that waited: %s …", asked[i]);
        assert_string_equal(app.message, news);
        assert_true(run_hash(&app.session.runs[0]) == hash);
    }
}

static void how_far_it_is_is_shown(void **state)
{
    (void)state;
    say("set T 50; train 1");
    app_say(&app, "print accuracy", NULL);
    for (int i = 0; i < 40; i++)
        frame();
    bool seen = false;
    for (int i = 0; i < list.count; i++)
        seen = seen || (list.shapes[i].kind == SHAPE_TEXT && strncmp(list.shapes[i].text, "accuracy ", 9) == 0 &&
                        strstr(list.shapes[i].text, "Esc stops"));
    assert_true(seen);
    assert_true(job_progress(&app) > 0 && job_progress(&app) < 1);
}

static void a_result_is_kept_until_something_changes(void **state)
{
    (void)state;
    Err err;
    say(small);
    say("print accuracy state_norms; gradcheck"); // three kinds side by side
    assert_true(app_do(&app, "print accuracy; gradcheck; print state_norms", &err));
    assert_false(app_busy(&app));
    const char *const changes[] = {"train 1", "op -1", "set learning_rate 0.5", "show 2", "select 2 1"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        say(changes[i]);
        app_do(&app, "print state_norms", &err);
        assert_true(job_running(&app));
        app_finish(&app, &err);
    }
}

static void a_line_that_waits_is_echoed_once(void **state)
{
    (void)state;
    world.echoed[0] = 0;
    say("print accuracy; check accuracy >= 0");
    assert_string_equal(world.echoed, "print accuracy\ncheck accuracy >= 0\n");
}

static void what_would_take_too_long_is_refused_with_its_number(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *asked, *says;
    } cases[] = {
        {"set hidden 200", "gradcheck", "gradcheck would take 2710 GFLOP; the limit is 20"},
        {"set T 1000; set hidden 16; train 1", "print state_norms", "GFLOP; the limit is 20"},
        {"set T 1000; set hidden 16; train 1", "pairs p.csv", "GFLOP; the limit is 20"},
        {"reset", "pairs p.csv", "pairs are of an update that is read, and none is: step 1 begins one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Err err;
        say(cases[i].lines);
        assert_false(app_do(&app, cases[i].asked, &err));
        assert_non_null(strstr(err.text, cases[i].says));
        assert_false(job_running(&app));
    }
}

// ---- what is found ----------------------------------------------------------------------------------------------
static double first_number(const char *name)
{
    char *end;
    const double value = strtod(null_print(&app, &world, name), &end);
    assert_true(*end == ' ' || *end == 0);
    return value;
}

// The largest of each is what the engine finds by other ways; angles belong to pairs.
static void spectra_are_of_the_layer_and_direction_looked_at(void **state)
{
    (void)state;
    double scratch[2 * 5 * 5], radius[2][2];
    if (!spectrum_here())
        skip();
    say("set cell rnn; set hidden 5; set layers 2; set bidirectional on; set task agree; set T 6; train 5");
    for (int layer = 0; layer < 2; layer++)
        for (int reverse = 0; reverse < 2; reverse++) {
            const Run *run = &app.session.runs[0];
            char line[64];
            snprintf(line, sizeof line, "rnn.weight_hh_l%d%s", layer, reverse ? "_reverse" : "");
            const int tensor = program_tensor(&run->program, line);
            radius[layer][reverse] = spectral_radius(params_value(&run->params, &run->program, tensor), 5, scratch);
            snprintf(line, sizeof line, "layer %d %s", layer + 1, reverse ? "backward" : "forward");
            say(line);
            assert_true(fabs(first_number("eigenvalues") / radius[layer][reverse] - 1) < 1e-9);
            assert_true(first_number("singular_values") >= first_number("eigenvalues"));
            assert_true(fabs(first_number("eigenvalue_angles")) < 3.2);
        }
    assert_true(radius[0][0] != radius[0][1] && radius[1][0] != radius[0][0]);
}

static void the_jacobians_norm_is_the_state_norm_of_one_step(void **state)
{
    (void)state;
    if (!spectrum_here())
        skip();
    say("set cell gru; set hidden 9; set layers 2; set T 6; set task echo; train 5; select 4 1");
    const double most = first_number("jacobian_singular_values");
    assert_true(first_number("jacobian_eigenvalues") <= most * (1 + 1e-12));
    const char *norms = null_print(&app, &world, "state_norms"); // k = 0 … 4
    const char *last = strrchr(norms, ' ');
    while (last[-1] != ' ')
        last--;
    assert_true(fabs(strtod(last, NULL) / most - 1) < 1e-9);
}

static void pairs_are_written_for_all_time_steps(void **state)
{
    (void)state;
    int rows = 0, t, k;
    say("set cell lstm; set T 4; set task letters; train 2; pairs p.csv");
    for (const char *at = strchr(world.written, '\n') + 1; *at; at = strchr(at, '\n') + 1, rows++) {
        double norm, direct, loss;
        const int count = sscanf(at, "%d,%d,%lf,%lf,%lf", &t, &k, &norm, &direct, &loss);
        assert_int_equal(t, rows / 5 + 1);
        assert_int_equal(k, rows % 5);
        assert_int_equal(count, k <= t ? 5 : 2);
        if (k == t)
            assert_true(norm == 1 && direct == 1);
    }
    assert_int_equal(rows, 4 * 5);
    say("set first_index 0; pairs p.csv"); // what is before the first is h_{-1}
    assert_non_null(strstr(world.written, "loss_norm\n0,-1,"));
    assert_non_null(strstr(world.written, "\n3,3,1,1,"));
    assert_null(strstr(world.written, "\n4,"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        CASE(a_frame_does_one_slice_when_there_is_no_time_for_more),
        CASE(a_slice_is_a_time_step_of_a_pass_at_most),
        CASE(frames_keep_their_budget_while_a_job_runs),
        CASE(what_is_found_in_frames_is_what_is_found_at_once),
        CASE(later_lines_and_training_wait),
        CASE(escape_drops_the_job_and_its_line),
        CASE(how_far_it_is_is_shown),
        CASE(a_result_is_kept_until_something_changes),
        CASE(a_line_that_waits_is_echoed_once),
        CASE(what_would_take_too_long_is_refused_with_its_number),
        CASE(spectra_are_of_the_layer_and_direction_looked_at),
        CASE(the_jacobians_norm_is_the_state_norm_of_one_step),
        CASE(pairs_are_written_for_all_time_steps),
    };
    return cmocka_run_group_tests_name("jobs", tests, open_fonts, close_fonts);
}
