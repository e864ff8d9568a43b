#include "app/screen.h"

#include <math.h>
#include <string.h>

#include "app/columns.h"

// Measures of the reference size, 1440 × 900. Narrower windows take from the right column first.
enum {
    TOP_BAR = 52,
    BOTTOM_BAR = 40,
    SETTINGS_WIDTH = 248,
    LESSON_WIDTH = 380,
    GUTTER = 16,
    GAP_LOW = 10, // between cards in a column that is lower than
    LOW = 660,
    ABOVE_CARDS = 18,
    RIGHT_LEAST = 208,
    RIGHT_REFERENCE = 316,
    RIGHT_MOST = 440,
    STRIP_HEIGHT = 128,
    SAME_HEIGHT = 226,
    LANE_SWITCH = 26, // with which weights stand below, at most so high:
    WEIGHTS_HEIGHT = 280,
    LANE_MARGIN = 124,                                      // at the left of the time axis: a lane has more words there
    MAIN_LEAST = VIEW_MARGIN + 12 * 34 + VIEW_MARGIN_RIGHT, // 12 columns that are wide enough to show units
};
static const int REFERENCE_WIDTH = 1440;

// What stands in a column of cards. Heights are shared out as `share` says (or `gated`, in a network with gates);
// where not all can have their least height, the one of the lowest rank is left out.
typedef struct {
    const char *view;
    float share, gated;
    float least, least_gated; // the view's own where that is more
    int rank;
} Part;

// clang-format off
static const Part main_parts[] = {
    { "graph",    372, 303, 206, 240, 3 },
    { "gates",      0, 193,   0, 108, 1 },
    { "hidden",   142,  78,  54,  54, 0 },
    { "gradient", 228, 152, 132, 132, 2 },
    { "slices",   150, 120, 100, 100, 4 }, // only where it is asked for
    { "weights",  330, 330, 190, 240, 5 }, // likewise
    { 0 },
};
static const Part right_parts[] = {
    { "inspector", 400, 485, 200, 200, 0 },
    { "loss",      160, 115, 100, 100, 2 },
    { "norm",      180, 130, 120, 120, 1 },
    { 0 },
};
// clang-format on

static const Part curve_parts[] = {
    {"loss", 280, 280, 100, 100, 1},
    {"norm", 213, 213, 110, 110, 0},
    {0},
};

// ---- a column of cards ----------------------------------------------------------------------------------------
typedef struct {
    const View *view;
    float share, least, height;
    int rank;
} Slice;

typedef struct {
    Slice slice[SCREEN_CARDS];
    int count;
} Stack;

static Stack stack_of(const Part *parts, const Snapshot *snapshot)
{
    int gates = view_index("gates");
    bool gated = gates >= 0 && view_applies(views[gates], snapshot);
    Stack stack = {.count = 0};
    for (const Part *part = parts; part->view; part++) {
        bool gauge = snapshot->gauge && !strcmp(part->view, "norm");
        int index = view_index(gauge ? "clip" : part->view);
        bool asked =
            strcmp(part->view, "slices") ? strcmp(part->view, "weights") || snapshot->weights : snapshot->slices;
        if (index < 0 || !asked || !view_applies(views[index], snapshot))
            continue;
        float own = views[index]->least_height, least = gated ? part->least_gated : part->least;
        stack.slice[stack.count++] = (Slice){.view = views[index],
                                             .share = gated ? part->gated : part->share,
                                             .least = own > least ? own : least,
                                             .rank = part->rank};
    }
    return stack;
}

static float gap_in(Rect area)
{
    return area.h < LOW ? GAP_LOW : GUTTER;
}

static float least_height(const Stack *stack, float gap)
{
    float height = gap * (float)(stack->count - 1);
    for (int i = 0; i < stack->count; i++)
        height += stack->slice[i].least;
    return height;
}

static void drop_lowest(Stack *stack)
{
    int lowest = 0;
    for (int i = 1; i < stack->count; i++)
        if (stack->slice[i].rank < stack->slice[lowest].rank)
            lowest = i;
    stack->count--;
    for (int i = lowest; i < stack->count; i++)
        stack->slice[i] = stack->slice[i + 1];
}

// Each gets its share of the height; those that would fall below their least get that, and the others share the rest.
// Every round settles one slice at least, so there are at most as many rounds.
static void share_height(Stack *stack, float height)
{
    bool settled[SCREEN_CARDS] = {false}, again = true;
    while (again) {
        float left = height, shares = 0;
        for (int i = 0; i < stack->count; i++) {
            left -= settled[i] ? stack->slice[i].least : 0;
            shares += settled[i] ? 0 : stack->slice[i].share;
        }
        again = false;
        for (int i = 0; i < stack->count; i++) {
            Slice *slice = &stack->slice[i];
            slice->height = settled[i] ? slice->least : left * slice->share / shares;
            if (slice->height < slice->least)
                again = settled[i] = true;
        }
    }
}

static float whole(float length)
{
    return floorf(length + 0.5f);
}

// Edges stand on whole pixels, so that hairlines are crisp.
static void place_stack(ScreenLayout *layout, const Part *parts, const Snapshot *snapshot, Rect area)
{
    Stack stack = stack_of(parts, snapshot);
    float y = area.y, gap = gap_in(area);
    while (stack.count > 0 && least_height(&stack, gap) > area.h)
        drop_lowest(&stack);
    share_height(&stack, area.h - gap * (float)(stack.count - 1));
    for (int i = 0; i < stack.count && layout->card_count < SCREEN_CARDS; i++) {
        float top = whole(y), bottom = whole(y + stack.slice[i].height);
        layout->cards[layout->card_count++] = (Card){stack.slice[i].view, {area.x, top, area.w, bottom - top}, 0};
        y += stack.slice[i].height + gap;
    }
}

