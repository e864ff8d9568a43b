#include "views/layers.h"

#include "ui/widgets.h"

enum { BUTTON_WIDTH = 24, BUTTON_HEIGHT = 20, APART = 8 };

bool layers_several(const Snapshot *snapshot)
{
    return snapshot->program->dims.L > 1 || snapshot->program->net.bidirectional;
}

// ---- in words ---------------------------------------------------------------------------------------------------
static const char *arrow(bool reverse)
{
    return reverse ? "←" : "→";
}

const char *layer_name(const Program *program, int layer, bool reverse, DrawList *out)
{
    if (!program->net.bidirectional)
        return program->dims.L > 1 ? draw_print(out, "layer %d", layer + 1) : "";
    if (program->dims.L == 1)
        return arrow(reverse);
    return draw_print(out, "layer %d %s", layer + 1, arrow(reverse));
}

const char *layer_words(const Snapshot *snapshot, DrawList *out)
{
    const Program *p = snapshot->program;
    const char *which = p->dims.L > 1 ? draw_print(out, "layer %d of %d", snapshot->layer + 1, p->dims.L) : "";
    if (!p->net.bidirectional)
        return which;
    return draw_print(out, "%s%s%s %s direction", which, *which ? ", " : "", arrow(snapshot->reverse),
                      snapshot->reverse ? "backward" : "forward");
}

const char *layer_in_tip(const Snapshot *snapshot, int slot, DrawList *out)
{
    const ProgramSlot *shown = &snapshot->program->slots[slot];
    const char *name = layer_name(snapshot->program, shown->layer, shown->reverse, out);
    return *name && shown->of_cell != NONE && slot != snapshot->program->input ? draw_print(out, ", %s", name) : "";
}

const char *layer_line(int layer, bool reverse, DrawList *out)
{
    return draw_print(out, "layer %d%s", layer + 1, reverse ? " backward" : " forward");
}

// ---- to be chosen -------------------------------------------------------------------------------------------------
// A press on what is chosen lets it follow the operation again.
static void choice(const Snapshot *snapshot, Rect area, const char *name, const char *text, int layer, bool reverse,
                   DrawList *out)
{
    bool here = layer == snapshot->layer && reverse == snapshot->reverse;
    bool held = here && snapshot->chosen;
    const char *words = layer_name(snapshot->program, layer, reverse, out);
    button_segment(
        out, area,
        (Button){.name = name,
                 .text = text,
                 .line = held ? "layer follow" : layer_line(layer, reverse, out),
                 .tip = held   ? draw_print(out, "%s is held; a press follows the operation again", words)
                        : here ? draw_print(out, "%s is shown while its operations run; a press holds it", words)
                               : draw_print(out, "shows %s", words),
                 .chosen = here,
                 .ink = INK_ACTIVE});
}

static float layer_choices(const Snapshot *snapshot, float x, float y, DrawList *out)
{
    for (int layer = 0; layer < snapshot->program->dims.L; layer++, x += BUTTON_WIDTH)
        choice(snapshot, (Rect){x, y, BUTTON_WIDTH, BUTTON_HEIGHT}, draw_print(out, "layer %d", layer + 1),
               draw_print(out, "%d", layer + 1), layer, snapshot->reverse, out);
    return x;
}

static float direction_choices(const Snapshot *snapshot, float x, float y, DrawList *out)
{
    for (int reverse = 0; reverse < 2; reverse++, x += BUTTON_WIDTH)
        choice(snapshot, (Rect){x, y, BUTTON_WIDTH, BUTTON_HEIGHT}, reverse ? "direction ←" : "direction →",
               arrow(reverse), snapshot->layer, reverse, out);
    return x;
}

float layer_buttons(const Snapshot *snapshot, float x, float y, float right, DrawList *out)
{
    const Program *p = snapshot->program;
    bool layers = p->dims.L > 1, both = p->net.bidirectional;
    const char *word = layers ? "layer" : "direction";
    float named = draw_width(out, TYPE_CAPTION, word) + APART;
    float width = (float)((layers ? p->dims.L : 0) + (both ? 2 : 0)) * BUTTON_WIDTH + (layers && both ? APART : 0);
    if (!layers_several(snapshot) || x + width > right)
        return x;
    if (x + named + width <= right) {
        draw_text(out, INK_SOFT, TYPE_CAPTION, x, y + 14, ALIGN_LEFT, word);
        x += named;
    }
    if (layers)
        x = layer_choices(snapshot, x, y, out);
    if (both)
        x = direction_choices(snapshot, x + (layers ? APART : 0), y, out);
    return x;
}
