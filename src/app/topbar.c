#include "app/screen.h"

#include <string.h>

// Lengths at the least and at the reference width; between them they grow with the window.
typedef struct {
    float least, reference;
} Measure;

static const Measure EDGE = {16, 20}, BRAND = {70, 84}, TASK_WIDTH = {120, 196}, SPACE = {8, 16}, CELL_WIDTH = {46, 60},
                     OTHER_WIDTH = {60, 128}, STRIDE_WIDTH = {78, 92}, SPEED_WIDTH = {38, 84}, SMALL_WIDTH = {30, 34},
                     PLAY_WIDTH = {42, 49}, LESSONS_WIDTH = {60, 79}, COMPARE_WIDTH = {64, 87}, EXPORT_WIDTH = {30, 70};

enum { BUTTON_HEIGHT = 29, BUTTON_GAP = 2, BESIDE_CELLS = 6, SPEED_TEXT = 46, CELLS_SHOWN = 3 };

typedef struct {
    App *app;
    DrawList *out;
    float wide; // 0 at the least width, 1 at the reference width and above
    float y;    // of the buttons
} Bar;

static float measure(const Bar *bar, Measure m)
{
    return m.least + (m.reference - m.least) * bar->wide;
}

static const Setup *setup_of(const Bar *bar)
{
    return &bar->app->session.runs[0].setup;
}

static Rect take(const Bar *bar, float *x, float width, float gap)
{
    Rect area = {*x, bar->y, width, BUTTON_HEIGHT};
    *x += width + gap;
    return area;
}

// ---- left: what is trained ------------------------------------------------------------------------------------
// The task, or the lesson that is open, in whose place one chooses another.
static void draw_choice(const Bar *bar, float *x)
{
    Rect area = take(bar, x, measure(bar, TASK_WIDTH), measure(bar, SPACE));
    bool lesson = lesson_shown(bar->app);
    const char *name = lesson ? "lesson" : "task";
    const char *text = lesson ? bar->app->lesson.title : setup_task(setup_of(bar))->title;
    button_sign(bar->out, area,
                (Button){.name = name,
                         .text = text,
                         .line = lesson ? "open lessons" : "open choice task",
                         .tip = lesson ? "Another lesson" : setup_task(setup_of(bar))->what},
                SIGN_DOWN);
}

static Ink cell_ink(const char *cell)
{
    static const struct {
        const char *cell;
        Ink ink;
    } inks[] = {{"rnn", INK_RUN_RNN}, {"lstm", INK_RUN_LSTM}, {"gru", INK_RUN_GRU}, {NULL, INK_RUN_OTHER}};
    int i = 0;
    while (inks[i].cell && strcmp(inks[i].cell, cell))
        i++;
    return inks[i].ink;
}

// PyTorch's three, and a list of all.
static void draw_cells(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    const CellType *cell = cell_types[setup_of(bar)->cell];
    for (int i = 0; i < CELLS_SHOWN; i++) {
        const char *line = draw_print(out, "set cell %s", cell_types[i]->name);
        button_segment(out, take(bar, x, measure(bar, CELL_WIDTH), BUTTON_GAP),
                       (Button){.name = draw_print(out, "cell %s", cell_types[i]->name),
                                .text = cell_types[i]->title,
                                .line = line,
                                .tip = tip_of(out, cell_types[i]->paper, line),
                                .chosen = !lanes_shown(bar->app) && setup_of(bar)->cell == i,
                                .ink = cell_ink(cell_types[i]->name)});
    }
    bool other = setup_of(bar)->cell >= CELLS_SHOWN;
    button_sign(out, take(bar, x, measure(bar, other ? OTHER_WIDTH : SMALL_WIDTH), BUTTON_GAP),
                (Button){.name = "cells",
                         .text = other ? cell->title : NULL,
                         .line = "open choice cell",
                         .tip = other ? cell->paper : "Other cells",
                         .chosen = other,
                         .ink = INK_RUN_OTHER},
                SIGN_DOWN);
}

static float left_width(const Bar *bar)
{
    bool other = setup_of(bar)->cell >= CELLS_SHOWN;
    return measure(bar, TASK_WIDTH) + measure(bar, SPACE) + CELLS_SHOWN * (measure(bar, CELL_WIDTH) + BUTTON_GAP) +
           measure(bar, other ? OTHER_WIDTH : SMALL_WIDTH) + BUTTON_GAP + BESIDE_CELLS + measure(bar, COMPARE_WIDTH);
}