// Where there is no column at the right, the curves stand side by side below the other views.
static void place_strip(ScreenLayout *layout, Rect area)
{
    static const char *const curves[] = {"loss", "norm"};
    float width = (area.w - GUTTER) / 2;
    for (int i = 0; i < 2; i++) {
        int index = view_index(curves[i]);
        Rect place = {area.x + whole((float)i * (width + GUTTER)), area.y, whole(width), area.h};
        if (index >= 0 && layout->card_count < SCREEN_CARDS)
            layout->cards[layout->card_count++] = (Card){views[index], place, 0};
    }
}

// The networks that are compared, all as high as each other.
static void place_lanes(ScreenLayout *layout, const App *app, Rect area)
{
    int lanes = app->session.comparison.lanes;
    float gap = gap_in(area), height = (area.h - gap * (float)(lanes - 1)) / (float)lanes;
    const View *view = views[view_index("lane")];
    for (int lane = 0; lane < lanes; lane++) {
        float y = area.y + (height + gap) * (float)lane, top = whole(y), bottom = whole(y + height);
        layout->cards[layout->card_count++] = (Card){view, {area.x, top, area.w, bottom - top}, lane};
    }
}

// The weights of one network below the lanes; where there is no room for both, in their place. Returns whether there
// is.
static bool place_weights(ScreenLayout *layout, const App *app, Rect *rest)
{
    const View *lane = views[view_index("lane")], *weights = views[view_index("weights")];
    float lanes = (float)app->session.comparison.lanes, gap = gap_in(*rest), below = 0.45f * rest->h;
    float needed = lanes * (lane->least_height + gap) + LANE_SWITCH + weights->least_height;
    bool beside = needed <= rest->h;
    float most = rest->h - lanes * (lane->least_height + gap) - LANE_SWITCH;
    below = below > WEIGHTS_HEIGHT ? WEIGHTS_HEIGHT : below < weights->least_height ? weights->least_height : below;
    below = below > most ? most : below;
    Rect area = *rest;
    if (beside) {
        area = rect_cut_bottom(rest, whole(below) + LANE_SWITCH);
        rect_cut_bottom(rest, gap);
    }
    layout->lane_switch = rect_cut_top(&area, LANE_SWITCH);
    rect_cut_top(&area, 4);
    layout->cards[layout->card_count++] = (Card){weights, area, app->lane};
    return beside;
}

static void place_compared(ScreenLayout *layout, const App *app)
{
    Rect right = layout->right, lanes = layout->main;
    bool beside = !weights_shown(app) || place_weights(layout, app, &lanes);
    if (beside)
        place_lanes(layout, app, lanes);
    if (right.w <= 0)
        return;
    layout->same = rect_cut_bottom(&right, SAME_HEIGHT);
    rect_cut_bottom(&right, gap_in(right));
    place_stack(layout, curve_parts, &app->snapshot, right);
}

// ---- the screen -----------------------------------------------------------------------------------------------
static float right_width(int width, float side)
{
    float over = (float)(width - REFERENCE_WIDTH);
    float narrowing = (float)(RIGHT_REFERENCE - RIGHT_LEAST) / (float)(REFERENCE_WIDTH - SCREEN_LEAST_WIDTH);
    float right = RIGHT_REFERENCE + over * (over < 0 ? narrowing : 0.11f);
    right = right < RIGHT_LEAST ? RIGHT_LEAST : right > RIGHT_MOST ? RIGHT_MOST : right;
    bool room = (float)width - side - right - 3 * GUTTER >= MAIN_LEAST;
    return room ? (float)(int)right : 0;
}

TimeAxis axis_over(const App *app, Rect area)
{
    Columns shown = columns_shown(app);
    float margin = lanes_shown(app) && (!app->present || lanes_presented(app)) ? LANE_MARGIN : VIEW_MARGIN;
    return axis_fit(shown.first, shown.last, area.x + margin, area.w - margin - VIEW_MARGIN_RIGHT);
}

ScreenLayout screen_layout(const App *app, int width, int height)
{
    ScreenLayout layout = {.card_count = 0};
    Rect rest = {0, 0, (float)width, (float)height};
    layout.top = rect_cut_top(&rest, TOP_BAR);
    layout.bottom = rect_cut_bottom(&rest, BOTTOM_BAR);
    layout.side = rect_cut_left(&rest, lesson_shown(app) ? LESSON_WIDTH : SETTINGS_WIDTH);

    rect_cut_top(&rest, ABOVE_CARDS);
    rect_cut_bottom(&rest, GUTTER);
    rect_cut_left(&rest, GUTTER);
    rect_cut_right(&rest, GUTTER);
    float right = right_width(width, layout.side.w);
    Rect strip = {0};
    if (right > 0) {
        layout.right = rect_cut_right(&rest, right);
        rect_cut_right(&rest, GUTTER);
    } else {
        strip = rect_cut_bottom(&rest, STRIP_HEIGHT);
        rect_cut_bottom(&rest, GUTTER);
    }
    layout.main = rest;
    layout.axis = axis_over(app, layout.main);
    if (lanes_shown(app))
        place_compared(&layout, app);
    else
        place_stack(&layout, main_parts, &app->snapshot, layout.main);
    if (right > 0 && lanes_shown(app))
        return layout;
    if (right > 0)
        place_stack(&layout, right_parts, &app->snapshot, layout.right);
    else
        place_strip(&layout, strip);
    return layout;
}
