#include "base/words.h"
#include "ui/plot.h"
#include "views/heatmap.h"
#include "views/layers.h"
#include "views/views.h"

// What stands beside a heat map: its name, a key to its fills, the layer.
enum { MARGIN_PADDING = 12, NAME_HEIGHT = 16, LETTER_HEIGHT = 20, KEY_WIDTH = 60, KEY_HEIGHT = 8, KEY_LABELS = 16 };

Rect heatmap_margin(Rect area, HeatMap map)
{
    return (Rect){area.x + MARGIN_PADDING, map.y, VIEW_MARGIN - MARGIN_PADDING - 4, map.h};
}

void heatmap_name(DrawList *out, Rect *margin, const char *name, const char *letter)
{
    Type type = draw_width(out, TYPE_STRONG, name) <= margin->w - 14 ? TYPE_STRONG : (Type){FACE_SEMIBOLD, 12};
    bool beneath = margin->h >= NAME_HEIGHT + LETTER_HEIGHT + KEY_HEIGHT + KEY_LABELS;
    Rect line = rect_cut_top(margin, NAME_HEIGHT);
    draw_text(out, INK_TEXT, type, line.x, line.y + 13, ALIGN_LEFT, name);
    float x = line.x + draw_width(out, type, name) + 5;
    if (beneath) {
        line = rect_cut_top(margin, LETTER_HEIGHT);
        x = line.x;
    }
    draw_formula(out, INK_SOFT, 15, x, line.y + 13, ALIGN_LEFT, letter);
}

// Numbers under the ends of the strip; where they have no room there, both in one.
static void key_labels(DrawList *out, Ink ink, float x, float y, bool beside, Ramp ramp, const char *high)
{
    const char *low = ramp == RAMP_SIGNED ? draw_print(out, "−%s", high) : "0";
    const char *upper = ramp == RAMP_SIGNED ? draw_print(out, "+%s", high) : high;
    if (!beside) {
        draw_textf(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, "%s … %s", low, upper);
    } else if (draw_width(out, TYPE_CAPTION, low) + draw_width(out, TYPE_CAPTION, upper) + 4 <= KEY_WIDTH) {
        draw_text(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, low);
        draw_text(out, ink, TYPE_CAPTION, x + KEY_WIDTH, y, ALIGN_RIGHT, upper);
    } else {
        draw_textf(out, ink, TYPE_CAPTION, x, y, ALIGN_LEFT, "%s%s", ramp == RAMP_SIGNED ? "±" : "0 … ", high);
    }
}

static void key_strip(DrawList *out, float x, float y, Ramp ramp)
{
    static const double values[] = {-1,    -0.875, -0.75, -0.625, -0.5,  -0.375, -0.25, -0.125, 0,
                                    0.125, 0.25,   0.375, 0.5,    0.625, 0.75,   0.875, 1};
    enum { ALL = sizeof values / sizeof *values, ZERO = ALL / 2 };
    int from = ramp == RAMP_SIGNED ? 0 : ZERO;
    draw_grid(out, (Rect){x, y, KEY_WIDTH, KEY_HEIGHT},
              (Grid){.value = values + from, .rows = 1, .columns = ALL - from, .column_stride = 1, .ramp = ramp});
}

void heatmap_key(DrawList *out, Rect *margin, Ramp ramp, double scale)
{
    char high[NUMBER_SIZE];
    bool strip = margin->h >= KEY_HEIGHT + KEY_LABELS;
    Rect key = rect_cut_bottom(margin, strip ? KEY_HEIGHT + KEY_LABELS : KEY_LABELS - 3);
    if (key.h < KEY_LABELS - 3)
        return;
    if (strip)
        key_strip(out, key.x, key.y, ramp);
    key_labels(out, strip ? INK_SOFT : INK_FAINT, key.x, key.y + key.h - 3, strip, ramp, number_short(high, scale));
}

void heatmap_layer(const Snapshot *snapshot, DrawList *out, Rect *margin)
{
    const char *name = layer_name(snapshot->program, snapshot->layer, snapshot->reverse, out);
    if (!*name || margin->h < KEY_LABELS)
        return;
    if (snapshot->program->dims.L == 1)
        name = draw_print(out, "%s direction", name);
    Rect line = rect_cut_top(margin, KEY_LABELS);
    draw_text(out, INK_SOFT, TYPE_CAPTION, line.x, line.y + 11, ALIGN_LEFT, name);
}
