#include "app/screen.h"

// Measures of the reference size, 1440 × 900. Narrower windows take from the right column first.
enum {
    TOP_BAR = 52,
    BOTTOM_BAR = 40,
    SETTINGS_WIDTH = 248,
    LESSON_WIDTH = 380,
    GUTTER = 16,
    ABOVE_CARDS = 18,
    RIGHT_LEAST = 208,
    RIGHT_REFERENCE = 316,
    RIGHT_MOST = 440,
    MAIN_LEAST = 512, // 12 columns that are wide enough to show units
};
static const int REFERENCE_WIDTH = 1440;

// What stands in a column of cards. Heights are shared out as `share` says (or `gated`, in a network with gates);
// where not all can have their least height, the one of the lowest rank is left out.
typedef struct {
    const char *view;
    float share, gated;
    int rank;
} Part;

// clang-format off
static const Part main_parts[] = {
    { "graph",    372, 270, 3 },
    { "gates",      0, 200, 1 },
    { "hidden",   142,  96, 0 },
    { "gradient", 228, 160, 2 },
    { 0 },
};
static const Part right_parts[] = {
    { "program", 400, 400, 0 },
    { "loss",    160, 160, 2 },
    { "norm",    180, 180, 1 },
    { 0 },
};
// clang-format on

// ---- a column of cards ----------------------------------------------------------------------------------------
typedef struct {
    Card card[SCREEN_CARDS];
    float share[SCREEN_CARDS];
    int rank[SCREEN_CARDS];
    int count;
} Stack;

static bool applies(const View *view, const Snapshot *snapshot)
{
    return !view->applies || view->applies(snapshot);
}

static Stack stack_of(const Part *parts, const Snapshot *snapshot)
{
    int gates_view = view_index("gates");
    bool gated = gates_view >= 0 && applies(views[gates_view], snapshot);
    Stack stack = {.count = 0};
    for (const Part *part = parts; part->view; part++) {
        int index = view_index(part->view);
        if (index < 0 || !applies(views[index], snapshot))
            continue;
        stack.card[stack.count].view = views[index];
        stack.share[stack.count] = gated ? part->gated : part->share;
        stack.rank[stack.count++] = part->rank;
    }
    return stack;
}

static float least_height(const Stack *stack)
{
    float height = GUTTER * (float)(stack->count - 1);
    for (int i = 0; i < stack->count; i++)
        height += stack->card[i].view->least_height;
    return height;
}

static void drop_lowest(Stack *stack)
{
    int lowest = 0;
    for (int i = 1; i < stack->count; i++)
        if (stack->rank[i] < stack->rank[lowest])
            lowest = i;
    stack->count--;
    for (int i = lowest; i < stack->count; i++) {
        stack->card[i] = stack->card[i + 1];
        stack->share[i] = stack->share[i + 1];
        stack->rank[i] = stack->rank[i + 1];
    }
}

// Each gets its part of the height; one that would fall below its least gets that, and the others share the rest.
static void share_height(const Stack *stack, float height, float heights[SCREEN_CARDS])
{
    bool least[SCREEN_CARDS] = {false};
    for (bool settled = false; !settled;) {
        float left = height, shares = 0;
        for (int i = 0; i < stack->count; i++) {
            left -= least[i] ? stack->card[i].view->least_height : 0;
            shares += least[i] ? 0 : stack->share[i];
        }
        settled = true;
        for (int i = 0; i < stack->count; i++) {
            float part = shares > 0 ? left * stack->share[i] / shares : 0;
            bool below = !least[i] && part < stack->card[i].view->least_height;
            heights[i] = least[i] || below ? stack->card[i].view->least_height : part;
            least[i] = least[i] || below;
            settled = settled && !below;
        }
    }
}

static void place_stack(ScreenLayout *layout, const Part *parts, const Snapshot *snapshot, Rect area)
{
    float heights[SCREEN_CARDS], y = area.y;
    Stack stack = stack_of(parts, snapshot);
    while (stack.count > 0 && least_height(&stack) > area.h)
        drop_lowest(&stack);
    share_height(&stack, area.h - GUTTER * (float)(stack.count - 1), heights);
    for (int i = 0; i < stack.count && layout->card_count < SCREEN_CARDS; i++) {
        float bottom = (float)(int)(y + heights[i] + 0.5f); // edges on whole pixels, so hairlines stay crisp
        layout->cards[layout->card_count++] =
            (Card){stack.card[i].view, {area.x, (float)(int)(y + 0.5f), area.w, bottom - (float)(int)(y + 0.5f)}};
        y += heights[i] + GUTTER;
    }
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

static TimeAxis axis_of(const App *app, Rect area)
{
    int T = app->session.runs[0].program.dims.T;
    bool fit = app->axis_first < 1 || app->axis_last > T || app->axis_last < app->axis_first;
    return axis_fit(fit ? 1 : app->axis_first, fit ? T : app->axis_last, area.x + VIEW_MARGIN,
                    area.w - VIEW_MARGIN - VIEW_MARGIN_RIGHT);
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
    if (right > 0) {
        layout.right = rect_cut_right(&rest, right);
        rect_cut_right(&rest, GUTTER);
    }
    layout.main = rest;
    layout.axis = axis_of(app, layout.main);
    place_stack(&layout, main_parts, &app->snapshot, layout.main);
    if (right > 0)
        place_stack(&layout, right_parts, &app->snapshot, layout.right);
    return layout;
}
