#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench_engine.h"
#include "platform/platform.h"

// Measures, as JSON lines: `bench frames`, and `bench engine` as bench_engine.h tells. A benchmark is a program, not a
// test: what it prints is compared with a peer measured in the same run, never asserted.
enum { PICTURES = 400, WIDTH = 1440, HEIGHT = 900 };

static const double SECONDS = 3; // of each stretch

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int stop(const char *text)
{
    fprintf(stderr, "bench: %s\n", text);
    return 1;
}

static long updates_done(const App *app)
{
    return app->session.runs[0].done;
}

// ---- a program without its main ---------------------------------------------------------------------------------
typedef struct {
    Files files;
    App app;
    Options options;
} Whole;

static bool begin(Whole *program, const char *lines, Err *err)
{
    memset(program, 0, sizeof *program);
    Platform platform = files_platform(&program->files, false);
    program->options = (Options){.width = WIDTH, .height = HEIGHT};
    if (!app_start(&program->app, &platform, NULL, err))
        return false;
    program->app.width = WIDTH;
    program->app.height = HEIGHT;
    program->app.fonts = files_fonts(&program->files, err);
    app_say(&program->app, lines, NULL);
    return program->app.fonts != NULL;
}

static void end(Whole *program)
{
    app_free(&program->app);
    files_close(&program->files);
}

// ---- the cost of a picture ----------------------------------------------------------------------------------------
static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool picture_cost(const char *name, const char *lines, Err *err)
{
    Whole program;
    double cost[PICTURES];
    Picture picture = picture_make(WIDTH, HEIGHT);
    bool fine = begin(&program, lines, err) && app_finish(&program.app, err);
    for (int i = 0; fine && i < PICTURES; i++) {
        DrawList list;
        fine = app_do(&program.app, "train 1; play", err) && app_finish(&program.app, err);
        double from = now();
        app_draw(&program.app, WIDTH, HEIGHT, -1, &list);
        paint(program.files.painter, &list, app_theme(&program.app), 1, &picture);
        cost[i] = 1e3 * (now() - from);
    }
    qsort(cost, PICTURES, sizeof *cost, by_size);
    if (fine)
        printf("{\"bench\":\"%s\",\"width\":%d,\"height\":%d,\"median_ms\":%.2f,\"p95_ms\":%.2f,\"worst_ms\":%.2f}\n",
               name, WIDTH, HEIGHT, cost[PICTURES / 2], cost[PICTURES * 95 / 100], cost[PICTURES - 1]);
    picture_free(&picture);
    end(&program);
    return fine;
}

// ---- headless training ----------------------------------------------------------------------------------------------
static bool headless_updates(double *rate, Err *err)
{
    Whole program;
    bool fine = begin(&program, "", err);
    double from = now();
    while (fine && now() - from < SECONDS)
        fine = app_do(&program.app, "train 100", err) && app_finish(&program.app, err);
    *rate = (double)updates_done(&program.app) / (now() - from);
    end(&program);
    return fine;
}

// ---- the window ---------------------------------------------------------------------------------------------------
typedef enum { WARM, TRAINING, SETTLING, PAUSED } Stretch;

typedef struct {
    Stretch stretch;
    double since, cpu;
    long frames, updates;
    double frames_per_second, updates_per_second, paused_share;
} Watch;

static void next_stretch(Watch *watch, const App *app)
{
    watch->stretch++;
    watch->since = now();
    watch->cpu = cpu_seconds();
    watch->frames = app->frames;
    watch->updates = updates_done(app);
}

static void watch_frame(void *context, App *app)
{
    Watch *watch = context;
    double passed = now() - watch->since;
    if (passed < (watch->stretch == WARM || watch->stretch == SETTLING ? 1 : SECONDS))
        return;
    if (watch->stretch == TRAINING) {
        watch->frames_per_second = (double)(app->frames - watch->frames) / passed;
        watch->updates_per_second = (double)(updates_done(app) - watch->updates) / passed;
        app_say(app, "pause", NULL);
    } else if (watch->stretch == PAUSED) {
        watch->paused_share = (cpu_seconds() - watch->cpu) / passed;
        app->quit = true;
    }
    next_stretch(watch, app);
}

static bool window_watched(const char *lines, Watch *watch, Err *err)
{
    Whole program;
    *watch = (Watch){.since = now()};
    bool fine = begin(&program, lines, err);
    program.options.watch = watch_frame;
    program.options.watcher = watch;
    fine = fine && window_run(&program.app, program.files.painter, &program.options, err);
    end(&program);
    return fine;
}

static bool window_rates(double headless, Err *err)
{
    Watch one, three;
    if (!window_watched("set speed 0; play", &one, err) ||
        !window_watched("set T 50; set hidden 32; compare cells; set speed 0; play", &three, err))
        return false;
    printf("{\"bench\":\"window\",\"frames_per_second\":%.1f,\"updates_per_second\":%.0f,"
           "\"headless_updates_per_second\":%.0f,\"ratio\":%.2f,\"paused_share_of_a_core\":%.4f}\n",
           one.frames_per_second, one.updates_per_second, headless, one.updates_per_second / headless,
           one.paused_share);
    printf("{\"bench\":\"window of three runs\",\"frames_per_second\":%.1f,\"updates_per_second\":%.0f}\n",
           three.frames_per_second, three.updates_per_second);
    return true;
}

// ---- the first picture: a process of its own, from its start to its picture on the screen
// -----------------------------
static void watch_first(void *context, App *app)
{
    (void)context;
    if (app->frames == 0)
        return;
    printf("%.9f\n", now());
    app->quit = true;
}

static int show_first(void)
{
    Whole program;
    Err err;
    if (!begin(&program, "play", &err))
        return stop(err.text);
    program.options.watch = watch_first;
    bool fine = window_run(&program.app, program.files.painter, &program.options, &err);
    end(&program);
    return fine ? 0 : stop(err.text);
}

static bool first_picture(const char *self, Err *err)
{
    char command[1200], line[64] = "";
    double times[5];
    snprintf(command, sizeof command, "'%s' first", self);
    for (int i = 0; i < 5; i++) {
        double from = now();
        FILE *child = popen(command, "r");
        bool read = child && fgets(line, sizeof line, child);
        if (!child || pclose(child) != 0 || !read)
            return refuse(err, "the first picture could not be measured");
        times[i] = 1e3 * (atof(line) - from);
    }
    qsort(times, 5, sizeof *times, by_size);
    printf("{\"bench\":\"first_picture\",\"median_ms\":%.0f,\"worst_ms\":%.0f}\n", times[2], times[4]);
    return true;
}

static int bench_frames(const char *self)
{
    Err err;
    double headless;
    bool fine = first_picture(self, &err) && picture_cost("picture", "play", &err) &&
                picture_cost("picture of three runs", "set T 50; set hidden 32; compare cells; play", &err) &&
                headless_updates(&headless, &err) && window_rates(headless, &err);
    return fine ? 0 : stop(err.text);
}

int main(int count, char **arguments)
{
    if (count == 2 && !strcmp(arguments[1], "frames"))
        return bench_frames(arguments[0]);
    if (count == 2 && !strcmp(arguments[1], "first"))
        return show_first();
    if (count >= 2 && !strcmp(arguments[1], "engine"))
        return bench_engine(count - 2, arguments + 2);
    return stop("usage: bench frames   (where there is no display: xvfb-run -s '-screen 0 1920x1200x24' bench frames)\n"
                "       bench engine [--cell C] [--X n] [--H n] [--T n] [--B n] [--seconds s] [--set S]");
}
