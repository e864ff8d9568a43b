#include "app/screen.h"

#include "base/words.h"
#include "views/place.h"

// One large view for a projector: no text under 28 px where the window is 1440 wide. The view is drawn for a page so
// small that its least text is ordinary there, and the page is then enlarged to fill the window.
static const float LEAST_TEXT = 11, LEAST_SHOWN = 28, SHOWN_AT = 1440, GRADIENT_SHARE = 0.42f;
enum { EDGE = 10, HEAD = 38, GAP = 8 }; // of the page

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

static void enlarge_shape(Shape *shape, float by, Arena *arena)
{
    int32_t *lengths[] = {&shape->x, &shape->y, &shape->w, &shape->h, &shape->radius, &shape->width, &shape->dash};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        *lengths[i] = times(*lengths[i], by);
    shape->type.size *= by;
    shape->points = shape->points ? points_times(shape, by, arena) : NULL;
    shape->hot = shape->hot ? hot_times(shape->hot, by, arena) : NULL;
    shape->grid = shape->grid ? grid_times(shape->grid, by, arena) : NULL;
}

// ---- the page -----------------------------------------------------------------------------------------------------
// What it is, and in the room that is left, which update of what.
static void draw_head(const App *app, Rect head, DrawList *out)
{
    static const Type name = {FACE_BOLD, 15}, words = {FACE_WORDS, 12}, place = {FACE_SEMIBOLD, 12};
    char update[NUMBER_SIZE];
    Ink ink;
    const Run *run = &app->session.runs[0];
    const char *cell = run->program.net.cell->title, *where = place_words(&app->snapshot, out, &ink);
    float y = head.y + 24, x = head.x + 12, right = head.x + head.w - 12;
    draw_text(out, INK_TEXT, name, x, y, ALIGN_LEFT, cell);
    draw_text(out, ink, place, right, y, ALIGN_RIGHT, where);
    x += draw_width(out, name, cell) + 8;
    right -= draw_width(out, place, where) + 12;
    const char *what = draw_print(out, "%s · update %s", run->task->title, number_grouped(update, run->at.update));
    if (draw_width(out, words, what) > right - x)
        what = draw_print(out, "update %s", update);
    draw_text(out, INK_SOFT, words, x, y, ALIGN_LEFT, draw_cut(out, words, what, right - x));
}

static void draw_view(const App *app, const View *view, Rect area, DrawList *out)
{
    card_draw(app, axis_over(app, area), (Card){view, area, 0}, out);
}

// The large view; below the graph the gradient, where there is room.
static void draw_page(const App *app, Rect page, DrawList *out)
{
    int gradient = view_index("gradient");
    const View *large = views[app->view];
    draw_head(app, rect_cut_top(&page, HEAD), out);
    bool both = app->view == view_index("graph") && gradient >= 0 &&
                page.h >= large->least_height + views[gradient]->least_height + GAP;
    if (both) {
        draw_view(app, views[gradient], rect_cut_bottom(&page, (page.h - GAP) * GRADIENT_SHARE), out);
        rect_cut_bottom(&page, GAP);
    }
    draw_view(app, large, page, out);
}

void present_draw(App *app, Rect window, DrawList *out)
{
    float by = LEAST_SHOWN / LEAST_TEXT * window.w / SHOWN_AT;
    Rect page = {EDGE, 0, window.w / by - 2 * EDGE, window.h / by - EDGE};
    int first = out->count;
    draw_page(app, page, out);
    for (int i = first; i < out->count; i++)
        enlarge_shape(&out->shapes[i], by, out->arena);
}
