// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <string.h>

#include "nn/cells.h"
#include "null_platform.h"
#include "views/views.h"

// Every line that a view offers is carried out, each from the same moment.
enum { WIDTH = 900, HEIGHT = 600, WHOLE_SCREEN = -1 };

static Fonts *fonts;
static App app;
static NullWorld world;

static const char *const moments[] = {"train 2",
                                      "train 2; op -15; grain op",
                                      "train 2; select 2 1; bars linear; grain update",
                                      "train 2; fold on",
                                      "compare cells; train 2; step -3",
                                      "compare clip off norm; match weights; seeds 3; train 1; bars linear"};

static void go_to(const char *cell, const char *moment)
{
    char line[256];
    app_stop(&app); // closes what the link before has opened
    app_stop(&app);
    snprintf(line, sizeof line, "reset; set T 4; set hidden 3; set cell %s; %s", cell, moment);
    null_say(&app, line);
}

static void carry_out(const char *cell, const char *moment, const char *line)
{
    Err err;
    go_to(cell, moment);
    if (!app_do(&app, line, &err) || !app_finish(&app, &err))
        fail_msg("%s, %s: %s: %s", cell, moment, line, err.text);
}

// Copied, for the next picture is drawn into the same arena.
static int collect_lines(const DrawList *list, Arena *arena, const char **lines, int most)
{
    int count = 0;
    for (int i = 0; i < list->count && count + 3 < most; i++) {
        const Hot *hot = list->shapes[i].kind == SHAPE_HOT ? list->shapes[i].hot : NULL;
        if (hot && hot->press)
            lines[count++] = arena_print(arena, "%s", hot->press);
        for (int end = 0; hot && hot->drag && end < 2; end++) {
            const char *value = strstr(hot->drag, "%s");
            lines[count++] = arena_print(arena, "%.*s%g%s", (int)(value - hot->drag), hot->drag,
                                         end ? hot->high : hot->low, value + 2);
        }
    }
    return count;
}

static int carry_out_all(const char *cell, const char *moment, int view)
{
    enum { MOST = 2000 };
    const char *lines[MOST];
    Arena arena = arena_make(1 << 14);
    DrawList list;
    go_to(cell, moment);
    app_draw(&app, view == WHOLE_SCREEN ? 1440 : WIDTH, view == WHOLE_SCREEN ? 900 : HEIGHT, view, &list);
    int count = collect_lines(&list, &arena, lines, MOST);
    for (int i = 0; i < count; i++)
        if (strcmp(lines[i], "quit") != 0)
            carry_out(cell, moment, lines[i]);
    arena_free(&arena);
    return count;
}

static void every_link_of_every_view_can_be_followed(void **state)
{
    (void)state;
    for (int view = WHOLE_SCREEN; view < 0 || views[view]; view++)
        for (int cell = 0; cell_types[cell]; cell++) {
            int links = 0;
            for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
                go_to(cell_types[cell]->name, moments[m]);
                Snapshot snapshot = snapshot_make(&app.session.runs[0], 0, false);
                if (view < 0 || !views[view]->applies || views[view]->applies(&snapshot))
                    links += carry_out_all(cell_types[cell]->name, moments[m], view);
            }
            if (view < 0)
                assert_true(links > 100);
        }
}

static int start(void **state)
{
    Err err;
    (void)state;
    fonts = fonts_open(&err);
    if (!fonts)
        return -1;
    null_start(&app, &world, fonts);
    app.platform.lessons = SOURCE_DIR "/lessons";
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_free(&app);
    fonts_close(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_link_of_every_view_can_be_followed)};
    return cmocka_run_group_tests(tests, start, end);
}
