#include "app/shot.h"

#include <string.h>

#include "app/caption.h"
#include "app/do.h"
#include "app/hands.h"
#include "app/journal.h"
#include "app/screen.h"

enum { VIEW_WIDTH = 900, VIEW_HEIGHT = 420 }; // of a picture of one view

bool shot_fonts(App *app, Err *err)
{
    if (!app->fonts && app->platform.fonts)
        app->fonts = app->platform.fonts(app->platform.context, err);
    else if (!app->fonts)
        return refuse(err, "no pictures can be made here");
    return app->fonts != NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static bool check(const App *app, const Shot *shot, const char *path, Err *err)
{
    if (!ends_with(path, ".png") && !ends_with(path, ".svg"))
        return refuse(err, "shot saves a .png or .svg file, not \"%s\"", path);
    if (!app->platform.save_picture)
        return refuse(err, "no pictures can be made here");
    if (shot->view < 0 && (app->width < SCREEN_LEAST_WIDTH || app->height < SCREEN_LEAST_HEIGHT))
        return refuse(err, "%d×%d is too small for the whole screen, which needs %d×%d", app->width, app->height,
                      SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
    return true;
}

static void choose_size(const App *app, Shot *shot)
{
    if (shot->width > 0)
        return;
    shot->width = shot->view < 0 ? app->width : app->view_width > 0 ? app->view_width : VIEW_WIDTH;
    shot->height = shot->view < 0 ? app->height : app->view_height > 0 ? app->view_height : VIEW_HEIGHT;
}

// The rest state: nothing is pointed at, no list is open.
static void draw_at_rest(App *app, Shot *shot, DrawList *list)
{
    Hands hands = app->hands;
    char told = *app->message;
    app->hands = hands_at_rest();
    if (shot->captioned)
        *app->message = 0; // where the file before went is no part of the moment
    app_draw(app, shot->width, shot->height, shot->view, list);
    app->hands = hands;
    *app->message = told;
    list->caption = (Caption){
        .title = "unroll",
        .description = caption_words(app, shot->view, list->arena),
        .comment = journal_state(app, list->arena),
    };
    if (shot->captioned)
        shot->height += (int)caption_draw(app, shot->view, (float)shot->height, (float)shot->width, false, list);
}

bool shot_save(App *app, Shot shot, const char *path, Err *err)
{
    DrawList list;
    if (!check(app, &shot, path, err) || !shot_fonts(app, err))
        return false;
    choose_size(app, &shot);
    draw_at_rest(app, &shot, &list);
    bool done = app->platform.save_picture(app->platform.context, &list, app_theme(app), app->scale, shot.width,
                                           shot.height, path, err);
    app->last = (DrawList){.count = 0}; // its arena was used again
    return done;
}

bool do_shot(App *app, const Words *words, Err *err)
{
    int view = words->count > 2 ? view_index(words->word[2]) : -1;
    if (words->count > 2 && view < 0)
        return refuse_view(words->word[2], err);
    return shot_save(app, (Shot){.view = view}, words->word[1], err);
}
