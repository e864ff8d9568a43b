#include "app/commands.h"
#include "app/page_box.h"
#include "app/screen.h"

#include <string.h>

// The page of keys: all bindings in columns, a group never torn. Lines are as high as the window allows, for the table
// grows with the program; what fits in none is scrolled.
enum { BETWEEN = 30, BEHIND_KEY = 14, COLUMNS_MOST = 8 };
static const float LARGEST = 13, LEAST = 8, LEAST_PRESENTED = 11; // text, px

typedef struct {
    float line;     // height of a binding
    Type key, what; // their text
    float height;   // of a column at most
    float key_width[COLUMNS_MOST], width[COLUMNS_MOST];
    int columns;
    float tallest;
} Sheet;

static bool first_of_group(const KeyBinding *binding)
{
    return binding == key_bindings || strcmp(binding->group, binding[-1].group) != 0;
}

static float title_height(const Sheet *sheet)
{
    return sheet->line * 1.4f;
}

static float group_height(const Sheet *sheet, const KeyBinding *first)
{
    float height = title_height(sheet);
    for (const KeyBinding *b = first; b->key && (b == first || !first_of_group(b)); b++)
        height += sheet->line;
    return height;
}

static void draw_binding(const Sheet *sheet, const KeyBinding *binding, float x, float y, float key_width,
                         DrawList *out)
{
    float baseline = y + sheet->line * 0.7f;
    draw_text(out, INK_TEXT, sheet->key, x, baseline, ALIGN_LEFT, key_shown(out, binding->key));
    draw_text(out, INK_SOFT, sheet->what, x + key_width, baseline, ALIGN_LEFT, binding->title);
}

static void widen(Sheet *sheet, int column, const KeyBinding *binding, DrawList *out)
{
    float key = draw_width(out, sheet->key, key_shown(out, binding->key)) + BEHIND_KEY;
    float what = draw_width(out, sheet->what, binding->title);
    if (key > sheet->key_width[column]) {
        sheet->width[column] += key - sheet->key_width[column];
        sheet->key_width[column] = key;
    }
    if (sheet->key_width[column] + what > sheet->width[column])
        sheet->width[column] = sheet->key_width[column] + what;
}

// Goes through the bindings down the columns; dry, it measures them, else it draws at (x, y). False: too many columns.
static bool lay(Sheet *sheet, float x, float y, bool dry, DrawList *out)
{
    float top = y;
    int column = 0;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        bool first = first_of_group(binding);
        if (first && y > top && y + group_height(sheet, binding) > top + sheet->height) {
            x += sheet->width[column] + BETWEEN;
            y = top;
            if (++column == COLUMNS_MOST)
                return false;
        }
        if (first && !dry)
            draw_text(out, INK_FAINT, TYPE_SECTION, x, y + title_height(sheet) * 0.72f, ALIGN_LEFT, binding->group);
        y += first ? title_height(sheet) : 0;
        if (dry)
            widen(sheet, column, binding, out);
        else
            draw_binding(sheet, binding, x, y, sheet->key_width[column], out);
        y += sheet->line;
        sheet->tallest = y - top > sheet->tallest ? y - top : sheet->tallest;
    }
    sheet->columns = column + 1;
    return true;
}

static float sheet_width(const Sheet *sheet)
{
    float width = BETWEEN * (float)(sheet->columns - 1);
    for (int i = 0; i < sheet->columns; i++)
        width += sheet->width[i];
    return width;
}

static Sheet sheet_of(float size, float height)
{
    return (Sheet){.line = size * 1.85f, .key = {FACE_SEMIBOLD, size}, .what = {FACE_WORDS, size}, .height = height};
}

static float all_height(const Sheet *sheet)
{
    float height = 0;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        height += sheet->line + (first_of_group(binding) ? title_height(sheet) : 0);
    return height;
}

static bool fits(Sheet *sheet, float width, DrawList *out)
{
    return lay(sheet, 0, 0, true, out) && sheet_width(sheet) <= width;
}

// The largest text with which all fit; then columns as short as they can be without one more. Where none does, the
// least, in columns that are higher than there is room.
static Sheet fitting_sheet(float width, float height, float least, DrawList *out)
{
    const float step = 0.5f;
    for (float size = LARGEST; size >= least; size -= step) {
        Sheet full = sheet_of(size, height);
        if (!fits(&full, width, out) || full.tallest > height)
            continue;
        for (float lower = all_height(&full) / (float)full.columns; lower < height; lower += full.line) {
            Sheet sheet = sheet_of(size, lower);
            if (fits(&sheet, width, out) && sheet.columns <= full.columns)
                return sheet;
        }
        return full;
    }
    for (float higher = height;; higher += least) {
        Sheet sheet = sheet_of(least, higher);
        if (fits(&sheet, width, out) || sheet.columns == 1)
            return sheet;
    }
}

void keys_page_draw(App *app, Rect window, DrawList *out)
{
    Rect room = page_box_room(window);
    Sheet sheet = fitting_sheet(room.w, room.h, app->present ? LEAST_PRESENTED : LEAST, out);
    Rect body = page_box_draw(app, window, "Keys", sheet_width(&sheet), sheet.tallest, out);
    lay(&sheet, body.x, body.y, false, out);
    draw_unclip(out);
}