static void draw_compare(const Bar *bar, float *x)
{
    bool comparing = lanes_shown(bar->app);
    *x += BESIDE_CELLS;
    button(bar->out, take(bar, x, measure(bar, COMPARE_WIDTH), 0),
           (Button){.name = "compare",
                    .text = "Compare",
                    .line = "open compare",
                    .tip = "several networks on the same data: other cells, or one setting varied",
                    .chosen = comparing,
                    .ink = INK_ACTIVE});
}

// ---- middle: transport ----------------------------------------------------------------------------------------
static const char *const stride_words[STRIDES] = {"operation", "time step", "update"};

typedef struct {
    const char *name, *what;
    const char *line;
    bool by_stride;
    Sign sign;
} Step;

// clang-format off
static const Step steps_back[] = {
    { "update back",    "back an update",    "update -1", false, SIGN_FIRST },
    { "back",           "back one",          "go -1",     true,  SIGN_BACK },
};
static const Step steps_on[] = {
    { "forward",        "on one",            "go 1",      true,  SIGN_NEXT },
    { "update forward", "on an update",      "update 1",  false, SIGN_LAST },
};
// clang-format on

static void draw_steps(const Bar *bar, const Step steps[2], float *x)
{
    DrawList *out = bar->out;
    Stride stride = bar->app->stride;
    for (int i = 0; i < 2; i++) {
        const char *line = steps[i].line;
        const char *what =
            steps[i].by_stride ? draw_print(out, "%s %s", steps[i].what, stride_words[stride]) : steps[i].what;
        button_sign(out, take(bar, x, measure(bar, SMALL_WIDTH), BUTTON_GAP),
                    (Button){.name = steps[i].name,
                             .line = line,
                             .tip = tip_of(out, draw_print(out, "%s; hold it down to go on", what), line),
                             .repeats = true},
                    steps[i].sign);
    }
}

#define SPEED_LEAST 0.1 // on the slider: an update in ten seconds, through all its time steps

static void draw_play(const Bar *bar, float *x)
{
    bool playing = bar->app->playing;
    const char *line = playing ? "pause" : "play";
    button_sign(bar->out, take(bar, x, measure(bar, PLAY_WIDTH), BUTTON_GAP),
                (Button){.name = "play",
                         .line = line,
                         .tip = playing ? tip_of(bar->out, "pause", line)
                                        : draw_print(bar->out, "%s\n%s", tip_of(bar->out, "train", line),
                                                     tip_of(bar->out, "slowly, step by step", "toggle slow")),
                         .chosen = true,
                         .ink = INK_ACTIVE},
                playing ? SIGN_PAUSE : SIGN_PLAY);
}

static void draw_stride(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    Rect area = take(bar, x, measure(bar, STRIDE_WIDTH), 0);
    uint32_t id = hot_id("stride");
    draw_text(out, INK_SOFT, TYPE_CAPTION, area.x, area.y + 11, ALIGN_LEFT, "step");
    draw_textf(out, out->hover == id ? INK_SOFT : INK_TEXT, TYPE_STRONG, area.x, area.y + 27, ALIGN_LEFT, "%s ▾",
               stride_words[bar->app->stride]);
    focus_ring(out, id, area);
    draw_hot(out, (Hot){.id = id,
                        .area = area,
                        .press = "open choice stride",
                        .tip = "how far the step buttons and arrow keys go",
                        .pointed = {0, NONE, NONE},
                        .focusable = true});
}

// While it plays slowly the speed is another setting.
static Slider speed_slider(const Bar *bar, const Setting *setting, double value)
{
    bool slow = bar->app->playing && bar->app->slow, full = value <= 0;
    return (Slider){.name = "speed",
                    .drag = draw_print(bar->out, "set %s %%s", setting->name),
                    .tip = slow ? "time steps or operations a second while playing slowly"
                                : "updates a second while playing",
                    .value = full ? setting->high : value,
                    .low = slow ? setting->low : SPEED_LEAST,
                    .high = setting->high,
                    .logarithmic = true,
                    .ink = INK_ACTIVE};
}

// The number beside the slider switches between full speed and the setting's own default.
static Button speed_button(const Bar *bar, const Setting *setting, double value, char text[SETTING_TEXT])
{
    bool slow = bar->app->playing && bar->app->slow, full = value <= 0;
    const char *usual = setting_text(setting, setting->initial, text);
    const char *line = draw_print(bar->out, "set %s %s", setting->name, full || slow ? usual : "0");
    return (Button){.name = "full speed",
                    .text = draw_print(bar->out, "%s", setting_show(setting, value, text)),
                    .line = line,
                    .tip = full || slow ? "back to the ordinary speed" : "as fast as it goes",
                    .ink = INK_TEXT};
}

