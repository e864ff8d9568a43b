#include "app/screen.h"

#include "app/commands.h"
#include "app/job.h"
#include "app/play.h"
#include "app/undo.h"
#include "base/words.h"

// What the keys at the right say: the line whose key it is, and a word for it. The last is always shown; of the
// others as many as fit.
typedef struct {
    const char *lines[3];
    const char *word;
} Hint;

// clang-format off
static const Hint training_hints[] = {
    { { "play" },                                           "play" },
    { { "go 1" },                                           "step" },
    { { "go -1" },                                          "back" },
    { { "set cell rnn", "set cell lstm", "set cell gru" },  "cell" },
    { { "toggle compare" },                                 "compare" },
    { { "toggle clip" },                                    "clip" },
    { { "open keys" },                                      "all keys" },
    { { NULL }, NULL },
};
static const Hint lesson_hints[] = {
    { { "go 1" },       "step" },
    { { "page next" },  "next page" },
    { { "play" },       "play" },
    { { "open keys" },  "all keys" },
    { { NULL }, NULL },
};
// clang-format on

static const float HINTS_PART = 0.31f; // of a narrow window

enum {
    HINTS_WIDTH = 408,
    LABEL_WIDTH = 112,
    EDGE = 20,
    SPACE = 20,
    SCRUBBER_LEAST = 200,
    MESSAGE_LINE = 17,
    UNDO_WIDTH = 28,
    UNDO_HEIGHT = 24
};

// ---- right: a message, what is being worked on, or the keys ------------------------------------------------------
static const char *hint_text(DrawList *out, const Hint *hint)
{
    const char *text = "";
    for (int i = 0; i < 3 && hint->lines[i]; i++) {
        const char *key = key_of_line(hint->lines[i]);
        text = key ? draw_print(out, "%s%s ", text, key_shown(out, key)) : text;
    }
    return *text ? draw_print(out, "%s%s", text, hint->word) : text;
}

// The first `first` hints and the last.
static const char *hints_text(DrawList *out, const Hint *hints, int first)
{
    const char *text = "";
    for (int i = 0; hints[i].word; i++) {
        const char *hint = i < first || !hints[i + 1].word ? hint_text(out, &hints[i]) : "";
        text = *hint ? draw_print(out, "%s%s%s", text, *text ? "  ·  " : "", hint) : text;
    }
    return text;
}

static void draw_hints(const App *app, Rect area, float baseline, DrawList *out)
{
    const Hint *hints = lesson_shown(app) ? lesson_hints : training_hints;
    int first = 0;
    while (hints[first].word)
        first++;
    const char *text = hints_text(out, hints, first);
    while (first > 0 && draw_width(out, TYPE_BODY, text) > area.w)
        text = hints_text(out, hints, --first);
    draw_text(out, INK_SOFT, TYPE_BODY, area.x, baseline, ALIGN_LEFT, text);
}

// ---- a message --------------------------------------------------------------------------------------------------
// What was told last; else, as long as no run is finite, that it is so.
const char *message_shown(const App *app, DrawList *out, bool *bad)
{
    const Broken *broken = session_ended(&app->session) ? session_broken(&app->session) : NULL;
    const char *key = key_of_line("update -10");
    char name[BROKEN_TEXT];
    *bad = *app->message ? app->message_bad : broken != NULL;
    if (*app->message || !broken)
        return app->message;
    return draw_print(out, "%supdate %ld is no longer finite%s%s%s", broken_run(app, name), broken->update,
                      key ? "; " : "", key ? key_shown(out, key) : "", key ? " goes back 10 updates" : "");
}

// In one line where it fits, else in two.
static void draw_message(const char *message, bool bad, Rect area, DrawList *out)
{
    Ink ink = bad ? INK_WARNING : INK_TEXT;
    Rect lines = {area.x, 0, area.w, 2 * MESSAGE_LINE};
    lines.h = paragraph(out, INKS, TYPE_BODY, lines, MESSAGE_LINE, message);
    bool fits = lines.h <= 2 * MESSAGE_LINE;
    const char *shown = fits ? message : draw_cut(out, TYPE_BODY, message, 1.9f * area.w); // no line is quite full
    lines.y = area.y + (area.h - (fits ? lines.h : 2 * MESSAGE_LINE)) / 2;
    paragraph(out, ink, TYPE_BODY, lines, MESSAGE_LINE, shown);
    draw_hot(out, (Hot){.id = hot_id("message"), .area = area, .tip = message, .pointed = {0, NONE, NONE}});
}

