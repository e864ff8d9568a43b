#include "app/topbar.h"

#include <string.h>

static const Measure BRAND = {70, 84}, TASK_WIDTH = {104, 196}, TASK_BESIDE = {80, 196}, SPACE = {8, 16},
                     CELL_WIDTH = {46, 60}, OTHER_WIDTH = {85, 144}, LESSONS_WIDTH = {60, 79}, COMPARE_WIDTH = {64, 87},
                     EXPORT_WIDTH = {30, 70};

enum { BUTTON_HEIGHT = 29, BUTTON_GAP = 2, BESIDE_CELLS = 6, BESIDE_WORDS = 34, CELLS_SHOWN = 3 };

float topbar_measure(const Bar *bar, Measure m)
{
    return m.least + (m.reference - m.least) * bar->wide;
}

const Setup *topbar_setup(const Bar *bar)
{
    return &bar->app->session.runs[0].setup;
}

Rect topbar_take(const Bar *bar, float *x, float width, float gap)
{
    Rect area = {*x, bar->y, width, BUTTON_HEIGHT};
    *x += width + gap;
    return area;
}

// ---- left: what is trained ------------------------------------------------------------------------------------
static bool other_cell(const Bar *bar)
{
    return topbar_setup(bar)->cell >= CELLS_SHOWN;
}

// Another cell's name takes room.
static float task_width(const Bar *bar)
{
    return topbar_measure(bar, other_cell(bar) ? TASK_BESIDE : TASK_WIDTH);
}

// The task, or the lesson that is open, in whose place one chooses another.
static void draw_choice(const Bar *bar, float *x)
{
    Rect area = topbar_take(bar, x, task_width(bar), topbar_measure(bar, SPACE));
    bool lesson = lesson_shown(bar->app);
    const char *name = lesson ? "lesson" : "task";
    const char *text = lesson ? bar->app->lesson.title : setup_task(topbar_setup(bar))->title;
    button_sign(bar->out, area,
                (Button){.name = name,
                         .text = text,
                         .line = lesson ? "open lessons" : "open choice task",
                         .tip = lesson ? "Another lesson" : setup_task(topbar_setup(bar))->what},
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

// Where its title has no room, as it is typed.
static const char *cell_text(const CellType *cell, float width, DrawList *out)
{
    return draw_width(out, TYPE_STRONG, cell->title) <= width ? cell->title : cell->name;
}

// PyTorch's three, and a list of all.
static void draw_cells(const Bar *bar, float *x)
{
    DrawList *out = bar->out;
    const CellType *cell = cell_types[topbar_setup(bar)->cell];
    for (int i = 0; i < CELLS_SHOWN; i++) {
        const char *line = draw_print(out, "set cell %s", cell_types[i]->name);
        button_segment(out, topbar_take(bar, x, topbar_measure(bar, CELL_WIDTH), BUTTON_GAP),
                       (Button){.name = draw_print(out, "cell %s", cell_types[i]->name),
                                .text = cell_types[i]->title,
                                .line = line,
                                .tip = tip_of(out, cell_types[i]->paper, line),
                                .chosen = !lanes_shown(bar->app) && topbar_setup(bar)->cell == i,
                                .ink = cell_ink(cell_types[i]->name)});
    }
    bool other = other_cell(bar);
    Rect area = topbar_take(bar, x, topbar_measure(bar, other ? OTHER_WIDTH : TOPBAR_SMALL), BUTTON_GAP);
    button_sign(out, area,
                (Button){.name = "cells",
                         .text = other ? cell_text(cell, area.w - BESIDE_WORDS, out) : NULL,
                         .line = "open choice cell",
                         .tip = other ? cell->paper : "Other cells",
                         .chosen = other,
                         .ink = INK_RUN_OTHER},
                SIGN_DOWN);
}

static float left_width(const Bar *bar)
{
    bool other = other_cell(bar);
    return task_width(bar) + topbar_measure(bar, SPACE) + CELLS_SHOWN * (topbar_measure(bar, CELL_WIDTH) + BUTTON_GAP) +
           topbar_measure(bar, other ? OTHER_WIDTH : TOPBAR_SMALL) + BUTTON_GAP + BESIDE_CELLS +
           topbar_measure(bar, COMPARE_WIDTH);
}

static void draw_compare(const Bar *bar, float *x)
{
    bool comparing = lanes_shown(bar->app);
    *x += BESIDE_CELLS;
    button(bar->out, topbar_take(bar, x, topbar_measure(bar, COMPARE_WIDTH), 0),
           (Button){.name = "compare",
                    .text = "Compare",
                    .line = "open compare",
                    .tip = "several networks on the same data: other cells, or one setting varied",
                    .chosen = comparing,
                    .ink = INK_ACTIVE});
}

// ---- right: help and looks ------------------------------------------------------------------------------------
enum { SMALL = 30, SCALE_WIDTH = 37, RIGHT_GAP = 6 };

static float right_width(const Bar *bar)
{
    return topbar_measure(bar, LESSONS_WIDTH) + topbar_measure(bar, EXPORT_WIDTH) + SCALE_WIDTH + 2 * SMALL +
           4 * RIGHT_GAP;
}

// Its word where there is room for it.
static void draw_export(const Bar *bar, float *x)
{
    enum { WORD = 58 };
    DrawList *out = bar->out;
    Rect area = topbar_take(bar, x, topbar_measure(bar, EXPORT_WIDTH), RIGHT_GAP);
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
    button(out, topbar_take(bar, &x, topbar_measure(bar, LESSONS_WIDTH), RIGHT_GAP),
           (Button){.name = "lessons", .text = "Lessons", .line = "open lessons", .tip = "guided lessons"});
    draw_export(bar, &x);
    button(out, topbar_take(bar, &x, SCALE_WIDTH, RIGHT_GAP),
           (Button){.name = "scale", .text = "Aa", .line = "open choice scale", .tip = "size of everything"});
    button_sign(
        out, topbar_take(bar, &x, SMALL, RIGHT_GAP),
        (Button){.name = "theme", .line = theme, .tip = tip_of(out, dark ? "light theme" : "dark theme", theme)},
        SIGN_THEME);
    button(out, topbar_take(bar, &x, SMALL, 0),
           (Button){.name = "keys", .text = "?", .line = "open keys", .tip = tip_of(out, "all keys", "open keys")});
}

// From left to right, for in that order the keyboard goes through the controls. Where there is little room, the
// program's name is left out.
void topbar_draw(App *app, Rect area, DrawList *out)
{
    const float least = SCREEN_LEAST_WIDTH, reference = 1440;
    float wide = (area.w - least) / (reference - least);
    Bar bar = {app, out, wide < 0 ? 0 : wide > 1 ? 1 : wide, area.y + (area.h - BUTTON_HEIGHT) / 2};
    float edge = topbar_measure(&bar, TOPBAR_EDGE), space = topbar_measure(&bar, SPACE),
          brand = topbar_measure(&bar, BRAND), x = edge;
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
    transport_draw(&bar, middle > most_x ? most_x : middle < least_x ? least_x : middle);
    draw_right(&bar, right);
}
