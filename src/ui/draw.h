#ifndef UI_DRAW_H
#define UI_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "font/font.h"
#include "ui/theme.h"

// All that is seen is a list of shapes; some carry a line of text that a press says.
//
// Coordinates are pixels of the layout (a painter multiplies by its scale), kept in 1/64. x goes right, y down. A list
// lives in the frame's arena and is made anew for each picture.
typedef struct {
    float x, y, w, h;
} Rect;

typedef struct {
    float x, y;
} Point;

typedef enum {
    SHAPE_RECT,  // filled, corners rounded by `radius`
    SHAPE_FRAME, // outlined, inside the rectangle
    SHAPE_LINE,
    SHAPE_POLYLINE, // cut at 1,000 points
    SHAPE_CURVE,    // one cubic Bézier
    SHAPE_ARROW,    // a line with a filled head at its end
    SHAPE_POLYGON,  // filled
    SHAPE_CIRCLE,   // filled
    SHAPE_RING,     // outlined, inside the circle
    SHAPE_TEXT,
    SHAPE_FORMULA,
    SHAPE_GRID,   // a heat map: borrowed values, rows × columns
    SHAPE_CLIP,   // push
    SHAPE_UNCLIP, // pop
    SHAPE_HOT,    // not seen: what a press, a drag and the pointer mean here
    SHAPE_LAYER,  // not seen: a modal layer begins; hots before it are out of reach, a press outside closes
    SHAPES
} ShapeKind;

typedef enum { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

// A face and a size: the few that the program uses.
typedef struct {
    Face face;
    float size;
} Type;

extern const Type TYPE_CAPTION; // 11 px
extern const Type TYPE_SECTION; // 11 px semibold, for CAPITALS over a group
extern const Type TYPE_BODY;    // 13 px
extern const Type TYPE_STRONG;  // 13 px semibold
extern const Type TYPE_TITLE;   // 15 px semibold
extern const Type TYPE_HEAD;    // 17 px bold
extern const Type TYPE_BRAND;   // 20 px bold
extern const Type TYPE_SIGN;    // 12 px mathematics, for a single italic letter

// What is pointed at: goes into the next snapshot, so that the same thing is marked in every view.
typedef struct {
    int t, slot, unit; // 0 or NONE (-1) where it is nothing
} Pointed;

typedef struct {
    uint32_t id; // stable from picture to picture: hot_id of a name
    Rect area;
    const char *press; // command line, or NULL
    const char *drag;  // command line with one %s for the value, or NULL: `set gain %s`
    Rect track;        // where the value goes from low to high, left to right (or, upright, bottom to top)
    double low, high;
    bool logarithmic, whole, upright;
    double value;    // now; the keyboard moves from here
    const char *tip; // or NULL
    Pointed pointed;
    int weight;     // a tensor of weights that it stands for, from 1; 0: none
    bool of_term;   // a term of a formula: what is pointed at, but no column that is looked at
    bool focusable; // the keyboard reaches it
    bool repeats;   // held down, it says its line again and again

    // A grid of cells that are pointed at one by one: pointed.unit is then the cell's index, row by row, and a press
    // that chooses one says its row and column, from 1, behind the line. 0: it is no grid.
    int rows, columns;
    long part; // what of it the tip tells of, from 1: an update of a curve, a cell of a map; 0: all of it
} Hot;

// A hot whose tip stays, of all of it or of a part. Where that is drawn as a hot of its own, it lies under the whole.
typedef struct {
    uint32_t id;
    long part;
} Pin;

typedef struct {
    const double *value; // borrowed: value[row · row_stride + column · column_stride]
    int rows, columns;
    long row_stride, column_stride;
    Ramp ramp;
    float gap; // between cells, px; 0 where they are too small for one
} Grid;

typedef struct {
    ShapeKind kind;
    Ink ink;
    uint8_t alpha;      // 0 … 255
    int32_t x, y, w, h; // 1/64 px; of a line: from (x, y) to (w, h)
    int32_t radius, width;
    int32_t dash; // 0: solid, else the dash's length
    Type type;
    Align align;
    const char *text;      // in the list's arena
    const int32_t *points; // x, y, x, y …
    int point_count;
    const Grid *grid;
    const Hot *hot;
} Shape;

// What a picture shows, in words that its file keeps: a PNG's text chunks, an SVG's title and desc.
typedef struct {
    const char *title, *description;
    const char *comment; // the line that restores the moment
} Caption;

typedef struct {
    Shape *shapes;
    int count, room;
    Caption caption; // NULLs: none
    Arena *arena;    // the frame's
    Fonts *fonts;    // to measure with
    uint8_t alpha;
    uint32_t hover, focus, pressed; // ids of hots, so that a widget can show it; 0: none
    const Pin *pins;                // borrowed
    int pin_count;
} DrawList;

DrawList draw_begin(Arena *arena, Fonts *fonts);

void draw_rect(DrawList *out, Ink ink, Rect rect, float radius);
void draw_frame(DrawList *out, Ink ink, Rect rect, float radius, float width);
void draw_line(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width);
void draw_dashes(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width, float dash);
void draw_polyline(DrawList *out, Ink ink, const Point *points, int count, float width);
void draw_curve(DrawList *out, Ink ink, const Point points[4], float width);
void draw_arrow(DrawList *out, Ink ink, float x0, float y0, float x1, float y1, float width); // its tip is at x1, y1
void draw_polygon(DrawList *out, Ink ink, const Point *points, int count);
void draw_circle(DrawList *out, Ink ink, float x, float y, float radius);
void draw_ring(DrawList *out, Ink ink, float x, float y, float radius, float width);
void draw_text(DrawList *out, Ink ink, Type type, float x, float y, Align align, const char *text); // y: baseline
void draw_textf(DrawList *out, Ink ink, Type type, float x, float y, Align align, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
void draw_formula(DrawList *out, Ink ink, float size, float x, float y, Align align, const char *formula);
void draw_grid(DrawList *out, Rect rect, Grid grid);
void draw_clip(DrawList *out, Rect rect);
void draw_unclip(DrawList *out);
void draw_hot(DrawList *out, Hot hot);             // strings are copied into the arena
void draw_layer(DrawList *out, const char *close); // the line that a press outside says

// Fades what is drawn from here on; returns what was set before, to be given back.
uint8_t draw_fade(DrawList *out, float alpha);

float draw_width(const DrawList *out, Type type, const char *text);
const char *draw_print(DrawList *out, const char *format, ...) __attribute__((format(printf, 2, 3))); // in the arena
const char *draw_cut(DrawList *out, Type type, const char *text, float width); // shortened with … to fit

uint32_t hot_id(const char *name);                              // never 0
bool hot_asked(const DrawList *list, uint32_t id);              // its tip is or will be read: pointed at, or pinned
long hot_pinned(const DrawList *list, uint32_t id, int *pin);   // the next part of it from *pin on, or 0
int hot_cell(const Hot *hot, float x, float y);                 // of a grid: the index of the cell there
const Hot *draw_hot_at(const DrawList *list, float x, float y); // the topmost, or NULL

// One shape a line, reviewed like code: "rect here 16 196 480 18 r 3".
char *draw_dump(const DrawList *list, Arena *arena);

// Rectangles.
Rect rect_inset(Rect rect, float by);
Rect rect_cut_top(Rect *rect, float height); // takes a part off and returns it
Rect rect_cut_bottom(Rect *rect, float height);
Rect rect_cut_left(Rect *rect, float width);
Rect rect_cut_right(Rect *rect, float width);
bool rect_holds(Rect rect, float x, float y);

#endif
