#include "ui/draw.h"

#include <string.h>

#include "base/text.h"

enum { CELLS_SHOWN = 64 }; // of a grid; a larger one is told by a hash

// ---- the parts of a line --------------------------------------------------------
static void put(Text *dump, const char *words)
{
    text_put(dump, words, strlen(words));
}

// To a hundredth of a pixel, without the zeros behind. Whole arithmetic, for it is compared as text; digit by digit
// from the last, for a dump is mostly this.
static void put_px(Text *dump, int32_t px64)
{
    enum { ROOM = 24, BEHIND_POINT = 2 };
    char text[ROOM], *first = text + ROOM;
    long hundredths = ((long)px64 * 100 + (px64 < 0 ? -32 : 32)) / 64;
    long left = hundredths < 0 ? -hundredths : hundredths;
    for (int place = 0; place <= BEHIND_POINT || left > 0; place++, left /= 10) {
        bool some = first < text + ROOM;
        if (place == BEHIND_POINT && some)
            *--first = '.';
        if (place >= BEHIND_POINT || some || left % 10 != 0)
            *--first = (char)('0' + left % 10);
    }
    if (hundredths < 0)
        *--first = '-';
    *--first = ' ';
    text_put(dump, first, (size_t)(text + ROOM - first));
}

static void put_named_px(Text *dump, const char *name, int32_t px64)
{
    if (px64 == 0)
        return;
    put(dump, " ");
    put(dump, name);
    put_px(dump, px64);
}

static void put_place(Text *dump, const Shape *shape)
{
    put_px(dump, shape->x);
    put_px(dump, shape->y);
}

static void put_area(Text *dump, const Shape *shape)
{
    put_place(dump, shape);
    put_px(dump, shape->w);
    put_px(dump, shape->h);
}

static void put_quoted(Text *dump, const char *name, const char *text)
{
    if (!text)
        return;
    put(dump, " ");
    put(dump, name);
    put(dump, *name ? " \"" : "\"");
    put(dump, text);
    put(dump, "\"");
}

// ---- a line for each kind -----------------------------------------------------------
static void dump_area(Text *dump, const Shape *shape)
{
    put_area(dump, shape);
    put_named_px(dump, "r", shape->radius);
    put_named_px(dump, "width", shape->width);
    put_named_px(dump, "dash", shape->dash);
}

static void dump_points(Text *dump, const Shape *shape)
{
    for (int i = 0; i < 2 * shape->point_count; i++)
        put_px(dump, shape->points[i]);
    put_named_px(dump, "width", shape->width);
}

static void dump_round(Text *dump, const Shape *shape)
{
    put_place(dump, shape);
    put_named_px(dump, "r", shape->radius);
    put_named_px(dump, "width", shape->width);
}

static void dump_text(Text *dump, const Shape *shape)
{
    static const char aligns[] = {[ALIGN_LEFT] = 'l', [ALIGN_CENTRE] = 'c', [ALIGN_RIGHT] = 'r'};
    // clang-format off
    static const char *const faces[FACES] = {
        [FACE_WORDS]    = "",          [FACE_WORDS_ITALIC] = " oblique", [FACE_MEDIUM] = " medium",
        [FACE_SEMIBOLD] = " semibold", [FACE_BOLD] = " bold",            [FACE_MATH]   = " math",
        [FACE_MATH_ITALIC] = " italic",
    };
    // clang-format on
    put_place(dump, shape);
    text_add(dump, " %c %g%s", aligns[shape->align], (double)shape->type.size,
             shape->kind == SHAPE_FORMULA ? "" : faces[shape->type.face]);
    put_quoted(dump, "", shape->text);
}

static double grid_value(const Grid *grid, int row, int column)
{
    return grid->value[row * grid->row_stride + column * grid->column_stride];
}

