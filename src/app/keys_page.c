#include "app/commands.h"
#include "app/screen.h"

#include <string.h>

// The page of keys: all bindings in columns, a group never torn. Lines are as high as the window allows, for the table
// grows with the program.
enum { PADDING = 28, HEAD = 40, EDGE = 12, BETWEEN = 30, BEHIND_KEY = 14, COLUMNS_MOST = 8 };

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

// The largest text with which all fit; then columns as short as they can be without one more.
static Sheet fitting_sheet(float width, float height, DrawList *out)
{
    const float largest = 13, least = 8, step = 0.5f;
    for (float size = largest; size >= least; size -= step) {
        Sheet full = sheet_of(size, height);
        if (!lay(&full, 0, 0, true, out) || sheet_width(&full) > width || full.tallest > height)
            continue;
        for (float lower = all_height(&full) / (float)full.columns; lower < height; lower += full.line) {
            Sheet sheet = sheet_of(size, lower);
            if (lay(&sheet, 0, 0, true, out) && sheet.columns <= full.columns && sheet_width(&sheet) <= width)
                return sheet;
        }
        return full;
    }
    Sheet smallest = sheet_of(least, height);
    lay(&smallest, 0, 0, true, out);
    return smallest;
}

void keys_page_draw(App *app, Rect window, DrawList *out)
{
    Sheet sheet = fitting_sheet(window.w - 2 * (EDGE + PADDING), window.h - 2 * (EDGE + PADDING) - HEAD, out);
    Rect box = {0, 0, sheet_width(&sheet) + 2 * PADDING, sheet.tallest + HEAD + 2 * PADDING};
    box.x = (float)(int)((window.w - box.w) / 2);
    box.y = (float)(int)((window.h - box.h) / 2);
    draw_layer(out, "open none");
    draw_rect(out, INK_VEIL, window, 0);
    popup_box(box, out);
    draw_text(out, INK_TEXT, TYPE_HEAD, box.x + PADDING, box.y + PADDING + 14, ALIGN_LEFT, "Keys");
    out->focus = app->hands.focus = hot_id("close");
    button(
        out, (Rect){box.x + box.w - PADDING - 60, box.y + PADDING - 6, 60, 28},
        (Button){.name = "close", .text = "Close", .line = "open none", .tip = tip_of(out, "close this page", "stop")});
    lay(&sheet, box.x + PADDING, box.y + PADDING + HEAD, false, out);
}
