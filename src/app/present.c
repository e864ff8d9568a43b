#include "app/screen.h"

#include <math.h>
#include <string.h>

#include "app/commands.h"
#include "base/words.h"
#include "views/curves.h"
#include "views/place.h"

// One large view for a projector: no text under 28 px where the window is 1440 wide. The view is drawn for a page so
// small that its least text is ordinary there, and the page is then enlarged to fill the window. No line is thinner
// than 3 px then, and what is faint on a screen is less so, for a projector is pale.
static const float LEAST_TEXT = 11, LEAST_SHOWN = 28, LEAST_LINE = 3, SHOWN_AT = 1440, GRADIENT_SHARE = 0.39f;
enum { EDGE = 10, HEAD = 36, GAP = 6, FOOT = 22, STATE_WIDTH = 80, FOOT_LINE = 16 }; // of the page

// To a room that sees the picture from afar, how much shorter a bar is says more than how many decades.
bool bars_linear(const App *app)
{
    return app->bars_said || !app->present ? app->linear : true;
}

// ---- enlarging what has been drawn ------------------------------------------------------------------------------
static int32_t times(int32_t length, float by)
{
    return (int32_t)((float)length * by);
}

static Rect rect_times(Rect rect, float by)
{
    return (Rect){rect.x * by, rect.y * by, rect.w * by, rect.h * by};
}

static const int32_t *points_times(const Shape *shape, float by, Arena *arena)
{
    int32_t *points = arena_new(arena, int32_t, 2 * shape->point_count);
    for (int i = 0; i < 2 * shape->point_count; i++)
        points[i] = times(shape->points[i], by);
    return points;
}

static const Hot *hot_times(const Hot *hot, float by, Arena *arena)
{
    Hot *larger = arena_new(arena, Hot, 1);
    *larger = *hot;
    larger->area = rect_times(hot->area, by);
    larger->track = rect_times(hot->track, by);
    return larger;
}

static const Grid *grid_times(const Grid *grid, float by, Arena *arena)
{
    Grid *larger = arena_new(arena, Grid, 1);
    *larger = *grid;
    larger->gap = grid->gap * by;
    return larger;
}

static Ink stronger(Ink ink)
{
    return ink == INK_FAINT ? INK_SOFT : ink == INK_GRIDLINE ? INK_HAIRLINE : ink;
}

// No line becomes thinner than `least`, in 1/64 px.
static void enlarge_shape(Shape *shape, float by, int32_t least, Arena *arena)
{
    int32_t *lengths[] = {&shape->x, &shape->y, &shape->w, &shape->h, &shape->radius, &shape->width, &shape->dash};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        *lengths[i] = times(*lengths[i], by);
    if (shape->width > 0 && shape->width < least)
        shape->width = least;
    shape->ink = stronger(shape->ink);
    shape->type.size *= by;
    shape->points = shape->points ? points_times(shape, by, arena) : NULL;
    shape->hot = shape->hot ? hot_times(shape->hot, by, arena) : NULL;
    shape->grid = shape->grid ? grid_times(shape->grid, by, arena) : NULL;
}

float present_scale(const App *app, float window_width)
{
    return app->present ? LEAST_SHOWN / LEAST_TEXT * window_width / SHOWN_AT : 1;
}

void present_enlarge(DrawList *out, int first, float by)
{
    float line = LEAST_LINE * by * LEAST_TEXT / LEAST_SHOWN;
    for (int i = first; i < out->count; i++)
        enlarge_shape(&out->shapes[i], by, (int32_t)ceilf(64 * line), out->arena);
}

// ---- the page -----------------------------------------------------------------------------------------------------
static const Type NAME_TYPE = {FACE_BOLD, 15}, WORDS_TYPE = {FACE_WORDS, 12}, PLACE_TYPE = {FACE_SEMIBOLD, 12};