// A goal or a job that takes longer than a frame: how far it is, and the way out.
static void draw_progress(const App *app, Rect area, float baseline, DrawList *out)
{
    const bool job = job_running(app);
    const double done = job ? job_progress(app) : session_progress(&app->session);
    const char *text =
        draw_print(out, "%s%s%.0f %%  ·  Esc stops", job ? job_kinds[app->job].title : "", job ? " " : "", done * 100);
    const float room = area.w - draw_width(out, TYPE_BODY, text) - 12, usual = area.w * 0.4f;
    Rect track = {area.x, baseline - 6, room < usual ? room : usual, 4};
    draw_rect(out, INK_TRACK, track, 2);
    draw_text(out, INK_SOFT, TYPE_BODY, area.x + track.w + 12, baseline, ALIGN_LEFT, text);
    track.w *= (float)done;
    draw_rect(out, INK_ACTIVE, track, 2);
}

// ---- left: the update, and all that can be gone back to ----------------------------------------------------------
static void draw_scrubber(const App *app, Rect area, DrawList *out)
{
    const Run *run = session_lead(&app->session);
    long most = run->reached > run->at.update ? run->reached : run->at.update;
    slider_track(out, area,
                 (Slider){.name = "update",
                          .drag = "seek %s",
                          .tip = "any update that has been done",
                          .value = (double)run->at.update,
                          .low = 0,
                          .high = most > 0 ? (double)most : 1,
                          .whole = true,
                          .ink = INK_ACTIVE});
}

// Nothing to take back: the button is there, but pale.
static void draw_undo(const App *app, Rect area, const char *name, const char *what, const char *line, Sign sign,
                      DrawList *out)
{
    const char *tip = line ? tip_of(out, draw_print(out, "%s: %s", what, line), name) : NULL;
    button_sign(out, area, (Button){.name = name, .line = name, .tip = tip, .off = !line || app_busy(app)}, sign);
}

// A message takes what it needs; the bar to drag keeps the rest, or goes where that is too little.
static float right_part(Rect area, float from, float wanted)
{
    float room = area.w - EDGE - from, usual = area.w < 1400 ? area.w * HINTS_PART : HINTS_WIDTH;
    if (wanted <= usual)
        return usual;
    return wanted + SPACE + SCRUBBER_LEAST <= room ? wanted : room;
}

void bottombar_draw(App *app, Rect area, DrawList *out)
{
    char update[NUMBER_SIZE];
    bool bad, working = app_busy(app);
    const char *message = message_shown(app, out, &bad);
    draw_rect(out, INK_PANEL, area, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){area.x, area.y, area.w, 1}, 0);
    float baseline = area.y + area.h / 2 + 4.5f;
    const char *label = draw_print(out, "update %s", number_grouped(update, session_lead(&app->session)->at.update));
    float label_width = draw_width(out, TYPE_STRONG, label) + SPACE;
    draw_text(out, INK_TEXT, TYPE_STRONG, EDGE, baseline, ALIGN_LEFT, label);

    float x = EDGE + (label_width > LABEL_WIDTH ? label_width : LABEL_WIDTH);
    Rect place = {x, area.y + (area.h - UNDO_HEIGHT) / 2, UNDO_WIDTH, UNDO_HEIGHT};
    draw_undo(app, place, "undo", "take back", undo_line(app), SIGN_UNDO, out);
    place.x += UNDO_WIDTH + 2;
    draw_undo(app, place, "redo", "make again", redo_line(app), SIGN_REDO, out);
    x += 2 * UNDO_WIDTH + 2 + SPACE;
    float part = right_part(area, x, working ? 0 : draw_width(out, TYPE_BODY, message) + 1);
    Rect right = {area.w - EDGE - part, area.y, part, area.h};
    if (right.x - SPACE - x >= SCRUBBER_LEAST)
        draw_scrubber(app, (Rect){x, area.y + 12, right.x - SPACE - x, 16}, out);
    if (working)
        draw_progress(app, right, baseline, out);
    else if (*message)
        draw_message(message, bad, right, out);
    else
        draw_hints(app, right, baseline, out);
}