static void draw_speed(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    Err err;
    char text[SETTING_TEXT];
    bool slow = bar->app->playing && bar->app->slow;
    const Setting *setting = setting_find(slow ? "pace" : "speed", &err);
    double value = setting_get(setup_of(bar), setting);
    Rect area = take(bar, x, measure(bar, SPEED_WIDTH), 10);
    draw_text(out, INK_SOFT, TYPE_CAPTION, area.x, area.y + 11, ALIGN_LEFT, setting->label);
    slider_track(out, (Rect){area.x, area.y + 15, area.w, 16}, speed_slider(bar, setting, value));
    text_button(out, TYPE_STRONG, *x, area.y + 27, ALIGN_LEFT, speed_button(bar, setting, value, text));
    *x += SPEED_TEXT;
}

static float transport_width(const Bar *bar)
{
    return 4 * measure(bar, SMALL_WIDTH) + measure(bar, PLAY_WIDTH) + 5 * BUTTON_GAP + measure(bar, EDGE) +
           measure(bar, STRIDE_WIDTH) + measure(bar, SPEED_WIDTH) + 10 + SPEED_TEXT;
}

static void draw_transport(const Bar *bar, float x)
{
    draw_steps(bar, steps_back, &x);
    draw_play(bar, &x);
    draw_steps(bar, steps_on, &x);
    x += measure(bar, EDGE) - 8;
    draw_stride(bar, &x);
    draw_speed(bar, &x);
}

// ---- right: help and looks ------------------------------------------------------------------------------------
enum { SMALL = 30, SCALE_WIDTH = 37, RIGHT_GAP = 6 };

static float right_width(const Bar *bar)
{
    return measure(bar, LESSONS_WIDTH) + measure(bar, EXPORT_WIDTH) + SCALE_WIDTH + 2 * SMALL + 4 * RIGHT_GAP;
}

// Its word where there is room for it.
static void draw_export(const Bar *bar, float *x)
{
    enum { WORD = 58 };
    DrawList *out = bar->out;
    Rect area = take(bar, x, measure(bar, EXPORT_WIDTH), RIGHT_GAP);
    Button face = {.name = "export",
                   .line = "open choice export",
                   .tip = tip_of(out, "save pictures and numbers; a picture of the window", "export png")};
    if (area.w >= WORD) {
        face.text = "Export";
        button(out, area, face);
    } else {
        button_sign(out, area, face, SIGN_SAVE);
    }
}

static void draw_right(const Bar *bar, float x)
{
    DrawList *out = bar->out;
    bool dark = bar->app->dark;
    const char *theme = dark ? "theme light" : "theme dark";
    button(out, take(bar, &x, measure(bar, LESSONS_WIDTH), RIGHT_GAP),
           (Button){.name = "lessons", .text = "Lessons", .line = "open lessons", .tip = "guided lessons"});
    draw_export(bar, &x);
    button(out, take(bar, &x, SCALE_WIDTH, RIGHT_GAP),
           (Button){.name = "scale", .text = "Aa", .line = "open choice scale", .tip = "size of everything"});
    button_sign(
        out, take(bar, &x, SMALL, RIGHT_GAP),
        (Button){.name = "theme", .line = theme, .tip = tip_of(out, dark ? "light theme" : "dark theme", theme)},
        SIGN_THEME);
    button(out, take(bar, &x, SMALL, 0),
           (Button){.name = "keys", .text = "?", .line = "open keys", .tip = tip_of(out, "all keys", "open keys")});
}

// From left to right, for in that order the keyboard goes through the controls. Where there is little room, the
// program's name is left out.
void topbar_draw(App *app, Rect area, DrawList *out)
{
    const float least = SCREEN_LEAST_WIDTH, reference = 1440;
    float wide = (area.w - least) / (reference - least);
    Bar bar = {app, out, wide < 0 ? 0 : wide > 1 ? 1 : wide, area.y + (area.h - BUTTON_HEIGHT) / 2};
    float edge = measure(&bar, EDGE), space = measure(&bar, SPACE), brand = measure(&bar, BRAND), x = edge;
    float width = transport_width(&bar), right = area.w - edge - right_width(&bar), most_x = right - space - width;
    draw_rect(out, INK_PANEL, area, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){area.x, area.y + area.h - 1, area.w, 1}, 0);
    if (x + brand + left_width(&bar) + space <= most_x) {
        draw_text(out, INK_TEXT, TYPE_BRAND, x, area.y + 33, ALIGN_LEFT, "unroll");
        x += brand;
    }
    draw_choice(&bar, &x);
    draw_cells(&bar, &x);
    draw_compare(&bar, &x);
    float middle = area.w * 0.59f - width / 2, least_x = x + space; // the play button in the window's middle
    draw_transport(&bar, middle > most_x ? most_x : middle < least_x ? least_x : middle);
    draw_right(&bar, right);
}