static uint64_t grid_hash(const Grid *grid)
{
    uint64_t hash = 0xCBF29CE484222325u; // FNV-1a, over the values' bits
    for (int row = 0; row < grid->rows; row++)
        for (int column = 0; column < grid->columns; column++) {
            double value = grid_value(grid, row, column);
            uint64_t bits;
            memcpy(&bits, &value, sizeof bits);
            hash = (hash ^ bits) * 0x100000001B3u;
        }
    return hash;
}

static void dump_grid(Text *dump, const Shape *shape)
{
    static const char *const ramps[RAMPS] = {[RAMP_SIGNED] = "signed", [RAMP_UNIT] = "unit"};
    const Grid *grid = shape->grid;
    put_area(dump, shape);
    text_add(dump, " %d×%d %s gap %g:", grid->rows, grid->columns, ramps[grid->ramp], (double)grid->gap);
    if (grid->rows * grid->columns > CELLS_SHOWN) {
        text_add(dump, " hash %016llx", (unsigned long long)grid_hash(grid));
        return;
    }
    for (int row = 0; row < grid->rows; row++)
        for (int column = 0; column < grid->columns; column++)
            text_add(dump, "%s%.3g", column == 0 && row > 0 ? " | " : " ", grid_value(grid, row, column));
}

static void dump_hot(Text *dump, const Shape *shape)
{
    const Hot *hot = shape->hot;
    put_area(dump, shape);
    put_quoted(dump, "press", hot->press);
    put_quoted(dump, "drag", hot->drag);
    if (hot->drag)
        text_add(dump, " %g…%g%s%s", hot->low, hot->high, hot->logarithmic ? " log" : "", hot->whole ? " whole" : "");
    put_quoted(dump, "tip", hot->tip);
}

static void dump_layer(Text *dump, const Shape *shape)
{
    put_quoted(dump, "", shape->text);
}

static void dump_nothing(Text *dump, const Shape *shape)
{
    (void)dump;
    (void)shape;
}

// clang-format off
static const struct {
    const char *name;
    bool inked;
    void (*rest)(Text *dump, const Shape *shape);
} kinds[SHAPES] = {
    [SHAPE_RECT]     = { "rect",     true,  dump_area },
    [SHAPE_FRAME]    = { "frame",    true,  dump_area },
    [SHAPE_LINE]     = { "line",     true,  dump_area },
    [SHAPE_POLYLINE] = { "polyline", true,  dump_points },
    [SHAPE_CURVE]    = { "curve",    true,  dump_points },
    [SHAPE_ARROW]    = { "arrow",    true,  dump_area },
    [SHAPE_POLYGON]  = { "polygon",  true,  dump_points },
    [SHAPE_CIRCLE]   = { "circle",   true,  dump_round },
    [SHAPE_RING]     = { "ring",     true,  dump_round },
    [SHAPE_TEXT]     = { "text",     true,  dump_text },
    [SHAPE_FORMULA]  = { "formula",  true,  dump_text },
    [SHAPE_GRID]     = { "grid",     false, dump_grid },
    [SHAPE_CLIP]     = { "clip",     false, dump_area },
    [SHAPE_UNCLIP]   = { "unclip",   false, dump_nothing },
    [SHAPE_HOT]      = { "hot",      false, dump_hot },
    [SHAPE_LAYER]    = { "layer",    false, dump_layer },
};
// clang-format on

static void dump_shape(Text *dump, const Shape *shape)
{
    put(dump, kinds[shape->kind].name);
    if (kinds[shape->kind].inked) {
        put(dump, " ");
        put(dump, ink_name(shape->ink));
    }
    kinds[shape->kind].rest(dump, shape);
    if (shape->alpha != 255 && (kinds[shape->kind].inked || shape->kind == SHAPE_GRID))
        text_add(dump, " alpha %d", shape->alpha);
    put(dump, "\n");
}

char *draw_dump(const DrawList *list, Arena *arena)
{
    Text dump = text_make(arena);
    for (int i = 0; i < list->count; i++)
        dump_shape(&dump, &list->shapes[i]);
    return dump.text;
}
