#include <math.h>

#include "ui/widgets_shared.h"

// A sign is one or two polygons. Corners are in twelfths of the sign's size, from its middle; y is down.
enum { CORNERS_MOST = 12, PARTS_MOST = 2 };

typedef struct {
    int corners;
    Point corner[CORNERS_MOST];
} Outline;

// clang-format off
#define BAR(x0, x1, y0, y1) { 4, { { x0, y0 }, { x1, y0 }, { x1, y1 }, { x0, y1 } } }

static const Outline signs[][PARTS_MOST] = {
    [SIGN_PLAY]  = { { 3, { { -4, -6 }, { 6, 0 }, { -4, 6 } } } },
    [SIGN_SLOW]  = { BAR(-6, -4, -6, 6), { 3, { { -2, -6 }, { 6, 0 }, { -2, 6 } } } }, // frame by frame
    [SIGN_PAUSE] = { BAR(-5, -1, -6, 6), BAR(1, 5, -6, 6) },
    [SIGN_NEXT]  = { { 3, { { -3, -4 }, { 4, 0 }, { -3, 4 } } } },
    [SIGN_BACK]  = { { 3, { { 3, -4 }, { -4, 0 }, { 3, 4 } } } },
    [SIGN_LAST]  = { { 3, { { -5, -6 }, { 3, 0 }, { -5, 6 } } }, BAR(3, 5, -6, 6) },
    [SIGN_FIRST] = { { 3, { { 5, -6 }, { -3, 0 }, { 5, 6 } } },  BAR(-5, -3, -6, 6) },
    [SIGN_DOWN]  = { { 3, { { -3.5f, -3 }, { 3.5f, -3 }, { 0, 4 } } } },
    [SIGN_MORE]  = { { 12, { { -1, -5 }, { 1, -5 }, { 1, -1 }, { 5, -1 }, { 5, 1 }, { 1, 1 },
                             { 1, 5 }, { -1, 5 }, { -1, 1 }, { -5, 1 }, { -5, -1 }, { -1, -1 } } } },
    [SIGN_LESS]  = { BAR(-5, 5, -1, 1) },
    [SIGN_SAVE]  = { { 7, { { -1, -6 }, { 1, -6 }, { 1, -1 }, { 4, -1 }, { 0, 3 }, { -4, -1 }, { -1, -1 } } },
                     { 8, { { -6, 1 }, { -5, 1 }, { -5, 5 }, { 5, 5 }, { 5, 1 }, { 6, 1 }, { 6, 6 }, { -6, 6 } } } },
};
// clang-format on

static void draw_outline(DrawList *out, Ink ink, float x, float y, float unit, const Outline *outline)
{
    Point corner[CORNERS_MOST];
    for (int i = 0; i < outline->corners; i++)
        corner[i] = (Point){x + unit * outline->corner[i].x, y + unit * outline->corner[i].y};
    draw_polygon(out, ink, corner, outline->corners);
}

// A disc, its left half filled: sine and cosine of 0°, 15° … 90° are enough for a round one.
static void draw_half_disc(DrawList *out, Ink ink, float x, float y, float radius)
{
    static const float sine[] = {0, 0.258819f, 0.5f, 0.707107f, 0.866025f, 0.965926f, 1};
    Point corner[13];
    for (int i = 0; i < 13; i++) {
        int up = i < 6 ? i : 12 - i;
        float dy = radius * sine[6 - up] * (i < 6 ? -1.0f : 1.0f);
        corner[i] = (Point){x - radius * sine[up], y + dy};
    }
    draw_ring(out, ink, x, y, radius, 1.25f);
    draw_polygon(out, ink, corner, 13);
}

// An arrow that turns round and points back; mirrored where across is below 0.
static void draw_hook(DrawList *out, Ink ink, float x, float y, float across, float down)
{
    const Point way[4] = {{x - 3 * across, y - 2 * down},
                          {x + 8 * across, y - 2.5f * down},
                          {x + 8 * across, y + 5.5f * down},
                          {x - across, y + 5 * down}};
    const Point head[3] = {
        {x - 6 * across, y - 2 * down}, {x - 2 * across, y - 5.5f * down}, {x - 2 * across, y + 1.5f * down}};
    draw_curve(out, ink, way, 1.75f * down);
    draw_polygon(out, ink, head, 3);
}

// The middle stands on a whole pixel, so that upright edges are sharp.
void draw_sign(DrawList *out, Ink ink, float x, float y, float size, Sign sign)
{
    x = floorf(x + 0.5f);
    y = floorf(y + 0.5f);
    if (sign == SIGN_UNDO || sign == SIGN_REDO) {
        draw_hook(out, ink, x, y, sign == SIGN_UNDO ? size / 12 : -size / 12, size / 12);
        return;
    }
    if (sign == SIGN_THEME) {
        draw_half_disc(out, ink, x, y, size * 0.46f);
        return;
    }
    for (int part = 0; part < PARTS_MOST && signs[sign][part].corners; part++)
        draw_outline(out, ink, x, y, size / 12, &signs[sign][part]);
}
