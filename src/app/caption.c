#include "app/caption.h"

#include <stddef.h>
#include <string.h>

#include "app/screen.h"
#include "base/text.h"

// ---- the settings -----------------------------------------------------------------------------------------------
// Seeds are told by themselves: in all else the runs of one lane are the same.
static bool same_in_all(const Session *session, const Setting *setting)
{
    for (int i = 1; i < session->comparison.lanes; i++)
        if (setting_get(&session->runs[i].setup, setting) != setting_get(&session->runs[0].setup, setting))
            return false;
    return true;
}

// "rnn", or "rnn | lstm" where runs differ; written with `text`.
static const char *in_all(const App *app, const Setting *setting, const char *between,
                          const char *(*text)(const Setting *, double, char *), Arena *arena)
{
    const Session *session = &app->session;
    char value[SETTING_TEXT];
    const char *all = "";
    for (int i = 0; i < (same_in_all(session, setting) ? 1 : session->comparison.lanes); i++)
        all = arena_print(arena, "%s%s%s", all, i ? between : "",
                          text(setting, setting_get(&session->runs[i].setup, setting), value));
    return all;
}

static const char *named(const App *app, const char *name, Arena *arena)
{
    Err err;
    return in_all(app, setting_find(name, &err), "-", setting_text, arena);
}

// Those that are always said, in this order, and how.
static const struct {
    const char *name, *before;
} always[] = {{"task", ""}, {"cell", ""}, {"T", "T "}, {"hidden", "H "}};
enum { ALWAYS = sizeof always / sizeof *always };

static bool is_always(const Setting *setting)
{
    for (int i = 0; i < ALWAYS; i++)
        if (strcmp(always[i].name, setting->name) == 0)
            return true;
    return strcmp(setting->name, "seed") == 0;
}

static void add_always(const App *app, Text *words, Arena *arena)
{
    Err err;
    char seeds[SEEDS_TEXT];
    for (int i = 0; i < ALWAYS; i++)
        text_add(words, "%s%s%s", words->length ? " · " : "", always[i].before,
                 in_all(app, setting_find(always[i].name, &err), " | ", setting_show, arena));
    text_add(words, " · %s", session_seeds(&app->session, seeds));
}

static void add_others(const App *app, Text *words, Arena *arena)
{
    for (const Setting *setting = settings; setting->name; setting++) {
        bool usual = same_in_all(&app->session, setting) &&
                     setting_get(&app->session.runs[0].setup, setting) == setting->initial;
        if (!usual && !is_always(setting) && setting->group != GROUP_PLAYBACK)
            text_add(words, " · %s %s", setting->name, in_all(app, setting, " | ", setting_text, arena));
    }
}

// ---- the moment -------------------------------------------------------------------------------------------------
static bool inside_update(const Run *run)
{
    return run->at.update > 0 && run->at.op != run_last_op(run);
}

const char *caption_words(const App *app, int view, Arena *arena)
{
    const Run *run = session_lead(&app->session);
    Text words = text_make(arena);
    if (view >= 0)
        text_add(&words, "%s", views[view]->title);
    add_always(app, &words, arena);
    text_add(&words, " · update %ld", run->at.update);
    if (inside_update(run))
        text_add(&words, ", operation %ld of %ld", run->at.op, run_last_op(run));
    add_others(app, &words, arena);
    if (app->loaded)
        text_add(&words, " · from %s", app->loaded);
    return words.text;
}

// What is compared: "-gain-0.5-1-1.5"; cells are named anyway.
static const char *compared(const App *app, Arena *arena)
{
    char seeds[SEEDS_TEXT];
    const Comparison *comparison = &app->session.comparison;
    const Setting *setting = comparison->setting;
    const char *name = "";
    if (setting && setting->at != offsetof(Setup, cell))
        name = arena_print(arena, "-%s-%s", setting->name, named(app, setting->name, arena));
    return comparison->seeds == 1 ? name : arena_print(arena, "%s-%s", name, session_seeds(&app->session, seeds));
}

// Whatever is no plain letter in the name of a file becomes a stroke.
static char *plain(char *name)
{
    char *to = name;
    for (const char *from = name; *from; from++) {
        bool kept = (*from >= '0' && *from <= '9') || (*from >= 'a' && *from <= 'z') ||
                    (*from >= 'A' && *from <= 'Z') || strchr("._-+", *from);
        if (kept || to[-1] != '-')
            *to++ = kept ? *from : '-';
    }
    *to = 0;
    return name;
}

const char *caption_name(const App *app, Arena *arena)
{
    const Run *run = session_lead(&app->session);
    const char *op = inside_update(run) ? arena_print(arena, "-op%ld", run->at.op) : "";
    return plain(arena_print(arena, "unroll-%s-%s%s-update%ld%s", named(app, "task", arena), named(app, "cell", arena),
                             compared(app, arena), run->at.update, op));
}

// ---- in the picture ---------------------------------------------------------------------------------------------
// As large as the smallest text of the page: that of a presentation is read from afar.
float caption_draw(const App *app, int view, float y, float width, bool dry, DrawList *out)
{
    const float size = app->present && view < 0 ? 28 * width / 1440 : 12, edge = size * 1.3f, line = size * 1.5f;
    const Type type = {FACE_WORDS, size};
    const char *words = draw_print(out, "unroll · %s", caption_words(app, view, out->arena));
    Rect text = {edge, y + size * 0.75f, width - 2 * edge, 0};
    float height = paragraph(out, INKS, type, text, line, words) + size * 1.5f;
    if (dry)
        return height;
    draw_rect(out, INK_PANEL, (Rect){0, y, width, height}, 0);
    draw_rect(out, INK_HAIRLINE, (Rect){0, y, width, 1}, 0);
    paragraph(out, INK_SOFT, type, text, line, words);
    return height;
}
