#include "app/hints.h"

#include <string.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/do.h"
#include "app/screen.h"

// clang-format off
static const struct {
    const char *line; // whose key is named first, or NULL
    const char *words;
    const char *hot;  // it points at, or
    const char *view; // into which
    const char *done[4]; // lines that begin so have done it
} hints[] = {
    { "play", "plays and pauses: the network trains while you watch.",
      .hot = "play", .done = { "play", "pause" } },
    { "go 1", "goes on by one step, forward in blue, back through time in vermilion; the other arrow goes back.",
      .hot = "forward", .done = { "go ", "step ", "op ", "update " } },
    { NULL, "Point at any number, bar or arrow: it says what it is and where it comes from. A press keeps that in sight, Escape takes it away.",
      .view = "gradient", .done = { "tip", "pin" } },
};
// clang-format on
enum { HINTS = sizeof hints / sizeof *hints };

static const char FILE_NAME[] = "hints", SEEN[] = "seen\n";

static void next(App *app)
{
    app->hint = app->hint < HINTS ? app->hint + 1 : 0;
    app->changed = true;
}

// ---- once -------------------------------------------------------------------------------------------------------
void hints_first_start(App *app)
{
    const Platform *platform = &app->platform;
    Arena scratch = arena_make(1 << 8);
    char *text;
    Err err;
    bool seen = !platform->recall || platform->recall(platform->context, FILE_NAME, &scratch, &text);
    if (!seen) {
        app->hint = 1;
        if (!platform->keep(platform->context, FILE_NAME, SEEN, &err))
            app_tell(app, false, arena_print(&scratch, "the hints will come again next time: %s", err.text));
    }
    arena_free(&scratch);
}

void hints_hear(App *app, const char *line)
{
    if (app->hint == 0 || app->frames == 0) // before the first picture nobody has read one
        return;
    for (int i = 0; i < 4 && hints[app->hint - 1].done[i]; i++)
        if (strncmp(line, hints[app->hint - 1].done[i], strlen(hints[app->hint - 1].done[i])) == 0) {
            next(app);
            return;
        }
}

bool do_hints(App *app, const Words *words, Err *err)
{
    (void)err;
    if (argument_is(words, 1, "next") && app->hint > 0)
        next(app);
    else
        app->hint = argument_is(words, 1, "on") ? 1 : 0;
    return true;
}

// ---- the picture ------------------------------------------------------------------------------------------------
enum { WIDTH = 290, EDGE = 14, LINE = 19, BUTTON = 26, POINTER = 9, AWAY = 6 };

static bool find_hot(const DrawList *out, const char *name, Rect *area)
{
    for (int i = 0; i < out->count; i++)
        if (out->shapes[i].kind == SHAPE_HOT && out->shapes[i].hot->id == hot_id(name)) {
            *area = out->shapes[i].hot->area;
            return true;
        }
    return false;
}

// The middle of a view, where its numbers are.
static bool find_view(const App *app, const char *name, Rect window, Rect *area)
{
    ScreenLayout layout = screen_layout(app, (int)window.w, (int)window.h);
    for (int i = 0; i < layout.card_count; i++) {
        Rect card = layout.cards[i].area;
        if (strcmp(layout.cards[i].view->name, name) == 0) {
            *area = (Rect){card.x + card.w / 2, card.y + card.h * 0.4f, 1, card.h * 0.2f};
            return true;
        }
    }
    return false;
}

static float within(float at, float low, float high)
{
    return at > high ? high : at < low ? low : at;
}

// Below what it is about, or above where there is no room.
static void draw_pointer(Rect box, Rect about, bool below, DrawList *out)
{
    float x = within(about.x + about.w / 2, box.x + EDGE, box.x + box.w - EDGE);
    float base = below ? box.y + 1 : box.y + box.h - 1, tip = below ? box.y - POINTER : box.y + box.h + POINTER;
    draw_polygon(out, INK_FOCUS, (Point[]){{x - POINTER, base}, {x, tip}, {x + POINTER, base}}, 3);
}

static void draw_buttons(const App *app, Rect row, DrawList *out)
{
    bool last = app->hint == HINTS;
    draw_textf(out, INK_FAINT, TYPE_CAPTION, row.x, row.y + 17, ALIGN_LEFT, "%d of %d", app->hint, HINTS);
    Rect right = rect_cut_right(&row, 64);
    button(out, right,
           (Button){.name = "hint next",
                    .text = last ? "Done" : "Next",
                    .line = "hints next",
                    .tip = last ? "this was the last one" : "the next hint"});
    rect_cut_right(&row, 6);
    if (!last)
        button(out, rect_cut_right(&row, 74),
               (Button){.name = "hints off",
                        .text = "No hints",
                        .line = "hints off",
                        .tip = tip_of(out, "hints on brings them back", "stop")});
}

void hints_draw(App *app, Rect window, DrawList *out)
{
    Rect about;
    bool there = app->hint > 0 && app->popup == POPUP_NONE && !app->present;
    if (there && hints[app->hint - 1].hot)
        there = find_hot(out, hints[app->hint - 1].hot, &about);
    else if (there)
        there = find_view(app, hints[app->hint - 1].view, window, &about);
    if (!there)
        return;
    const char *line = hints[app->hint - 1].line, *key = line ? key_of_line(line) : NULL;
    const char *words =
        draw_print(out, "%s%s%s", key ? key_shown(out, key) : "", key ? " " : "", hints[app->hint - 1].words);
    Rect box = {0, 0, WIDTH, 0}, text = {0, 0, WIDTH - 2 * EDGE, 0};
    box.h = paragraph(out, INKS, TYPE_BODY, text, LINE, words) + BUTTON + 2 * EDGE + 8;
    bool below = about.y + about.h + AWAY + POINTER + box.h < window.h - EDGE;
    box.y = below ? about.y + about.h + AWAY + POINTER : about.y - AWAY - POINTER - box.h;
    box.x = (float)(int)within(about.x + about.w / 2 - box.w / 2, EDGE, window.w - box.w - EDGE);
    draw_pointer(box, about, below, out);
    draw_rect(out, INK_CARD, box, 8);
    draw_frame(out, INK_FOCUS, box, 8, 2);
    draw_hot(out, (Hot){.id = hot_id("hint"), .area = box, .pointed = {0, NONE, NONE}}); // nothing behind is pressed
    Rect inside = rect_inset(box, EDGE);
    draw_buttons(app, rect_cut_bottom(&inside, BUTTON), out);
    paragraph(out, INK_TEXT, TYPE_BODY, inside, LINE, words);
}