int large_view(const App *app)
{
    bool backward = app->present && !lanes_shown(app);
    return app->view != NONE ? app->view : view_index(backward ? "backward" : "graph");
}

bool lanes_presented(const App *app)
{
    int view = large_view(app);
    return lanes_shown(app) && (view == view_index("graph") || view == view_index("lane"));
}

static bool curves_presented(const App *app)
{
    const char *name = views[large_view(app)]->name;
    return lanes_shown(app) && (!strcmp(name, "loss") || !strcmp(name, "norm") || !strcmp(name, "clip"));
}

// The network that is shown, or what all of them do: these bear their names where they stand.
static float draw_name(const App *app, float x, float y, float right, DrawList *out)
{
    bool all = lanes_presented(app) || curves_presented(app);
    const char *name = all                ? app->session.runs[0].task->title
                       : lanes_shown(app) ? lane_name(&app->snapshot, app->lane, out)
                                          : app->session.runs[0].program.net.cell->title;
    name = draw_cut(out, NAME_TYPE, name, right - x);
    draw_text(out, INK_TEXT, NAME_TYPE, x, y, ALIGN_LEFT, name);
    return x + draw_width(out, NAME_TYPE, name) + 8;
}

// What it is, and in the room that is left, which update of what.
static void draw_head(const App *app, Rect head, DrawList *out)
{
    char update[NUMBER_SIZE];
    Ink ink;
    const Run *run = session_lead(&app->session);
    const char *where = place_words(&app->snapshot, out, &ink);
    float y = head.y + 24, right = head.x + head.w - 12;
    draw_text(out, ink, PLACE_TYPE, right, y, ALIGN_RIGHT, where);
    right -= draw_width(out, PLACE_TYPE, where) + 12;
    float x = draw_name(app, head.x + 12, y, right, out);
    bool named = lanes_presented(app) || curves_presented(app);
    const char *what = draw_print(out, named ? "%.0supdate %s" : "%s · update %s", run->task->title,
                                  number_grouped(update, run->at.update));
    if (draw_width(out, WORDS_TYPE, what) > right - x)
        what = draw_print(out, "update %s", update);
    if (draw_width(out, WORDS_TYPE, what) <= right - x)
        draw_text(out, INK_SOFT, WORDS_TYPE, x, y, ALIGN_LEFT, what);
}

static void draw_view(const App *app, const View *view, Rect area, DrawList *out)
{
    card_draw(app, axis_over(app, area), (Card){view, area, app->lane}, out);
    if (!view_applies(view, &app->lanes[app->lane]))
        draw_text(out, INK_SOFT, WORDS_TYPE, area.x + area.w / 2, area.y + area.h / 2, ALIGN_CENTRE,
                  draw_print(out, "%s: nothing to show in this network", view->title));
}

// All networks below each other, as high as each other.
static void draw_lanes(const App *app, Rect page, DrawList *out)
{
    int lanes = app->session.comparison.lanes;
    const View *lane_view = views[view_index("lane")];
    float height = (page.h - GAP * (float)(lanes - 1)) / (float)lanes;
    for (int lane = 0; lane < lanes; lane++) {
        Rect area = rect_cut_top(&page, height);
        card_draw(app, axis_over(app, area), (Card){lane_view, area, lane}, out);
        rect_cut_top(&page, GAP);
    }
}

// The large view; below the graph the gradient, where there is room.
static void draw_page(const App *app, Rect page, DrawList *out)
{
    int gradient = view_index("gradient");
    const View *large = views[large_view(app)];
    draw_head(app, rect_cut_top(&page, HEAD), out);
    if (lanes_presented(app)) {
        draw_lanes(app, page, out);
        return;
    }
    bool both = large_view(app) == view_index("graph") && gradient >= 0 &&
                page.h >= large->least_height + views[gradient]->least_height + GAP;
    if (both) {
        draw_view(app, views[gradient], rect_cut_bottom(&page, (page.h - GAP) * GRADIENT_SHARE), out);
        rect_cut_bottom(&page, GAP);
    }
    draw_view(app, large, page, out);
}

