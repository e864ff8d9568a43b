#include "app/palette.h"

#include <stdio.h>
#include <string.h>

#include "app/clipboard.h"
#include "app/commands.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/palette_line.h"
#include "app/screen.h"

// The palette while it is open: what is typed, which row is chosen, what was typed before.
void palette_start(App *app)
{
    app->palette = (Palette){.field = field_make(), .past_arena = arena_make(1 << 10)};
}

void palette_free(App *app)
{
    field_free(&app->palette.field);
    arena_free(&app->palette.past_arena);
}

// ---- what is typed ----------------------------------------------------------------------------------------------
// Where the last of several commands begins; a `;` in quotes joins nothing.
static const char *last_command(const char *text)
{
    const char *last = text;
    bool quoted = false;
    for (; *text; text++) {
        quoted = quoted != (*text == '"');
        if (*text == ';' && !quoted)
            last = text + 1;
    }
    return last + strspn(last, " ");
}

const char *palette_typed(const App *app)
{
    return last_command(app->palette.field.text);
}

const char *palette_line(const App *app, const Offer *offer, Arena *arena)
{
    const char *text = app->palette.field.text;
    return arena_print(arena, "%.*s%s", (int)(palette_typed(app) - text), text, offer->line);
}

// What can be carried out as it stands comes first. Where nothing fits, there is the line with its mistake mended.
const Offers *palette_offers(App *app, Arena *arena)
{
    const char *typed = palette_typed(app);
    Offers *offers = arena_new(arena, Offers, 1);
    Offer line;
    Err err;
    offers_all(app, offers, arena);
    offers_keep(offers, typed, line_has_command(typed) ? RANK_GUESS : RANKS, arena); // words of a command are meant so
    if (!*typed)
        return offers;
    bool good = line_as_typed(typed, &line, arena, &err);
    if (good || line_refused(typed, err.text, &line, arena))
        offers_put_first(offers, line);
    else if (offers->count == 0 && line_mended(typed, err.text, &line, arena))
        offers_put_first(offers, line);
    return offers;
}

// What was typed has changed: the best row is chosen.
static void changed(App *app)
{
    Palette *palette = &app->palette;
    palette->chosen = palette->first = 0;
    palette->said[0] = 0;
    app->changed = true;
}

static void put(App *app, const char *text)
{
    field_set(&app->palette.field, text);
    changed(app);
}

// ---- opening ----------------------------------------------------------------------------------------------------
bool do_palette(App *app, const Words *words, Err *err)
{
    Err none;
    (void)err;
    lessons_read(app, &none); // where there are none, none are offered
    popup_open(app, POPUP_PALETTE);
    put(app, words->count > 1 ? words->word[1] : "");
    app->palette.past_at = app->palette.past_count;
    return true;
}

// ---- lines that were said before --------------------------------------------------------------------------------
static void remember(Palette *palette, const char *line)
{
    enum { PAST = sizeof palette->past / sizeof *palette->past };
    if (palette->past_count > 0 && strcmp(palette->past[palette->past_count - 1], line) == 0)
        return;
    if (palette->past_count == PAST)
        memmove(palette->past, palette->past + 1, sizeof *palette->past * (size_t)--palette->past_count);
    palette->past[palette->past_count++] = arena_print(&palette->past_arena, "%s", line);
}

// Up from an empty field, and on from there. False: the arrow means the rows.
static bool go_through_past(App *app, int by)
{
    Palette *palette = &app->palette;
    bool empty = palette->field.length == 0, there = palette->past_at < palette->past_count;
    int to = palette->past_at + by;
    if ((!there && !(empty && by < 0)) || to < 0 || (to >= palette->past_count && !there))
        return there;
    palette->past_at = to;
    put(app, to < palette->past_count ? palette->past[to] : "");
    return true;
}

// ---- saying a line ----------------------------------------------------------------------------------------------
// What is refused stays, with the reason below it.
static void say_line(App *app, const char *line)
{
    Palette *palette = &app->palette;
    Arena scratch = arena_make(1 << 8);
    const char *said = arena_print(&scratch, "%s", line); // the field may change
    Err err;
    remember(palette, said);
    popup_close(app);
    if (!hands_try(app, said, &err)) {
        popup_open(app, POPUP_PALETTE);
        put(app, said);
        snprintf(palette->said, sizeof palette->said, "%s", err.text);
    }
    palette->past_at = palette->past_count;
    arena_free(&scratch);
}

// A line that lacks something goes on being typed; where nothing was typed since, what it lacks is told.
static void choose(App *app, const Offer *offer)
{
    Arena scratch = arena_make(1 << 8);
    const char *line = palette_line(app, offer, &scratch), *begun = arena_print(&scratch, "%s ", line);
    if (!offer->usage)
        say_line(app, line);
    else if (strcmp(app->palette.field.text, begun) == 0)
        snprintf(app->palette.said, sizeof app->palette.said, "%s takes %s", offer->line, offer->usage);
    else
        put(app, begun);
    app->changed = true;
    arena_free(&scratch);
}

