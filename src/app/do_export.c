#include <stdio.h>
#include <string.h>

#include "app/caption.h"
#include "app/commands.h"
#include "app/do.h"
#include "app/export.h"
#include "app/hands.h"
#include "app/lines.h"
#include "app/screen.h"
#include "app/shot.h"

// A file of this moment under a name that says what is in it. Nothing is ever overwritten.
static bool is_taken(App *app, const char *name)
{
    return app->platform.exists && app->platform.exists(app->platform.context, name);
}

// "unroll-recall-rnn-update60-graph.png", or with -2, -3 … before its end.
static const char *free_name(App *app, const char *what, const char *end, Arena *arena)
{
    const char *base = arena_print(arena, "%s%s%s", caption_name(app, arena), *what ? "-" : "", what);
    const char *name = arena_print(arena, "%s%s", base, end);
    for (int i = 2; is_taken(app, name); i++)
        name = arena_print(arena, "%s-%d%s", base, i, end);
    return name;
}

// ---- pictures ---------------------------------------------------------------------------------------------------
static const Card *card_at(const ScreenLayout *layout, float x, float y)
{
    for (int i = 0; i < layout->card_count; i++)
        if (rect_holds(layout->cards[i].area, x, y))
            return &layout->cards[i];
    return NULL;
}

static const Card *card_of(const ScreenLayout *layout, int view)
{
    for (int i = 0; i < layout->card_count; i++)
        if (layout->cards[i].view == views[view])
            return &layout->cards[i];
    return NULL;
}

// The view that is pointed at, or that has the keyboard; else the large one of the presentation.
static int view_meant(const App *app)
{
    if (app->present || app->frames == 0)
        return large_view(app);
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    const Hot *focus = focus_hot(app, &app->last);
    const Card *card = card_at(&layout, app->hands.x, app->hands.y);
    if (!card && focus)
        card = card_at(&layout, focus->area.x + focus->area.w / 2, focus->area.y + focus->area.h / 2);
    return card ? view_index(card->view->name) : large_view(app);
}

// As large as it stands on the screen, where it does.
static Shot shot_of(const App *app, int view)
{
    enum { AROUND = 2 * 16 };
    Shot shot = {.view = view, .captioned = true};
    if (view < 0 || app->present || app->frames == 0) // nothing stands anywhere before the first picture
        return shot;
    ScreenLayout layout = screen_layout(app, app->width, app->height);
    const Card *card = card_of(&layout, view);
    if (card) {
        shot.width = (int)card->area.w + AROUND;
        shot.height = (int)card->area.h + AROUND;
    }
    return shot;
}

static bool export_picture(App *app, const char *view, const char *end, const char **name, Arena *arena, Err *err)
{
    int index = !*view ? -1 : strcmp(view, "view") == 0 ? view_meant(app) : view_index(view);
    if (*view && index < 0)
        return refuse_view(view, err);
    *name = free_name(app, index < 0 ? "" : views[index]->name, end, arena);
    return shot_save(app, shot_of(app, index), *name, err);
}

// ---- the rest ---------------------------------------------------------------------------------------------------
static bool export_text(App *app, const char *printed, const char *name, Arena *arena, Err *err)
{
    const Printable *printable = printable_find(printed, err);
    if (!app->platform.write_file)
        return refuse(err, "no files can be written here");
    if (!printable || !printable_ready(app, printable, err))
        return false;
    const char *text = arena_print(arena, "%s\n", printable_value(app, printable, arena));
    return app->platform.write_file(app->platform.context, name, text, strlen(text), err);
}

// clang-format off
const ExportKind export_kinds[] = {
    { "png",     "",       ".png",         NULL,     NULL,
      "Picture of the window",        "a PNG, with a caption that says what it shows" },
    { "svg",     "",       ".svg",         NULL,     NULL,
      "… as a drawing, SVG",          "lines and letters that stay sharp at any size" },
    { "curves",  "curves", ".csv",         "record", NULL,
      "Curves, CSV",                  "loss and gradient norm of every update" },
    { "steps",   "steps",  ".csv",         "record", NULL,
      "Norms of each time step, CSV", "of h, c and their gradients at this moment" },
    { "weights", "",       ".safetensors", "save",   NULL,
      "Weights, safetensors",         "as PyTorch reads them" },
    { "pytorch", "",       ".py",          NULL,     "pytorch",
      "PyTorch program",              "computes this network from the file of the weights, to the same loss where op -1 came first" },
    { "state",   "",       ".txt",         NULL,     "state",
      "State, a script",              "leads to this very moment again" },
    { 0 },
};
// clang-format on

static bool export_one(App *app, const ExportKind *kind, const char *view, const char **name, Arena *arena, Err *err)
{
    if (!kind->command && !kind->printed)
        return export_picture(app, view, kind->end, name, arena, err);
    if (*view)
        return refuse(err, "only a png or svg is of one view");
    *name = free_name(app, kind->what, kind->end, arena);
    if (kind->printed)
        return export_text(app, kind->printed, *name, arena, err);
    return line_run(app, arena_print(arena, "%s %s %s", kind->command, *name, kind->what), err);
}

static void tell(App *app, const char *name, Arena *arena)
{
    const char *folder = app->platform.folder;
    if (app->frames == 0)
        app->platform.print(app->platform.context,
                            arena_print(arena, app->json ? "{\"saved\": \"%s\"}" : "saved %s", name));
    else
        app_tell(app, false, arena_print(arena, "saved %s%s%s", name, folder ? " in " : "", folder ? folder : ""));
}

static const ExportKind *kind_of(const char *word, Err *err)
{
    char list[256] = "";
    Nearest nearest = nearest_to(word);
    for (const ExportKind *kind = export_kinds; kind->name; kind++) {
        if (strcmp(kind->name, word) == 0)
            return kind;
        nearest_offer(&nearest, kind->name);
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, " %s", kind->name);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        refuse(err, "there is nothing \"%s\" to export, did you mean \"%s\"?", word, best);
    else
        refuse(err, "there is nothing \"%s\" to export; there are:%s", word, list);
    return NULL;
}

bool do_export(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 12);
    const ExportKind *kind = kind_of(words->word[1], err);
    const char *name = "";
    bool done = kind && export_one(app, kind, words->count > 2 ? words->word[2] : "", &name, &scratch, err);
    if (done)
        tell(app, name, &scratch);
    arena_free(&scratch);
    return done;
}