// ---- the foot -----------------------------------------------------------------------------------------------------
static const Type FOOT_TYPE = {FACE_MEDIUM, 11};

static void draw_state_sign(bool playing, float x, float y, DrawList *out)
{
    enum { HIGH = 9, WIDE = 8, BAR = 3 };
    const Point triangle[] = {{x, y}, {x + WIDE, y + HIGH / 2.0f}, {x, y + HIGH}};
    if (playing) {
        draw_polygon(out, INK_TEXT, triangle, 3);
        return;
    }
    draw_rect(out, INK_TEXT, (Rect){x, y, BAR, HIGH}, 0);
    draw_rect(out, INK_TEXT, (Rect){x + WIDE - BAR, y, BAR, HIGH}, 0);
}

static const char *state_words(const App *app, DrawList *out)
{
    if (app_busy(app))
        return draw_print(out, "%.0f %%", 100 * session_progress(&app->session));
    return app->playing ? "playing" : "paused";
}

// What stands between: a message, in two lines where it needs them, else what page of the lesson this is.
static void draw_words(const App *app, Rect area, DrawList *out)
{
    bool bad = false;
    const char *words = message_shown(app, out, &bad);
    if (!*words && lesson_shown(app))
        words = app->lesson.pages[app->player.page > 0 ? app->player.page : 0].title;
    area.h = paragraph(out, INKS, FOOT_TYPE, area, FOOT_LINE, words);
    if (area.h > 2 * FOOT_LINE) {
        words = draw_cut(out, FOOT_TYPE, words, 1.9f * area.w); // no line is quite full
        area.h = 2 * FOOT_LINE;
    }
    area.y += FOOT - (area.h > FOOT_LINE ? area.h : FOOT_LINE) - (FOOT - FOOT_LINE) / 2;
    if (area.h > FOOT_LINE)
        draw_rect(out, INK_PANEL, (Rect){area.x - EDGE, area.y - 3, area.w + 2 * EDGE, area.h}, 4);
    paragraph(out, bad ? INK_WARNING : INK_SOFT, FOOT_TYPE, area, FOOT_LINE, words);
}

// What a key does, at the right end; a press does it too.
static float draw_key(Rect foot, float right, const char *line, const char *what, DrawList *out)
{
    const char *words = draw_print(out, "%s %s", key_shown(out, key_of_line(line)), what);
    float width = draw_width(out, FOOT_TYPE, words);
    draw_text(out, INK_FAINT, FOOT_TYPE, right, foot.y + 15, ALIGN_RIGHT, words);
    draw_hot(out, (Hot){.id = hot_id(draw_print(out, "present %s", what)),
                        .area = {right - width, foot.y, width, foot.h},
                        .press = line,
                        .pointed = {0, NONE, NONE}});
    return right - width - 2 * EDGE;
}

static void draw_foot(const App *app, Rect foot, DrawList *out)
{
    float baseline = foot.y + 15, right = foot.x + foot.w - EDGE;
    draw_rect(out, INK_PANEL, foot, 0);
    draw_state_sign(app->playing, foot.x + EDGE, baseline - 9, out);
    draw_text(out, INK_TEXT, FOOT_TYPE, foot.x + EDGE + 14, baseline, ALIGN_LEFT, state_words(app, out));
    right = draw_key(foot, right, "toggle present", "leaves", out);
    right = draw_key(foot, right, "open choice view", "views", out);
    float left = foot.x + EDGE + STATE_WIDTH;
    draw_words(app, (Rect){left, foot.y, right - left, 0}, out);
}

void present_draw(App *app, Rect page, DrawList *out)
{
    Rect foot = rect_cut_bottom(&page, FOOT);
    draw_page(app, (Rect){EDGE, 0, page.w - 2 * EDGE, page.h - GAP}, out);
    draw_foot(app, foot, out);
}