static void complete(App *app, const Offer *offer)
{
    Arena scratch = arena_make(1 << 8);
    put(app, arena_print(&scratch, "%s%s", palette_line(app, offer, &scratch), offer->usage ? " " : ""));
    arena_free(&scratch);
}

// ---- keys -------------------------------------------------------------------------------------------------------
static void choose_row(App *app, const Offers *offers, int row)
{
    Palette *palette = &app->palette;
    palette->chosen = row >= offers->count ? offers->count - 1 : row;
    palette->chosen = palette->chosen < 0 ? 0 : palette->chosen;
    app->changed = true;
}

static void row_key(App *app, const Offers *offers, const char *key)
{
    const Palette *palette = &app->palette;
    const int page = palette->seen > 1 ? palette->seen - 1 : 1;
    const struct {
        const char *key;
        int by;
    } keys[] = {{"up", -1}, {"down", 1}, {"pageup", -page}, {"pagedown", page}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].key, key) == 0 && (keys[i].by * keys[i].by != 1 || !go_through_past(app, keys[i].by)))
            choose_row(app, offers, palette->chosen + keys[i].by);
}

static void take_clipboard(App *app)
{
    Palette *palette = &app->palette;
    Arena scratch = arena_make(1 << 10);
    const char *line;
    Err err;
    bool done = clipboard_line(app, &scratch, &line, &err);
    if (done && !field_type(&palette->field, line))
        done = refuse(&err, "the clipboard holds %zu characters, more than fit here", strlen(line));
    changed(app);
    if (!done)
        snprintf(palette->said, sizeof palette->said, "%s", err.text);
    arena_free(&scratch);
}

static void give_clipboard(App *app, bool cut)
{
    Arena scratch = arena_make(1 << 10);
    const char *selected = field_selected(&app->palette.field, &scratch);
    Err err;
    if (*selected && !clipboard_copy(app, selected, &err))
        snprintf(app->palette.said, sizeof app->palette.said, "%s", err.text);
    else if (*selected && cut)
        field_drop_selected(&app->palette.field);
    app->changed = true;
    arena_free(&scratch);
}

bool do_paste(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 10);
    const char *line;
    bool done = clipboard_line(app, &scratch, &line, err) && do_palette(app, &(Words){.count = 1}, err);
    (void)words;
    if (done)
        put(app, line);
    arena_free(&scratch);
    return done;
}

// A key of the field changes what is typed, or only where the cursor is.
static bool type_key(App *app, const char *key)
{
    Palette *palette = &app->palette;
    size_t before = palette->field.length;
    bool taken = field_key(&palette->field, key);
    if (taken && palette->field.length != before) {
        palette->past_at = palette->past_count;
        changed(app);
    }
    app->changed = true;
    return taken;
}

// The other keys are about what is on offer, which takes long to work out.
static void offers_key(App *app, const char *key)
{
    Arena scratch = arena_make(1 << 16);
    const Offers *offers = palette_offers(app, &scratch);
    int row = app->palette.chosen < offers->count ? app->palette.chosen : 0;
    if (strcmp(key, "return") == 0 && offers->count == 0)
        say_line(app, app->palette.field.text);
    else if (strcmp(key, "return") == 0)
        choose(app, &offers->offer[row]);
    else if (strcmp(key, "tab") == 0 && offers->count > 0)
        complete(app, &offers->offer[row]);
    else
        row_key(app, offers, key);
    arena_free(&scratch);
}

void palette_key(App *app, const char *key)
{
    if (strcmp(key, "escape") == 0 || strcmp(key, "ctrl+k") == 0)
        popup_close(app);
    else if (strcmp(key, "ctrl+v") == 0)
        take_clipboard(app);
    else if (strcmp(key, "ctrl+c") == 0 || strcmp(key, "ctrl+x") == 0)
        give_clipboard(app, key[strlen("ctrl+")] == 'x');
    else if (!type_key(app, key))
        offers_key(app, key);
}

void palette_text(App *app, const char *utf8)
{
    Palette *palette = &app->palette;
    bool typed = field_type(&palette->field, utf8);
    palette->past_at = palette->past_count;
    changed(app);
    if (!typed)
        snprintf(palette->said, sizeof palette->said, "a line holds %d characters at most", FIELD_MOST);
}

// ---- the pointer ------------------------------------------------------------------------------------------------
void palette_wheel(App *app, float notches)
{
    enum { ROWS = 3 };
    Arena scratch = arena_make(1 << 16);
    choose_row(app, palette_offers(app, &scratch), app->palette.chosen - (int)(notches * ROWS));
    arena_free(&scratch);
}

bool palette_press(App *app, const Hot *hot)
{
    Arena scratch = arena_make(1 << 16);
    const Offers *offers = app->popup == POPUP_PALETTE ? palette_offers(app, &scratch) : NULL;
    const Offer *pressed = NULL;
    for (int i = 0; offers && i < offers->count; i++)
        if (offer_id(&offers->offer[i]) == hot->id)
            pressed = &offers->offer[i];
    if (pressed)
        choose(app, pressed);
    arena_free(&scratch);
    return pressed != NULL;
}
