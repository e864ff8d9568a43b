#include <string.h>

#include "ui/widgets.h"
#include "views/heatmap.h"
#include "views/views.h"

// What each gate lets through over time, and the candidate that would be written: a map each.
enum { GATES_MOST = 8, PADDING = 9, PADDING_LOW = 5, LOW = 110, BETWEEN = 5, CAPTION_LINE = 12, CAPTION_LEAST = 34 };

static bool is_gate(const ProgramSlot *slot)
{
    return slot->slot.role == ROLE_GATE || slot->slot.role == ROLE_CANDIDATE;
}

// Of the layer and direction whose state is shown, in the order in which the cell's diagram has them from left to
// right.
static int list_gates(const Snapshot *snapshot, int gates[GATES_MOST])
{
    const Program *program = snapshot->program;
    int count = 0;
    for (int slot = 0; slot < program->slot_count && count < GATES_MOST; slot++) {
        const ProgramSlot *gate = &program->slots[slot];
        if (!is_gate(gate) || gate->layer != snapshot->layer || gate->reverse != snapshot->reverse)
            continue;
        int at = count++;
        for (; at > 0 && program->slots[gates[at - 1]].slot.column > program->slots[slot].slot.column; at--)
            gates[at] = gates[at - 1];
        gates[at] = slot;
    }
    return count;
}

static bool has_gates(const Snapshot *snapshot)
{
    int gates[GATES_MOST];
    return list_gates(snapshot, gates) > 0;
}

// What 0 and 1 do, below the name, where all of it fits; 0 and 1 a line each, where one line is too short.
static bool draw_caption(DrawList *out, Rect margin, const char *means)
{
    const char *comma = strstr(means, ", ");
    float height = paragraph(out, INKS, TYPE_CAPTION, margin, CAPTION_LINE, means);
    if (comma && height > CAPTION_LINE) {
        const char *broken = draw_print(out, "%.*s,\n%s", (int)(comma - means), means, comma + 2);
        if (paragraph(out, INKS, TYPE_CAPTION, margin, CAPTION_LINE, broken) <= height)
            means = broken;
    }
    if (height > margin.h)
        return false;
    paragraph(out, INK_SOFT, TYPE_CAPTION, margin, CAPTION_LINE, means);
    return true;
}

static void draw_gate(const Snapshot *snapshot, TimeAxis axis, Rect area, int slot, Rect row, DrawList *out)
{
    const Program *program = snapshot->program;
    const Slot *gate = &program->slots[slot].slot;
    const Slot *table = &program->net.cell->slots[program->slots[slot].of_cell]; // bears no layer in its name
    HeatMap map = {slot, gate->role == ROLE_GATE ? RAMP_UNIT : RAMP_SIGNED, 1, row.y, row.h};
    Rect margin = heatmap_margin(area, map);
    heatmap_draw(snapshot, axis, map, out);
    heatmap_name(out, &margin, gate->what, table->name);
    if (row.h >= CAPTION_LEAST && draw_caption(out, margin, gate->means))
        return;
    heatmap_layer(snapshot, out, &margin);
}

static void draw(const Snapshot *snapshot, TimeAxis axis, Rect area, DrawList *out)
{
    int gates[GATES_MOST], count = list_gates(snapshot, gates);
    Rect rest = area;
    float padding = area.h >= LOW ? PADDING : PADDING_LOW, between = area.h >= LOW ? BETWEEN : BETWEEN / 2;
    rect_cut_top(&rest, padding);
    rect_cut_bottom(&rest, padding);
    float height = (rest.h - between * (float)(count - 1)) / (float)count;
    for (int i = 0; i < count; i++) {
        draw_gate(snapshot, axis, area, gates[i], rect_cut_top(&rest, height), out);
        rect_cut_top(&rest, between);
    }
}

const View view_gates = {
    .name = "gates",
    .title = "Gates",
    .what = "How far each gate is open at every time step, unit by unit.",
    .on_time_axis = true,
    .least_height = 80,
    .applies = has_gates,
    .draw = draw,
};
